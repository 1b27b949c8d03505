"""The guide: one page per place, and a search over all of them."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from PySide6.QtCore import QObject, Signal

from tendereval import resources

PAGES: Final = (
    "welcome",
    "tour",
    "overview",
    "setup",
    "bids",
    "panel",
    "packs",
    "collecting",
    "tender-keys",
    "hidden-names",
    "scoring-workbook",
    "moderation",
    "ranking",
    "public-value",
    "public-value-pay",
    "public-value-certificates",
    "public-value-commitments",
    "public-value-one-per-cent",
    "public-value-data",
    "award",
    "award-summaries",
    "award-dates",
    "record",
    "open-pack",
    "declare",
    "score",
    "give-back",
    "confirm",
    "finish",
    "keys",
    "limits",
    "workbook",
    "commands",
)
"""Names of the pages in the order of the work; a place has the page of its name."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        text: in Markdown, its title included.
    """

    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """A page that holds the words looked for.

    Attributes:
        line: the first line that holds one of them, without marks; empty without a search.
    """

    page: Page
    line: str


@cache
def page(name: str) -> Page:
    """Return a page; a place without one of its own gets the first page."""
    known = next((one for one in PAGES if _file(one) == _file(name)), PAGES[0])
    text = (resources.path("guide") / _file(known)).read_text(encoding="utf-8")
    return Page(known, text.partition("\n")[0].lstrip("# ").strip(), text)


def _file(name: str) -> str:
    """Return the file of a page; names of files have hyphens where places have underscores."""
    return f"{name.replace('_', '-')}.md"


class GuideViewModel(QObject):
    """The page that is open and the pages that hold what is looked for.

    Signals:
        changed: another page, or another search.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.page = page(PAGES[0])

    def open(self, name: str) -> None:
        """Open a page by its name, with or without the ending of its file."""
        self.page = page(name.removesuffix(".md"))
        self.changed.emit()

    def search(self, words: str) -> None:
        """Look for words; all of them must be on a page, in any order and case."""
        self._words = words
        self.changed.emit()

    @property
    def found(self) -> tuple[Found, ...]:
        """The pages of the search, those with the words in the title first."""
        wanted = self._words.casefold().split()
        hits = [one for name in PAGES if _holds((one := page(name)).text, wanted)]
        hits.sort(key=lambda one: not _holds(one.title, wanted))
        return tuple(Found(one, _line(one, wanted)) for one in hits)


def _holds(text: str, wanted: list[str]) -> bool:
    lower = text.casefold()
    return all(word in lower for word in wanted)


def _line(found: Page, wanted: list[str]) -> str:
    lines = found.text.splitlines()[1:] if wanted else []
    hits = (line for line in lines if any(word in line.casefold() for word in wanted))
    return next(hits, "").strip("#-| ").replace("**", "").replace("`", "")
