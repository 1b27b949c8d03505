"""Draw on tagged pages: every mark belongs to a structure element or is an artifact.

Draws text operators, rules and links where it is told; decides no positions.
"""

from collections.abc import Callable, Iterable
from typing import BinaryIO, Final, NamedTuple

from tendereval.reports import styles
from tendereval.reports.bookmarks import Bookmarks, Place
from tendereval.reports.fonts import FontBook
from tendereval.reports.metadata import About
from tendereval.reports.objects import Image, ObjectStore, RawObject, pdf_text
from tendereval.reports.tags import Annotation, Element, StructureTree

ARTIFACT: Final = "/Artifact BMC"


class Target(NamedTuple):
    """Where a link leads: words for screen readers, and the place, asked for at the end."""

    words: str
    place: Callable[[], Place]


class Sheet:
    """One page while it is drawn; measures in points from the bottom left corner."""

    def __init__(self, index: int, tree: StructureTree, store: ObjectStore) -> None:
        self.index = index
        self._tree = tree
        self._store = store
        self.key, self._owners = tree.add_page()
        self._code: list[str] = []
        self._open: Element | str | None = None
        self._late: list[tuple[int, Callable[[], str]]] = []
        self.links: list[tuple[RawObject, str, Target]] = []

    def mark(self, element: Element | None) -> None:
        """State to whom the marks that follow belong; ``None`` for artifacts."""
        wanted: Element | str = ARTIFACT if element is None else element
        if wanted is self._open:
            return
        self._close()
        self._open = wanted
        if element is None:
            self._code.append(ARTIFACT)
        else:
            number = len(self._owners)
            self._owners.append(element)
            element.kids.append((self.index, number))
            self._code.append(f"/{element.role} <</MCID {number}>> BDC")

    def _close(self) -> None:
        if self._open is not None:
            self._code.append("EMC")
            self._open = None

    def text(self, x: float, y: float, operators: str) -> None:
        """Draw a set line with its baseline starting at a point."""
        if operators:
            self._code.append(f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm {operators} ET")

    def late_text(self, draw: Callable[[], str]) -> None:
        """Keep a place here for text known only when all pages are laid out.

        Args:
            draw: called once at the end; gives content operators.
        """
        self._late.append((len(self._code), draw))
        self._code.append("")

    def rule(self, x: float, y: float, width: float, thickness: float, colour: str) -> None:
        """Draw a horizontal rule, as an artifact."""
        self.mark(None)
        self._code.append(
            f"{colour} RG {thickness:g} w {x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l S"
        )

    def picture(
        self,
        element: Element | None,
        box: tuple[float, float, float, float],
        operators: Iterable[str],
    ) -> None:
        """Draw a picture within ``box`` (left, bottom, right, top).

        Args:
            element: a ``Figure``, which learns where it stands; ``None`` for decoration.
            box: everything drawn lies inside it.
            operators: leave the graphics state to be restored here.
        """
        self.mark(element)
        if element is not None:
            corners = " ".join(f"{value:.2f}" for value in box)
            element.attributes = f"/O/Layout/Placement/Block/BBox[{corners}]"
        self._code.append("q")
        self._code += operators
        self._code.append("Q")

    def link(
        self, element: Element, box: tuple[float, float, float, float], target: "Target"
    ) -> None:
        """Make ``box`` (left, bottom, right, top) lead to a place, as part of an element."""
        raw = self._store.reserve()
        element.kids.append(Annotation(self.index, raw))
        corners = " ".join(f"{value:.2f}" for value in box)
        entries = (
            f"/Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[{corners}]"
            f"/StructParent {self._tree.add_annotation(element)}/Contents {pdf_text(target.words)}"
        )
        self.links.append((raw, entries, target))

    @property
    def is_pending(self) -> bool:
        """Whether some of the page's text is still unknown."""
        return bool(self._late)

    def take_content(self) -> bytes:
        """Give the finished content stream once, working out the late texts."""
        self._close()
        for at, draw in self._late:
            self._code[at] = draw()
        content = "\n".join(self._code).encode("latin-1")
        self._code.clear()
        return content


class _Page(NamedTuple):
    sheet: Sheet
    raw: RawObject
    content: RawObject


class Canvas:
    """All pages of one file, in order."""

    def __init__(self, file: BinaryIO) -> None:
        """Begin a file that is open for writing in bytes."""
        self._store = ObjectStore(file)
        self.tree = StructureTree()
        self.fonts = FontBook(self._store.document)
        self.bookmarks = Bookmarks()
        self._pages: list[_Page] = []
        self._images: dict[Image, tuple[str, RawObject]] = {}

    def add_image(self, image: Image) -> str:
        """Take an image into the file once and give the name that draws it."""
        if image not in self._images:
            name = f"/I{len(self._images) + 1}"
            self._images[image] = (name, self._store.add_image(image))
        return self._images[image][0]

    @property
    def page_count(self) -> int:
        """Pages begun so far; all of them once the document is laid out."""
        return len(self._pages)

    def new_page(self) -> Sheet:
        """Finish the page in hand and begin another."""
        self._pack_last()
        sheet = Sheet(len(self._pages), self.tree, self._store)
        self._pages.append(_Page(sheet, self._store.reserve(), self._store.reserve()))
        return sheet

    def _pack_last(self) -> None:
        """Write a finished page at once: a long report has thousands of them."""
        if self._pages and not self._pages[-1].sheet.is_pending:
            self._put(self._pages[-1])

    def _put(self, page: _Page) -> None:
        page.content.write_stream(page.sheet.take_content())
        self._store.put(page.content)

    def write(self, about: About, margin: Callable[[int], str]) -> None:
        """Finish the file.

        Args:
            about: what the file says of itself.
            margin: gives the operators drawn in the margins of the page of an index, as an
                artifact; called when the number of pages is known.
        """
        self._pack_last()
        for page in self._pages:
            if page.sheet.is_pending:
                self._put(page)
        margins = self._store.reserve_many(len(self._pages))
        for index, raw in enumerate(margins):
            raw.write_stream(f"{ARTIFACT}\n{margin(index)}\nEMC".encode("latin-1"))
            self._store.put(raw)
        places = [page.raw for page in self._pages]
        tree = self.tree.write(self._store, places)
        pages = self._write_pages(margins, places)
        outline = self.bookmarks.write(self._store, places)
        metadata = self._store.reserve()
        metadata.write_plain_stream(about.packet(), "/Type/Metadata/Subtype/XML")
        self._store.write(
            f"/Title {pdf_text(about.title)}",
            f"/Lang {pdf_text(about.language)}/MarkInfo<</Marked true>>"
            "/ViewerPreferences<</DisplayDocTitle true>>"
            f"/StructTreeRoot {tree.reference}/Pages {pages.reference}"
            f"/Metadata {metadata.reference}"
            + (f"/Outlines {outline.reference}" if outline else ""),
        )

    def _write_pages(self, margins: list[RawObject], places: list[RawObject]) -> RawObject:
        top = self._store.reserve()
        named = "".join(f"{name} {raw.reference}" for name, raw in self._images.values())
        pictures = f"/XObject<<{named}>>" if named else ""
        for page, margin in zip(self._pages, margins, strict=True):
            links = "".join(f"{raw.reference} " for raw, _, _ in page.sheet.links)
            page.raw.write(
                f"<</Type/Page/Parent {top.reference}"
                f"/MediaBox[0 0 {styles.PAGE_WIDTH:g} {styles.PAGE_HEIGHT:g}]"
                f"/Resources<</Font {self._store.fonts_reference()}{pictures}>>"
                f"/Contents[{page.content.reference} {margin.reference}]"
                f"/StructParents {page.sheet.key}/Tabs/S"
                + (f"/Annots[{links}]" if links else "")
                + ">>"
            )
            for raw, entries, target in page.sheet.links:
                raw.write(f"<<{entries}/Dest {target.place().destination(places)}>>")
        kids = " ".join(raw.reference for raw in places)
        top.write(f"<</Type/Pages/Count {len(self._pages)}/Kids[{kids}]>>")
        return top
