"""What happened after an award and when: the days that standstill and retention count from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tendereval.domain.standstill import Standstill, is_over
from tendereval.domain.wording import day_in_words


@dataclass(frozen=True, slots=True)
class AwardDates:
    """The days of one lot; None where something has not happened, or is not recorded.

    Attributes:
        notice_on: the contract award notice was published (in Scotland: the notices were sent).
        entered_on: the contract was entered into.
        not_awarded_on: the notice of a decision not to award was published.
        electronic: whether every operator was told electronically (Scotland only).
    """

    notice_on: date | None = None
    entered_on: date | None = None
    not_awarded_on: date | None = None
    electronic: bool = True


NO_DATES = AwardDates()


def date_problems(dates: AwardDates, today: date) -> tuple[str, ...]:
    """Return a sentence for everything that cannot be.

    Args:
        dates: as they are to be recorded.
        today: nothing is recorded before it has happened.
    """
    return tuple(_problems(dates, today))


def _problems(dates: AwardDates, today: date) -> Iterator[str]:
    known = (
        ("The award notice", dates.notice_on),
        ("The contract", dates.entered_on),
        ("The notice of a decision not to award", dates.not_awarded_on),
    )
    for what, day in known:
        if day is not None and day > today:
            yield f"{what} is dated in the future."
    if dates.entered_on is not None and dates.not_awarded_on is not None:
        yield "A contract that was entered into and a decision not to award exclude each other."


def date_warnings(
    dates: AwardDates, standstill: Standstill | None, sent_on: date | None
) -> tuple[str, ...]:
    """Return what the days say of the order in which things had to happen; it refuses nothing.

    Args:
        dates: as recorded.
        standstill: None where no notice is recorded.
        sent_on: the day on which assessment summaries went out; None while they have not.

    Source: Procurement Act 2023, ss.50(1) and (3) and 51(1).
    """
    return tuple(_warnings(dates, standstill, sent_on))


def _warnings(
    dates: AwardDates, standstill: Standstill | None, sent_on: date | None
) -> Iterator[str]:
    notice, entered = dates.notice_on, dates.entered_on
    if notice is not None and sent_on is not None and notice < sent_on:
        yield (
            f"The award notice of {day_in_words(notice)} came before the assessment summaries of "
            f"{day_in_words(sent_on)}."
        )
    if entered is None:
        return
    if notice is None or entered < notice:
        yield "The contract was entered into, and no award notice is recorded before it."
    elif standstill is not None and is_over(standstill, entered) is False:
        yield f"The contract was entered into within the standstill. {standstill.sentence}"
