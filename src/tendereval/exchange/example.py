"""The worked example: its readable files turned into the workbooks that the commands take.

The files lie in ``resources/example``; their keys are the workbook's column names. This module
only rearranges; it knows nothing of what the numbers mean.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from tendereval import resources
from tendereval.exchange.scoring_facts import (
    BIDDER,
    DECLARATION,
    INTEREST,
    NONE,
    RATIONALE,
    REF,
    SCORE,
    SCORES,
)
from tendereval.exchange.writer import write_rows

if TYPE_CHECKING:
    from tendereval.exchange.seal import SecretKeys

Record = dict[str, Any]
"""Column name to text, whole number or date, as TOML brings them."""

Cell = str | int | datetime | date
T = TypeVar("T")

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "Criteria": (
        "Ref",
        "Title",
        "Kind",
        "Parent",
        "Weight",
        "Scale",
        "Minimum",
        "Word limit",
        "Question",
        "Guidance",
        "Formula",
        "Parameters",
        "Goals",
    ),
    "Sub-criteria": ("Ref", "Sub-ref", "Text"),
    "Scales": ("Scale", "Points", "Label", "Descriptor"),
    "Bidders": (
        "Bidder",
        "Status",
        "Status reason",
        "Identifier",
        "Address",
        "Email",
        "SME",
        "VCSE",
        "Supported employment provider",
        "Subcontractors",
    ),
    "Panel": ("Name", "Email", "Role", "Questions"),
    "Prices": ("Bidder", "Price", "Ref"),
    "Declarations": ("Evaluator", "Interest", "About", "Outcome", "How"),
    "Scores": ("Evaluator", "Bidder", "Ref", "Score", "Rationale"),
    "Agreed": (
        "Bidder",
        "Ref",
        "Score",
        "Rationale",
        "Releasable rationale",
        "Present",
        "Confirmed by",
    ),
    "Explanations": ("Bidder", "Ref", "Sub-ref", "Explanation"),
    "Responses": ("Bidder", "Ref", "Response", "Document", "Page"),
    "Pay": (
        "Bidder",
        "Role",
        "Employer",
        "Place",
        "Basis",
        "Amount",
        "Hours",
        "Heads",
        "Under 18",
        "Apprentice",
    ),
    "Certificates": (
        "Bidder",
        "Certificate",
        "Level",
        "Number",
        "Issued",
        "Ends",
        "Scope",
        "Evidence",
        "Offered as",
        "Equivalent",
        "Ref",
    ),
    "Partners": (
        "Bidder",
        "Partner",
        "Category",
        "Direct",
        "Amount",
        "Purpose",
        "Includes VAT",
        "Organisation workforce",
        "Organisation disadvantaged",
        "Evidence",
    ),
}


class Tender(msgspec.Struct, frozen=True):
    """``tender.toml``: each table is a list of records in the order of the file."""

    tender: Record
    criteria: list[Record]
    scales: list[Record]
    bidders: list[Record]
    panel: list[Record]
    prices: list[Record]
    declarations: list[Record]
    award: Record
    approvals: list[Record]
    sub_criteria: list[Record] = msgspec.field(name="sub-criteria")


class _Scores(msgspec.Struct, frozen=True):
    scores: list[Record]


class _Moderation(msgspec.Struct, frozen=True):
    agreed: list[Record]
    explanations: list[Record]


class Claims(msgspec.Struct, frozen=True):
    """What bidders sent about pay, certificates and partners: each a list of records."""

    pay: list[Record]
    certificates: list[Record]
    partners: list[Record]


class Example(msgspec.Struct, frozen=True):
    """The worked example as read.

    Attributes:
        tender: what is set up, registered, declared and decided.
        answers: by bidder, then by reference.
        documents: readable text of each bidder's document, by bidder.
        scores: by the evaluator's e-mail, in the order of the panel.
        agreed: agreed scores in the order of the bidders.
        explanations: of sub-criteria, likewise.
        claims: pay schedules, certificates and partners as sent.
    """

    tender: Tender
    answers: dict[str, dict[str, str]]
    documents: dict[str, str]
    scores: dict[str, list[Record]]
    agreed: list[Record]
    explanations: list[Record]
    claims: Claims


def read_example() -> Example:
    """Read the example from the product's resources."""
    folder = resources.path("example")
    tender = _toml(folder / "tender.toml", Tender)
    slugs = {str(row["Bidder"]): str(row["Slug"]) for row in tender.bidders}
    moderation = folder / "moderation"
    moderated = [
        _toml(path, _Moderation)
        for slug in slugs.values()
        if (path := moderation / f"{slug}.toml").exists()
    ]
    return Example(
        tender,
        {
            name: dict(_sections(_text(folder / "answers" / f"{slug}.md")))
            for name, slug in slugs.items()
        },
        {name: _text(folder / "documents" / f"{slug}.md") for name, slug in slugs.items()},
        {
            str(row["Email"]): _toml(folder / "scores" / f"{row['Slug']}.toml", _Scores).scores
            for row in tender.panel
            if "Slug" in row
        },
        [record for found in moderated for record in found.agreed],
        [record for found in moderated for record in found.explanations],
        _toml(decisions_file("claims"), Claims),
    )


def decisions_file(name: str) -> Path:
    """Return where one of the example's files about public value lies."""
    return resources.path("example") / "public-value" / f"{name}.toml"


def key_file(slug: str) -> Path:
    """Return where the key file of one of the example's people lies, or of its tender."""
    return resources.path("example") / "keys" / f"{slug}.key"


def tender_keys() -> "SecretKeys":
    """Return the keys of the example's tender."""
    from tendereval.exchange.identity_file import read_identity  # noqa: PLC0415 - slow to load

    return read_identity(key_file("tender")).keys


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _toml(path: Path, kind: type[T]) -> T:
    return msgspec.convert(tomllib.loads(_text(path)), type=kind)


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """Yield reference and text of each ``## Q1`` section."""
    parts = re.split(r"^## +(\S+)[^\n]*\n", text, flags=re.MULTILINE)
    for ref, body in zip(parts[1::2], parts[2::2], strict=True):
        yield ref, body.strip()


def set_up(example: Example, path: Path) -> Path:
    """Write the set-up workbook: tender, criteria, scales, panel."""
    tender = example.tender
    items = [[name, _cell(value)] for name, value in tender.tender.items() if value != ""]
    write_rows(
        path,
        {
            "Tender": (("Item", "Value"), items),
            "Criteria": _sheet("Criteria", tender.criteria),
            "Sub-criteria": _sheet("Sub-criteria", tender.sub_criteria),
            "Scales": _sheet("Scales", tender.scales),
            "Panel": _sheet("Panel", tender.panel),
        },
    )
    return path


def tenders_received(example: Example, path: Path, documents: Mapping[str, Path]) -> Path:
    """Write the workbook of bidders, answers and claims; all bids stand as assessed.

    Args:
        example: as read.
        path: where.
        documents: each bidder's document, inside the workbook's folder.
    """
    bidders = [{**row, "Status": "", "Status reason": ""} for row in example.tender.bidders]
    answers: list[Record] = [
        {"Bidder": bidder, "Ref": ref, "Response": text}
        | _attachment(ref, documents.get(bidder), path.parent)
        for bidder, found in example.answers.items()
        for ref, text in found.items()
    ]
    write_rows(
        path,
        {
            "Bidders": _sheet("Bidders", bidders),
            "Responses": _sheet("Responses", answers),
            "Pay": _sheet("Pay", example.claims.pay),
            "Certificates": _sheet("Certificates", example.claims.certificates),
            "Partners": _sheet("Partners", example.claims.partners),
        },
    )
    return path


_DOCUMENT_BELONGS_TO = "Q2"
"""Each bidder's document is its plan for starting the service."""


def _attachment(ref: str, document: Path | None, folder: Path) -> Record:
    if document is None or ref != _DOCUMENT_BELONGS_TO:
        return {}
    return {"Document": document.relative_to(folder).as_posix(), "Page": "1 to 2"}


def one_sheet(path: Path, sheet: str, records: Sequence[Record]) -> Path:
    """Write a workbook of one sheet."""
    write_rows(path, {sheet: _sheet(sheet, records)})
    return path


def fill_scoring_workbook(path: Path, scores: Sequence[Record]) -> None:
    """Fill a scoring workbook in, as its evaluator would by hand: no interest, every score."""
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to load

    book = load_workbook(path)
    given = {(row["Bidder"], row["Ref"]): row for row in scores}
    for label, answer in book[DECLARATION].iter_rows(max_col=2):
        if label.value == INTEREST:
            answer.value = NONE
    columns: dict[str, int] = {}
    for cells in book[SCORES].iter_rows():
        if not columns and any(cell.value == SCORE for cell in cells):
            columns = {str(cell.value): number for number, cell in enumerate(cells)}
        elif columns:
            row = given.get((cells[columns[BIDDER]].value, cells[columns[REF]].value))
            if row is not None:
                cells[columns[SCORE]].value = row["Score"]
                cells[columns[RATIONALE]].value = str(row["Rationale"]).strip()
    book.save(path)


def moderation(example: Example, path: Path, bidder: str) -> Path:
    """Write the workbook of one bidder's agreed scores and explanations."""
    agreed = [_present(row) for row in example.agreed if row["Bidder"] == bidder]
    explained = [row for row in example.explanations if row["Bidder"] == bidder]
    write_rows(
        path,
        {
            "Agreed": _sheet("Agreed", agreed),
            "Explanations": _sheet("Explanations", explained),
        },
    )
    return path


def confirmations(example: Example, path: Path, people: Collection[str]) -> Path:
    """Write the workbook in which some of those who were present confirm.

    Args:
        example: as read.
        path: where.
        people: names of those who confirm by workbook.
    """
    rows = [_confirmed(_present(row), people) for row in example.agreed]
    write_rows(
        path,
        {
            "Agreed": _sheet("Agreed", rows),
            "Explanations": _sheet("Explanations", example.explanations),
        },
    )
    return path


def _confirmed(row: Record, people: Collection[str]) -> Record:
    names = [name for name in str(row["Present"]).split("; ") if name in people]
    return {**row, "Confirmed by": "; ".join(names)}


def _present(row: Record) -> Record:
    """Names as the workbook takes them: parted by semicolons, without remarks."""
    names = re.sub(r" *\([^)]*\)", "", str(row["Present"])).split(",")
    return {**row, "Present": "; ".join(name.strip() for name in names)}


def _sheet(name: str, records: Sequence[Record]) -> tuple[Sequence[str], list[list[Cell]]]:
    columns = _COLUMNS[name]
    return columns, [[_cell(record.get(column, "")) for column in columns] for record in records]


def _cell(value: object) -> Cell:
    """Text without the line breaks that triple quotes bring; numbers and dates as they are."""
    return value if isinstance(value, int | date) else str(value).strip()
