"""Take in a folder of bidders' files: look through it, propose where each belongs, bring it in.

Looking changes nothing; bringing is one change, all or nothing, of what a person has agreed to.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tendereval.domain.bidding import Place, Response
from tendereval.domain.errors import (
    ChangedUnderneath,
    RuleRefusal,
    UnreadableDocument,
    UserFixable,
)
from tendereval.domain.file_names import guess, words_of
from tendereval.domain.ids import BidderId, CriterionId, DocumentId
from tendereval.domain.record import sha256_text
from tendereval.domain.stages import Act
from tendereval.domain.tender import AwardCriterion, CriterionKind
from tendereval.domain.word_limit import length_of
from tendereval.domain.wording import listed
from tendereval.services import bids, folder_walk
from tendereval.services.documents_out import clean_name, ending_of, media_type_of
from tendereval.services.folder_walk import FileFound, read_whole
from tendereval.services.progress import Progress
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import recording

_TEXTS: Final = frozenset({"txt", "md"})
_PRICE_WORDS: Final = frozenset({"price", "prices", "pricing", "priced", "commercial", "cost"})
_LOOKING, _BRINGING = "Looking through the folder:", "Bringing files in:"


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file turned out to be.

    Attributes:
        sha256: of its bytes, so that a file changed meanwhile is not taken for this one.
        what: in words (``Word, 312 words``).
        text: what becomes the answer's text; None where the document alone is kept.
        notes: what is worth knowing, one sentence each.
        problem: why it cannot be taken in; empty where it can.
    """

    sha256: str
    what: str
    text: str | None = None
    notes: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One file and where it seems to belong.

    Attributes:
        words: of the text that would become the answer.
        bidder: None leaves the file out.
        question: None keeps the document without an answer.
        how: what the proposal rests on, in words.
    """

    file: FileFound
    sha256: str
    what: str
    words: int
    notes: tuple[str, ...]
    problem: str
    bidder: BidderId | None
    question: CriterionId | None
    how: str


@dataclass(frozen=True, slots=True)
class FolderPreview:
    """What a folder holds.

    Attributes:
        passed_over: what was not looked at, one sentence each.
    """

    folder: Path
    proposals: tuple[Proposal, ...]
    passed_over: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taking:
    """A file with where a person said it goes."""

    proposal: Proposal
    bidder: BidderId
    question: CriterionId | None


@dataclass(frozen=True, slots=True)
class FolderReport:
    """What was brought in."""

    answers: int
    documents: int


def asked_of_bidders(now: Situation) -> tuple[AwardCriterion, ...]:
    """Return what bidders answer in words or documents: no sections, no prices."""
    kinds = {CriterionKind.SECTION, CriterionKind.PRICE}
    return tuple(row for row in now.method.criteria if row.kind not in kinds)


def answers_asked(now: Situation, bidder: BidderId) -> tuple[Place, ...]:
    """Return the places that one bidder is asked to fill, in published order."""
    who = now.bidder(bidder)
    lots = [lot.ref for lot in now.method.lots if who.bids_for(lot.ref)]
    return tuple(
        Place(bidder, row.ref, row.lot)
        for row in asked_of_bidders(now)
        if any(row.counts_in(lot) for lot in lots)
    )


def preview_folder(session: Session, folder: Path, progress: Progress) -> FolderPreview:
    """Look through a folder and propose a bidder and a question for every file.

    Raises:
        NotAllowedNow: answers are locked.
        RuleRefusal: there are no bidders yet to give files to.
        FileProblem: the folder cannot be read, or holds far more than tenders do.
    """
    with session.reading() as reader:
        now = situation(reader)
    now.require(Act.EDIT_BIDS)
    if not now.bidders:
        raise RuleRefusal(
            "There are no bidders yet to give the files to.",
            "Add the bidders by name or import a workbook, then choose the folder again.",
        )
    files, passed_over = folder_walk.walk(folder)
    proposals = []
    for number, file in enumerate(files, start=1):
        progress.step(number, len(files), _LOOKING)
        proposals.append(_proposal(now, file))
    return FolderPreview(folder, tuple(proposals), passed_over)


def _proposal(now: Situation, file: FileFound) -> Proposal:
    looked = look(file)
    guessed = guess(_names(file), now.bidders, asked_of_bidders(now))
    bidder, question, how = guessed.bidder, guessed.question, guessed.how
    if looked.problem:
        bidder, question, how = None, None, looked.problem
    elif _may_hold_prices(now, file):
        bidder, question = None, None
        how = "Seems to hold prices: they are entered in Price and ranking, after moderation."
    elif bidder and question and not _is_asked(now, bidder, question):
        how = f"{now.bidder_name(bidder)} is not asked {question}; kept without a question."
        question = None
    words = 0 if looked.text is None else length_of(looked.text).words
    return Proposal(
        *(file, looked.sha256, looked.what, words, looked.notes, looked.problem),
        *(bidder, question, how),
    )


def _names(file: FileFound) -> tuple[str, ...]:
    *folders, name = file.shown.split("/")
    return (*folders, name.rpartition(".")[0] or name)


def _may_hold_prices(now: Situation, file: FileFound) -> bool:
    priced = [row.ref for row in now.method.criteria if row.kind is CriterionKind.PRICE]
    refs = {word for ref in priced for word in words_of(ref)}
    said = {word for part in _names(file) for word in words_of(part)}
    telling = {ref for ref in refs if not ref.isdecimal()}
    return bool(said & (_PRICE_WORDS | telling))


def _is_asked(now: Situation, bidder: BidderId, question: CriterionId) -> bool:
    return any(place.criterion == question for place in answers_asked(now, bidder))


def look(file: FileFound) -> Looked:
    """Return what a file is; a problem becomes words and stops nothing else."""
    try:
        content = read_whole(file)
        digest = hashlib.sha256(content).hexdigest()
    except UserFixable as refusal:
        return Looked("", "not readable", problem=f"{refusal.happened} {refusal.do}")
    try:
        return _looked(file, content, digest)
    except UnreadableDocument as refusal:
        kind = ending_of(file.shown).upper()
        return Looked(digest, f"{kind}, not readable", problem=f"{refusal.happened} {refusal.do}")


def _looked(file: FileFound, content: bytes, digest: str) -> Looked:
    # The libraries are slow to load and hardly ever needed.
    from tendereval.exchange.pdf_text import read_pdf  # noqa: PLC0415
    from tendereval.exchange.word import read_word  # noqa: PLC0415

    ending = ending_of(file.shown)
    if ending == "pdf":
        facts = read_pdf(content)
        pages = f"PDF, {facts.pages} page{'s' if facts.pages != 1 else ''}"
        scan = "No text in it, probably a scan: nobody can search or cite it."
        if facts.has_text:
            return Looked(digest, pages)
        return Looked(digest, f"{pages}, no text", notes=(scan,))
    if ending == "docx":
        word = read_word(content)
        return Looked(digest, f"Word, {length_of(word.text)}", word.text, word.notes)
    if ending in _TEXTS:
        text = plain_text(content)
        return Looked(digest, f"Text, {length_of(text)}", text)
    return Looked(digest, f"{ending.upper() or 'Other kind'}, kept as it is")


def plain_text(content: bytes) -> str:
    """Return the text of a plain file, in UTF-8, UTF-16 or the old Windows letters.

    Raises:
        UnreadableDocument: it holds bytes that no text has.
    """
    for name in (
        ("utf-16",) if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1252")
    ):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise UnreadableDocument("It is not plain text.", "Ask for a PDF or a Word document.")


def conflicts(now: Situation, takings: Sequence[Taking]) -> Mapping[int, str]:
    """Return what stands in the way, by the number of the taking; empty when all may go in."""
    found: dict[int, str] = {}
    at: dict[tuple[BidderId, CriterionId], list[int]] = {}
    for number, item in enumerate(takings):
        if item.proposal.problem:
            found[number] = item.proposal.problem
        elif item.question is not None and not _is_asked(now, item.bidder, item.question):
            found[number] = f"{now.bidder_name(item.bidder)} is not asked {item.question}."
        elif item.question is not None:
            at.setdefault((item.bidder, item.question), []).append(number)
    for (bidder, question), numbers in at.items():
        if len(numbers) > 1:
            where = f"{now.bidder_name(bidder)}, {question}"
            for number in numbers:
                found[number] = f"{len(numbers)} files go to {where}: keep one of them there."
    return found


def import_folder(session: Session, takings: Sequence[Taking], progress: Progress) -> FolderReport:
    """Bring files in, each as a document and, where it answers a question, as its answer.

    Text of a Word or plain file takes the place of an earlier answer, which is kept; a PDF is
    put beside the text that is there.

    Raises:
        NotAllowedNow: answers are locked.
        RuleRefusal: two files go to one place, or one cannot be taken in.
        ChangedUnderneath: a file is no longer the one that was looked at.
        Cancelled: the person stopped it; nothing was brought in.
    """
    with session.reading() as reader:
        now = situation(reader)
        standing = {item.place: item for item in reader.responses() if not item.late}
    now.require(Act.EDIT_BIDS)
    against = conflicts(now, takings)
    if against:
        raise RuleRefusal(
            f"The folder cannot be brought in yet: {listed(list(dict.fromkeys(against.values())))}",
            "Choose another place for these files, or leave them out.",
        )
    ids, texts = {"documents": str(len(takings))}, dict[str, str]()
    with session.change("folder taken in", ids, texts) as change:
        kept: list[tuple[Taking, DocumentId, str | None]] = []
        known = list(change.reader.documents())
        for number, item in enumerate(takings, start=1):
            progress.step(number, len(takings), _BRINGING)
            content = _same(item.proposal)
            name = clean_name(item.proposal.file.name)
            document = recording.add_document(
                change, item.bidder, name, content, media_type_of(name), known
            )
            kept.append((item, document, _text_again(item, content)))
        responses = list(_responses(now, standing, kept))
        for response in responses:
            bids.check_place(now, response.place)
            place = response.place
            texts[f"answer {place.criterion} {place.bidder}"] = sha256_text(response.text)
        ids["answers"] = str(len(responses))
        recording.add_responses(change, responses)
    return FolderReport(len(responses), len(takings))


def _same(proposal: Proposal) -> bytes:
    content = read_whole(proposal.file)
    if hashlib.sha256(content).hexdigest() != proposal.sha256:
        raise ChangedUnderneath(
            f"{proposal.file.shown} was changed since it was looked at.", "Choose the folder again."
        )
    return content


def _text_again(item: Taking, content: bytes) -> str | None:
    if item.question is None:
        return None
    return _looked(item.proposal.file, content, item.proposal.sha256).text


def _responses(
    now: Situation,
    standing: Mapping[Place, Response],
    kept: Iterable[tuple[Taking, DocumentId, str | None]],
) -> Iterable[Response]:
    for item, document, text in kept:
        if item.question is None:
            continue
        criterion = now.criterion(item.question)
        place = Place(item.bidder, criterion.ref, criterion.lot)
        earlier = standing.get(place)
        words = text if text is not None else (earlier.text if earlier else "")
        yield Response(place, words, document)
