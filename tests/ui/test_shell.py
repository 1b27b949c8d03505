"""The shell of the app: welcome, menus, guide, palette, settings, faults."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tendereval import app as the_app
from tendereval.domain.errors import FileLocked, FileProblem
from tendereval.domain.stages import Stage
from tendereval.services.tenders import open_tender
from tendereval.ui import faults, settings, theme
from tendereval.ui.command_palette import CommandPalette
from tendereval.ui.dialogs.about import About
from tendereval.ui.dialogs.crash import Crash
from tendereval.ui.dialogs.new_tender import EXAMPLE, WORKBOOK
from tendereval.ui.dialogs.stage_step import EarlierStage, NextStage
from tendereval.ui.help_window import HelpWindow
from tendereval.ui.main_window import MainWindow
from tendereval.ui.settings import LookChoice, Settings
from tendereval.viewmodels.guide import PAGES
from tendereval.viewmodels.stage_step import StageStepViewModel
from tendereval.viewmodels.welcome import Lock, RecentFile
from tests.service.builders import PRICES, Desk, a_desk
from tests.ui.accessibility import nameless_controls
from tests.ui.shell import Shell, press, started


@pytest.fixture
def shell(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Shell]:
    shell = started(qapp, qtbot, tmp_path)
    yield shell
    shell.close()


@pytest.fixture
def plain_places(monkeypatch: pytest.MonkeyPatch) -> list[QWidget]:
    """Places without their screens: the shell alone is looked at."""
    made: list[QWidget] = []

    def make(_name: str, _desk: object, _jobs: object) -> QWidget:
        made.append(QWidget())
        return made[-1]

    monkeypatch.setattr(the_app, "make_screen", make)
    return made


@pytest.fixture
def opened(shell: Shell, plain_places: list[QWidget], tmp_path: Path) -> Shell:
    assert plain_places == []
    shell.desktop.files.open(a_desk(tmp_path, "priced").file)
    return shell


def action(shell: Shell, words: str) -> object:
    palette = CommandPalette(shell.window.menuBar(), shell.window)
    palette.words.setText(words)
    palette.words.returnPressed.emit()
    palette.close()
    return palette.chosen


def test_the_welcome_window_teaches_when_nothing_was_opened_yet(shell: Shell) -> None:
    welcome = shell.desktop.welcome
    assert welcome.isVisible()
    assert not welcome.recent.isVisibleTo(welcome)
    assert nameless_controls(welcome) == []


def test_a_file_opens_in_a_window_and_is_remembered(opened: Shell) -> None:
    assert opened.window.isVisible()
    assert not opened.desktop.welcome.isVisible()
    assert opened.desktop.settings.now.recent[0].title == "Park benches"
    assert opened.desktop.settings.now.recent[0].stage == "price"


def test_closing_a_tender_leads_back_to_the_welcome_window(opened: Shell, tmp_path: Path) -> None:
    opened.window.wanted.emit("close")
    assert opened.desktop.welcome.isVisible()
    assert opened.desktop.windows == []
    assert not (tmp_path / "bench.tender.lock").exists()


@pytest.mark.usefixtures("plain_places")
def test_a_file_dropped_on_the_window_is_opened(shell: Shell, tmp_path: Path) -> None:
    desk, data = a_desk(tmp_path, "set-up"), QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(desk.file))])
    drop = QDropEvent(
        QPointF(QPoint(9, 9)),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    shell.desktop.welcome.dropEvent(drop)
    assert shell.window.titles["award"] == "Award and documents"


def test_a_second_opening_shows_the_window_that_is_there(opened: Shell, tmp_path: Path) -> None:
    opened.desktop.files.open(tmp_path / "bench.tender")
    assert len(opened.desktop.windows) == 1


def test_a_missing_file_is_told_in_words(shell: Shell) -> None:
    gone = RecentFile("/nowhere/gone.tender", "Buses", "scoring", "2026-01-02")
    shell.desktop.files._recent = (gone,)
    shell.desktop.files.recent_changed.emit()
    welcome = shell.desktop.welcome
    welcome.recent.opened.emit(welcome.recent.currentIndex())
    assert "is not there any more" in welcome.messages.words
    welcome._on_forget()
    assert shell.desktop.settings.now.recent == ()


def test_taking_over_names_the_holder_and_the_safe_choice_is_ready(shell: Shell) -> None:
    refusal = FileLocked("bench.tender is open by Ben Bell.", "Ask them to close it.")
    question = shell.desktop.welcome.lock_question(Lock(Path("bench.tender"), "Ben", refusal))
    assert question.keep.isDefault()
    assert question.keep.text() == "Leave it"
    assert question.do_it.text() == "Take it over"
    shell.desktop.files.locked.emit(Lock(Path("bench.tender"), "", refusal))
    assert "Ask them" in shell.desktop.welcome.messages.words


def test_a_workbook_with_problems_shows_them_as_a_table(shell: Shell, tmp_path: Path) -> None:
    dialog = shell.desktop.welcome.new_dialog()
    dialog.ask_workbook = lambda: str(
        Desk(tmp_path).book({"Tender": (("Item", "Value"), ("Tender deadline", "soonish"))})
    )
    dialog.choose(WORKBOOK)
    press(dialog, "Choose a workbook…")
    shell.wait_for(shell.desktop.jobs)
    model = dialog.problems.model()
    assert "soonish" in str(model.index(model.rowCount() - 1, 3).data())
    assert not dialog.make.isEnabled()
    assert nameless_controls(dialog) == []
    dialog.reject()


@pytest.mark.usefixtures("plain_places")
def test_an_empty_tender_asks_for_reference_title_and_name(shell: Shell, tmp_path: Path) -> None:
    dialog = shell.desktop.welcome.new_dialog()
    dialog.ask_path = lambda proposed: str(tmp_path / proposed.removesuffix(".tender"))
    assert not dialog.make.isEnabled()
    dialog.reference.setText("BEC/2026")
    dialog.title.setText("Buses")
    dialog.name.setText("Ana Ames")
    press(dialog, "Make the tender…")
    assert (tmp_path / "BEC-2026.tender").exists()
    assert shell.window.desk.now.details.title == "Buses"


@pytest.mark.usefixtures("plain_places")
def test_the_worked_example_is_built_in_a_folder_of_its_own(shell: Shell, tmp_path: Path) -> None:
    made = a_desk(tmp_path, "set-up").file
    asked: list[Path] = []

    def build(folder: Path) -> Path:
        asked.append(folder)
        return made

    shell.desktop.files._build_example = build
    dialog = shell.desktop.welcome.new_dialog()
    dialog.ask_folder = lambda: str(tmp_path)
    dialog.choose(EXAMPLE)
    press(dialog, "Choose a folder…")
    shell.wait_for(shell.desktop.jobs)
    assert asked == [tmp_path / "tendereval example"]
    assert shell.window.isVisible()


def test_the_example_says_where_it_could_not_be_built(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FileProblem, match="could not be built"):
        the_app.build_example(tmp_path)


def test_the_palette_finds_commands_and_places_by_words(opened: Shell) -> None:
    chosen = action(opened, "RANKING price")
    assert chosen is not None
    chosen.trigger()  # type: ignore[attr-defined]  # an action
    assert opened.window.place == "ranking"
    assert action(opened, "edit undo") is None
    assert action(opened, "text size 150").text() == "150 %"  # type: ignore[attr-defined]  # the same


def test_places_have_keys_and_every_key_is_given_once(opened: Shell) -> None:
    keys = [
        one.shortcut().toString()
        for one in opened.window.actions() + opened.window.findChildren(type(opened.menus._next))
        if not one.shortcut().isEmpty()
    ]
    assert {f"Ctrl+Shift+{number}" for number in range(1, 9)} <= set(keys)
    assert len(keys) == len(set(keys))
    assert QKeySequence("F1").toString() in keys


def test_f1_opens_the_page_of_the_place(opened: Shell) -> None:
    opened.window.go_to("moderation")
    chosen = action(opened, "help guide")
    chosen.trigger()  # type: ignore[attr-defined]  # an action
    help_window = opened.menus.menus.help_window
    assert help_window is not None
    assert help_window.page == "moderation"
    assert nameless_controls(help_window) == []
    help_window.close()


def test_every_place_has_a_page_and_every_page_opens(qtbot: QtBot) -> None:
    places = {name.replace("_", "-") for name in the_app.LEAD_PLACES}
    assert places | {"declare", "score", "finish", "welcome"} <= set(PAGES)
    window = HelpWindow()
    qtbot.addWidget(window)
    for name in PAGES:
        window.show_page(name)
        assert window.text.toPlainText().strip()
        assert window.page == name
    window.words.setText("fingerprint")
    assert 0 < window.pages.count() < len(PAGES)
    window.text.anchorClicked.emit(QUrl("limits.md"))
    assert window.page == "limits"
    window.close()


def test_about_opens(qtbot: QtBot) -> None:
    about = About()
    qtbot.addWidget(about)
    assert "sqlalchemy" in about.text.toPlainText()


def test_undo_in_the_menu_says_what_it_takes_back(opened: Shell) -> None:
    done: list[str] = []
    opened.window.desk.can_undo_with("Score Q4", lambda: done.append("undone"), lambda: None)
    palette = CommandPalette(opened.window.menuBar(), opened.window)
    texts = [palette.list.item(row).text() for row in range(palette.list.count())]
    palette.close()
    assert "Edit › Undo: Score Q4" in texts
    opened.menus.undo()
    assert done == ["undone"]


def test_a_copy_is_saved_from_the_menu(opened: Shell, tmp_path: Path) -> None:
    opened.menus.save_copy(tmp_path / "copy.tender")
    opened.wait_for(opened.window.jobs)
    assert (tmp_path / "copy.tender").exists()
    assert "A copy was saved" in opened.window.messages.words
    opened.menus.save_copy(tmp_path / "bench.tender")
    opened.wait_for(opened.window.jobs)
    assert "is the open file" in opened.window.messages.words


def test_a_workbook_is_looked_into_before_it_is_taken_in(opened: Shell, tmp_path: Path) -> None:
    changed = (PRICES[0], ("Alder Ltd", 1700))
    dialog = opened.menus.import_dialog(Desk(tmp_path, books=20).book({"Prices": changed}))
    opened.wait_for(opened.window.jobs)
    dialog.reason.setText("A slip of the pen.")
    press(dialog, "Look again")
    opened.wait_for(opened.window.jobs)
    assert "1 price" in dialog.words.text()
    press(dialog, "Import it")
    opened.wait_for(opened.window.jobs)
    assert dialog.result() == dialog.DialogCode.Accepted
    dialog.deleteLater()


def test_an_import_with_problems_changes_nothing(opened: Shell, tmp_path: Path) -> None:
    wrong = (PRICES[0], ("Elder Ltd", "dear"))
    dialog = opened.menus.import_dialog(Desk(tmp_path, books=20).book({"Prices": wrong}))
    opened.wait_for(opened.window.jobs)
    assert "Nothing was changed" in dialog.words.text()
    assert dialog.problems.model().rowCount() >= 1
    assert not dialog.take.isEnabled()
    dialog.reject()


@pytest.mark.usefixtures("plain_places")
def test_the_next_stage_waits_for_what_is_missing(shell: Shell, tmp_path: Path) -> None:
    shell.desktop.files.open(a_desk(tmp_path, "agreed").file)
    step = StageStepViewModel(shell.window.desk)
    dialog = NextStage(step, shell.window)
    assert dialog.keep.isDefault()
    press(dialog, "Open prices and ranking")
    assert shell.window.desk.now.stage is Stage.PRICE
    blocked = NextStage(StageStepViewModel(shell.window.desk), shell.window)
    assert not blocked.go.isEnabled()
    blocked.reject()


def test_going_back_chooses_nothing_in_advance(opened: Shell) -> None:
    dialog = EarlierStage(StageStepViewModel(opened.window.desk), opened.window)
    assert dialog.stage.currentData() is None
    dialog.reason.setPlainText("An agreed score was mistyped.")
    assert not dialog.go.isEnabled()
    dialog.stage.setCurrentIndex(1)
    press(dialog, "Go back")
    assert opened.window.desk.now.stage is Stage.MODERATION


def test_text_size_and_colours_are_kept(opened: Shell, tmp_path: Path) -> None:
    opened.desktop.appearance.choose_text_size(150)
    opened.desktop.appearance.choose_look(LookChoice.HIGH_CONTRAST)
    assert theme.current().scale == 1.5
    assert theme.current().is_high_contrast
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    opened.desktop.settings._store.sync()
    kept = settings.load(store)
    assert (kept.text_size_percent, kept.look) == (150, LookChoice.HIGH_CONTRAST)


@pytest.mark.parametrize("text", ["", "[]", '{"look": 3}', '{"text_size_percent": 7}'])
def test_settings_that_cannot_be_read_are_the_defaults(text: str, tmp_path: Path) -> None:
    store = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    store.setValue("settings", text)
    assert settings.load(store) == Settings()


def test_the_corner_is_whole_and_in_the_middle_of_the_bar(opened: Shell) -> None:
    window = opened.window
    window.desk.note_saved()
    QApplication.sendPostedEvents()
    corner, bar = window._corner, window.menuBar()
    assert corner.width() >= corner.sizeHint().width()
    assert abs(corner.geometry().center().y() - bar.rect().center().y()) <= 2
    assert corner.geometry().right() <= bar.width()


def test_a_window_whose_typing_could_not_be_kept_stays_unless_told(
    opened: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened.window
    refusal = FileProblem("The disk is full.", "Make room.")
    window.screen_shown.leave = lambda: window.desk.refused.emit(refusal)  # type: ignore[attr-defined]  # as a screen has it
    monkeypatch.setattr(MainWindow, "_may_lose_typing", lambda _self: False)
    assert not window.close()
    assert "disk is full" in window.messages.words
    monkeypatch.setattr(MainWindow, "_may_lose_typing", lambda _self: True)
    assert window.close()


def secret(words: str) -> None:
    raise ValueError(f"{words} cannot be scored")


def a_fault(words: str) -> BaseException:
    try:
        secret(words)
    except ValueError as error:
        return error
    raise AssertionError


def test_a_report_has_places_but_no_content(tmp_path: Path) -> None:
    log = faults.start_log(tmp_path)
    error = a_fault("Acme Ltd")
    told = faults.report(error, error.__traceback__)
    faults.note_fault(told)
    assert log is not None
    assert "builtins.ValueError" in told
    assert "in secret" in told
    assert "Acme" not in told + log.read_text(encoding="utf-8")
    assert str(Path.home()) not in told
    faults.start_log(tmp_path / "other")
    (tmp_path / "taken").write_text("", encoding="utf-8")
    assert faults.start_log(tmp_path / "taken") is None


def test_a_fault_keeps_the_typing_and_tells(opened: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    told: list[str] = []

    def exec_(crash: Crash) -> int:
        told.append(crash.report.toPlainText())
        return 0

    opened.window.screen_shown.leave = lambda: kept.append("typing")  # type: ignore[attr-defined]  # as a screen has it
    monkeypatch.setattr(Crash, "exec", exec_)
    error = a_fault("Acme Ltd")
    opened.desktop.tell(type(error), error, error.__traceback__)
    assert kept == ["typing"]
    assert "ValueError" in told[0]
    refusal = FileProblem("It was changed underneath.", "Open it again.")
    opened.desktop.tell(type(refusal), refusal, None)
    assert "changed underneath" in opened.window.messages.words
    assert len(told) == 1


def test_the_report_can_be_copied(qtbot: QtBot) -> None:
    crash = Crash("the report", "It is kept.")
    qtbot.addWidget(crash)
    press(crash, "Copy the report")
    assert QGuiApplication.clipboard().text() == "the report"
    assert crash.go_on.isDefault()


def test_the_lead_is_out_of_sight_while_somebody_scores(
    opened: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tendereval.ui import evaluator_window  # noqa: PLC0415 - replaced for this test alone
    from tendereval.ui.dialogs import choose_person  # noqa: PLC0415 - the same

    class Stand(QWidget):
        handed_back = SimpleNamespace(connect=lambda _on: None)
        file_closing = SimpleNamespace(connect=lambda _on: None)

    monkeypatch.setattr(choose_person, "choose_person", lambda _desk, _parent: True)
    monkeypatch.setattr(evaluator_window, "EvaluatorWindow", lambda _desk, _jobs, _look: Stand())
    opened.menus.score_here()
    assert not opened.window.isVisible()
    assert opened.window.stand_in is opened.menus.evaluator
    opened.menus._on_handed_back()
    assert opened.window.isVisible()
    assert opened.window.stand_in is None


@pytest.mark.usefixtures("plain_places", "qapp")
def test_a_window_can_be_made_for_a_session_alone(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    window = the_app.lead_window(open_tender(desk.file, "", desk.clock, "app"))
    assert isinstance(window, MainWindow)
    window.close()


def test_settings_never_come_near_a_score() -> None:
    assert set(Settings.__dataclass_fields__) == {"version", "look", "text_size_percent", "recent"}


def test_every_window_of_the_shell_names_its_controls(opened: Shell) -> None:
    window = opened.window
    step = StageStepViewModel(window.desk)
    for one in (
        About(window),
        Crash("the report", "It is kept.", window),
        CommandPalette(window.menuBar(), window),
        EarlierStage(step, window),
        NextStage(step, window),
        opened.desktop.welcome.new_dialog(),
    ):
        assert nameless_controls(one) == []
        one.deleteLater()
