"""Reads one workbook into frozen rows, or says everything that is wrong with it at once.

Changes nothing anywhere, and opens none of the documents that the workbook names.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from tendereval.domain.publicvalue.certificates import Scheme
from tendereval.domain.tender import TenderDetails
from tendereval.exchange.content import Known, WorkbookContent
from tendereval.exchange.directory import Directory, new_directory
from tendereval.exchange.layout import CRITERIA, LOTS, SCALES, SUB_CRITERIA, TENDER
from tendereval.exchange.public_value_data import schemes
from tendereval.exchange.read_bids import (
    read_bidders,
    read_panel,
    read_responses,
    read_statuses,
)
from tendereval.exchange.read_criteria import read_criteria, read_scales
from tendereval.exchange.read_partners import read_partners
from tendereval.exchange.read_prices import read_prices
from tendereval.exchange.read_public_value import read_certificates, read_pay
from tendereval.exchange.read_scores import (
    read_agreed,
    read_declarations,
    read_explanations,
    read_scores,
)
from tendereval.exchange.read_tender import (
    Items,
    check_reference,
    check_tie_break,
    read_details,
    read_items,
    read_lots,
    read_rules,
)
from tendereval.exchange.sheets import Sheets, read_sheets


def read_workbook(path: Path, known: Known | None = None) -> WorkbookContent:
    """Read a workbook.

    Args:
        path: the ``.xlsx`` file; documents it names lie in its folder.
        known: the tender that it is added to; None for a new one, which needs a ``Tender``
            sheet with at least its reference.

    Returns:
        The rows in the workbook's order, names in their canonical spelling.

    Raises:
        UnreadableWorkbook: the file cannot be read as a workbook at all.
        WorkbookProblems: every problem at once, by sheet, row and column.
    """
    sheets = read_sheets(path)
    directory = new_directory(sheets, known)
    items = read_items(sheets)
    if known is None:
        check_reference(items, sheets)
    details = read_details(items, known.details if known else TenderDetails())
    _read_method(sheets, items, directory)
    bidders = read_bidders(sheets, directory)
    content = WorkbookContent(
        details=details if sheets[TENDER].is_there else None,
        bidders=bidders,
        statuses=read_statuses(sheets, directory),
        panel=read_panel(sheets, directory),
        responses=read_responses(sheets, directory, path.parent),
        prices=read_prices(sheets, directory, details.currency),
        scores=read_scores(sheets, directory),
        agreed=read_agreed(sheets, directory),
        explanations=read_explanations(sheets, directory),
        declarations=read_declarations(sheets, directory),
        pay=read_pay(sheets, directory),
        certificates=read_certificates(sheets, directory, _schemes(known)),
        partners=read_partners(sheets, directory, details, bidders),
    )
    sheets.problems.refuse()
    has_method = sheets.has(TENDER, LOTS, CRITERIA, SUB_CRITERIA, SCALES)
    return replace(
        content,
        method=directory.method if has_method else None,
        notes=tuple(sheets.problems.notes),
    )


def _schemes(known: Known | None) -> Mapping[str, Scheme]:
    return schemes() if known is None or known.schemes is None else known.schemes


def _read_method(sheets: Sheets, items: Items, directory: Directory) -> None:
    directory.use_method(read_lots(sheets, read_rules(items, directory.method)))
    scales = read_scales(sheets, directory)
    directory.use_method(read_criteria(sheets, directory, scales))
    tie_break = check_tie_break(items, directory)
    directory.use_method(replace(directory.method, tie_break=tie_break))
