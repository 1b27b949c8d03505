"""F6: from the places to each pane of the screen that is shown, and round again."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tendereval.ui.widgets.two_panes import TwoPanes

_TAB = Qt.FocusPolicy.TabFocus.value


def panes_of(screen: QWidget) -> tuple[QWidget, ...]:
    """Return the panes that a screen shows now, from the left; one that has none is one."""
    shown = next((two for two in screen.findChildren(TwoPanes) if two.isVisible()), None)
    return (screen,) if shown is None else shown.panes


def go_round(panes: Sequence[QWidget], focus: QWidget | None) -> None:
    """Put the keys into the pane after the one that has them; a pane without a stop is left out."""
    at = next((n for n, pane in enumerate(panes) if _holds(pane, focus)), 0)
    for pane in (*panes[at + 1 :], *panes[: at + 1]):
        parent = pane.parentWidget()
        two = None if parent is None else parent.parentWidget()
        if isinstance(two, TwoPanes):
            two.turn_to(pane)
        stop = first_stop(pane)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return


def first_stop(pane: QWidget) -> QWidget | None:
    """Return the first control of a pane that Tab would come to."""
    one = pane
    while True:
        if _holds(pane, one) and one.isVisible() and one.isEnabled() and _takes_tab(one):
            return one
        following = one.nextInFocusChain()
        if following is None or following is pane:
            return None
        one = following


def _holds(pane: QWidget, widget: QWidget | None) -> bool:
    return widget is not None and (pane is widget or pane.isAncestorOf(widget))


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & _TAB)
