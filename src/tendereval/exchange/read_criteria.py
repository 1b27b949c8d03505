"""Reads the ``Criteria``, ``Sub-criteria`` and ``Scales`` sheets into a method."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tendereval.domain.ids import CriterionId
from tendereval.domain.scale import PointRange, ScoreBand, ScoringScale
from tendereval.domain.tender import (
    AwardCriterion,
    CriterionKind,
    Method,
    PriceFormula,
    SubCriterion,
)
from tendereval.exchange.cells import key, listed, quoted
from tendereval.exchange.directory import Directory
from tendereval.exchange.layout import CRITERIA, SCALES, SUB_CRITERIA
from tendereval.exchange.read_tender import number_from_nought, parameters
from tendereval.exchange.scales import built_in_scale, built_in_scales
from tendereval.exchange.sheets import Row, Sheets

_NUMBER = r"([0-9]+(?:\.[0-9]+)?)"
_RANGE = re.compile(rf"{_NUMBER} ?(?:-|–|—|to) ?{_NUMBER}(?:,? steps? (?:of )?{_NUMBER})?")
_POINTS = "Write one value (3), a range (0-150) or a range with its step (0-100 step 0.5)."
_CONDITION_SCALE = "pass/fail"
_MOST_WORDS = 1_000_000


def read_scales(sheets: Sheets, directory: Directory) -> dict[str, ScoringScale]:
    """Return the workbook's own scales by comparison key, over those already known."""
    rows: dict[str, list[Row]] = {}
    names: dict[str, str] = {}
    for row in sheets[SCALES]:
        name = row.needed("Scale", "Write the scale's name.")
        if name:
            rows.setdefault(key(name), []).append(row)
            names.setdefault(key(name), name)
    found = {key(scale.name): scale for scale in directory.method.scales}
    for name_key, group in rows.items():
        found[name_key] = _scale(names[name_key], group)
        if not all(row.ok for row in group):
            directory.doubtful.add(name_key)
    return found


def _scale(name: str, rows: list[Row]) -> ScoringScale:
    bands: dict[Fraction, ScoreBand] = {}
    ranges: list[PointRange] = []
    for row in rows:
        points = _points(row)
        label, descriptor = row.text("Label"), row.long_text("Descriptor")
        percent = _percent(row)
        if "Points" not in row:
            row.refuse("Points", "This is blank.", _POINTS)
        elif isinstance(points, PointRange):
            ranges.append(points)
        elif points is not None:
            if points in bands:
                row.refuse("Points", "These points stand in the scale twice.", "Keep one row.")
            bands[points] = ScoreBand(points, label, descriptor, percent)
    _check_percents(rows)
    ordered = sorted(bands.values(), key=lambda band: band.points)
    scale = ScoringScale(name, tuple(ordered), tuple(ranges))
    if rows[-1].ok and scale.maximum <= 0:
        rows[-1].refuse("Points", "The scale has no value above 0.", "Add its higher values.")
    return scale


def _points(row: Row) -> Fraction | PointRange | None:
    text = " ".join(row.text("Points").casefold().split())
    if not text:
        return None
    match = _RANGE.fullmatch(text)
    if match is None:
        return number_from_nought(row, "Points")
    lowest, highest, step = (Fraction(Decimal(part or "1")) for part in match.groups())
    if lowest >= highest or step <= 0 or (highest - lowest) % step:
        row.refuse("Points", f"{quoted(text)} is not a range of even steps.", _POINTS)
        return None
    return PointRange(lowest, highest, step)


def _percent(row: Row) -> Fraction | None:
    value = row.number_in("Percent")
    if value is not None and not 0 <= value <= 100:  # noqa: PLR2004 - a percentage
        row.refuse(
            "Percent", "A percentage lies between 0 and 100.", "Write a number from 0 to 100."
        )
    return value


def _check_percents(rows: list[Row]) -> None:
    given = ["Percent" in row for row in rows]
    if any(given) and not all(given):
        row = rows[given.index(False)]
        write = "Give a percentage in every row of the scale, or in none."
        row.refuse("Percent", "Only some rows of this scale have a percentage.", write)


def read_criteria(
    sheets: Sheets, directory: Directory, scales: Mapping[str, ScoringScale]
) -> Method:
    """Return the directory's method with the workbook's criteria, sub-criteria and scales."""
    method = directory.method
    if sheets.has(CRITERIA):
        found: dict[str, tuple[Row, AwardCriterion]] = {}
        for row in sheets[CRITERIA]:
            _add(row, _criterion(row, directory, scales), found, directory)
        for row, criterion in found.values():
            _check_parent(row, criterion, found)
        method = replace(method, criteria=_parents_first(found))
    method = _with_sub_criteria(sheets, method, directory)
    return replace(method, scales=_scales_in_use(method, scales))


def _add(
    row: Row,
    criterion: AwardCriterion | None,
    found: dict[str, tuple[Row, AwardCriterion]],
    directory: Directory,
) -> None:
    if criterion is None:
        return
    ref = key(criterion.ref)
    if ref in found:
        first = found[ref][0].number
        wrong = f"{criterion.ref} stands in row {first} already."
        row.refuse("Ref", wrong, "Give each criterion a reference of its own.")
        return
    found[ref] = (row, criterion)
    if not row.ok:
        directory.doubtful.add(ref)


def _criterion(
    row: Row, directory: Directory, scales: Mapping[str, ScoringScale]
) -> AwardCriterion | None:
    ref = row.needed("Ref", "Write the published reference, such as Q1.")
    title = row.needed("Title", "Write a few words that say what it is about.")
    kinds = CRITERIA.columns[2].choices
    if "Kind" not in row:
        row.refuse("Kind", "This is blank.", f"Write {listed(kinds)}.")
    kind_text = row.choice("Kind", kinds)
    kind = CriterionKind(kind_text) if kind_text else CriterionKind.QUALITY
    formula = row.choice("Formula", [str(formula) for formula in PriceFormula])
    criterion = AwardCriterion(
        ref=CriterionId(ref),
        title=title,
        kind=kind,
        parent=CriterionId(row.text("Parent")) if "Parent" in row else None,
        lot=directory.lot(row),
        weight=number_from_nought(row, "Weight"),
        scale=_scale_name(row, scales, directory),
        minimum=number_from_nought(row, "Minimum"),
        word_limit=row.whole("Word limit", 1, _MOST_WORDS),
        question=row.long_text("Question"),
        guidance=row.long_text("Guidance"),
        formula=PriceFormula(formula) if formula else None,
        parameters=parameters(row, "Parameters"),
        goals=row.items("Goals"),
        model_criterion=row.text("Model criterion"),
    )
    if kind_text:
        _check_kind(row, criterion, scales)
    return criterion if ref else None


def _scale_name(row: Row, scales: Mapping[str, ScoringScale], directory: Directory) -> str | None:
    name = row.text("Scale")
    if not name or key(name) in directory.doubtful:
        return name or None
    scale = scales.get(key(name)) or built_in_scale(name)
    if scale is None:
        names = [scale.name for scale in (*scales.values(), *built_in_scales())]
        wrong = f"There is no scale {quoted(name)}."
        choices = listed(list(dict.fromkeys(names)))
        row.refuse("Scale", wrong, f"Write {choices}, or add it to the Scales sheet.")
        return None
    return scale.name


def _check_kind(row: Row, criterion: AwardCriterion, scales: Mapping[str, ScoringScale]) -> None:
    kind = criterion.kind
    if kind.is_pass_or_fail and criterion.scale not in {None, _CONDITION_SCALE}:
        row.refuse("Scale", f"A {kind} is passed or failed.", "Write pass/fail or leave it blank.")
    elif not kind.is_judged and criterion.scale is not None:
        row.refuse("Scale", f"Nobody scores a row of kind {kind}.", "Leave the scale blank.")
    if criterion.weight and not kind.is_weighted and kind is not CriterionKind.SECTION:
        row.refuse("Weight", f"A row of kind {kind} carries no weight.", "Leave it blank.")
    if kind is not CriterionKind.PRICE:
        for column in ("Formula", "Parameters"):
            if column in row:
                row.refuse(column, "Only a price has a formula.", "Leave it blank.")
    minimum = criterion.minimum
    scale = scales.get(key(criterion.scale or "")) or built_in_scale(criterion.scale or "")
    if kind.is_scored and minimum is not None and scale and minimum > scale.maximum:
        wrong = "The minimum is above the highest points of the scale."
        row.refuse("Minimum", wrong, "Write points of the scale.")


def _check_parent(
    row: Row, criterion: AwardCriterion, found: Mapping[str, tuple[Row, AwardCriterion]]
) -> None:
    if criterion.parent is None:
        return
    above = found.get(key(criterion.parent))
    if above is None:
        wrong = f"There is no criterion {quoted(criterion.parent)}."
        row.refuse("Parent", wrong, "Write the reference of a section of this sheet.")
        return
    parent = above[1]
    if above[0].ok and parent.kind is not CriterionKind.SECTION:
        row.refuse("Parent", f"{parent.ref} is not a section.", "Write the reference of a section.")
    elif _in_circle(criterion, found):
        row.refuse("Parent", "These sections stand under each other.", "Leave one parent blank.")
    elif parent.lot is not None and criterion.lot != parent.lot:
        wrong = f"The section {parent.ref} belongs to lot {parent.lot}."
        row.refuse("Lot", wrong, f"Write {parent.lot}.")


def _in_circle(criterion: AwardCriterion, found: Mapping[str, tuple[Row, AwardCriterion]]) -> bool:
    seen = {key(criterion.ref)}
    parent = criterion.parent
    while parent is not None and key(parent) in found:
        if key(parent) in seen:
            return True
        seen.add(key(parent))
        parent = found[key(parent)][1].parent
    return False


def _parents_first(
    found: Mapping[str, tuple[Row, AwardCriterion]],
) -> tuple[AwardCriterion, ...]:
    placed: dict[str, AwardCriterion] = {}
    for ref in found:
        chain = []
        at = ref
        while at in found and at not in placed and at not in chain:
            chain.append(at)
            at = key(found[at][1].parent or "")
        for name in reversed(chain):
            criterion = found[name][1]
            above = found.get(key(criterion.parent or ""))
            parent = above[1].ref if above else criterion.parent
            placed[name] = replace(criterion, parent=parent)
    return tuple(placed.values())


def _with_sub_criteria(sheets: Sheets, method: Method, directory: Directory) -> Method:
    directory.use_method(method)
    parts: dict[str, dict[str, SubCriterion]] = {}
    for row in sheets[SUB_CRITERIA]:
        criterion = directory.criterion(row)
        ref = row.needed("Sub-ref", "Write the published reference, such as Q1.a.")
        text = row.needed("Text", trimmed=False)
        if criterion is None or not ref:
            continue
        if not criterion.kind.is_judged and key(criterion.ref) not in directory.doubtful:
            wrong = f"{criterion.ref} is not a question that a panel judges."
            row.refuse("Ref", wrong, "Write the reference of a question.")
        under = parts.setdefault(key(criterion.ref), {})
        if key(ref) in under:
            row.refuse("Sub-ref", f"{ref} stands here twice.", "Give each a reference of its own.")
        under[key(ref)] = SubCriterion(ref, text)
    return replace(
        method,
        criteria=tuple(
            replace(row, sub_criteria=tuple(parts[key(row.ref)].values()))
            if key(row.ref) in parts
            else row
            for row in method.criteria
        ),
    )


def _scales_in_use(method: Method, scales: Mapping[str, ScoringScale]) -> tuple[ScoringScale, ...]:
    found = dict(scales)
    for criterion in method.criteria:
        if criterion.scale is not None and key(criterion.scale) not in found:
            built_in = built_in_scale(criterion.scale)
            if built_in is not None:
                found[key(built_in.name)] = built_in
    return tuple(found.values())
