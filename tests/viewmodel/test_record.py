"""The time line in words, its filters, its text, and whether it is whole."""

from pathlib import Path

from pytestqt.modeltest import ModelTester

from tendereval.viewmodels import record
from tests.service.builders import a_desk
from tests.viewmodel.lead_desk import at_stage, leading, refusals


def test_entries_are_in_words_newest_first(tmp_path: Path) -> None:
    with at_stage(tmp_path, "price") as desk:
        view = record.make(desk)
        cells = [str(view.entries.index(0, number).data()) for number in range(4)]
        assert cells[1].startswith("2 March 2027, 09:")
        assert cells[2] == "Ana Ames (command line)"
        assert cells[3] == "stage entered: price"


def test_words_person_and_kind_filter_together(tmp_path: Path) -> None:
    with at_stage(tmp_path, "price") as desk:
        view = record.make(desk)
        every = view.entries.counts[1]
        view.only(what="workbook taken in")
        taken = view.entries.counts[0]
        assert 0 < taken < every
        view.filter("agreed scores")
        assert 0 < view.entries.counts[0] < taken
        assert f"{view.entries.counts[0]} of {every} shown." in view.under
        view.only(who="nobody of this name")
        assert view.entries.rowCount() == 0
        view.only()
        view.filter("")
        assert view.entries.counts == (every, every)
        assert "Ana Ames (command line)" in view.people
        assert "stage entered: price" in view.kinds


def test_what_is_shown_is_saved_as_text(tmp_path: Path) -> None:
    with at_stage(tmp_path, "price") as desk:
        view, refused = record.make(desk), refusals(desk)
        view.filter("stage entered")
        path = tmp_path / view.proposed_name
        assert view.save_as_text(path)
        text = path.read_text(encoding="utf-8")
        shown, every = view.entries.counts
        assert f"{shown} of {every} entries" in text
        assert text.index("stage entered: scoring") < text.index("stage entered: price")
        assert not view.save_as_text(tmp_path / "nowhere" / "record.txt")
        assert "There is no folder" in refused[0].happened


def test_a_whole_record_is_said_to_be_whole(tmp_path: Path) -> None:
    with at_stage(tmp_path, "priced") as desk:
        view = record.make(desk)
        whole, words = view.verdict(view.check())
        assert whole
        assert words.startswith("The record is whole: ")
        assert "2 totals were worked out a second way and agree." in words


def test_a_doctored_file_is_named_as_such(tmp_path: Path) -> None:
    made = a_desk(tmp_path, "priced")
    made.sql("UPDATE price SET amount = '1' WHERE bidder = 'b-1'")
    with leading(made) as desk:
        view = record.make(desk)
        whole, words = view.verdict(view.check())
        assert not whole
        assert words.startswith("This file is not whole. ")


def test_the_time_line_is_a_sound_model(tmp_path: Path, qtmodeltester: ModelTester) -> None:
    with at_stage(tmp_path, "price") as desk:
        view = record.make(desk)
        qtmodeltester.check(view.entries, force_py=True)  # type: ignore[no-untyped-call]  # pytest-qt
        view.filter("stage")
        assert view.entries.in_words(0).startswith("No.: ")
