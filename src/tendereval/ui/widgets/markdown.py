"""Markdown in a text browser with the house's type: semibold, its own sizes, hairlines."""

from collections.abc import Iterable
from typing import Final, cast

from PySide6.QtGui import (
    QBrush,
    QFont,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextFrame,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser

from tendereval.ui import theme

_HEADINGS: Final = {1: "sentence", 2: "section", 3: "section"}


def show_markdown(browser: QTextBrowser, text: str) -> None:
    """Show a text; Qt's own bold is one that the bundled typeface does not have."""
    browser.setMarkdown(text)
    block = browser.document().begin()
    while block.isValid():
        _restyle(block)
        block = block.next()
    for frame in browser.document().rootFrame().childFrames():
        _rule(frame)
    browser.moveCursor(QTextCursor.MoveOperation.Start)


def _restyle(block: QTextBlock) -> None:
    style = _HEADINGS.get(block.blockFormat().headingLevel(), "")
    cursor = QTextCursor(block)
    parts = cast("Iterable[QTextBlock.iterator]", block)
    pieces = [(one.fragment().position(), one.fragment().length()) for one in parts]
    for start, length in pieces:
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        found = cursor.charFormat()
        if style or found.fontWeight() > QFont.Weight.Normal:
            cursor.setCharFormat(_semibold(found, style))
    if style:
        space = block.blockFormat()
        space.setTopMargin(theme.current().px(14))
        space.setBottomMargin(theme.current().px(6))
        cursor.setBlockFormat(space)


def _semibold(found: QTextCharFormat, style: str) -> QTextCharFormat:
    found.setFontWeight(QFont.Weight.DemiBold)
    if style:
        found.clearProperty(QTextCharFormat.Property.FontSizeAdjustment)
        found.setFontPointSize(theme.current().font(style).pointSizeF())
    return found


def _rule(frame: QTextFrame) -> None:
    if not isinstance(frame, QTextTable):
        return
    look, found = theme.current(), frame.format()
    found.setBorder(1)
    found.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    found.setBorderBrush(QBrush(look.colour("edge" if look.is_high_contrast else "line")))
    found.setBorderCollapse(True)
    found.setCellPadding(look.px(5))
    frame.setFormat(found)
