"""A scoring workbook comes back as it was filled in, or every cell that is wrong is named."""

import json
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tendereval.domain.bidding import Bid, Bidder, Clarification, Place, Response
from tendereval.domain.errors import CellProblem, UnreadableWorkbook, WorkbookProblems
from tendereval.domain.evaluation import Declaration, InterestOutcome, PanelMember, Role, ScoreState
from tendereval.domain.ids import BidderId, CriterionId, DocumentId, LotId, PersonId
from tendereval.domain.packs import Manifest, PublicKeys, ReturnBody, ReturnKind
from tendereval.domain.scale import ScoreBand, ScoringScale
from tendereval.domain.tender import CriterionKind, MethodVersion, VersionKind
from tendereval.exchange.scoring_workbook import write_scoring_workbook
from tendereval.exchange.scoring_workbook_reader import read_scoring_workbook
from tests.builders import a_criterion, a_method, a_range
from tests.exchange.books import SHARED
from tests.exchange.travellers import NOON, a_manifest

BLNS = SHARED / "strings" / "blns.json"
A, B = BidderId("bidder-a"), BidderId("bidder-b")
AT = NOON + timedelta(days=30)
LABELS = ScoringScale(
    "0-5",
    tuple(ScoreBand(Fraction(one), f"Label {one}", f"What {one} means.") for one in range(6)),
)
QUESTIONS = (
    replace(a_criterion("Q1", 40), question="How will you build them?"),
    a_criterion("Q2", 20, scale="0-100"),
    a_criterion("C1", kind=CriterionKind.REQUIREMENT),
)
METHOD = replace(a_method(*QUESTIONS), scales=(LABELS, a_range("0-100", 100, "1/2")))
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
Values = Mapping[str, str | float | date | None]
HEADING_ROW, SCORE, RATIONALE = 3, "H", "I"


def place(bidder: BidderId, ref: str) -> Place:
    return Place(bidder, CriterionId(ref))


def manifest(**changes: object) -> Manifest:
    """Return what a pack for Ben would hold: three questions, two bidders."""
    whole = replace(
        a_manifest(),
        number=2,
        version=MethodVersion(1, VersionKind.PUBLISHED, METHOD, "f" * 64, NOON),
        evaluator=PanelMember(
            *(PersonId("p-2"), Role.EVALUATOR, "Evaluator 1"),
            frozenset(CriterionId(ref) for ref in ("Q1", "Q2", "C1")),
        ),
        name="Ben Bell",
        bidders=(Bidder(A, "Bidder A"), Bidder(B, "Bidder B")),
        bids=(Bid(A, LotId("1")), Bid(B, LotId("1"))),
        responses=(
            Response(place(A, "Q1"), "Of oak."),
            Response(place(B, "Q1"), "=1+1", DocumentId("0" * 64), "12"),
        ),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]  # a table of fields


def written(folder: Path, found: Manifest | None = None) -> Path:
    path = folder / "book.xlsx"
    write_scoring_workbook(path, found or manifest(), {DocumentId("0" * 64): "Ben/B.pdf"})
    return path


def edited(path: Path, edit: Callable[[Workbook], None]) -> Path:
    """Change a workbook as a person would, and save it."""
    book = load_workbook(path)
    edit(book)
    book.save(path)
    return path


def filled(path: Path, cells: Values | None = None) -> Path:
    """Declare "None", score everything, then set these cells of the sheet of scores."""

    def fill(book: Workbook) -> None:
        book["Declaration"]["B3"] = "None"
        scores: tuple[str | float, ...] = (4, 3, 55, 12.5, "Pass", "fail")
        for row, score in enumerate(scores, 4):
            book["Scores"][f"{SCORE}{row}"] = score
            book["Scores"][f"{RATIONALE}{row}"] = f"Because of {row}."
        for cell, value in (cells or {}).items():
            book["Scores"][cell] = value

    return edited(path, fill)


def read(path: Path) -> ReturnBody:
    return read_scoring_workbook(path, AT).body


def problems(path: Path) -> list[CellProblem]:
    with pytest.raises(WorkbookProblems) as refusal:
        read(path)
    return list(refusal.value.problems)


def outline(body: ReturnBody) -> list[tuple[str, str, Fraction | None, str]]:
    found = [
        (one.place.bidder, one.place.criterion, one.points, one.rationale) for one in body.scores
    ]
    return sorted(found)


ALL = [
    ("bidder-a", "C1", Fraction(1), "Because of 8."),
    ("bidder-a", "Q1", Fraction(4), "Because of 4."),
    ("bidder-a", "Q2", Fraction(55), "Because of 6."),
    ("bidder-b", "C1", Fraction(0), "Because of 9."),
    ("bidder-b", "Q1", Fraction(3), "Because of 5."),
    ("bidder-b", "Q2", Fraction(25, 2), "Because of 7."),
]


def test_it_comes_back_as_it_was_filled_in(tmp_path: Path) -> None:
    body = read(filled(written(tmp_path)))
    assert outline(body) == ALL
    assert {one.state for one in body.scores} == {ScoreState.READY}
    assert (body.tender, body.evaluator, body.pack) == ("t-1", "p-2", 2)
    assert (body.kind, body.complete, body.number) == (ReturnKind.SCORES, True, 1)
    assert (body.method_version, body.fingerprint) == (1, "f" * 64)
    assert (body.keys, body.head_seq, body.head_hash) == (PublicKeys("", ""), 0, "")
    assert body.declaration is not None
    assert (body.declaration.interest, body.declaration.organisations) == ("", ())
    assert body.opened_at == AT


def test_the_digest_is_of_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    facts = write_scoring_workbook(path, manifest())
    assert read_scoring_workbook(filled(path), AT).digest == facts.digest
    again = write_scoring_workbook(tmp_path / "again.xlsx", manifest(number=3))
    assert again.digest != facts.digest


def test_the_same_manifest_gives_the_same_bytes(tmp_path: Path) -> None:
    first = written(tmp_path).read_bytes()
    assert written(tmp_path).read_bytes() == first


def test_nothing_filled_in_is_nothing_scored(tmp_path: Path) -> None:
    path = edited(written(tmp_path), lambda book: book["Declaration"].__setitem__("B3", "none"))
    body = read(path)
    assert (body.scores, body.complete) == ((), False)


def test_drafts_and_what_cannot_be_scored(tmp_path: Path) -> None:
    cells = {"I4": None, "H5": None, "H6": " Cannot  score ", "H7": None, "I7": "  "}
    body = read(filled(written(tmp_path), cells))
    found = {(one.place.bidder, one.place.criterion): one for one in body.scores}
    assert found[A, CriterionId("Q1")].state is ScoreState.DRAFT
    assert found[B, CriterionId("Q1")].points is None
    assert found[A, CriterionId("Q2")].state is ScoreState.CANNOT_SCORE
    assert (B, CriterionId("Q2")) not in found
    assert not body.complete


def test_sorted_hidden_widened_and_added_to_it_still_reads(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["Scores"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(4, 9)]
        for number, row in enumerate(sorted(rows, key=str, reverse=True), 4):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value
        sheet.row_dimensions[5].hidden = True
        sheet.column_dimensions["F"].width = 200
        sheet.insert_rows(1, 2)
        sheet.insert_cols(2, 3)
        sheet["B5"], sheet["B7"] = "My notes", "odd"
        sheet.cell(20, 4).value = "Total so far"
        book.move_sheet("Scores", -2)
        book.create_sheet("Mine")["A1"] = 1

    assert outline(read(edited(filled(written(tmp_path)), change))) == ALL


def test_moved_columns_are_found_by_their_headings(tmp_path: Path) -> None:
    def swap(book: Workbook) -> None:
        sheet = book["Scores"]
        for row in range(HEADING_ROW, 10):
            first, second = sheet.cell(row, 4), sheet.cell(row, 9)
            first.value, second.value = second.value, first.value

    assert outline(read(edited(filled(written(tmp_path)), swap))) == ALL


@pytest.mark.parametrize(
    ("cells", "row", "column", "told"),
    [
        ({"H4": "4"}, 4, "Score", "text where a number belongs"),
        ({"H4": "four"}, 4, "Score", "“four” is text"),
        ({"H4": 6}, 4, "Score", "6 is not on the scale 0-5"),
        ({"H4": -1}, 4, "Score", "-1 is not on the scale"),
        ({"H4": 3.5}, 4, "Score", "3.5 is not on the scale"),
        ({"H6": 55.25}, 6, "Score", "55.25 is not on the scale 0-100"),
        ({"H4": "=2+2"}, 4, "Score", "formula and no result"),
        ({"H4": date(2027, 1, 4)}, 4, "Score", "is not a score"),
        ({"H4": True}, 4, "Score", "is not a score"),
        ({"H4": "#N/A"}, 4, "Score", "#N/A"),
        ({"H8": "perhaps"}, 8, "Score", "neither Pass nor Fail"),
        ({"H8": 1}, 8, "Score", "neither Pass nor Fail"),
        ({"H8": "cannot score", "I8": None}, 8, "Rationale", "why"),
        ({"I4": "=A1"}, 4, "Rationale", "formula and no result"),
        ({"A4": "0123456789abcdef"}, 4, "Key", "hidden key of this row was changed"),
        ({"A4": None}, 4, "Key", "lost its hidden key"),
        ({"D4": "Bidder B"}, 4, "Bidder", "This row was Q1, Bidder A"),
        ({"B4": None}, 4, "Ref", "shows nothing now"),
        ({"H3": "Points"}, None, None, "headings"),
    ],
)
def test_what_is_wrong_is_named_with_its_cell(
    tmp_path: Path, cells: Values, row: int | None, column: str | None, told: str
) -> None:
    named = [one for one in problems(filled(written(tmp_path), cells)) if one.row == row]
    assert named[0].sheet == "Scores"
    assert [(one.row, one.column) for one in named[:1]] == [(row, column)]
    assert told in str(named[0])


def test_a_missing_and_a_doubled_row_are_named(tmp_path: Path) -> None:
    def double(book: Workbook) -> None:
        sheet = book["Scores"]
        for column in range(1, 11):
            sheet.cell(7, column).value = sheet.cell(6, column).value

    told = [str(one) for one in problems(edited(filled(written(tmp_path)), double))]
    assert [one.partition(". ")[0] for one in told] == [
        "Scores: The row of Q2, Bidder B is missing",
        "Scores, row 7, column Key: Row 6 is for the same answer (Q2, Bidder A)",
    ]
    gone = edited(filled(written(tmp_path)), lambda book: book["Scores"].delete_rows(4))
    assert [one.wrong for one in problems(gone)] == ["The row of Q1, Bidder A is missing."]


def test_scores_that_were_sorted_without_their_rows_are_found(tmp_path: Path) -> None:
    def half(book: Workbook) -> None:
        sheet = book["Scores"]
        for column in range(2, 10):
            first, second = sheet.cell(4, column), sheet.cell(5, column)
            first.value, second.value = second.value, first.value

    found = problems(edited(filled(written(tmp_path)), half))
    assert [(one.row, one.column) for one in found] == [(4, "Bidder"), (5, "Bidder")]


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["Declaration"]["B3"] = None

    path = edited(filled(written(tmp_path), {"H4": 9, "H6": "x", "H9": 4}), change)
    assert [(one.sheet, one.row) for one in problems(path)] == [
        ("Declaration", 3),
        ("Scores", 4),
        ("Scores", 6),
        ("Scores", 9),
    ]


def declared(path: Path, cells: Values) -> Path:
    def fill(book: Workbook) -> None:
        for cell, value in cells.items():
            book["Declaration"][cell] = value

    return edited(path, fill)


def test_an_interest_and_a_private_question(tmp_path: Path) -> None:
    cells = {"B3": "I have an interest", "B4": "My cousin works there.", "B9": "yes", "B5": "Why?"}
    body = read(declared(filled(written(tmp_path)), cells))
    assert body.declaration is not None
    assert body.declaration.interest == "My cousin works there."
    assert body.declaration.organisations == ("Alder Ltd",)
    assert body.question == "Why?"


@pytest.mark.parametrize(
    ("cells", "row", "told"),
    [
        ({"B3": "perhaps"}, 3, "not one of the list"),
        ({"B3": "I have an interest"}, 4, "not named"),
        ({"B4": "A cousin."}, 3, "named all the same"),
        ({"B10": "yes"}, 3, "named all the same"),
        ({"B3": "I have an interest", "B4": "x", "B9": "maybe"}, 9, "neither yes nor blank"),
        ({"B3": "I have an interest", "B4": "x", "A20": "Zed", "B20": "x"}, 20, "not on the list"),
        ({"A3": "Interests?"}, None, "missing"),
        ({"B5": "=A1"}, 5, "formula"),
    ],
)
def test_a_declaration_that_does_not_hold_together(
    tmp_path: Path, cells: Values, row: int | None, told: str
) -> None:
    first = problems(declared(filled(written(tmp_path)), cells))[0]
    assert (first.sheet, first.row) == ("Declaration", row)
    assert told in str(first)


def test_an_earlier_declaration_is_filled_in(tmp_path: Path) -> None:
    known = Declaration(
        *(PersonId("p-2"), "A cousin.", (BidderId("Alder Ltd"),), InterestOutcome.MANAGED)
    )
    body = read(written(tmp_path, manifest(declaration=known)))
    assert body.declaration is not None
    assert body.declaration.interest == "A cousin."
    assert body.declaration.organisations == ("Alder Ltd",)
    none = read(written(tmp_path, manifest(declaration=Declaration(PersonId("p-2")))))
    assert none.declaration is not None
    assert none.declaration.interest == ""


def test_a_hidden_sheet_that_was_edited_is_refused(tmp_path: Path) -> None:
    for row, value in ((3, "t-2"), (6, "p-3"), (7, "1"), (9, "{}")):

        def change(book: Workbook, row: int = row, value: str = value) -> None:
            book["About this workbook"][f"B{row}"] = value

        (found,) = problems(edited(filled(written(tmp_path)), change))
        assert found.sheet == "About this workbook"
        assert "changed" in found.wrong


def test_other_workbooks_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    Workbook().save(path)
    with pytest.raises(UnreadableWorkbook, match="is not a scoring workbook"):
        read(path)
    path.write_bytes(b"PK")
    with pytest.raises(UnreadableWorkbook):
        read(path)

    def drop(book: Workbook) -> None:
        book.remove(book["Scores"])

    assert [one.sheet for one in problems(edited(filled(written(tmp_path)), drop))] == ["Scores"]


def saved_at(path: Path, moment: str) -> Path:
    """Say in the file when it was saved."""
    loose = path.with_name("loose.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(loose, "w") as target:
        for item in source.infolist():
            data = source.read(item)
            if item.filename == "docProps/core.xml":
                stamp = rb"(<dcterms:modified[^>]*>)[^<]*"
                data = re.sub(stamp, rb"\g<1>" + moment.encode(), data)
            target.writestr(item, data)
    return loose


@pytest.mark.parametrize(
    ("moment", "made_at"),
    [
        ("2027-06-09T10:00:00Z", datetime(2027, 6, 9, 10, tzinfo=UTC)),
        ("2027-05-01T10:00:00Z", AT),
        ("2099-01-01T10:00:00Z", AT),
        ("2027-06-09T10:00:00", AT),
        ("2027-99-09T10:00:00Z", AT),
        ("never", AT),
    ],
)
def test_it_was_made_when_it_was_saved(tmp_path: Path, moment: str, made_at: datetime) -> None:
    body = read(saved_at(filled(written(tmp_path)), moment))
    assert body.made_at == made_at
    assert {one.recorded_at for one in body.scores} == {made_at}


def test_only_what_is_to_be_filled_in_is_open(tmp_path: Path) -> None:
    book = load_workbook(written(tmp_path))
    free = {
        sheet.title: {
            cell.coordinate
            for row in sheet.iter_rows()
            for cell in row
            if not cell.protection.locked
        }
        for sheet in book.worksheets
    }
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    assert free["Scores"] == {f"{column}{row}" for column in "HI" for row in range(4, 10)}
    assert free["Declaration"] == {"B3", "B4", "B5", "B9", "B10"}
    assert not free["Start here"] | free["Scales"] | free["About this workbook"]
    assert book["About this workbook"].sheet_state == "hidden"
    assert book["Scores"].column_dimensions["A"].hidden


def lists_of(sheet: Worksheet) -> dict[str, str]:
    return {
        cell: str(one.formula1)
        for one in sheet.data_validations.dataValidation
        for area in one.sqref.ranges
        for rows in sheet[area.coord : area.coord]
        for cell in [item.coordinate for item in rows]
    }


def test_each_score_offers_the_values_of_its_scale(tmp_path: Path) -> None:
    book = load_workbook(written(tmp_path))
    lists = lists_of(book["Scores"])
    values = {
        cell: [one[0].value for one in book["Scales"][area.partition("!")[2].replace("$", "")]]
        for cell, area in lists.items()
    }
    assert values["H4"] == values["H5"] == [0, 1, 2, 3, 4, 5, "cannot score"]
    assert values["H6"][:3] == [0, 0.5, 1]
    assert len(values["H6"]) == 202
    assert values["H8"] == ["Fail", "Pass", "cannot score"]


def test_question_answer_and_scale_stand_side_by_side(tmp_path: Path) -> None:
    asked = Clarification(place(A, "Q1"), "Which oak?", "English.", NOON, scorable=True)
    sheet = load_workbook(written(tmp_path, manifest(clarifications=(asked,))))["Scores"]
    assert "How will you build them?" in sheet["E4"].value
    assert sheet["F4"].value == "Of oak.\n\n[Clarification asked: Which oak?]\n[Answer: English.]"
    assert sheet["F5"].value == "=1+1\n\n[Document: Ben/B.pdf, page 12]"
    assert sheet["F5"].data_type == "s"
    assert sheet["F6"].value == "(No answer was given.)"
    assert "4  Label 4: What 4 means." in sheet["J4"].value
    assert sheet.freeze_panes == "E4"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.fitToWidth == 1


def test_long_answers_stand_in_full_on_their_own_sheet(tmp_path: Path) -> None:
    text = "\n".join([f"{number} " + "word 😀 " * 900 for number in range(12)])
    found = manifest(responses=(Response(place(A, "Q1"), text),))
    book = load_workbook(written(tmp_path, found))
    told = [str(row[1].value) for row in book["Answers"].iter_rows(4) if row[1].value]
    assert "".join(told[:-1]).replace("\n", "") == text.replace("\n", "")
    assert all(len(one) <= 1600 for one in told)
    assert book["Scores"]["F4"].value.endswith("read it in full on the sheet “Answers”, row 3.")
    assert book["Scores"]["G4"].hyperlink.location == "'Answers'!B3"
    assert "Answers" not in load_workbook(written(tmp_path)).sheetnames
    assert outline(read(filled(written(tmp_path, found)))) == ALL


def test_only_what_was_sent_back_is_asked_in_moderation(tmp_path: Path) -> None:
    path = written(tmp_path, manifest(is_moderated=True, sent_back=(place(B, "Q1"),)))
    sheet = load_workbook(path)["Scores"]
    assert [sheet["D4"].value, sheet["D5"].value] == ["Bidder B", None]


def test_hostile_names_and_questions_are_safe_and_come_back(tmp_path: Path) -> None:
    hostile = ("=cmd|' /C calc'!A0", "a\x07b_x0041_\r\n", "<b>&", "\u202etxt", "'quoted")
    for name in hostile:
        found = manifest(bidders=(Bidder(A, name), Bidder(B, "B")), organisations=(name.strip(),))
        path = filled(written(tmp_path, found))
        with zipfile.ZipFile(path) as archive:
            sheets = [one for one in archive.namelist() if one.startswith("xl/worksheets/sheet")]
            assert not any(b"<f>" in archive.read(one) for one in sheets)
        assert outline(read(path)) == ALL


def as_excel_stores(text: str) -> str:
    return CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


@pytest.mark.skipif(not BLNS.exists(), reason="the outside cases are not in this checkout")
def test_naughty_strings_come_back_as_rationales_or_are_refused_by_their_cell(
    tmp_path: Path,
) -> None:
    strings = [text for text in json.loads(BLNS.read_text(encoding="utf-8")) if text.strip()]
    bidders = tuple(Bidder(BidderId(f"b{row}"), f"B {row}") for row in range(4, len(strings) + 4))
    answers = zip(bidders, strings, strict=True)
    found = manifest(
        bidders=bidders,
        bids=tuple(Bid(one.id, LotId("1")) for one in bidders),
        responses=tuple(Response(place(one.id, "Q1"), text) for one, text in answers),
    )
    refused = {row for row, text in enumerate(strings, 4) if CONTROL.search(text)}

    def fill(book: Workbook) -> None:
        book["Declaration"]["B3"] = "None"
        for row, text in enumerate(strings, 4):
            cell = book["Scores"][f"{RATIONALE}{row}"]
            cell.value, book["Scores"][f"{SCORE}{row}"] = as_excel_stores(text), 3
            cell.data_type = "s"

    def empty(book: Workbook) -> None:
        for row in refused:
            book["Scores"][f"{RATIONALE}{row}"] = "x"

    path = edited(written(tmp_path, found), fill)
    wrong = problems(path)
    assert {(one.row, one.column) for one in wrong} == {(row, "Rationale") for row in refused}
    assert all("control character" in one.wrong for one in wrong)
    body = read(edited(path, empty))
    kept = {one.place.bidder: one.rationale for one in body.scores if one.points is not None}
    for row, text in enumerate(strings, 4):
        assert kept[BidderId(f"b{row}")] == ("x" if row in refused else text)
    assert (len(kept), len(refused)) == (len(strings), 6)


def test_a_control_character_in_a_rationale_is_refused(tmp_path: Path) -> None:
    path = filled(written(tmp_path), {"I4": "bell_x0007_"})
    (found,) = problems(path)
    assert (found.row, found.column) == (4, "Rationale")
    assert "U+0007" in found.wrong
