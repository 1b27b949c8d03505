"""Turn the blocks of an outline into strips with their tags.

Decides what each block looks like and is called; where it lands is the flow's affair.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import singledispatchmethod
from typing import Final

from tendereval.reports import outline, styles
from tendereval.reports.bookmarks import Place
from tendereval.reports.canvas import Canvas, Target
from tendereval.reports.drawings import (
    Hung,
    LineDrawing,
    NotedDrawing,
    PageNumberDrawing,
    RuleDrawing,
    hang,
    kept_with_next,
    line_strips,
    set_line,
)
from tendereval.reports.figures import figure_strips, logo_strips
from tendereval.reports.flow import Strip
from tendereval.reports.fonts import visible
from tendereval.reports.lines import HardLine, break_text, hard_lines, paragraphs, plain
from tendereval.reports.styles import TextStyle
from tendereval.reports.tables import facts_strips, table_strips
from tendereval.reports.tags import LIST_BULLETS, LIST_DECIMAL, Element

_BULLET: Final = "•"
_UNNAMED: Final = "…"
_HEADING_GAP: Final = "  "
_BULLET_X: Final = styles.LEFT + 4
_LABEL_GAP: Final = 6.0
_HEAD_LINES: Final = 3


def _numbered(number: str, text: outline.Text) -> outline.Text:
    """Put the number of a heading before its text, if it has both."""
    if not (number and plain(text)):
        return text or number
    runs = (outline.Run(text),) if isinstance(text, str) else text
    return (outline.Run(f"{number}{_HEADING_GAP}"), *runs)


@dataclass(slots=True)
class Anchor:
    """A heading that links lead to, and where it landed once it has been drawn."""

    heading: outline.Heading
    found: Place | None = None

    def place(self) -> Place:
        """Give the place; the start of the document until the heading is drawn."""
        return self.found or Place(0, styles.TOP)

    def words(self) -> str:
        """Give the heading with its number, in one line without invisible characters."""
        return visible(f"{self.heading.number} {plain(self.heading.text)}") or _UNNAMED


@dataclass(slots=True)
class BlockBuilder:
    """Makes strips from blocks; blocks are given in reading order.

    Attributes:
        canvas: of the document.
        anchors: the headings that get bookmarks, in the order in which they will come;
            headings met before ``begin_body`` are not among them.
    """

    canvas: Canvas
    anchors: Sequence[Anchor]
    _coming: list[Anchor] = field(default_factory=list)
    _by_key: dict[str, Anchor] = field(init=False)
    _tag_level: int = 0
    _follows_kicker: bool = False
    _follows_question: bool = False

    def __post_init__(self) -> None:
        self._by_key = {a.heading.key: a for a in self.anchors if a.heading.key}

    def begin_body(self) -> None:
        """State that the headings from now on are those of ``anchors``."""
        self._coming = list(reversed(self.anchors))

    @singledispatchmethod
    def strips(self, block: outline.Block) -> list[Strip]:
        """Make the strips of a block, from top to bottom; page breaks are the flow's affair."""
        raise TypeError(f"A document cannot hold a {type(block).__name__}.")

    @strips.register
    def _heading(self, block: outline.Heading) -> list[Strip]:
        style = styles.QUESTION if block.question else styles.HEADINGS[block.level]
        # A level without its parents would be announced as a gap.
        self._tag_level = min(block.level, self._tag_level + 1)
        text = _numbered(block.number, block.text)
        strips = kept_with_next(self._text(hard_lines(text), style, f"H{self._tag_level}"))
        strips[0].is_heading = True
        if self._follows_kicker:
            strips[0].before = 0.0
        self._follows_kicker = False
        self._follows_question = block.question
        if self._coming:
            anchor = self._coming.pop()
            level = self._tag_level

            def note(place: Place) -> None:
                anchor.found = place
                self.canvas.bookmarks.add(anchor.words(), level, place)

            strips[0].drawing = NotedDrawing(strips[0].drawing, note)
        return strips

    @strips.register
    def _paragraph(self, block: outline.Paragraph) -> list[Strip]:
        strips = self._texts(block.text, styles.PARAGRAPHS[block.style])
        is_kept = block.style in {"kicker", "label"}
        if self._follows_question:
            # A few words below a question are still its head.
            is_kept = len(strips) <= _HEAD_LINES
        self._follows_kicker = block.style == "kicker"
        self._follows_question = False
        return kept_with_next(strips) if is_kept else strips

    @strips.register
    def _bullets(self, block: outline.Bullets) -> list[Strip]:
        labels = [_BULLET] * len(block.items)
        return self._list(labels, block.items, LIST_BULLETS, _BULLET_X)

    @strips.register
    def _numbered(self, block: outline.Numbered) -> list[Strip]:
        labels = [f"{number}." for number in range(block.start, block.start + len(block.items))]
        return self._list(labels, block.items, LIST_DECIMAL, styles.LEFT)

    @strips.register
    def _table(self, block: outline.Table) -> list[Strip]:
        return table_strips(block, self.canvas)

    @strips.register
    def _facts(self, block: outline.Facts) -> list[Strip]:
        return facts_strips(block, self.canvas)

    @strips.register
    def _figure(self, block: outline.Figure) -> list[Strip]:
        return figure_strips(block, self.canvas)

    @strips.register
    def _logo(self, block: outline.Logo) -> list[Strip]:
        return logo_strips(block, self.canvas)

    @strips.register
    def _rationale(self, block: outline.ScoredRationale) -> list[Strip]:
        is_large = block.agreed
        style = styles.SCORE_AGREED if is_large else styles.SCORE
        score = set_line(block.score, style, self.canvas.fonts)
        if is_large and score.width > styles.SCORE_WIDEST_LARGE:
            is_large = False
            style = replace(styles.SCORE, colour=styles.SCORE_AGREED.colour)
            score = set_line(block.score, style, self.canvas.fonts)
        label = block.label
        fits = score.width <= styles.SCORE_WIDEST
        if not fits:
            label = f"{block.score}. {label}"
        texts = paragraphs(block.rationale) or [[()]]
        if label:
            texts[0][0] = (outline.Run(f"{label} ", bold=True), *texts[0][0])
        strips: list[Strip] = []
        for text in texts:
            strips += self._text(text, styles.SCORE_BODY, "P")
        first = strips[0].drawing
        if fits and isinstance(first, LineDrawing):
            x = styles.LEFT + styles.SCORE_EDGE - score.width
            first.hung = Hung(score, x, styles.SCORE_LOWER[is_large], first.element)
        # A score that counts does not part from its reasons at the foot of a page.
        strips[-1].is_kept = strips[-1].yields = block.agreed
        return strips

    @strips.register
    def _link(self, block: outline.Link) -> list[Strip]:
        anchor = self._by_key.get(block.target)
        if anchor is None:
            return self._texts(block.text, styles.BODY)
        style = replace(styles.BODY, colour=styles.ACCENT)
        holder = Element("P", self.canvas.tree.root)
        return self._link_strips(hard_lines(block.text), style, holder, anchor)

    @strips.register
    def _rule(self, block: outline.Rule) -> list[Strip]:  # noqa: ARG002 - has no content
        strip = Strip(0.0, RuleDrawing(styles.RULE_HAIRLINE, styles.LINE))
        strip.before = strip.after = styles.RULE_SPACE
        strip.is_kept = strip.is_separator = True
        return [strip]

    @strips.register
    def _cover_title(self, block: outline.CoverTitle) -> list[Strip]:
        self._tag_level = 1
        return self._text(hard_lines(block.text), styles.COVER_TITLE, "H1")

    @strips.register
    def _cover_lead(self, block: outline.CoverLead) -> list[Strip]:
        colour = styles.INK_MUTED if block.muted else styles.INK
        return self._texts(block.text, replace(styles.COVER_LEAD, colour=colour))

    @strips.register
    def _cover_rule(self, block: outline.CoverRule) -> list[Strip]:  # noqa: ARG002
        strip = Strip(0.0, RuleDrawing(styles.RULE_COVER, styles.ACCENT))
        strip.before, strip.after = styles.COVER_RULE_SPACE
        return [strip]

    def contents(self, title: str, depth: int) -> list[Strip]:
        """Make the table of contents from the anchors down to a heading level."""
        entries = [anchor for anchor in self.anchors if anchor.heading.level <= depth]
        if not entries:
            return []
        strips = kept_with_next(self._text(hard_lines(title), styles.HEADINGS[1], "H1"))
        self._tag_level = 1
        top = Element("TOC", self.canvas.tree.root)
        for anchor in entries:
            strips += self._contents_entry(anchor, Element("TOCI", top))
        return strips

    def _contents_entry(self, anchor: Anchor, item: Element) -> list[Strip]:
        level = anchor.heading.level
        style = styles.CONTENTS_FIRST if level == 1 else styles.CONTENTS_LATER
        x = styles.LEFT + (level - 1) * styles.CONTENTS_INDENT
        number = anchor.heading.number
        label = set_line(number, style, self.canvas.fonts)
        text = anchor.heading.text if plain(anchor.heading.text) else _UNNAMED
        is_hung = label.width + _LABEL_GAP <= styles.CONTENTS_INDENT
        if not is_hung:
            text = _numbered(number, text)
        strips = self._link_strips(
            hard_lines(text),
            style,
            Element("Reference", item),
            anchor,
            x=x + styles.CONTENTS_INDENT * (is_hung and bool(number)),
        )
        first, last = strips[0].drawing, strips[-1].drawing
        if number and is_hung and isinstance(first, LineDrawing):
            first.hung = Hung(label, x, 0.0, first.element)
        if isinstance(last, LineDrawing):
            strips[-1].drawing = PageNumberDrawing(last, anchor.place, self.canvas.fonts)
        return strips

    def _link_strips(
        self,
        text: Sequence[HardLine],
        style: TextStyle,
        holder: Element,
        anchor: Anchor,
        x: float = styles.LEFT,
    ) -> list[Strip]:
        """Make the strips of a text that leads to a heading."""
        element = Element("Link", holder)
        width = min(styles.RIGHT - x - styles.CONTENTS_PAGE_WIDTH, style.measure())
        lines = break_text(text, style, width, self.canvas.fonts)
        strips = line_strips(lines, x, style, element)
        for strip in strips:
            if isinstance(strip.drawing, LineDrawing):
                strip.drawing.target = Target(anchor.words(), anchor.place)
        return strips

    def _list(
        self, labels: Sequence[str], items: Sequence[outline.Text], attributes: str, x: float
    ) -> list[Strip]:
        if not items:
            return []
        fonts, style = self.canvas.fonts, styles.LIST_ITEM
        set_labels = [set_line(label, style, fonts) for label in labels]
        widest = max(label.width for label in set_labels)
        indent = max(styles.LIST_INDENT, widest + _LABEL_GAP)
        width = min(styles.TEXT_WIDTH - indent, style.measure())
        top = Element("L", self.canvas.tree.root, attributes)
        strips: list[Strip] = []
        for label, item in zip(set_labels, items, strict=True):
            holder = Element("LI", top)
            hung = Hung(label, x, 0.0, Element("Lbl", holder))
            body = Element("LBody", holder)
            fresh: list[Strip] = []
            for text in paragraphs(item) or [[()]]:
                lines = break_text(text, style, width, fonts)
                fresh += line_strips(lines, styles.LEFT + indent, style, body)
            hang(fresh, hung)
            strips += fresh
        strips[-1].after = styles.BODY.after
        return strips

    def _texts(self, text: outline.Text, style: TextStyle) -> list[Strip]:
        strips: list[Strip] = []
        for part in paragraphs(text):
            strips += self._text(part, style, "P")
        return strips

    def _text(self, text: Sequence[HardLine], style: TextStyle, role: str) -> list[Strip]:
        element = Element(role, self.canvas.tree.root)
        lines = break_text(text, style, style.measure(), self.canvas.fonts)
        return line_strips(lines, styles.LEFT, style, element)
