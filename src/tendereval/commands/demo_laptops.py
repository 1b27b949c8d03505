"""The part of the worked example that happens on several laptops: packs out, returns in.

Each laptop is a folder; what one person sends another is copied from folder to folder. Keys are
the example's own, so that two runs give the same record.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tendereval.commands.shell import say
from tendereval.exchange import example as files

if TYPE_CHECKING:
    from tendereval.commands.demo import Story

_OWNER_ONLY: Final = 0o600
_TOLD: Final = "copper-window-meadow-autumn-harbor-ticket"
"""The passphrase that the lead tells by telephone; a real one is proposed by chance."""
LEAD: Final = "ruth-lavington"
SECOND: Final = "marian-sedgwick"
_SECOND_CARD: Final = f"{SECOND}.evaluator"
BY_CARD: Final = ("gareth-pym", "shabnam-qureshi", "tom-hallworth")
BY_TELEPHONE: Final = "denise-abara"
BY_WORKBOOK: Final = "community-panel-member-1"
APP: Final = (*BY_CARD, BY_TELEPHONE)


class Laptops:
    """The folders of the people of the example, and what they do there."""

    def __init__(self, story: "Story") -> None:
        self._story = story
        rows = story.example.tender.panel
        self.emails = {slug_of(str(row["Name"])): str(row["Email"]) for row in rows}

    def folder(self, slug: str) -> Path:
        """Return somebody's laptop; the lead's is where the tender file lies."""
        name = ("lead",) if slug == LEAD else ("laptops", slug)
        return self._story.path(*name, "x").parent

    def key(self, slug: str) -> Path:
        """Return somebody's key file."""
        return self.folder(slug) / f"{slug}.key"

    def identity(self, slug: str) -> tuple[str, str]:
        """Return the option that names somebody's own keys."""
        return ("--identity", str(self.key(slug)))

    def working_file(self, slug: str) -> Path:
        """Return an evaluator's working file."""
        return self.folder(slug) / f"{slug}.scoring"

    def send(self, path: Path, slug: str) -> Path:
        """Copy a file, with the documents beside it, to somebody's laptop, as a stick would."""
        target = self.folder(slug) / path.name
        shutil.copyfile(path, target)
        papers = path.with_name(f"{path.stem} documents")
        if papers.is_dir():
            shutil.copytree(papers, target.with_name(papers.name))
        return target

    def equip(self) -> None:
        """Give everybody the keys that the example has for them, and hand out contact cards."""
        for slug in (LEAD, SECOND, *APP):
            shutil.copyfile(files.key_file(slug), self.key(slug))
            self.key(slug).chmod(_OWNER_ONLY)
        for slug in (SECOND, *BY_CARD):
            card = self.key(slug).with_suffix(".evaluator")
            self._story.command("identity", "card", str(self.key(slug)), "--out", str(card))
            self.send(card, LEAD)

    def pack(self, slug: str, name: str, *more: str) -> Path:
        """Make one evaluator's pack on the lead's laptop and send it."""
        path = self.folder(LEAD) / name
        self._story.command(
            *("pack", str(self._story.file), "--for", self.emails[slug], "--out", str(path)),
            *(*more, *self.identity(LEAD)),
        )
        return self.send(path, slug)

    def open_pack(self, slug: str, pack: Path, *more: str) -> None:
        """Open a pack on its evaluator's laptop."""
        self._story.command(
            *("open-pack", str(pack), "--out", str(self.working_file(slug))),
            *(more or self.identity(slug)),
        )

    def return_(self, slug: str, name: str, *more: str) -> Path:
        """Write a return on an evaluator's laptop and send it to the lead."""
        path = self.folder(slug) / name
        working = str(self.working_file(slug))
        self._story.command("return", working, "--out", str(path), *more, *self.identity(slug))
        return self.send(path, LEAD)

    def collect(self, returns: Sequence[Path], receipts: str, people: Sequence[str]) -> None:
        """Collect returns on the lead's laptop and send the receipts."""
        path = self.folder(LEAD) / receipts
        words = ("collect", str(self._story.file), *map(str, returns))
        self._story.command(*words, "--receipts", str(path), *self.identity(LEAD))
        for slug in people:
            sent = self.send(path, slug)
            self._story.command("receipt", str(self.working_file(slug)), "--from", str(sent))


def slug_of(name: str) -> str:
    """Return what somebody's folder and files are called."""
    return name.casefold().replace(" ", "-")


def invite(story: "Story", laptops: Laptops) -> None:
    """Send the first packs out: whom the declaration is about, and no answers yet."""
    say("\nThe lead makes the first packs, sealed to contact cards or with a passphrase.")
    story.calendar.set(9, 14, 16)
    laptops.equip()
    for slug in BY_CARD:
        card = ("--card", str(laptops.folder(LEAD) / f"{slug}.evaluator"))
        second = (
            ()
            if slug != BY_CARD[0]
            else ("--second-card", str(laptops.folder(LEAD) / _SECOND_CARD))
        )
        laptops.pack(slug, f"{slug}-1.scorepack", *card, *second)
    told = laptops.folder(LEAD) / "told-by-telephone.txt"
    told.write_text(f"{_TOLD}\n", encoding="utf-8")
    laptops.send(told, BY_TELEPHONE)
    spoken = ("--passphrase-file", str(told))
    laptops.pack(BY_TELEPHONE, f"{BY_TELEPHONE}-1.scorepack", *spoken)


def declare(story: "Story", laptops: Laptops) -> None:
    """Everybody declares; two declare an interest, which waits for the lead."""
    say("\nOn four laptops the packs are opened and interests declared.")
    story.calendar.set(9, 15, 10)
    returns = []
    for slug in APP:
        heard = laptops.folder(slug) / "told-by-telephone.txt"
        spoken = ("--passphrase-file", str(heard)) if slug == BY_TELEPHONE else ()
        laptops.open_pack(slug, laptops.folder(slug) / f"{slug}-1.scorepack", *spoken)
        _declare(story, laptops, slug)
        returns.append(laptops.return_(slug, f"{slug}-declaration.scores", "--kind", "declaration"))
    laptops.collect(returns, "receipts-1.txt", APP)
    say("\nThe lead decides on both interests, and records who declared on paper.")
    story.calendar.set(9, 16, 11)
    book = story.path("workbooks", "3-declarations.xlsx")
    returned = {laptops.emails[slug] for slug in APP}
    rows = story.example.tender.declarations
    told = [row for row in rows if row["Interest"] or row["Evaluator"] not in returned]
    story.take_in(files.one_sheet(book, "Declarations", told))


def _declare(story: "Story", laptops: Laptops, slug: str) -> None:
    rows = story.example.tender.declarations
    row = next(row for row in rows if row["Evaluator"] == laptops.emails[slug])
    words = ["--none"]
    if row["Interest"]:
        words = ["--interest", str(row["Interest"]), "--about", str(row["About"])]
    story.command("declare", str(laptops.working_file(slug)), *words)


def score(story: "Story", laptops: Laptops) -> None:
    """Score on each laptop; a bidder withdraws; everything comes back."""
    say("\nAnswers and decisions go out in new packs; each evaluator scores alone.")
    story.calendar.set(9, 17, 9)
    for slug in APP:
        laptops.open_pack(slug, laptops.pack(slug, f"{slug}-2.scorepack"))
    for number, slug in enumerate(APP):
        story.calendar.set(9, 21 + number, 16, 30)
        book = laptops.folder(slug) / "scores.xlsx"
        files.one_sheet(book, "Scores", story.example.scores[laptops.emails[slug]])
        story.command(
            *("score", str(laptops.working_file(slug)), "--from", str(story.timeless(book)))
        )
    story.calendar.set(9, 29, 15)
    say("\nA bidder withdraws; what is no longer asked stays in the working files.")
    withdrawn = [row for row in story.example.tender.bidders if row["Status"] == "withdrawn"]
    book = story.path("workbooks", "5-withdrawal.xlsx")
    story.take_in(files.one_sheet(book, "Bidders", withdrawn))
    for slug in APP:
        laptops.open_pack(slug, laptops.pack(slug, f"{slug}-3.scorepack"))
    filled = laptops.pack(BY_WORKBOOK, f"{BY_WORKBOOK}.xlsx", "--workbook")
    story.calendar.set(9, 30, 12)
    say("\nEverybody returns their scores; the lead looks first, then collects.")
    files.fill_scoring_workbook(filled, story.example.scores[laptops.emails[BY_WORKBOOK]])
    story.timeless(filled, "2026-09-30T08:00:00Z")
    returns = [laptops.return_(slug, f"{slug}.scores") for slug in APP]
    returns.append(laptops.send(filled, LEAD))
    trial = ("collect", str(story.file), *map(str, returns), "--dry-run")
    story.command(*trial, *laptops.identity(LEAD))
    laptops.collect(returns, "receipts-2.txt", APP)


def confirm(story: "Story", laptops: Laptops) -> None:
    """Send the agreed scores to who took part, and collect their word on each."""
    say("\nThe agreed scores go out to be confirmed, and come back signed.")
    story.calendar.set(10, 8, 17)
    returns = []
    for slug in APP:
        laptops.open_pack(slug, laptops.pack(slug, f"{slug}.record", "--record"))
    story.calendar.set(10, 9, 9)
    for slug in APP:
        story.command("confirm", str(laptops.working_file(slug)), "--all")
        returns.append(laptops.return_(slug, f"{slug}-confirmation.scores"))
    laptops.collect(returns, "receipts-3.txt", APP)
