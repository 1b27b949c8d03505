"""The contract schedule: the winner's complete commitments, as terms with owner and evidence.

Pure: reads no file and no clock, and decides nothing. Ambitions stand apart and are named so.
"""

from collections.abc import Iterator
from fractions import Fraction

from tendereval.domain.award import is_approved
from tendereval.domain.publicvalue.commitments import Commitment, Delivery
from tendereval.domain.publicvalue.contract_schedule import (
    Schedule,
    ScheduleRow,
    SupplierPart,
    amount_text,
)
from tendereval.domain.publicvalue.delivery import DeliveryRow
from tendereval.domain.report_model import PublicValue, ReportModel
from tendereval.reports import outline, phrases
from tendereval.reports import wording as w
from tendereval.reports import wording_public_value as p
from tendereval.reports.award_foot import foot
from tendereval.reports.award_gather import Gathered, gather
from tendereval.reports.logos import logo_blocks
from tendereval.reports.outline import Block, Bullets, Column, Facts, Paragraph, Row, Run, Table
from tendereval.reports.public_value_commitments import (
    ambition_bullets,
    place_words,
    title_of,
    who_does_what,
)


def commitments_schedule(model: ReportModel) -> outline.Document:
    """Describe the contract schedule of every lot whose award decision stands.

    Args:
        model: without a decision that stands the document says so and holds no schedule.

    Returns:
        A document that is marked as a draft until the decision of every lot is approved. The
        same model gives the same document.
    """
    g = gather(model)
    title = p.SCHEDULE_HEAD.format(title=model.details.title.strip() or w.UNTITLED)
    return outline.Document(
        title=title,
        head=title,
        draft_mark=None if g.is_final else p.DRAFT,
        foot=foot(model),
        blocks=tuple(_blocks(g)),
        created=model.head.at,
    )


def schedule_table(part: SupplierPart, caption: str = "") -> Table:
    """Return a supplier's terms in one table: what, how many, by when, who answers, KPI."""
    columns = (
        Column(p.NUMBER_HEAD, width=0.5),
        Column(p.WHAT, width=2.9),
        Column(p.HOW_MANY, width=1.5),
        Column(p.BY_WHEN, width=1.7),
        Column(p.OWNER, width=1.4),
        Column(p.KPI, width=0.5),
    )
    rows = (
        Row(
            (
                str(row.number),
                who_does_what(row.commitment),
                row.amount,
                phrases.day(row.by_when) if row.by_when else w.NONE,
                row.owner.strip() or p.NO_OWNER,
                p.YES if row.is_kpi else w.NONE,
            )
        )
        for row in part.rows
    )
    return Table(columns, tuple(rows), caption=caption)


def _blocks(g: Gathered) -> Iterator[Block]:
    found = g.public_value
    yield from logo_blocks(g.model.logo, g.model.details.authority)
    yield outline.Heading(p.SCHEDULE_TITLE)
    yield Facts(tuple(_facts(g)))
    yield Paragraph(p.SCHEDULE_INTRO)
    schedules = found.schedules if found is not None else ()
    if found is None or not any(item.is_decided for item in schedules):
        yield Paragraph(p.AWARD_NO_TERMS)
        return
    for schedule in schedules:
        lot = g.model.method.lot(schedule.lot)
        if g.several_lots and lot is not None:
            yield Paragraph((Run(g.lot_name(lot), bold=True),))
        yield Paragraph((Run(schedule.sentence, bold=True),))
        for part in schedule.parts:
            yield from _supplier(g, found, schedule, part)
    yield Paragraph(p.KPIS, "label")
    yield Bullets(found.kpis)


def _facts(g: Gathered) -> Iterator[tuple[str, str]]:
    details = g.model.details
    yield p.TENDER, details.title or w.UNTITLED
    yield p.REFERENCE, details.reference.strip() or w.NOT_RECORDED
    yield p.AUTHORITY, details.authority.strip() or w.NOT_RECORDED
    start, end = details.contract_start, details.contract_end
    term = f"{phrases.day(start)} to {phrases.day(end)}" if start and end else w.NOT_RECORDED
    yield p.TERM, term
    for lot in g.model.method.lots:
        decision = g.decision(lot.ref)
        if decision is None:
            continue
        named = f", {w.IN_LOT.format(ref=lot.ref)}" if g.several_lots else ""
        is_final = is_approved(decision, g.model.approvals)
        yield (
            f"{p.DECIDED}{named}",
            p.DECIDED_TEXT.format(
                day=phrases.day(decision.recorded_at),
                revision=decision.revision,
                state=p.APPROVED if is_final else p.NOT_APPROVED,
            ),
        )


def _supplier(
    g: Gathered, found: PublicValue, schedule: Schedule, supplier: SupplierPart
) -> Iterator[Block]:
    yield outline.Heading(p.SCHEDULE_WITH.format(name=supplier.name), 2)
    if supplier.rows:
        yield schedule_table(supplier, p.OVERVIEW)
    for row in supplier.rows:
        yield outline.Heading(title_of(row.commitment), 3, str(row.number))
        yield Facts(tuple(_term(g, row)))
    yield from _delivery(found, schedule, supplier)
    yield outline.Heading(p.NOT_TERMS, 3)
    if supplier.ambitions:
        yield Paragraph(p.NOT_TERMS_TEXT)
        yield ambition_bullets(supplier.ambitions)
    else:
        yield Paragraph(p.NO_AMBITIONS)


def _term(g: Gathered, row: ScheduleRow) -> Iterator[tuple[str, str]]:
    item = row.commitment
    yield p.WHO, item.who
    yield p.HOW_MANY, row.amount
    yield p.BY_WHEN, phrases.day(row.by_when) if row.by_when else w.NONE
    yield p.EVIDENCE, item.evidence
    yield p.OWNER, row.owner.strip() or p.NO_OWNER
    yield p.IS_KPI, p.YES if row.is_kpi else p.NO
    yield p.BASELINE, item.baseline.strip() or p.NOT_SAID
    yield p.ANYWAY, item.anyway.strip() or p.NOT_SAID
    for goal in row.goals:
        yield p.GOAL_SERVED, p.GOAL_TEXT.format(mission=goal.mission, outcome=goal.outcome)
    if item.sdg_targets:
        yield p.SDG_TARGETS, ", ".join(item.sdg_targets)
    yield p.IN_THE_TENDER, _quoted(g, item)
    if row.flags:
        yield p.REMARK, " ".join(row.flags)


def _quoted(g: Gathered, item: Commitment) -> str:
    page = p.PAGE.format(page=item.quote.page.strip()) if item.quote.page.strip() else ""
    where = ", ".join(text for text in (place_words(g, item.place), page) if text)
    return f"{p.QUOTED.format(words=item.quote.words.strip())} ({where})"


def _delivery(found: PublicValue, schedule: Schedule, supplier: SupplierPart) -> Iterator[Block]:
    record = next((item for item in found.deliveries if item.lot == schedule.lot), None)
    if record is None:
        return
    own = {row.commitment.id for row in supplier.rows}
    rows = [row for row in record.rows if row.line.commitment.id in own]
    yield Paragraph(p.DELIVERY, "label")
    day = p.DELIVERY_ON.format(day=phrases.day(record.on))
    yield Paragraph(phrases.sentences(day, record.sentence))
    if not rows:
        return
    columns = (
        Column(p.NUMBER_HEAD, width=0.5),
        Column(p.PLANNED, width=1.7),
        Column(p.BY_WHEN, width=1.6),
        Column(p.DELIVERED, width=1.7),
        Column(p.STANDING_NOW, width=2),
    )
    yield Table(columns, tuple(map(_delivered, rows)))
    reports = [
        _report(row, one) for row in rows for one in sorted(row.reports, key=lambda item: item.on)
    ]
    if reports:
        yield Paragraph(p.REPORTED, "label")
        yield Bullets(tuple(reports))


def _delivered(row: DeliveryRow) -> Row:
    found, line = row.finding, row.line
    return Row(
        (
            str(line.number),
            line.amount,
            phrases.day(line.by_when) if line.by_when else w.NONE,
            _amount(found.delivered, line.commitment.unit),
            found.sentence,
        )
    )


def _amount(number: Fraction | None, unit: str) -> str:
    return p.NOTHING_REPORTED if number is None else amount_text(number, unit)


def _report(row: DeliveryRow, report: Delivery) -> str:
    unit = row.line.commitment.unit
    evidence = phrases.ended(report.evidence) or p.NO_EVIDENCE
    return p.REPORT.format(
        number=row.line.number,
        day=phrases.day(report.on),
        amount=amount_text(report.delivered, unit),
        told=phrases.sentences(evidence, phrases.ended(report.note)),
    )
