"""When a contract may be entered into at the earliest; a date with its working, no advice."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from tendereval.domain.calendars import (
    BankHolidays,
    Rule,
    nth_working_day,
    skipped,
)
from tendereval.domain.tender import ContractKind, Procedure, Regime
from tendereval.domain.wording import day_in_words

PA_DAYS: Final = 8
PSR_DAYS: Final = 8
SCOTTISH_DAYS: Final = 10
SCOTTISH_DAYS_OTHERWISE: Final = 15


class StandstillState(StrEnum):
    """Whether there is a standstill and whether its end can be told."""

    MANDATORY = "mandatory"
    VOLUNTARY = "voluntary"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Standstill:
    """The standstill of one award.

    Attributes:
        first: the day it begins; None where there is none or it is unknown.
        last: the day at whose end it is over; None where it cannot be told.
        sentence: the outcome.
        working: how it was counted, one line each.
        source: the rule.
    """

    state: StandstillState
    first: date | None
    last: date | None
    sentence: str
    working: tuple[str, ...]
    source: str


def standstill(
    regime: Regime | None,
    kind: ContractKind | None,
    procedure: Procedure | None,
    notice: date,
    holidays: BankHolidays,
    *,
    electronic: bool = True,
) -> Standstill:
    """Return the standstill of an award whose notice was published, or sent, on a day.

    Args:
        regime: the law of the procurement; None where it is not known.
        kind: of contract; None where it is not known.
        procedure: direct awards may be exempt.
        notice: the day of publication, or of sending in Scotland.
        holidays: dated bank holidays.
        electronic: whether every operator was told electronically (Scotland).
    """
    if regime in {Regime.PA2023, Regime.PA2023_WALES}:
        return _under_the_act(kind, procedure, notice, holidays)
    if regime is Regime.PSR_2023:
        return _provider_selection(notice, holidays)
    if regime is Regime.SCOTLAND:
        return _scotland(notice, holidays, electronic=electronic)
    if regime is Regime.BELOW_THRESHOLD:
        return _voluntary("None is mandatory below the threshold.", notice, holidays)
    return Standstill(
        StandstillState.UNKNOWN,
        None,
        None,
        "The standstill of this regime is not known to this product: work it out and record it.",
        (),
        "",
    )


_NOT_MANDATORY: Final = {
    ContractKind.FRAMEWORK: None,
    ContractKind.CALL_OFF: "An award under a framework has no mandatory standstill.",
    ContractKind.LIGHT_TOUCH: "A light touch contract has no mandatory standstill.",
}


def _under_the_act(
    kind: ContractKind | None, procedure: Procedure | None, notice: date, holidays: BankHolidays
) -> Standstill:
    exempt = _NOT_MANDATORY.get(kind) if kind else None
    if exempt:
        return _voluntary(exempt, notice, holidays)
    rule = Rule.ANY_NATION
    first = nth_working_day(notice, 1, rule, holidays)
    last = nth_working_day(notice, PA_DAYS, rule, holidays)
    note = " Some direct awards are exempt: check s.51(3)." if procedure is Procedure.DIRECT else ""
    words = f"{PA_DAYS} working days beginning with the day of the notice"
    return _counted(
        (StandstillState.MANDATORY, first, last),
        (notice, words, rule, holidays, note),
        "Procurement Act 2023, ss.51(2) and 123",
    )


def _voluntary(why: str, notice: date, holidays: BankHolidays) -> Standstill:
    shortest = nth_working_day(notice, PA_DAYS, Rule.ANY_NATION, holidays)
    till = f" One chosen freely runs at least to {day_in_words(shortest)}." if shortest else ""
    return Standstill(
        StandstillState.VOLUNTARY,
        None,
        None,
        f"{why}{till}",
        (),
        "Procurement Act 2023, s.51(3) to (5)",
    )


def _provider_selection(notice: date, holidays: BankHolidays) -> Standstill:
    begins = notice + timedelta(days=1)
    last = nth_working_day(begins + timedelta(days=1), PSR_DAYS, Rule.ENGLAND, holidays)
    words = f"begins the day after publication; {PSR_DAYS} working days after that day"
    return _counted(
        (StandstillState.MANDATORY, begins, last),
        (
            begins + timedelta(days=1),
            words,
            Rule.ENGLAND,
            holidays,
            " This is the earliest end, if no representations are received.",
        ),
        "Provider Selection Regime Regulations 2023, r.12(2), (3), (9), (10) and (12)",
    )


def _scotland(notice: date, holidays: BankHolidays, *, electronic: bool) -> Standstill:
    days = SCOTTISH_DAYS if electronic else SCOTTISH_DAYS_OTHERWISE
    counted = notice + timedelta(days=days)
    last = nth_working_day(counted, 1, Rule.SCOTLAND, holidays)
    how = "every operator was told electronically" if electronic else "somebody was told otherwise"
    words = f"{days} days after the day of sending ({how}), running on to a working day"
    return _counted(
        (StandstillState.MANDATORY, notice + timedelta(days=1), last),
        (counted, words, Rule.SCOTLAND, holidays, ""),
        "Public Contracts (Scotland) Regulations 2015, rr.2(4) and 86(3) and (4)",
    )


_End = tuple[StandstillState, date | None, date | None]
_How = tuple[date, str, Rule, BankHolidays, str]


def _counted(end: _End, how: _How, source: str) -> Standstill:
    state, first, last = end
    begun, words, rule, holidays, note = how
    if last is None:
        sentence = (
            f"The end is not known: bank holidays are held up to {day_in_words(holidays.last)} "
            "only. Bring newer ones in."
        )
        return Standstill(StandstillState.UNKNOWN, first, None, sentence, (words,), source)
    lines = [f"{words[0].upper()}{words[1:]}; {rule}."]
    for day, where in skipped(begun, last, rule, holidays):
        kept = ", ".join(where) or "named by the rule"
        lines.append(f"{day_in_words(day)} does not count ({kept}).")
    if not holidays.verified:
        lines.append(f"Bank holidays: data of {holidays.version}, to be checked.")
    sentence = (
        f"The standstill ends at midnight at the end of {day_in_words(last)}; the contract may "
        f"be entered into from the day after.{note}"
    )
    return Standstill(state, first, last, sentence, tuple(lines), source)


def is_over(item: Standstill, on: date) -> bool | None:
    """Whether a standstill is over on a day; None where its end is not known."""
    if item.state is StandstillState.VOLUNTARY:
        return True
    return None if item.last is None else on > item.last
