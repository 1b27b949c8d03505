"""Public value, commitments: the register, what is missing in each, KPIs, and delivery."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tendereval.domain.exact import decimal_text
from tendereval.domain.ids import BidderId
from tendereval.domain.publicvalue.commitment_check import (
    REQUIRED,
    BidCommitments,
    CommitmentFinding,
)
from tendereval.domain.publicvalue.commitments import Commitment, Goal
from tendereval.domain.publicvalue.contract_schedule import amount_text
from tendereval.domain.publicvalue.delivery import DeliveryRecord, DeliveryRow
from tendereval.domain.stages import Act, may
from tendereval.services import commitments, delivery, goals
from tendereval.services.situation import Situation
from tendereval.store.repository import Reader
from tendereval.viewmodels.public_value_found import Found
from tendereval.viewmodels.public_value_rows import (
    INFORMATION_ONLY,
    NONE,
    NOT_YET,
    UNKNOWN,
    YES,
    Action,
    Bar,
    BidPart,
    Cell,
    Column,
    Row,
    Sheet,
    Task,
    Tool,
    ToolPart,
    counted,
    day_text,
)

_QUESTION = "Which promises are firm enough to go into the contract?"
_ASKED_LATER = "How much of what was promised is delivered?"
_AMBITION = (
    "A commitment is complete when it says who, what, how many with a unit, by when, and what "
    "proves it. With one of the five missing it stays an ambition and is shown apart."
)
_FEW = 2
_KEY = "Full is complete, hatched is ambition."


@dataclass(frozen=True, slots=True)
class _Read:
    """What is known of promises, read once."""

    found: Mapping[BidderId, BidCommitments]
    goals: Mapping[str, Goal]
    kpis: frozenset[str]
    terms: frozenset[str]
    delivered: Mapping[str, DeliveryRow]
    delivery_words: tuple[str, ...]
    withdrawn: tuple[Commitment, ...]


def commitments_part(
    reader: Reader, now: Situation, found: Found, chosen: BidderId | None, today: date
) -> ToolPart:
    """Return the register as it stands, with the promises of the bidder that is chosen."""
    every = found.every_promise(reader, now)
    records = _records(reader, now, today)
    state = found.kpis(reader, now)
    schedules = found.schedules(reader, now)
    read = _Read(
        found.promises(reader, now),
        {item.id: item for item in goals.goals(reader)},
        frozenset(item.id for item in state.chosen),
        frozenset(row.commitment.id for one in schedules for row in one.rows),
        {row.line.commitment.id: row for one in records for row in one.rows},
        tuple(one.sentence for one in records if one.rows),
        tuple(one for one in every if one.withdrawn and one.place.bidder == chosen),
    )
    kpi_words = [*state.words]
    if state.of_the_model.needed != 0:
        kpi_words.append(state.of_the_model.sentence)
    if state.fallen:
        names = ", ".join(f"“{commitments.title(item)}”" for item in state.fallen)
        kpi_words.append(f"Chosen as KPI and no longer complete: {names}.")
    decided = [one.sentence for one in schedules if one.is_decided]
    return ToolPart(
        Tool.COMMITMENTS,
        _note(read),
        _ASKED_LATER if read.delivered else _QUESTION,
        " ".join(read.delivery_words) if read.delivered else _answer(read),
        _bidders(now, read),
        _bid(now, read, chosen),
        (INFORMATION_ONLY, *decided, *kpi_words),
        (),
        (_kpi_action(now, read),),
        _KEY if any(item.findings for item in read.found.values()) else "",
    )


def _records(reader: Reader, now: Situation, today: date) -> tuple[DeliveryRecord, ...]:
    if not may(now.stage, Act.RECORD_DELIVERY):
        return ()
    return tuple(delivery.delivery(reader, now, lot.ref, today) for lot in now.method.lots)


def _kpi_action(now: Situation, read: _Read) -> Action:
    why_not = "" if may(now.stage, Act.SET_GOALS) else "The tender is closed."
    if not why_not and not any(item.complete for item in read.found.values()):
        why_not = "There is no complete commitment to choose from yet."
    return Action(Task.KPIS, "Choose KPIs…", why_not)


def _note(read: _Read) -> str:
    every = sum(len(item.findings) for item in read.found.values())
    if read.delivered:
        late = sum(row.finding.is_late for row in read.delivered.values())
        full = sum(row.finding.is_full for row in read.delivered.values())
        more = f", {late} late" if late else ""
        return f"{full} of {len(read.delivered)} delivered{more}"
    if not every:
        return "none yet"
    full = sum(len(item.complete) for item in read.found.values())
    return f"{full} of {every} complete"


def _answer(read: _Read) -> str:
    if not read.found:
        return "No bidder is registered yet."
    every = sum(len(item.findings) for item in read.found.values())
    if not every:
        return "No promise has been taken from the answers yet."
    full = sum(len(item.complete) for item in read.found.values())
    doubled = sum(bool(one.twins) for item in read.found.values() for one in item.findings)
    rest = every - full
    said = (
        f"{full} of {counted(every, 'promise')} {_are(full)} complete; {rest} {_are(rest)} "
        f"{'an ambition' if rest == 1 else 'ambitions'}."
    )
    if full == every:
        said = f"Every one of {counted(every, 'promise')} is complete."
    return f"{said} {doubled} {_are(doubled)} claimed twice." if doubled else said


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _bidders(now: Situation, read: _Read) -> Sheet:
    most = max((len(item.findings) for item in read.found.values()), default=0)
    columns = (
        Column("Bidder"),
        Column("Complete and ambition", 260),
        Column("Complete", 90, right=True),
        Column("Ambition", 90, right=True),
        Column("Claimed twice", 110, right=True),
        Column("Converted", 100, right=True),
    )
    rows = tuple(
        _bidder_row(now, bidder.id, read.found[bidder.id], most)
        for bidder in now.bidders
        if bidder.id in read.found
    )
    empty = (
        "No bid yet",
        "Register bidders and their answers in Bids; commitments are made while reading them.",
    )
    return Sheet("Commitments by bidder", columns, rows, empty)


def _bidder_row(now: Situation, bidder: BidderId, found: BidCommitments, most: int) -> Row:
    full, open_ = len(found.complete), len(found.ambitions)
    bar = None
    if full + open_:
        words = f"{full} complete, {counted(open_, 'ambition')}"
        bar = Bar(Fraction(full, most), words, Fraction(open_, most))
    doubled = sum(bool(one.twins) for one in found.findings)
    share = "" if found.conversion is None else f"{decimal_text(_whole(found.conversion))}%"
    return Row(
        bidder,
        (
            Cell(now.bidder_name(bidder)),
            Cell("none made yet" if bar is None else "", "ink2", bar),
            Cell(str(full) if bar else NONE),
            Cell(str(open_) if bar else NONE),
            Cell(f"{NOT_YET} {doubled}" if doubled else NONE, "attention" if doubled else ""),
            Cell(share or NONE),
        ),
    )


def _whole(share: Fraction) -> Fraction:
    return Fraction(round(share * 100))


def _bid(now: Situation, read: _Read, chosen: BidderId | None) -> BidPart | None:
    found = read.found.get(chosen) if chosen is not None else None
    if found is None or chosen is None:
        return None
    mine = any(item.commitment.id in read.delivered for item in found.findings)
    sheet = _delivery_sheet(found, read) if mine else _register(now, found, read)
    return BidPart(
        now.bidder_name(chosen),
        found.sentence,
        sheet,
        key=_AMBITION if found.findings and not mine else "",
    )


def _register(now: Situation, found: BidCommitments, read: _Read) -> Sheet:
    columns = (
        Column("Commitment"),
        Column("Where", 56),
        Column("How many", 140, right=True),
        Column("By when", 132, right=True),
        Column("Goal", 128),
        Column("KPI", 44),
        Column("State", 284),
    )
    order = (*found.complete, *found.ambitions)
    rows = [_promise_row(now, item, found.findings, read) for item in order]
    rows += [_withdrawn_row(now, item) for item in read.withdrawn]
    empty = (
        "No commitment yet",
        (
            "Commitments are made while reading: in Moderation select words of an answer that "
            "promise something, then say who, what, how many, by when and what proves it."
        ),
    )
    return Sheet("Commitments", columns, tuple(rows), empty)


def _promise_row(
    now: Situation, item: CommitmentFinding, every: Sequence[CommitmentFinding], read: _Read
) -> Row:
    one = item.commitment
    number = NONE if one.how_many is None else amount_text(one.how_many, one.unit)
    if item.is_complete:
        state, ink = f"{YES}  complete", ""
    else:
        state, ink = f"{NOT_YET}  ambition: {_lacks(item)}", "attention"
    if item.twins:
        state, ink = f"{state}; claimed twice", "attention"
    served = [read.goals[ref].outcome for ref in one.goals if ref in read.goals]
    return Row(
        one.id,
        (
            Cell(commitments.title(one)),
            Cell(_where(one), "ink2"),
            Cell(number),
            Cell(day_text(one.by_when)),
            Cell(", ".join(served) or NONE, "ink2"),
            Cell("yes" if one.id in read.kpis else NONE, "ink2"),
            Cell(state, ink),
        ),
        tuple(_details(item, every)),
        _promise_actions(now, item, read),
    )


def _lacks(item: CommitmentFinding) -> str:
    if len(item.missing) > _FEW:
        return f"{len(item.missing)} of {len(REQUIRED)} missing"
    return f"no {', no '.join(item.missing)}"


def _where(item: Commitment) -> str:
    page = f", p. {item.quote.page}" if item.quote.page else ""
    return f"{item.place.criterion}{page}"


def _details(item: CommitmentFinding, every: Sequence[CommitmentFinding]) -> Iterator[str]:
    one = item.commitment
    yield f"{_where(one)}: “{' '.join(one.quote.words.split())}”"
    if item.missing:
        yield f"Missing: {', '.join(item.missing)}."
    parts = (
        ("Who", one.who),
        ("What", one.what),
        ("Proved by", one.evidence),
        ("Today", one.baseline),
        ("What would happen anyway", one.anyway),
        ("Answered for by", one.owner),
        ("Sustainable Development Goals (information)", ", ".join(one.sdg_targets)),
    )
    yield from (f"{name}: {' '.join(text.split())}" for name, text in parts if text)
    names = {other.commitment.id: other.commitment for other in every}
    for twin in item.twins:
        other = names.get(twin)
        if other is not None:
            yield f"The same promise stands in {_where(other)}: “{commitments.title(other)}”."
    yield from item.flags


def _promise_actions(now: Situation, item: CommitmentFinding, read: _Read) -> tuple[Action, ...]:
    ok = may(now.stage, Act.COMPLETE_COMMITMENT)
    why_not = "" if ok else f"At stage {str(now.stage)!r} commitments stay as they are."
    found = [
        Action(Task.EDIT_COMMITMENT, "Change…", why_not),
        Action(Task.WITHDRAW, "Withdraw…", why_not),
    ]
    if item.commitment.id in read.terms and may(now.stage, Act.NAME_OWNER):
        found.append(Action(Task.OWNER, "Name who answers…"))
    return tuple(found)


def _withdrawn_row(now: Situation, item: Commitment) -> Row:
    why_not = "" if may(now.stage, Act.COMPLETE_COMMITMENT) else "Commitments stay as they are."
    texts = (
        commitments.title(item),
        _where(item),
        NONE,
        NONE,
        NONE,
        NONE,
        f"withdrawn: {item.withdrawn}",
    )
    return Row(
        item.id,
        tuple(Cell(text, "ink2") for text in texts),
        (f"“{' '.join(item.quote.words.split())}”", f"Withdrawn: {item.withdrawn}"),
        (Action(Task.REINSTATE, "Put back…", why_not),),
    )


def _delivery_sheet(found: BidCommitments, read: _Read) -> Sheet:
    columns = (
        Column("Commitment"),
        Column("Answers for it", 136),
        Column("Planned", 120, right=True),
        Column("By when", 132, right=True),
        Column("Delivered", 116, right=True),
        Column("How far", 130),
        Column("State", 190),
    )
    rows = tuple(
        _delivery_row(read.delivered[item.commitment.id])
        for item in found.findings
        if item.commitment.id in read.delivered
    )
    return Sheet("Commitments in the contract", columns, rows)


def _delivery_row(row: DeliveryRow) -> Row:
    item, found = row.line.commitment, row.finding
    got = NONE if found.delivered is None else amount_text(found.delivered, item.unit)
    sign, ink = (NOT_YET, "attention") if found.is_late else (YES, "")
    if found.delivered is None and not found.is_late:
        sign, ink = UNKNOWN, "ink2"
    bar = None
    if found.share is not None:
        words = f"{decimal_text(_whole(found.share))}% of what was promised"
        bar = Bar(min(found.share, Fraction(1)), words)
    return Row(
        item.id,
        (
            Cell(commitments.title(item)),
            Cell(item.owner or "nobody named yet", "" if item.owner else "attention"),
            Cell(row.line.amount or NONE),
            Cell(day_text(item.by_when)),
            Cell(got),
            Cell("nothing reported" if bar is None else "", "ink2", bar),
            Cell(f"{sign}  {found.sentence}", ink),
        ),
        tuple(_reports(row)),
        (
            Action(Task.DELIVERY, "Report what was delivered…"),
            Action(Task.OWNER, "Name who answers…"),
        ),
    )


def _reports(row: DeliveryRow) -> Iterator[str]:
    unit = row.line.commitment.unit
    for one in sorted(row.reports, key=lambda report: report.on):
        proof = f"; proved by {one.evidence}" if one.evidence else "; without evidence"
        note = f"; {one.note}" if one.note else ""
        yield f"{day_text(one.on)}: {amount_text(one.delivered, unit)}{proof}{note}."
    if not row.reports:
        yield "Nothing is reported yet."
