"""Returns held apart: shown to the lead, and merged later only by a decision with a reason."""

from dataclasses import dataclass
from datetime import datetime

from tendereval.domain.errors import (
    NotAllowedNow,
    ReasonNeeded,
    StaleReturn,
    UnknownReference,
    UserFixable,
)
from tendereval.domain.ids import PersonId
from tendereval.domain.packs import Disposition
from tendereval.services.collecting_checks import Arrived
from tendereval.services.collecting_ledger import Ledger
from tendereval.services.collecting_report import counted, day_and_time, shortened
from tendereval.services.collecting_scores import Weighed, place_names, weigh_scores
from tendereval.services.kept_returns import kept_return
from tendereval.services.session import Session
from tendereval.store import pack_recording, recording
from tendereval.store.pack_questions import Collected
from tendereval.store.repository import Reader


@dataclass(frozen=True, slots=True)
class HeldReturn:
    """A return that was held apart and is not taken in.

    Attributes:
        sha256: names it in ``take_in_held``.
        who: the person as the panel calls them.
        differing: places whose scores differ from those that stand, in words.
        why_not: why it cannot be taken in now; blank where it can.
    """

    sha256: str
    person: PersonId
    who: str
    made_at: datetime
    collected_at: datetime | None
    differing: tuple[str, ...]
    why_not: str


def held(session: Session) -> tuple[HeldReturn, ...]:
    """Return what is held apart as things stand, oldest first."""
    with session.reading() as reader:
        waiting = [item for item in reader.collected() if _is_waiting(item)]
        if not waiting:
            return ()
        ledger = Ledger(reader)
        return tuple(_shown(reader, ledger, item) for item in waiting)


def _is_waiting(item: Collected) -> bool:
    return item.disposition is Disposition.HELD and not item.taken


def _shown(reader: Reader, ledger: Ledger, item: Collected) -> HeldReturn:
    where = place_names(ledger.now)
    differing: tuple[str, ...] = ()
    try:
        weighed = weigh_scores(ledger, ledger.now, _kept(reader, item))
        differing = tuple(
            where(place) for place in (*(place for place, _, _ in weighed.fresh), *weighed.held)
        )
        _check(ledger, item, weighed)
        why_not = ""
    except UserFixable as refusal:
        why_not = f"{refusal.happened} {refusal.do}"
    who = ledger.now.name(item.person)
    return HeldReturn(
        item.sha256, item.person, who, item.made_at, item.collected_at, differing, why_not
    )


def _kept(reader: Reader, item: Collected) -> Arrived:
    return kept_return(item, reader.collected_plain(item.sha256))


def _check(ledger: Ledger, item: Collected, weighed: Weighed) -> None:
    newest = ledger.newest.get((item.person, item.kind))
    if newest is not None and newest > (item.made_at, item.sha256):
        raise StaleReturn(
            f"A newer return of {ledger.now.name(item.person)} came after it: of "
            f"{day_and_time(newest[0])}.",
            "Take in the newer one, or leave both apart.",
        )
    if weighed.held:
        where = place_names(ledger.now)
        listed = shortened([where(place) for place in weighed.held])
        raise NotAllowedNow(
            f"Individual scores are locked for {counted(len(weighed.held), 'answer')}: {listed}.",
            "Send these responses back, or go back to scoring, with a reason; then take it in.",
        )


def take_in_held(session: Session, sha256: str, reason: str) -> int:
    """Merge a return that was held apart, all of it or nothing.

    Args:
        session: the open tender.
        sha256: of the return.
        reason: why; it is recorded.

    Returns:
        How many revisions were added.

    Raises:
        ReasonNeeded: without a reason.
        UnknownReference: no return of that digest is held apart.
        NotAllowedNow: the stage still locks some of its scores.
        StaleReturn: a newer return of the person was collected since.
    """
    if not reason.strip():
        raise ReasonNeeded("A return held apart is taken in with a reason.", "Say why; it is kept.")
    with session.reading() as reader:
        item = next((one for one in reader.collected() if one.sha256 == sha256), None)
        if item is None or not _is_waiting(item):
            raise UnknownReference(
                "No return of that digest is held apart.", "Choose one of those that are."
            )
        ledger, head = Ledger(reader), reader.head().hash
        arrived = _kept(reader, item)
        weighed = weigh_scores(ledger, ledger.now, arrived)
        _check(ledger, item, weighed)
    session.file.back_up(session.clock())
    ids = {"person": item.person, "sha256": sha256}
    with session.change("held return taken in", ids, reason=reason.strip()) as change:
        if change.reader.head().hash != head:
            raise NotAllowedNow("The tender was changed meanwhile.", "Try it again.")
        recording.append_returned(change, arrived.body.evaluator, weighed.fresh)
        pack_recording.add_held_taken(change, sha256, reason.strip())
    return len(weighed.fresh)
