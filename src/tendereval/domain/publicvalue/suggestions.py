"""What the selected words of an answer seem to promise: numbers with units, and days.

Only offered. Nothing is filled in unless a person takes a suggestion; where words may mean
several things, all of them are offered.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

_MONTHS: Final = {
    name[:3]: number
    for number, name in enumerate(
        (
            *("january", "february", "march", "april", "may", "june", "july"),
            *("august", "september", "october", "november", "december"),
        ),
        start=1,
    )
}
_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR: Final = r"(?P<year>20\d\d)"
_ONES: Final = {
    word: number
    for number, word in enumerate(
        (
            *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
            *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
            *("eighteen", "nineteen"),
        ),
        start=1,
    )
}
_TENS: Final = {
    word: 10 * number
    for number, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
}
_WORDS: Final = (
    rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(list(_ONES)[:9])}))?|"
    rf"{'|'.join(sorted(_ONES, key=len, reverse=True))}|a dozen|a hundred|a thousand"
)
_ROUND: Final = {"a dozen": 12, "a hundred": 100, "a thousand": 1000}
_TIMES: Final = {"k": 1000, "thousand": 1000, "m": 1_000_000, "million": 1_000_000, "": 1}
_COUNT: Final = rf"(?:\d{{1,3}}|{_WORDS})"

_FULL_DAY: Final = re.compile(
    rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? {_MONTH},? {_YEAR}\b", re.IGNORECASE
)
_SLASHED: Final = re.compile(rf"\b(?P<day>[0-3]?\d)[/.](?P<month>[01]?\d)[/.]{_YEAR}\b")
_ISO: Final = re.compile(rf"\b{_YEAR}-(?P<month>[01]\d)-(?P<day>[0-3]\d)\b")
_MONTH_ONLY: Final = re.compile(
    rf"(?<!before )(?<!from )(?<!since )\b{_MONTH},? {_YEAR}\b", re.IGNORECASE
)
_YEAR_ONLY: Final = re.compile(
    rf"\b(?:(?:by|until|in|during)(?: the)?(?: end of)?|before the end of) {_YEAR}\b(?![/-]\d)",
    re.IGNORECASE,
)
_WITHIN: Final = re.compile(
    rf"\b(?:within|in|over)(?: the)?(?: first| next)? (?P<count>{_COUNT}) "
    r"(?P<unit>day|week|month|year)s?\b",
    re.IGNORECASE,
)
_NTH_YEAR: Final = re.compile(
    rf"\b(?:contract )?year (?P<count>{_COUNT})\b(?! old)|"
    r"\bend of (?:the )?(?P<order>first|second|third|fourth|fifth) year\b",
    re.IGNORECASE,
)
_ORDERS: Final = ("first", "second", "third", "fourth", "fifth")
_NAMED_NUMBER: Final = re.compile(
    r"\b(?:ISO|BS|EN|PAS|SA|PPN|SDG|Q|Level|Lot|Section|Page|Annex|Appendix|Schedule)"
    r"(?: ?(?:EN|IEC))? ?\d[\d.:-]*",
    re.IGNORECASE,
)
_DAY_OF_THE_YEAR: Final = re.compile(
    r"\b[0-3]?\d(?:st|nd|rd|th)?(?: of)? (?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December)\b"
)
"""A day without its year (“on 1 May each year”) is no number of anything; “may” is a verb."""

_AMOUNT: Final = re.compile(
    rf"(?P<money>[£€$]) ?(?P<sum>\d+(?:,\d{{3}})*(?:\.\d+)?) ?(?P<times>k|m|thousand|million)?\b|"
    rf"(?<![\w.,:£€$])(?:(?P<digits>\d+(?:,\d{{3}})*(?:\.\d+)?)|(?P<words>\b(?:{_WORDS})\b))"
    r"(?P<share> ?%| ?per ?cent\b)?(?![\d:])",
    re.IGNORECASE,
)
_BARE_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_NOUNS: Final = re.compile(
    r"[ -]*((?:[^\W\d_][\w’'-]*)(?:[ -][^\W\d_][\w’'-]*){0,3})"
    r"((?: (?:a|per|each|every) (?:year|month|week|annum|quarter))?)",
)
_ENDS_A_UNIT: Final = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "be", "before", "between", "but", "by", "during"),
        *("each", "every", "for", "from", "had", "has", "have", "if", "in", "into", "is", "of"),
        *("on", "or", "over", "per", "so", "than", "that", "the", "their", "this", "through"),
        *("to", "under", "until", "upon", "us", "was", "we", "were", "when", "where", "which"),
        *("while", "who", "will", "with", "within", "would"),
    )
)


@dataclass(frozen=True, slots=True)
class NumberSeen:
    """A number that the words give, with the unit that seems to go with it.

    Attributes:
        words: those it was read from.
    """

    how_many: Fraction
    unit: str
    words: str


@dataclass(frozen=True, slots=True)
class DaySeen:
    """A day that the words give.

    Attributes:
        words: those it was read from.
        note: how it was read where the words name no day; empty where they do.
    """

    by_when: date
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What the words seem to promise, in the order they stand; to be taken or left."""

    numbers: tuple[NumberSeen, ...] = ()
    days: tuple[DaySeen, ...] = ()


def suggest(words: str, start: date | None = None) -> Suggestions:
    """Return what could be filled in from the selected words.

    Args:
        words: as selected.
        start: first day of the contract, for "within twelve months"; without it such words
            give no day.
    """
    text = re.sub(r"\s", " ", words)
    days: list[tuple[int, DaySeen]] = []
    for find in (_calendar_days, _relative_days):
        for span, seen in find(text, start):
            text = text[: span[0]] + ";" * (span[1] - span[0]) + text[span[1] :]
            if seen is not None:
                days.append((span[0], seen))
    for pattern in (_NAMED_NUMBER, _DAY_OF_THE_YEAR):
        text = pattern.sub(lambda found: ";" * len(found.group()), text)
    order = sorted(days, key=lambda pair: pair[0])
    return Suggestions(tuple(_numbers(text)), tuple(seen for _, seen in order))


_Found = Iterator[tuple[tuple[int, int], DaySeen | None]]


def _calendar_days(text: str, _start: date | None) -> _Found:
    taken: list[tuple[int, int]] = []
    for pattern in (_FULL_DAY, _SLASHED, _ISO, _MONTH_ONLY, _YEAR_ONLY):
        for found in pattern.finditer(text):
            span = found.span()
            if any(span[0] < high and low < span[1] for low, high in taken):
                continue
            taken.append(span)
            yield span, _calendar_day(found)


def _calendar_day(found: re.Match[str]) -> DaySeen | None:
    """Return the day of a date; a month or year alone is read as its last day."""
    named, words = found.groupdict(), found.group()
    year, month = int(named["year"]), _month(named.get("month"))
    if named.get("day") is None:
        at = 12 if month is None else month
        last = date(year, at, calendar.monthrange(year, at)[1])
        span = "year" if month is None else "month"
        return DaySeen(last, words, f"No day is named; read as the last day of that {span}.")
    try:
        return DaySeen(date(year, month or 0, int(named["day"])), words)
    except ValueError:
        return None


def _month(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if text.isdecimal() else _MONTHS[text[:3].casefold()]


def _relative_days(text: str, start: date | None) -> _Found:
    for found in _WITHIN.finditer(text):
        count = _number(found["count"])
        yield found.span(), _after(start, count, found["unit"].casefold(), found.group())
    for found in _NTH_YEAR.finditer(text):
        order = found["order"]
        year = _number(found["count"]) if order is None else _ORDERS.index(order.casefold()) + 1
        yield found.span(), _after(start, year, "year", found.group())


def _after(start: date | None, count: int, unit: str, words: str) -> DaySeen | None:
    """Return the last day of a time that begins with the contract; None where it is not known."""
    if start is None:
        return None
    days = {"day": 1, "week": 7}.get(unit)
    try:
        if days is not None:
            end = start + timedelta(days=days * count - 1)
        else:
            end = _months_on(start, count * (12 if unit == "year" else 1)) - timedelta(days=1)
    except (ValueError, OverflowError):
        return None
    return DaySeen(end, words, "Counted from the first day of the contract.")


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _numbers(text: str) -> Iterator[NumberSeen]:
    for found in _AMOUNT.finditer(text):
        unit, rest = _unit(found, text[found.end() :])
        if not unit and _BARE_YEAR.fullmatch(found.group()):
            continue
        yield NumberSeen(_value(found), unit, (found.group() + rest).strip())


def _value(found: re.Match[str]) -> Fraction:
    if found["sum"] is not None:
        times = _TIMES[(found["times"] or "").casefold()]
        return Fraction(found["sum"].replace(",", "")) * times
    if found["digits"] is not None:
        return Fraction(found["digits"].replace(",", ""))
    return Fraction(_number(found["words"]))


def _number(text: str) -> int:
    """Return a whole number from digits or words (``twenty-five``)."""
    plain = text.casefold().replace("-", " ")
    if plain.isdecimal():
        return int(plain)
    if plain in _ROUND:
        return _ROUND[plain]
    return sum(_TENS.get(word, 0) + _ONES.get(word, 0) for word in plain.split())


def _unit(found: re.Match[str], after: str) -> tuple[str, str]:
    """Return the unit that follows a number, and the words it was read from."""
    nouns = _NOUNS.match(after)
    taken: list[str] = []
    rhythm = ""
    if nouns is not None:
        for word in nouns[1].split(" "):
            if word.casefold() in _ENDS_A_UNIT:
                break
            taken.append(word)
        rest = after[nouns.start(1) + len(" ".join(taken)) :]
        often = re.match(r" (?:a|per|each|every) (?:year|month|week|annum|quarter)\b", rest)
        rhythm = often.group() if often else ""
    phrase = " ".join(taken) + rhythm
    if found["money"] is not None:
        return f"{found['money']} {phrase}".strip(), f" {phrase}"
    if found["share"] is not None:
        of = re.match(r" of (?:the |our |all )?[^\W\d_][\w’'-]*(?: [^\W\d_][\w’'-]*)?", after)
        return (f"%{of.group()}", of.group()) if of else (f"% {phrase}".strip(), f" {phrase}")
    return phrase.strip(), f" {phrase}"
