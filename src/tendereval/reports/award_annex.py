"""Annex A of the award report: every question as it was published, word for word."""

from collections.abc import Iterator

from tendereval.domain.tender import AwardCriterion, CriterionKind
from tendereval.reports import wording as w
from tendereval.reports.award_gather import Gathered, Part
from tendereval.reports.outline import Block, Bullets, Heading, Paragraph, Run


def annex(g: Gathered, part: Part) -> Iterator[Block]:
    """Yield the annex, the questions as headings of the third level."""
    asked = [row for row in g.model.method.criteria if row.kind is not CriterionKind.SECTION]
    yield part.heading(w.ANNEX, "annex")
    if not asked:
        yield Paragraph(w.NO_QUESTIONS)
        return
    yield Paragraph(w.ANNEX_INTRO)
    for row in asked:
        yield Heading(row.title or row.ref, 3, row.ref)
        yield from _published(g, row)


def _published(g: Gathered, row: AwardCriterion) -> Iterator[Block]:
    lot = g.model.method.lot(row.lot) if row.lot is not None else None
    if lot is not None and g.several_lots:
        yield Paragraph(w.ANNEX_LOT.format(lot=g.lot_name(lot)))
    if row.question.strip():
        yield Paragraph(row.question.strip())
    if row.guidance.strip():
        yield Paragraph(w.PUBLISHED_GUIDANCE, "label")
        yield Paragraph(row.guidance.strip())
    if row.sub_criteria:
        yield sub_criteria(row)
    yield from _small_print(row)
    if not (row.question.strip() or row.guidance.strip() or row.sub_criteria):
        yield Paragraph(w.NO_WORDING)


def _small_print(row: AwardCriterion) -> Iterator[Block]:
    small = []
    if row.word_limit is not None:
        small.append(w.WORD_LIMIT.format(words=f"{row.word_limit:,}"))
    if row.goals:
        small.append(w.GOALS.format(goals=", ".join(row.goals)))
    if row.model_criterion:
        small.append(w.MODEL_CRITERION.format(code=row.model_criterion))
    if small:
        yield Paragraph(" ".join(small), "note")


def sub_criteria(row: AwardCriterion) -> Bullets:
    """Return the published sub-criteria of a question as a list."""
    items = ((Run(sub.ref, bold=True), Run(f" {sub.text}")) for sub in row.sub_criteria)
    return Bullets(tuple(items))
