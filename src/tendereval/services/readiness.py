"""What still stands between a tender and its next stage, in words that say where to go."""

from collections.abc import Iterator
from datetime import datetime

from tendereval.domain.award import is_approved
from tendereval.domain.completeness import method_gaps
from tendereval.domain.errors import UserFixable
from tendereval.domain.evaluation import Role
from tendereval.domain.moderation import unexplained
from tendereval.domain.stages import Stage
from tendereval.services import moderating, ranking, scoring
from tendereval.services.situation import Situation
from tendereval.store.repository import Reader

_MANY = 8


def missing_for(reader: Reader, now: Situation, to: Stage, at: datetime) -> tuple[str, ...]:
    """Return what the next stage still needs, one sentence each, in the order to mend it.

    Args:
        reader: of the same moment as ``now``.
        now: the situation.
        to: the stage that is to follow.
        at: the moment, for the deadline.
    """
    match to:
        case Stage.SET_UP:
            return ()
        case Stage.PUBLISHED:
            return method_gaps(now.details, now.method)
        case Stage.SCORING:
            return tuple(_before_scoring(now, at))
        case Stage.MODERATION:
            return tuple(_before_moderation(reader, now))
        case Stage.PRICE:
            return tuple(_before_price(reader, now))
        case Stage.AWARD:
            return tuple(_before_award(reader, now))
        case Stage.CLOSED:
            return tuple(_before_closing(reader, now))


def _before_scoring(now: Situation, at: datetime) -> Iterator[str]:
    if now.details.deadline is None:
        yield "The tender deadline is not recorded."
    elif at <= now.details.deadline:
        yield f"The tender deadline has not passed ({now.details.deadline:%d %B %Y %H:%M})."
    if not now.bidders:
        yield "No bidder is registered."
    if not any(item.role is Role.LEAD and not item.left for item in now.panel):
        yield "The panel has no lead evaluator."
    asked = {item.place for item in now.assignments()}
    criteria = {row.ref: row for row in now.method.criteria}
    for place in now.places():
        if criteria[place.criterion].kind.is_scored and place not in asked:
            yield f"Nobody is asked to score {now.place_in_words(place)}."


def undeclared(now: Situation) -> Iterator[str]:
    """Yield whose declaration of interests is missing or undecided."""
    for member in now.panel:
        if member.left or member.role is Role.OBSERVER:
            continue
        declaration = now.declaration(member.person)
        if declaration is None:
            yield f"{now.name(member.person)} has not declared interests."
        elif not declaration.is_settled:
            yield f"The interest that {now.name(member.person)} declared awaits a decision."


def _before_moderation(reader: Reader, now: Situation) -> Iterator[str]:
    yield from undeclared(now)
    waiting = scoring.outstanding(now, reader.scores())
    by_person: dict[str, list[str]] = {}
    for item in waiting:
        by_person.setdefault(now.name(item.evaluator), []).append(now.place_in_words(item.place))
    for name, places in by_person.items():
        yield f"{name} still has {_counted(places)} to score."


def _counted(places: list[str]) -> str:
    shown = "; ".join(places[:_MANY])
    more = f"; and {len(places) - _MANY} more" if len(places) > _MANY else ""
    return f"{len(places)} response{'s' if len(places) > 1 else ''} ({shown}{more})"


def _before_price(reader: Reader, now: Situation) -> Iterator[str]:
    agreed = {item.place: item for item in reader.agreed_scores()}
    open_places = {item.place for item in reader.sent_back() if item.is_open}
    waiting = moderating.awaited_by(now, tuple(agreed.values()), reader.confirmations())
    for place in now.places():
        words = now.place_in_words(place)
        score = agreed.get(place)
        if place in open_places:
            yield f"{words} was sent back and is not settled."
        if score is None:
            yield f"{words} has no agreed score."
            continue
        gaps = unexplained(now.criterion(place.criterion), score)
        if gaps:
            yield f"{words}: sub-criteria {', '.join(gaps)} are not explained."
        if not score.present:
            yield f"{words}: it is not recorded who was present."
        if place in waiting:
            names = ", ".join(now.name(person) for person in waiting[place])
            yield f"{words} awaits confirmation by {names}."


def _before_award(reader: Reader, now: Situation) -> Iterator[str]:
    for lot in now.method.lots:
        try:
            ranking.rank(reader, now, lot.ref)
        except UserFixable as refusal:
            yield refusal.happened
    for item in reader.reopenings():
        if not item.order_after:
            yield f"{now.place_in_words(item.place)} was reopened and awaits confirmation."


def _before_closing(reader: Reader, now: Situation) -> Iterator[str]:
    decisions, approvals = reader.decisions(), reader.approvals()
    for lot in now.method.lots:
        where = f"Lot {lot.ref}: the" if len(now.method.lots) > 1 else "The"
        decision = decisions.get(lot.ref)
        if decision is None:
            yield f"{where} award decision is not recorded."
        elif not is_approved(decision, approvals):
            yield f"{where} award decision is not approved."


def award_gaps(reader: Reader, now: Situation) -> tuple[str, ...]:
    """Return the declarations and confirmations that an award stands without.

    They matter for an evaluation made elsewhere; in one made here an earlier stage needed them.
    """
    gaps = list(undeclared(now))
    agreed = {item.place: item for item in reader.agreed_scores()}
    waiting = moderating.awaited_by(now, tuple(agreed.values()), reader.confirmations())
    bare = [
        now.place_in_words(place)
        for place, item in agreed.items()
        if place in waiting or not item.present
    ]
    if bare:
        gaps.append(f"Not confirmed by the panel: {_counted(bare)}.")
    return tuple(gaps)
