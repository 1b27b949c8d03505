"""What stands behind and beside an answer: evidence marks, paragraph numbers, initials."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QTextBlock, QTextDocument

from tendereval.ui import theme

_LINE_PX = 2
_RAISED = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked words.

    Attributes:
        start: first position, in the document's own counting.
        end: the position after the last.
        initials: of who cited them; may be empty.
    """

    start: int
    end: int
    initials: str


def paint_marks(
    painter: QPainter, document: QTextDocument, marks: Sequence[Mark], scrolled: int
) -> None:
    """Paint yellow behind marked words and a line under them, which survives grey printing."""
    look = theme.current()
    for mark in marks:
        for rect in _rects(document, mark):
            box = rect.translated(0, -scrolled)
            painter.fillRect(box.adjusted(0, look.px(4), 0, 0), look.colour("mark"))
            under = QRectF(box.left(), box.bottom() - _LINE_PX, box.width(), _LINE_PX)
            painter.fillRect(under, look.colour("mark_line"))


def paint_numbers(painter: QPainter, document: QTextDocument, left: int, scrolled: int) -> None:
    """Hang the number of each paragraph in the left margin."""
    look = theme.current()
    painter.setFont(look.font("small"))
    painter.setPen(look.colour("ink2"))
    for number, block in _numbered(document):
        box = _first_line(document, block).translated(0, -scrolled)
        if box.top() > painter.viewport().height():
            return
        box.setLeft(0)
        box.setRight(left - look.px(16))
        box.adjust(0, 0, 0, -look.px(_RAISED))
        painter.drawText(
            box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, str(number)
        )


def paint_initials(
    painter: QPainter, document: QTextDocument, marks: Sequence[Mark], right: int, scrolled: int
) -> None:
    """Put the initials of who cited what into the right margin, each person once a line."""
    look = theme.current()
    painter.setFont(look.font("small"))
    painter.setPen(look.colour("ink2"))
    lines: dict[float, list[str]] = {}
    for mark in marks:
        rect = next(_rects(document, mark), None)
        if rect is None or not mark.initials:
            continue
        names = lines.setdefault(rect.top(), [])
        if mark.initials not in names:
            names.append(mark.initials)
    for top, names in lines.items():
        box = QRectF(right + look.px(8), top - scrolled, look.px(120), look.line_px("read"))
        painter.drawText(
            box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, " ".join(names)
        )


def _numbered(document: QTextDocument) -> Iterator[tuple[int, QTextBlock]]:
    number, block = 0, document.firstBlock()
    while block.isValid():
        if block.text().strip():
            number += 1
            yield number, block
        block = block.next()


def _first_line(document: QTextDocument, block: QTextBlock) -> QRectF:
    box = document.documentLayout().blockBoundingRect(block)
    if block.layout().lineCount():
        box.setHeight(block.layout().lineAt(0).height())
    return box


def _rects(document: QTextDocument, mark: Mark) -> Iterator[QRectF]:
    """Yield a rectangle for each line that a mark lies on."""
    block = document.findBlock(mark.start)
    while block.isValid() and block.position() < mark.end:
        top_left = document.documentLayout().blockBoundingRect(block).topLeft()
        layout = block.layout()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            first = max(mark.start - block.position(), line.textStart())
            last = min(mark.end - block.position(), line.textStart() + line.textLength())
            if first < last:
                from_x, to_x = _x(line.cursorToX(first)), _x(line.cursorToX(last))
                left, right = min(from_x, to_x), max(from_x, to_x)
                yield QRectF(
                    top_left.x() + left, top_left.y() + line.y(), right - left, line.height()
                )
        block = block.next()


def _x(found: object) -> float:
    """The binding gives the position alone or with the cursor it moved to."""
    return float(found[0]) if isinstance(found, tuple) else float(found)  # type: ignore[arg-type]  # a number when no pair
