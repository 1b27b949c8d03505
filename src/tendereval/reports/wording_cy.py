"""Welsh headings and dates for documents of Welsh authorities.

A heading without its Welsh stands in English alone. Only what somebody who writes Welsh has
filled in and checked belongs in the table; nothing in it is guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from tendereval.domain.tender import Regime
from tendereval.reports import phrases
from tendereval.reports import wording_summary as w
from tendereval.reports.outline import Run, Text

WELSH: Final[Mapping[str, str]] = {
    w.TITLE: "",
    w.SUPPLIER: "",
    w.ADDRESS: "",
    w.EMAIL: "",
    w.IDENTIFIER: "",
    w.REFERENCE: "",
    w.DATE: "",
    w.CRITERIA: "",
    w.METHODOLOGY: "",
    w.SCALES: "",
    w.YOURS: "",
    w.WHY_NOT: "",
    w.ANNEX: "",
}
"""Headings and labels by their English; blank until filled in."""

MONTHS: Final = (
    *("Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst"),
    *("Medi", "Hydref", "Tachwedd", "Rhagfyr"),
)
DAYS: Final = (
    *("dydd Llun", "dydd Mawrth", "dydd Mercher", "dydd Iau", "dydd Gwener"),
    *("dydd Sadwrn", "dydd Sul"),
)
_TAG: Final = "cy"
_BETWEEN: Final = " / "


def welsh_day(when: date) -> str:
    """Write a date in Welsh.

    >>> welsh_day(date(2026, 11, 3))
    '3 Tachwedd 2026'
    """
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def welsh_day_in_words(when: date) -> str:
    """Write a date in Welsh with its weekday.

    >>> welsh_day_in_words(date(2026, 12, 7))
    'dydd Llun 7 Rhagfyr 2026'
    """
    return f"{DAYS[when.weekday()]} {welsh_day(when)}"


@dataclass(frozen=True, slots=True)
class Tongue:
    """In which languages headings, labels and dates of a document stand.

    Attributes:
        is_bilingual: English and, where it is filled in, Welsh.
        table: Welsh by English.
    """

    is_bilingual: bool = False
    table: Mapping[str, str] = field(default_factory=lambda: WELSH)

    def heading(self, english: str) -> Text:
        """Return a heading or label, in both languages where the Welsh is filled in."""
        welsh = self.table.get(english, "").strip() if self.is_bilingual else ""
        return _both(english, welsh) if welsh else english

    def day(self, when: date) -> Text:
        """Return a date, in both languages where the document has both."""
        english = phrases.day(when)
        return _both(english, welsh_day(when)) if self.is_bilingual else english


def _both(english: str, welsh: str) -> Text:
    return (Run(f"{english}{_BETWEEN}"), Run(welsh, language=_TAG))


def tongue(regime: Regime | None) -> Tongue:
    """Return the languages of a document under a law: both for devolved Welsh authorities."""
    return Tongue(regime is Regime.PA2023_WALES)
