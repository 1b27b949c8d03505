"""The structure tree: what each piece of a page is, for readers who do not see the page.

Knows roles and order only; nothing here draws.
"""

from collections.abc import Iterator
from typing import Final, TypeAlias

from tendereval.reports.objects import ObjectStore, RawObject, pdf_text

SCOPE_ROW: Final = "/O/Table/Scope/Row"
SCOPE_COLUMN: Final = "/O/Table/Scope/Column"
LIST_BULLETS: Final = "/O/List/ListNumbering/Disc"
LIST_DECIMAL: Final = "/O/List/ListNumbering/Decimal"


class Annotation:
    """A link annotation on a page, as a child of its structure element."""

    __slots__ = ("page", "raw")

    def __init__(self, page: int, raw: RawObject) -> None:
        self.page = page
        self.raw = raw


Mark: TypeAlias = tuple[int, int]
"""Page index and number of a stretch of marked content on that page."""


class Element:
    """A structure element and its children, in reading order."""

    __slots__ = ("alternative", "attributes", "kids", "parent", "raw", "role")

    def __init__(self, role: str, parent: "Element | None" = None, attributes: str = "") -> None:
        """Make an element and add it after its parent's other children.

        Args:
            role: standard structure type of PDF 1.7, such as ``H1`` or ``TD``.
            parent: the element it belongs to; ``None`` for the whole document.
            attributes: entries of the attribute dictionary, in PDF syntax.
        """
        self.role = role
        self.attributes = attributes
        self.alternative = ""
        """What a picture shows, in words without invisible characters; empty for none."""
        self.parent = parent
        self.kids: list[Element | Mark | Annotation] = []
        self.raw: RawObject | None = None
        if parent is not None:
            parent.kids.append(self)

    @property
    def reference(self) -> str:
        """How other objects name this one, once the tree has been numbered."""
        return self.raw.reference if self.raw else "null"


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _walk(kid)


class StructureTree:
    """The tree of one file, and the way back from each page's content to it."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self._owners: list[list[Element] | Element] = []

    def add_page(self) -> tuple[int, list[Element]]:
        """Open a page; give its key and the list to which the owners of its marks go."""
        owners: list[Element] = []
        self._owners.append(owners)
        return len(self._owners) - 1, owners

    def add_annotation(self, owner: Element) -> int:
        """Register an annotation and give its key."""
        self._owners.append(owner)
        return len(self._owners) - 1

    def write(self, store: ObjectStore, pages: list[RawObject]) -> RawObject:
        """Write all elements; to be called once, after the last page.

        Args:
            store: of the file.
            pages: page objects by page index.

        Returns:
            The root of the tree, for the file's catalogue.
        """
        top = store.reserve()
        for element in _walk(self.root):
            element.raw = store.reserve()
        for element in _walk(self.root):
            if element.raw is not None:
                element.raw.write(_syntax(element, top, pages))
                store.put(element.raw)
        backwards = store.reserve()
        backwards.write(f"<</Nums[{' '.join(self._backwards())}]>>")
        top.write(
            f"<</Type/StructTreeRoot/K {self.root.reference}/ParentTree {backwards.reference}"
            f"/ParentTreeNextKey {len(self._owners)}>>"
        )
        return top

    def _backwards(self) -> Iterator[str]:
        for key, owner in enumerate(self._owners):
            if isinstance(owner, Element):
                yield f"{key} {owner.reference}"
            else:
                yield f"{key} [{' '.join(element.reference for element in owner)}]"


def _syntax(element: Element, top: RawObject, pages: list[RawObject]) -> str:
    parent = element.parent.reference if element.parent else top.reference
    kids = " ".join(_kid(kid, pages) for kid in element.kids)
    attributes = f"/A<<{element.attributes}>>" if element.attributes else ""
    words = f"/Alt {pdf_text(element.alternative)}" if element.alternative else ""
    return f"<</Type/StructElem/S/{element.role}/P {parent}{attributes}{words}/K[{kids}]>>"


def _kid(kid: Element | Mark | Annotation, pages: list[RawObject]) -> str:
    if isinstance(kid, Element):
        return kid.reference
    if isinstance(kid, Annotation):
        page = pages[kid.page].reference
        return f"<</Type/OBJR/Pg {page}/Obj {kid.raw.reference}>>"
    return f"<</Type/MCR/Pg {pages[kid[0]].reference}/MCID {kid[1]}>>"
