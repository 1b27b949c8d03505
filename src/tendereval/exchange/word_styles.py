"""How Word documents look: page, type, colours; knows nothing of what they say."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Pt, RGBColor

from tendereval.exchange.word_document import Manner, RowKind

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import ParagraphStyle
    from docx.styles.styles import Styles

FONT: Final = "Arial"
BODY: Final = "Normal"
BULLETS: Final = "List Bullet"
CAPTION: Final = "Caption"
SCORE: Final = "Score"
LINK: Final = "Link"
TABLE: Final = "Summary Table"
TABLE_HEAD: Final = "Table Head"
MANNERS: Final[dict[Manner, str]] = {
    "body": BODY,
    "muted": "Muted",
    "lead": "Lead",
    "kicker": "Kicker",
    "label": "Label",
    "note": "Note",
}
ROWS: Final[dict[RowKind, str]] = {
    "body": "Table Text",
    "section": "Table Section",
    "total": "Table Total",
}
INK, MUTED, ACCENT, PROBLEM = (
    RGBColor.from_string(code) for code in ("1C1D1F", "595B5E", "0E5A67", "9B2A1E")
)
_LINE: Final = "DAD7CF"
_EDGE: Final = "827F77"

PAGE_WIDTH, PAGE_HEIGHT = Pt(595.3), Pt(841.9)
SIDE: Final = Pt(85)
EDGE: Final = Pt(72)
TEXT_WIDTH: Final = Length(PAGE_WIDTH - 2 * SIDE)
"""Holds about 74 characters of the body."""
MARGIN_HANG: Final = Pt(48)
AFTER_TABLE: Final = Pt(14)
GUTTER: Final = Pt(10)
"""Between a figure and text at its right."""


@dataclass(frozen=True, slots=True)
class _Look:
    size: float
    line: float
    before: float = 0
    after: float = 0
    bold: bool = False
    colour: RGBColor = INK
    keep: bool = False


_BODY: Final = _Look(11.5, 16.5, after=8)
_LOOKS: Final = {
    BODY: _BODY,
    "Heading 1": _Look(24, 30, 24, 8, bold=True, keep=True),
    "Heading 2": _Look(15, 20, 22, 8, bold=True, keep=True),
    "Heading 3": _Look(11.5, 16.5, 14, 3, bold=True, keep=True),
    "Muted": _Look(11.5, 16.5, after=8, colour=MUTED),
    "Lead": _Look(15, 21, after=14),
    "Kicker": _Look(10.5, 14.5, 20, 4, colour=MUTED, keep=True),
    "Label": _Look(10.5, 14.5, 10, 3, colour=MUTED, keep=True),
    "Note": _Look(10.5, 14.5, 8, 8, colour=MUTED),
    CAPTION: _Look(11.5, 16.5, 10, 4, bold=True, keep=True),
    SCORE: _Look(11.5, 16.5, after=8),
    LINK: _Look(11.5, 16.5, after=8, colour=ACCENT),
    BULLETS: _Look(11.5, 16.5, after=3),
    TABLE_HEAD: _Look(9, 12, 3, 3, colour=MUTED, keep=True),
    ROWS["body"]: _Look(10, 14, 3, 3),
    ROWS["section"]: _Look(10, 14, 6, 3, bold=True, keep=True),
    ROWS["total"]: _Look(11, 15, 5, 4, bold=True),
    "Header": _Look(9, 12, colour=MUTED),
    "Footer": _Look(9, 12, colour=MUTED),
}


def dress(document: "Document", language: str) -> None:
    """Give a new document its page, its styles and its language."""
    section = document.sections[0]
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.left_margin = section.right_margin = SIDE
    section.top_margin = section.bottom_margin = EDGE
    section.header_distance = section.footer_distance = Pt(36)
    styles = document.styles
    for name, look in _LOOKS.items():
        _set(_style(styles, name), look)
    score = _style(styles, SCORE).paragraph_format
    score.left_indent, score.first_line_indent = Pt(0), -MARGIN_HANG
    score.tab_stops.add_tab_stop(Pt(0))
    for edge in ("Header", "Footer"):
        stops = _style(styles, edge).paragraph_format.tab_stops
        stops.clear_all()
        stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    styles.element.append(_table_style())
    _speak(document, language)


def _style(styles: "Styles", name: str) -> "ParagraphStyle":
    if name in styles:
        found = styles[name]
    else:
        found = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)  # type: ignore[no-untyped-call]
        found.base_style = styles[BODY]
        found.quick_style = True
    return cast("ParagraphStyle", found)


def _set(style: "ParagraphStyle", look: _Look) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(look.size), look.bold, False
    font.color.rgb = look.colour
    faces = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        faces.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("eastAsia", "cs"):
        faces.set(qn(f"w:{script}"), FONT)
    shape = style.paragraph_format
    shape.line_spacing, shape.space_before = Pt(look.line), Pt(look.before)
    shape.space_after, shape.keep_with_next = Pt(look.after), look.keep
    shape.widow_control = True


def _speak(document: "Document", language: str) -> None:
    """State the language of the text, which decides how it is read aloud and checked."""
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), language)
        element.set(qn("w:eastAsia"), language)
    for element in document.settings.element.iter(qn("w:themeFontLang")):
        element.set(qn("w:val"), language)


def _table_style() -> "BaseOxmlElement":
    rule = f'w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"'
    edge = f'w:val="single" w:sz="6" w:space="0" w:color="{_EDGE}"'
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="SummaryTable">'
        f'<w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>'
        f"<w:tblPr><w:tblBorders><w:bottom {rule}/><w:insideH {rule}/></w:tblBorders>"
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="115" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom {edge}/></w:tcBorders>'
        '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>'
    )
