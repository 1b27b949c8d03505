"""Reads the ``Partners`` sheet: what a bidder gives to Good Works organisations."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from tendereval.domain.exact import decimal_text
from tendereval.domain.publicvalue.good_works_share import (
    Category,
    Contract,
    Partner,
    Route,
    Workforce,
)
from tendereval.domain.publicvalue.partner_rules import COLUMNS, partner_problems, years_between
from tendereval.domain.tender import TenderDetails
from tendereval.exchange import cells
from tendereval.exchange.cells import listed, quoted
from tendereval.exchange.content import BidderRow, PartnerRow
from tendereval.exchange.dates import CellRefusedError, bare_format
from tendereval.exchange.directory import Directory
from tendereval.exchange.grid import Cell, CellKind
from tendereval.exchange.layout import PARTNERS
from tendereval.exchange.sheets import Row, Sheets

_CATEGORIES: Final = tuple(str(one) for one in Category)
_MOST_PEOPLE: Final = 10_000_000
_MOST_YEARS: Final = 99
_WRITE_SHARE: Final = "Write the share with its sign, such as 1.25%."


def read_partners(
    sheets: Sheets, directory: Directory, details: TenderDetails, bidders: tuple[BidderRow, ...]
) -> tuple[PartnerRow, ...]:
    """Return the partners that bidders name.

    Args:
        sheets: the workbook's tables.
        directory: what rows may name.
        details: of the tender: whether prices include VAT and how long the contract runs.
        bidders: of the workbook, to find a partner that is the bidder itself.
    """
    numbers = {row.name: row.identifier for row in bidders}
    found: dict[str, list[tuple[Row, Partner]]] = {}
    for row in sheets[PARTNERS]:
        bidder, partner = directory.bidder(row), _partner(row, directory)
        if bidder is not None and partner is not None:
            found.setdefault(bidder, []).append((row, partner))
    for bidder, items in found.items():
        contract = Contract(
            None,
            details.prices_include_vat,
            years_between(details.contract_start, details.contract_end),
            bidder,
            numbers.get(bidder, ""),
        )
        for problem in partner_problems([partner for _, partner in items], contract):
            items[problem.line][0].refuse(problem.column, problem.wrong, problem.write)
    rows = [
        PartnerRow(row.number, bidder, partner)
        for bidder, items in found.items()
        for row, partner in items
    ]
    return tuple(sorted(rows, key=lambda row: row.row))


def _partner(row: Row, directory: Directory) -> Partner | None:
    name = row.needed("Partner", "Write the partner's name.")
    if "Category" not in row:
        row.refuse("Category", "This is blank.", f"Write {listed(_CATEGORIES)}.")
    category = row.choice("Category", _CATEGORIES)
    amount, share = row.amount("Amount"), row.read("Share", _share)
    tests = tuple(test for route in Route if (test := _workforce(row, route)) is not None)
    direct, purpose, vat = (row.yes_no(name) for name in ("Direct", "Purpose", "Includes VAT"))
    years = row.whole("Years", 1, _MOST_YEARS)
    evidence, identifier = row.long_text("Evidence").strip(), row.text("Identifier")
    lot = directory.lot(row)
    if not row.ok:
        return None
    return Partner(
        name,
        Category(category),
        bool(direct),
        amount,
        share,
        purpose,
        tests,
        vat,
        years,
        evidence,
        identifier,
        lot,
    )


def _share(cell: Cell) -> Fraction:
    """Return a share of the price; a number up to 1 without a sign could mean two things."""
    value = cells.read_number(cell)
    is_percent = "%" in (cell.text if cell.kind is CellKind.TEXT else bare_format(cell.format))
    if not is_percent and value <= 1:
        plain = quoted(decimal_text(value))
        raise CellRefusedError(f"{plain} could be a share or a percentage.", _WRITE_SHARE)
    if not 0 < value <= 100:  # noqa: PLR2004 - per cent
        wrong = f"A share of {decimal_text(value)}% cannot be."
        raise CellRefusedError(wrong, "Write a share above 0% and up to 100%.")
    return value / 100


def _workforce(row: Row, route: Route) -> Workforce | None:
    everybody, disadvantaged = COLUMNS[route]
    found: Mapping[str, int | None] = {
        everybody: row.whole(everybody, 1, _MOST_PEOPLE),
        disadvantaged: row.whole(disadvantaged, 0, _MOST_PEOPLE),
    }
    given = [column for column in found if column in row]
    if len(given) == 1:
        missing = disadvantaged if everybody in given else everybody
        wrong = f"{given[0]} is given and this is not."
        row.refuse(missing, wrong, "Write both figures in whole people, or neither.")
    people, few = found[everybody], found[disadvantaged]
    return Workforce(route, people, few) if people is not None and few is not None else None
