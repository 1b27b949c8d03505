"""What of a bid's promises goes into the contract: KPIs, the schedule per lot, and owners.

The product chooses no KPI and no term; it shows what is complete and what the lead chose.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tendereval.domain.errors import RuleRefusal, UnknownReference
from tendereval.domain.ids import BidderId, LotId
from tendereval.domain.publicvalue.commitment_check import (
    BidCommitments,
    CommitmentFinding,
    check_commitments,
    missing_parts,
)
from tendereval.domain.publicvalue.commitments import Commitment, KpiSetting
from tendereval.domain.publicvalue.contract_schedule import (
    Schedule,
    ScheduleRow,
    SupplierPart,
)
from tendereval.domain.stages import Act
from tendereval.domain.wording import listed
from tendereval.services import certificates
from tendereval.services.award_decisions import standing
from tendereval.services.contract_kpis import kpis
from tendereval.services.data_packs import refuse_scorers
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import public_value
from tendereval.store.mapping import to_json
from tendereval.store.repository import Reader
from tendereval.store.unit_of_work import before_and_after


def checked(reader: Reader, now: Situation, items: Sequence[Commitment]) -> BidCommitments:
    """Return what the check says of commitments of one bidder."""
    return check_commitments(
        items,
        public_value.goals(reader),
        on=certificates.days_of(now.details).deadline,
        end=now.details.contract_end,
    )


def schedule(reader: Reader, now: Situation, lot: str) -> Schedule:
    """Return the contract schedule of one lot: the winner's complete commitments.

    A promise made in a question common to all lots stands in the schedule of each lot won.

    Args:
        reader: of the same moment as ``now``.
        now: the situation.
        lot: which.

    Raises:
        UnknownReference: there is no such lot.
    """
    ref = now.lot(lot)
    decision = standing(reader).get(ref)
    won = () if decision is None else decision.bidders
    parts = tuple(_part(reader, now, ref, bidder) for bidder in won)
    return Schedule(ref, parts, decision is not None, kpis(reader, now).by_lot[ref])


def schedules(reader: Reader, now: Situation) -> tuple[Schedule, ...]:
    """Return the contract schedule of every lot, in published order."""
    return tuple(schedule(reader, now, lot.ref) for lot in now.method.lots)


def _part(reader: Reader, now: Situation, lot: LotId, bidder: BidderId) -> SupplierPart:
    every = [
        item
        for item in public_value.commitments(reader)
        if item.place.bidder == bidder and item.place.lot in {lot, None}
    ]
    found = checked(reader, now, every)
    chosen = public_value.kpi_setting(reader).chosen
    goals = {item.id: item for item in public_value.goals(reader) if not item.removed}
    numbers = {item.commitment.id: number for number, item in enumerate(found.complete, start=1)}
    rows = tuple(
        ScheduleRow(
            number,
            item.commitment,
            item.commitment.id in chosen,
            tuple(goals[ref] for ref in item.commitment.goals if ref in goals),
            (*item.flags, *_twice(item, numbers)),
        )
        for number, item in enumerate(found.complete, start=1)
    )
    ambitions = tuple(item.commitment for item in found.ambitions)
    return SupplierPart(bidder, now.bidder_name(bidder), rows, ambitions)


def _twice(item: CommitmentFinding, numbers: Mapping[str, int]) -> Iterator[str]:
    """Warn where one schedule holds the same promise twice: the contract would count it twice."""
    others = [str(numbers[ref]) for ref in item.twins if ref in numbers]
    if others:
        yield f"The same promise is No. {listed(others)} too: withdraw one of them."


def choose_kpis(session: Session, chosen: Sequence[str], opt_out: str = "") -> KpiSetting:
    """Record which commitments are KPIs, or why none are published.

    Args:
        session: the open tender.
        chosen: ids of complete commitments; all of them, in order.
        opt_out: the reason under s.52(2) for publishing none; with several lots, for those
            without any.

    Raises:
        NotAllowedNow: the tender is closed.
        UnknownReference: there is no such commitment.
        RuleRefusal: withdrawn, not complete, KPIs beside a reason for none where one lot is all
            there is, or chosen by somebody who only scores.

    Source: Procurement Act 2023, s.52(1) and (2).
    """
    with session.reading() as reader:
        now = situation(reader)
        now.require(Act.SET_GOALS)
        refuse_scorers(now, session.actor.person, "choose key performance indicators")
        every = {item.id: item for item in public_value.commitments(reader)}
        earlier = public_value.kpi_setting(reader)
    setting = KpiSetting(tuple(dict.fromkeys(chosen)), opt_out.strip())
    for ref in setting.chosen:
        _check_kpi(ref, every)
    if setting.chosen and setting.opt_out and len(now.method.lots) == 1:
        raise RuleRefusal(
            "KPIs are chosen, and a reason is given for publishing none.", "Keep one of the two."
        )
    if setting != earlier:
        ids = {"before": ", ".join(earlier.chosen), "chosen": ", ".join(setting.chosen)}
        with session.change("KPIs chosen", ids, reason=setting.opt_out) as change:
            public_value.set_kpi_setting(change, setting)
    return setting


def _check_kpi(ref: str, every: dict[str, Commitment]) -> None:
    item = every.get(ref)
    if item is None:
        raise UnknownReference(f"There is no commitment {ref!r}.", "Choose one that was made.")
    if item.withdrawn:
        raise RuleRefusal(f"“{title(item)}” was withdrawn.", "Choose one that stands.")
    missing = missing_parts(item)
    if missing:
        raise RuleRefusal(
            f"“{title(item)}” is an ambition; it lacks: {', '.join(missing)}.",
            "Complete it first, from what the answer says.",
        )


def title(item: Commitment) -> str:
    """Return a few words by which people know a commitment."""
    words = " ".join((item.what or item.quote.words).split())
    return words if len(words) <= 60 else f"{words[:57]}…"  # noqa: PLR2004 - as much as a line holds


def term(reader: Reader, now: Situation, commitment: str) -> ScheduleRow:
    """Return the line of the contract schedule that a commitment is.

    Raises:
        UnknownReference: it is in no lot's schedule.
    """
    for one in schedules(reader, now):
        for row in one.rows:
            if row.commitment.id == commitment:
                return row
    raise UnknownReference(
        f"The commitment {commitment!r} is not in the contract schedule.",
        "Choose a complete commitment of a winning bid.",
    )


def name_owner(session: Session, commitment: str, owner: str) -> Commitment:
    """Record who answers for a commitment in the contract.

    Args:
        session: the open tender.
        commitment: its id.
        owner: a person's office rather than a name, so that it outlasts the person.

    Raises:
        NotAllowedNow: before stage ``award``.
        UnknownReference: it is in no lot's contract schedule.
        RuleRefusal: nobody is named, or by somebody who only scores.
    """
    with session.reading() as reader:
        now = situation(reader)
        now.require(Act.NAME_OWNER)
        refuse_scorers(now, session.actor.person, "name who answers for a commitment")
        earlier = term(reader, now, commitment).commitment
    if not owner.strip():
        raise RuleRefusal(f"Nobody is named for “{title(earlier)}”.", "Write who answers for it.")
    named = replace(earlier, owner=owner.strip())
    if named != earlier:
        ids = {"commitment": named.id, "bidder": named.place.bidder}
        texts = before_and_after("commitment", to_json(earlier), to_json(named))
        with session.change("commitment owner named", ids, texts) as change:
            public_value.set_commitment(change, named)
    return named
