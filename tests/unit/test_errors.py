"""What refusals say."""

from tendereval.domain.errors import (
    CellProblem,
    MethodIncomplete,
    NotReady,
    Undefined,
    UserFixable,
    WorkbookProblems,
)


def test_a_refusal_says_what_happened_what_was_kept_and_what_to_do() -> None:
    refusal = Undefined("It has no answer.", "Ask.", "The scores are kept.")
    assert str(refusal) == "It has no answer. The scores are kept. Ask."
    assert isinstance(refusal, UserFixable)


def test_every_gap_of_a_method_is_listed() -> None:
    refusal = MethodIncomplete(["No lot.", "No scale."], "It cannot be published")
    assert refusal.missing == ("No lot.", "No scale.")
    assert "It cannot be published: No lot. No scale." in str(refusal)


def test_every_open_point_before_a_stage_is_listed() -> None:
    refusal = NotReady("price", ["Q1 is not agreed.", "Q2 is not agreed."])
    assert "- Q1 is not agreed.\n- Q2 is not agreed." in str(refusal)
    assert (refusal.stage, len(refusal.missing)) == ("price", 2)


def test_a_cell_problem_names_as_much_as_is_known() -> None:
    cell = CellProblem("Criteria", 4, "Weight", "It is a date.", "Write a number.")
    sheet = CellProblem("Criteria", None, None, "It is missing.", "Add it.")
    assert str(cell) == "Criteria, row 4, column Weight: It is a date. Write a number."
    assert str(sheet) == "Criteria: It is missing. Add it."


def test_a_workbook_lists_all_its_problems() -> None:
    cell = CellProblem("Bidders", 2, "Bidder", "It is blank.", "Write a name.")
    one, two = WorkbookProblems([cell]), WorkbookProblems([cell, cell])
    assert "one problem" in str(one)
    assert "2 problems" in str(two)
    assert one.problems == (cell,)
