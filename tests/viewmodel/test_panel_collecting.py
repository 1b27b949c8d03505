"""Returns from the lead's side: looked at in words, taken in together, told apart afterwards."""

from dataclasses import replace
from pathlib import Path

from pytestqt.modeltest import ModelTester

from tendereval.domain.packs import PackKind, ReturnKind
from tendereval.domain.stages import Stage
from tendereval.exchange.identity_file import Identity
from tendereval.exchange.seal import new_keys
from tendereval.services import confirming, returning, staging
from tendereval.services.collecting import Verdict
from tendereval.viewmodels import panel
from tendereval.viewmodels.panel_collecting import VERDICT, Collecting
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import AGREED, ANA, BEN, CAM, EXPLANATIONS, a_desk
from tests.service.packs import Round, an_identity
from tests.viewmodel.lead_desk import refusals
from tests.viewmodel.panel_desk import collect, done, lead_with_keys, packs_out, send_back


def entries(desk: SessionViewModel) -> int:
    """Return how many things happened so far."""
    with desk.reading() as reader:
        return len(reader.entries())


def verdicts(view: Collecting) -> list[Verdict]:
    """Return what becomes of each file."""
    return [report.verdict for report in view.files.rows]


def test_looking_says_what_each_file_would_do_and_changes_nothing(tmp_path: Path) -> None:
    with packs_out(tmp_path) as (desk, made):
        view = panel.make(desk).collecting
        before = entries(desk)
        paths = [send_back(made, BEN), send_back(made, CAM)]
        view.on_looked(done(view.look(paths)))
        assert entries(desk) == before
        assert verdicts(view) == [Verdict.MERGED, Verdict.MERGED]
        assert view.sentence == "Two files looked at; nothing is taken in yet"
        assert "4 scores (complete): 4 new, 0 changed, 0 the same." in view.in_words(0)
        assert view.files.index(0, VERDICT).data() == "✓ Goes in"
        assert (view.waits_for(""), view.verb) == ("", "Take all 2 in")


def test_taking_in_shows_on_the_panel_and_gives_receipts(tmp_path: Path) -> None:
    with packs_out(tmp_path) as (desk, made):
        view = panel.make(desk)
        collect(view, send_back(made, BEN))
        assert view.sentence == "One of two returns is in"
        row = view.members.rows[1]
        assert [cell.upper for cell in row.cells][1:4] == [
            "4 of 4",
            "No. 1, 2 Mar",
            "2 Mar, complete",
        ]
        assert view.collecting.receipts_text.startswith("Ben Bell\ntendereval-receipt 1 ")
        assert view.collecting.save_receipts(tmp_path / "receipts.txt")


def test_the_same_file_twice_changes_nothing_and_gives_the_receipt_again(tmp_path: Path) -> None:
    with packs_out(tmp_path) as (desk, made):
        view, path = panel.make(desk), send_back(made, BEN)
        collect(view, path)
        receipt, before = view.collecting.receipts, entries(desk)
        view.collecting.on_looked(done(view.collecting.look([path])))
        assert view.collecting.verb == "Make the receipts again"
        view.collecting.on_taken(done(view.collecting.take("")))
        assert (view.collecting.receipts, entries(desk)) == (receipt, before)


def test_a_file_that_is_none_stands_in_the_way_until_it_is_left_out(tmp_path: Path) -> None:
    with packs_out(tmp_path) as (desk, made):
        view = panel.make(desk).collecting
        (tmp_path / "photo.scores").write_bytes(b"no return")
        view.on_looked(done(view.look([send_back(made, BEN), tmp_path / "photo.scores"])))
        assert view.waits_for("") == "One file is refused. Leave it out to take in the others."
        view.leave_out_refused()
        assert (verdicts(view), view.waits_for("")) == ([Verdict.MERGED], "")
        view.leave_out(0)
        assert (view.collection, view.paths) == (None, ())


def test_more_files_are_looked_at_beside_the_first(tmp_path: Path) -> None:
    with packs_out(tmp_path) as (desk, made):
        view = panel.make(desk).collecting
        view.on_looked(done(view.look([send_back(made, BEN)])))
        view.on_looked(done(view.look([send_back(made, CAM)])))
        assert len(view.files.rows) == 2
        view.clear()
        assert view.sentence == "Collect returns"


def test_an_older_return_needs_a_reason(tmp_path: Path) -> None:
    with packs_out(tmp_path) as (desk, made):
        view = panel.make(desk)
        older, newer = send_back(made, BEN, 3), send_back(made, BEN, 4)
        collect(view, newer)
        view.collecting.on_looked(done(view.collecting.look([older])))
        assert view.collecting.needs_reason
        assert view.collecting.waits_for(" ")
        assert view.collecting.waits_for("She sent the wrong one.") == ""
        view.collecting.on_taken(done(view.collecting.take("She sent the wrong one.")))
        assert view.collecting.done is not None
        assert view.collecting.done.scores == 4


def test_another_key_shows_its_words_and_is_accepted_with_a_reason(tmp_path: Path) -> None:
    with packs_out(tmp_path) as (desk, made):
        view, refused = panel.make(desk).collecting, list[object]()
        view.refused_here.connect(refused.append)
        other = Identity("Ben Bell", "ben@x.example", new_keys())
        stranger = replace(made, identities={**made.identities, BEN: other})
        view.on_looked(done(view.look([send_back(stranger, BEN)])))
        report = view.files.rows[0]
        assert view.is_other_key(report)
        assert len(view.key_words(report).split()) == 8
        assert not view.accept_key(0, " ")
        assert refused
        assert view.accept_key(0, "He rang from his new laptop.")
        view.on_looked(done(view.look_again()))
        assert verdicts(view) == [Verdict.MERGED]


def test_a_private_question_waits_until_it_is_noted_as_read(tmp_path: Path) -> None:
    with packs_out(tmp_path) as (desk, made):
        view = panel.make(desk)
        collect(view, send_back(made, BEN, question="Is lot 1 still open?"))
        assert [one.text for one in view.waiting] == ["Ben Bell asks you something in private."]
        view.choose(BEN)
        assert view.journey.questions[0][0] == "“Is lot 1 still open?”"
        assert view.journey.note_read()
        assert view.waiting == ()
        assert not view.journey.has_unread
        assert view.journey.questions


def test_what_comes_after_moderation_opened_is_held_apart_and_taken_in_with_a_reason(
    tmp_path: Path,
) -> None:
    with packs_out(tmp_path) as (desk, made):
        view, refused = panel.make(desk), refusals(desk)
        first, late = send_back(made, BEN, 3), send_back(made, BEN, 4)
        collect(view, first)
        assert desk.did(
            lambda session: staging.change_stage(session, Stage.MODERATION, "Cam is ill.")
        )
        collect(view, late)
        view.choose(BEN)
        assert "held apart" in view.waiting[0].text
        assert [cell.under for cell in view.members.rows[1].cells][3] == "held apart"
        assert "Individual scores are locked" in view.journey.held[0][1]
        assert not view.journey.take_in("It came by post.")
        assert refused
        assert desk.did(
            lambda session: staging.change_stage(session, Stage.SCORING, "To take it in.")
        )
        assert view.journey.take_in("It came by post.")
        assert view.waiting == ()
        assert "It came by post." in view.journey.lines[0][1]


def test_files_that_cannot_be_looked_at_are_forgotten(tmp_path: Path) -> None:
    with packs_out(tmp_path) as (desk, made):
        view = panel.make(desk).collecting
        view.on_looked(done(view.look([send_back(made, BEN)])))
        view.look([tmp_path])
        view.forget_last()
        assert [path.name for path in view.paths] == ["ben-1.scores"]


def test_the_files_are_a_sound_model(tmp_path: Path, qtmodeltester: ModelTester) -> None:
    with packs_out(tmp_path) as (desk, made):
        view = panel.make(desk).collecting
        view.on_looked(done(view.look([send_back(made, BEN)])))
        qtmodeltester.check(view.files, force_py=True)  # type: ignore[no-untyped-call]  # pytest-qt


def test_a_scoring_workbook_goes_out_for_one_person(tmp_path: Path) -> None:
    with packs_out(tmp_path) as (desk, _made):
        view = panel.make(desk)
        view.choose(BEN)
        assert view.journey.may_write_book
        assert view.journey.book_name == "T-1 Ben Bell.xlsx"
        done(view.journey.write_book(tmp_path / "ben.xlsx"))
        view.journey.note_book()
        assert (tmp_path / "ben.xlsx").exists()
        assert view.members.rows[1].cells[2].under == "workbook"
        assert "not sealed" in view.journey.lines[0][1]


def test_confirmations_come_back_and_are_counted(tmp_path: Path) -> None:
    desk_of_two = a_desk(tmp_path, "moderation")
    agreed = desk_of_two.take_in({"Agreed": AGREED, "Explanations": EXPLANATIONS})
    assert agreed.status == 0, agreed.err
    made = Round(desk_of_two, {ANA: an_identity("Ana Ames", "ana@x.example"), BEN: an_identity()})
    made.send((BEN,), PackKind.RECORD)
    with made.at_home(BEN) as session:
        for one in confirming.confirmations_outstanding(session):
            confirming.confirm(session, one.place, agrees=True)
        returning.make_return(session, tmp_path / "ben.scores", ReturnKind.CONFIRMATION)
    with lead_with_keys(made.desk) as desk:
        view = panel.make(desk)
        collect(view, tmp_path / "ben.scores")
        view.choose(BEN)
        assert view.journey.confirmed == "Confirmed 4 agreed scores."
        assert view.members.rows[1].cells[3].upper == "2 Mar, confirmed"


def test_workbooks_that_are_no_returns_are_named(tmp_path: Path) -> None:
    with packs_out(tmp_path) as (desk, made):
        view = panel.make(desk).collecting
        folder = tmp_path / "back"
        folder.mkdir()
        send_back(made, BEN).rename(folder / "ben.scores")
        send_back(made, CAM).rename(folder / "cam.scores")
        made.desk.book({"Panel": (("Name",), ("Ben",))}).rename(folder / "list.xlsx")
        view.on_looked(done(view.look([folder])))
        told = (
            "Left alone in the folder, because it is no scoring workbook of this tender: list.xlsx."
        )
        assert (view.passed_over, view.verb) == (told, "Take all 2 in")
        view.leave_out(0)
        assert (view.passed_over, view.verb) == (told, "Take it in")


def test_a_folder_without_a_return_says_so(tmp_path: Path) -> None:
    with packs_out(tmp_path) as (desk, made):
        view = panel.make(desk).collecting
        folder = tmp_path / "other"
        folder.mkdir()
        book = made.desk.book({"Panel": (("Name",), ("Ben",))})
        for number in range(7):
            (folder / f"{number}.xlsx").write_bytes(book.read_bytes())
        view.on_looked(done(view.look([folder])))
        assert (view.sentence, view.has_files) == ("No return was found", False)
        assert view.passed_over.endswith(": 0.xlsx, 1.xlsx, 2.xlsx, 3.xlsx, 4.xlsx and 2 more.")
