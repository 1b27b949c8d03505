"""Items 4 and 5 of an assessment summary: the award criteria and the assessment methodology."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from tendereval.domain.exact import decimal_text
from tendereval.domain.ids import CriterionId
from tendereval.domain.summaries import AssessmentSummary, CriterionFacts, SectionFacts
from tendereval.reports import phrases
from tendereval.reports import wording as common
from tendereval.reports import wording_summary as w
from tendereval.reports.outline import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Link,
    Paragraph,
    Row,
    Run,
    Table,
)
from tendereval.reports.wording_cy import Tongue

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_Bands = tuple[tuple[str, str, str], ...]


def criteria_blocks(summary: AssessmentSummary, tongue: Tongue) -> Iterator[Block]:
    """Yield how tenders were assessed: criteria, importance, scores, methodology."""
    if not summary.criteria:
        yield Paragraph(w.NO_CRITERIA)
        return
    yield Paragraph(w.CRITERIA_INTRO)
    scales = _scales(summary.criteria)
    yield _table(summary, scales)
    if summary.in_full:
        yield Link(w.IN_FULL, "annex")
    elif summary.where.strip():
        yield Paragraph(w.WHERE.format(where=summary.where.strip()))
    else:
        yield Paragraph(w.NO_WHERE)
    if summary.methodology:
        yield Heading(tongue.heading(w.METHODOLOGY), 3)
        yield Bullets(summary.methodology)
    if scales:
        yield Heading(tongue.heading(w.SCALES), 3)
        yield from (_scale(bands, letter) for bands, letter in scales.items())


def _scales(criteria: Sequence[CriterionFacts]) -> dict[_Bands, str]:
    """Return each set of scores once, with the letter it is called by."""
    found: dict[_Bands, str] = {}
    for row in criteria:
        if row.bands and row.bands not in found:
            found[row.bands] = _letter(len(found))
    return found


def _letter(index: int) -> str:
    rounds, place = divmod(index, len(_LETTERS))
    return (_letter(rounds - 1) if rounds else "") + _LETTERS[place]


def _table(summary: AssessmentSummary, scales: dict[_Bands, str]) -> Table:
    known = [row.importance for row in summary.criteria if row.importance is not None]
    columns = (
        Column(w.CRITERION, width=0.75, muted=True),
        Column("", width=2.4),
        Column(w.AVAILABLE, "right", width=1.2),
        Column(w.HOW, width=3.2),
    )
    rows: list[Row] = []
    for row in summary.criteria:
        rows += [
            Row((one.criterion, one.title, decimal_text(one.importance), ""), "section")
            for one in sections_at(summary, row.criterion)
        ]
        rows.append(_row(row, scales))
    if known:
        rows.append(Row((Cell(w.TOTAL, 2), decimal_text(sum(known, Fraction(0))), ""), "total"))
    return Table(columns, tuple(rows))


def sections_at(summary: AssessmentSummary, criterion: CriterionId) -> Iterator[SectionFacts]:
    """Yield the sections that begin with a criterion, the outermost first."""
    return (one for one in summary.sections if one.under[:1] == (criterion,))


def _row(row: CriterionFacts, scales: dict[_Bands, str]) -> Row:
    importance = w.NO_VALUE if row.importance is None else decimal_text(row.importance)
    scale = w.IN_SCALE.format(letter=scales[row.bands]) if row.bands else ""
    how = phrases.sentences(phrases.ended(row.how), scale)
    return Row((row.criterion, row.title, importance, how))


def _scale(bands: _Bands, letter: str) -> Table:
    """Return one set of scores; a column in which nothing stands is left out."""
    kept = [at for at in range(3) if not at or any(band[at].strip() for band in bands)]
    columns = (
        Column(w.SCORE, width=0.8),
        Column(w.LABEL, width=1.4),
        Column(w.MEANING, width=4),
    )
    rows = tuple(Row(tuple(band[at] for at in kept)) for band in bands)
    shown = tuple(columns[at] for at in kept)
    return Table(shown, rows, caption=w.SCALE.format(letter=letter))


def annex_blocks(summary: AssessmentSummary) -> Iterator[Block]:
    """Yield every section and criterion as it was published, word for word."""
    yield Paragraph(w.ANNEX_INTRO)
    for row in summary.criteria:
        for section in sections_at(summary, row.criterion):
            yield Heading(section.title, 3, section.criterion)
            yield Paragraph(section.text.strip() or w.SECTION_OF.format(refs=_refs(section)))
        yield Heading(row.title or row.criterion, 3, row.criterion)
        yield from _published(row)


def _refs(section: SectionFacts) -> str:
    return phrases.names(section.under)


def _published(row: CriterionFacts) -> Iterator[Block]:
    if row.question.strip():
        yield Paragraph(row.question.strip())
    if row.guidance.strip():
        yield Paragraph(w.GUIDANCE, "label")
        yield Paragraph(row.guidance.strip())
    if row.sub:
        yield Bullets(tuple((Run(ref, bold=True), Run(f" {text}")) for ref, text in row.sub))
    if not (row.question.strip() or row.guidance.strip() or row.sub):
        yield Paragraph(common.NO_WORDING)
