"""The public value report: each tool's finding in a sentence, its working, its sources.

Pure: reads no file and no clock, and decides nothing. It states what is in the record.
"""

from collections.abc import Iterator

from tendereval.domain.publicvalue.share_finding import percent
from tendereval.domain.publicvalue.wage_use import use_in_words
from tendereval.domain.report_model import PublicValue, ReportModel
from tendereval.reports import outline, phrases
from tendereval.reports import wording as w
from tendereval.reports import wording_public_value as p
from tendereval.reports.award_foot import foot
from tendereval.reports.award_gather import Gathered, Part, gather
from tendereval.reports.logos import logo_blocks
from tendereval.reports.outline import Block, Bullets, Facts, Paragraph, Run
from tendereval.reports.public_value_certificates import certificates_section
from tendereval.reports.public_value_commitments import commitments_section
from tendereval.reports.public_value_glance import glance_blocks
from tendereval.reports.public_value_share import share_section, target_words
from tendereval.reports.public_value_sources import sources_section
from tendereval.reports.public_value_wage import wage_section

_OWN_PAGE = frozenset({1, 3, 4, 5})
"""Sections that begin a page."""


def public_value_report(model: ReportModel) -> outline.Document:
    """Describe what was found and promised about public value, as the record stands.

    Args:
        model: everything the report may say; what the stage does not show yet is left out.

    Returns:
        A document that is marked as a draft until the decision of every lot is approved. The
        same model gives the same document.
    """
    g = gather(model)
    title = p.HEAD.format(title=model.details.title.strip() or w.UNTITLED)
    return outline.Document(
        title=title,
        head=title,
        draft_mark=None if g.is_final else p.DRAFT,
        foot=foot(model),
        cover=tuple(_cover(g)),
        blocks=tuple(_blocks(g)),
        contents=True,
        contents_depth=2,
        created=model.head.at,
    )


def _cover(g: Gathered) -> Iterator[Block]:
    details, found = g.model.details, g.public_value
    yield from logo_blocks(g.model.logo, details.authority)
    yield outline.CoverLead(details.authority, muted=True)
    yield outline.CoverTitle(p.TITLE)
    yield outline.CoverLead(details.title or w.UNTITLED)
    if details.contract_start and details.contract_end:
        term = f"{phrases.day(details.contract_start)} to {phrases.day(details.contract_end)}"
        yield outline.CoverLead(term, muted=True)
    yield outline.CoverRule()
    yield Paragraph(p.PURPOSE, "label")
    yield Paragraph(p.PURPOSE_TEXT, "lead")
    yield Paragraph((Run(p.NO_MARKS, bold=True),))
    if found is not None:
        yield Facts(tuple(_facts(g, found)))


def _facts(g: Gathered, found: PublicValue) -> Iterator[tuple[str, str]]:
    yield p.FACT_WAGE, phrases.capital(found.wage.use)
    day = found.checked_on
    yield p.FACT_DAY, w.NOT_RECORDED if day is None else phrases.day(day)
    yield p.FACT_TARGET, percent(found.target.share)
    yield p.FACT_GOALS, str(len(found.goals)) if found.goals else p.NO_GOALS_SHORT
    yield p.FACT_BIDDERS, str(len(g.looked_at(found)))
    yield p.FACT_STAGE, w.STAGES[g.model.stage]


def _blocks(g: Gathered) -> Iterator[Block]:
    found = g.public_value
    if found is None:
        yield outline.Heading(p.GLANCE, 1, "1")
        yield Paragraph(p.NOTHING_HELD)
        return
    titles = (p.GLANCE, p.WAGE, p.CERTIFICATES, p.COMMITMENTS, p.SHARE, p.SOURCES)
    for index, title in enumerate(titles, 1):
        part = Part(str(index))
        if index in _OWN_PAGE:
            yield outline.PageBreak()
        yield part.heading(title, f"section-{index}")
        yield from _section(g, index, part, found)


def _section(g: Gathered, index: int, part: Part, found: PublicValue) -> Iterator[Block]:
    made = {
        1: lambda: _glance(g, found),
        2: lambda: wage_section(g, part, found),
        3: lambda: certificates_section(g, part, found),
        4: lambda: commitments_section(g, part, found),
        5: lambda: share_section(g, part, found),
        6: lambda: sources_section(g, found),
    }
    return made[index]()


def _glance(g: Gathered, found: PublicValue) -> Iterator[Block]:
    yield Paragraph(p.NO_MARKS)
    yield from glance_blocks(g, found)
    yield Paragraph(p.HOW_IT_COUNTS, "label")
    yield Bullets((use_in_words(found.wage), *found.social_value, target_words(found)))
