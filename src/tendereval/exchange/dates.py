"""Turns date cells and dates written in words into dates and London times; guesses nothing."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tendereval.exchange.grid import Cell, CellKind

LONDON = ZoneInfo("Europe/London")
WRITE_DATE = "Write the date like 14 September 2026."
WRITE_MOMENT = "Write date and time like 14 September 2026 12:00."
_SPRING = ("january", "february", "march", "april", "may", "june")
_AUTUMN = ("july", "august", "september", "october", "november", "december")
_MONTHS = (*_SPRING, *_AUTUMN)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WORDS = re.compile(r"(?:([a-z]+),? )?([0-9]{1,2})(?:st|nd|rd|th)? ([a-z]+)\.?,? ([0-9]{4})")
_SLASHED = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_ZONE = re.compile(r"(.*[0-9])(z|[+-][0-9]{2}:?[0-9]{2})")
_CLOCK = re.compile(
    r"(.+?)(?:t| at |,? )(12 noon|noon|[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?:\.0+)?"
    r"|[0-9]{1,2}(?:[:.][0-9]{2})? ?[ap]m)"
)
_AM_PM = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))? ?([ap])m")
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_END_OF_DAY = time(23, 59)


class CellRefusedError(Exception):
    """A cell that cannot be taken as it is.

    Args:
        wrong: what is wrong, one sentence.
        write: what to write instead, one sentence.
    """

    def __init__(self, wrong: str, write: str) -> None:
        self.wrong = wrong
        self.write = write
        super().__init__(f"{wrong} {write}")


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as a cell gives it.

    Attributes:
        at: aware, London time; the end of the day (23:59) where only a day is given.
        has_time: whether the cell gives a time of day.
    """

    at: datetime
    has_time: bool


def bare_format(code: str) -> str:
    """Return the first section of a number format without its literal text and colours."""
    return _QUOTED.sub("", code).split(";")[0]


def read_date(cell: Cell) -> date:
    """Return the day that a cell gives.

    Raises:
        CellRefusedError: not a date, or one that could mean two days.
    """
    return read_moment(cell, WRITE_DATE).at.date()


def read_moment(cell: Cell, write: str = WRITE_MOMENT) -> Moment:
    """Return the point in time that a cell gives.

    Raises:
        CellRefusedError: not a date, ambiguous, or a time that London's clocks skip or repeat.
    """
    if cell.kind is CellKind.DATE:
        return _from_stored(cell, write)
    if cell.kind is CellKind.TEXT:
        return _from_text(cell.text, write)
    if cell.kind is CellKind.NUMBER:
        raise CellRefusedError(f"The number {cell.text} is not shown as a date.", write)
    raise CellRefusedError("This is not a date.", write)


def _from_stored(cell: Cell, write: str) -> Moment:
    try:
        at = datetime.fromisoformat(cell.text)
    except ValueError:
        raise CellRefusedError(f"{_quoted(cell.text)} is not a day.", write) from None
    at = (at + timedelta(milliseconds=500)).replace(microsecond=0)
    has_time = at.time() != time() or any(c in "hs" for c in bare_format(cell.format).casefold())
    return _in_london(at.date(), at.time() if has_time else None, write)


def _from_text(text: str, write: str) -> Moment:
    plain = " ".join(text.casefold().split())
    zone = _ZONE.fullmatch(plain)
    if zone and _ISO.match(plain):
        return _from_zoned(plain, text, write)
    day = _day(plain, text, write)
    if day is not None:
        return _in_london(day, None, write)
    clock = _CLOCK.fullmatch(plain)
    day = _day(clock[1], text, write) if clock else None
    if clock is None or day is None:
        raise CellRefusedError(f"{_quoted(text)} is not a date that can be read.", write)
    return _in_london(day, _time(clock[2], text), write)


def _from_zoned(plain: str, text: str, write: str) -> Moment:
    try:
        at = datetime.fromisoformat(plain.upper()).astimezone(LONDON)
    except (ValueError, OverflowError):
        raise CellRefusedError(f"{_quoted(text)} is not a date that can be read.", write) from None
    return Moment(at, has_time=True)


def _day(plain: str, text: str, write: str) -> date | None:
    for pattern, build in ((_WORDS, _worded), (_SLASHED, _slashed), (_ISO, _iso)):
        match = pattern.fullmatch(plain)
        if match:
            try:
                return build(match)
            except (ValueError, OverflowError):
                raise CellRefusedError(
                    f"{_quoted(text)} is not a day of the calendar (day comes before month).",
                    write,
                ) from None
    return None


def _worded(match: re.Match[str]) -> date:
    weekday, day, name, year = match.groups()
    months = [n for n, month in enumerate(_MONTHS, 1) if name in {month, month[:3]}]
    if name == "sept":
        months = [9]
    found = date(int(year), months[0] if months else 0, int(day))
    if weekday and weekday not in {_DAYS[found.weekday()], _DAYS[found.weekday()][:3]}:
        raise ValueError("the weekday contradicts the day")
    return found


def _slashed(match: re.Match[str]) -> date:
    return date(int(match[4]), int(match[3]), int(match[1]))


def _iso(match: re.Match[str]) -> date:
    return date(int(match[1]), int(match[2]), int(match[3]))


def _time(plain: str, text: str) -> time:
    if plain in {"noon", "12 noon"}:
        return time(12)
    half = _AM_PM.fullmatch(plain)
    if half is None:
        numbers = [int(part) for part in re.split("[:.]", plain)[:3]] + [0]
        return _checked_time((numbers[0], numbers[1], numbers[2]), text)
    hour, minute = int(half[1]), int(half[2] or 0)
    is_hour = 1 <= hour <= 12  # noqa: PLR2004 - the hours of a clock face
    in_day = hour % 12 + (12 if half[3] == "p" else 0)
    return _checked_time((in_day if is_hour else 99, minute, 0), text)


def _checked_time(numbers: tuple[int, int, int], text: str) -> time:
    hour, minute, second = numbers
    try:
        return time(hour, minute, second)
    except ValueError:
        raise CellRefusedError(f"{_quoted(text)} has no valid time of day.", WRITE_MOMENT) from None


def _in_london(day: date, clock: time | None, write: str) -> Moment:
    if not 1950 <= day.year < 2200:  # noqa: PLR2004 - anything else is a slip of the keyboard
        raise CellRefusedError(f"The year {day.year} cannot be meant.", write)
    at = datetime.combine(day, _END_OF_DAY if clock is None else clock, LONDON)
    back = at.astimezone(UTC).astimezone(LONDON)
    if back.replace(tzinfo=None) != at.replace(tzinfo=None):
        raise CellRefusedError(
            f"London's clocks skip {at:%H:%M} on that day.", "Write the time as the clock shows it."
        )
    if at.utcoffset() != at.replace(fold=1).utcoffset():
        raise CellRefusedError(
            f"London's clocks show {at:%H:%M} twice on that day.",
            f"Write it with its offset, like {day.isoformat()}T{at:%H:%M}+01:00.",
        )
    return Moment(at, has_time=clock is not None)


def _quoted(text: str) -> str:
    short = text.strip()
    return f"“{short[:60]}…”" if len(short) > 61 else f"“{short}”"  # noqa: PLR2004 - one line
