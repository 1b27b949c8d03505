"""Returning from a working file: what is asked, what is still missing, and the signed return.

A return holds no name and nobody else's words. Collecting it is the lead's part.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tendereval import __version__
from tendereval.domain.bidding import Place
from tendereval.domain.errors import IncompleteRecord, KeysNeeded, NotDeclared
from tendereval.domain.evaluation import Score, ScoreState
from tendereval.domain.packs import (
    Manifest,
    PackKind,
    ReturnBody,
    ReturnedConfirmation,
    ReturnedDeclaration,
    ReturnedScore,
    ReturnKind,
)
from tendereval.domain.publicvalue.commitments import Commitment
from tendereval.domain.stages import Stage
from tendereval.exchange.file_writing import refuse_taken
from tendereval.services import confirming, declaring, scoring
from tendereval.services.handing_out import Deed, handing_out
from tendereval.services.progress import NullProgress, Progress
from tendereval.services.receipts import receipt_words, take_receipt
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.services.working_files import (
    newest_pack,
    packs_of,
    require_working_file,
)
from tendereval.store import public_value
from tendereval.store.pack_questions import ReturnMade
from tendereval.store.repository import Reader

if TYPE_CHECKING:
    from tendereval.exchange.identity_file import Identity

__all__ = [
    "Lapsed",
    "Part",
    "ReturnProgress",
    "gaps",
    "lapsed",
    "make_return",
    "progress_of",
    "receipt_words",
    "take_receipt",
]

_STEPS: Final = 5
_SECOND: Final = timedelta(seconds=1)
_PACK_OF: Final = {ReturnKind.CONFIRMATION: PackKind.RECORD}


class Part(StrEnum):
    """How far one answer is."""

    BLANK = "no score yet"
    DRAFT = "a draft, not marked ready"
    TYPED = "what was typed last is not recorded"
    LAPSED = "the question has changed since it was scored"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A score that is kept and does not apply any more.

    Attributes:
        where: the place in words.
        why: one sentence.
    """

    score: Score
    where: str
    why: str


@dataclass(frozen=True, slots=True)
class ReturnProgress:
    """What the Return screen shows.

    Attributes:
        asked: every answer that is asked for now, with how far it is, in order.
        lapsed: scores that are kept and not returned.
        gaps: what is missing for a complete return of scores, one sentence each.
        to_confirm: agreed scores that wait for a word.
        part_allowed: whether the lead takes a return that is not complete.
        return_by: when the lead wants scores back; None where no day was given.
        returns: what was returned, oldest first.
        received: SHA-256 of those whose receipt has come.
    """

    asked: tuple[tuple[Place, Part], ...]
    lapsed: tuple[Lapsed, ...]
    gaps: tuple[str, ...]
    to_confirm: int
    part_allowed: bool
    return_by: datetime | None
    returns: tuple[ReturnMade, ...]
    received: frozenset[str]

    def count(self, part: Part) -> int:
        """Return how many answers are that far."""
        return sum(found is part for _place, found in self.asked)


def progress_of(session: Session) -> ReturnProgress:
    """Return how far the evaluator is."""
    require_working_file(session)
    with session.reading() as reader:
        now = situation(reader)
        pack = newest_pack(packs_of(reader), PackKind.SCOREPACK)
        return ReturnProgress(
            _asked(session, reader, now),
            _lapsed(session, reader, now),
            _score_gaps(session, reader, now),
            len(confirming.outstanding(reader, session.actor.person)),
            pack.part_allowed,
            pack.return_by,
            reader.returns_made(),
            frozenset(receipt.sha256 for receipt in reader.receipts()),
        )


def gaps(session: Session, kind: ReturnKind = ReturnKind.SCORES) -> tuple[str, ...]:
    """Return what is missing for a complete return, one sentence each; empty when nothing is."""
    require_working_file(session)
    with session.reading() as reader:
        return _gaps(session, reader, situation(reader), kind)


def lapsed(session: Session) -> tuple[Lapsed, ...]:
    """Return the scores that are kept and not returned: no longer asked for, or overtaken."""
    require_working_file(session)
    with session.reading() as reader:
        return _lapsed(session, reader, situation(reader))


def make_return(
    session: Session,
    path: Path,
    kind: ReturnKind,
    question: str = "",
    *,
    part: bool = False,
    progress: Progress | None = None,
) -> ReturnMade:
    """Write a return: signed with the evaluator's key, sealed to the tender's.

    Args:
        session: the open working file, with the evaluator's identity.
        path: where; nothing may be there yet.
        kind: scores with the declaration, the declaration alone, or confirmations.
        question: private, to the lead.
        part: return what there is, drafts included, where the lead allows it.
        progress: told before each step; may stop it, which leaves nothing.

    Raises:
        Cancelled: the person stopped it.
        KeysNeeded: no identity is at hand.
        NotDeclared: interests are not declared, or await the lead's decision.
        IncompleteRecord: something is missing; all of it is listed.
        FileExists: there is a file of that name.
        FileProblem: no room, no folder, or no right to write.
    """
    from tendereval.exchange import return_file  # noqa: PLC0415

    watching = progress or NullProgress()
    watching.step(0, _STEPS, "Gathering the return")
    require_working_file(session)
    identity = _who_signs(session)
    refuse_taken(path)
    with session.reading() as reader:
        body = _body(session, reader, kind, question, part=part, identity=identity)
        recipient = newest_pack(packs_of(reader)).keys.recipient
    watching.step(1, _STEPS, "Signing")
    plain = return_file.signed(body, identity.keys)
    watching.step(2, _STEPS, "Reading it again")
    sha256 = return_file.read_signed(plain)[1]
    made = ReturnMade(kind, body.number, body.made_at, sha256, body.complete)
    with handing_out(session, (path,)) as going:
        watching.step(3, _STEPS, "Sealing")
        return_file.write_return(going.temporaries[0], plain, recipient)
        watching.step(4, _STEPS, "Recording the return")
        ids = {"kind": str(made.kind), "number": str(made.number), "return": made.sha256}
        going.record(Deed("return made", ids, returns=(made,)))
    return made


def _who_signs(session: Session) -> "Identity":
    if session.identity is None:
        raise KeysNeeded(
            "Your own keys are not at hand, so the return cannot be signed.",
            "Open the working file with your identity.",
        )
    return session.identity


def _body(
    session: Session,
    reader: Reader,
    kind: ReturnKind,
    question: str,
    *,
    part: bool,
    identity: "Identity",
) -> ReturnBody:
    now = situation(reader)
    packs, made = packs_of(reader), reader.returns_made()
    newest = newest_pack(packs)
    declaration = _declaration(reader, now, session, kind)
    missing = _gaps(session, reader, now, kind)
    if missing:
        _check_part(newest_pack(packs, _PACK_OF.get(kind, PackKind.SCOREPACK)), missing, part=part)
    at = session.clock()
    if made:
        at = max(at, made[-1].made_at + _SECOND)
    return ReturnBody(
        kind=kind,
        tender=reader.tender_id(),
        evaluator=session.actor.person,
        pack=newest.number,
        opened_at=reader.packs_opened()[0][2],
        method_version=newest.version.number,
        fingerprint=newest.version.fingerprint,
        number=len(made) + 1,
        made_at=at,
        complete=not missing,
        declaration=declaration,
        scores=_scores(session, reader, now) if kind is ReturnKind.SCORES else (),
        confirmations=_words(session, reader) if kind is ReturnKind.CONFIRMATION else (),
        question=question,
        head_seq=newest.head.seq,
        head_hash=newest.head.hash,
        keys=identity.keys.public,
        app=__version__,
        commitments=_commitments(session, reader, now) if kind is ReturnKind.SCORES else (),
    )


def _declaration(
    reader: Reader, now: Situation, session: Session, kind: ReturnKind
) -> ReturnedDeclaration | None:
    if kind is ReturnKind.CONFIRMATION:
        return None
    found = now.declaration(session.actor.person)
    if found is None:
        raise NotDeclared(
            "You have not declared your interests yet.",
            "Declare first, even where there is nothing to declare.",
        )
    declaration = declaring.returned(reader, now, found)
    if kind is ReturnKind.SCORES and not found.is_settled:
        raise NotDeclared(
            "Your declared interest awaits the lead's decision.",
            "Return the declaration alone; the decision comes in a new pack.",
        )
    return declaration


def _check_part(pack: Manifest, missing: Sequence[str], *, part: bool) -> None:
    listed = "\n".join(f"- {gap}" for gap in missing)
    if not part:
        do = "Complete it" + (", or return a part." if pack.part_allowed else ".")
        raise IncompleteRecord(f"The return is not complete:\n{listed}\n", do)
    if not pack.part_allowed:
        raise IncompleteRecord(
            f"The lead takes complete returns only, and this is missing:\n{listed}\n",
            "Complete it, or ask the lead for a pack that allows a part.",
        )


def _gaps(session: Session, reader: Reader, now: Situation, kind: ReturnKind) -> tuple[str, ...]:
    if kind is ReturnKind.DECLARATION:
        return ()
    if kind is ReturnKind.SCORES:
        return _score_gaps(session, reader, now)
    if not reader.agreed_outlines():
        return ("There are no agreed scores to confirm.",)
    waiting = confirming.outstanding(reader, session.actor.person)
    return tuple(f"{now.place_in_words(item.place)}: not confirmed yet." for item in waiting)


def _score_gaps(session: Session, reader: Reader, now: Situation) -> tuple[str, ...]:
    found: list[str] = []
    try:
        scoring.check_declared(now, session.actor.person)
    except NotDeclared as refusal:
        found.append(refusal.happened)
    found += (
        f"{now.place_in_words(place)}: {part}."
        for place, part in _asked(session, reader, now)
        if part is not Part.READY
    )
    return tuple(found)


def _places_asked(session: Session, reader: Reader, now: Situation) -> tuple[Place, ...]:
    """Return what the evaluator is asked to score now: since moderation, what was sent back."""
    person = session.actor.person
    own = [item.place for item in now.assignments() if item.evaluator == person]
    if now.stage is Stage.SCORING:
        return tuple(own)
    sent_back = scoring.places_open(reader)
    return tuple(place for place in own if place in sent_back)


def _asked(session: Session, reader: Reader, now: Situation) -> tuple[tuple[Place, Part], ...]:
    person = session.actor.person
    scores = {score.place: score for score in reader.scores() if score.evaluator == person}
    applying = {score.place for score in scoring.applying(now, tuple(scores.values()))}
    typing = reader.working_places(person, "score")

    def part(place: Place) -> Part:
        if place in typing:
            return Part.TYPED
        if place not in scores:
            return Part.BLANK
        if place not in applying:
            return Part.LAPSED
        return Part.DRAFT if scores[place].state is ScoreState.DRAFT else Part.READY

    return tuple((place, part(place)) for place in _places_asked(session, reader, now))


def _scores(session: Session, reader: Reader, now: Situation) -> tuple[ReturnedScore, ...]:
    """Return what travels: every score that applies, of what the evaluator is assigned."""
    person = session.actor.person
    assigned = {item.place for item in now.assignments() if item.evaluator == person}
    return tuple(
        ReturnedScore(
            score.place,
            score.state,
            score.points,
            score.rationale,
            score.method_version,
            score.recorded_at,
        )
        for score in scoring.applying(now, reader.scores_of(person))
        if score.place in assigned and score.recorded_at is not None
    )


def _commitments(session: Session, reader: Reader, now: Situation) -> tuple[Commitment, ...]:
    """Return what was promised in the answers that the evaluator is assigned, as made here."""
    person = session.actor.person
    assigned = {item.place for item in now.assignments() if item.evaluator == person}
    every = public_value.commitments(reader)
    return tuple(item for item in every if item.place in assigned)


def _words(session: Session, reader: Reader) -> tuple[ReturnedConfirmation, ...]:
    return tuple(
        ReturnedConfirmation(word.place, word.revision, word.agrees, word.dissent, at)
        for word, at in confirming.current(reader, session.actor.person)
    )


def _lapsed(session: Session, reader: Reader, now: Situation) -> tuple[Lapsed, ...]:
    person = session.actor.person
    scores = reader.scores_of(person)
    applying = {score.place for score in scoring.applying(now, scores)}
    assigned = {item.place for item in now.assignments() if item.evaluator == person}
    found = []
    for score in scores:
        where = now.place_in_words(score.place)
        if score.place not in assigned:
            found.append(Lapsed(score, where, "You are no longer asked to score this."))
        elif score.place not in applying:
            why = f"The question has changed since; version {now.version_number} is in force."
            found.append(Lapsed(score, where, why))
    return tuple(found)
