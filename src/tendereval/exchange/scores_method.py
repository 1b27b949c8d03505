"""The sheets of the scores workbook that hold the published method; marks nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tendereval.domain.exact import to_text
from tendereval.domain.ids import LotId
from tendereval.domain.pricing import as_read, zero_rule
from tendereval.domain.report_model import ReportModel
from tendereval.domain.scale import ScoringScale
from tendereval.domain.tender import AwardCriterion, CriterionKind, Method, MethodVersion
from tendereval.exchange.formula_book import (
    NUMBER,
    VALUE,
    Column,
    Content,
    Formula,
    FormulaBook,
    Sheet,
)

METHOD, CRITERIA, SCALES = "Method", "Criteria", "Scales"
_MAXIMUM, _WEIGHT, _ZERO = 8, 6, 12
_POINTS, _UP_TO, _EARNS = 2, 3, 8
_CRITERIA = (
    Column("Ref", 12),
    Column("Criterion", 32),
    Column("Kind", 26),
    Column("Under", 12),
    Column("Lot", 12),
    Column("Weight as published", 12, NUMBER),
    Column("Scale", 14),
    Column("Maximum score", 12, NUMBER),
    Column("Minimum", 10, NUMBER),
    Column("Price formula", 20),
    Column("Parameters", 20),
    Column("A price of nothing is read as", 16, NUMBER),
    Column("Word limit", 10, NUMBER),
    Column("Question", 60),
    Column("Guidance", 60),
    Column("Sub-criteria, discussed and not scored", 60),
)
_SCALES = (
    Column("Scale", 16),
    Column("Points", 10, NUMBER),
    Column("Up to", 10, NUMBER),
    Column("In steps of", 10, NUMBER),
    Column("Label", 24),
    Column("Wording", 80),
    Column("Per cent as published", 14, NUMBER),
    Column("Earns, per cent of the marks", 16, NUMBER),
)


@dataclass(frozen=True, slots=True)
class ScaleCells:
    """Where a scale stands.

    Attributes:
        maximum: the ``MAX`` over its points.
        lookup: its bands from points to what they earn; empty without bands.
        column: of ``lookup``, that says what they earn.
        has_percents: whether any band earns a published percentage.
    """

    maximum: str
    lookup: str
    column: int
    has_percents: bool


@dataclass(frozen=True, slots=True)
class MethodCells:
    """Where formulas find the method, as references; criteria by reference in lower case."""

    weights: Mapping[str, str]
    maxima: Mapping[str, str]
    zeros: Mapping[str, str]
    scales: Mapping[str, ScaleCells]
    round_marks: str
    round_totals: str


def write_method(book: FormulaBook, model: ReportModel) -> MethodCells:
    """Fill the sheets ``Method``, ``Criteria`` and ``Scales``."""
    marks, totals = _rules(book[METHOD], model.method, model.versions)
    scales = _scales(book[SCALES], model.method)
    sheet, method = book[CRITERIA], model.method
    sheet.say("Criteria as published", "Sheet title")
    sheet.say("Maximum scores are formulas over the sheet “Scales”; weights are as published.")
    sheet.head(_CRITERIA, frozen=2)
    top, rows = sheet.row, {}
    for row in method.criteria:
        cells = scales.get(method.scale_of(row).name.casefold()) if row.kind.is_scored else None
        rows[row.ref.casefold()] = sheet.add(_criterion(method, row, cells))
    sheet.filter(top, sheet.row)
    return MethodCells(
        {key: sheet.at(_WEIGHT, at) for key, at in rows.items()},
        {key: sheet.at(_MAXIMUM, at) for key, at in rows.items()},
        {key: sheet.at(_ZERO, at) for key, at in rows.items()},
        scales,
        marks,
        totals,
    )


def _criterion(method: Method, row: AwardCriterion, cells: ScaleCells | None) -> list[Content]:
    scale = method.scale_of(row)
    pass_or_fail = "Pass or Fail" if row.kind.is_pass_or_fail else None
    return [
        row.ref,
        row.title,
        row.kind,
        row.parent,
        row.lot or ("all lots" if len(method.lots) > 1 else None),
        row.weight,
        row.scale or pass_or_fail,
        Formula(f"={cells.maximum}", scale.maximum) if cells else None,
        row.minimum,
        row.formula,
        "; ".join(f"{name}={value}" for name, value in row.parameters),
        _read_as(row),
        row.word_limit,
        row.question,
        row.guidance,
        "\n".join(f"{sub.ref}: {sub.text}" for sub in row.sub_criteria),
    ]


def _read_as(row: AwardCriterion) -> Content:
    if row.kind is not CriterionKind.PRICE:
        return None
    return as_read(row, Fraction(0)) or zero_rule(row)


def _rules(sheet: Sheet, method: Method, versions: tuple[MethodVersion, ...]) -> tuple[str, str]:
    """Write the rules for the whole tender; return where the two roundings stand."""
    sheet.say("Rules of assessment as published", "Sheet title")
    sheet.head([Column("Rule", 34), Column("As published", 90, VALUE)])
    sheet.add(["Award rule", method.award_rule or "not chosen"])
    for name, value in method.award_parameters:
        sheet.add([f"Parameter {name}", value])
    sheet.add(["Weights are", method.weights_are])
    sheet.add(["Quality marks", method.quality_marks])
    marks = sheet.add(["Round marks to (places, half up)", _places(method.round_marks_to)])
    totals = sheet.add(["Round totals to (places, half up)", _places(method.round_totals_to)])
    sheet.add(["Tie margin", method.tie_margin])
    for rule in method.tie_break or ("none",):
        sheet.add(["Tie-break", rule])
    if method.close_margin is not None:
        sheet.add(["Close result margin", method.close_margin])
    sheet.add(["Bidder names hidden from evaluators", "yes" if method.hide_bidder_names else "no"])
    if method.framework_places is not None:
        sheet.add(["Framework places", method.framework_places])
    if method.lot_cap is not None:
        sheet.add(["Most lots for one supplier", method.lot_cap])
    for lot in method.lots:
        sheet.add([f"Lot {lot.ref}", lot.title])
    for version in versions:
        _version(sheet, version)
    return sheet.at(2, marks), sheet.at(2, totals)


def _version(sheet: Sheet, version: MethodVersion) -> None:
    told = f"Method version {version.number}"
    sheet.add([told, version.kind])
    sheet.add([f"{told}, recorded at", version.recorded_at])
    sheet.add([f"{told}, fingerprint (SHA-256)", version.fingerprint])
    if version.reason:
        sheet.add([f"{told}, reason", version.reason])
    if version.republished_on is not None:
        sheet.add([f"{told}, republished on", version.republished_on.isoformat()])


def _places(places: int | None) -> Content:
    return "no rounding" if places is None else places


def _scales(sheet: Sheet, method: Method) -> dict[str, ScaleCells]:
    sheet.say("Scales as published", "Sheet title")
    sheet.say("What a score earns is a formula: its published percentage, else points ÷ maximum.")
    sheet.head(_SCALES, keys=1, frozen=2)
    top = sheet.row
    found: dict[str, ScaleCells] = {}
    for scale in method.scales:
        found.setdefault(scale.name.casefold(), _scale(sheet, scale))
    sheet.filter(top, sheet.row)
    return found


def _scale(sheet: Sheet, scale: ScoringScale) -> ScaleCells:
    first = sheet.row + 1
    bands = {
        sheet.add(
            [scale.name, band.points, None, None, band.label, band.descriptor, band.percent]
        ): band
        for band in scale.bands
    }
    below = sheet.row
    for span in scale.ranges:
        sheet.add(
            [scale.name, span.lowest, span.highest, span.step, *[None] * 3, "score ÷ maximum"]
        )
    points = sheet.area((_POINTS, first), (_UP_TO, max(first, sheet.row)))
    maximum = f"MAX({points})"
    # How far the scale reaches is known once it is written, so these formulas come last.
    for row, band in bands.items():
        if scale.maximum > 0:
            own = f"=G{row}" if band.percent is not None else f"=100*B{row}/{maximum}"
            value = 100 * scale.share(band.points)
            sheet.put(row, _EARNS, Formula(own, value), NUMBER)
    lookup = sheet.area((_POINTS, first), (_EARNS, below)) if bands else ""
    percents = any(band.percent is not None for band in scale.bands)
    return ScaleCells(maximum, lookup, _EARNS - _POINTS + 1, percents)


def lot_words(lot: LotId | None, method: Method) -> str:
    """Return how a row names its lot: a common question belongs to all lots."""
    return lot or ("all lots" if len(method.lots) > 1 else method.lots[0].ref)


def points_words(points: Fraction, row: AwardCriterion | None) -> Content:
    """Return a score as sheets show it: a figure, or Pass or Fail."""
    if row is not None and row.kind.is_pass_or_fail:
        return {Fraction(1): "Pass", Fraction(0): "Fail"}.get(points, to_text(points))
    return points
