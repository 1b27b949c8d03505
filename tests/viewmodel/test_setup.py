"""Set-up without a window: steps and undo, typing, moves, scales, samples, ticks, publishing."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from tendereval.domain.errors import UserFixable
from tendereval.domain.ids import PersonId
from tendereval.domain.method_editing import Way
from tendereval.domain.stages import Stage
from tendereval.domain.tender import AwardCriterion, CriterionKind, Regime, VersionKind
from tendereval.services.drafting import built_in_scales
from tendereval.viewmodels.calculator import PRICE, QUALITY, RANK, TOTAL, Calculator
from tendereval.viewmodels.criteria_tree_model import WEIGHT, CriteriaTreeModel
from tendereval.viewmodels.criterion_forms import criterion_fields, further_fields
from tendereval.viewmodels.form_fields import FormField
from tendereval.viewmodels.publishing import Mark, PublishingViewModel, compared
from tendereval.viewmodels.scales_model import (
    DESCRIPTOR,
    PERCENT,
    POINTS,
    BandsModel,
    ScalesViewModel,
)
from tendereval.viewmodels.session_view_model import SessionViewModel
from tendereval.viewmodels.setup import SetupViewModel, make
from tendereval.viewmodels.setup_forms import details_fields, lot_fields, method_fields
from tendereval.viewmodels.setup_head import target_of
from tendereval.viewmodels.tie_break_choices import tie_break_choices, tie_break_words
from tendereval.viewmodels.who_scores_model import FIRST_PERSON, WhoScoresModel
from tests.viewmodel.setup_desk import a_desk

EDIT, TICK = Qt.ItemDataRole.EditRole, Qt.ItemDataRole.CheckStateRole


def early() -> datetime:
    return datetime(2027, 2, 1, 9, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[SessionViewModel]:
    made = a_desk(tmp_path, early)
    yield made
    made.close()


@pytest.fixture
def setup(desk: SessionViewModel) -> SetupViewModel:
    return make(desk)


def field(setup: SetupViewModel, ref: str, name: str) -> FormField[AwardCriterion]:
    row = setup.row(ref)
    assert row is not None
    fields = (*criterion_fields(setup.method, row), *further_fields(setup.method, row))
    return next(one for one in fields if one.name == name)


def keep(setup: SetupViewModel, ref: str, name: str, text: str) -> str:
    return setup.keep_criterion(ref, field(setup, ref, name), text)


def titles(setup: SetupViewModel) -> list[str]:
    return [row.title for row in setup.method.criteria]


def test_a_weight_is_one_step_that_undo_takes_back(setup: SetupViewModel) -> None:
    assert keep(setup, "Q2", "weight", "30") == ""
    assert setup.shares.off == ""
    setup.desk.undo_stack.undo()
    assert setup.shares.off == "10 points are missing"
    setup.desk.undo_stack.redo()
    assert setup.shares.off == ""
    assert setup.desk.undo_stack.undoText() == "Change “Weight” of Q2"


def test_what_cannot_be_read_changes_nothing(setup: SetupViewModel) -> None:
    assert "not a number" in keep(setup, "Q2", "weight", "many")
    assert "whole number" in keep(setup, "Q2", "word_limit", "2.5")
    assert setup.desk.undo_stack.count() == 0


def test_the_hint_names_the_weight_that_mends_the_sum(setup: SetupViewModel) -> None:
    assert setup.weight_hint("Q2") == "30 here would make the weights add up to 100."
    assert setup.weight_hint("S1") == ""
    assert setup.weight_hint("Q9") == ""


def test_text_being_typed_is_kept_and_then_recorded_once(setup: SetupViewModel) -> None:
    question = field(setup, "Q1", "question")
    setup.type_criterion("Q1", question, "How w")
    with setup.desk.reading() as reader:
        assert reader.method().criteria[1].question == "How w"
    keep(setup, "Q1", "question", "How will you?")
    assert setup.desk.undo_stack.count() == 1
    setup.desk.undo_stack.undo()
    assert setup.method.criteria[1].question == ""


def test_typing_that_is_taken_back_leaves_nothing_behind(setup: SetupViewModel) -> None:
    setup.type_criterion("Q1", field(setup, "Q1", "question"), "x")
    keep(setup, "Q1", "question", "")
    with setup.desk.reading() as reader:
        assert reader.method().criteria[1].question == ""


def test_every_detail_is_read_as_people_write_it(setup: SetupViewModel) -> None:
    by_name = {one.name: one for one in details_fields()}
    for name, text in {
        "deadline": "23 November 2027 12:00",
        "notice_date": "1/2/2027",
        "estimated_value": "£1,234,567.50",
        "regime": "Below threshold",
        "refinement_provided_for": "yes",
        "prices_include_vat": "no",
        "currency": "eur",
    }.items():
        assert setup.keep_details(by_name[name], text) == ""
    details = setup.details
    assert by_name["deadline"].shown(details) == "23 November 2027 12:00"
    assert by_name["estimated_value"].shown(details) == "£1,234,567.50"
    assert (details.regime, details.currency) == (Regime.BELOW_THRESHOLD, "EUR")
    assert details.prices_include_vat is False
    assert "time of day" in setup.keep_details(by_name["deadline"], "23 November 2027")
    assert "date" in setup.keep_details(by_name["notice_date"], "soon")
    setup.desk.undo_stack.undo()
    assert setup.details.currency == "GBP"


def test_every_field_can_be_written_as_it_is_shown(setup: SetupViewModel) -> None:
    for one in details_fields():
        assert one.put(setup.details, one.shown(setup.details)) == setup.details
    for rule in method_fields():
        assert rule.put(setup.method, rule.shown(setup.method)) == setup.method
    for lot in lot_fields():
        assert (
            lot.put(setup.method.lots[0], lot.shown(setup.method.lots[0])) == setup.method.lots[0]
        )
    for row in setup.method.criteria:
        for part in (*criterion_fields(setup.method, row), *further_fields(setup.method, row)):
            assert part.put(row, part.shown(row)) == row


def test_rules_that_are_not_supported_say_so(setup: SetupViewModel) -> None:
    rule = next(one for one in method_fields() if one.name == "award_rule")
    offered = {value: works for value, _, works in rule.choices}
    assert offered["weighted total"]
    assert not offered["lowest compliant price"]
    assert setup.keep_method(rule, "highest quality") == ""
    assert any("not yet supported" in gap for gap in setup.gaps)


def test_sub_criteria_goals_and_parameters_are_lines(setup: SetupViewModel) -> None:
    keep(setup, "Q1", "sub_criteria", "The wood\nQ1.5  The joints\nThe paint")
    row = setup.row("Q1")
    assert row is not None
    assert [sub.ref for sub in row.sub_criteria] == ["Q1.1", "Q1.5", "Q1.2"]
    keep(setup, "Q1", "goals", "3; 11;")
    keep(setup, "PRICE", "zero", "refuse")
    keep(setup, "PRICE", "parameters", "maximum = 5")
    price, row = setup.row("PRICE"), setup.row("Q1")
    assert row is not None
    assert price is not None
    assert row.goals == ("3", "11")
    assert price.parameters == (("maximum", "5"), ("zero", "refuse"))


def test_a_new_reference_is_one_step_with_the_panel(setup: SetupViewModel) -> None:
    assert keep(setup, "Q1", "ref", "Q9") == ""
    assert setup.row("Q9") is not None
    setup.desk.undo_stack.undo()
    assert setup.row("Q1") is not None
    assert "Another criterion" in keep(setup, "Q1", "ref", "Q2")


def test_rows_are_added_moved_and_removed(setup: SetupViewModel) -> None:
    ref = setup.add(CriterionKind.PUBLIC_VALUE, "S1")
    assert ref == "PV1"
    setup.shift(ref, Way.UP)
    assert [row.ref for row in setup.method.criteria] == ["S1", "Q1", "PV1", "Q2", "PRICE"]
    assert "not a section" in setup.move("PV1", "Q1", 0)
    assert setup.remove("S1")
    assert [row.ref for row in setup.method.criteria] == ["PRICE"]
    setup.desk.undo_stack.undo()
    assert len(setup.method.criteria) == 5


def test_lots(setup: SetupViewModel) -> None:
    assert setup.add_lot() == "2"
    title = next(one for one in lot_fields() if one.name == "title")
    assert setup.keep_lot("2", title, "North") == ""
    assert setup.keep_lot("9", title, "North") == ""
    setup.choose_lot("2")
    assert setup.remove_lot("2") == ""
    assert setup.lot == "1"
    assert "one lot at least" in setup.remove_lot("1")


def test_an_empty_tender_says_so_and_takes_samples(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, early, empty=True)
    setup = make(desk)
    assert setup.head.startswith("A new tender")
    assert setup.add_samples(built_in_scales()[0])
    assert len(setup.method.criteria) == 3
    assert setup.write_template(tmp_path / "set-up.xlsx")
    assert setup.fill_from(tmp_path / "nothing.xlsx") == ()
    desk.close()


def test_the_tree_is_a_sound_model_and_takes_drops(
    setup: SetupViewModel, qtmodeltester: ModelTester
) -> None:
    tree = CriteriaTreeModel(setup)
    qtmodeltester.check(tree, force_py=True)  # type: ignore[no-untyped-call]  # pytest-qt
    section = tree.index_of("S1")
    assert tree.rowCount(section) == 2
    assert tree.index(0, WEIGHT, section).data() == "40.00"
    assert section.data(CriteriaTreeModel.SHARE) == pytest.approx(0.6)
    dragged = tree.mimeData([tree.index_of("Q1")])
    assert not tree.dropMimeData(dragged, Qt.DropAction.MoveAction, 2, 0, section)
    assert [row.ref for row in setup.method.criteria] == ["S1", "Q2", "Q1", "PRICE"]
    tree.dropMimeData(
        tree.mimeData([tree.index_of("Q1")]), Qt.DropAction.MoveAction, -1, -1, QModelIndex()
    )
    assert tree.rowCount() == 3
    qtmodeltester.check(tree, force_py=True)  # type: ignore[no-untyped-call]  # pytest-qt


def test_the_tree_keeps_its_shape_where_only_words_change(setup: SetupViewModel) -> None:
    tree = CriteriaTreeModel(setup)
    resets: list[bool] = []
    tree.modelReset.connect(lambda: resets.append(True))
    keep(setup, "Q1", "title", "Another")
    assert resets == []
    assert "Another" in str(tree.index_of("Q1").data())
    setup.add(CriterionKind.REQUIREMENT, None)
    assert resets == [True]
    assert tree.index(2, WEIGHT).data() == "pass or fail"


def test_scales_are_copied_changed_renamed_and_removed(
    setup: SetupViewModel, qtmodeltester: ModelTester
) -> None:
    scales = ScalesViewModel(setup)
    bands = BandsModel(scales)
    qtmodeltester.check(bands, force_py=True)  # type: ignore[no-untyped-call]  # pytest-qt
    scales.copy("0-4")
    assert (scales.chosen, bands.rowCount()) == ("0-4", 5)
    assert bands.setData(bands.index(0, DESCRIPTOR), "All of it.", EDIT)
    assert bands.setData(bands.index(0, PERCENT), "90", EDIT)
    assert not bands.setData(bands.index(0, POINTS), "", EDIT)
    assert bands.setData(bands.index(0, POINTS), "4.5", EDIT)
    assert scales.rename("Ours") == ""
    scale = scales.scale
    assert scale is not None
    assert scale.name == "Ours"
    assert scale.bands[-1].points == Fraction("4.5")
    assert scale.bands[-1].percent == 90
    assert scales.rename("0-5") != ""
    scales.add_band()
    assert bands.rowCount() == 6
    scales.remove_band(bands.place(0))
    scales.remove()
    assert scales.chosen == "0-5"
    assert scales.used_in_words == "Used by 2 questions: Q1, Q2"


def test_ranges_are_written_in_words(setup: SetupViewModel) -> None:
    scales = ScalesViewModel(setup)
    scales.add()
    assert scales.used_in_words == "No question uses this scale yet"
    assert scales.put_ranges("0 to 100 step 5\n200 to 300") == ""
    assert scales.range_text == "0 to 100 step 5\n200 to 300 step 1"
    assert "not a range" in scales.put_ranges("anything")


def test_the_calculator_marks_by_the_real_rule(
    setup: SetupViewModel, qtmodeltester: ModelTester
) -> None:
    tried = Calculator(setup)
    qtmodeltester.check(tried, force_py=True)  # type: ignore[no-untyped-call]  # pytest-qt
    for row, (price, quality) in enumerate((("£50", "0"), ("100", "60"), ("200", "85"))):
        assert tried.setData(tried.index(row, PRICE), price, EDIT)
        assert tried.setData(tried.index(row, QUALITY), quality, EDIT)
    assert [tried.index(row, RANK).data() for row in range(3)] == ["3", "2", "1"]
    assert tried.index(0, TOTAL).data() == "30.00"
    assert any("withdrew" in text for text in tried.result.warnings)
    tried.setData(tried.index(0, PRICE), "0", EDIT)
    assert "price of Bid A is nothing" in tried.result.refused
    assert not tried.setData(tried.index(0, PRICE), "cheap", EDIT)
    assert not tried.setData(tried.index(0, QUALITY), "101", EDIT)
    tried.add()
    tried.remove(3)
    assert tried.rowCount() == 3


def test_ticks_become_lists_and_undo(setup: SetupViewModel, qtmodeltester: ModelTester) -> None:
    grid = WhoScoresModel(setup)
    qtmodeltester.check(grid, force_py=True)  # type: ignore[no-untyped-call]  # pytest-qt
    ben = FIRST_PERSON + 1
    assert grid.sentence == "Every scored question has somebody to score it"
    assert grid.setData(grid.index(0, ben), None, TICK)
    assert grid.index(0, ben).data(TICK) == Qt.CheckState.Unchecked
    assert grid.sentence == "Nobody is asked to score Q1"
    assert grid.index(0, 1).data() == "nobody"
    setup.desk.undo_stack.undo()
    assert grid.index(0, ben).data(TICK) == Qt.CheckState.Checked
    assert grid.ask_for_all(0, yes=True)
    assert grid.headerData(FIRST_PERSON, Qt.Orientation.Horizontal) == "Ana\nAmes\n2"


def test_a_gap_leads_to_the_part_that_mends_it(setup: SetupViewModel) -> None:
    method = setup.method
    for gap, target in {
        "The tender has no regime.": ("details", "regime"),
        "Q1 names no scale.": ("criteria", "Q1"),
        "The scale “0-5” of Q1 is not defined.": ("scales", "0-5"),
        "The tie-break “highest Q1” is not one of: …": ("rules", ""),
        "No award rule is chosen.": ("rules", ""),
        "Lot 1 comes more than once.": ("lots", ""),
        "The weights add to 90, not 100.": ("criteria", ""),
    }.items():
        assert tuple(target_of(gap, method)) == target


def test_tie_breaks_are_offered_once_and_in_words(setup: SetupViewModel) -> None:
    offered = dict(tie_break_choices(setup.method))
    assert offered["highest Q1"] == "Highest marks for Q1 Title of Q1"
    assert "draw" in offered
    assert tie_break_words(setup.method, "Lowest  price") == "Lowest price in all"
    assert tie_break_words(setup.method, "by height") == "by height"


def test_publishing_needs_all_and_ends_undo(setup: SetupViewModel) -> None:
    view = PublishingViewModel(setup)
    keep(setup, "Q2", "weight", "")
    assert [target.what for _, target in view.gaps] == ["Q2"]
    assert (view.can_publish, view.waits_for) == (False, "Waits for the one thing above.")
    keep(setup, "Q2", "weight", "30")
    assert setup.head == "The method is complete and can be published"
    assert setup.under == ""
    assert view.publish()
    assert setup.now.stage is Stage.PUBLISHED
    assert not setup.can_edit_method
    assert setup.desk.undo_stack.count() == 0
    assert setup.head == "The method was published on 1 February 2027 as version 1"
    assert setup.under.startswith("What is in grey is published and can only be read.")


def test_a_published_method_is_amended_with_all_that_it_takes(setup: SetupViewModel) -> None:
    view = PublishingViewModel(setup)
    keep(setup, "Q2", "weight", "30")
    view.publish()
    assert view.begin(VersionKind.AMENDMENT)
    assert setup.can_edit_method
    assert not view.is_changed
    keep(setup, "Q1", "title", "Build well")
    assert keep(setup, "Q1", "ref", "Q7") == ""
    assert {line.mark for line in view.comparison} >= {Mark.GONE, Mark.NEW}
    assert "needs a reason" in view.publish_amendment("", "", None)
    assert "not a date" in view.publish_amendment("A slip.", "soon", None)
    assert view.publish_amendment("A slip.", "1 February 2027", None) == ""
    assert setup.amending is None
    assert setup.now.version_number == 2
    view.look_at(1)
    assert "Title of Q1" in view.text


def test_a_correction_needs_a_second_person(setup: SetupViewModel) -> None:
    view = PublishingViewModel(setup)
    view.publish()
    view.begin(VersionKind.CORRECTION)
    keep(setup, "Q1", "title", "Build well")
    assert "second person" in view.publish_amendment("Notice, page 3.", "", None)
    dot = next(person for person, name in view.second_people if name == "Dot Dean")
    assert view.publish_amendment("Notice, page 3.", "", PersonId(dot)) == ""


def test_what_is_given_up_leaves_the_method_as_it_was(setup: SetupViewModel) -> None:
    view = PublishingViewModel(setup)
    view.publish()
    refusals: list[UserFixable] = []
    setup.desk.refused.connect(refusals.append)
    assert not view.begin(VersionKind.REFINEMENT)
    assert len(refusals) == 1
    view.begin(VersionKind.AMENDMENT)
    setup.remove("Q1")
    assert view.discard()
    assert len(titles(setup)) == 4


def test_a_comparison_leaves_out_what_is_the_same() -> None:
    before = "\n".join(str(number) for number in range(20))
    after = before.replace("\n3\n", "\nthree\n").replace("\n17\n", "\n")
    marks = "".join(line.mark for line in compared(before, after, 1))
    assert marks == f" {Mark.GONE}+ {Mark.SKIPPED} {Mark.GONE} "
