"""Break styled text into lines of a given width.

Text is plain: nothing in it is taken as markup. Knows nothing of pages or tags.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, TypeAlias

from tendereval.reports import styles
from tendereval.reports.fonts import Face, FontBook, Word
from tendereval.reports.objects import pdf_text
from tendereval.reports.outline import Run, Text
from tendereval.reports.styles import TextStyle

# Word processors paste vertical tabs and form feeds for manual breaks.
_LINE_ENDS: Final = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_HYPHEN: Final = re.compile(r"(?<=[^\W\d_][-/])(?=[^\W\d_])")
_SHORT: Final = 0.12
"""Of the width of the column: a last line no longer than this is a widow."""
_FEW: Final = 3
_SUM: Final = re.compile(r" (?=[÷×])|(?<=[÷×]) | (?<= = )(?=[£\d])")
"""Spaces within a sum: it may part before an equals sign only."""
_TAB: Final = "    "


class Piece(NamedTuple):
    """Part of a word in one face, colour and language; blank for that of the document."""

    face: Face
    colour: str
    word: Word
    text: str
    language: str


class Token(NamedTuple):
    """What may not be parted, and the space before it; widths in thousandths of the size."""

    space: Word | None
    width: int
    pieces: tuple[Piece, ...]


class Line(NamedTuple):
    """A set line: PDF text operators, and its width in points without the space at its end."""

    operators: str
    width: float


HardLine: TypeAlias = tuple[Run, ...]


def plain(text: Text) -> str:
    """Give a text without its manner of writing."""
    return text if isinstance(text, str) else "".join(run.text for run in text)


def hard_lines(text: Text) -> list[HardLine]:
    """Part a text at its own line breaks, keeping the manner of each stretch.

    Returns:
        At least one line; text is in Unicode's composed form, so that ŵ is one glyph.
    """
    runs = (Run(text),) if isinstance(text, str) else text
    lines: list[list[Run]] = [[]]
    for run in runs:
        for index, part in enumerate(_LINE_ENDS.split(unicodedata.normalize("NFC", run.text))):
            if index:
                lines.append([])
            if part:
                shown = _whole_sums(part.replace("\t", _TAB))
                lines[-1].append(Run(shown, run.bold, run.italic, run.muted, run.language))
    return [tuple(line) for line in lines]


def _whole_sums(text: str) -> str:
    """Put hard spaces where a line would part a figure from the sign that goes with it."""
    return _SUM.sub("\u00a0", text) if "÷" in text or "×" in text else text


def paragraphs(text: Text) -> list[list[HardLine]]:
    """Part a text at its blank lines; blank lines at its ends are dropped."""
    found: list[list[HardLine]] = []
    fresh = True
    for line in hard_lines(text):
        if not any(run.text.strip(" ") for run in line):
            fresh = True
        elif fresh:
            found.append([line])
            fresh = False
        else:
            found[-1].append(line)
    return found


def _tokens(line: HardLine, style: TextStyle, fonts: FontBook) -> list[Token]:
    """Part a line at spaces and at hyphens between letters."""
    tokens: list[Token] = []
    space: Word | None = None
    glued: tuple[Piece, ...] = ()
    for run in line:
        face = fonts.face(bold=run.bold or style.bold, italic=run.italic)
        colour = styles.INK_MUTED if run.muted else style.colour
        for index, text in enumerate(run.text.split(" ")):
            if index:
                tokens.append(_token(space, glued))
                space, glued = face.space, ()
            *firsts, last = _HYPHEN.split(text) if "-" in text or "/" in text else (text,)
            for first in firsts:
                piece = Piece(face, colour, face.word(first), first, run.language)
                tokens.append(_token(space, (*glued, piece)))
                space, glued = None, ()
            if last:
                glued = (*glued, Piece(face, colour, face.word(last), last, run.language))
    tokens.append(_token(space, glued))
    return tokens


def _token(space: Word | None, pieces: tuple[Piece, ...]) -> Token:
    width = pieces[0].word.width if len(pieces) == 1 else sum(p.word.width for p in pieces)
    return Token(space, width, pieces)


def _cut(token: Token, limit: float) -> Iterable[Token]:
    """Part a token wider than a line between characters, each part as full as it goes."""
    space, width = token.space, 0
    pieces: list[Piece] = []
    for piece in token.pieces:
        start, part = 0, 0
        for at, char in enumerate(piece.text):
            step = piece.face.word(char).width
            if width + part + step > limit and width + part:
                yield _token(space, (*pieces, _slice(piece, start, at)))
                space, width, pieces, start, part = None, 0, [], at, 0
            part += step
        width += part
        pieces.append(_slice(piece, start, len(piece.text)))
    yield _token(space, tuple(pieces))


def _slice(piece: Piece, start: int, end: int) -> Piece:
    text = piece.text[start:end]
    return piece._replace(word=piece.face.word(text), text=text)


def break_text(
    text: Sequence[HardLine], style: TextStyle, width: float, fonts: FontBook
) -> list[Line]:
    """Set one paragraph.

    Args:
        text: lines that must stay apart, at least one.
        style: size, weight and colour; runs add to it.
        width: of the column, in points.
        fonts: of the document.

    Returns:
        At least one line. A line that ends at a space or a line break carries a space, so
        that words do not run together where the text is read aloud or copied.
    """
    limit = width * 1000 / style.size
    lines: list[Line] = []
    for hard in text:
        lines += _break_line(_tokens(hard, style, fonts), style.size, limit)
    return lines


def _break_line(tokens: list[Token], size: float, limit: float) -> list[Line]:
    filled: list[list[Token]] = [[]]
    used = 0
    for whole in tokens:
        for token in _cut(whole, limit) if whole.width > limit else (whole,):
            need = used + (token.space.width if token.space else 0) + token.width
            if filled[-1] and need > limit:
                filled.append([])
            if not filled[-1]:
                need = token.width
            filled[-1].append(token)
            used = need
    if len(filled) > 1:
        _fill_up(filled[-2], filled[-1], limit)
    ends = (line[0].space is not None for line in filled[1:])
    return [
        _set(line, size, spaced=spaced) for line, spaced in zip(filled, (*ends, True), strict=True)
    ]


def _fill_up(above: list[Token], last: list[Token], limit: float) -> None:
    """Let a short word that would end a paragraph alone have the word before it beside it."""
    short, before = last[0], above[-1]
    if len(last) > 1 or short.space is None or before.space is None or len(above) <= _FEW:
        return
    is_widow = short.width < limit * _SHORT
    if is_widow and before.width + short.space.width + short.width <= limit:
        last.insert(0, above.pop())


def _set(tokens: list[Token], size: float, *, spaced: bool) -> Line:
    """Write the operators of one line, joining neighbours in the same font and colour."""
    width = sum(token.width for token in tokens)
    width += sum(token.space.width for token in tokens[1:] if token.space)
    out: list[str] = []
    held: list[str] = []
    font = colour = language = ""
    for index, token in enumerate(tokens):
        if index and token.space:
            font = _hold(out, held, font, size, token.space)
        for piece in token.pieces:
            if piece.language != language:
                _flush(out, held)
                out += _change(language, piece.language)
                language = piece.language
            if piece.colour != colour:
                _flush(out, held)
                colour = piece.colour
                out.append(f"{colour} rg")
            font = _hold(out, held, font, size, piece.word)
    if spaced:
        held.append(" ")
    if font:
        _flush(out, held)
    out += _change(language, "")
    return Line(" ".join(out) if font else "", width * size / 1000)


def _change(before: str, after: str) -> Iterable[str]:
    """Yield what ends one language and begins another, for readers who have the text spoken."""
    if before:
        yield "EMC"
    if after:
        yield f"/Span <</Lang {pdf_text(after)}>> BDC"


def _hold(out: list[str], held: list[str], font: str, size: float, word: Word) -> str:
    """Hold back a word for joining; returns the font it leaves in force."""
    for name, codes in word.chunks:
        if name != font:
            _flush(out, held)
            font = name
            out.append(f"{name} {size:g} Tf")
        held.append(codes)
    return font


def _flush(out: list[str], held: list[str]) -> None:
    if held:
        out.append(f"({''.join(held)}) Tj")
        held.clear()
