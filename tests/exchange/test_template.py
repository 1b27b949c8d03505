"""The empty set-up workbook can be filled in and read back; the built-in scales can be used."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tendereval.domain.errors import WorkbookProblems
from tendereval.exchange.layout import ITEMS, SHEETS, TENDER
from tendereval.exchange.scales import built_in_scale, built_in_scales
from tendereval.exchange.template import HEADER_ROW, write_template
from tendereval.exchange.workbook import read_workbook

FILLED: dict[str, list[list[str | int | None]]] = {
    "Criteria": [
        ["Q1", "Start", "quality", None, None, 60, "0-5"],
        ["PRICE", "Price", "price", None, None, 40, *[None] * 5, "lowest over price"],
    ],
    "Bidders": [["Alder Ltd", "assessed"], ["Birch Ltd"]],
    "Panel": [["Pat Lee", "pat@x.example", "evaluator", "all"]],
    "Responses": [["Alder Ltd", "Q1", "We begin."]],
    "Prices": [["Alder Ltd", 5], ["Birch Ltd", "£6.00"]],
    "Scores": [["Pat Lee", "Alder Ltd", "Q1", 4, "Because."]],
    "Agreed": [["Alder Ltd", "Q1", 4, "Because.", None, None, "all", "all"]],
    "Declarations": [["Pat Lee"]],
}


def test_a_filled_in_template_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path)
    book = load_workbook(path)
    book["Tender"].cell(HEADER_ROW + 1, 2).value = "R-1"
    for name, rows in FILLED.items():
        for at, row in enumerate(rows, HEADER_ROW + 1):
            for column, value in enumerate(row, 1):
                book[name].cell(at, column).value = value
    book.save(path)
    content = read_workbook(path)
    assert content.details is not None
    assert content.details.reference == "R-1"
    assert [row.name for row in content.bidders] == ["Alder Ltd", "Birch Ltd"]
    assert [str(row.amount) for row in content.prices] == ["5", "6"]
    assert content.agreed[0].confirmed_by == ("pat@x.example",)
    assert content.notes == ()


def test_an_empty_template_only_lacks_the_reference(tmp_path: Path) -> None:
    write_template(tmp_path / "template.xlsx")
    with pytest.raises(WorkbookProblems) as refusal:
        read_workbook(tmp_path / "template.xlsx")
    assert [problem.wrong for problem in refusal.value.problems] == ["The tender has no reference."]


def test_every_sheet_has_guidance_an_example_a_frozen_header_and_choices(tmp_path: Path) -> None:
    write_template(tmp_path / "template.xlsx")
    book = load_workbook(tmp_path / "template.xlsx")
    assert book.sheetnames == [layout.name for layout in SHEETS]
    for layout in SHEETS:
        sheet = book[layout.name]
        assert sheet.freeze_panes == f"A{HEADER_ROW + 1}"
        assert sheet["A2"].value == layout.guidance
        assert sheet["A4"].value == layout.example[0]
        headings = [cell.value for cell in sheet[HEADER_ROW] if cell.value]
        assert headings == [column.name for column in layout.columns]
        lists = sum(bool(column.choices) for column in layout.columns)
        assert len(sheet.data_validations.dataValidation) >= lists
    items = [row[0].value for row in book[TENDER.name].iter_rows(min_row=HEADER_ROW + 1)]
    assert items == [item.name for item in ITEMS]


def test_every_list_of_choices_fits_into_a_drop_down() -> None:
    choices = [column.choices for layout in SHEETS for column in layout.columns]
    choices += [item.choices for item in ITEMS]
    assert all(len(",".join(options)) <= 255 for options in choices)
    assert not any("," in option for options in choices for option in options)


def test_the_built_in_scales() -> None:
    names = [scale.name for scale in built_in_scales()]
    assert names == ["0-5", "0-4", "0-3", "0/30/70/100", "0-10", "pass/fail"]
    assert built_in_scale(" 0 \N{EN DASH} 5 ") == built_in_scales()[0]
    assert built_in_scale("0-7") is None


@pytest.mark.parametrize("scale", built_in_scales(), ids=lambda scale: scale.name)
def test_every_band_says_in_15_to_40_words_what_it_means(scale: object) -> None:
    bands = getattr(scale, "bands", ())
    assert bands
    assert [band.points for band in bands] == sorted({band.points for band in bands})
    assert all(15 <= len(band.descriptor.split()) <= 40 for band in bands)
    assert len({band.descriptor for band in bands}) == len(bands)
