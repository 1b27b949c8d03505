"""Scoring workbooks come back through the same look and the same checks, marked as unsigned."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tendereval.domain.errors import NotTheirs, UnreadableWorkbook, UserFixable, WorkbookProblems
from tendereval.domain.packs import ReturnSource
from tendereval.domain.stages import Stage
from tendereval.exchange.scoring_facts import NONE
from tendereval.services import collecting, moderating, panel, scoring_books, staging
from tendereval.services.collecting import Verdict
from tests.service.builders import ALDER, BEN, CAM, place
from tests.service.returns import Post, a_post, kinds

Q1 = place(ALDER, "Q1")


def filled(post: Post, points: object = 4, words: str = "Well argued.") -> Path:
    """Write Ben's workbook and fill every score in, as Ben would with a spreadsheet program."""
    post.sent += 1
    path = post.file.parent / f"ben-{post.sent}.xlsx"
    with post.round.lead() as session:
        scoring_books.write_book(session, BEN, path)
    return refilled(path, points, words)


def refilled(path: Path, points: object, words: str) -> Path:
    book = load_workbook(path)
    sheet = book["Scores"]
    heads = {cell.value: cell.column for cell in sheet[3]}
    for row in range(4, 8):
        sheet.cell(row, int(heads["Score"] or 0)).value = points  # type: ignore[assignment]
        sheet.cell(row, int(heads["Rationale"] or 0)).value = words
    book["Declaration"]["B3"] = NONE
    book.save(path)
    return path


def test_a_workbook_is_looked_at_and_collected_like_a_return(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = filled(post)
    report = post.report(path)
    assert report.refusal is None, str(report.refusal)
    assert (report.who, report.source, report.new) == ("Ben Bell", ReturnSource.WORKBOOK, 4)
    assert report.keys is None
    lines = "\n".join(report.in_words())
    assert "not signed" in lines
    assert "It comes from a workbook and is not signed; the record says so." in lines
    done = post.collect(path)
    assert (done.scores, done.receipts) == (4, ())
    assert post.points()[Q1] == 4
    with post.round.desk.looking() as session, session.reading() as reader:
        (kept,) = reader.collected()
        assert reader.collected_plain(kept.sha256) == path.read_bytes()
        assert reader.sealed_original(kept.sha256) is None
    assert (kept.source, kept.signing) == (ReturnSource.WORKBOOK, "")
    assert post.faults() == ()


def test_it_needs_no_keys_and_comes_once(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = filled(post)
    with post.round.lead() as session:
        bare = session.with_identity(None)
        found = collecting.look_at_returns(bare, [path])
        assert collecting.collect(bare, found).scores == 4
    assert post.report(path).verdict is Verdict.KNOWN
    assert kinds(post).count("return collected") == 1


def test_filled_in_further_it_adds_revisions(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = filled(post)
    post.collect(path)
    post.collect(refilled(path, 2, "On reflection."))
    assert post.scores()[Q1].revision == 2
    assert post.points()[Q1] == 2


@pytest.mark.parametrize("points", ["four", 9, 2.5, "#N/A"])
def test_what_it_cannot_mean_is_refused(tmp_path: Path, points: object) -> None:
    post = a_post(tmp_path)
    path = filled(post, points)
    before = post.file.read_bytes()
    with pytest.raises(WorkbookProblems):
        post.collect(path)
    assert post.file.read_bytes() == before


def test_of_somebody_who_left(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = filled(post)
    with post.round.lead() as session:
        panel.leave(session, BEN, "Ben changed jobs.")
    assert isinstance(post.report(path).refusal, NotTheirs)


def test_another_workbook_is_not_taken_for_one(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    other = post.round.desk.book({"Panel": (("Name",), ("Ben",))})
    assert isinstance(post.report(other).refusal, UnreadableWorkbook)
    other.write_bytes(b"not a workbook")
    assert isinstance(post.report(other).refusal, UserFixable)


def test_a_stray_workbook_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    folder = tmp_path / "back"
    folder.mkdir()
    filled(post).rename(folder / "ben.xlsx")
    post.round.desk.book({"Panel": (("Name",), ("Ben",))}).rename(folder / "list.xlsx")
    found = post.look(folder)
    assert (len(found.reports), found.passed_over) == (1, ("list.xlsx",))
    assert post.collect(folder).scores == 4


def test_with_signed_returns_in_one_go(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    done = post.collect(filled(post), post.returned(CAM))
    assert done.scores == 8
    assert len(done.receipts) == 1


def test_one_that_is_late_is_held_and_taken_in_later(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = filled(post)
    post.collect(post.returned(BEN), post.returned(CAM))
    with post.round.lead() as session:
        staging.change_stage(session, Stage.MODERATION)
    assert post.report(path).verdict is Verdict.HELD
    post.collect(path)
    with post.round.lead() as session:
        (waiting,) = collecting.held(session)
        assert len(waiting.differing) == 4
        staging.change_stage(session, Stage.SCORING, "A workbook came late.")
        assert collecting.take_in_held(session, waiting.sha256, "It was in the post.") == 4
        with pytest.raises(UserFixable):
            moderating.send_back(session, Q1, "No need.")
    assert post.points()[Q1] == 4
    assert post.faults() == ()
