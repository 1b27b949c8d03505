"""Public value, living wage: whether everybody on the contract is paid it, and the working."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tendereval.domain.exact import decimal_text, money, rounded_text
from tendereval.domain.ids import BidderId
from tendereval.domain.publicvalue.living_wage import PayBasis, WagePlace, WageSetting, WageUse
from tendereval.domain.publicvalue.wage_check import PayFinding, PayState, RowFinding
from tendereval.domain.publicvalue.wage_rates import Rate, required
from tendereval.domain.publicvalue.wage_use import use_in_words
from tendereval.domain.stages import Act, may
from tendereval.services import living_wage
from tendereval.services.situation import Situation
from tendereval.store import public_value
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
    Dot,
    PayLine,
    Row,
    Sheet,
    Task,
    Tool,
    ToolPart,
    counted,
    day_text,
    listed,
)

_QUESTION = "Will everyone on this contract be paid at least the real Living Wage?"
_KEY = (
    "A dot is a role, larger for more people; a hollow diamond is below the rate. The upright line "
    "is the rate of the role's place, UK or London."
)
_LEAST_BELOW, _LEAST_ABOVE = Fraction(1, 2), Fraction(2)
_GAP_PLACES = 2


@dataclass(frozen=True, slots=True)
class _Read:
    """What the check says, read once."""

    setting: WageSetting
    why_none: str
    found: Mapping[BidderId, PayFinding]
    holders: frozenset[BidderId]
    may_record: bool


def wage_part(reader: Reader, now: Situation, found: Found, chosen: BidderId | None) -> ToolPart:
    """Return the tool as it stands, with the working of the bidder that is chosen."""
    read = _Read(
        public_value.wage_setting(reader),
        living_wage.why_no_finding(reader, now),
        found.pay(reader, now),
        found.holders(reader, now),
        may(now.stage, Act.RECORD_EVIDENCE),
    )
    return ToolPart(
        Tool.WAGE,
        _note(read),
        _QUESTION,
        read.why_none or _answer(now, read.found),
        _bidders(now, read),
        _bid(now, read, chosen),
        tuple(_standing(reader, now, found, read)),
        tuple(living_wage.must_be_mended(reader, now)),
        _actions(now),
        _KEY if any(item.rows for item in read.found.values()) else "",
    )


def _actions(now: Situation) -> tuple[Action, ...]:
    closed = "" if may(now.stage, Act.CHOOSE_WAGE_USE) else "The tender is closed."
    return (
        Action(Task.WAGE_USE, "Use of the check…", closed),
        Action(Task.DATA, "Rates and data…"),
    )


def _note(read: _Read) -> str:
    if read.setting.use is WageUse.OFF:
        return "off"
    if read.why_none:
        return "no day to check on"
    if not read.found:
        return "no bid yet"
    below = sum(bool(item.failing) for item in read.found.values())
    met = sum(_is_met(item) for item in read.found.values())
    return f"{below} below" if below else f"{met} of {len(read.found)} shown"


def _is_met(found: PayFinding) -> bool:
    covered = [row for row in found.rows if row.state is not PayState.EXEMPT]
    return bool(covered) and all(row.is_met for row in covered)


def _answer(now: Situation, found: Mapping[BidderId, PayFinding]) -> str:
    if not found:
        return "No bidder is registered yet."
    groups: dict[str, list[str]] = {YES: [], NOT_YET: [], UNKNOWN: []}
    for bidder, item in found.items():
        groups[_sign(item)].append(now.bidder_name(bidder))
    said = []
    if groups[YES]:
        said.append(f"Yes with {listed(groups[YES])}.")
    if groups[NOT_YET]:
        said.append(f"Not yet with {listed(groups[NOT_YET])}.")
    if groups[UNKNOWN]:
        said.append(f"It cannot be told with {listed(groups[UNKNOWN])}.")
    return " ".join(said)


def _sign(found: PayFinding) -> str:
    if found.failing:
        return NOT_YET
    return YES if _is_met(found) else UNKNOWN


def _standing(reader: Reader, now: Situation, found: Found, read: _Read) -> Iterator[str]:
    if read.setting.use is WageUse.OFF:
        yield INFORMATION_ONLY
        return
    words = use_in_words(read.setting)
    plain = read.setting.use is WageUse.INFORMATION
    yield words if plain else f"{words} This page changes no mark and no rank by itself."
    on = living_wage.day_of(now, read.setting)
    if on is None:
        return
    rates = found.rates(reader, now)
    pairs = [(place, required(rates, place, on)) for place in WagePlace]
    unseen = {one.year for one in rates.years if not one.rates_verified}
    said = ", ".join(
        f"{place} {_rate(rate)}{', not verified' if rate.year in unseen else ''}"
        for place, rate in pairs
    )
    version = found.rates_version(reader, now)
    whose = "" if read.setting.check_on else ", the day of the tender deadline"
    yield f"Rates that count on {day_text(on)}{whose}: {said}. Data of {version}."


def _rate(rate: Rate) -> str:
    if rate.pounds is None:
        return f"not known ({rate.year})"
    return f"{money(rate.pounds)} an hour ({rate.year})"


def _bidders(now: Situation, read: _Read) -> Sheet:
    low, high = _reach(read.found.values())
    rows = tuple(
        _bidder_row(now, read, bidder.id, read.found[bidder.id], (low, high))
        for bidder in now.bidders
        if bidder.id in read.found
    )
    title = f"{money(-low)} below to {money(high)} above the rate" if rows else ""
    columns = (
        Column("Bidder"),
        Column("How it was shown", 184),
        Column(title, 240),
        Column("Lowest £", 84, right=True),
        Column("Gap a year", 116, right=True),
        Column("Answer", 212),
    )
    empty = (
        "No bid to check yet",
        "Register bidders in Bids; then type each one's pay by role here, or paste it.",
    )
    if read.why_none:
        empty = (read.why_none, "Choose the use of the check, or the day whose rate counts.")
    return Sheet("Living wage by bidder", columns, rows, empty)


def _reach(found: Iterable[PayFinding]) -> tuple[Fraction, Fraction]:
    """Return how far below and above the rate the picture goes."""
    off = [dot.off for item in found for dot in _dots(item)]
    return min([-_LEAST_BELOW, *off]), max([_LEAST_ABOVE, *off])


def _dots(found: PayFinding) -> tuple[Dot, ...]:
    return tuple(
        Dot(row.hourly - row.required.pounds, row.row.heads)
        for row in found.rows
        if row.state is not PayState.EXEMPT
        and row.hourly is not None
        and row.required.pounds is not None
    )


def _bidder_row(
    now: Situation,
    read: _Read,
    bidder: BidderId,
    found: PayFinding,
    reach: tuple[Fraction, Fraction],
) -> Row:
    dots, sign = _dots(found), _sign(found)
    paid = [row.hourly for row in found.rows if row.hourly is not None and _is_covered(row)]
    picture = PayLine(dots, *reach, _line_words(dots)) if dots else None
    ink = {NOT_YET: "attention", UNKNOWN: "ink2"}.get(sign, "")
    return Row(
        bidder,
        (
            Cell(now.bidder_name(bidder)),
            Cell(_shown_how(found, is_holder=bidder in read.holders), "ink2"),
            Cell("no figures given" if not dots else "", "ink2", picture),
            Cell(_two_places(min(paid)) if paid else NONE),
            Cell(NONE if not found.cost else money(found.cost)),
            Cell(f"{sign}  {_short_answer(found)}", ink),
        ),
    )


def _is_covered(row: RowFinding) -> bool:
    return row.state is not PayState.EXEMPT


def _two_places(value: Fraction) -> str:
    """Write pay an hour; what two places would round up to a rate keeps its own places."""
    text = decimal_text(value) if value.denominator <= 10**6 else rounded_text(value, 4)
    whole, _, part = text.partition(".")
    return f"{whole}.{part.ljust(_GAP_PLACES, '0')}"


def _shown_how(found: PayFinding, *, is_holder: bool) -> str:
    ways = (["accredited"] if is_holder else []) + (["pay by role"] if found.rows else [])
    return ", ".join(ways).capitalize() if ways else "Nothing given"


def _line_words(dots: tuple[Dot, ...]) -> str:
    below = [dot for dot in dots if dot.is_below]
    if not below:
        return f"{counted(len(dots), 'role')}, none below the rate"
    worst = min(dot.off for dot in below)
    return f"{len(below)} of {counted(len(dots), 'role')} below the rate, by up to {money(-worst)}"


def _short_answer(found: PayFinding) -> str:
    if not found.rows:
        return "Cannot tell: no schedule"
    if found.failing:
        return f"Not yet: {counted(len(found.failing), 'role')} below"
    covered = [row for row in found.rows if _is_covered(row)]
    unknown = sum(row.state is PayState.UNKNOWN for row in covered)
    if unknown:
        return f"Cannot tell for {counted(unknown, 'role')}"
    if not covered:
        return "Nobody is covered"
    return "Yes" if len(covered) == 1 else f"Yes, for all {len(covered)} roles"


def _bid(now: Situation, read: _Read, chosen: BidderId | None) -> BidPart | None:
    found = read.found.get(chosen) if chosen is not None else None
    if found is None or chosen is None:
        return None
    why_not = "" if read.may_record else "The tender is closed."
    words = "Change the pay schedule…" if found.rows else "Enter the pay schedule…"
    notes = tuple(note for note in (found.badge, *found.warnings) if note)
    return BidPart(
        now.bidder_name(chosen),
        found.sentence,
        _roles(found),
        (Action(Task.PAY, words, why_not),),
        _coverage(found),
        notes,
    )


def _coverage(found: PayFinding) -> Bar | None:
    if not found.rows or found.coverage is None:
        return None
    words = f"Coverage: {found.coverage_in_words}"
    if found.cost:
        words += f"; closing the gap costs {money(found.cost)} a year"
    return Bar(found.coverage, words)


def _roles(found: PayFinding) -> Sheet:
    columns = (
        Column("Role"),
        Column("Employer", 84),
        Column("Place", 60),
        Column("Pay", 124, right=True),
        Column("An hour", 76, right=True),
        Column("Rate", 60, right=True),
        Column("Hours", 64, right=True),
        Column("People", 68, right=True),
        Column("Gap a year", 104, right=True),
        Column("How it stands", 212),
    )
    empty = (
        "No pay schedule yet",
        "Type it role by role, or paste it from the bidder's spreadsheet.",
    )
    rows = tuple(_role_row(str(at), row) for at, row in enumerate(found.rows))
    return Sheet("Pay by role", columns, rows, empty)


def _role_row(key: str, row: RowFinding) -> Row:
    pay, must = row.row, row.required.pounds
    basis = "an hour" if pay.basis is PayBasis.HOUR else "a year"
    sign, ink = _role_sign(row)
    return Row(
        key,
        (
            Cell(pay.role),
            Cell(str(pay.employer), "ink2"),
            Cell(str(pay.place), "ink2"),
            Cell(f"{money(pay.amount)} {basis}"),
            Cell(NONE if row.hourly is None else _two_places(row.hourly)),
            Cell(NONE if must is None else _two_places(must)),
            Cell(NONE if pay.hours is None else decimal_text(pay.hours)),
            Cell(f"{pay.heads:,}"),
            Cell(NONE if not row.gap else money(row.gap)),
            Cell(f"{sign}  {row.words}", ink),
        ),
        tuple(_working(row)),
    )


def _role_sign(row: RowFinding) -> tuple[str, str]:
    if row.state is PayState.BELOW:
        return NOT_YET, "attention"
    if row.is_met:
        return YES, ""
    return (NONE, "ink2") if row.state is PayState.EXEMPT else (UNKNOWN, "ink2")


def _working(row: RowFinding) -> Iterator[str]:
    pay, must, hours = row.row, row.required.pounds, row.row.hours
    yield f"{pay.role}: {row.words}."
    if row.hourly is not None and pay.basis is PayBasis.YEAR and hours:
        a_year = f"{money(pay.amount)} ÷ ({decimal_text(hours)} hours × 52 weeks)"
        yield f"{pay.role}: {a_year} = {_two_places(row.hourly)} an hour."
    if row.gap and must is not None and row.hourly is not None and hours:
        people = counted(pay.heads, "person", "people")
        each = f"({_two_places(must)} − {_two_places(row.hourly)})"
        yield (
            f"{pay.role}, gap a year: {each} × {decimal_text(hours)} hours × 52 weeks × {people} "
            f"= {money(row.gap)}."
        )
