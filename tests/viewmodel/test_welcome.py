"""The welcome window's view-model: recent files, opening, making, locks, the guide."""

from datetime import date
from pathlib import Path

import pytest

from tendereval import resources
from tendereval.domain.errors import (
    FileExists,
    FileLocked,
    FileProblem,
    NotATenderFile,
    WorkbookProblems,
)
from tendereval.services.progress import NullProgress
from tendereval.services.session import Session
from tendereval.store import lock
from tendereval.viewmodels import guide
from tendereval.viewmodels.about import about_text, libraries
from tendereval.viewmodels.guide import GuideViewModel
from tendereval.viewmodels.tender_files import Beginning
from tendereval.viewmodels.welcome import MOST_RECENT, Lock, RecentFile, WelcomeViewModel
from tests.service.builders import SET_UP, Desk, a_desk

BEGINNING = Beginning(" T-9 ", " Park benches ", "Ana Ames", "ana@x.example")


class Ear:
    """Hears what the view-model says."""

    def __init__(self, files: WelcomeViewModel) -> None:
        self.sessions: list[Session] = []
        self.refusals: list[Exception] = []
        self.locks: list[Lock] = []
        self.again: list[Path] = []
        files.opened.connect(self.sessions.append)
        files.refused.connect(self.refusals.append)
        files.locked.connect(self.locks.append)
        files.already_open.connect(self.again.append)

    def close(self) -> None:
        for session in self.sessions:
            session.file.close()


def test_an_empty_tender_has_a_reference_a_title_and_who_made_it(tmp_path: Path) -> None:
    files = WelcomeViewModel()
    ear = Ear(files)
    assert files.make_empty(tmp_path / "new.tender", BEGINNING) is None
    with ear.sessions[0] as session, session.reading() as reader:
        assert (reader.details().reference, reader.details().title) == ("T-9", "Park benches")
        assert [one.name for one in reader.people().values()] == ["Ana Ames"]


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "new.tender"
    path.write_text("mine", encoding="utf-8")
    assert isinstance(WelcomeViewModel().make_empty(path, BEGINNING), FileExists)
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_workbook_is_tried_before_it_is_made(tmp_path: Path) -> None:
    files, book = WelcomeViewModel(), Desk(tmp_path).book(SET_UP)
    ear = Ear(files)
    before = set(tmp_path.iterdir())
    files.trying(book)(NullProgress())
    assert set(tmp_path.iterdir()) == before
    files.take(files.making(tmp_path / "new.tender", book)(NullProgress()))
    assert (tmp_path / "new.tender").exists()
    ear.close()


def test_a_workbook_with_problems_makes_nothing(tmp_path: Path) -> None:
    book = Desk(tmp_path).book({"Tender": (("Item", "Value"), ("Tender deadline", "soonish"))})
    with pytest.raises(WorkbookProblems):
        WelcomeViewModel().making(tmp_path / "new.tender", book)(NullProgress())
    assert not (tmp_path / "new.tender").exists()


def test_no_tender_file_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "letter.tender"
    path.write_text("Dear Sir", encoding="utf-8")
    files = WelcomeViewModel()
    ear = Ear(files)
    files.open(path)
    assert isinstance(ear.refusals[0], NotATenderFile)


def locked_by(desk: Desk, person: str) -> None:
    holder = lock.Holder("another-laptop", 1, person, "2027-03-01T10:00:00+00:00")
    lock.acquire(desk.file, holder)


def test_a_lock_is_taken_over_only_by_saying_so(tmp_path: Path) -> None:
    desk, files = a_desk(tmp_path, "set-up"), WelcomeViewModel()
    ear = Ear(files)
    locked_by(desk, "Ben Bell")
    files.open(desk.file)
    assert ear.locks[0].holder == "Ben Bell"
    assert isinstance(ear.locks[0].refusal, FileLocked)
    assert not ear.sessions
    files.open(desk.file, take_over=True)
    ear.close()
    assert desk.entries()[-1].kind == "file taken over"


def test_a_lock_without_a_name_offers_none(tmp_path: Path) -> None:
    desk, files = a_desk(tmp_path, "set-up"), WelcomeViewModel()
    ear = Ear(files)
    lock.lock_path(desk.file).write_text("?", encoding="utf-8")
    files.open(desk.file)
    assert ear.locks[0].holder == ""


def test_a_file_with_a_window_here_is_shown_again_not_opened_again(tmp_path: Path) -> None:
    desk, files = a_desk(tmp_path, "set-up"), WelcomeViewModel()
    ear = Ear(files)
    files.note_open(desk.file)
    files.open(desk.file)
    assert (ear.again, ear.sessions) == ([desk.file], [])
    files.note_closed(desk.file)
    files.open(desk.file)
    assert len(ear.sessions) == 1
    ear.close()


def test_recent_files_are_newest_first_without_repeats(tmp_path: Path) -> None:
    files = WelcomeViewModel()
    for number in range(MOST_RECENT + 3):
        files.remember(tmp_path / f"{number}.tender", f"No. {number}", "set-up", date(2026, 1, 2))
    files.remember(tmp_path / "9.tender", "Nine", "award", date(2026, 11, 23))
    assert len(files.recent) == MOST_RECENT
    assert (files.rows[0].title, files.rows[0].opened) == ("Nine", "23 November 2026")
    assert sum(row.path.name == "9.tender" for row in files.rows) == 1


def test_a_missing_file_says_so_and_can_be_forgotten(tmp_path: Path) -> None:
    gone = RecentFile(str(tmp_path / "gone.tender"), "Buses", "scoring", "not a day")
    files = WelcomeViewModel([gone])
    assert files.rows[0].missing
    assert files.rows[0].stage == "Not there any more"
    files.forget(files.rows[0].path)
    assert files.rows == ()


def test_without_a_builder_there_is_no_example(tmp_path: Path) -> None:
    assert not WelcomeViewModel().has_example
    with pytest.raises(LookupError):
        WelcomeViewModel().building_example(tmp_path)
    built = WelcomeViewModel((), lambda folder: folder / "x.tender").building_example(tmp_path)
    assert built(NullProgress()) == tmp_path / "x.tender"


@pytest.mark.parametrize("name", guide.PAGES)
def test_every_page_of_the_guide_has_a_title_and_links_that_lead_somewhere(name: str) -> None:
    page = guide.page(name)
    assert page.name == name
    assert page.title
    links = [part.partition(")")[0] for part in page.text.split("](")[1:]]
    assert all(link.removesuffix(".md") in guide.PAGES for link in links)
    assert "\t" not in page.text


def test_no_page_is_left_out() -> None:
    folder = resources.path("guide")
    assert {path.stem for path in folder.iterdir()} == set(guide.PAGES)


def test_the_search_finds_all_words_on_any_page_titles_first() -> None:
    found = GuideViewModel()
    found.search("PRICES opened")
    assert "ranking" in {hit.page.name for hit in found.found}
    found.search("moderation")
    assert found.found[0].page.name == "moderation"
    assert any(hit.line for hit in found.found)
    found.search("no such words anywhere zzz")
    assert found.found == ()
    found.search("")
    assert len(found.found) == len(guide.PAGES)
    found.open("nowhere")
    assert found.page.name == "welcome"


def test_about_names_every_bundled_font_and_every_library_with_a_licence() -> None:
    text = about_text()
    assert "SourceSans3-Regular.ttf" in text
    names = {one.name for one in libraries()}
    assert {"pyside6-essentials", "sqlalchemy", "reportlab", "openpyxl"} <= names
    assert all(one.licence for one in libraries())


def test_an_empty_workbook_is_written_once(tmp_path: Path) -> None:
    files, path = WelcomeViewModel(), tmp_path / "tender.xlsx"
    assert files.writing_template(path)(NullProgress()) == path
    with pytest.raises(FileExists):
        files.writing_template(path)(NullProgress())
    with pytest.raises(FileProblem):
        files.writing_template(tmp_path / "nowhere" / "tender.xlsx")(NullProgress())
