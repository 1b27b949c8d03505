"""The recovery key as a page to print; written once, kept nowhere."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from tendereval.ui import theme

_MARGIN_MM = 25.0
_POINTS = 12.0


def write_sheet(path: Path, lines: Sequence[str]) -> bool:
    """Write lines as a page of A4, the first as its title and the third large.

    Returns:
        False where it could not be written there.
    """
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    sheet = QTextDocument()
    font = QFont(theme.FAMILY)
    font.setPointSizeF(_POINTS)
    sheet.setDefaultFont(font)
    parts = [f"<h2>{escape(lines[0])}</h2>"] if lines else []
    for number, line in enumerate(lines[1:], start=1):
        words = escape(line)
        parts.append(f"<h3>{words}</h3>" if number == 2 else f"<p>{words}</p>")  # noqa: PLR2004 - the key itself
    sheet.setHtml("".join(parts))
    sheet.print_(writer)
    del writer
    return path.is_file() and path.stat().st_size > 0
