"""Bookmarks: the headings of a document as viewers show them beside its pages."""

from typing import NamedTuple

from tendereval.reports.objects import ObjectStore, RawObject, pdf_text


class Place(NamedTuple):
    """A point that links and bookmarks lead to: page index and height on it, in points."""

    page: int
    y: float

    def destination(self, pages: list[RawObject]) -> str:
        """Write the place in PDF syntax; ``pages`` are the page objects by index."""
        return f"[{pages[self.page].reference} /XYZ null {self.y:.2f} null]"


class _Entry:
    def __init__(self, title: str, level: int, place: Place) -> None:
        self.title = title
        self.level = level
        self.place = place
        self.kids: list[_Entry] = []


class Bookmarks:
    """The tree of bookmarks, filled in reading order."""

    def __init__(self) -> None:
        self._path = [_Entry("", 0, Place(0, 0))]

    def add(self, title: str, level: int, place: Place) -> None:
        """Add a bookmark under the last one of a lower level.

        Args:
            title: without invisible characters.
            level: 1 for the outermost.
            place: where it leads.
        """
        while self._path[-1].level >= level:
            self._path.pop()
        entry = _Entry(title, level, place)
        self._path[-1].kids.append(entry)
        self._path.append(entry)

    def write(self, store: ObjectStore, pages: list[RawObject]) -> RawObject | None:
        """Write the tree, closed below its first level; ``None`` without bookmarks."""
        top = self._path[0]
        if not top.kids:
            return None
        raw = store.reserve()
        first, last = _write_kids(top, raw, store, pages)
        raw.write(f"<</Type/Outlines/First {first}/Last {last}/Count {len(top.kids)}>>")
        return raw


def _write_kids(
    parent: _Entry, parent_raw: RawObject, store: ObjectStore, pages: list[RawObject]
) -> tuple[str, str]:
    """Write the entries below one; gives the references of the first and the last."""
    raws = store.reserve_many(len(parent.kids))
    for at, (entry, raw) in enumerate(zip(parent.kids, raws, strict=True)):
        text = f"/Title {pdf_text(entry.title)}/Parent {parent_raw.reference}"
        text += f"/Dest {entry.place.destination(pages)}"
        if at:
            text += f"/Prev {raws[at - 1].reference}"
        if at + 1 < len(raws):
            text += f"/Next {raws[at + 1].reference}"
        if entry.kids:
            first, last = _write_kids(entry, raw, store, pages)
            text += f"/First {first}/Last {last}/Count {-len(entry.kids)}"
        raw.write(f"<<{text}>>")
    return raws[0].reference, raws[-1].reference
