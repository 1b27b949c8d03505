"""Write a document as a tagged PDF that conforms to PDF/UA-1.

The same document gives the same bytes: no clock, no chance, no fonts of the machine.
"""

import hashlib
import os
import threading
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final

from tendereval.reports import outline, styles
from tendereval.reports.blocks import Anchor, BlockBuilder
from tendereval.reports.canvas import Canvas
from tendereval.reports.drawings import fitted_line, placed, set_line
from tendereval.reports.flow import Flow
from tendereval.reports.fonts import visible
from tendereval.reports.metadata import About

_CHUNK: Final = 1 << 20


def write_pdf(document: outline.Document, path: Path) -> str:
    """Write a document to a file, which appears only when it is complete.

    Args:
        document: what to write.
        path: the file, in an existing folder; an older file is replaced.

    Returns:
        SHA-256 of the file, in lower-case hexadecimal digits.

    Raises:
        OSError: the folder is missing, full or closed to us (the user can fix it). The
            older file, if any, is still there.
    """
    about = About(visible(document.title), visible(document.language), document.created)
    # Not tempfile: its files are closed to everyone but the owner, even after the renaming.
    temporary = path.with_name(f".writing-{os.getpid()}-{threading.get_ident()}.pdf")
    try:
        with temporary.open("wb") as file:
            canvas = _lay_out(document, file)
            canvas.write(about, _Margins(document, canvas).operators)
        digest = _digest(temporary)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return digest


def _lay_out(document: outline.Document, file: BinaryIO) -> Canvas:
    canvas = Canvas(file)
    anchors = [Anchor(block) for block in document.blocks if isinstance(block, outline.Heading)]
    builder = BlockBuilder(canvas, anchors)
    flow = Flow(canvas)
    if document.cover:
        flow.drop(styles.COVER_DROP)
        _fill(flow, builder, document.cover)
        flow.break_page()
    if document.contents:
        flow.add(builder.contents(document.contents_title, document.contents_depth))
        flow.break_page()
    builder.begin_body()
    _fill(flow, builder, document.blocks)
    flow.finish()
    return canvas


def _fill(flow: Flow, builder: BlockBuilder, blocks: tuple[outline.Block, ...]) -> None:
    for block in blocks:
        if isinstance(block, outline.PageBreak):
            flow.break_page()
        else:
            flow.add(builder.strips(block))


class _Margins:
    """What stands in the margins of every page: head, draft mark, foot and page number."""

    def __init__(self, document: outline.Document, canvas: Canvas) -> None:
        self._canvas = canvas
        self._page_words = document.page_words
        fonts = canvas.fonts
        width = styles.TEXT_WIDTH
        draft = fitted_line(document.draft_mark or "", styles.PAGE_DRAFT, width, fonts)
        width -= draft.width + styles.EDGE_GAP
        head = fitted_line(document.head, styles.PAGE_EDGE, width, fonts)
        width = styles.TEXT_WIDTH - styles.PAGE_NUMBER_WIDTH
        foot = fitted_line(document.foot, styles.PAGE_EDGE, width, fonts)
        y = styles.FOOT_RULE
        rule = f"{styles.LINE} RG {styles.RULE_HAIRLINE:g} w"
        rule += f" {styles.LEFT:.2f} {y:g} m {styles.RIGHT:.2f} {y:g} l S"
        self._fixed = [
            placed(head, styles.LEFT, styles.HEAD_BASELINE),
            placed(draft, styles.RIGHT - draft.width, styles.HEAD_BASELINE),
            rule,
            placed(foot, styles.LEFT, styles.FOOT_BASELINE),
        ]

    def operators(self, index: int) -> str:
        """Give the operators for the page of an index."""
        text = self._page_words.format(page=index + 1, pages=self._canvas.page_count)
        number = set_line(text, styles.PAGE_EDGE, self._canvas.fonts)
        page = placed(number, styles.RIGHT - number.width, styles.FOOT_BASELINE)
        return "\n".join(chain(self._fixed, [page]))


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
