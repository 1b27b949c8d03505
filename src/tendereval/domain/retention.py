"""How long records must be kept; the day until which erasing is refused."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tendereval.domain.tender import Regime
from tendereval.domain.wording import day_in_words

YEARS: Final = 3


@dataclass(frozen=True, slots=True)
class Retention:
    """Until when records are kept.

    Attributes:
        last: the last day; None where it is not known yet, or not to this product.
        sentence: the outcome.
        source: the rule.
    """

    last: date | None
    sentence: str
    source: str

    def allows_erasing(self, on: date) -> bool:
        """Whether erasing may be offered on a day; an unknown end never allows it."""
        return self.last is not None and on > self.last


def three_years(first: date) -> date:
    """Return the last day of three years that begin with a day.

    >>> three_years(date(2027, 3, 1)), three_years(date(2028, 2, 29))
    (datetime.date(2030, 2, 28), datetime.date(2031, 2, 28))
    """
    try:
        after = first.replace(year=first.year + YEARS)
    except ValueError:  # 29 February in a year that has none
        after = date(first.year + YEARS, 3, 1)
    return after - timedelta(days=1)


def retention(
    regime: Regime | None,
    *,
    entered: date | None = None,
    awarded: date | None = None,
    not_awarded: date | None = None,
) -> Retention:
    """Return until when the record of a procurement is kept.

    Args:
        regime: the law of the procurement.
        entered: the day the contract was entered into.
        awarded: the day of the award, which counts where it was never entered into.
        not_awarded: the day of a notice of a decision not to award, which ends the duty.

    Source: Procurement Act 2023, s.98(4); Public Contracts (Scotland) Regulations 2015, r.83(9).
    """
    if regime is Regime.SCOTLAND:
        return _from(awarded, "the award", "Public Contracts (Scotland) Regulations 2015, r.83(9)")
    if regime not in {Regime.PA2023, Regime.PA2023_WALES}:
        return Retention(
            None, "How long this regime asks for is not known to this product: keep the file.", ""
        )
    source = "Procurement Act 2023, s.98(4)"
    if not_awarded is not None:
        return Retention(
            not_awarded,
            f"The duty to keep the record ended with the notice of {day_in_words(not_awarded)}.",
            source,
        )
    if entered is not None:
        return _from(entered, "the day the contract was entered into", source)
    return _from(awarded, "the award, the contract not having been entered into", source)


def _from(first: date | None, what: str, source: str) -> Retention:
    if first is None:
        return Retention(
            None, "Until when to keep the record is known once there is a date.", source
        )
    last = three_years(first)
    words = f"Keep the record through {day_in_words(last)}: three years beginning with {what}."
    return Retention(last, words, source)
