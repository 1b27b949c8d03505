"""The sheet of a scoring workbook that holds the published scales and feeds the drop-downs."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from tendereval.domain.evaluation import describe
from tendereval.domain.exact import to_text
from tendereval.domain.packs import Manifest
from tendereval.domain.scale import FAIL, PASS_OR_FAIL, ScoringScale
from tendereval.exchange.scoring_facts import (
    CANNOT_SCORE,
    FAIL_WORD,
    PASS_WORD,
    SCALES,
    BookFacts,
)
from tendereval.exchange.scoring_paper import (
    HEADING,
    STRONG,
    TEXT,
    TITLE,
    finish,
    height,
    lines_of,
    put,
    widths,
)
from tendereval.exchange.writer import number_cell

MOST_LISTED: Final = 401
_MOST_BESIDE: Final = 900
_DESCRIPTOR: Final = 90
_LIST, _LIST_COLUMN = "E", 5


@dataclass(frozen=True, slots=True)
class ScaleList:
    """A scale as the rows use it.

    Attributes:
        values: the cells of its values, for a drop-down; empty where they are too many.
        words: what may be given.
        beside: the values with their wording, to stand beside an answer.
    """

    values: str
    words: str
    beside: str


def write_scales(sheet: Worksheet, manifest: Manifest, facts: BookFacts) -> Mapping[str, ScaleList]:
    """Write every scale that is used, and return how rows refer to each, by name."""
    widths(sheet, 14, 22, _DESCRIPTOR, 4, 14)
    put(sheet, 1, 1, "Published scales", TITLE)
    worded = {scale.name: scale for scale in (*manifest.version.method.scales, PASS_OR_FAIL)}
    found, row, listed = dict[str, ScaleList](), 3, 1
    for name in facts.scales:
        scale = worded.get(name, facts.scales[name])
        put(sheet, row, 1, f"Scale {name}", STRONG)
        for column, heading in enumerate(("Score", "Label", "What it means"), 1):
            put(sheet, row + 1, column, heading, HEADING)
        row = _shown(sheet, scale, row + 2) + 2
        area = ""
        if _count(scale) <= MOST_LISTED:
            last = _listed(sheet, scale, listed)
            area = f"{quote_sheetname(SCALES)}!${_LIST}${listed}:${_LIST}${last}"
            listed = last + 2
        found[name] = ScaleList(area, describe(scale), _beside(scale))
    sheet.column_dimensions[_LIST].hidden = True
    finish(sheet, width=126)
    sheet.print_area = f"A1:C{row}"
    return found


def _count(scale: ScoringScale) -> int:
    spans = (int((one.highest - one.lowest) / one.step) + 1 for one in scale.ranges)
    return len(scale.bands) + sum(spans)


def value_word(scale: ScoringScale, points: Fraction) -> str:
    """Return how a value is written: by its number, or Pass and Fail."""
    if scale.name == PASS_OR_FAIL.name:
        return FAIL_WORD if points == FAIL else PASS_WORD
    return to_text(points)


def _shown(sheet: Worksheet, scale: ScoringScale, row: int) -> int:
    """Write a scale with its wording from a row on; return its last row."""
    lines = [
        *((value_word(scale, band.points), band.label, band.descriptor) for band in scale.bands),
        *((describe(ScoringScale(scale.name, (), (one,))), "", "") for one in scale.ranges),
        (CANNOT_SCORE, "", "Write under “Rationale” why you cannot."),
    ]
    for number, (value, label, descriptor) in enumerate(lines, row):
        put(sheet, number, 1, value, STRONG)
        put(sheet, number, 2, label, TEXT)
        put(sheet, number, 3, descriptor, TEXT)
        height(sheet, number, max(lines_of(descriptor, _DESCRIPTOR), lines_of(label, 22)))
    return row + len(lines) - 1


def _listed(sheet: Worksheet, scale: ScoringScale, row: int) -> int:
    """Write what a drop-down offers into the hidden column; return the last row."""
    spread = {
        one.lowest + one.step * number
        for one in scale.ranges
        for number in range(int((one.highest - one.lowest) / one.step) + 1)
    }
    for points in sorted({band.points for band in scale.bands} | spread):
        cell = put(sheet, row, _LIST_COLUMN, value_word(scale, points), TEXT)
        if scale.name != PASS_OR_FAIL.name:
            number_cell(cell, points)
        row += 1
    put(sheet, row, _LIST_COLUMN, CANNOT_SCORE, TEXT)
    return row


def _beside(scale: ScoringScale) -> str:
    """Return a scale in a few lines; with labels alone where its wording is long."""
    whole = [_band(scale, number, described=True) for number in range(len(scale.bands))]
    short = [_band(scale, number, described=False) for number in range(len(scale.bands))]
    lines = whole if sum(len(line) for line in whole) <= _MOST_BESIDE else short
    if lines is short:
        lines = [*lines, "In full on the sheet “Scales”."]
    if scale.ranges:
        lines = [*lines, describe(ScoringScale(scale.name, (), scale.ranges))]
    return "\n".join(lines)


def _band(scale: ScoringScale, number: int, *, described: bool) -> str:
    band = scale.bands[number]
    is_told = band.descriptor.casefold().startswith(f"{band.label.casefold()}:")
    words = [band.label, band.descriptor] if described else [band.label]
    words = words[1:] if described and is_told else words
    wording = ": ".join(word for word in words if word.strip())
    value = value_word(scale, band.points)
    if not wording or wording == value:
        return value
    return wording if wording.startswith(f"{value}:") else f"{value}  {wording}"
