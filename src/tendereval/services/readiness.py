"""What still stands between a tender and its next stage, in words that say where to go."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tendereval.domain.award import is_approved
from tendereval.domain.bidding import Place
from tendereval.domain.completeness import method_gaps
from tendereval.domain.errors import UserFixable
from tendereval.domain.evaluation import Role
from tendereval.domain.ids import PersonId
from tendereval.domain.moderation import unexplained
from tendereval.domain.stages import Stage
from tendereval.services import (
    agreeing,
    contract_kpis,
    living_wage,
    pack_content,
    question_library,
    ranking,
    scoring,
    social_value,
)
from tendereval.services.award_decisions import is_overtaken
from tendereval.services.situation import Situation
from tendereval.store.repository import Reader

_MANY = 8


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something that is still missing.

    Attributes:
        text: one sentence.
        place: where it is mended: ``setup``, ``bids``, ``panel``, ``moderation``, ``ranking``,
            ``public value`` or ``award``.
        what: the person or the response it is about; None where it is about the place.
    """

    text: str
    place: str
    what: PersonId | Place | None = None


def missing_for(reader: Reader, now: Situation, to: Stage, at: datetime) -> tuple[str, ...]:
    """Return what a stage still needs, as sentences; see ``open_points_for``."""
    return tuple(point.text for point in open_points_for(reader, now, to, at))


def open_points_for(
    reader: Reader, now: Situation, to: Stage, at: datetime
) -> tuple[OpenPoint, ...]:
    """Return what a stage still needs, in the order to mend it.

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
            gaps = method_gaps(now.details, now.method)
            pay = living_wage.must_be_mended(reader, now)
            return tuple(OpenPoint(gap, "setup") for gap in (*gaps, *pay))
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


def warnings_for(reader: Reader, now: Situation, to: Stage) -> tuple[OpenPoint, ...]:
    """Return what deserves a second look before a stage; none of it stands in the way.

    Args:
        reader: of the same moment as ``now``.
        now: the situation.
        to: the stage that is to follow.
    """
    return (*_pay_warnings(reader, now, to), *_model_warnings(reader, now, to))


def _pay_warnings(reader: Reader, now: Situation, to: Stage) -> Iterator[OpenPoint]:
    """Ask what the check is for before publishing, and for pay schedules before the award."""
    if to is Stage.PUBLISHED:
        yield from (OpenPoint(text, "setup") for text in living_wage.to_be_chosen(reader, now))
    if to in {Stage.PRICE, Stage.AWARD}:
        names = [now.bidder_name(bidder) for bidder in living_wage.without_schedule(reader, now)]
        if names:
            text = f"No pay schedule is recorded for {', '.join(names)}: what they pay is unknown."
            yield OpenPoint(text, "public value")


def _model_warnings(reader: Reader, now: Situation, to: Stage) -> Iterator[OpenPoint]:
    """Tell of weight and unread drafts before publishing, of KPIs before award and contract."""
    if to is Stage.PUBLISHED:
        told = (
            *social_value.weight_warnings(reader, now),
            *question_library.to_be_edited(reader, now),
        )
        yield from (OpenPoint(text, "setup") for text in told)
    if to in {Stage.AWARD, Stage.CLOSED}:
        told = contract_kpis.kpi_warnings(reader, now)
        yield from (OpenPoint(text, "public value") for text in told)


def _before_scoring(now: Situation, at: datetime) -> Iterator[OpenPoint]:
    if now.details.deadline is None:
        yield OpenPoint("The tender deadline is not recorded.", "setup")
    elif at <= now.details.deadline:
        yield OpenPoint(
            f"The tender deadline has not passed ({now.details.deadline:%d %B %Y %H:%M}).", "setup"
        )
    if not now.bidders:
        yield OpenPoint("No bidder is registered.", "bids")
    if not any(item.role is Role.LEAD and not item.left for item in now.panel):
        yield OpenPoint("The panel has no lead evaluator.", "panel")
    asked = {item.place for item in now.assignments()}
    criteria = {row.ref: row for row in now.method.criteria}
    for place in now.places():
        if criteria[place.criterion].kind.is_scored and place not in asked:
            yield OpenPoint(f"Nobody is asked to score {now.place_in_words(place)}.", "setup")


def undeclared(now: Situation) -> Iterator[OpenPoint]:
    """Yield whose declaration of interests is missing or undecided."""
    for member in now.panel:
        if member.left or member.role is Role.OBSERVER:
            continue
        declaration = now.declaration(member.person)
        if declaration is None:
            yield OpenPoint(
                f"{now.name(member.person)} has not declared interests.", "panel", member.person
            )
        elif not declaration.is_settled:
            yield OpenPoint(
                f"The interest that {now.name(member.person)} declared awaits a decision.",
                "panel",
                member.person,
            )


def undeclared_anew(reader: Reader, now: Situation) -> Iterator[OpenPoint]:
    """Yield who has not declared interests since hidden names were revealed.

    Only those who got a pack while names were hidden: others knew them from the start.
    """
    if not now.names_revealed:
        return
    unknowing = {item.person for item in reader.packs_made() if item.names == "hidden"}
    for member in now.panel:
        if member.left or member.person not in unknowing:
            continue
        if not pack_content.has_declared_anew(reader, member.person):
            text = f"{now.name(member.person)} has not declared interests since names are known."
            yield OpenPoint(text, "panel", member.person)


def _before_moderation(reader: Reader, now: Situation) -> Iterator[OpenPoint]:
    yield from undeclared(now)
    yield from undeclared_anew(reader, now)
    waiting = scoring.outstanding(now, reader.scores())
    by_person: dict[PersonId, list[str]] = {}
    for item in waiting:
        by_person.setdefault(item.evaluator, []).append(now.place_in_words(item.place))
    for person, places in by_person.items():
        text = f"{now.name(person)} still has to score {_counted(places)}."
        yield OpenPoint(text, "panel", person)


def _counted(places: list[str]) -> str:
    shown = "; ".join(places[:_MANY])
    more = f"; and {len(places) - _MANY} more" if len(places) > _MANY else ""
    return f"{len(places)} response{'s' if len(places) > 1 else ''} ({shown}{more})"


def _before_price(reader: Reader, now: Situation) -> Iterator[OpenPoint]:
    agreed = {item.place: item for item in reader.agreed_scores()}
    open_places = scoring.places_open(reader)
    waiting = agreeing.awaited_by(now, tuple(agreed.values()), reader.confirmations())
    changed = scoring.changed_since(now)
    for place in now.places():
        words = now.place_in_words(place)
        score = agreed.get(place)
        if place in open_places:
            yield OpenPoint(f"{words} was sent back and is not settled.", "moderation", place)
        if score is None:
            yield OpenPoint(f"{words} has no agreed score.", "moderation", place)
            continue
        if place.criterion in changed.get(score.method_version, frozenset()):
            yield OpenPoint(
                f"{words}: the question changed since its score was agreed; agree it again.",
                "moderation",
                place,
            )
        gaps = unexplained(now.criterion(place.criterion), score)
        if gaps:
            text = f"{words}: sub-criteria {', '.join(gaps)} are not explained."
            yield OpenPoint(text, "moderation", place)
        if not score.present:
            text = f"{words}: it is not recorded who was present."
            yield OpenPoint(text, "moderation", place)
        if place in waiting:
            names = ", ".join(now.name(person) for person in waiting[place])
            yield OpenPoint(f"{words} awaits confirmation by {names}.", "moderation", place)
    yield from _lapsed(reader, now)


def _lapsed(reader: Reader, now: Situation) -> Iterator[OpenPoint]:
    """Yield individual scores that lapsed with a change of their question and are still asked."""
    scores = reader.scores()
    lapsed = set(scores) - set(scoring.applying(now, scores))
    asked = {(item.evaluator, item.place) for item in now.assignments()} if lapsed else set()
    for score in scores:
        if score in lapsed and (score.evaluator, score.place) in asked:
            yield OpenPoint(
                f"{now.place_in_words(score.place)}: the question changed since "
                f"{now.name(score.evaluator)} scored it; send it back.",
                "moderation",
                score.place,
            )


def _before_award(reader: Reader, now: Situation) -> Iterator[OpenPoint]:
    for lot in now.method.lots:
        try:
            ranking.rank(reader, now, lot.ref)
        except UserFixable as refusal:
            yield OpenPoint(refusal.happened, "ranking")
    for item in reader.reopenings():
        words = now.place_in_words(item.place)
        if not item.order_after:
            yield OpenPoint(f"{words} was reopened and awaits confirmation.", "ranking")
        agreed = reader.agreed_at(item.place)
        gaps = unexplained(now.criterion(item.place.criterion), agreed) if agreed else ()
        if gaps:
            yield OpenPoint(
                f"{words} was reopened: sub-criteria {', '.join(gaps)} are not explained.",
                "ranking",
            )


def _before_closing(reader: Reader, now: Situation) -> Iterator[OpenPoint]:
    decisions, approvals = reader.decisions(), reader.approvals()
    for lot in now.method.lots:
        where = f"Lot {lot.ref}: the" if len(now.method.lots) > 1 else "The"
        decision = decisions.get(lot.ref)
        if decision is None:
            yield OpenPoint(f"{where} award decision is not recorded.", "award")
        elif is_overtaken(reader, decision):
            yield OpenPoint(
                f"{where} award decision is older than the last way back; record it again.", "award"
            )
        elif not is_approved(decision, approvals):
            yield OpenPoint(f"{where} award decision is not approved.", "award")


def award_gaps(reader: Reader, now: Situation) -> tuple[str, ...]:
    """Return the declarations and confirmations that an award stands without.

    They matter for an evaluation made elsewhere; in one made here an earlier stage needed them.
    """
    gaps = [point.text for point in undeclared(now)]
    agreed = {item.place: item for item in reader.agreed_scores()}
    waiting = agreeing.awaited_by(now, tuple(agreed.values()), reader.confirmations())
    bare = [
        now.place_in_words(place)
        for place, item in agreed.items()
        if place in waiting or not item.present
    ]
    if bare:
        gaps.append(f"Not confirmed by the panel: {_counted(bare)}.")
    return tuple(gaps)
