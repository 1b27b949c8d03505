"""Award reports for tests: the transport tender decided, and every text of a document."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from tendereval.domain.report_model import ReportModel
from tendereval.reports.outline import Document, Figure
from tendereval.reports.shapes import Words
from tests.report.outline_reading import all_text
from tests.report.report_models import AT, ONE, transport

DECIDED_AT = AT + timedelta(days=9)


def decided(model: ReportModel | None = None) -> ReportModel:
    """Let every decision be taken after the stage of award was entered, so that it stands."""
    found = transport() if model is None else model
    decisions = {
        lot: replace(decision, recorded_at=DECIDED_AT) for lot, decision in found.decisions.items()
    }
    return replace(found, decisions=decisions)


def differing(model: ReportModel) -> ReportModel:
    """Let one evaluator score below every agreed score that is above 1."""
    scores = tuple(
        replace(one, points=one.points - 1)
        if one.evaluator == ONE and one.points is not None and one.points > 1
        else one
        for one in model.scores
    )
    return replace(model, scores=scores)


def every_text(document: Document) -> str:
    """Give every text of a document, pictures and margins included."""
    margins = (document.title, document.head, document.foot, document.draft_mark or "")
    return "\n".join([*margins, all_text(document), *_pictures(document)])


def _pictures(document: Document) -> Iterator[str]:
    for block in (*document.cover, *document.blocks):
        if isinstance(block, Figure):
            yield block.alternative
            yield block.caption
            yield from (shape.text for shape in block.shapes if isinstance(shape, Words))
