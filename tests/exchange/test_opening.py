"""Whatever file is offered: a right reading or plain words, never a traceback."""

import random
import struct
import warnings
import zipfile
from datetime import datetime, time, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tendereval.domain.errors import UnreadableWorkbook, WorkbookProblems
from tendereval.exchange import grid as grid_module
from tendereval.exchange import package as package_module
from tendereval.exchange.cells import read_number
from tendereval.exchange.dates import LONDON, CellRefusedError, read_moment
from tendereval.exchange.grid import CellKind, read_book
from tendereval.exchange.workbook import read_workbook
from tests.exchange.books import SHARED, SMALL, make

CASES = sorted((SHARED / "spreadsheets").glob("*/*"))
WORKBOOKS = [case for case in CASES if case.suffix != ".csv"]
needs_cases = pytest.mark.skipif(not CASES, reason="the outside cases are not in this checkout")
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableWorkbook) as caught:
        read_workbook(path)
    return str(caught.value)


@needs_cases
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_outside_workbooks_are_refused_in_words(case: Path) -> None:
    with pytest.raises((UnreadableWorkbook, WorkbookProblems)):
        read_workbook(case)


@needs_cases
@pytest.mark.parametrize("case", WORKBOOKS, ids=lambda case: case.name)
def test_outside_cells_agree_with_another_reader(case: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = load_workbook(case, data_only=True)
    for grid in read_book(case).grids:
        for row in other[grid.name].iter_rows():
            for theirs in row:
                ours = grid.rows.get(theirs.row or 0, {}).get(theirs.column or 0)
                if theirs.value not in {None, ""} and ours is not None:
                    assert _agree(ours, theirs.value), (grid.name, theirs.coordinate)
                elif theirs.value not in {None, ""}:
                    pytest.fail(f"{grid.name} {theirs.coordinate} was lost: {theirs.value!r}")


def _agree(ours: grid_module.Cell, theirs: object) -> bool:
    if isinstance(theirs, datetime) and ours.kind is CellKind.NUMBER and 1950 < theirs.year < 2200:
        return read_moment(ours).at.replace(tzinfo=None).date() == theirs.date()
    if isinstance(theirs, datetime | time | timedelta):
        return ours.kind in {CellKind.NUMBER, CellKind.DATE}
    if isinstance(theirs, bool):
        return ours.text == str(theirs).upper()
    if isinstance(theirs, int | float):
        return float(ours.text) == theirs
    return ours.text.replace("\r", "_x000D_") == str(theirs)


def test_a_missing_file(tmp_path: Path) -> None:
    assert "There is no file 'none.xlsx'" in refusal(tmp_path / "none.xlsx")


def test_a_folder(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"Bidder,Price\nA,1\n", "not an Excel workbook"),
        (OLE + b"Workbook", "old Excel format"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (b"PK\x05\x06" + bytes(18), "not an Excel workbook"),
    ],
)
def test_other_kinds_of_file(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    assert words in refusal(path)


def test_another_zip_is_not_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert "not an Excel workbook" in refusal(path)


def test_a_locked_zip(tmp_path: Path) -> None:
    path = make(tmp_path / "book.xlsx", SMALL)
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    struct.pack_into("<H", content, at + 8, 1)
    path.write_bytes(content)
    assert "protected with a password" in refusal(path)


def test_a_file_of_any_size_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make(tmp_path / "book.xlsx", SMALL)
    monkeypatch.setattr(package_module, "MAX_FILE_BYTES", 100)
    assert "too large" in refusal(path)


def test_a_part_that_unpacks_to_very_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_module, "MAX_UNPACKED_BYTES", 1 << 20)
    path = _with_part(tmp_path, "xl/worksheets/sheet1.xml", b"<worksheet>" + bytes(2 << 20))
    assert path.stat().st_size < 1 << 16
    assert "far more than a tender needs" in refusal(path)


def test_too_many_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make(tmp_path / "book.xlsx", SMALL)
    monkeypatch.setattr(grid_module, "MAX_CELLS", 5)
    assert "far more than a tender needs" in refusal(path)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    assert "damaged" in refusal(_with_part(tmp_path, "xl/worksheets/sheet1.xml", laughs.encode()))


@pytest.mark.parametrize(
    "head",
    [
        b"<!-- -->" * 5_000 + b"<!DOCTYPE s><worksheet/>",
        "<!DOCTYPE s><worksheet/>".encode("utf-16"),
        b"",
    ],
)
def test_a_part_begins_in_plain_utf_8_without_a_document_type(tmp_path: Path, head: bytes) -> None:
    assert "damaged" in refusal(_with_part(tmp_path, "xl/theme/theme1.xml", head))


def test_the_parts_of_other_programs_are_left_alone(tmp_path: Path) -> None:
    path = make(tmp_path / "book.xlsx", SMALL)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("customXml/item1.xml", "<DataMashup/>".encode("utf-16"))
    assert len(read_book(path).grids) == len(SMALL)


def test_a_document_of_another_office_program(tmp_path: Path) -> None:
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    path = _with_part(tmp_path, "[Content_Types].xml", f'<Types xmlns="{types}"/>'.encode())
    assert "not an Excel workbook" in refusal(path)


def test_an_unusual_compression(tmp_path: Path) -> None:
    path = make(tmp_path / "book.xlsx", SMALL)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/other.bin", b"x" * 99, zipfile.ZIP_LZMA)
    assert "damaged" in refusal(path)


def _with_part(folder: Path, part: str, content: bytes, styles: str = "") -> Path:
    source = make(folder / "source.xlsx", SMALL)
    path = folder / "book.xlsx"
    parts = {part: content} | ({"xl/styles.xml": styles.encode()} if styles else {})
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return path


@pytest.mark.parametrize("seed", range(300))
def test_damaged_bytes(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a repeatable choice, no secret
    content = bytearray(make(tmp_path / "good.xlsx", SMALL).read_bytes())
    for _ in range(chance.randint(1, 8)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    _offer(tmp_path, bytes(content))


@pytest.mark.parametrize("seed", range(60))
def test_truncated_files(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a repeatable choice, no secret
    content = make(tmp_path / "good.xlsx", SMALL).read_bytes()
    _offer(tmp_path, content[: chance.randrange(len(content))])


@pytest.mark.parametrize("seed", range(200))
def test_damaged_xml(tmp_path: Path, seed: int) -> None:
    """Bytes changed inside the parts, with right checksums, so that the XML is reached."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable choice, no secret
    source = make(tmp_path / "good.xlsx", SMALL)
    stored = BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(stored, "w") as new:
        for name in old.namelist():
            part = bytearray(old.read(name))
            for _ in range(chance.randint(0, 3)):
                part[chance.randrange(len(part))] = chance.choice(b'<>"/&;0129AZaz\x00\xff')
            new.writestr(name, bytes(part))
    _offer(tmp_path, stored.getvalue())


def _offer(folder: Path, content: bytes) -> None:
    path = folder / "book.xlsx"
    path.write_bytes(content)
    try:
        read_workbook(path)
    except (UnreadableWorkbook, WorkbookProblems) as refused:
        assert refused.do  # noqa: PT017 - a right reading is as good as a refusal


def test_macros_links_and_comments_change_nothing(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Tender"
    sheet.append(["Item", "Value"])
    sheet.append(["Reference", "R-1"])
    sheet["B2"].hyperlink = "https://x.example"
    book.save(tmp_path / "book.xlsx")
    details = read_workbook(tmp_path / "book.xlsx").details
    assert details is not None
    assert details.reference == "R-1"


def _sheet(tmp_path: Path, rows: str, styles: str = "") -> grid_module.Grid:
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    path = _with_part(tmp_path, "xl/worksheets/sheet1.xml", xml.encode(), styles)
    return read_book(path).grids[0]


def test_formulas_with_and_without_a_stored_result(tmp_path: Path) -> None:
    cells = _sheet(
        tmp_path,
        '<row><c><f>1+1</f><v>2</v></c><c><f>1+1</f><v/></c><c t="str"><f>""</f><v></v></c>'
        '<c t="str"><f>A1</f><v>a_x000D_b</v></c><c t="str"><f>A1</f></c></row>',
    ).rows[1]
    assert (cells[1].kind, cells[1].text) == (CellKind.NUMBER, "2")
    assert cells[2].kind is CellKind.UNCALCULATED
    assert 3 not in cells
    assert cells[4].text == "a\rb"
    assert cells[5].kind is CellKind.UNCALCULATED


def test_inline_and_rich_text(tmp_path: Path) -> None:
    cells = _sheet(
        tmp_path,
        '<row r="3"><c r="B3" t="inlineStr"><is><r><t>a</t></r><rPh sb="0" eb="1"><t>x</t></rPh>'
        '<r><t> b</t></r></is></c><c t="d"><v>2026-09-14</v></c><c t="b"><v>1</v></c>'
        '<c t="e"><v>#REF!</v></c></row>',
    ).rows[3]
    assert [cells[at].text for at in sorted(cells)] == ["a b", "2026-09-14", "TRUE", "#REF!"]


def _stored(tmp_path: Path, number: float, code: str, *, is_1904: bool = False) -> grid_module.Cell:
    book = Workbook()
    if is_1904:
        book.epoch = datetime(1904, 1, 1)  # noqa: DTZ001 - the library takes it without a zone
    cell = book.worksheets[0]["A1"]
    cell.value = number
    cell.number_format = code
    book.save(tmp_path / "book.xlsx")
    return read_book(tmp_path / "book.xlsx").grids[0].rows[1][1]


@pytest.mark.parametrize(
    ("number", "code", "is_1904", "hour"),
    [
        (46279, "dd/mm/yyyy", False, 23),
        (46279, "[$-809]d mmmm yyyy;@", False, 23),
        (46279, "dd/mm/yyyy h:mm", False, 0),
        (46279.5, "dd/mm/yyyy", False, 12),
        (46279.70833333333, "dd/mm/yyyy h:mm", False, 17),
        (44817.5, "dd/mm/yyyy", True, 12),
    ],
)
def test_serial_numbers_are_dates_where_the_cell_shows_them_so(
    tmp_path: Path, number: float, code: str, *, is_1904: bool, hour: int
) -> None:
    at = read_moment(_stored(tmp_path, number, code, is_1904=is_1904)).at
    assert at == datetime(2026, 9, 14, hour, 59 if hour == 23 else 0, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (46279, "General"),
        (0, "dd/mm/yyyy"),
        (59, "dd/mm/yyyy"),
        (-1, "dd/mm/yyyy"),
        (9999999, "dd/mm/yyyy"),
        (0.5, "h:mm"),
        (46279.5, "[h]:mm"),
        (46279, "[HH]"),
    ],
)
def test_serial_numbers_that_show_no_day(tmp_path: Path, number: float, code: str) -> None:
    cell = _stored(tmp_path, number, code)
    assert (cell.kind is CellKind.NUMBER) == (code == "General")
    with pytest.raises(CellRefusedError):
        read_moment(cell)


def test_a_date_format_of_another_script_shows_no_number(tmp_path: Path) -> None:
    """openpyxl does not know the built-in format 30 and hands out the bare serial."""
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf/><xf numFmtId="30"/></cellXfs></styleSheet>'
    book = _sheet(tmp_path, '<row><c s="1"><v>46279</v></c><c><v>46279</v></c></row>', styles)
    assert [cell.kind for cell in book.rows[1].values()] == [CellKind.DATE, CellKind.NUMBER]


def test_a_percentage_keeps_its_format(tmp_path: Path) -> None:
    assert read_number(_stored(tmp_path, 0.07, "0.0%")) == 7


def test_the_size_that_a_sheet_states_is_not_believed(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="C{n}"><v>{n}</v></c></row>' for n in range(1, 5))
    size = '<dimension ref="A1:B2"/>'
    xml = f'<worksheet xmlns="{MAIN}">{size}<sheetData>{rows}</sheetData></worksheet>'
    path = _with_part(tmp_path, "xl/worksheets/sheet1.xml", xml.encode())
    assert [row[3].text for row in read_book(path).grids[0].rows.values()] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="B1"><v>2</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1" t="inlineString"><is><t>1</t></is></c></row>',
        '<row r="99999999"><c><v>1</v></c></row>',
        '<x:row xmlns:x="urn:other"><x:c><x:v>1</x:v></x:c></x:row>',
    ],
)
def test_cells_that_openpyxl_would_pass_over_are_refused(tmp_path: Path, rows: str) -> None:
    with pytest.raises(UnreadableWorkbook, match="damaged"):
        _sheet(tmp_path, rows)


def test_a_sheet_that_openpyxl_would_pass_over_is_refused(tmp_path: Path) -> None:
    path = _edited(tmp_path, "xl/_rels/workbook.xml.rels", b"sheets/sheet2.xml", b"sheets/no.xml")
    assert "damaged" in refusal(path)


def test_the_strict_format_is_named(tmp_path: Path) -> None:
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    path = _edited(tmp_path, "xl/workbook.xml", MAIN.encode(), strict)
    assert "Strict Open XML" in refusal(path)


def test_an_odd_author_is_no_reason_to_refuse(tmp_path: Path) -> None:
    path = _edited(tmp_path, "docProps/core.xml", b"</dc:creator>", b"&no;</dc:creator>")
    assert len(read_book(path).grids) == len(SMALL)


def _edited(folder: Path, part: str, old: bytes, new: bytes) -> Path:
    with zipfile.ZipFile(make(folder / "whole.xlsx", SMALL)) as archive:
        content = archive.read(part)
    assert old in content
    return _with_part(folder, part, content.replace(old, new))
