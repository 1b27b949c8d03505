"""Turn any string into glyphs of the bundled fonts, without losing a character.

Source Sans 3 is asked first, then DejaVu Sans; what neither can show, and what would be
invisible, appears as its code point, such as ``[U+0007]``. Knows nothing of lines or pages.
"""

import threading
import unicodedata
from functools import cache
from typing import Final, NamedTuple

from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from tendereval import resources

_REGULAR: Final = "SourceSans3-Regular"
_FACES: Final = {
    (False, False): _REGULAR,
    (True, False): "SourceSans3-Semibold",
    (False, True): "SourceSans3-It",
    (True, True): "SourceSans3-SemiboldIt",
}
_FALLBACK: Final = "DejaVuSans"
_HIDDEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Letters, marks and symbols that are drawn as nothing at all: fillers, joiners, selectors.
_BLANK: Final = frozenset(
    map(chr, (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0))
) | frozenset(map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_CACHED_WORDS: Final = 50_000
_CACHED_LENGTH: Final = 64
_ENTRIES_PER_BLOCK: Final = 100
# One font file serves every document, and reading from it moves a place in the file that all of
# them share: documents written side by side take turns there.
_TURN: Final = threading.RLock()


def _is_hidden(character: str) -> bool:
    """Tell whether a character would leave no trace on paper."""
    return character in _BLANK or unicodedata.category(character) in _HIDDEN_CATEGORIES


def _code_point(character: str) -> str:
    return f"[U+{ord(character):04X}]"


def visible(text: str) -> str:
    """Give a one-line text with every invisible character spelt out.

    For bookmarks, titles and other strings that a viewer shows in its own font.
    """
    line = " ".join(text.split())
    if line.isprintable():
        return line
    return "".join(_code_point(char) if _is_hidden(char) else char for char in line)


class Word(NamedTuple):
    """A string ready for a PDF content stream.

    Attributes:
        width: in thousandths of the type size.
        chunks: pairs of font resource name and escaped string, left to right.
    """

    width: int
    chunks: tuple[tuple[str, str], ...]


class _EmbeddedFont(TTFont):
    """A TrueType font whose table of characters is complete and valid."""

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 - name set by reportlab
        """Write the font, then correct its character table.

        reportlab maps code 0 to U+0000, which PDF/UA forbids, writes characters beyond
        U+FFFF with five digits and puts more than a hundred entries in one block.
        """
        subsets = [list(subset) for subset in self.state[doc].subsets]
        with _TURN:
            super().addObjects(doc)
        for number, subset in enumerate(subsets):
            prefix = SUBSETN(number) + b"+" + self.face.name + self.face.subfontNameX
            name = prefix.decode("ascii")
            stream = doc.idToObject[f"toUnicodeCMap:{name}"]
            if isinstance(stream, PDFStream):
                stream.content = _character_table(name, subset)


def _character_table(name: str, subset: list[int]) -> str:
    entries = [
        f"<{code:02X}> <{chr(char).encode('utf-16-be').hex().upper()}>"
        for code, char in enumerate(subset)
        if char
    ]
    blocks = []
    for start in range(0, len(entries), _ENTRIES_PER_BLOCK):
        part = entries[start : start + _ENTRIES_PER_BLOCK]
        blocks += [f"{len(part)} beginbfchar", *part, "endbfchar"]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


class _Source(NamedTuple):
    """One font file, and the characters it really shows."""

    font: _EmbeddedFont
    shown: frozenset[str]


def _load(name: str) -> _Source:
    """Give a bundled font, the same one to all; its use in one document touches no other's."""
    with _TURN:
        return _read(name)


@cache
def _read(name: str) -> _Source:
    # asciiReadable=False keeps unused letters out of the file.
    font = _EmbeddedFont(
        name, str(resources.path(f"fonts/{name}.ttf")), asciiReadable=False, shapable=False
    )
    shown = frozenset(char for char in map(chr, font.face.charToGlyph) if not _is_hidden(char))
    return _Source(font, shown)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Measure a text in one line, in points, without belonging to a document."""
    main = _load(_FACES[bold, False])
    width = 0
    for char in text:
        source, shown = _chosen(main, char)
        widths, usual = source.font.face.charWidths, source.font.face.defaultWidth
        width += sum(widths.get(ord(one), usual) for one in shown)
    return width * size / 1000


def _chosen(main: _Source, char: str) -> tuple[_Source, str]:
    """Give the font that shows a character, and what it shows in its place."""
    if char in main.shown:
        return main, char
    fallback = _load(_FALLBACK)
    if char in fallback.shown:
        return fallback, char
    return main, _code_point(char)


class Face:
    """One manner of writing (upright or italic, plain or bold) within one document."""

    def __init__(self, name: str, document: PDFDocument) -> None:
        self._main = _load(name)
        self._document = document
        self._words: dict[str, Word] = {}
        self.space = self.word(" ")

    def word(self, text: str) -> Word:
        """Encode a text without line breaks; the same text is worked out once."""
        known = self._words.get(text)
        if known is None:
            known = self._encode(text)
            if len(text) <= _CACHED_LENGTH:
                if len(self._words) >= _CACHED_WORDS:
                    self._words.clear()
                self._words[text] = known
        return known

    def _encode(self, text: str) -> Word:
        if self._main.shown.issuperset(text):
            return self._join([(self._main, text)])
        return self._join(self._sources(text))

    def _sources(self, text: str) -> list[tuple[_Source, str]]:
        """Part a text by the font that shows it; a mark stays with the letter it sits on."""
        parts: list[tuple[_Source, str]] = []
        for char in text:
            source, shown = _chosen(self._main, char)
            if parts and source is not parts[-1][0] and unicodedata.combining(char):
                last, letters = parts.pop()
                if letters[-1] in source.shown:
                    if letters[:-1]:
                        parts.append((last, letters[:-1]))
                    parts.append((source, letters[-1]))
                else:
                    parts.append((last, letters))
            if parts and parts[-1][0] is source:
                parts[-1] = (source, parts[-1][1] + shown)
            else:
                parts.append((source, shown))
        return parts

    def _join(self, parts: list[tuple[_Source, str]]) -> Word:
        width = 0
        chunks: list[tuple[str, str]] = []
        for (font, _), text in parts:
            widths, usual = font.face.charWidths, font.face.defaultWidth
            width += sum(widths.get(ord(char), usual) for char in text)
            for subset, codes in font.splitString(text, self._document):
                name = font.getSubsetInternalName(subset, self._document)
                chunks.append((name, escapePDF(codes)))
        return Word(width, tuple(chunks))


class FontBook:
    """The faces used by one document; a font enters the file when it is first needed."""

    def __init__(self, document: PDFDocument) -> None:
        self._document = document
        self._faces: dict[str, Face] = {}

    def face(self, *, bold: bool = False, italic: bool = False) -> Face:
        """Give the face for a manner of writing."""
        name = _FACES[bold, italic]
        face = self._faces.get(name)
        if face is None:
            face = self._faces[name] = Face(name, self._document)
        return face
