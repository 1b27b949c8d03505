"""Moving a tender from stage to stage."""

from dataclasses import dataclass
from datetime import datetime

from tendereval.domain.errors import NotAllowedNow, NotReady
from tendereval.domain.stages import Stage, check_step
from tendereval.domain.tender import VersionKind
from tendereval.services import aliasing, bids, methods, readiness, tender_keys
from tendereval.services.readiness import missing_for
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import recording


@dataclass(frozen=True, slots=True)
class StageReport:
    """Where a tender is and what its next stage still needs.

    Attributes:
        following: None at the last stage.
        missing: one sentence each, in the order to mend them.
    """

    stage: Stage
    following: Stage | None
    missing: tuple[str, ...]


def stage_report(session: Session) -> StageReport:
    """Return where the tender is and what stands between it and the next stage."""
    with session.reading() as reader:
        now = situation(reader)
        following = now.stage.following
        missing = () if following is None else missing_for(reader, now, following, session.clock())
    return StageReport(now.stage, following, missing)


def change_stage(session: Session, to: Stage, reason: str = "") -> None:
    """Enter the next stage, or go back with a reason.

    Entering ``published`` freezes the method as a version; entering ``scoring`` locks answers
    and documents with their digest and, where names are hidden, gives bidders their aliases;
    entering ``price`` opens prices. Moderation may open without every score where a reason is
    given: it is recorded and printed. The record's head is signed where the keys are at hand.

    Raises:
        NotReady: what is missing, all at once.
        NotAllowedNow: a stage is skipped, or going back would undo what the law fixes.
        ReasonNeeded: going back without a reason.
    """
    at = session.clock()
    with session.reading() as reader:
        now = situation(reader)
        check_step(now.stage, to, reason)
        forward = to.position > now.stage.position
        missing = missing_for(reader, now, to, at) if forward else ()
        undeclared = tuple(readiness.undeclared(now))
        prices_known = any(stage is Stage.PRICE for stage, _, _ in reader.stage_reasons())
    _check_going_back(now, to, at)
    if prices_known and to.position < Stage.MODERATION.position:
        raise NotAllowedNow(
            "Prices are known: individual scores stay as they were given without them.",
            "Go back to moderation at most, where an approver reopens single agreed scores.",
        )
    if missing and not (to is Stage.MODERATION and reason.strip() and not undeclared):
        raise NotReady(str(to), missing)
    naming = forward and to is Stage.SCORING and aliasing.is_due(now)
    order = aliasing.order_key(session) if naming else b""
    kind = f"stage entered: {to}" if forward else f"stage gone back to: {to}"
    with session.change(kind, {"from": str(now.stage), "to": str(to)}, reason=reason) as change:
        recording.add_stage(change, to, reason)
        if not forward and to is Stage.SET_UP:
            recording.set_method_draft(change, now.method)
        if forward and to is Stage.PUBLISHED:
            methods.publish(change, now, at, VersionKind.PUBLISHED, reason)
        if forward and to is Stage.SCORING:
            recording.add_answers_lock(change, *bids.answers_digest(change.reader))
        if naming:
            aliasing.put_aliases(change, order)
    tender_keys.sign_head(session, kind)


def _check_going_back(now: Situation, to: Stage, at: datetime) -> None:
    """Once the deadline has passed, the published method and the answers stay as they are."""
    passed = now.details.deadline is not None and at > now.details.deadline
    back_past_the_deadline = to is Stage.SET_UP or (
        to is Stage.PUBLISHED and now.stage.position > to.position
    )
    if passed and back_past_the_deadline and to.position < now.stage.position:
        raise NotAllowedNow(
            "The tender deadline has passed: the method and the answers stay as they were then.",
            "Correct a transcription with a second person, or record a clarification.",
        )
    if now.stage is Stage.CLOSED and to.position < Stage.CLOSED.position:
        raise NotAllowedNow("The tender is closed.", "Start a new file for a new decision.")
