"""The moderation record: from a report model to the outline of a document for the file.

Pure: reads no file and no clock, and decides nothing. Texts that people wrote are printed word
for word; no figure is worked out from several people's.
"""

from collections.abc import Iterator
from typing import Final

from tendereval.domain.bidding import Place
from tendereval.domain.evaluation import PanelMember
from tendereval.domain.moderation import Confirmation
from tendereval.domain.report_model import ReportModel
from tendereval.domain.tender import AwardCriterion
from tendereval.reports import phrases
from tendereval.reports import wording as common
from tendereval.reports import wording_moderation as w
from tendereval.reports import wording_results as r
from tendereval.reports.award_foot import foot
from tendereval.reports.award_gather import Gathered, Judgements, gather
from tendereval.reports.logos import logo_blocks
from tendereval.reports.moderation_blocks import differs, response_blocks
from tendereval.reports.outline import (
    Block,
    Bullets,
    Column,
    CoverLead,
    CoverRule,
    CoverTitle,
    Document,
    Facts,
    Heading,
    Paragraph,
    Row,
    Table,
)

_LISTED: Final = 60
"""With more responses than this the contents list questions only."""


def moderation_record(model: ReportModel) -> Document:
    """Describe what evaluators scored, what the panel agreed and what changed after.

    Args:
        model: everything the record may say; before stage ``moderation`` it holds no score.

    Returns:
        The same model gives the same document.

    Source: Procurement Act 2023, s.98; Energysolutions v NDA [2016] EWHC 1988 (TCC) and
        Lancashire Care v Lancashire CC [2018] EWHC 1589 (TCC) on what the record has to show.
    """
    g = gather(model)
    title = model.details.title.strip() or common.UNTITLED
    return Document(
        title=w.HEAD.format(title=title),
        head=w.HEAD.format(title=title),
        draft_mark=None if g.is_final else common.DRAFT,
        foot=foot(model),
        cover=tuple(_cover(g)),
        blocks=tuple(_blocks(g)),
        contents=True,
        contents_depth=1 if len(g.judgements) > _LISTED else 2,
        created=model.head.at,
    )


def _cover(g: Gathered) -> Iterator[Block]:
    details = g.model.details
    yield from logo_blocks(g.model.logo, details.authority)
    yield CoverLead(details.authority, muted=True)
    yield CoverTitle(w.TITLE)
    yield CoverLead(details.title.strip() or common.UNTITLED)
    yield CoverRule()
    yield Paragraph(w.LEAD, "lead")
    yield Facts(tuple(_facts(g)))
    yield _panel(g)
    yield Paragraph(w.INTERNAL, "note")


def _facts(g: Gathered) -> Iterator[tuple[str, str]]:
    yield w.STAGE, common.STAGES[g.model.stage]
    if not g.may_judge:
        return
    every = [found for found in g.judgements.values() if not found.is_empty]
    agreed = [found.agreed for found in every if found.agreed is not None]
    yield w.AGREED, w.AGREED_OF.format(agreed=len(agreed), count=_responses(len(every)))
    yield w.DAYS, phrases.days(g.moderated_on) if g.moderated_on else w.NOT_YET
    apart = sum(differs(found) for found in every)
    yield w.DISAGREED, w.DISAGREED_IN.format(count=_responses(apart)) if apart else w.NONE
    dissents = sum(not item.agrees for item in _standing_words(every))
    yield w.DISSENTS, str(dissents) if dissents else w.NONE
    changed = sum(bool(found.replaced or found.sent_back) for found in every)
    yield w.CHANGED, w.CHANGED_IN.format(responses=_responses(changed)) if changed else w.NONE
    opened = sum(bool(found.reopenings) for found in every)
    yield w.REOPENED, w.REOPENED_IN.format(responses=_responses(opened)) if opened else w.NONE


def _responses(count: int) -> str:
    return phrases.counted(count, "response")


def _standing_words(every: list[Judgements]) -> Iterator[Confirmation]:
    for found in every:
        if found.agreed is not None:
            yield from (one for one in found.confirmations if one.revision == found.agreed.revision)


def _panel(g: Gathered) -> Block:
    if not g.model.panel:
        return Paragraph(w.NO_PANEL)
    rows = tuple(
        Row((g.person(one.person), r.LEFT.format(role=_role(one)) if one.left else _role(one)))
        for one in g.model.panel
    )
    return Table((Column(w.PERSON), Column(w.ROLE)), rows, caption=w.PANEL)


def _role(member: PanelMember) -> str:
    return common.ROLES[member.role]


def _blocks(g: Gathered) -> Iterator[Block]:
    yield Heading(w.ABOUT, 1, key="about")
    yield Bullets(w.ABOUT_ITEMS)
    if not g.may_judge:
        yield Paragraph(r.REASONS_HIDDEN)
        return
    judged = [row for row in g.model.method.criteria if row.kind.is_judged]
    if not judged:
        yield Paragraph(r.NO_QUESTIONS)
    for index, row in enumerate(judged):
        yield Heading(row.title or row.ref, 1, row.ref, f"question-{index}", question=True)
        yield from _question(g, index, row)


def _question(g: Gathered, index: int, row: AwardCriterion) -> Iterator[Block]:
    lot = g.model.method.lot(row.lot) if row.lot is not None and g.several_lots else None
    only = r.ONLY_IN.format(lot=g.lot_name(lot)) if lot is not None else ""
    asked = phrases.sentences(row.question.strip(), only)
    if asked:
        yield Paragraph(asked, "muted")
    waiting = []
    for bidder in g.model.bidders:
        found = g.judged_at(Place(bidder.id, row.ref, row.lot))
        bids = g.bids_of(bidder.id, row)
        if not found.is_empty:
            yield Heading(bidder.name, 2, key=f"response-{index}-{bidder.id}")
            yield from response_blocks(g, bidder, row, found)
        elif any(bid.is_assessed for bid in bids):
            waiting.append(bidder.name)
    if waiting:
        yield Paragraph(r.NOTHING_YET.format(names=phrases.names(waiting)))
