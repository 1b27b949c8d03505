"""Commitments: made from the words of an answer while it is read, completed, withdrawn.

For information until the contract: a commitment changes no mark and no rank. What stands in
the contract schedule after award is ``contract_schedule``'s business.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from tendereval.domain.bidding import Place
from tendereval.domain.errors import ReasonNeeded, RuleRefusal, UnknownReference
from tendereval.domain.ids import BidderId
from tendereval.domain.publicvalue.commitment_check import BidCommitments, CommitmentFinding
from tendereval.domain.publicvalue.commitment_rules import Parts, check_number, check_quote
from tendereval.domain.publicvalue.commitments import Commitment, Quote
from tendereval.domain.publicvalue.sdg_targets import SdgGoal, targets_of
from tendereval.domain.publicvalue.suggestions import Suggestions, suggest
from tendereval.domain.stages import Act, Stage
from tendereval.exchange.sdg_data import sdg_goals
from tendereval.services.commitment_makers import check_reader, may_make
from tendereval.services.contract_kpis import kpis
from tendereval.services.contract_schedule import (
    checked,
    choose_kpis,
    name_owner,
    schedule,
    schedules,
    title,
)
from tendereval.services.data_packs import text_of
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.services.working_files import is_working_file
from tendereval.store import public_value
from tendereval.store.mapping import to_json
from tendereval.store.repository import Reader
from tendereval.store.unit_of_work import before_and_after

__all__ = [
    "Parts",
    "at_place",
    "choose_kpis",
    "edit",
    "for_bid",
    "for_bids",
    "kpis",
    "link",
    "make",
    "may_make",
    "name_owner",
    "parts_of",
    "reinstate",
    "schedule",
    "schedules",
    "sdg_goals_of",
    "suggestions",
    "title",
    "withdraw",
    "withdrawn",
]


def for_bid(reader: Reader, now: Situation, bidder: BidderId) -> BidCommitments:
    """Return what the check says of one bidder's commitments, all lots together.

    Args:
        reader: of the same moment as ``now``.
        now: the situation.
        bidder: whose.

    Raises:
        UnknownReference: there is no such bidder.
    """
    now.bidder(bidder)
    return for_bids(reader, now)[bidder]


def for_bids(reader: Reader, now: Situation) -> Mapping[BidderId, BidCommitments]:
    """Return what the check says of every bidder's commitments."""
    every = public_value.commitments(reader)
    return {
        bidder.id: checked(reader, now, [item for item in every if item.place.bidder == bidder.id])
        for bidder in now.bidders
    }


def at_place(found: BidCommitments, place: Place) -> BidCommitments:
    """Return what was found of the commitments made from one answer.

    Whether a promise is claimed twice is still told by the whole bid.
    """
    here = tuple(item for item in found.findings if item.commitment.place == place)
    bare = tuple(item for item in found.without_goal if item.place == place)
    return replace(found, findings=here, conversion=_conversion(here), without_goal=bare)


def withdrawn(reader: Reader, bidder: BidderId) -> tuple[Commitment, ...]:
    """Return the commitments of a bidder that were withdrawn, with their reasons."""
    every = public_value.commitments(reader)
    return tuple(item for item in every if item.withdrawn and item.place.bidder == bidder)


def suggestions(now: Situation, words: str) -> Suggestions:
    """Return what number, unit and day the selected words seem to give; fills in nothing."""
    return suggest(words, now.details.contract_start)


def sdg_goals_of(reader: Reader) -> tuple[SdgGoal, ...]:
    """Return the Sustainable Development Goals as they count in this tender."""
    return sdg_goals(text_of(reader, "sdgs"))


def make(session: Session, place: Place, quote: Quote, parts: Parts | None = None) -> Commitment:
    """Make a commitment from selected words of an answer.

    Args:
        session: the open tender, or an evaluator's working file.
        place: of the answer.
        quote: the words, where they stand; for a document, the page.
        parts: what the person wrote; nothing is filled in from the words.

    Raises:
        NotAllowedNow: only while answers are read (scoring and moderation).
        NotTheirs: the person does not read this answer.
        UnknownReference: no answer, or a goal or target that does not exist.
        RuleRefusal: the answer does not say so, or a number that cannot be.
    """
    with session.reading() as reader:
        now = situation(reader)
        now.require(Act.MAKE_COMMITMENT)
        check_reader(now, session.actor.person, place)
        _check_quote(reader, now, place, quote)
        tidied = Quote(quote.words, quote.start, quote.page.strip())
        written = _checked_parts(reader, parts or Parts(), None)
        every = public_value.commitments(reader)
    ref = _next_id(session, every, place, tidied)
    made = _with_parts(Commitment(ref, place, tidied), written)
    texts = before_and_after("commitment", None, to_json(made))
    with session.change("commitment made", _ids(made), texts) as change:
        public_value.set_commitment(change, made)
    return made


def edit(session: Session, commitment: str, parts: Parts, reason: str = "") -> Commitment:
    """Change what is written about a promise; the words it was made from stay.

    Args:
        session: the open tender, or an evaluator's working file.
        commitment: its id.
        parts: all of them, as they are to be.
        reason: why; needed once prices are open.

    Raises:
        NotAllowedNow: before scoring, or once the tender is closed.
        NotTheirs: the person does not read this answer.
        UnknownReference: there is no such commitment, goal or target.
        RuleRefusal: it was withdrawn, or a number that cannot be.
        ReasonNeeded: prices are open and no reason is given.
    """
    with session.reading() as reader:
        now = situation(reader)
        earlier = _to_change(session, reader, now, commitment)
        changed = _with_parts(earlier, _checked_parts(reader, parts, earlier))
    if changed == earlier:
        return earlier
    if now.stage.position >= Stage.PRICE.position and not reason.strip():
        raise ReasonNeeded(
            f"Prices are open: changing “{title(earlier)}” needs a reason.",
            "Say where the answer gives it; it is kept.",
        )
    _record(session, "commitment changed", earlier, changed, reason)
    return changed


def link(
    session: Session,
    commitment: str,
    goals: Iterable[str],
    sdg_targets: Iterable[str],
) -> Commitment:
    """Link a commitment to goals of the authority and to targets, in place of earlier links.

    For information; no reason is asked for.

    Raises:
        NotAllowedNow: before scoring, or once the tender is closed.
        NotTheirs: the person does not read this answer.
        UnknownReference: there is no such commitment, goal or target.
        RuleRefusal: it was withdrawn.
    """
    with session.reading() as reader:
        now = situation(reader)
        earlier = _to_change(session, reader, now, commitment)
        wanted = replace(parts_of(earlier), goals=tuple(goals), sdg_targets=tuple(sdg_targets))
        changed = _with_parts(earlier, _checked_parts(reader, wanted, earlier))
    if changed != earlier:
        _record(session, "commitment linked", earlier, changed, "")
    return changed


def withdraw(session: Session, commitment: str, reason: str) -> Commitment:
    """Take a commitment out of the register; it is kept with the reason.

    Raises:
        ReasonNeeded: without a reason.
        NotAllowedNow: before scoring, or once the tender is closed.
        NotTheirs: the person does not read this answer.
        UnknownReference: there is no such commitment.
        RuleRefusal: it was withdrawn already.
    """
    if not reason.strip():
        raise ReasonNeeded("A commitment is withdrawn with a reason.", "Say why; it is kept.")
    with session.reading() as reader:
        earlier = _to_change(session, reader, situation(reader), commitment)
    changed = replace(earlier, withdrawn=reason.strip())
    _record(session, "commitment withdrawn", earlier, changed, reason)
    return changed


def reinstate(session: Session, commitment: str, reason: str) -> Commitment:
    """Put a withdrawn commitment back as it was.

    Raises:
        ReasonNeeded: without a reason.
        NotAllowedNow: before scoring, or once the tender is closed.
        NotTheirs: the person does not read this answer.
        UnknownReference: no withdrawn commitment has that id.
    """
    if not reason.strip():
        raise ReasonNeeded("A commitment is put back with a reason.", "Say why; it is kept.")
    with session.reading() as reader:
        now = situation(reader)
        now.require(Act.COMPLETE_COMMITMENT)
        earlier = _known(reader, commitment)
        check_reader(now, session.actor.person, earlier.place)
    if not earlier.withdrawn:
        raise UnknownReference(f"“{title(earlier)}” was not withdrawn.", "It stands as it is.")
    changed = replace(earlier, withdrawn="")
    _record(session, "commitment put back", earlier, changed, reason)
    return changed


def parts_of(item: Commitment) -> Parts:
    """Return what is written about a commitment, to be changed and given to ``edit``."""
    return Parts(
        item.who,
        item.what,
        item.how_many,
        item.unit,
        item.by_when,
        item.evidence,
        item.baseline,
        item.anyway,
        item.goals,
        item.sdg_targets,
    )


def _conversion(items: tuple[CommitmentFinding, ...]) -> Fraction | None:
    if not items:
        return None
    return Fraction(sum(item.is_complete for item in items), len(items))


def _to_change(session: Session, reader: Reader, now: Situation, commitment: str) -> Commitment:
    now.require(Act.COMPLETE_COMMITMENT)
    found = _known(reader, commitment)
    check_reader(now, session.actor.person, found.place)
    if found.withdrawn:
        raise RuleRefusal(
            f"“{title(found)}” was withdrawn: {found.withdrawn}",
            "Put it back first, with a reason.",
        )
    return found


def _known(reader: Reader, commitment: str) -> Commitment:
    every = public_value.commitments(reader)
    found = next((item for item in every if item.id == commitment), None)
    if found is None:
        raise UnknownReference(
            f"There is no commitment {commitment!r}.", "Choose one that was made."
        )
    return found


def _check_quote(reader: Reader, now: Situation, place: Place, quote: Quote) -> None:
    where = now.place_in_words(place)
    answer = reader.response_at(place)
    if answer is None:
        raise UnknownReference(f"There is no answer: {where}.", "Choose one of the answers.")
    check_quote(quote, answer, where)


def _checked_parts(reader: Reader, parts: Parts, earlier: Commitment | None) -> Parts:
    """Return parts as they are kept: trimmed, targets as they are written, links that exist."""
    check_number(parts.how_many, "The number")
    known = {goal.id for goal in public_value.goals(reader) if not goal.removed}
    known |= set(earlier.goals) if earlier else set()
    for ref in parts.goals:
        if ref not in known:
            raise UnknownReference(f"There is no goal {ref!r}.", "Choose one of the goals.")
    return Parts(
        parts.who.strip(),
        parts.what.strip(),
        parts.how_many,
        parts.unit.strip(),
        parts.by_when,
        parts.evidence.strip(),
        parts.baseline.strip(),
        parts.anyway.strip(),
        tuple(dict.fromkeys(parts.goals)),
        targets_of(parts.sdg_targets, sdg_goals_of(reader)),
    )


def _with_parts(item: Commitment, parts: Parts) -> Commitment:
    return replace(
        item,
        who=parts.who,
        what=parts.what,
        how_many=parts.how_many,
        unit=parts.unit,
        by_when=parts.by_when,
        evidence=parts.evidence,
        baseline=parts.baseline,
        anyway=parts.anyway,
        goals=parts.goals,
        sdg_targets=parts.sdg_targets,
    )


def _next_id(session: Session, every: tuple[Commitment, ...], place: Place, quote: Quote) -> str:
    """Return an id; one of a working file is like no other's, since it travels."""
    prefix = "c-"
    if is_working_file(session):
        spot = f"{place.criterion}\n{place.lot}\n{place.bidder}\n{quote.start}\n{quote.words}"
        mark = hashlib.sha256(spot.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        prefix = f"c-{session.actor.person}-{mark}-"
    used = (re.fullmatch(rf"{re.escape(prefix)}([0-9]+)", item.id) for item in every)
    return f"{prefix}{1 + max((int(one[1]) for one in used if one), default=0)}"


def _ids(item: Commitment) -> dict[str, str]:
    return {
        "commitment": item.id,
        "bidder": item.place.bidder,
        "criterion": item.place.criterion,
        "lot": item.place.lot or "",
    }


def _record(
    session: Session, kind: str, earlier: Commitment, changed: Commitment, reason: str
) -> None:
    texts = before_and_after("commitment", to_json(earlier), to_json(changed))
    with session.change(kind, _ids(changed), texts, reason.strip()) as change:
        public_value.set_commitment(change, changed)
