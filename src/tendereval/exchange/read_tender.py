"""Reads the ``Tender`` and ``Lots`` sheets; checks form only, the law is for the services."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from typing import TypeVar

from tendereval.domain.errors import CellProblem
from tendereval.domain.exact import MAX_PLACES
from tendereval.domain.ids import LotId
from tendereval.domain.tender import (
    AwardRule,
    BuyerType,
    ContractKind,
    Lot,
    Method,
    Procedure,
    QualityMarks,
    Regime,
    TenderDetails,
    WeightMode,
)
from tendereval.exchange.cells import key, near, quoted
from tendereval.exchange.directory import Directory
from tendereval.exchange.layout import ITEMS, LOTS, TENDER
from tendereval.exchange.sheets import Row, Sheets

Value = TypeVar("Value")
Items = Mapping[str, Row]
_VALUE = "Value"
_CURRENCY = re.compile(r"[A-Z]{3}")
_MANY = 100_000


def read_items(sheets: Sheets) -> Items:
    """Return the rows of the ``Tender`` sheet by item; unknown items are left alone and noted."""
    names = {key(item.name): item.name for item in ITEMS}
    found: dict[str, Row] = {}
    for row in sheets[TENDER]:
        text = row.needed("Item", "Write what the value is, such as Title.")
        name = names.get(key(text))
        if not text:
            continue
        if name is None:
            meant = near(text, list(names.values()))
            hint = f" (is it meant to be {meant!r}?)" if meant else ""
            row.note(f"the item {quoted(text)} is not known{hint}; it was left alone.")
        elif name in found:
            row.refuse("Item", f"{name} stands here twice.", "Keep one of the two rows.")
        else:
            found[name] = row
    return found


def read_details(items: Items, base: TenderDetails) -> TenderDetails:
    """Return what the items say about the tender, over what was known."""
    details = replace(
        base,
        reference=_text(items, "Reference", base.reference),
        title=_text(items, "Title", base.title),
        authority=_text(items, "Contracting authority", base.authority),
        buyer_type=_of(items, "Buyer type", BuyerType, base.buyer_type),
        regime=_of(items, "Regime", Regime, base.regime),
        contract_kind=_of(items, "Contract kind", ContractKind, base.contract_kind),
        procedure=_of(items, "Procedure", Procedure, base.procedure),
        notice_date=_value(items, "Tender notice date", _day, base.notice_date),
        deadline=_value(items, "Tender deadline", _deadline, base.deadline),
        contract_start=_value(items, "Contract start", _day, base.contract_start),
        contract_end=_value(items, "Contract end", _day, base.contract_end),
        estimated_value=_value(items, "Estimated value", amount_from_nought, base.estimated_value),
        estimated_value_includes_vat=_yes_no(
            items, "Estimated value includes VAT", base.estimated_value_includes_vat
        ),
        prices_include_vat=_yes_no(items, "Prices include VAT", base.prices_include_vat),
        currency=_value(items, "Currency", _currency, base.currency) or base.currency,
        social_value_model=_text(items, "Social value model", base.social_value_model),
        refinement_provided_for=bool(
            _yes_no(items, "Refinement provided for", base.refinement_provided_for)
        ),
    )
    _check_order(items, details)
    return details


def _check_order(items: Items, details: TenderDetails) -> None:
    start, end = details.contract_start, details.contract_end
    row = items.get("Contract end") or items.get("Contract start")
    if row is not None and start is not None and end is not None and end < start:
        row.refuse(_VALUE, "The contract ends before it starts.", "Correct one of the two dates.")


def check_reference(items: Items, sheets: Sheets) -> None:
    """Refuse a new tender without its reference."""
    row = items.get("Reference")
    if sheets[TENDER].is_broken or (row is not None and _VALUE in row):
        return
    if row is not None:
        row.refuse(_VALUE, "The tender has no reference.", "Write the tender's own reference.")
        return
    there = "has no row Reference" if sheets[TENDER].is_there else "is missing"
    sheets.problems.add(
        CellProblem(
            TENDER.name,
            None,
            None,
            f"The sheet {TENDER.name} {there}.",
            "A new tender needs it: Item Reference, with the tender's own reference as Value.",
        )
    )


def read_rules(items: Items, base: Method) -> Method:
    """Return the parts of the method that stand on the ``Tender`` sheet, over what was known."""
    margin = _value(items, "Tie margin", number_from_nought, base.tie_margin)
    marks = _of(items, "Quality marks", QualityMarks, base.quality_marks)
    return replace(
        base,
        weights_are=_of(items, "Weights are", WeightMode, base.weights_are) or base.weights_are,
        award_rule=_of(items, "Award rule", AwardRule, base.award_rule),
        award_parameters=_value(
            items, "Award rule parameters", lambda row: parameters(row, _VALUE), None
        )
        or base.award_parameters,
        quality_marks=marks or base.quality_marks,
        round_marks_to=_value(items, "Round marks to", _places, base.round_marks_to),
        round_totals_to=_value(items, "Round totals to", _places, base.round_totals_to),
        tie_margin=margin if margin is not None else base.tie_margin,
        tie_break=_value(items, "Tie-break", lambda row: row.items(_VALUE), None) or base.tie_break,
        close_margin=_value(items, "Close result margin", number_from_nought, base.close_margin),
        hide_bidder_names=bool(_yes_no(items, "Hide bidder names", base.hide_bidder_names)),
        framework_places=_value(items, "Framework places", _count, base.framework_places),
        lot_cap=_value(items, "Lot cap", _count, base.lot_cap),
    )


def check_tie_break(items: Items, directory: Directory) -> tuple[str, ...]:
    """Return the tie-break rules in canonical spelling; refuse what is none."""
    row = items.get("Tie-break")
    if row is None:
        return directory.method.tie_break
    return tuple(_tie_break(row, rule, directory) for rule in directory.method.tie_break)


def _tie_break(row: Row, rule: str, directory: Directory) -> str:
    words = " ".join(rule.casefold().split())
    if words in {"highest quality", "lowest price", "draw"}:
        return words
    criterion = None
    if words.startswith("highest "):
        criterion = directory.method.criterion(words.removeprefix("highest "))
    if criterion is None or not criterion.kind.is_scored:
        wrong = f"{quoted(rule)} is not a rule for ties."
        write = "Write rules such as highest quality; highest Q3; lowest price; draw."
        row.refuse(_VALUE, wrong, write)
        return rule
    return f"highest {criterion.ref}"


def read_lots(sheets: Sheets, base: Method) -> Method:
    """Return the method with the lots of the ``Lots`` sheet; one lot ``1`` where it has none."""
    lots: dict[str, Lot] = {}
    for row in sheets[LOTS]:
        ref = row.needed("Lot", "Write the lot's reference, such as 1 or North.")
        title, value = row.text("Title"), amount_from_nought(row, "Estimated value")
        if not ref:
            continue
        if key(ref) in lots:
            row.refuse("Lot", f"Lot {ref} stands here twice.", "Give each lot its own reference.")
        elif key(ref) == "all" or any(mark in ref for mark in ";,"):
            row.refuse("Lot", f"A lot cannot be called {quoted(ref)}.", "Write a plain reference.")
        lots[key(ref)] = Lot(LotId(ref), title, value)
    return replace(base, lots=tuple(lots.values())) if lots else base


def parameters(row: Row, column: str) -> tuple[tuple[str, str], ...]:
    """Return ``name=value; name=value`` as pairs in order, or refuse the cell."""
    write = "Write them as name=value; name=value."
    pairs: dict[str, str] = {}
    for item in row.items(column):
        name, equals, value = item.partition("=")
        name = " ".join(name.split())
        if not equals or not name or not value.strip():
            row.refuse(column, f"{quoted(item)} is not a parameter.", write)
        elif key(name) in map(key, pairs):
            row.refuse(column, f"The parameter {name} stands here twice.", write)
        else:
            pairs[name] = value.strip()
    return tuple(pairs.items())


def amount_from_nought(row: Row, column: str = _VALUE) -> Fraction | None:
    """Return an amount that is not negative, or refuse it."""
    return _not_negative(row, column, row.amount(column))


def number_from_nought(row: Row, column: str = _VALUE) -> Fraction | None:
    """Return a number that is not negative, or refuse it."""
    return _not_negative(row, column, row.number_in(column))


def _not_negative(row: Row, column: str, value: Fraction | None) -> Fraction | None:
    if value is not None and value < 0:
        row.refuse(column, "A negative number cannot stand here.", "Write 0 or more.")
        return None
    return value


def _value(
    items: Items, name: str, read: Callable[[Row], Value | None], base: Value | None
) -> Value | None:
    row = items.get(name)
    return read(row) if row is not None and _VALUE in row else base


def _text(items: Items, name: str, base: str) -> str:
    return _value(items, name, lambda row: row.text(_VALUE), base) or ""


def _yes_no(items: Items, name: str, base: bool | None) -> bool | None:  # noqa: FBT001 - a value
    return _value(items, name, lambda row: row.yes_no(_VALUE), base)


def _of(
    items: Items, name: str, options: Callable[[str], Value], base: Value | None
) -> Value | None:
    choices = next(item.choices for item in ITEMS if item.name == name)

    def read(row: Row) -> Value | None:
        text = row.choice(_VALUE, choices)
        return options(text) if text else None

    return _value(items, name, read, base)


def _day(row: Row) -> date | None:
    return row.day(_VALUE)


def _places(row: Row) -> int | None:
    return row.whole(_VALUE, 0, MAX_PLACES)


def _count(row: Row) -> int | None:
    return row.whole(_VALUE, 1, _MANY)


def _currency(row: Row) -> str | None:
    text = row.text(_VALUE).upper()
    if _CURRENCY.fullmatch(text):
        return text
    row.refuse(_VALUE, f"{quoted(text)} is not a currency.", "Write its three letters, like GBP.")
    return None


def _deadline(row: Row) -> datetime | None:
    moment = row.moment(_VALUE)
    if moment is None:
        return None
    if not moment.has_time:
        day = f"{moment.at.day} {moment.at:%B %Y}"
        row.note(f"no time of day is given; the deadline is the end of {day} (23:59, London).")
    return moment.at
