"""A pay schedule while it is typed or pasted: problems by line, then recorded or refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from tendereval.domain.publicvalue.living_wage import PayBasis, WagePlace
from tendereval.store import public_value
from tendereval.viewmodels.public_value import make
from tendereval.viewmodels.public_value_pay import PayTable
from tests.viewmodel.public_value_desk import NORTHGATE, VALE, showing_public_value

HEAD = "Role\tEmployer\tPlace\tBasis\tAmount\tHours\tHeads"
CLEANER = ("Cleaner", "direct", "UK", "hour", "13.45", "37.5", "4", "no", "no")


@contextmanager
def a_table(folder: Path) -> Iterator[PayTable]:
    with showing_public_value(folder) as desk:
        yield make(desk).pay


def write(table: PayTable, row: int, cells: tuple[str, ...]) -> None:
    for column, text in enumerate(cells):
        table.setData(table.index(row, column), text)


def test_roles_are_typed_line_by_line_and_recorded(tmp_path: Path) -> None:
    with showing_public_value(tmp_path) as desk:
        table = make(desk).pay
        table.begin(NORTHGATE)
        assert (table.name, table.needs_reason, table.is_changed) == ("Northgate", False, False)
        assert table.data(table.index(0, 0)) == "Next role…"
        write(table, 0, CLEANER)
        assert table.rowCount() == 2
        assert table.problems == ()
        assert table.record("") == ""
        assert not table.is_changed
        with desk.reading() as reader:
            (row,) = public_value.pay_schedules(reader)[NORTHGATE]
        assert (row.role, row.amount, row.hours, row.heads) == (
            *("Cleaner", Fraction("13.45"), Fraction("37.5"), 4),
        )
        assert (row.place, row.basis) == (WagePlace.UK, PayBasis.HOUR)


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        (4, "", "Line 1, Pay, £: Pay is missing."),
        (4, "-13.45", "Line 1: Pay is above zero."),
        (4, "0", "Line 1: Pay is above zero."),
        (4, "13,45", "“13,45” is not an amount in British notation"),
        (4, "about 13", "“about 13” is not an amount in British notation"),
        (4, "1345", "looks like pence or the wrong basis"),
        (5, "0", "Hours a week are above 0 and at most 80."),
        (5, "81", "Hours a week are above 0 and at most 80."),
        (6, "0", "A role has at least one person."),
        (6, "1.5", "“1.5” is no whole number of people."),
        (2, "London town", "Line 1, Place: “London town” is not one of the choices"),
    ],
)
def test_what_cannot_be_is_named_with_its_line_and_not_recorded(
    tmp_path: Path, column: int, text: str, words: str
) -> None:
    with a_table(tmp_path) as table:
        table.begin(NORTHGATE)
        write(table, 0, CLEANER)
        table.setData(table.index(0, column), text)
        assert any(words in problem for problem in table.problems)
        wrong = table.data(table.index(0, column), Qt.ItemDataRole.ToolTipRole)
        assert wrong
        assert "Mend the lines" in table.record("")


def test_yearly_pay_needs_hours_and_a_role_stands_once(tmp_path: Path) -> None:
    with a_table(tmp_path) as table:
        table.begin(NORTHGATE)
        write(table, 0, ("Clerk", "direct", "UK", "year", "26000", "", "1"))
        write(table, 1, CLEANER)
        write(table, 2, CLEANER)
        assert "Line 1: Yearly pay needs the hours a week." in table.problems
        assert "Line 3, Role: Cleaner stands in line 2 already." in table.problems


def test_lines_of_a_spreadsheet_take_the_place_of_what_stands_there(tmp_path: Path) -> None:
    with a_table(tmp_path) as table:
        table.begin(VALE)
        assert table.needs_reason
        assert table.take(f"{HEAD}\nDriver\tdirect\tuk\thour\t13.90\t30\t12") == ()
        assert (table.count, table.is_changed) == (1, True)
        assert "needs a reason" in table.record("")
        assert table.record("The bidder corrected it.") == ""
        assert not table.is_changed


def test_bad_lines_are_named_and_nothing_is_taken(tmp_path: Path) -> None:
    with a_table(tmp_path) as table:
        table.begin(VALE)
        wrong = table.take(f"{HEAD}\nDriver\tdirect\tuk\thour\t1390p\t30\t12\nCook\tdirect")
        assert [problem.line for problem in wrong][:2] == [2, 3]
        assert table.count == 3
        assert not table.is_changed
        other = table.take(f"Bidder\t{HEAD}\nTŷ Gwyn CIC\tDriver\tdirect\tuk\thour\t14\t30\t2")
        assert "those of Tŷ Gwyn CIC, not Vale Coaches Ltd" in str(other[0])


def test_a_role_is_taken_out_and_typing_is_given_up(tmp_path: Path) -> None:
    with a_table(tmp_path) as table:
        table.begin(VALE)
        table.clear_line(1)
        table.clear_line(99)
        assert (table.count, table.is_changed) == (2, True)
        table.give_up()
        assert (table.count, table.is_changed) == (3, False)


def test_quotation_marks_and_line_breaks_in_a_role_do_no_harm(tmp_path: Path) -> None:
    with a_table(tmp_path) as table:
        table.begin(NORTHGATE)
        write(table, 0, ('"Night"\tcleaner\nof ŵ', *CLEANER[1:]))
        assert table.problems == ()
        assert table.data(table.index(0, 0)) == '"Night" cleaner of ŵ'
        assert table.record("") == ""


def test_pay_is_shown_with_its_pence_and_never_rounded_up(tmp_path: Path) -> None:
    with a_table(tmp_path) as table:
        table.begin(NORTHGATE)
        write(table, 0, (*CLEANER[:4], "13.449", *CLEANER[5:]))
        write(table, 1, ("Cook", *CLEANER[1:4], "14.2", *CLEANER[5:]))
        assert table.record("") == ""
        table.begin(NORTHGATE)
        assert [table.data(table.index(row, 4)) for row in (0, 1)] == ["13.449", "14.20"]


def test_the_table_is_a_sound_model(tmp_path: Path, qtmodeltester: ModelTester) -> None:
    with a_table(tmp_path) as table:
        table.begin(VALE)
        qtmodeltester.check(table, force_py=True)  # type: ignore[no-untyped-call]  # pytest-qt
