"""Bookmarks: the headings of a document as viewers show them beside its pages."""

from typing import Final, NamedTuple

from tendereval.reports.objects import ObjectStore, RawObject, pdf_text

_LONGEST_CHAIN: Final = 240
"""Bookmarks that may hang one behind the other; readers give up after 256 of them."""
_MOST_SIBLINGS: Final = (200, 100, 50, 25, 12)


class Place(NamedTuple):
    """A point that links and bookmarks lead to: page index and height on it, in points."""

    page: int
    y: float

    def destination(self, pages: list[RawObject]) -> str:
        """Write the place in PDF syntax; ``pages`` are the page objects by index."""
        return f"[{pages[self.page].reference} /XYZ null {self.y:.2f} null]"


class _Entry:
    def __init__(self, title: str, level: int, place: Place) -> None:
        self.title = self.first = self.last = title
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
        for most in _MOST_SIBLINGS:
            if _chain(top) <= _LONGEST_CHAIN:
                break
            _part(top, most)
        raw = store.reserve()
        first, last = _write_kids(top, raw, store, pages)
        raw.write(f"<</Type/Outlines/First {first}/Last {last}/Count {len(top.kids)}>>")
        return raw


def _chain(entry: _Entry) -> int:
    """Count the bookmarks below one that a reader follows one after the other, at most."""
    return len(entry.kids) + max(map(_chain, entry.kids), default=0)


def _part(entry: _Entry, most: int) -> None:
    """Put the bookmarks below one into groups where there are more than ``most``.

    A group is called after its first and its last bookmark, and leads to the first.
    """
    for kid in entry.kids:
        _part(kid, most)
    while len(entry.kids) > most:
        groups = []
        for start in range(0, len(entry.kids), most):
            kids = entry.kids[start : start + most]
            group = _Entry(_span(kids[0].first, kids[-1].last), entry.level, kids[0].place)
            group.first, group.last = kids[0].first, kids[-1].last
            group.kids = kids
            groups.append(group)
        entry.kids = groups


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first} … {last}"


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
