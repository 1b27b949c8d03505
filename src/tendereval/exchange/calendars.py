"""Read dated bank holidays: the bundled ones, or newer ones that a tender brought in."""

from datetime import date
from functools import cache

import msgspec

from tendereval import resources
from tendereval.domain.calendars import BankHolidays, Nation
from tendereval.domain.errors import ExchangeProblem

SCHEMA = 1


class _File(msgspec.Struct, frozen=True):
    schema: int
    version: str
    from_: date = msgspec.field(name="from")
    to: date
    source: str
    nations: dict[str, tuple[date, ...]]
    verified: bool = False


def bank_holidays(text: str | None = None) -> BankHolidays:
    """Return bank holidays, of the bundled file or of a data pack's text.

    Raises:
        ExchangeProblem: the text is not such a file, or what it says cannot be.
    """
    return _read(text if text is not None else bundled())


def bundled() -> str:
    """Return the bundled text."""
    return resources.path("calendars/bank_holidays.json").read_text(encoding="utf-8")


@cache
def _read(text: str) -> BankHolidays:
    try:
        found = msgspec.json.decode(text.encode("utf-8"), type=_File)
        days = {Nation(name): frozenset(held) for name, held in found.nations.items()}
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise _refusal(str(error).rstrip(".")) from error
    if found.schema > SCHEMA:
        raise _refusal("it was made for a newer version of tendereval")
    if set(days) != set(Nation):
        raise _refusal("it does not cover every nation of the United Kingdom")
    if found.to < found.from_:
        raise _refusal("it ends before it begins")
    outside = [day for held in days.values() for day in held if not found.from_ <= day <= found.to]
    if outside:
        raise _refusal(f"{min(outside)} lies outside the days it covers")
    weekend = [day for held in days.values() for day in held if day.weekday() >= SATURDAY]
    if weekend:
        raise _refusal(f"{min(weekend)} is no weekday: give the substitute day")
    return BankHolidays(found.version, found.from_, found.to, days, found.source, found.verified)


SATURDAY = 5


def _refusal(why: str) -> ExchangeProblem:
    return ExchangeProblem(
        f"These bank holidays cannot be used: {why}.", "Bring in a data file for tendereval."
    )
