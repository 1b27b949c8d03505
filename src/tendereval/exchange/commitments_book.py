"""Writes the contract schedule as a workbook: the commitments, and a sheet to track delivery.

It shows the record it is given. What is late follows from the day on the sheet, which people
change as the contract goes on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Final

from tendereval.domain.publicvalue.commitment_check import missing_parts
from tendereval.domain.publicvalue.commitments import Commitment, Delivery
from tendereval.domain.publicvalue.contract_schedule import Schedule, ScheduleRow, SupplierPart
from tendereval.domain.publicvalue.delivery import DeliveryRow
from tendereval.domain.report_model import ReportModel
from tendereval.exchange.book_about import ABOUT, approval_words, write_about
from tendereval.exchange.formula_book import (
    DAY,
    TITLE,
    VALUE,
    Column,
    Content,
    Formula,
    FormulaBook,
    Sheet,
    label,
)

COMMITMENTS, DELIVERY, AMBITIONS = "Commitments", "Delivery", "Ambitions"
LATE: Final = "late"
_COMMITMENTS: Final = (
    Column("Lot", 8),
    Column("Supplier", 26),
    Column("No.", 6, VALUE),
    Column("What", 40),
    Column("Who", 26),
    Column("How many", 12, VALUE),
    Column("Unit", 16),
    Column("By when", 18, DAY),
    Column("Evidence", 36),
    Column("Owner", 24),
    Column("KPI", 6),
    Column("Baseline", 30),
    Column("Without the contract", 30),
    Column("Goal", 36),
    Column("SDG targets", 12),
    Column("Answer", 10),
    Column("Words of the tender", 50),
    Column("To be seen", 36),
)
_DELIVERY: Final = (
    Column("Lot", 8),
    Column("Supplier", 26),
    Column("No.", 6, VALUE),
    Column("What", 34),
    Column("Owner", 24),
    Column("Planned", 12, VALUE),
    Column("Unit", 16),
    Column("By when", 18, DAY),
    Column("Delivered so far", 12, VALUE),
    Column("Reported up to", 18, DAY),
    Column("Evidence", 36),
    Column("Note", 30),
    Column("Still to deliver", 12, VALUE),
    Column("Late", 8),
)
_AMBITIONS: Final = (
    Column("Lot", 8),
    Column("Supplier", 26),
    Column("What", 40),
    Column("Who", 26),
    Column("Lacks", 30),
    Column("Answer", 10),
    Column("Words of the tender", 60),
)
_TERMS: Final = (
    "Complete promises of the winning tender, each with who, what, how many, by when and evidence: "
    "the terms of the contract."
)
_TRACK: Final = (
    "Fill in what was delivered so far, up to which day and what proves it. “Still to deliver” and "
    "“Late” follow by themselves, for the day below: change it to the day you look."
)
_NOT_TERMS: Final = (
    "NOT part of the contract. Each lacks at least one of the five parts, so that nobody could "
    "tell whether it was kept."
)


@dataclass(frozen=True, slots=True)
class _Term:
    """A line of the schedule with its lot and supplier."""

    schedule: Schedule
    part: SupplierPart
    row: ScheduleRow

    @property
    def keys(self) -> tuple[Content, ...]:
        """What tells a line from every other one."""
        return (self.schedule.lot, self.part.name, self.row.number)


def write_commitments_book(model: ReportModel, path: Path) -> str:
    """Write the contract schedule as a workbook.

    Args:
        model: the record as it stands; the same record gives the same bytes.
        path: where; written under a temporary name and renamed, so never half there.

    Returns:
        SHA-256 (hex) of the file's bytes.

    Raises:
        FileProblem: the folder does not take it.
    """
    name = f"Contract schedule: {model.details.reference or model.details.title}"
    book = FormulaBook((COMMITMENTS, DELIVERY, AMBITIONS, ABOUT), model.head.at, name)
    terms = tuple(_terms(model))
    _commitments(book[COMMITMENTS], model, terms)
    _delivery(book[DELIVERY], model, terms)
    _ambitions(book[AMBITIONS], model)
    write_about(book[ABOUT], model, "Contract schedule", _more(model))
    return book.save(path)


def _schedules(model: ReportModel) -> tuple[Schedule, ...]:
    return model.public_value.schedules if model.public_value is not None else ()


def _terms(model: ReportModel) -> Iterator[_Term]:
    for schedule in _schedules(model):
        for part in schedule.parts:
            for row in part.rows:
                yield _Term(schedule, part, row)


def _commitments(sheet: Sheet, model: ReportModel, terms: tuple[_Term, ...]) -> None:
    sheet.say("Commitments that are terms of the contract", TITLE)
    sheet.say(approval_words(model))
    sheet.say(_TERMS)
    for schedule in _schedules(model):
        sheet.say(label(schedule.sentence))
    sheet.head(_COMMITMENTS, keys=3, frozen=3)
    top = sheet.row
    for term in terms:
        item = term.row.commitment
        sheet.add(
            [
                *term.keys,
                _what(item),
                item.who,
                item.how_many,
                item.unit,
                item.by_when,
                item.evidence,
                term.row.owner or "nobody yet",
                "yes" if term.row.is_kpi else "no",
                item.baseline,
                item.anyway,
                "\n".join(f"{goal.mission}: {goal.outcome}" for goal in term.row.goals),
                ", ".join(item.sdg_targets),
                item.place.criterion,
                _words(item),
                "\n".join(term.row.flags),
            ]
        )
    sheet.filter(top, sheet.row)


def _what(item: Commitment) -> str:
    return item.what.strip() or item.quote.words


def _words(item: Commitment) -> str:
    page = item.quote.page.strip()
    return f"{item.quote.words}\n(page {page})" if page else item.quote.words


def _delivery(sheet: Sheet, model: ReportModel, terms: tuple[_Term, ...]) -> None:
    records = model.public_value.deliveries if model.public_value is not None else ()
    on = max((record.on for record in records), default=model.head.at.date())
    told = {(record.lot, row.line.commitment.id): row for record in records for row in record.rows}
    sheet.say("Delivery", TITLE)
    sheet.say(_TRACK)
    sheet.row += 1
    sheet.put(sheet.row, 1, "Day")
    sheet.put(sheet.row, 2, on, DAY)
    day = sheet.row
    sheet.head(_DELIVERY, keys=3, frozen=4)
    top = sheet.row
    for term in terms:
        row = told.get((term.schedule.lot, term.row.commitment.id))
        sheet.add(_delivery_row(term, row, sheet.row + 1, (day, on)))
    sheet.filter(top, sheet.row)


def _delivery_row(
    term: _Term, row: DeliveryRow | None, at: int, day: tuple[int, date]
) -> list[Content]:
    item = term.row.commitment
    planned = item.how_many or Fraction(0)
    newest = _newest(row)
    delivered = newest.delivered if newest is not None else None
    still = max(Fraction(0), planned - (delivered or 0))
    late = item.by_when is not None and day[1] > item.by_when and still > 0
    return [
        *term.keys,
        _what(item),
        term.row.owner or "nobody yet",
        planned,
        item.unit,
        item.by_when,
        delivered,
        newest.on if newest is not None else None,
        newest.evidence if newest is not None else None,
        newest.note if newest is not None else None,
        Formula(f"=MAX(0,F{at}-N(I{at}))", still),
        Formula(
            f'=IF(AND(ISNUMBER(H{at}),$B${day[0]}>H{at},M{at}>0),"{LATE}","")', LATE if late else ""
        ),
    ]


def _newest(row: DeliveryRow | None) -> Delivery | None:
    """Return the report that counts: the newest day's, of two for one day the later one."""
    reports = sorted(row.reports, key=lambda one: one.on) if row is not None else []
    return reports[-1] if reports else None


def _ambitions(sheet: Sheet, model: ReportModel) -> None:
    sheet.say("Ambitions: not part of the contract", TITLE)
    sheet.say(_NOT_TERMS)
    sheet.head(_AMBITIONS, keys=2, frozen=2)
    top = sheet.row
    for schedule in _schedules(model):
        for part in schedule.parts:
            for item in part.ambitions:
                sheet.add(
                    [
                        schedule.lot,
                        part.name,
                        _what(item),
                        item.who,
                        ", ".join(missing_parts(item)),
                        item.place.criterion,
                        _words(item),
                    ]
                )
    sheet.filter(top, sheet.row)


def _more(model: ReportModel) -> Iterator[tuple[str, Content]]:
    yield "Contract start", model.details.contract_start
    yield "Contract end", model.details.contract_end
    kpis = model.public_value.kpis if model.public_value is not None else ()
    yield from (("Key performance indicators", text) for text in kpis)
