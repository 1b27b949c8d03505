"""Reads a scoring workbook back, whatever was sorted, hidden or widened, or says what is wrong.

Every row is found by its hidden key and every column by its heading; nothing is guessed. Whether
the person may score is decided elsewhere, as for a signed return.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Final

from openpyxl.utils.escape import unescape

from tendereval import __version__
from tendereval.domain.errors import CellProblem, UnreadableWorkbook, WorkbookProblems
from tendereval.domain.evaluation import ScoreState, describe
from tendereval.domain.exact import to_text
from tendereval.domain.packs import (
    PublicKeys,
    ReturnBody,
    ReturnedDeclaration,
    ReturnedScore,
    ReturnKind,
)
from tendereval.domain.scale import FAIL, PASS, PASS_OR_FAIL, ScoringScale
from tendereval.exchange.cells import check_stored, key, quoted, read_text, stored_number
from tendereval.exchange.dates import CellRefusedError
from tendereval.exchange.grid import Cell, CellKind, Grid, read_book
from tendereval.exchange.package import open_package
from tendereval.exchange.scoring_declaration import Declared, read_declaration
from tendereval.exchange.scoring_facts import (
    ABOUT,
    BIDDER,
    CANNOT_SCORE,
    DECLARATION,
    FAIL_WORD,
    KEY,
    LOT,
    PASS_WORD,
    RATIONALE,
    REF,
    SCORE,
    SCORES,
    BookFacts,
    BookRow,
    read_facts,
)
from tendereval.exchange.sheets import Problems
from tendereval.exchange.writer import safe_text

_NEEDED: Final = (KEY, REF, BIDDER, SCORE, RATIONALE)
_SAVED: Final = re.compile(rb"<dcterms:modified[^>]*>\s*([0-9T:.Z+-]{10,40})\s*</dcterms:modified>")
_LARGEST_ABOUT: Final = 100_000
_AS_SENT: Final = "Use the workbook as it was sent, and fill in the yellow cells only."
_PART: Final = re.compile(r"Facts [1-9][0-9]*")


@dataclass(frozen=True, slots=True)
class ScoringBook:
    """What a workbook brings.

    Attributes:
        digest: of what its hidden sheet holds.
        body: as a return would say it, with blank keys and head; number 1.
    """

    digest: str
    body: ReturnBody


def read_scoring_workbook(path: Path, at: datetime) -> ScoringBook:
    """Read a scoring workbook.

    Args:
        path: the file.
        at: this moment; it stands for the opening of the pack, and for the moment of making
            where the workbook does not say when it was saved, or says what cannot be.

    Raises:
        UnreadableWorkbook: not a workbook, or not one that was made for scoring.
        WorkbookProblems: everything that is wrong with it at once, cell by cell.
    """
    book = read_book(path, {ABOUT, DECLARATION, SCORES})
    grids = {grid.name: grid for grid in book.grids}
    facts = _facts(path, grids.get(ABOUT))
    problems = Problems(book.names)
    for name in (DECLARATION, SCORES):
        if name not in grids:
            problems.add(CellProblem(name, None, None, "This sheet is missing.", _AS_SENT))
    problems.refuse()
    declared = read_declaration(grids[DECLARATION], facts, problems)
    made_at = _saved_at(path, facts.made_at, at)
    scores = tuple(_scores(grids[SCORES], facts, problems, made_at))
    problems.refuse()
    return ScoringBook(facts.digest, _body(facts, declared, scores, made_at, at))


def _body(
    facts: BookFacts,
    declared: Declared,
    scores: tuple[ReturnedScore, ...],
    made_at: datetime,
    at: datetime,
) -> ReturnBody:
    done = [score for score in scores if score.state is not ScoreState.DRAFT]
    return ReturnBody(
        kind=ReturnKind.SCORES if facts.rows else ReturnKind.DECLARATION,
        tender=facts.tender,
        evaluator=facts.evaluator,
        pack=facts.pack,
        opened_at=at,
        method_version=facts.method_version,
        fingerprint=facts.fingerprint,
        number=1,
        made_at=made_at,
        complete=len(done) == len(facts.rows),
        declaration=ReturnedDeclaration(declared.interest, declared.organisations, made_at),
        scores=scores,
        confirmations=(),
        question=declared.question,
        head_seq=0,
        head_hash="",
        keys=PublicKeys("", ""),
        app=__version__,
    )


def _facts(path: Path, grid: Grid | None) -> BookFacts:
    """Return what the hidden sheet holds.

    Raises:
        UnreadableWorkbook: there is none.
        WorkbookProblems: it was edited.
    """
    if grid is None:
        raise UnreadableWorkbook(
            f"The file {path.name!r} is not a scoring workbook.",
            "Choose one that was made on the Panel screen.",
        )
    items = [(_text(cells.get(1)), _text(cells.get(2))) for cells in grid.rows.values()]
    said = dict(items)
    try:
        facts = read_facts("".join(value for name, value in items if _PART.fullmatch(name)))
    except (ValueError, TypeError, LookupError, RecursionError):
        raise WorkbookProblems([_edited(None, None)]) from None
    shown = {
        "Tender": facts.tender,
        "Method version": str(facts.method_version),
        "Method fingerprint": facts.fingerprint,
        "Evaluator": facts.evaluator,
        "Pack": str(facts.pack),
        "Digest": facts.digest,
    }
    rows = {name: row for row, (name, _) in zip(grid.rows, items, strict=True)}
    changed = [
        _edited(rows.get(name), name) for name, value in shown.items() if said.get(name) != value
    ]
    if changed:
        raise WorkbookProblems(changed)
    return facts


def _text(cell: Cell | None) -> str:
    return "" if cell is None else cell.text


def _edited(row: int | None, item: str | None) -> CellProblem:
    what = f"“{item}” was changed." if item else "It was changed."
    return CellProblem(ABOUT, row, None, f"This hidden sheet says whose it is. {what}", _AS_SENT)


def _saved_at(path: Path, made_at: datetime, at: datetime) -> datetime:
    """Return when the workbook was last saved; ``at`` where that is not told or cannot be."""
    with open_package(path) as stream, zipfile.ZipFile(stream) as archive:
        name = "docProps/core.xml"
        about = archive.read(name) if name in archive.namelist() else b""
    told = _SAVED.search(about[:_LARGEST_ABOUT])
    if told is None:
        return at
    try:
        saved = datetime.fromisoformat(told[1].decode("ascii"))
    except ValueError:
        return at
    is_possible = saved.tzinfo is not None and made_at < saved < at
    return saved if is_possible else at


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the sheet ``Scores`` below its headings."""

    number: int
    cells: Mapping[int, Cell]
    columns: Mapping[str, int]
    problems: Problems

    def cell(self, column: str) -> Cell | None:
        """Return a cell; None where it is blank."""
        cell = self.cells.get(self.columns.get(column, 0))
        return None if cell is None or (_is_blank(cell)) else cell

    def refuse(self, column: str, wrong: str, write: str) -> None:
        """Note what is wrong with a cell."""
        problem = CellProblem(SCORES, self.number, column, wrong, write)
        self.problems.add(problem, self.columns.get(column, 0))

    def text(self, column: str) -> str:
        """Return a text; blank where it is refused."""
        cell = self.cell(column)
        if cell is None:
            return ""
        try:
            _check_single(cell)
            return read_text(cell, trimmed=False)
        except CellRefusedError as refused:
            self.refuse(column, refused.wrong, refused.write)
            return ""


def _is_blank(cell: Cell) -> bool:
    return cell.kind is CellKind.TEXT and not cell.text.strip()


def _check_single(cell: Cell) -> None:
    if cell.merged_rows > 1:
        raise CellRefusedError(
            f"The cell is merged over {cell.merged_rows} rows.", "Unmerge it; one row, one answer."
        )


def _scores(
    grid: Grid, facts: BookFacts, problems: Problems, at: datetime
) -> Iterator[ReturnedScore]:
    """Yield what is scored, in the workbook's order; note every row that is not as it was."""
    known = {row.key: row for row in facts.rows}
    seen: dict[str, int] = {}
    for line in _lines(grid, problems):
        found = _text(line.cell(KEY)).strip()
        row = known.get(found)
        if row is None:
            _check_stranger(line, found)
        elif found in seen:
            wrong = f"Row {seen[found]} is for the same answer ({_words(row)})."
            line.refuse(KEY, wrong, "Delete one of the two rows.")
        else:
            seen[found] = line.number
            _check_shown(line, row)
            score = _score(line, row, facts, at)
            if score is not None:
                yield score
    for row in facts.rows:
        if row.key not in seen:
            wrong = f"The row of {_words(row)} is missing."
            problems.add(CellProblem(SCORES, None, None, wrong, _AS_SENT))


def _lines(grid: Grid, problems: Problems) -> Iterator[_Line]:
    head = None
    for number, cells in grid.rows.items():
        if head is None:
            names = {_text(cell).strip(): at for at, cell in sorted(cells.items(), reverse=True)}
            head = names if all(name in names for name in _NEEDED) else None
        else:
            yield _Line(number, cells, head, problems)
    if head is None:
        wrong = "The row with the headings is missing, or one of its headings was changed."
        problems.add(CellProblem(SCORES, None, None, wrong, _AS_SENT))
        problems.refuse()


def _words(row: BookRow) -> str:
    lot = f", lot {row.place.lot}" if row.place.lot else ""
    return f"{row.place.criterion}, {row.bidder}{lot}"


def _check_stranger(line: _Line, found: str) -> None:
    """Refuse a row that holds a score and belongs to no answer; notes of one's own may stay."""
    if found:
        line.refuse(KEY, "The hidden key of this row was changed.", _AS_SENT)
    elif line.cell(SCORE) is not None:
        line.refuse(KEY, "This row has lost its hidden key, or was added by hand.", _AS_SENT)


def _check_shown(line: _Line, row: BookRow) -> None:
    """Refuse a row whose key no longer stands beside its own answer, as after half a sorting."""
    shown = {REF: row.place.criterion, BIDDER: row.bidder, LOT: row.place.lot or ""}
    for column, value in shown.items():
        stands = _shown(line.cell(column)) if column in line.columns else value
        if key(stands) != key(unescape(safe_text(value))):
            shown_now = quoted(stands) if stands else "nothing"
            wrong = f"This row was {_words(row)}, and shows {shown_now} now."
            line.refuse(column, wrong, "Undo the sorting or the change, and sort whole rows only.")
            return


def _shown(cell: Cell | None) -> str:
    if cell is None:
        return ""
    try:
        return read_text(cell)
    except CellRefusedError:
        return cell.text


def _score(line: _Line, row: BookRow, facts: BookFacts, at: datetime) -> ReturnedScore | None:
    """Return what a row says; None where it says nothing, or nothing that can be taken."""
    rationale = line.text(RATIONALE)
    cell, points, cannot = line.cell(SCORE), None, False
    if cell is not None:
        try:
            points, cannot = _points(cell, facts.scales[row.scale])
        except CellRefusedError as refused:
            line.refuse(SCORE, refused.wrong, refused.write)
            return None
    if cannot and not rationale.strip():
        line.refuse(RATIONALE, "It is not said why this cannot be scored.", "Write why.")
    if cell is None and not rationale.strip():
        return None
    state = ScoreState.DRAFT
    if cannot:
        state = ScoreState.CANNOT_SCORE
    elif points is not None and rationale.strip():
        state = ScoreState.READY
    return ReturnedScore(row.place, state, points, rationale, facts.method_version, at)


def _points(cell: Cell, scale: ScoringScale) -> tuple[Fraction | None, bool]:
    """Return the points in a cell, or that the answer cannot be scored.

    Raises:
        CellRefusedError: it is none of the scale's values.
    """
    write = f"Choose {describe(scale)}, or “{CANNOT_SCORE}”, from the list in the cell."
    check_stored(cell)
    _check_single(cell)
    word = " ".join(cell.text.casefold().split()) if cell.kind is CellKind.TEXT else ""
    if word == CANNOT_SCORE:
        return None, True
    if scale.name == PASS_OR_FAIL.name:
        verdict = {PASS_WORD.casefold(): PASS, FAIL_WORD.casefold(): FAIL}.get(word)
        if verdict is None:
            raise CellRefusedError(f"{quoted(cell.text)} is neither Pass nor Fail.", write)
        return verdict, False
    if word:
        raise CellRefusedError(f"{quoted(cell.text)} is text where a number belongs.", write)
    if cell.kind is not CellKind.NUMBER:
        raise CellRefusedError(f"{quoted(cell.text)} is not a score.", write)
    points = stored_number(cell)
    if points not in scale:
        raise CellRefusedError(f"{to_text(points)} is not on the scale {scale.name}.", write)
    return points, False
