"""What cannot be right in the lines of a bid about its partners, each named with its column.

What is merely weak, such as a missing proof, is flagged by ``share_check`` and not refused.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from tendereval.domain.exact import decimal_text
from tendereval.domain.publicvalue.good_works_share import Contract, Partner, Route, Workforce

COLUMNS: Final = {
    Route.ORGANISATION: ("Organisation workforce", "Organisation disadvantaged"),
    Route.PART: ("Part workforce", "Part disadvantaged"),
    Route.JOINT: ("Joint workforce", "Joint disadvantaged"),
}
"""Where the figures of each route stand: everybody, and those who are disadvantaged."""

_MONTHS: Final = 12
_A_MONTH: Final = Fraction(1, _MONTHS)
_WITH: Final = {True: "with VAT", False: "without VAT"}


@dataclass(frozen=True, slots=True)
class PartnerProblem:
    """One thing that cannot be right.

    Attributes:
        line: of the partner, from 0.
        column: heading of the sheet ``Partners``.
        wrong: what is wrong, one sentence.
        write: what to write instead, one sentence.
        routes: whose figures it spoils; empty where the whole line cannot count.
    """

    line: int
    column: str
    wrong: str
    write: str
    routes: tuple[Route, ...] = ()


def partner_key(name: str) -> str:
    """Return what partners' and bidders' names are compared by."""
    return " ".join(name.split()).casefold()


def years_between(first: date | None, last: date | None) -> Fraction | None:
    """Return how long a contract runs, in complete months as years; None without its days.

    >>> years_between(date(2027, 4, 1), date(2031, 3, 31))
    Fraction(4, 1)
    """
    if first is None or last is None or last < first:
        return None
    after = last + timedelta(days=1)
    months = (after.year - first.year) * _MONTHS + after.month - first.month
    months -= after.day < first.day
    return Fraction(months, _MONTHS)


def is_bidder(partner: Partner, contract: Contract) -> bool:
    """Whether the partner is the bidder itself, by name or by identifier."""
    if not partner_key(contract.bidder):
        return False
    if partner_key(partner.name) == partner_key(contract.bidder):
        return True
    number = _number(partner.identifier)
    return bool(number) and number == _number(contract.identifier)


def partner_problems(partners: Sequence[Partner], contract: Contract) -> tuple[PartnerProblem, ...]:
    """Return what cannot be right in the lines of one bid, in their order.

    Args:
        partners: all of them.
        contract: what is known of it; its price is not looked at.
    """
    found: list[PartnerProblem] = []
    for line, partner in enumerate(partners):
        found.extend(_name_problems(line, partners, contract))
        found.extend(_sum_problems(line, partner))
        found.extend(_basis_problems(line, partners, contract))
        found.extend(_lot_problems(line, partner, contract))
        found.extend(_workforce_problems(line, partner))
    return tuple(found)


def _name_problems(
    line: int, partners: Sequence[Partner], contract: Contract
) -> Iterator[PartnerProblem]:
    partner = partners[line]
    if not partner_key(partner.name):
        yield PartnerProblem(line, "Partner", "The partner has no name.", "Write its name.")
    earlier = [one for one in partners[:line] if _may_be_one_sum(one, partner)]
    once = "Keep one row for each partner and add its amounts up."
    if any(one.lot is not None for one in (partner, *earlier)):
        once = "Keep one row for each partner in each lot, none of them for all lots together."
    number = _number(partner.identifier)
    same = next((item for item in earlier if number and _number(item.identifier) == number), None)
    if any(partner_key(item.name) == partner_key(partner.name) for item in earlier):
        yield PartnerProblem(line, "Partner", f"{partner.name} is named twice.", once)
    elif same is not None:
        wrong = f"{partner.name} has the identifier of {same.name}: one partner counted twice."
        yield PartnerProblem(line, "Identifier", wrong, once)
    if not partner.direct and is_bidder(partner, contract):
        write = "Write yes under Direct where the bidder does the work itself, else another name."
        yield PartnerProblem(line, "Partner", "The partner is the bidder itself.", write)


def _may_be_one_sum(first: Partner, second: Partner) -> bool:
    """Whether two lines of one partner may count the same pounds: not where their lots differ."""
    return first.lot == second.lot or first.lot is None or second.lot is None


def _lot_problems(line: int, partner: Partner, contract: Contract) -> Iterator[PartnerProblem]:
    if partner.lot is None or not contract.lots:
        return
    if partner.lot not in {one.lot for one in contract.lots}:
        wrong = f"The bidder does not bid for lot {partner.lot}."
        write = "Write a lot that it bids for, or nothing for all of them together."
        yield PartnerProblem(line, "Lot", wrong, write)


def _sum_problems(line: int, partner: Partner) -> Iterator[PartnerProblem]:
    amount, share = partner.amount, partner.share
    if amount is None and share is None:
        write = "Write the amount in pounds over the whole contract, or the share such as 1%."
        yield PartnerProblem(line, "Amount", "Neither an amount nor a share is given.", write)
    if amount is not None and amount <= 0:
        write = "Write an amount above 0, or delete the row."
        yield PartnerProblem(line, "Amount", "The amount is not above zero.", write)
    if share is not None and not 0 < share <= 1:
        wrong = f"A share of {decimal_text(share * 100)}% cannot be."
        yield PartnerProblem(line, "Share", wrong, "Write a share above 0% and up to 100%.")


def _basis_problems(
    line: int, partners: Sequence[Partner], contract: Contract
) -> Iterator[PartnerProblem]:
    partner = partners[line]
    if partner.years is not None and partner.years < 1:
        write = "Write a whole number from 1, or nothing for the whole contract."
        yield PartnerProblem(line, "Years", "The years are not above zero.", write)
    if partner.amount is None:
        return
    said = partner.includes_vat
    if said is not None and contract.includes_vat is not None:
        if said is not contract.includes_vat:
            wrong = f"The amount is {_WITH[said]}, prices are {_WITH[contract.includes_vat]}."
            write = f"Write the amount {_WITH[contract.includes_vat]}."
            yield PartnerProblem(line, "Includes VAT", wrong, write)
    elif said is not None and (not said) in _vat_said(partners[:line]):
        write = "Write every amount with VAT, or every amount without it."
        wrong = "Some amounts of this bid are with VAT, others without it."
        yield PartnerProblem(line, "Includes VAT", wrong, write)
    years = partner.years
    runs = contract.years
    if years is not None and years >= 1 and runs is not None and abs(runs - years) > _A_MONTH:
        wrong = f"The amount is for {_years(Fraction(years))}, the contract runs {_years(runs)}."
        write = "Write what goes to the partner over the whole contract, and leave Years blank."
        yield PartnerProblem(line, "Years", wrong, write)


def _vat_said(partners: Sequence[Partner]) -> set[bool]:
    return {
        item.includes_vat
        for item in partners
        if item.includes_vat is not None and item.amount is not None
    }


def _years(years: Fraction) -> str:
    if years.denominator != 1:
        return f"{decimal_text(years * _MONTHS)} months"
    return "1 year" if years == 1 else f"{years} years"


def _workforce_problems(line: int, partner: Partner) -> Iterator[PartnerProblem]:
    given: dict[Route, Workforce] = {}
    for item in partner.tests:
        if item.route in given:
            wrong = f"The figures of {item.route} are given twice."
            where = COLUMNS[item.route][0]
            yield PartnerProblem(line, where, wrong, "Keep one of the two.", (item.route,))
        given[item.route] = item
        yield from _figures_problems(line, item)
    yield from _part_problems(line, given)


def _figures_problems(line: int, item: Workforce) -> Iterator[PartnerProblem]:
    everybody, disadvantaged = COLUMNS[item.route]
    if item.workforce < 1:
        wrong = f"The workforce of {item.route} is not above zero."
        write = "Write how many people it has, or leave both figures blank."
        yield PartnerProblem(line, everybody, wrong, write, (item.route,))
    elif item.disadvantaged > item.workforce:
        wrong = (
            f"{item.disadvantaged} disabled or disadvantaged people are more than the workforce "
            f"of {item.route}, {item.workforce}."
        )
        write = "Write how many of the workforce they are."
        yield PartnerProblem(line, disadvantaged, wrong, write, (item.route,))
    if item.disadvantaged < 0:
        wrong = "There cannot be fewer than no people."
        yield PartnerProblem(line, disadvantaged, wrong, "Write 0 or more.", (item.route,))


def _part_problems(line: int, given: Mapping[Route, Workforce]) -> Iterator[PartnerProblem]:
    whole, part = given.get(Route.ORGANISATION), given.get(Route.PART)
    if whole is None or part is None:
        return
    write = "Correct the part or the whole: the part is never larger."
    both = (Route.PART, Route.ORGANISATION)
    everybody, disadvantaged = COLUMNS[Route.PART]
    if part.workforce > whole.workforce:
        wrong = f"The part has {part.workforce} people, the whole organisation {whole.workforce}."
        yield PartnerProblem(line, everybody, wrong, write, both)
    elif part.disadvantaged > whole.disadvantaged:
        wrong = (
            f"The part has {part.disadvantaged} disabled or disadvantaged people, the whole "
            f"organisation {whole.disadvantaged}."
        )
        yield PartnerProblem(line, disadvantaged, wrong, write, both)


def _number(identifier: str) -> str:
    return "".join(identifier.split()).casefold()
