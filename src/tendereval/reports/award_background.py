"""Section 2 of the award report, background and timetable; judges nothing."""

from collections.abc import Iterator

from tendereval.domain.stages import Stage
from tendereval.domain.tender import TenderDetails
from tendereval.reports import phrases
from tendereval.reports import wording as w
from tendereval.reports import wording_after as a
from tendereval.reports import wording_publication as p
from tendereval.reports.award_after import timetable
from tendereval.reports.award_decision import value_words
from tendereval.reports.award_gather import Gathered, Part
from tendereval.reports.award_publication import left_out
from tendereval.reports.outline import Block, Bullets, Column, Facts, Paragraph, Row, Table


def background_section(g: Gathered, part: Part) -> Iterator[Block]:
    """Yield section 2: what is bought, by whom, under which rules and when."""
    yield Facts(tuple(_facts(g.model.details)))
    if g.several_lots:
        yield _lots(g)
    yield part.below(1).heading(a.DATES)
    yield from timetable(g)
    yield part.below(2).heading(w.TIMETABLE)
    yield from _stages(g)


def _facts(details: TenderDetails) -> Iterator[tuple[str, str]]:
    value = details.estimated_value
    start, end = details.contract_start, details.contract_end
    term = f"{phrases.day(start)} to {phrases.day(end)}" if start and end else ""
    vat = {None: "", True: w.PRICES_WITH, False: w.PRICES_WITHOUT}[details.prices_include_vat]
    told = (
        (w.AUTHORITY, details.authority),
        (w.BUYER, details.buyer_type),
        (w.REFERENCE, details.reference),
        (w.SUBJECT, details.title),
        (w.REGIME, w.REGIMES[details.regime] if details.regime else ""),
        (w.CONTRACT, details.contract_kind),
        (w.PROCEDURE, details.procedure),
        (w.TERM, term),
    )
    for label, text in told:
        yield label, text or w.NOT_RECORDED
    included = details.estimated_value_includes_vat
    shown = value_words(value, details.currency, with_vat=included) if value is not None else ""
    yield w.VALUE, shown or w.NOT_RECORDED
    yield w.PRICES_ARE, vat or w.NOT_RECORDED
    if details.social_value_model:
        yield w.SOCIAL_MODEL, w.MODELS.get(details.social_value_model, details.social_value_model)
    if details.refinement_provided_for:
        yield w.REFINEMENT, w.REFINEMENT_TEXT


def _lots(g: Gathered) -> Table:
    currency = g.model.details.currency
    rows = tuple(
        Row(
            (
                lot.ref,
                lot.title,
                value_words(lot.estimated_value, currency, with_vat=None)
                if lot.estimated_value is not None
                else w.NONE,
            )
        )
        for lot in g.model.method.lots
    )
    columns = (
        Column(w.LOT_HEAD, width=0.7),
        Column(w.TITLE_HEAD, width=4),
        Column(w.VALUE, "right", width=1.8),
    )
    return Table(columns, rows, caption=w.LOTS)


def _stages(g: Gathered) -> Iterator[Block]:
    """Yield every stage entered; a stage below the one before it was gone back to."""
    if not g.model.stages:
        yield Paragraph(w.NO_STAGES)
        return
    rows: list[Row] = []
    reasons: list[str] = []
    before: Stage | None = None
    went_back = False
    for stage, reason, at in g.model.stages:
        name = w.STAGES[stage]
        if before is not None and stage.position < before.position:
            name = w.WENT_BACK.format(stage=name)
            went_back = True
        rows.append(Row((name, phrases.moment(at))))
        if reason.strip():
            reasons.append(
                w.STAGE_REASON.format(stage=name, moment=phrases.moment(at), reason=reason)
            )
        before = stage
    if not went_back:
        yield Paragraph(w.NOTHING_BACK)
    columns = (Column(w.STAGE_HEAD, width=2), Column(w.ENTERED, "right", width=1.4))
    yield Table(columns, tuple(rows))
    if reasons and g.is_published:
        yield left_out(p.STAGE_REASONS)
    elif reasons:
        yield Paragraph(w.STAGE_REASONS, "label")
        yield Bullets(tuple(reasons))
