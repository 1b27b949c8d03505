"""Writes the workbook in which one evaluator scores without the app.

It holds what a pack for the person would hold and nothing else; answers and questions side by
side. Only the declaration, the scores and their rationales can be filled in.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from tendereval.domain.ids import DocumentId
from tendereval.domain.packs import Manifest
from tendereval.exchange import scoring_facts as facts_room
from tendereval.exchange.dates import LONDON
from tendereval.exchange.scoring_declaration import write_declaration
from tendereval.exchange.scoring_facts import BookFacts, facts_of
from tendereval.exchange.scoring_paper import (
    HEADING,
    NOTE,
    STRONG,
    TEXT,
    TITLE,
    finish,
    height,
    lines_of,
    new_book,
    put,
    widths,
)
from tendereval.exchange.scoring_rows import write_rows
from tendereval.exchange.scoring_scales import write_scales
from tendereval.exchange.writer import write_whole

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_PART: Final = 30_000
"""Characters of the facts in one cell."""
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_STEPS: Final = """\
Say on the sheet “Declaration” whether you have an interest in any of the organisations named \
there. Do this before you read the answers.
Score on the sheet “Scores”, one row for each answer. Choose the score from the list in its cell; \
what each score means stands beside it and on the sheet “Scales”.
Write your reasons under “Rationale”, with reference to what the answer says. A score without a \
rationale counts as a draft. If you cannot score an answer, choose “cannot score” and write why.
Score alone: do not discuss scores with anybody until moderation.
Save the workbook as an Excel workbook (.xlsx) and send it back to the lead evaluator, in the way \
you were told.
""".splitlines()
_MAY: Final = (
    "Yellow cells are yours to fill in; everything else is locked. You may widen columns, make "
    "rows higher, hide or filter them. Keep this workbook where only you can open it."
)


def write_scoring_workbook(
    path: Path, manifest: Manifest, documents: Mapping[DocumentId, str] | None = None
) -> BookFacts:
    """Write one evaluator's scoring workbook, whole or not at all.

    Args:
        path: where; what is there is replaced.
        manifest: what a pack for this evaluator would hold, with its number.
        documents: where each document of it is to be found, in words.

    Returns:
        What the hidden sheet holds; its digest is for the record.

    Raises:
        FileProblem: the file cannot be written there.
    """
    facts = facts_of(manifest)
    room = facts_room
    book, sheets = new_book(
        (room.START, room.DECLARATION, room.SCORES, room.ANSWERS, room.SCALES, room.ABOUT)
    )
    _start(sheets[room.START], manifest, facts)
    write_declaration(sheets[room.DECLARATION], manifest, facts)
    lists = write_scales(sheets[room.SCALES], manifest, facts)
    goes_on = write_rows(
        *(sheets[room.SCORES], sheets[room.ANSWERS]), manifest, facts, lists, documents or {}
    )
    if not goes_on:
        book.remove(sheets[room.ANSWERS])
    _about(sheets[room.ABOUT], facts)
    book.active = 0
    book.security.lockStructure = True
    properties = book.properties
    properties.created = manifest.made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.modified, properties.creator = properties.created, "tendereval"
    properties.title, properties.language = "Scoring workbook", "en-GB"
    loose = BytesIO()
    ExcelWriter(book, ZipFile(loose, "w", ZIP_STORED)).save()
    write_whole(path, lambda temporary: _pack(loose, temporary))
    return facts


def _pack(loose: BytesIO, path: Path) -> None:
    """Write the archive with no time of writing in it: the same content, the same bytes."""
    with ZipFile(loose) as source, ZipFile(path, "w") as target:
        for name in source.namelist():
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            target.writestr(entry, source.read(name))


def _start(sheet: Worksheet, manifest: Manifest, facts: BookFacts) -> None:
    widths(sheet, 24, 90)
    details = manifest.details
    put(sheet, 1, 1, "Scoring workbook", TITLE)
    lines = [
        ("Tender", " · ".join(word for word in (details.reference, details.title) if word)),
        ("Contracting authority", details.authority),
        ("For", manifest.name),
        ("Lead evaluator", manifest.lead),
        ("Answers to score", str(len(facts.rows))),
        ("Wanted back by", _moment(manifest.return_by)),
        ("Message", manifest.message),
    ]
    row = 3
    for name, value in (line for line in lines if line[1]):
        put(sheet, row, 1, name, STRONG)
        put(sheet, row, 2, value, TEXT)
        height(sheet, row, lines_of(value, 90))
        row += 1
    row += 1
    put(sheet, row, 1, "What to do", HEADING)
    put(sheet, row, 2, "", HEADING)
    for number, step in enumerate((*_STEPS, _MAY), 1):
        row += 1
        put(sheet, row, 1, f"Step {number}" if number <= len(_STEPS) else "Good to know", STRONG)
        put(sheet, row, 2, step, TEXT)
        height(sheet, row, lines_of(step, 90))
    finish(sheet, width=114)


def _moment(at: datetime | None) -> str:
    if at is None:
        return ""
    here = at.astimezone(LONDON)
    # Never by strftime: the month's name would follow the computer's language.
    return f"{here.day} {_MONTHS[here.month - 1]} {here.year}, {here:%H:%M}"


def _about(sheet: Worksheet, facts: BookFacts) -> None:
    """Write the hidden sheet, which only the product reads."""
    text = facts.text
    parts = [text[at : at + _PART] for at in range(0, len(text), _PART)]
    rows: list[tuple[str, str]] = [
        ("Item", "Value"),
        ("Format", facts_room.FORMAT),
        ("Tender", facts.tender),
        ("Method version", str(facts.method_version)),
        ("Method fingerprint", facts.fingerprint),
        ("Evaluator", facts.evaluator),
        ("Pack", str(facts.pack)),
        ("Digest", facts.digest),
        *((f"Facts {number}", part) for number, part in enumerate(parts, 1)),
    ]
    for row, (name, value) in enumerate(rows, 1):
        put(sheet, row, 1, name, TEXT)
        put(sheet, row, 2, value, TEXT)
    note = "This sheet says whose workbook it is. Leave it as it is."
    put(sheet, len(rows) + 2, 1, note, NOTE)
    finish(sheet)
    sheet.sheet_state = "hidden"
