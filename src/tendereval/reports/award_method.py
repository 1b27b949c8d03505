"""Section 3 of the award report, the published method in words and tables; works out no mark."""

from collections.abc import Iterator
from fractions import Fraction

from tendereval.domain.criteria_tree import rows_in, weighted_under
from tendereval.domain.errors import UserFixable
from tendereval.domain.exact import to_text
from tendereval.domain.method_text import short
from tendereval.domain.scale import ScoringScale
from tendereval.domain.tender import (
    AwardCriterion,
    CriterionKind,
    Lot,
    Method,
    QualityMarks,
    WeightMode,
)
from tendereval.domain.weights import WeightPlan, lot_weight_problems, plan_problems, weight_plan
from tendereval.reports import phrases
from tendereval.reports import wording as w
from tendereval.reports.award_gather import Gathered, Part
from tendereval.reports.outline import Block, Bullets, Cell, Column, Paragraph, Row, Table


def method_section(g: Gathered, part: Part) -> Iterator[Block]:
    """Yield section 3: rule, weights, scales, minimums, rounding, ties and versions."""
    method = g.model.method
    yield Paragraph(w.ANNEX_NOTE if g.model.versions else f"{w.NO_METHOD} {w.ANNEX_NOTE}")
    yield part.below(1).heading(w.RULE_HEAD)
    yield from _rule(method)
    yield part.below(2).heading(w.WEIGHTS_HEAD)
    for lot in method.lots:
        yield from _weights(g, lot)
    yield from _pass_or_fail(method)
    yield part.below(3).heading(w.SCALES_HEAD)
    yield from _scales(method)
    yield part.below(4).heading(w.RULES_HEAD)
    yield Bullets(tuple(_rules(method)))
    yield part.below(5).heading(w.VERSIONS_HEAD)
    yield from _versions(g)


def _rule(method: Method) -> Iterator[Block]:
    if method.award_rule is None:
        yield Paragraph(w.RULE_NONE)
    else:
        known = w.RULES.get(method.award_rule)
        yield Paragraph(known or w.RULE_OTHER.format(rule=method.award_rule))
    for name, value in method.award_parameters:
        yield Paragraph(w.PARAMETER.format(name=name, value=value))
    formulas = [w.FORMULA_TOTAL] if method.award_rule in w.RULES else []
    formulas += quality_formulas(method)
    formulas += [text for row in method.criteria for text in _price_formula(method, row)]
    yield Bullets(tuple(formulas))


def quality_formulas(method: Method) -> list[str]:
    """Return how agreed scores become marks."""
    if method.quality_marks is QualityMarks.RELATIVE_TO_BEST:
        return [w.FORMULA_RELATIVE]
    has_percent = any(band.percent is not None for scale in method.scales for band in scale.bands)
    return [w.FORMULA_OVER_MAXIMUM, *([w.FORMULA_PERCENT] if has_percent else [])]


def marks_available(method: Method, row: AwardCriterion) -> Fraction | None:
    """Return the marks available for a weighted criterion; None while weights do not add up."""
    for lot in method.lots:
        if row.counts_in(lot.ref) and not plan_problems(method, lot.ref):
            return weight_plan(method, lot.ref).weights[row.ref]
    return None


def _price_formula(method: Method, row: AwardCriterion) -> Iterator[str]:
    if row.kind is not CriterionKind.PRICE:
        return
    weight = phrases.plain_number(marks_available(method, row) or row.weight or Fraction(0))
    if row.formula is None:
        formula = w.PRICE_FORMULA_NONE
    else:
        known = w.PRICE_FORMULAS.get(row.formula, w.PRICE_FORMULA_OTHER)
        formula = known.format(weight=weight, formula=row.formula)
    parameters = [w.PARAMETER.format(name=name, value=value) for name, value in row.parameters]
    text = w.FORMULA_PRICE.format(title=row.title or row.ref, ref=row.ref, formula=formula)
    yield phrases.sentences(text, *parameters)


def _weights(g: Gathered, lot: Lot) -> Iterator[Block]:
    method = g.model.method
    named = g.lot_name(lot) if g.several_lots else w.THE_TENDER
    try:
        plan = weight_plan(method, lot.ref)
    except UserFixable as refusal:
        yield Paragraph(w.WEIGHTS_NOT.format(lot=named, reason=refusal.happened))
        return
    shares = method.weights_are is WeightMode.OF_PARENT
    columns = (
        Column(w.CRITERION, width=0.9, muted=True),
        Column("", width=5),
        Column(w.SCALE, width=1.1),
        Column(w.MINIMUM, "right", width=1.2),
        *((Column(w.AS_PUBLISHED, "right", width=1.3, muted=True),) if shares else ()),
        Column(w.AVAILABLE if shares else w.WEIGHT, "right", width=1.3),
    )
    rows = [*_weight_rows(method, plan, shares=shares)]
    blank = ("",) if shares else ()
    total = phrases.plain_number(plan.total)
    rows.append(Row((Cell(w.TOTAL, 2), "", "", *blank, total), "total"))
    caption = w.WEIGHTS_HEAD_LOT.format(lot=g.lot_name(lot)) if g.several_lots else ""
    yield Table(columns, tuple(rows), caption)
    for problem in lot_weight_problems(method, lot.ref):
        yield Paragraph(problem)


def _weight_rows(method: Method, plan: WeightPlan, *, shares: bool) -> Iterator[Row]:
    rows = rows_in(method, plan.lot)
    for row in rows.values():
        published = (phrases.plain_number(row.weight) if row.weight is not None else "",)
        typed = published if shares else ()
        if row.kind is CriterionKind.SECTION:
            below = weighted_under(rows, row)
            weight = sum((plan.weights[one.ref] for one in below), Fraction(0))
            least = w.SECTION_MINIMUM.format(marks=to_text(row.minimum)) if row.minimum else ""
            cells = (Cell(row.title or row.ref, 2), "", least, *typed, phrases.plain_number(weight))
            yield Row(cells, "section")
        elif row.kind.is_weighted:
            scale = row.scale or ""
            least = to_text(row.minimum) if row.minimum is not None else ""
            weight_text = phrases.plain_number(plan.weights[row.ref])
            yield Row((row.ref, row.title, scale, least, *typed, weight_text))


def _pass_or_fail(method: Method) -> Iterator[Block]:
    rows = [row for row in method.criteria if row.kind.is_pass_or_fail]
    if rows:
        yield Paragraph(w.UNWEIGHTED)
        yield Bullets(
            tuple(
                w.UNWEIGHTED_ROW.format(ref=row.ref, title=row.title, kind=row.kind) for row in rows
            )
        )


def _scales(method: Method) -> Iterator[Block]:
    if not method.scales:
        yield Paragraph(w.NO_SCALES)
    for scale in method.scales:
        yield _scale(scale)


def _scale(scale: ScoringScale) -> Table:
    has_percent = any(band.percent is not None for band in scale.bands)
    columns = (
        Column(w.SCORE, width=0.9),
        Column(w.LABEL, width=1.5),
        *((Column(w.EARNS, "right", width=0.9),) if has_percent else ()),
        Column(w.PUBLISHED_WORDING, width=6),
    )
    rows: list[Row] = []
    for band in scale.bands:
        share = phrases.plain_number(scale.share(band.points) * 100) if has_percent else ""
        earned = (w.PERCENT.format(value=share),) if has_percent else ()
        rows.append(Row((to_text(band.points), band.label, *earned, band.descriptor)))
    for span in scale.ranges:
        form = w.RANGE if span.step == 1 else w.RANGE_STEPS
        text = form.format(
            lowest=to_text(span.lowest), highest=to_text(span.highest), step=to_text(span.step)
        )
        rows.append(Row((Cell(text, len(columns)),)))
    return Table(columns, tuple(rows), caption=w.SCALE_NAMED.format(name=scale.name))


def _rules(method: Method) -> Iterator[str]:
    yield from _minimums(method)
    yield from _rounding(method)
    yield from _ties(method)
    if method.hide_bidder_names:
        yield w.HIDDEN_NAMES
    if method.framework_places is not None:
        yield w.PLACES.format(count=method.framework_places)
    if method.lot_cap is not None:
        yield w.LOT_CAP.format(count=method.lot_cap)


def _minimums(method: Method) -> Iterator[str]:
    minimums = [row for row in method.criteria if row.minimum is not None]
    for row in minimums:
        section = row.kind is CriterionKind.SECTION
        form = w.MINIMUM_SECTION if section else w.MINIMUM_QUESTION
        least = to_text(row.minimum or Fraction(0))
        yield form.format(ref=row.ref, title=row.title, minimum=least)
    if not minimums:
        yield w.NO_MINIMUM


def _rounding(method: Method) -> Iterator[str]:
    marks_to, totals_to = method.round_marks_to, method.round_totals_to
    if marks_to is None:
        yield w.ROUND_MARKS_NOT
    else:
        yield w.ROUND_MARKS.format(places=phrases.in_places(marks_to))
    if totals_to is None:
        yield w.ROUND_TOTALS_NOT
    else:
        yield w.ROUND_TOTALS.format(places=phrases.in_places(totals_to))


def _ties(method: Method) -> Iterator[str]:
    margin = to_text(method.tie_margin)
    yield w.TIE_MARGIN.format(margin=margin) if method.tie_margin else w.TIE_EQUAL
    if method.tie_break:
        yield w.TIE_RULES.format(rules="; ".join(f"“{rule}”" for rule in method.tie_break))
    else:
        yield w.TIE_NO_RULES
    if method.close_margin is not None:
        yield w.CLOSE_MARGIN.format(margin=to_text(method.close_margin))


def _versions(g: Gathered) -> Iterator[Block]:
    if not g.model.versions:
        yield Paragraph(w.NO_METHOD)
        return
    rows = tuple(
        Row(
            (
                str(version.number),
                w.KINDS[version.kind],
                phrases.moment(version.recorded_at),
                phrases.day(version.republished_on) if version.republished_on else w.NONE,
                short(version.fingerprint),
            )
        )
        for version in g.model.versions
    )
    columns = (
        Column(w.VERSION, width=0.9),
        Column(w.KIND, width=2.2),
        Column(w.DATE, width=2.3),
        Column(w.REPUBLISHED, width=1.8),
        Column(w.FINGERPRINT, "right", width=1.3),
    )
    yield Table(columns, rows)
    for version in g.model.versions:
        if version.reason.strip():
            yield Paragraph(w.VERSION_REASON.format(number=version.number, reason=version.reason))
