"""Where evaluators could read whose bid it is, though the method hides names; the lead decides.

Everything that packs would carry is searched. Nothing is taken out of the tender file: packs
leave out what the lead decided to leave out, and a decision counts only for the text it was
made on.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from tendereval.domain.bidding import Place, StoredDocument
from tendereval.domain.errors import UnreadableDocument
from tendereval.domain.ids import BidderId, DocumentId
from tendereval.domain.name_hits import find_names, without
from tendereval.domain.name_terms import Gives, Term, terms_of
from tendereval.domain.record import sha256_text
from tendereval.services.documents_out import ending_of
from tendereval.services.folder_import import plain_text
from tendereval.services.progress import NullProgress, Progress
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import pack_recording
from tendereval.store.pack_questions import NameDecision
from tendereval.store.repository import Reader

_TEXTS: Final = frozenset({"txt", "md", "csv"})
_AROUND: Final = 60
_PAGE: Final = re.compile(r"\[Page \d+\]")
LEFT_OUT: Final = (
    "This document was left out of the pack, because it shows whose it is and cannot be shown "
    "without that. Ask the lead evaluator.\n"
)
CANNOT_BE_SEARCHED: Final = "cannot be searched: look yourself"


class Where(StrEnum):
    """What a name stands in; the value is how the lead reads it."""

    ANSWER = "answer"
    PAGE = "page named beside an answer"
    CLARIFICATION = "clarification"
    DOCUMENT = "document"
    UNSEEN = "document, the part that cannot be searched"
    FILE_NAME = "file name"
    METADATA = "what a file says about itself"

    @property
    def goes_anyway(self) -> bool:
        """Whether packs leave it out whatever is decided."""
        return self in {Where.FILE_NAME, Where.METADATA}


@dataclass(frozen=True, slots=True)
class NameHit:
    """One place where a name stands, or a document that nothing can search.

    Attributes:
        subject: what a decision is kept by (see ``NameDecision``); ``sha256`` of the text and
            ``start`` likewise.
        words: as they stand there; for a document that cannot be searched why not.
        around: the words with some of the text before and after.
        gives: None where a document cannot be searched.
        names: the bidder that the words belong to; for the lead's eyes only.
        owner: the bidder whose answer or document it is.
        place: of the answer or clarification; None for a document.
        document: None for an answer or clarification.
        decision: the one that stands; None where there is none for this text.
    """

    subject: str
    sha256: str
    start: int
    words: str
    around: str
    where: Where
    gives: Gives | None
    names: BidderId
    owner: BidderId
    place: Place | None = None
    document: DocumentId | None = None
    decision: NameDecision | None = None

    @property
    def needs_decision(self) -> bool:
        """Whether a pack waits for the lead's word on it."""
        return self.decision is None and not self.where.goes_anyway


@dataclass(frozen=True, slots=True)
class _Text:
    """Something to search."""

    subject: str
    text: str
    where: Where
    owner: BidderId
    place: Place | None = None
    document: DocumentId | None = None


def hits(session: Session, progress: Progress | None = None) -> tuple[NameHit, ...]:
    """Return every place where a name stands in what packs would carry, decided or not.

    In order: answers, clarifications, documents; empty where names are not hidden. Documents
    are read through each time, which takes a while where they are many.

    Args:
        session: the open tender.
        progress: told before each document; may stop the search.
    """
    watching = progress or NullProgress()
    with session.reading() as reader:
        now = situation(reader)
        if not now.names_hidden:
            return ()
        terms = terms_of(now.bidders)
        decided = {(one.subject, one.sha256, one.start): one for one in reader.name_decisions()}
        found = [hit for text in _texts(reader, now) for hit in _hits(text, terms)]
        documents = travelling(reader, now)
        for number, document in enumerate(documents):
            watching.step(number, len(documents), "Looking for names")
            found += _document_hits(reader, document, terms)
    every = {(hit.subject, hit.sha256, hit.start): hit for hit in found}
    return tuple(_with(hit, decided.get(key)) for key, hit in every.items())


def _with(hit: NameHit, decision: NameDecision | None) -> NameHit:
    return hit if decision is None else replace(hit, decision=decision)


def undecided(session: Session, found: Sequence[NameHit] | None = None) -> tuple[NameHit, ...]:
    """Return the hits that a pack waits for.

    Args:
        session: the open tender.
        found: what ``hits`` returned, where it was asked already.
    """
    return tuple(hit for hit in (hits(session) if found is None else found) if hit.needs_decision)


def decide_hit(session: Session, hit: NameHit, *, redact: bool, reason: str = "") -> None:
    """Record what becomes of one hit: left out of packs, or accepted as it stands.

    A document with a word left out goes out as its text without that word; so does one whose
    pictures are not accepted, and one without any text is left out altogether.
    """
    decide_all(session, (hit,), redact=redact, reason=reason)


def decide_all(
    session: Session, found: Iterable[NameHit], *, redact: bool, reason: str = ""
) -> None:
    """Record the same decision on several hits, in one change; see ``decide_hit``."""
    every = tuple(found)
    if not every:
        return
    ids = {"places": str(len(every)), "decision": "left out" if redact else "accepted"}
    digests = dict.fromkeys(hit.sha256 for hit in every)
    texts = {f"text {number}": digest for number, digest in enumerate(digests, 1)}
    with session.change("names in answers decided", ids, texts, reason) as change:
        for hit in every:
            decision = NameDecision(hit.subject, hit.sha256, hit.start, hit.words, redact, reason)
            pack_recording.add_name_decision(change, decision)


def redacted(text: str, subject: str, decisions: Iterable[NameDecision]) -> str:
    """Return a text as packs carry it: what was decided to be left out is left out.

    Args:
        text: an answer, its page, a question or answer of a clarification, or what was searched
            of a document.
        subject: see ``subject_of`` and ``subject_of_document``.
        decisions: all of them; those on other subjects or other texts do not count.
    """
    digest = sha256_text(text)
    return without(
        text,
        (
            (one.start, one.words)
            for one in decisions
            if one.redacted and (one.subject, one.sha256) == (subject, digest)
        ),
    )


def subject_of(where: Where, place: Place) -> str:
    """Return what decisions on an answer, its page or a clarification are kept by."""
    return "\n".join((where.name.casefold(), place.bidder, place.criterion, place.lot or ""))


def subject_of_document(document: DocumentId, where: Where = Where.DOCUMENT) -> str:
    """Return what decisions on a document's words, or on what cannot be searched, are kept by."""
    return f"{where.name.casefold()}\n{document}"


@dataclass(frozen=True, slots=True)
class NeutralCopy:
    """A document as packs carry it where names are hidden; its name is for the pack to give."""

    ending: str
    content: bytes


def neutral_copy(
    document: StoredDocument, content: bytes, decisions: Sequence[NameDecision]
) -> NeutralCopy:
    """Return a document without what it says about itself, or its text without the names.

    Args:
        document: as stored.
        content: its bytes.
        decisions: all of them.
    """
    # The libraries are slow to load and hardly ever needed.
    from tendereval.exchange.neutral_document import neutral_document  # noqa: PLC0415

    ending = ending_of(document.name)
    gone = {one.subject for one in decisions if one.redacted}
    wording, unseen = (
        subject_of_document(document.id, where) for where in (Where.DOCUMENT, Where.UNSEEN)
    )
    try:
        if not gone & {wording, unseen}:
            return NeutralCopy(ending, neutral_document(content, ending))
        text = _searched(ending, content)[0]
    except UnreadableDocument:
        return NeutralCopy("txt", LEFT_OUT.encode())
    plain = redacted(text, wording, decisions)
    # Decisions on another reading of the document do not fit this one: better nothing than a name.
    if (wording in gone and plain == text) or not _PAGE.sub("", plain).strip():
        return NeutralCopy("txt", LEFT_OUT.encode())
    return NeutralCopy("txt", plain.encode("utf-8", "replace"))


def travelling(reader: Reader, now: Situation) -> tuple[StoredDocument, ...]:
    """Return the documents that answers to what a panel judges name, as stored."""
    places = frozenset(now.places())
    named = {item.document for item in reader.responses() if item.place in places and item.document}
    return tuple(item for item in reader.documents() if item.id in named)


def _texts(reader: Reader, now: Situation) -> Iterator[_Text]:
    """Yield what packs would carry beside documents."""
    places = frozenset(now.places())
    for item in reader.responses():
        if item.place in places and not item.late:
            for where, text in ((Where.ANSWER, item.text), (Where.PAGE, item.page)):
                yield _Text(
                    subject_of(where, item.place), text, where, item.place.bidder, item.place
                )
    for asked in reader.clarifications():
        if asked.scorable and asked.place in places:
            subject = subject_of(Where.CLARIFICATION, asked.place)
            for text in (asked.question, asked.answer):
                yield _Text(*(subject, text, Where.CLARIFICATION, asked.place.bidder, asked.place))


def _hits(text: _Text, terms: Sequence[Term]) -> Iterator[NameHit]:
    found = find_names(text.text, terms)
    digest = sha256_text(text.text) if found else ""
    for one in found:
        around = text.text[max(0, one.start - _AROUND) : one.end + _AROUND]
        yield NameHit(
            *(text.subject, digest, one.start, one.words, around, text.where, one.gives),
            *(one.bidder, text.owner, text.place, text.document),
        )


def _document_hits(
    reader: Reader, document: StoredDocument, terms: Sequence[Term]
) -> Iterator[NameHit]:
    """Yield where names stand in a document, its name and its metadata, and what is unseen."""
    about: tuple[tuple[Where, str], ...] = ((Where.FILE_NAME, document.name),)
    try:
        text, metadata, unseen = _searched(
            ending_of(document.name), reader.document_content(document.id)
        )
        about = ((Where.DOCUMENT, text), *about, (Where.METADATA, metadata))
    except UnreadableDocument as refusal:
        unseen = (refusal.happened,)
    for where, words in about:
        subject = subject_of_document(document.id, where)
        yield from _hits(_Text(subject, words, where, document.bidder, document=document.id), terms)
    if unseen:
        subject = subject_of_document(document.id, Where.UNSEEN)
        yield NameHit(
            *(subject, document.id, 0, CANNOT_BE_SEARCHED, " ".join(unseen), Where.UNSEEN, None),
            *(document.bidder, document.bidder, None, document.id),
        )


def _searched(ending: str, content: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Return the words of a document, what it says about itself, and what is unseen.

    Raises:
        UnreadableDocument: protected, damaged, or of a kind that is not searched.
    """
    # The libraries are slow to load and hardly ever needed.
    from tendereval.exchange.name_search import search_pdf, search_word  # noqa: PLC0415

    if ending in _TEXTS:
        return plain_text(content), "", ()
    if ending not in {"pdf", "docx"}:
        raise UnreadableDocument(
            f"Files of the kind {ending.upper() or 'without an ending'} are not searched.",
            "Look through it yourself.",
        )
    found = search_pdf(content) if ending == "pdf" else search_word(content)
    return found.text, found.metadata, found.unseen
