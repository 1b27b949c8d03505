"""Read finished PDF files back, as viewers and screen readers do."""

import re
from collections.abc import Iterator
from pathlib import Path

import page
import pikepdf
import pypdfium2  # type: ignore[import-untyped] # ships no types

_ENTRY = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4,})>")


def failures(path: Path) -> list[str]:
    """Give what PDF/UA-1 forbids in a file."""
    report = page.validate_pdf(str(path), profile="ua1")
    return [str(failure) for failure in report.failures]


def page_texts(path: Path) -> list[str]:
    """Give the text of each page as a viewer copies it."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        return [sheet.get_textpage().get_text_range() for sheet in pdf]
    finally:
        pdf.close()


def printed_letters(path: Path, letter: str) -> int:
    """Count the copies of a letter that lie within the edges of the pages."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        count = 0
        for sheet in pdf:
            text = sheet.get_textpage()
            width, height = sheet.get_size()
            for index in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(index)
                is_inside = left >= 0 and bottom >= 0 and right <= width and top <= height
                count += is_inside and text.get_text_range(index, 1) == letter
        return count
    finally:
        pdf.close()


def words(path: Path) -> list[str]:
    """Give the words of all pages in order, with what stands in the margins."""
    return " ".join(page_texts(path)).split()


def bookmarks(path: Path) -> list[tuple[int, str, int]]:
    """Give level, title and page index of each bookmark."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        found = []
        for item in pdf.get_toc():
            dest = item.get_dest()
            assert dest is not None
            index = dest.get_index()
            assert index is not None
            found.append((item.level, item.get_title(), index))
        return found
    finally:
        pdf.close()


def right_edge(path: Path, text: str) -> float:
    """Give the right edge of the last character of a text on the first page, in points."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        sheet = pdf[0].get_textpage()
        start, count = sheet.search(text).get_next()
        return float(sheet.get_charbox(start + count - 1)[2])
    finally:
        pdf.close()


def number_of(target: pikepdf.Object) -> int:
    """Give the object number of an indirect object."""
    return int(target.objgen[0])


def page_numbers(pdf: pikepdf.Pdf) -> dict[int, int]:
    """Give page indexes by object number."""
    return {number_of(sheet.obj): index for index, sheet in enumerate(pdf.pages)}


class Tagged:
    """The structure tree of a file, with the text that each element holds."""

    def __init__(self, path: Path) -> None:
        with pikepdf.open(path) as pdf:
            self._pages = page_numbers(pdf)
            self._marked = [_marked_text(sheet) for sheet in pdf.pages]
            top = pdf.Root.StructTreeRoot.K
            self.elements = list(self._walk(top, ()))

    def _walk(
        self, element: pikepdf.Object, above: tuple[str, ...]
    ) -> Iterator[tuple[tuple[str, ...], str]]:
        path = (*above, str(element.S)[1:])
        text = ""
        inner: list[tuple[tuple[str, ...], str]] = []
        for kid in element.K.as_list():
            if "/MCID" in kid:
                text += self._marked[self._pages[number_of(kid.Pg)]][int(kid.MCID)]
            elif "/Obj" not in kid:
                inner += self._walk(kid, path)
        yield path, text
        yield from inner

    def texts(self, role: str) -> list[str]:
        """Give the text of each element of a role, in reading order."""
        return [text for path, text in self.elements if path[-1] == role]

    def spoken(self) -> str:
        """Give all text in reading order, joined without adding anything."""
        return "".join(text for _, text in self.elements)


def in_other_languages(path: Path) -> list[tuple[str, str]]:
    """Give the language and the text of each stretch that is not in the document's own."""
    found: list[tuple[str, str]] = []
    with pikepdf.open(path) as pdf:
        for sheet in pdf.pages:
            maps = {n: _character_map(font) for n, font in sheet.obj.Resources.Font.items()}
            font: dict[int, str] = {}
            is_open = False
            for instruction in pikepdf.parse_content_stream(sheet):
                operands, name = instruction.operands, str(instruction.operator)
                if name == "BDC" and "/Lang" in operands[1]:
                    found.append((str(operands[1].Lang), ""))
                    is_open = True
                elif name == "EMC":
                    is_open = False
                elif name == "Tf":
                    font = maps[str(operands[0])]
                elif name == "Tj" and is_open:
                    language, text = found.pop()
                    added = "".join(font[code] for code in bytes(operands[0]))
                    found.append((language, text + added))
    return found


def _marked_text(sheet: pikepdf.Page) -> dict[int, str]:
    """Give the text of each marked content of a page, by its number."""
    maps = {name: _character_map(font) for name, font in sheet.obj.Resources.Font.items()}
    texts: dict[int, str] = {}
    font: dict[int, str] = {}
    open_mark: int | None = None
    inner = 0
    for instruction in pikepdf.parse_content_stream(sheet):
        operands, name = instruction.operands, str(instruction.operator)
        if name == "BDC" and "/MCID" not in operands[1]:
            inner += 1
        elif name == "BDC":
            open_mark = int(operands[1].MCID)
            texts[open_mark] = ""
        elif name == "EMC" and inner:
            inner -= 1
        elif name == "EMC":
            open_mark = None
        elif name == "Tf":
            font = maps[str(operands[0])]
        elif name == "Tj" and open_mark is not None:
            texts[open_mark] += "".join(font[code] for code in bytes(operands[0]))
    return texts


def _character_map(font: pikepdf.Object) -> dict[int, str]:
    table = font.ToUnicode.read_bytes()
    return {
        int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for code, text in _ENTRY.findall(table)
    }
