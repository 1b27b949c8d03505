"""The one style sheet, written from tokens; widgets choose by their ``role`` property.

Roles of QLabel: ``sentence``, ``section``, ``strong``, ``small``, ``muted``, ``compact``,
``problem``, ``attention``. Of QPushButton: ``primary`` (one per window), ``link``, ``icon``, and
none for the outlined one, ``segment`` in a switch. Of QFrame and QWidget: ``hairline``, ``rule``, ``ground``, ``paper``.
"""

from collections.abc import Callable


def text(colour: Callable[[str], str], px: Callable[[float], int], *, high_contrast: bool) -> str:
    """Return the style sheet.

    Args:
        colour: colour by role, as ``#RRGGBB``.
        px: a size at the chosen size of text.
        high_contrast: hairlines become full lines.
    """
    parts = (_base, _labels, _buttons, _fields, _lists, _bars, _scoring)
    line = colour("edge") if high_contrast else colour("line")
    return "\n".join(part(colour, px, line) for part in parts)


def _base(colour: Callable[[str], str], px: Callable[[float], int], line: str) -> str:
    return f"""
QWidget[role="ground"], QMainWindow, QDialog, QMenuBar {{ background: {colour("ground")}; }}
QWidget[role="paper"], QScrollArea[role="paper"] {{ background: {colour("paper")}; }}
QFrame[role="hairline"] {{ background: {line}; border: none; }}
QFrame[role="hairline"][vertical="false"] {{ max-height: 1px; min-height: 1px; }}
QFrame[role="hairline"][vertical="true"] {{ max-width: 1px; min-width: 1px; }}
QFrame[role="rule"] {{ background: {colour("edge")}; border: none; max-height: 1px; min-height: 1px; }}
QToolTip {{ color: {colour("ink")}; background: {colour("paper")}; border: 1px solid {colour("edge")};
    padding: {px(4)}px; }}
QSplitter::handle {{ background: {line}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QScrollArea {{ border: none; background: transparent; }}
"""


def _labels(colour: Callable[[str], str], px: Callable[[float], int], _line: str) -> str:
    return f"""
QLabel {{ background: transparent; }}
QLabel[role="sentence"] {{ font-size: {px(24)}px; font-weight: 600; }}
QLabel[role="section"] {{ font-size: {px(17)}px; font-weight: 600; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="small"] {{ font-size: {px(13)}px; color: {colour("ink2")}; }}
QLabel[role="compact"] {{ font-size: {px(14)}px; }}
QLabel[role="muted"] {{ color: {colour("ink2")}; }}
QLabel[role="problem"] {{ color: {colour("problem")}; }}
QLabel[role="attention"] {{ color: {colour("attention")}; }}
QLabel:disabled {{ color: {colour("ink2")}; }}
"""


def _buttons(colour: Callable[[str], str], px: Callable[[float], int], _line: str) -> str:
    return f"""
QPushButton {{ background: {colour("paper")}; color: {colour("ink")}; border: 1px solid {colour("edge")};
    border-radius: 4px; padding: 0 {px(14)}px; min-height: {px(30)}px; }}
QPushButton:hover {{ background: {colour("tint")}; }}
QPushButton:pressed {{ background: {colour("sunken")}; }}
QPushButton:focus {{ border: 2px solid {colour("focus")}; }}
QPushButton:disabled {{ color: {colour("ink2")}; background: {colour("sunken")}; }}
QPushButton[role="primary"] {{ background: {colour("accent")}; color: {colour("on_accent")};
    border: 1px solid {colour("accent")}; font-weight: 600; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {colour("accent")}; }}
QPushButton[role="primary"]:disabled {{ background: {colour("sunken")}; color: {colour("ink2")};
    border-color: {colour("edge")}; }}
QPushButton[role="link"] {{ background: transparent; border: 2px solid transparent;
    color: {colour("accent")}; padding: 0 {px(4)}px; min-height: {px(24)}px; text-align: left; }}
QPushButton[role="link"]:hover {{ text-decoration: underline; }}
QPushButton[role="link"]:focus {{ border: 2px solid {colour("focus")}; }}
QPushButton[role="link"]:disabled {{ color: {colour("ink2")}; }}
QPushButton[role="icon"] {{ padding: 0; min-width: {px(30)}px; max-width: {px(30)}px; }}
QCheckBox, QRadioButton {{ spacing: {px(8)}px; min-height: {px(24)}px; background: transparent; }}
"""


def _fields(colour: Callable[[str], str], px: Callable[[float], int], _line: str) -> str:
    return f"""
QLineEdit, QPlainTextEdit, QTextEdit, QDateEdit, QDateTimeEdit, QDoubleSpinBox, QSpinBox, QComboBox {{
    background: {colour("paper")}; color: {colour("ink")}; border: 1px solid {colour("edge")};
    border-radius: 4px; padding: {px(4)}px {px(8)}px;
    selection-background-color: {colour("tint")}; selection-color: {colour("ink")}; }}
QLineEdit, QDateEdit, QDateTimeEdit, QDoubleSpinBox, QSpinBox, QComboBox {{ min-height: {px(22)}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QDateEdit:focus, QDateTimeEdit:focus,
QDoubleSpinBox:focus, QSpinBox:focus, QComboBox:focus {{ border: 2px solid {colour("focus")}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ background: {colour("sunken")};
    color: {colour("ink2")}; }}
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {{ border: none; padding: 0; min-height: 0;
    background: transparent; color: {colour("ink")}; }}
QLineEdit:read-only, LongEdit:read-only {{ background: {colour("sunken")};
    border-color: {colour("line")}; }}
QTextBrowser[role="answer"] {{ border: none; background: {colour("paper")}; font-size: {px(17)}px; }}
QComboBox::drop-down {{ border: none; width: {px(24)}px; }}
QComboBox QAbstractItemView {{ background: {colour("paper")}; border: 1px solid {colour("edge")}; }}
"""


def _lists(colour: Callable[[str], str], px: Callable[[float], int], line: str) -> str:
    return f"""
QAbstractItemView {{ background: {colour("paper")}; border: none; outline: none;
    selection-background-color: {colour("tint")}; selection-color: {colour("ink")}; }}
QListView[role="places"] {{ background: {colour("ground")}; }}
QHeaderView {{ background: {colour("paper")}; border: none; }}
QHeaderView::section {{ background: {colour("paper")}; color: {colour("ink2")}; border: none;
    border-bottom: 1px solid {colour("edge")}; font-size: {px(13)}px; padding: {px(4)}px 3px; }}
QHeaderView[inset="true"]::section:first {{ padding-left: {px(12)}px; }}
QTableView, QTreeView {{ gridline-color: {line}; }}
"""


def _bars(colour: Callable[[str], str], px: Callable[[float], int], line: str) -> str:
    return f"""
QMenuBar {{ padding: 0 {px(8)}px; min-height: {px(30)}px; }}
QMenuBar::item {{ background: transparent; padding: 0 {px(9)}px; }}
QMenuBar::item:selected {{ background: {colour("tint")}; }}
QMenu {{ background: {colour("paper")}; border: 1px solid {colour("edge")}; padding: {px(4)}px; }}
QMenu::item {{ padding: {px(5)}px {px(28)}px {px(5)}px {px(14)}px; }}
QMenu::item:selected {{ background: {colour("tint")}; color: {colour("ink")}; }}
QMenu::item:disabled {{ color: {colour("ink2")}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: {px(4)}px 0; }}
QScrollBar:vertical {{ background: transparent; width: {px(12)}px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {colour("edge")}; border-radius: 3px; min-height: {px(32)}px;
    margin: 0 3px; }}
QScrollBar:horizontal {{ background: transparent; height: {px(12)}px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {colour("edge")}; border-radius: 3px;
    min-width: {px(32)}px; margin: 3px 0; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ border: none; background: {colour("sunken")}; max-height: 2px; }}
QProgressBar::chunk {{ background: {colour("accent")}; }}
QTabBar::tab {{ background: transparent; padding: {px(8)}px {px(12)}px; border: none;
    border-bottom: 3px solid transparent; }}
QTabBar::tab:selected {{ border-bottom: 3px solid {colour("accent")}; font-weight: 600; }}
QTabBar::tab:focus {{ border: 2px solid {colour("focus")}; }}
"""


def _scoring(colour: Callable[[str], str], px: Callable[[float], int], _line: str) -> str:
    return f"""
QPlainTextEdit[role="bare"], QPlainTextEdit[role="bare"]:focus {{ border: none; padding: 0; background: transparent; }}
QTextBrowser[role="answer"], QTextBrowser[role="answer"]:focus {{ border: none; padding: 0; }}
QRadioButton::indicator {{ width: {px(14)}px; height: {px(14)}px; border: 1px solid {colour("edge")}; border-radius: {px(14) // 2 + 1}px;
    background: {colour("paper")}; }}
QRadioButton::indicator:checked {{ width: {px(6)}px; height: {px(6)}px; border: {px(5)}px solid {colour("accent")}; border-radius: {px(16) // 2}px; }}
QRadioButton::indicator:disabled {{ background: {colour("sunken")}; }}
QTextEdit[role="words"] {{ border: none; border-left: 2px solid transparent; border-radius: 0; padding: 0; background: transparent; }}
QTextEdit[role="words"]:focus {{ border: none; border-left: 2px solid {colour("focus")}; }}
QPushButton[role="segment"] {{ border-radius: 0; padding: 0 {px(12)}px; min-height: {px(24)}px; color: {colour("ink2")}; }}
QPushButton[role="segment"][edge="first"] {{ border-top-left-radius: 4px; border-bottom-left-radius: 4px; }}
QPushButton[role="segment"][edge="last"] {{ border-top-right-radius: 4px; border-bottom-right-radius: 4px; border-left: none; }}
QPushButton[role="segment"]:checked {{ background: {colour("tint")}; color: {colour("ink")}; font-weight: 600; }}
QPushButton[role="segment"]:focus {{ border: 2px solid {colour("focus")}; }}
QPushButton[large="true"] {{ min-height: {px(42)}px; font-size: {px(19)}px; padding: 0 {px(20)}px; }}
QPushButton[role="starter"] {{ color: {colour("accent")}; font-size: {px(17)}px; min-height: {px(32)}px; }}
QLabel[role="read"] {{ font-size: {px(17)}px; }}
QLabel[role="large"] {{ font-size: {px(26)}px; font-weight: 600; }}
QLabel[role="calm"] {{ font-size: {px(17)}px; color: {colour("ink2")}; }}
QPushButton[role="link"][flush="true"] {{ padding-left: 0; }}
QFrame[role="choice"] {{ background: {colour("paper")}; border: 1px solid {colour("edge")}; border-radius: 4px; }}
QLabel[role="figure"] {{ font-size: {px(17)}px; font-weight: 600; }}
"""
