"""The sheet ``About`` of a workbook made from the record, and the state of the award on it."""

from collections.abc import Iterable
from typing import Final

from tendereval.domain.award import is_approved
from tendereval.domain.report_model import ReportModel
from tendereval.exchange.formula_book import TITLE, VALUE, Column, Content, Sheet

ABOUT: Final = "About"
_COLUMNS: Final = (Column("Item", 30), Column("Value", 100, VALUE))


def approval_words(model: ReportModel) -> str:
    """Return the state of the award in a few words."""
    open_lots = [
        lot.ref
        for lot in model.method.lots
        if not is_approved(model.decisions.get(lot.ref), model.approvals)
    ]
    if not open_lots:
        return "Approved."
    several = len(model.method.lots) > 1
    return "DRAFT, not yet approved" + (f": lot {', '.join(open_lots)}." if several else ".")


def write_about(
    sheet: Sheet, model: ReportModel, title: str, more: Iterable[tuple[str, Content]]
) -> None:
    """Say which tender and which record a workbook is of.

    Args:
        sheet: empty.
        model: the record as it stands.
        title: of the workbook, for people.
        more: further items, name and value, after those that every workbook has.
    """
    details, head = model.details, model.head
    version = model.versions[-1] if model.versions else None
    sheet.say(title, TITLE)
    sheet.say(approval_words(model))
    sheet.head(_COLUMNS)
    rows: list[tuple[str, Content]] = [
        ("Reference", details.reference),
        ("Title", details.title),
        ("Contracting authority", details.authority),
        ("Stage", model.stage),
        ("Approval", approval_words(model)),
        ("Method version", version.number if version else "not published"),
        ("Method fingerprint (SHA-256)", version.fingerprint if version else "not published"),
        ("Record entries", head.entries),
        ("Record head (SHA-256)", head.hash),
        ("Record as it stood at", head.at),
        ("File", head.tender_id),
        *more,
    ]
    for name, value in rows:
        sheet.add([name, value])
