"""What is written reads back, whole and unchanged, and is never a formula."""

import errno
import json
import re
import zipfile
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tendereval.domain.errors import DiskFull, ExchangeProblem, FileProblem, ReadOnlyFile
from tendereval.exchange.cells import read_number, read_text
from tendereval.exchange.grid import CellKind, read_book
from tendereval.exchange.workbook import read_workbook
from tendereval.exchange.writer import MAX_TEXT, safe_title, split_text, write_rows, write_whole
from tests.exchange.books import SHARED

BLNS = SHARED / "strings" / "blns.json"
HOSTILE = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "#N/A", "#DIV/0!", "=", "TRUE"]
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def back(folder: Path, *texts: str) -> list[str]:
    path = folder / "out.xlsx"
    write_rows(path, {"S": (["Head"], [[text] for text in texts])})
    rows = read_book(path).grids[0].rows
    return [rows[at][1].text if at in rows else "" for at in range(2, len(texts) + 2)]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(tmp_path: Path, text: str) -> None:
    assert back(tmp_path, text) == [text]
    cell = load_workbook(tmp_path / "out.xlsx")["S"]["A2"]
    assert (cell.data_type, cell.value) == ("s", text)
    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    "text", ["a\r\nb", "\r", "_x0041_", "_x005F_x0041_", " spaced ", "é\n\tü", "😀", "<b>&amp;"]
)
def test_awkward_text_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    assert back(tmp_path, text) == [text]


def test_what_a_workbook_cannot_hold_is_shown(tmp_path: Path) -> None:
    assert back(tmp_path, "a\x00b\x07\x1b\ufffe\ud800") == [r"a\x00b\x07\x1b\ufffe\ud800"]


def test_text_that_is_too_long_is_refused_in_words_or_split(tmp_path: Path) -> None:
    longest = "a" * MAX_TEXT
    assert back(tmp_path, longest) == [longest]
    with pytest.raises(ExchangeProblem, match="does not fit in one cell"):
        back(tmp_path, longest + "b")
    assert not list(tmp_path.glob(".writing-*"))
    text = "word 😀 " * 20_000
    parts = split_text(text)
    assert "".join(parts) == text
    assert back(tmp_path, *parts) == parts


def test_the_characters_of_other_planes_count_twice(tmp_path: Path) -> None:
    with pytest.raises(ExchangeProblem):
        back(tmp_path, "😀" * 16_384)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=12))
def test_any_text_comes_back(tmp_path: Path, texts: list[str]) -> None:
    plain = [CONTROL.sub("?", text) for text in texts]
    assert back(tmp_path, *plain) == plain


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.decimals(-(10**18), 10**18, places=7), min_size=1, max_size=12))
def test_any_number_comes_back_exactly(tmp_path: Path, numbers: list[Fraction]) -> None:
    wanted = [Fraction(number) for number in numbers]
    path = tmp_path / "out.xlsx"
    write_rows(path, {"S": (["Head"], [[number] for number in wanted])})
    rows = read_book(path).grids[0].rows
    assert [read_number(rows[at][1]) for at in range(2, len(wanted) + 2)] == wanted


def test_the_other_kinds_of_value(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_rows(path, {"S": (["a"], [[True, False, None, 7, Fraction(1, 3), date(2026, 9, 14)]])})
    cells = read_book(path).grids[0].rows[2]
    assert [cells[1].text, cells[2].text, cells[4].text] == ["yes", "no", "7"]
    assert cells[5].text == "0.33333333333333"
    assert (cells[6].kind, cells[6].format) == (CellKind.DATE, "d mmmm yyyy")
    assert 3 not in cells


def test_sheet_names_are_made_fit(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_rows(
        path, {"a/b": (["x"], []), "a:b": (["x"], []), "n" * 40: (["x"], []), "''": ([], [])}
    )
    assert read_book(path).names == ("a-b", "a-b (2)", "n" * 31, "Sheet")
    assert safe_title("A", ["a"]) == "A (2)"


def test_a_failed_writing_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(ExchangeProblem):
        back(tmp_path, "x" * 40_000)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOSPC, DiskFull), (errno.EACCES, ReadOnlyFile), (errno.EIO, FileProblem)],
)
def test_trouble_with_the_disk_is_said_in_words(
    tmp_path: Path, number: int, kind: type[FileProblem]
) -> None:
    def fail(temporary: Path) -> None:
        raise OSError(number, "trouble", str(temporary))

    with pytest.raises(kind, match=r"'out\.xlsx'"):
        write_whole(tmp_path / "out.xlsx", fail)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="could not be written"):
        write_rows(tmp_path / "none" / "out.xlsx", {})


@pytest.mark.skipif(not BLNS.exists(), reason="the outside cases are not in this checkout")
def test_naughty_strings_as_names_titles_answers_and_rationales(tmp_path: Path) -> None:
    strings = [text for text in json.loads(BLNS.read_text(encoding="utf-8")) if text.strip()]
    shown = [CONTROL.sub(visible, text) for text in strings]
    names: dict[str, str] = {}
    for text in shown:
        if ";" not in text:
            names.setdefault(text.strip().casefold(), text)
    assert len(names) > 400
    path = tmp_path / "out.xlsx"
    write_rows(
        path,
        {
            "Tender": (["Item", "Value"], [["Reference", "R"]]),
            "Criteria": (
                ["Ref", "Title", "Kind", "Scale"],
                [[f"Q{n}", text, "quality", "0-5"] for n, text in enumerate(strings)],
            ),
            "Bidders": (["Bidder"], [[name] for name in [*names.values(), "Alder"]]),
            "Panel": (["Name", "Email", "Role"], [["Pat", "p@x.example", "evaluator"]]),
            "Responses": (
                ["Bidder", "Ref", "Response"],
                [["Alder", f"Q{n}", text] for n, text in enumerate(strings)],
            ),
            "Scores": (
                ["Evaluator", "Bidder", "Ref", "Score", "Rationale"],
                [["Pat", "Alder", f"Q{n}", 3, text] for n, text in enumerate(strings)],
            ),
        },
    )
    content = read_workbook(path)
    assert content.method is not None
    assert [row.title for row in content.method.criteria] == [text.strip() for text in shown]
    assert [row.text for row in content.responses] == shown
    assert [row.rationale for row in content.scores] == shown
    assert [row.name for row in content.bidders] == [*map(str.strip, names.values()), "Alder"]


def test_text_of_a_written_cell_reads_as_text(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_rows(path, {"S": (["Head"], [["1.10"], ["1-2"]])})
    rows = read_book(path).grids[0].rows
    assert [read_text(rows[2][1]), read_text(rows[3][1])] == ["1.10", "1-2"]
