"""The award report: from an immutable report model to the outline of a document.

Pure: reads no file and no clock, and decides nothing. It states what is in the record.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from tendereval.domain.report_model import ReportModel
from tendereval.reports import outline
from tendereval.reports import wording as w
from tendereval.reports import wording_publication as p
from tendereval.reports.award_after import after_section, lots_section, risks_section
from tendereval.reports.award_annex import annex
from tendereval.reports.award_background import background_section
from tendereval.reports.award_cover import cover
from tendereval.reports.award_decision import decision_section
from tendereval.reports.award_foot import foot
from tendereval.reports.award_gather import Gathered, Part, gather, moderated_on
from tendereval.reports.award_method import method_section
from tendereval.reports.award_moderation import moderation_section
from tendereval.reports.award_panel import panel_section
from tendereval.reports.award_public_value import award_public_value
from tendereval.reports.award_publication import left_out, lettering, published
from tendereval.reports.award_reasons import reasons_section
from tendereval.reports.award_record import approvals_section, record_section
from tendereval.reports.award_results import results_section
from tendereval.reports.award_scrub import scrubber
from tendereval.reports.award_tenders import (
    clarifications_section,
    conditions_section,
    tenders_section,
)
from tendereval.reports.wording_public_value import TITLE as VALUE

_TERMS: Final = "11"
"""Number of the section on public value, where there is one."""


@dataclass(frozen=True, slots=True)
class _Section:
    """One section of the first level.

    Attributes:
        key: links lead to ``section-`` and this.
        own_page: it begins a page.
    """

    key: str
    title: str
    blocks: Callable[[Part], Iterator[outline.Block]]
    own_page: bool = False


def award_report(model: ReportModel) -> outline.Document:
    """Describe the award report of a tender as it stands, for the file.

    Args:
        model: everything the report may say; what the stage does not show yet is left out.

    Returns:
        A document that is marked as a draft until the decision of every lot is approved. The
        same model gives the same document.

    Source: Procurement Act 2023, ss.19, 23, 50 and 81 to 83; Energysolutions v NDA [2016] EWHC
        1988 (TCC) and Lancashire Care v Lancashire CC [2018] EWHC 1589 (TCC) on what the record
        of reasons has to show.
    """
    return _document(gather(model))


def published_award_report(model: ReportModel) -> outline.Document:
    """Describe the version for publication, each omission marked in its place.

    Args:
        model: everything the report for the file may say.

    Source: Procurement Act 2023, ss.94 and 99; the rule stands in ``award_publication``.
    """
    shown = lettering(model)
    g = replace(gather(published(model), shown), moderated_on=moderated_on(model))
    document = _document(g)
    return scrubber(model, shown).document(document)


def _document(g: Gathered) -> outline.Document:
    model = g.model
    form = p.HEAD_OF_REPORT if g.is_published else w.HEAD
    title = form.format(title=model.details.title.strip() or w.UNTITLED)
    return outline.Document(
        title=title,
        head=title,
        draft_mark=None if g.is_final else w.DRAFT,
        foot=foot(model),
        cover=cover(g),
        blocks=tuple(_blocks(g)),
        contents=True,
        contents_depth=2,
        created=model.head.at,
    )


def _blocks(g: Gathered) -> Iterator[outline.Block]:
    for number, section in enumerate(_sections(g), 1):
        part = Part(str(number))
        if section.own_page:
            yield outline.PageBreak()
        yield part.heading(section.title, f"section-{section.key}")
        yield from section.blocks(part)
    yield outline.PageBreak()
    yield from annex(g, Part("A"))


def _sections(g: Gathered) -> list[_Section]:
    """Return the sections in order; public value stands after the reasons, where there is any."""
    titles = w.SECTIONS
    terms = _TERMS if g.public_value is not None else ""
    found = [
        _Section("decision", titles[0], partial(decision_section, g), own_page=True),
        _Section("background", titles[1], partial(background_section, g)),
        _Section("method", titles[2], partial(method_section, g)),
        _Section("panel", titles[3], partial(panel_section, g)),
        _Section("tenders", titles[4], partial(tenders_section, g)),
        _Section("conditions", titles[5], lambda _: conditions_section(g)),
        _Section("clarifications", titles[6], partial(clarifications_section, g)),
        _Section("moderation", titles[7], partial(moderation_section, g)),
        _Section("results", titles[8], partial(results_section, g), own_page=True),
        _Section("reasons", titles[9], lambda _: reasons_section(g), own_page=True),
        _Section("outcome", titles[10], lambda _: lots_section(g)),
        _Section("risks", titles[11], lambda _: risks_section(g, terms)),
        _Section("after", titles[12], partial(after_section, g)),
        _Section("approvals", titles[13], partial(approvals_section, g)),
        _Section("record", titles[14], partial(record_section, g)),
    ]
    if g.public_value is not None:
        value = partial(_public_value, g)
        found.insert(int(_TERMS) - 1, _Section("public-value", VALUE, value, own_page=True))
    return found


def _public_value(g: Gathered, part: Part) -> Iterator[outline.Block]:
    """Yield public value; in the version for publication that of successful tenders only."""
    if g.shown is not None:
        bids = tuple(bid for bid in g.model.bids if bid.bidder in g.shown.named)
        yield from award_public_value(replace(g, model=replace(g.model, bids=bids)), part)
        if g.has_unnamed:
            yield left_out(p.PUBLIC_VALUE)
        return
    yield from award_public_value(g, part)
