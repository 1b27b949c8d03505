"""The evaluator's own laptop: from the double-clicked pack to the return and its receipt."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tendereval.commands import opening
from tendereval.domain.packs import ReturnKind
from tendereval.exchange.seal import ToRecipients, WithPassphrase
from tendereval.services import opening_packs
from tendereval.ui import theme
from tendereval.ui.dialogs.confirm import Confirm
from tendereval.ui.dialogs.open_pack import OpenPack
from tendereval.ui.dialogs.own_identity import OwnIdentity
from tendereval.ui.evaluator_window import EvaluatorWindow
from tendereval.ui.jobs import JobRunner
from tendereval.ui.widgets.job_row import JobRow
from tendereval.viewmodels import pack_opening
from tendereval.viewmodels.own_keys import own_or_new
from tendereval.viewmodels.pack_opening import PackOpeningViewModel
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import ALDER, BEN, BIRCH, CAM, place
from tests.service.packs import (
    a_manifest,
    a_pack,
    a_record,
    a_working_file,
    an_agreed_score,
    body_of,
    lead_and_packs,
    score_all,
)
from tests.ui.accessibility import nameless_controls
from tests.ui.shell import Shell, started
from tests.ui.test_evaluator import CTRL, every_text
from tests.viewmodel.evaluator_laptop import a_receipt_line, own_folder

DECLARE, SCORE, RETURN, CONFIRM = 0, 1, 2, 3
WORDS = "abandon-ability-able-about-above-absent"


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    documents = tmp_path / "documents"
    documents.mkdir()
    monkeypatch.setattr(pack_opening, "usual_folder", lambda: documents)
    with own_folder(tmp_path, monkeypatch):
        yield


@pytest.fixture
def shell(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Shell]:
    shell = started(qapp, qtbot, tmp_path)
    qtbot.waitUntil(shell.desktop.welcome.isVisible)
    yield shell
    shell.close()


def own_pack(path: Path, number: int = 1) -> Path:
    """Write a pack that is sealed to the person's own card."""
    keys = own_or_new("Ben Bell", "ben@x.example").card.keys
    return a_pack(path, a_manifest(number), ToRecipients((keys.recipient,)))


def focused(window: QWidget) -> QWidget:
    found: QWidget | None = window.focusWidget()
    return found if found is not None else window


def press_key(window: QWidget, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(focused(window), key, held or Qt.KeyboardModifier.NoModifier)


def tab_to(window: QWidget, widget: QWidget) -> None:
    for _ in range(60):
        if focused(window) is widget:
            return
        press_key(window, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never reaches {widget.accessibleName() or widget}")


def in_dialog(qtbot: QtBot, act: Callable[[QDialog], None]) -> QTimer:
    """Act in the next window that waits for an answer, while its loop runs."""
    timer = QTimer()

    def look() -> None:
        found = QApplication.activeModalWidget()
        if isinstance(found, QDialog):
            timer.stop()
            act(found)

    timer.timeout.connect(look)
    timer.start(20)
    qtbot.addWidget(QWidget())
    return timer


def the_window(shell: Shell, qtbot: QtBot) -> EvaluatorWindow:
    qtbot.waitUntil(lambda: len(shell.desktop.scoring) == 1, timeout=20_000)
    window = shell.desktop.scoring[0]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def idle(qtbot: QtBot, jobs: JobRunner) -> None:
    qtbot.waitUntil(lambda: not jobs.is_busy, timeout=20_000)


def a_window(qtbot: QtBot, model: SessionViewModel, width: int = 1280) -> EvaluatorWindow:
    window = EvaluatorWindow(model, JobRunner())
    window.resize(width, 800)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def put_away(window: EvaluatorWindow) -> None:
    window.close()
    window.deleteLater()


def declare_nothing_by_keys(window: EvaluatorWindow) -> None:
    assert focused(window) is window.declare.none.radio
    press_key(window, Qt.Key.Key_Space)
    tab_to(window, window.declare.sign)
    press_key(window, Qt.Key.Key_Space)


def score_by_keys(window: EvaluatorWindow, digits: str) -> None:
    for digit in digits:
        QTest.keyClicks(focused(window), digit)
        press_key(window, Qt.Key.Key_Return)
        QTest.keyClicks(focused(window), f"It meets the wording of {digit} in this way.")
        press_key(window, Qt.Key.Key_Return, CTRL)


def test_from_the_double_click_to_the_written_return_by_keyboard_alone(
    shell: Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    pack = a_pack(tmp_path / "ben.scorepack", a_manifest(), WithPassphrase(WORDS))
    seen: list[str] = []

    def type_the_words(dialog: QDialog) -> None:
        assert isinstance(dialog, OpenPack)
        seen.append(every_text(dialog))
        QTest.keyClicks(focused(dialog), "Abandon ability able about above absent")
        press_key(dialog, Qt.Key.Key_Return)

    waiting = in_dialog(qtbot, type_the_words)
    shell.desktop.files.open(pack)
    assert waiting.isActive() is False
    window = the_window(shell, qtbot)
    assert "disk encryption" in seen[0]
    assert "Ana Ames" not in seen[0]
    # The passphrase is accepted: no click lies between it and the declaration,
    assert window.step == DECLARE
    assert not window.declare.none.radio.isChecked()
    declare_nothing_by_keys(window)
    # and none between the declaration and the first question.
    assert window.step == SCORE
    score_by_keys(window, "4230")
    assert window.step == RETURN
    screen = window.give_back
    assert screen.sentence.text() == "Everything is ready to return"
    screen.part.ask_path = lambda proposed: str(tmp_path / proposed)
    qtbot.waitUntil(lambda: focused(window) is screen.part.write)
    press_key(window, Qt.Key.Key_Space)
    idle(qtbot, window.jobs)
    assert screen.sentence.text() == "Your return is written"
    assert "Give it to Ana Ames" in screen.part.done.text()
    body = body_of(next(tmp_path.glob("*.scores")))
    assert (body.kind, body.complete, len(body.scores)) == (ReturnKind.SCORES, True, 4)


def test_what_is_no_pack_or_does_not_open_is_said_in_place(qtbot: QtBot, tmp_path: Path) -> None:
    letter = tmp_path / "letter.scorepack"
    letter.write_text("Dear Sir", encoding="utf-8")
    jobs = JobRunner()
    wrong = OpenPack(PackOpeningViewModel(letter, tmp_path), jobs)
    qtbot.addWidget(wrong)
    wrong.show()
    assert wrong.problem.isVisible()
    assert not wrong.go.isVisible()
    assert not wrong.passphrase.isVisible()
    wrong.on_open()
    assert not jobs.is_busy
    pack = a_pack(tmp_path / "ben.scorepack", a_manifest(), WithPassphrase(WORDS))
    dialog = OpenPack(PackOpeningViewModel(pack, tmp_path), jobs)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.passphrase.setText("some other words")
    dialog.on_open()
    idle(qtbot, jobs)
    assert "does not open" in dialog.problem.text()
    assert dialog.passphrase.selectedText() == "some other words"
    assert dialog.opening is None
    assert nameless_controls(dialog) == []


def test_the_folder_can_be_changed_and_leaving_is_safe(qtbot: QtBot, tmp_path: Path) -> None:
    jobs = JobRunner()
    view_model = PackOpeningViewModel(own_pack(tmp_path / "ben.scorepack"), tmp_path)
    dialog = OpenPack(view_model, jobs)
    qtbot.addWidget(dialog)
    dialog.ask_folder = lambda: ""
    dialog.change.click()
    dialog.ask_folder = lambda: str(tmp_path / "documents")
    dialog.change.click()
    assert str(tmp_path / "documents") in dialog.where.text()
    assert not dialog.passphrase.isVisibleTo(dialog)
    dialog.on_open()
    dialog.reject()
    idle(qtbot, jobs)
    assert dialog.result() in {QDialog.DialogCode.Accepted, QDialog.DialogCode.Rejected}
    if dialog.opening is not None:
        dialog.opening.session.file.close()


def test_a_long_job_shows_progress_and_can_be_stopped(qtbot: QtBot) -> None:
    jobs, stopped = JobRunner(), list[Exception]()
    row = JobRow(jobs)
    qtbot.addWidget(row)

    def work(progress: object) -> object:
        for done in range(10_000):
            progress.step(done, 10_000, "Reading")  # type: ignore[attr-defined]  # a Progress
            QTest.qSleep(5)
        return None

    jobs.run("Reading the pack", work, lambda _done: None, stopped.append)
    qtbot.waitUntil(lambda: not row.isHidden(), timeout=5_000)
    assert row.words.text() == "Reading…"
    row.cancel.click()
    idle(qtbot, jobs)
    qtbot.waitUntil(lambda: bool(stopped))
    assert row.isHidden()


def test_a_declared_interest_locks_and_its_declaration_goes_back_alone(
    qtbot: QtBot, tmp_path: Path
) -> None:
    model = SessionViewModel(a_working_file(tmp_path, declared=False))
    window = a_window(qtbot, model)
    declare = window.declare
    declare.some.radio.click()
    declare.interest.setPlainText("I used to work there.")
    next(iter(declare.ticks.findChildren(QCheckBox))).click()
    declare.sign.click()
    assert window.step == DECLARE
    assert declare.sentence.text() == "Locked until the decision of Ana Ames"
    assert not window.steps.isTabEnabled(SCORE)
    assert "Alder builds of oak" not in every_text(window)
    declare.alone.click()
    assert window.step == RETURN
    assert window.give_back.sentence.text() == "Return your declaration alone"
    window.give_back.part.ask_path = lambda _proposed: ""
    window.give_back.part.write.click()
    assert not window.jobs.is_busy
    window.give_back.part.ask_path = lambda _proposed: str(tmp_path / "alone")
    window.give_back.part.write.click()
    idle(qtbot, window.jobs)
    body = body_of(tmp_path / "alone.scores")
    assert body.kind is ReturnKind.DECLARATION
    put_away(window)


def test_a_long_list_of_organisations_is_found_by_typing(qtbot: QtBot, tmp_path: Path) -> None:
    names = tuple(f"Company {number:02} of the Vale & Sons Ltd" for number in range(40))
    manifest = replace(a_manifest(), organisations=(*names, "Tŷ Gwyn CIC"))
    window = a_window(qtbot, SessionViewModel(a_working_file(tmp_path, manifest, declared=False)))
    declare = window.declare
    assert declare.names.find_box.isVisible()
    declare.names.words.setText("gwyn")
    assert [one.name for one in declare.names.shown] == ["Tŷ Gwyn CIC"]
    declare.names.words.setText("nobody at all")
    assert declare.names.none_found.isVisible()
    declare.some.radio.click()
    declare.ticks.words.setText("company 07")
    tick = next(one for one in declare.ticks.findChildren(QCheckBox) if one.isVisible())
    tick.click()
    declare.ticks.words.setText("gwyn")
    assert tick.isVisible()
    assert declare.ticks.bidders == ("Company 07 of the Vale & Sons Ltd",)
    QTest.keyClick(declare.ticks.words, Qt.Key.Key_Return)
    assert window.step == DECLARE
    assert nameless_controls(declare) == []
    put_away(window)


def test_what_came_before_the_window_closes_finds_the_file_open(
    qtbot: QtBot, tmp_path: Path
) -> None:
    model, told = SessionViewModel(a_working_file(tmp_path)), list[bool]()
    window = a_window(qtbot, model)
    window.jobs.run("Once", lambda _progress: None, lambda _done: told.append(model.is_open), print)
    put_away(window)
    assert told == [True]


def test_the_return_leads_to_what_is_missing(qtbot: QtBot, tmp_path: Path) -> None:
    window = a_window(qtbot, SessionViewModel(a_working_file(tmp_path)))
    assert window.step == SCORE
    window.go_to(RETURN)
    screen = window.give_back
    assert not screen.part.write.isEnabled()
    assert screen.missing.count() == 4
    screen.missing.setCurrentRow(3)
    QTest.keyClick(screen.missing, Qt.Key.Key_Return)
    assert window.step == SCORE
    assert "Birch" in window.score.reading.text.accessibleName()
    window.go_to(RETURN)
    assert focused(window) is screen.go_on
    screen.go_on.click()
    assert window.step == SCORE
    put_away(window)


def test_without_a_declaration_the_return_leads_to_it(qtbot: QtBot, tmp_path: Path) -> None:
    window = a_window(qtbot, SessionViewModel(a_working_file(tmp_path, declared=False)))
    window.go_to(RETURN)
    assert window.step == DECLARE
    put_away(window)


def returned_window(shell: Shell, qtbot: QtBot, folder: Path) -> EvaluatorWindow:
    session = a_working_file(folder)
    score_all(session)
    shell.desktop.files.take(session)
    window = the_window(shell, qtbot)
    window.go_to(RETURN)
    screen = window.give_back
    screen.part.ask_path = lambda proposed: str(folder / proposed)
    screen.question.setPlainText("May I talk to you?")
    screen.part.write.click()
    idle(qtbot, window.jobs)
    assert screen.question.toPlainText() == ""
    return window


def test_what_is_no_receipt_is_said_in_place(shell: Shell, qtbot: QtBot, tmp_path: Path) -> None:
    receipt = returned_window(shell, qtbot, tmp_path).give_back.receipt
    assert receipt.isVisible()
    assert not receipt.remove.isVisible()
    receipt.field.setText("nonsense")
    receipt.take.click()
    assert "holds no receipt" in receipt.wrong.text()
    assert receipt.field.selectedText() == "nonsense"


def test_the_receipt_comes_and_the_working_file_may_go(
    shell: Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    window = returned_window(shell, qtbot, tmp_path)
    receipt, path = window.give_back.receipt, window.desk.session.file.path
    with window.desk.reading() as reader:
        sha256 = reader.returns_made()[-1].sha256
    receipt.field.setText(a_receipt_line(sha256))
    QTest.keyClick(receipt.field, Qt.Key.Key_Return)
    assert window.give_back.sentence.text() == "Ana Ames has your return"
    assert focused(window) is receipt.remove
    question = receipt.question()
    assert question.keep.isDefault()
    question.deleteLater()

    def remove_it(dialog: QDialog) -> None:
        assert isinstance(dialog, Confirm)
        dialog.do_it.click()

    waiting = in_dialog(qtbot, remove_it)
    receipt.remove.click()
    assert waiting.isActive() is False
    assert not path.exists()
    assert shell.desktop.scoring == []
    assert "was removed from this laptop" in shell.desktop.welcome.messages.words
    assert shell.desktop.settings.now.recent == ()


def drop(window: QWidget, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    window.dropEvent(
        QDropEvent(
            QPointF(9, 9),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def agree(dialog: QDialog) -> None:
    assert isinstance(dialog, OpenPack)
    dialog.on_open()


def test_a_record_dropped_on_the_window_adds_the_step_confirm(
    shell: Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    waiting = in_dialog(qtbot, agree)
    shell.desktop.files.open(own_pack(tmp_path / "ben.scorepack"))
    assert waiting.isActive() is False
    first = the_window(shell, qtbot)
    first.declare.none.radio.click()
    first.declare.sign.click()
    assert first.steps.count() == 3
    QTest.keyClicks(focused(first), "4")
    keys = own_or_new("Ben Bell", "ben@x.example").card.keys
    record = a_record(2, an_agreed_score(place(ALDER, "Q1")), an_agreed_score(place(BIRCH, "Q1")))
    path = a_pack(tmp_path / "agreed.record", record, ToRecipients((keys.recipient,)))
    waiting = in_dialog(qtbot, agree)
    drop(first, path)
    assert waiting.isActive() is False
    window = the_window(shell, qtbot)
    assert window is not first
    assert window.step == CONFIRM
    assert "2 agreed scores to confirm" in window.messages.words
    with window.desk.reading() as reader:
        assert len(reader.scores_of(BEN)) == 1
    drop(window, tmp_path / "somebody.scores")
    assert "Panel screen" in window.messages.words


@pytest.fixture
def confirming(qtbot: QtBot, tmp_path: Path) -> Iterator[EvaluatorWindow]:
    agreed = (an_agreed_score(place(who, ref)) for who in (ALDER, BIRCH) for ref in ("Q1", "Q2"))
    session = a_working_file(tmp_path, a_record(1, *agreed), declared=False)
    window = a_window(qtbot, SessionViewModel(session))
    yield window
    put_away(window)


def test_a_record_alone_asks_for_confirmations_only(confirming: EvaluatorWindow) -> None:
    steps = confirming.steps
    assert confirming.step == CONFIRM
    assert [steps.isTabVisible(step) for step in range(4)] == [False, False, False, True]
    assert steps.tabText(CONFIRM) == "1   Confirm"
    assert nameless_controls(confirming.confirm) == []


def test_agreed_scores_are_answered_by_keyboard(confirming: EvaluatorWindow) -> None:
    window, screen = confirming, confirming.confirm
    assert focused(window) is screen.bar.confirm
    press_key(window, Qt.Key.Key_Return, CTRL)
    press_key(window, Qt.Key.Key_Down, CTRL)
    press_key(window, Qt.Key.Key_Up, CTRL)
    press_key(window, Qt.Key.Key_D, CTRL)
    assert focused(window) is screen.page.words
    QTest.keyClicks(focused(window), "Worth a point less.")
    assert screen.page.record.isEnabled()
    press_key(window, Qt.Key.Key_Return, CTRL)
    assert screen.bar.count.text() == "2 of 4 answered"
    screen.page.open_dissent()
    screen.page.back.click()
    assert not screen.page.is_dissenting
    screen.list.setCurrentRow(0)
    assert "You confirmed this score" in screen.page.said.text()
    screen.list.setCurrentRow(1)
    assert "Worth a point less." in screen.page.said.text()


def test_the_words_on_agreed_scores_go_back(
    confirming: EvaluatorWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    screen = confirming.confirm
    screen.on_dissent("Worth a point less.")
    for _rest in range(3):
        screen.bar.confirm.click()
    assert screen.part.isVisible()
    screen.again.click()
    assert screen.page.isVisible()
    screen.bar.end.click()
    screen.take_focus()
    screen.part.ask_path = lambda proposed: str(tmp_path / proposed)
    press_key(confirming, Qt.Key.Key_Return, CTRL)
    idle(qtbot, confirming.jobs)
    body = body_of(next(tmp_path.glob("*.scores")))
    assert [one.dissent for one in body.confirmations if not one.agrees] == ["Worth a point less."]
    assert not screen.is_awaited
    assert screen.receipt.isVisible()


def test_nobody_elses_work_and_no_price_is_in_any_step(qtbot: QtBot, tmp_path: Path) -> None:
    made = lead_and_packs(tmp_path, "scored")
    with made.lead() as lead, lead.reading() as reader:
        others = [item.rationale for item in reader.scores_of(CAM)]
    window = a_window(qtbot, SessionViewModel(made.at_home(BEN)))
    seen = []
    for step in (DECLARE, SCORE, RETURN):
        window.go_to(step)
        seen.append(every_text(window))
    text = "\n".join(seen)
    assert others
    assert not [words for words in others if words in text]
    for hidden in ("Cam Cole", "£", "1600", "1500", "Dot Dean"):
        assert hidden not in text
    put_away(window)


@pytest.mark.parametrize(("width", "scale"), [(900, 1.0), (1280, 2.0)])
def test_every_step_fits_a_narrow_window_and_large_text(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, width: int, scale: float
) -> None:
    theme.apply(qapp, theme.Theme(scale=scale))
    made = a_manifest()
    late = replace(made, return_by=made.made_at + timedelta(days=20))
    session = a_working_file(tmp_path, late)
    score_all(session)
    window = a_window(qtbot, SessionViewModel(session), width)
    assert window.width() == width
    for step in (DECLARE, SCORE, RETURN):
        window.go_to(step)
        window.grab()
    assert window.give_back.part.write.isVisible()
    window.resize(2600, 1400)
    window.grab()
    put_away(window)


@pytest.fixture
def card(qtbot: QtBot) -> OwnIdentity:
    dialog = OwnIdentity(JobRunner())
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.make.click()
    assert "your name" in dialog.wrong.text()
    dialog.name.setText("Ben Bell")
    dialog.email.setText("ben@x.example")
    QTest.keyClick(dialog.email, Qt.Key.Key_Return)
    return dialog


def test_my_contact_card_is_shown_and_saved(
    card: OwnIdentity, qtbot: QtBot, tmp_path: Path
) -> None:
    assert card.who.text() == "Ben Bell   ·   ben@x.example"
    assert len(card.words.text().split()) == 8
    card.ask_path = lambda proposed: str(tmp_path / proposed)
    card.save.click()
    qtbot.waitUntil(lambda: "Saved" in card.note.text(), timeout=20_000)
    assert (tmp_path / "Ben-Bell.evaluator").exists()
    card.ask_path = lambda _proposed: str(tmp_path / "no such folder" / "x")
    card.save.click()
    qtbot.waitUntil(card.wrong.isVisible, timeout=20_000)
    assert nameless_controls(card) == []


def test_my_keys_open_with_a_passphrase_where_i_wish(card: OwnIdentity, qtbot: QtBot) -> None:
    card.protect.click()
    card.first.setText("several long words")
    card.again.setText("several long words")
    card.lock.click()
    assert "open with a passphrase" in card.protected.text()
    locked = OwnIdentity(JobRunner())
    qtbot.addWidget(locked)
    locked.passphrase.setText("not these words")
    locked.unlock.click()
    assert locked.wrong.text()
    locked.passphrase.setText("several long words")
    locked.unlock.click()
    assert "Ben Bell" in locked.who.text()


def test_the_first_window_offers_the_card_and_the_pack(shell: Shell, qtbot: QtBot) -> None:
    seen: list[type[QObject]] = []

    def close_it(dialog: QDialog) -> None:
        seen.append(type(dialog))
        dialog.reject()

    assert nameless_controls(shell.desktop.welcome) == []
    waiting = in_dialog(qtbot, close_it)
    shell.desktop.welcome.card.click()
    assert waiting.isActive() is False
    assert seen == [OwnIdentity]
    said = " ".join(label.text() for label in shell.desktop.welcome.findChildren(QLabel))
    assert "Were you sent a pack to score?" in said


def test_the_window_has_its_own_menus_and_pages_of_the_guide(
    shell: Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    shell.desktop.files.take(a_working_file(tmp_path))
    window = the_window(shell, qtbot)
    texts = {action.text() for action in window.findChildren(QAction)}
    assert {"Open…", "My contact card…", "Return", "Quit"} <= texts
    assert "Confirm" not in texts
    assert window.guide_page == "score"
    loose = [one for one in QApplication.topLevelWidgets() if isinstance(one, QPushButton)]
    assert not [one.text() for one in loose if one.isVisible()]
    window.go_to(RETURN)
    assert window.guide_page == "give-back"
    window.wanted.emit("close")
    assert shell.desktop.scoring == []
    assert shell.desktop.welcome.isVisible()


@pytest.mark.parametrize("ending", ["scorepack", "record", "scoring", "scores", "EVALUATOR"])
def test_a_double_click_on_any_of_our_files_opens_the_app(ending: str) -> None:
    assert opening.is_wanted([f"/nowhere/ben.{ending}"])


def test_the_leads_words_and_what_a_later_pack_changed_are_shown(
    shell: Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    waiting = in_dialog(qtbot, agree)
    shell.desktop.files.open(own_pack(tmp_path / "ben.scorepack"))
    first = the_window(shell, qtbot)
    keys = own_or_new("Ben Bell", "ben@x.example").card.keys
    later = replace(a_manifest(2), message="Please look at Q1 first.")
    path = a_pack(tmp_path / "later.scorepack", later, ToRecipients((keys.recipient,)))
    waiting = in_dialog(qtbot, agree)
    drop(first, path)
    assert waiting.isActive() is False
    window = the_window(shell, qtbot)
    assert "your scores are kept" in window.messages.words
    assert "Please look at Q1 first." in every_text(window.declare)


def test_a_pack_that_is_not_opened_changes_nothing(
    shell: Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    def leave(dialog: QDialog) -> None:
        found = [one for one in dialog.findChildren(QPushButton) if one.text() == "Not now"]
        found[0].click()

    waiting = in_dialog(qtbot, leave)
    shell.desktop.files.open(own_pack(tmp_path / "ben.scorepack"))
    assert waiting.isActive() is False
    assert shell.desktop.scoring == []
    assert not list((tmp_path / "documents").iterdir())
    assert opening_packs.suggested_target(tmp_path / "x.scorepack").name == "x.scoring"
