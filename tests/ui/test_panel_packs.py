"""Packs out and returns in on the Panel screen: by keyboard alone, and never stuck."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tendereval.app import lead_window
from tendereval.domain.evaluation import PanelMember, Role
from tendereval.domain.ids import PersonId
from tendereval.domain.stages import Stage
from tendereval.exchange.contact_card import write_card
from tendereval.exchange.identity_file import write_identity
from tendereval.services import identities, panel, tender_keys
from tendereval.services.tenders import open_tender
from tendereval.ui import theme
from tendereval.ui.screens.panel import PanelScreen
from tendereval.ui.screens.panel_parts.flow_page import FlowPage
from tendereval.viewmodels import panel_identity
from tendereval.viewmodels.panel_pages import PanelPage
from tendereval.viewmodels.session_view_model import SessionViewModel
from tendereval.viewmodels.stage_step import StageStepViewModel
from tests.service.builders import BEN, CAM, a_desk
from tests.service.packs import Round, an_identity
from tests.ui.accessibility import nameless_controls
from tests.ui.lead_screens import (
    answer,
    clipped_labels,
    every_look,
    key,
    on_screen,
    tab_to,
    type_in,
)
from tests.viewmodel.lead_desk import at_stage
from tests.viewmodel.panel_desk import before_packs, lead_with_keys, packs_out, send_back
from tests.viewmodel.test_panel_names import hidden_desk

LONG = "Gwenllian ferch Gruffydd ap Cynan o Aberffraw, Pennaeth Caffael y Cyngor Sir"


@contextmanager
def the_panel(desk: SessionViewModel, qtbot: QtBot) -> Iterator[PanelScreen]:
    """Show the Panel screen."""
    with on_screen(desk, "panel", qtbot) as screen:
        assert isinstance(screen, PanelScreen)
        yield screen


def shows(screen: PanelScreen, page: QWidget) -> bool:
    """Whether a page has the screen's room."""
    return screen.page_shown is page


def settle(page: FlowPage, qtbot: QtBot) -> None:
    """Wait until the page's own work is over."""
    qtbot.waitUntil(lambda: not page.is_working, timeout=60_000)


def visible_button(screen: QWidget, text: str) -> QPushButton:
    """Return the one button in sight with these words."""
    found = [
        one
        for one in screen.findChildren(QPushButton)
        if one.text().startswith(text) and one.isVisible()
    ]
    assert len(found) == 1
    return found[0]


def press(screen: QWidget, text: str) -> None:
    """Tab to a button in sight and press it with the keyboard."""
    tab_to(screen, visible_button(screen, text))
    key(screen, Qt.Key.Key_Space)


def test_packs_for_all_are_made_by_keyboard(tmp_path: Path, qtbot: QtBot) -> None:
    with before_packs(tmp_path) as desk, the_panel(desk, qtbot) as screen:
        screen.packs.pick_folder = lambda: str(tmp_path / "packs")
        screen.table.setFocus()
        press(screen, "Make packs")
        assert shows(screen, screen.keys)
        assert not screen.keys.first.make.isEnabled()
        key(screen, Qt.Key.Key_Space)
        press(screen, "Make the keys")
        assert not screen.keys.recovery.go_on.isEnabled()
        tab_to(screen, screen.keys.recovery.tick)
        key(screen, Qt.Key.Key_Space)
        press(screen, "Go on")
        assert shows(screen, screen.packs)
        tab_to(screen, screen.packs.return_by)
        type_in(screen, "27 November 2027")
        press(screen, "Make 2 packs")
        settle(screen.packs, qtbot)
        assert len(list((tmp_path / "packs").glob("*.scorepack"))) == 2
        tab_to(screen, screen.packs.made.told)
        key(screen, Qt.Key.Key_Space, Qt.Key.Key_Escape)
        assert shows(screen, screen.panes)


def test_three_returns_are_collected_by_keyboard(tmp_path: Path, qtbot: QtBot) -> None:
    with packs_out(tmp_path) as (desk, made), the_panel(desk, qtbot) as screen:
        files = [send_back(made, BEN, 3), send_back(made, BEN, 4), send_back(made, CAM)]
        screen.collecting.pick_files = lambda: [str(path) for path in files]
        screen.table.setFocus()
        press(screen, "Collect returns")
        press(screen, "Choose files")
        settle(screen.collecting, qtbot)
        assert len(screen.collecting.table.model().rows) == 3  # type: ignore[attr-defined]
        press(screen, "Take all 3 in")
        settle(screen.collecting, qtbot)
        assert screen.collecting.head.sentence == "3 returns collected, 12 scores added"
        assert screen.collecting.receipts.text.toPlainText().count("tendereval-receipt") == 3
        key(screen, Qt.Key.Key_Escape)
        assert shows(screen, screen.panes)
        assert screen.people.head.sentence == "Every return is in"


def wrong_files(folder: Path) -> dict[str, Path]:
    """Write files that are no returns."""
    found = {
        "empty.scores": b"",
        "text.scores": b"not a return at all",
        "binary.scores": bytes(range(256)) * 40,
        "broken.xlsx": b"PK\x03\x04 broken",
    }
    for name, content in found.items():
        (folder / name).write_bytes(content)
    return {name: folder / name for name in (*found, "missing.scores")}


@pytest.mark.parametrize("name", ["empty.scores", "text.scores", "binary.scores", "broken.xlsx"])
def test_a_wrong_file_never_leaves_the_page_stuck(tmp_path: Path, qtbot: QtBot, name: str) -> None:
    with packs_out(tmp_path) as (desk, _made), the_panel(desk, qtbot) as screen:
        screen.collect([wrong_files(tmp_path)[name]])
        settle(screen.collecting, qtbot)
        assert not screen.collecting.take.isEnabled()
        assert QApplication.activeModalWidget() is None
        key(screen, Qt.Key.Key_Escape)
        assert shows(screen, screen.panes)
        assert screen.people.table.isEnabled()


@pytest.mark.parametrize("name", ["missing.scores", "nowhere"])
def test_a_file_that_is_gone_says_so_and_lets_go(tmp_path: Path, qtbot: QtBot, name: str) -> None:
    (tmp_path / "nowhere").mkdir()
    with packs_out(tmp_path) as (desk, made), the_panel(desk, qtbot) as screen:
        screen.collect([tmp_path / name])
        settle(screen.collecting, qtbot)
        screen.collecting.back.click()
        assert shows(screen, screen.panes)
        screen.collect([send_back(made, BEN)])
        settle(screen.collecting, qtbot)
        assert screen.collecting.take.isEnabled()


def test_escape_while_looking_lets_go_at_once(tmp_path: Path, qtbot: QtBot) -> None:
    with packs_out(tmp_path) as (desk, made), the_panel(desk, qtbot) as screen:
        screen.collect([send_back(made, BEN)])
        key(screen, Qt.Key.Key_Escape)
        assert shows(screen, screen.panes)
        settle(screen.collecting, qtbot)
        screen.collect()
        assert visible_button(screen, "Choose files").isEnabled()


def test_passphrases_that_nobody_noted_are_asked_about_and_stay(
    tmp_path: Path, qtbot: QtBot
) -> None:
    with before_packs(tmp_path) as desk, the_panel(desk, qtbot) as screen:
        desk.did(tender_keys.ensure)
        screen.packs.pick_folder = lambda: str(tmp_path / "packs")
        screen.make_packs()
        screen.packs.on_make()
        settle(screen.packs, qtbot)
        answer(yes=False)
        screen.packs.go_back()
        assert shows(screen, screen.packs)
        screen.packs.made.pick_sheet = lambda _name: str(tmp_path / "sheet.txt")
        screen.packs.made.save.click()
        screen.packs.go_back()
        assert shows(screen, screen.panes)
        assert "Ben Bell" in (tmp_path / "sheet.txt").read_text(encoding="utf-8")


def test_a_recovery_key_that_nobody_kept_is_asked_about(tmp_path: Path, qtbot: QtBot) -> None:
    with before_packs(tmp_path) as desk, the_panel(desk, qtbot) as screen:
        screen.make_packs()
        screen.keys.first.by_recovery.setChecked(True)
        screen.keys.first.make.click()
        answer(yes=False)
        screen.keys.go_back()
        assert shows(screen, screen.keys)
        screen.keys.recovery.pick_file = lambda _name: str(tmp_path / "key.pdf")
        screen.keys.recovery.save.click()
        assert (tmp_path / "key.pdf").read_bytes().startswith(b"%PDF")
        answer(yes=True)
        screen.keys.go_back()
        assert shows(screen, screen.panes)


def test_names_are_decided_on_the_way_to_packs(tmp_path: Path, qtbot: QtBot) -> None:
    with lead_with_keys(hidden_desk(tmp_path)) as desk, the_panel(desk, qtbot) as screen:
        screen.make_packs()
        screen.keys.first.by_recovery.setChecked(True)
        screen.keys.first.make.click()
        screen.keys.recovery.tick.setChecked(True)
        screen.keys.recovery.go_on.click()
        assert shows(screen, screen.names)
        settle(screen.names, qtbot)
        press(screen, "Leave it out")
        press(screen, "Accept it")
        assert screen.names.go_on.isVisible()
        press(screen, "Go on to the packs")
        assert shows(screen, screen.packs)


def drop(window: QWidget, *paths: Path) -> bool:
    """Drop files on a window and say whether it takes them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier
    at = QPointF(300, 300)
    enter = QDragEnterEvent(at.toPoint(), copy, data, left, none.NoModifier)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(at, copy, data, left, none.NoModifier))
    return enter.isAccepted()


@contextmanager
def in_a_window(made: Round, qtbot: QtBot) -> Iterator[QWidget]:
    """Open the lead's window."""
    window = lead_window(made.lead())
    qtbot.addWidget(window)
    window.show()
    yield window
    window.close()


def test_returns_dropped_anywhere_are_looked_at_on_the_panel(tmp_path: Path, qtbot: QtBot) -> None:
    with packs_out(tmp_path) as (_desk, made):
        path = send_back(made, BEN)
    with in_a_window(made, qtbot) as window:
        assert not drop(window, tmp_path / "photo.jpeg")
        assert drop(window, path)
        assert window.place == "panel"  # type: ignore[attr-defined]
        screen = window.screen_shown  # type: ignore[attr-defined]
        settle(screen.collecting, qtbot)
        assert shows(screen, screen.collecting)
        assert screen.collecting.take.isEnabled()
        assert not screen.people.name.acceptDrops()


def test_a_stage_entered_another_day_is_signed_without_a_word(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lead's own keys are looked for then; nobody opens the Panel for it."""
    desk = a_desk(tmp_path, "scored")
    own = an_identity("Ana Ames", "ana@x.example")
    with desk.session() as session:
        tender_keys.ensure(session.with_identity(own))
    with desk.session() as session, session.reading() as reader:
        before = len(reader.signed_heads())
    write_identity(tmp_path / "identity.key", own)
    monkeypatch.setattr(panel_identity, "PLACE", tmp_path)
    window = lead_window(open_tender(desk.file, "", desk.clock, "app"))
    qtbot.addWidget(window)
    assert StageStepViewModel(window.desk).go(Stage.MODERATION)
    with window.desk.reading() as reader:
        assert len(reader.signed_heads()) == before + 1
        assert reader.signed_heads()[-1].seq == reader.head().seq - 1
    window.close()


def test_a_card_dropped_goes_to_the_packs(tmp_path: Path, qtbot: QtBot) -> None:
    with packs_out(tmp_path) as (desk, _made), the_panel(desk, qtbot) as screen:
        write_card(tmp_path / "ben.evaluator", an_identity())
        screen.show_item((tmp_path / "ben.evaluator",))
        assert shows(screen, screen.packs)
        assert screen.packs.sealing.by_card.isChecked()


def nothing(_screen: PanelScreen, _qtbot: QtBot) -> None:
    """Show the people."""


def keys_page(screen: PanelScreen, _qtbot: QtBot) -> None:
    """Show the keys."""
    screen.show_page(PanelPage.KEYS)


def packs_page(screen: PanelScreen, _qtbot: QtBot) -> None:
    """Show the packs."""
    screen.show_page(PanelPage.PACKS)
    screen.packs.table.model().toggle(0)  # type: ignore[attr-defined]


def collect_page(screen: PanelScreen, qtbot: QtBot) -> None:
    """Show a file that is refused."""
    folder = Path(screen._view_model._desk.session.file.path).parent
    screen.collect([wrong_files(folder)["text.scores"]])
    settle(screen.collecting, qtbot)


@pytest.mark.parametrize("way", [nothing, keys_page, packs_page, collect_page])
def test_every_page_has_names_and_room_in_every_look(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication, way: Callable[[PanelScreen, QtBot], None]
) -> None:
    with packs_out(tmp_path) as (desk, _made):
        member = PanelMember(PersonId(""), Role.EVALUATOR, "", reason="Joins.")
        desk.did(lambda session: panel.add_member(session, member, LONG, "g@x.example"))
        with the_panel(desk, qtbot) as screen:
            way(screen, qtbot)
            assert nameless_controls(screen) == []
            for _look in every_look(qapp):
                QTest.qWait(60)
                assert not screen.grab().isNull()
                assert clipped_labels(screen) == []
            theme.apply(qapp, theme.Theme())


def test_keys_that_open_with_a_passphrase_are_asked_for_on_the_page(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "own"
    identities.make_own_identity("Ana Ames", "ana@x.example", place, "seven-small-words")
    monkeypatch.setattr(panel_identity, "PLACE", place)
    with at_stage(tmp_path, "scoring") as desk, the_panel(desk, qtbot) as screen:
        screen.make_packs()
        screen.keys.first.by_recovery.setChecked(True)
        screen.keys.first.make.click()
        page = screen.keys
        assert page.unlock_box.isVisible()
        for words in ("wrong", "seven-small-words"):
            page.passphrase.setFocus()
            type_in(screen, words)
            key(screen, Qt.Key.Key_Return)
        assert not page.unlock_box.isVisible()
        page.first.make.click()
        assert page.recovery.isVisible()


def test_work_that_takes_long_can_be_stopped_and_leaves_nothing(
    tmp_path: Path, qtbot: QtBot
) -> None:
    with before_packs(tmp_path) as desk, the_panel(desk, qtbot) as screen:
        desk.did(tender_keys.ensure)
        screen.packs.pick_folder = lambda: str(tmp_path / "packs")
        screen.make_packs()
        screen.packs.on_make()
        assert screen.packs.stop.isVisible()
        screen.packs.stop.click()
        settle(screen.packs, qtbot)
        assert screen.packs.problem.text().startswith("⊖  The work was stopped")
        assert not (tmp_path / "packs").exists()
        with desk.reading() as reader:
            assert reader.packs_made() == ()


def test_before_publishing_the_page_says_why_nobody_gets_a_pack(
    tmp_path: Path, qtbot: QtBot
) -> None:
    with before_packs(tmp_path, "set-up") as desk, the_panel(desk, qtbot) as screen:
        assert not screen.people.make.isVisible()
        screen.show_page(PanelPage.PACKS)
        assert shows(screen, screen.packs)
        assert not screen.packs.make.isEnabled()
        whys = [row.why for row in screen.packs._view_model.people.rows]
        assert all(why.startswith("The method is not published yet.") for why in whys[:3])
