"""The rows of a scoring workbook: question, answer, score and rationale side by side.

An answer too long to be read in one cell stands there in part, and in full on a sheet of its
own, paragraph by paragraph.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from tendereval.domain.bidding import Place, Response
from tendereval.domain.ids import DocumentId
from tendereval.domain.packs import Manifest
from tendereval.domain.tender import AwardCriterion
from tendereval.exchange.scoring_facts import (
    ANSWER,
    ANSWERS,
    BIDDER,
    IN_FULL,
    KEY,
    LOT,
    QUESTION,
    RATIONALE,
    REF,
    SCALE,
    SCORE,
    SCORES,
    BookFacts,
    BookRow,
)
from tendereval.exchange.scoring_paper import (
    CHOOSE,
    FILL_IN,
    HEADING,
    HIGHEST_PT,
    LINE_PT,
    LINK,
    NOTE,
    STRONG,
    TEXT,
    TITLE,
    finish,
    height,
    lines_of,
    put,
    widths,
)
from tendereval.exchange.scoring_scales import ScaleList
from tendereval.exchange.writer import split_text

HEADINGS: Final = (KEY, REF, LOT, BIDDER, QUESTION, ANSWER, IN_FULL, SCORE, RATIONALE, SCALE)
_WIDTHS: Final = (4, 8, 8, 18, 38, 78, 16, 12, 52, 38)
_ANSWER_WIDTH: Final = _WIDTHS[5]
_HEADING_ROW: Final = 3
_FROZEN: Final = f"E{_HEADING_ROW + 1}"
_LEAST_LINES: Final = 8
_MOST_LINES: Final = int(HIGHEST_PT / LINE_PT) - 1
_PARAGRAPH: Final = 1_600
_READING_WIDTH: Final = 92
_DONE: Final = PatternFill("solid", bgColor="DDEFD9")
_LONGEST_PROMPT: Final = 250
_HINT: Final = "Yellow cells are yours to fill in; they turn green once a row is complete."
NO_ANSWER: Final = "(No answer was given.)"


@dataclass(frozen=True, slots=True)
class _Page:
    """What the rows are written from."""

    manifest: Manifest
    criteria: Mapping[str, AwardCriterion]
    responses: Mapping[Place, Response]
    documents: Mapping[DocumentId, str]
    lists: Mapping[str, ScaleList]


def write_rows(
    scores: Worksheet,
    answers: Worksheet,
    manifest: Manifest,
    facts: BookFacts,
    lists: Mapping[str, ScaleList],
    documents: Mapping[DocumentId, str],
) -> bool:
    """Write the sheet of scores, and long answers on theirs; return whether there are any."""
    page = _Page(
        manifest,
        {row.ref: row for row in manifest.version.method.criteria},
        {item.place: item for item in manifest.responses},
        documents,
        lists,
    )
    _head(scores, facts)
    widths(answers, 9, _READING_WIDTH)
    put(answers, 1, 1, "Long answers in full", TITLE)
    at = 3
    for number, row in enumerate(facts.rows, _HEADING_ROW + 1):
        text = _answer(page, row)
        if lines_of(text, _ANSWER_WIDTH) > _MOST_LINES:
            _write(scores, number, page, row, _beginning(text, at))
            link = put(scores, number, 7, f"{ANSWERS}, row {at}", LINK)
            link.hyperlink = Hyperlink(ref=f"G{number}", location=f"'{ANSWERS}'!B{at}")
            at = _in_full(answers, at, (row, text, number))
        else:
            _write(scores, number, page, row, text)
    _validate(scores, facts, lists)
    finish(scores, heading=_HEADING_ROW, frozen=_FROZEN, width=sum(_WIDTHS))
    finish(answers, width=_READING_WIDTH + 9)
    has_long = at > 3  # noqa: PLR2004 - the row under the title
    scores.column_dimensions["G"].hidden = not has_long
    return has_long


def _head(sheet: Worksheet, facts: BookFacts) -> None:
    widths(sheet, *_WIDTHS)
    put(sheet, 1, 2, SCORES, TITLE)
    put(sheet, 2, 2, _HINT, NOTE)
    for column, heading in enumerate(HEADINGS, 1):
        put(sheet, _HEADING_ROW, column, heading, HEADING)
    height(sheet, _HEADING_ROW, 1, 2)
    sheet.column_dimensions["A"].hidden = True
    has_lots = any(row.place.lot for row in facts.rows)
    sheet.column_dimensions["C"].hidden = not has_lots
    last = get_column_letter(len(HEADINGS))
    sheet.auto_filter.ref = f"A{_HEADING_ROW}:{last}{_HEADING_ROW + len(facts.rows)}"


def _write(sheet: Worksheet, number: int, page: _Page, row: BookRow, answer: str) -> None:
    question = _question(page.criteria[row.place.criterion])
    beside = page.lists[row.scale].beside
    texts = (row.key, row.place.criterion, row.place.lot or "", row.bidder, question, answer)
    for column, text in enumerate(texts, 1):
        put(sheet, number, column, text, STRONG if column in {2, 4} else TEXT)
    put(sheet, number, 7, "", TEXT)
    put(sheet, number, 8, "", CHOOSE)
    put(sheet, number, 9, "", FILL_IN)
    put(sheet, number, 10, beside, TEXT)
    lines = (
        lines_of(text, width)
        for text, width in ((question, _WIDTHS[4]), (answer, _ANSWER_WIDTH), (beside, _WIDTHS[9]))
    )
    height(sheet, number, max(lines), _LEAST_LINES)


def _question(row: AwardCriterion) -> str:
    """Return what was asked: title, question, guidance and points, cut where it is very long."""
    subs = "\n".join(f"{sub.ref}  {sub.text}" for sub in row.sub_criteria)
    limit = f"Word limit: {row.word_limit}" if row.word_limit else ""
    guidance = f"Guidance: {row.guidance}" if row.guidance else ""
    parts = (row.title, row.question, subs, guidance, limit)
    return split_text("\n\n".join(part for part in parts if part))[0]


def _answer(page: _Page, row: BookRow) -> str:
    """Return what a bidder answered, where its document is, and what was clarified."""
    response, parts = page.responses.get(row.place), list[str]()
    if response is not None:
        parts.append(response.text)
        if response.document is not None:
            where = page.documents.get(response.document, "sent apart")
            parts.append(f"[Document: {where}{_page(response.page)}]")
    for asked in page.manifest.clarifications:
        if asked.place == row.place:
            parts.append(f"[Clarification asked: {asked.question}]\n[Answer: {asked.answer}]")
    return "\n\n".join(part for part in parts if part.strip()) or NO_ANSWER


def _page(typed: str) -> str:
    if not typed.strip():
        return ""
    return f", page {typed}" if typed[:1].isdecimal() else f", {typed}"


def _beginning(text: str, at: int) -> str:
    """Return as much of a long answer as can be read in a cell, and where it stands in full."""
    told = f"… Goes on: read it in full on the sheet “{ANSWERS}”, row {at}."
    kept, lines = list[str](), _MOST_LINES - 3
    for part in _paragraphs(text):
        taken = lines_of(part, _ANSWER_WIDTH)
        if taken > lines:
            room = max(0, lines - 1) * (_ANSWER_WIDTH - 10)
            kept.append(part[:room].rpartition(" ")[0])
            break
        kept.append(part)
        lines -= taken
    return "\n".join((*kept, told))


def _in_full(sheet: Worksheet, at: int, found: tuple[BookRow, str, int]) -> int:
    """Write an answer paragraph by paragraph from a row on; return the next free row."""
    row, text, back = found
    lot = f", lot {row.place.lot}" if row.place.lot else ""
    put(sheet, at, 1, row.place.criterion, HEADING)
    put(sheet, at, 2, f"{row.bidder}{lot}", HEADING)
    told = (part for part in _paragraphs(text) if part.strip())
    for number, part in enumerate(told, 1):
        at += 1
        put(sheet, at, 1, number, TEXT)
        put(sheet, at, 2, part, TEXT)
        height(sheet, at, lines_of(part, _READING_WIDTH))
    at += 1
    put(sheet, at, 2, "Back to its score", LINK).hyperlink = Hyperlink(
        ref=f"B{at}", location=f"'{SCORES}'!H{back}"
    )
    return at + 2


def _paragraphs(text: str) -> Iterator[str]:
    """Yield a text in parts that can each be read in one cell, cut between words."""
    for line in text.split("\n"):
        rest = line
        while len(rest) > _PARAGRAPH:
            cut = rest.rfind(" ", _PARAGRAPH // 2, _PARAGRAPH) + 1 or _PARAGRAPH
            yield rest[:cut]
            rest = rest[cut:]
        yield rest


def _validate(sheet: Worksheet, facts: BookFacts, lists: Mapping[str, ScaleList]) -> None:
    """Offer each score cell its scale's values, and colour what is done."""
    first = _HEADING_ROW + 1
    cells: dict[str, list[str]] = {}
    for number, row in enumerate(facts.rows, first):
        cells.setdefault(row.scale, []).append(f"H{number}")
    for name, own in cells.items():
        choice = _choice(lists[name])
        for cell in own:
            choice.add(cell)
        sheet.add_data_validation(choice)
    if facts.rows:
        area = f"H{first}:I{_HEADING_ROW + len(facts.rows)}"
        done = f"AND(LEN($H{first})>0,LEN(TRIM($I{first}))>0)"
        rule = Rule("expression", dxf=DifferentialStyle(fill=_DONE), formula=[done])
        sheet.conditional_formatting.add(area, rule)


def _choice(scale: ScaleList) -> DataValidation:
    words = f"Choose {scale.words}, or “cannot score”."
    if scale.values:
        choice = DataValidation("list", formula1=scale.values, allow_blank=True)
    else:
        # Too many values to list: what is typed is checked when the workbook comes back.
        choice = DataValidation(allow_blank=True)
        words = f"Type {scale.words}, or “cannot score”."
    choice.promptTitle = "Score"
    choice.prompt = choice.error = words[:_LONGEST_PROMPT]
    choice.errorTitle = "Not on the scale"
    choice.showInputMessage = choice.showErrorMessage = True
    return choice
