"""The award report: from an immutable report model to the outline of a document.

Pure: reads no file and no clock, and decides nothing. It states what is in the record.
"""

from collections.abc import Iterator

from tendereval.domain.report_model import ReportModel
from tendereval.reports import outline
from tendereval.reports import wording as w
from tendereval.reports.award_annex import annex
from tendereval.reports.award_background import background_section
from tendereval.reports.award_cover import cover
from tendereval.reports.award_decision import decision_section
from tendereval.reports.award_foot import foot
from tendereval.reports.award_gather import Gathered, Part, gather
from tendereval.reports.award_method import method_section
from tendereval.reports.award_panel import panel_section
from tendereval.reports.award_public_value import award_public_value
from tendereval.reports.award_reasons import reasons_section
from tendereval.reports.award_record import approvals_section, record_section
from tendereval.reports.award_results import results_section
from tendereval.reports.award_tenders import (
    clarifications_section,
    conditions_section,
    tenders_section,
)
from tendereval.reports.wording_public_value import TITLE as AWARD_TITLE

_RECORD = 11
_PUBLIC_VALUE = 12
"""Stands after the reasons, where there is something to say about it."""

_AFTER_REASONS = 9
_OWN_PAGE = frozenset({1, 2, 3, 8, 9, 10, _PUBLIC_VALUE})
"""Sections that begin a page."""


def award_report(model: ReportModel) -> outline.Document:
    """Describe the award report of a tender as it stands.

    Args:
        model: everything the report may say; what the stage does not show yet is left out.

    Returns:
        A document that is marked as a draft until the decision of every lot is approved. The
        same model gives the same document.

    Source: Procurement Act 2023, ss.19, 23, 50 and 81 to 83; Energysolutions v NDA [2016] EWHC
        1988 (TCC) and Lancashire Care v Lancashire CC [2018] EWHC 1589 (TCC) on what the record
        of reasons has to show.
    """
    g = gather(model)
    details = model.details
    title = details.title.strip() or w.UNTITLED
    return outline.Document(
        title=w.HEAD.format(title=title),
        head=w.HEAD.format(title=title),
        draft_mark=None if g.is_final else w.DRAFT,
        foot=foot(model),
        cover=cover(g),
        blocks=tuple(_blocks(g)),
        contents=True,
        contents_depth=2,
        created=model.head.at,
    )


def _blocks(g: Gathered) -> Iterator[outline.Block]:
    order = list(range(1, _RECORD + 1))
    if g.public_value is not None:
        order.insert(_AFTER_REASONS, _PUBLIC_VALUE)
    titles = dict(enumerate(w.CONTENTS_OF_REPORT, 1)) | {_PUBLIC_VALUE: AWARD_TITLE}
    for number, section in enumerate(order, 1):
        part = Part(str(number))
        if section in _OWN_PAGE:
            yield outline.PageBreak()
        yield part.heading(titles[section], f"section-{number}")
        yield from _section(g, section, part)
    yield outline.PageBreak()
    yield from annex(g, Part("A"))


def _section(g: Gathered, section: int, part: Part) -> Iterator[outline.Block]:
    made = {
        1: lambda: decision_section(g, part),
        2: lambda: background_section(g, part),
        3: lambda: method_section(g, part),
        4: lambda: panel_section(g, part),
        5: lambda: tenders_section(g, part),
        6: lambda: conditions_section(g),
        7: lambda: clarifications_section(g, part),
        8: lambda: results_section(g, part),
        9: lambda: reasons_section(g),
        10: lambda: approvals_section(g),
        _RECORD: lambda: record_section(g, part),
        _PUBLIC_VALUE: lambda: award_public_value(g, part),
    }
    return made[section]()
