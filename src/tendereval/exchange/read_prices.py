"""Reads the ``Prices`` and ``Price lines`` sheets; sums exactly and computes no mark."""

from dataclasses import replace
from fractions import Fraction

from tendereval.domain.bidding import PriceLine
from tendereval.domain.exact import money
from tendereval.domain.ids import CriterionId, LotId
from tendereval.domain.tender import AwardRule
from tendereval.exchange.content import PriceRow
from tendereval.exchange.directory import Directory
from tendereval.exchange.layout import PRICE_LINES, PRICES
from tendereval.exchange.sheets import Row, Sheets

Place = tuple[str, CriterionId, LotId | None]


def read_prices(sheets: Sheets, directory: Directory, currency: str) -> tuple[PriceRow, ...]:
    """Return the prices, each with its lines where it has any.

    Args:
        sheets: the workbook's tables.
        directory: what rows may name.
        currency: of the tender, for the messages.
    """
    stated = _stated(sheets, directory, currency)
    summed = _summed(sheets, directory)
    found = {place: price for place, (_, price) in stated.items()}
    for place, (row, lines) in summed.items():
        total = sum((line.amount for line in lines), Fraction(0))
        given = stated.get(place)
        if given is None:
            _check_negative(row, "Unit price", total, directory)
            found[place] = PriceRow(PRICE_LINES.name, row.number, *place, total, tuple(lines))
        elif given[1].amount != total:
            wrong = (
                f"The price is {money(given[1].amount, currency)}, but its lines add up to "
                f"{money(total, currency)}."
            )
            given[0].refuse("Price", wrong, "Correct the price or its lines; they must agree.")
        else:
            found[place] = replace(given[1], lines=tuple(lines))
    _check_lots(found, {**{p: r for p, (r, _) in summed.items()}, **_rows(stated)})
    return tuple(found.values())


def _rows(stated: dict[Place, tuple[Row, PriceRow]]) -> dict[Place, Row]:
    return {place: row for place, (row, _) in stated.items()}


def _stated(
    sheets: Sheets, directory: Directory, currency: str
) -> dict[Place, tuple[Row, PriceRow]]:
    found: dict[Place, tuple[Row, PriceRow]] = {}
    for row in sheets[PRICES]:
        place = _place(row, directory)
        amount = row.amount("Price")
        if "Price" not in row:
            write = "Write the price, or delete the row where there is none."
            row.refuse("Price", "The price is missing.", write)
        if amount is not None:
            _check_negative(row, "Price", amount, directory)
        if place is None or amount is None:
            continue
        earlier = found.get(place)
        if earlier is None:
            found[place] = (row, PriceRow(PRICES.name, row.number, *place, amount))
        elif earlier[1].amount == amount:
            row.note(f"this price stands in row {earlier[0].number} already; they agree.")
        else:
            there = money(earlier[1].amount, currency)
            wrong = f"Row {earlier[0].number} gives {there} for the same price."
            row.refuse("Price", wrong, "Keep the right one of the two.")
    return found


def _summed(sheets: Sheets, directory: Directory) -> dict[Place, tuple[Row, list[PriceLine]]]:
    found: dict[Place, tuple[Row, list[PriceLine]]] = {}
    for row in sheets[PRICE_LINES]:
        place = _place(row, directory)
        item = row.needed("Item", "Write what is priced.")
        numbers = [row.amount(column) for column in ("Quantity", "Unit price")]
        for column in ("Quantity", "Unit price"):
            if column not in row:
                row.refuse(column, "This is blank.", "Write a number; 0 where it is nothing.")
        quantity, unit_price = numbers
        if place is not None and quantity is not None and unit_price is not None:
            lines = found.setdefault(place, (row, []))[1]
            lines.append(PriceLine(item, quantity, unit_price))
    return found


def _place(row: Row, directory: Directory) -> Place | None:
    bidder = directory.bidder(row)
    if bidder is None:
        directory.lot(row)
        return None
    criterion = directory.price_criterion(row, bidder)
    if criterion is None:
        return None
    lot = directory.price_lot(row, bidder, criterion)
    return (bidder, criterion.ref, lot)


def _check_negative(row: Row, column: str, amount: Fraction, directory: Directory) -> None:
    allowed = directory.method.award_rule is AwardRule.PRICE_PLUS_QUALITY
    if amount < 0 and not allowed:
        row.refuse(column, "The price is negative.", "Write a price of 0 or more.")


def _check_lots(found: dict[Place, PriceRow], rows: dict[Place, Row]) -> None:
    everywhere = {(place[0], place[1]) for place in found if place[2] is None}
    for place, row in rows.items():
        if place[2] is not None and place[:2] in everywhere:
            wrong = f"{place[0]} has a price for every lot and one for lot {place[2]}."
            row.refuse("Lot", wrong, "Write one price for all lots, or one for each lot.")
