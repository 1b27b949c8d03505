"""The reading pane: the answer as text or as the bidder's document, with find and zoom."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from tendereval.domain.evidence import Evidence, evidence_from, find_quote
from tendereval.domain.ids import DocumentId
from tendereval.domain.publicvalue.commitments import Quote
from tendereval.ui import theme
from tendereval.ui.widgets.answer_view import AnswerView
from tendereval.ui.widgets.basics import button, hairline, label
from tendereval.ui.widgets.pdf_view import PdfView
from tendereval.ui.widgets.segments import Segments
from tendereval.ui.widgets.short_label import ShortLabel
from tendereval.viewmodels.commitment_form import quote_between
from tendereval.viewmodels.score_page import Page

_TEXT, _DOCUMENT = 0, 1


class ReadingPane(QWidget):
    """One answer.

    Args:
        content_of: returns the bytes of a document.
        large: the community panel's size.
        style: another style of type for the answer.

    Signals:
        evidence_chosen: words to cite, as ``Evidence``.
    """

    evidence_chosen = Signal(object)

    def __init__(
        self, content_of: Callable[[DocumentId], bytes], *, large: bool = False, style: str = ""
    ) -> None:
        super().__init__()
        self._content_of, self._large = content_of, large
        self._page: Page | None = None
        self._document: DocumentId | None = None
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text = AnswerView(large=large, style=style)
        self.document = PdfView()
        self._who = ShortLabel("strong")
        self._how_long = label(role="muted")
        self._switch = Segments("Show", ("Answer", "Document"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.text)
        self._stack.addWidget(self.document)
        self._zoom = self._zoom_buttons()
        self._find_bar = self._make_find_bar()
        self._clarified = label(role="compact", wrap=True)
        self._build()
        self._switch.chosen.connect(self._on_switched)
        self.document.said.connect(self._said.setText)
        self.document.page_changed.connect(self._on_page_changed)
        theme.changed().connect(self._follow_theme)
        self._follow_theme()

    def _build(self) -> None:
        self._head = QHBoxLayout()
        self._head.setSpacing(10)
        self._head.addWidget(self._who)
        self._head.addWidget(self._how_long)
        self._head.addStretch(1)
        self._head.addWidget(self._zoom)
        self._head.addWidget(self._switch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self._find_bar)
        column.addWidget(self._stack, 1)
        self._line = hairline()
        column.addWidget(self._line)
        column.addWidget(self._clarified)
        self._said.setMinimumWidth(1)
        self._who.setVisible(not self._large)
        self._how_long.setVisible(not self._large)

    def _zoom_buttons(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._said = label(role="small")
        row.addWidget(self._said)
        for text, name, act in (
            ("−", "Smaller", self.document.zoom_out),
            ("+", "Larger", self.document.zoom_in),
        ):
            one = button(text, act, "icon")
            one.setAccessibleName(name)
            one.setToolTip(name)
            row.addWidget(one)
        return box

    def _make_find_bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(24, 4, 24, 4)
        row.setSpacing(8)
        name = label("Find", "small")
        self.find_field = QLineEdit()
        self.find_field.setAccessibleName("Find in this answer")
        self.find_field.setMaximumWidth(280)
        name.setBuddy(self.find_field)
        self._not_found = label(role="small")
        row.addWidget(name)
        row.addWidget(self.find_field, 1)
        row.addWidget(button("Previous", lambda: self.find_next(backwards=True)))
        row.addWidget(button("Next", self.find_next))
        row.addWidget(self._not_found)
        row.addStretch(1)
        row.addWidget(button("Close", self.close_find, "link"))
        self.find_field.returnPressed.connect(self.find_next)
        bar.hide()
        return bar

    def _follow_theme(self) -> None:
        look = theme.current()
        left = look.px(40 if self._large else 56)
        self._head.setContentsMargins(left, look.px(10), look.px(24), look.px(6))
        self._clarified.setContentsMargins(left, look.px(10), look.px(24), look.px(10))

    def show_page(self, page: Page | None) -> None:
        """Show an answer from its beginning, as text where there is text."""
        self._page = page
        self.close_find()
        if page is None:
            self.text.set_answer("")
            return
        self._who.setText(page.bidder)
        self._how_long.setText(page.answer_line)
        self.text.set_answer(page.answer)
        self.text.setAccessibleName(f"{page.bidder}, {page.answer_line}")
        if page.document != self._document:
            self.document.close_document()
            self._document = None
        self._switch.setVisible(page.document is not None and bool(page.answer.strip()))
        self._show(_DOCUMENT if page.document and not page.answer.strip() else _TEXT)
        if page.document is None and not page.answer.strip():
            self.text.setPlaceholderText("The bidder submitted no answer to this question.")
        said = "\n".join(
            f"Asked: {asked}\nAnswered: {answered}" for asked, answered in page.clarifications
        )
        intro = "A clarification that may be taken into account\n"
        self._clarified.setText(f"{intro}{said}" if said else "")
        self._clarified.setVisible(bool(said))
        self._line.setVisible(bool(said))

    def show_evidence(self, evidence: tuple[Evidence, ...]) -> None:
        """Mark what is cited."""
        places = (find_quote(self.text.answer, item) for item in evidence)
        self.text.set_marks([(start, length, "") for start, length in filter(None, places)])

    def point_to(self, item: Evidence) -> None:
        """Bring cited words into sight."""
        place = find_quote(self.text.answer, item)
        if item.where.startswith("page"):
            self._show(_DOCUMENT)
            self.document.go_to_page(int(item.where.split()[-1]))
        elif place is not None:
            self._show(_TEXT)
            self.text.show_position(*place)

    def cite(self) -> bool:
        """Offer the selected words as evidence and say whether there were any."""
        kind = "page" if self.shows_document else "paragraph"
        chosen = self.document.selection() if self.shows_document else self.text.selection()
        evidence = evidence_from(chosen[0], f"{kind} {chosen[1]}") if chosen else None
        if evidence is not None:
            self.evidence_chosen.emit(evidence)
        return evidence is not None

    def quote(self) -> Quote | None:
        """Return the selected words where they stand; None where none are selected."""
        if self.shows_document:
            found = self.document.selection()
            words = " ".join(found[0].split()) if found else ""
            return Quote(words, 0, str(found[1])) if found and words else None
        span = self.text.selected_span()
        if span is None or self._page is None:
            return None
        quote = quote_between(self._page.answer, *span)
        return quote if quote.words else None

    def point_to_quote(self, quote: Quote) -> None:
        """Bring the words of a commitment into sight."""
        words = " ".join(quote.words.split())
        where = f"page {quote.page}" if quote.page.isdecimal() else "paragraph 1"
        if quote.page:
            self.point_to(Evidence(words, where))
            return
        shown = self._page.answer[: quote.start] if self._page else ""
        start = len(shown.replace("\r\n", "\n"))
        self._show(_TEXT)
        self.text.show_position(start, len(quote.words.replace("\r\n", "\n")))

    @property
    def shows_document(self) -> bool:
        """Whether the document is shown, not the text."""
        return self._stack.currentIndex() == _DOCUMENT

    def take_focus(self) -> None:
        """Put the keys into what is read."""
        shown = self.document if self.shows_document else self.text
        shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_switched(self, number: int) -> None:
        self._show(number)
        self.take_focus()

    def _show(self, number: int) -> None:
        self._switch.show_chosen(number)
        self._stack.setCurrentIndex(number)
        self._zoom.setVisible(number == _DOCUMENT)
        self._how_long.setVisible(number == _TEXT and not self._large)
        page = self._page
        if number == _DOCUMENT and page and page.document and page.document != self._document:
            self._document = page.document
            self.document.show_document(self._content_of(page.document), page.page or 1)
        elif number == _DOCUMENT and page and page.page:
            self.document.go_to_page(page.page)

    def _on_page_changed(self, page: int, count: int) -> None:
        self._said.setText(f"page {page} of {count}")

    def open_find(self) -> None:
        """Show the bar to find words with, and put the keys there."""
        self._find_bar.show()
        self.find_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_field.selectAll()

    def close_find(self) -> None:
        """Take the bar away."""
        held = any(part.hasFocus() for part in self._find_bar.findChildren(QWidget))
        self._find_bar.hide()
        if held:
            self.take_focus()

    def find_next(self, *, backwards: bool = False) -> None:
        """Go to the next place of the words."""
        words = self.find_field.text()
        self._not_found.setText("")
        if not words.strip():
            return
        if self.shows_document:
            self.document.find_words(words, backwards=backwards)
        elif not self.text.find_words(words, backwards=backwards):
            self._not_found.setText("Not found")
