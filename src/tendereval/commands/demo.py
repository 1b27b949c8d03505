"""``demo``: the worked example through every part of the job, with the commands people use.

The clock is the example's own, so that its record tells the story on the days it happened and
two runs give the same documents to the byte.
"""

import argparse
import re
import shlex
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from tendereval.commands import demo_laptops
from tendereval.commands.demo_laptops import LEAD, Laptops
from tendereval.commands.shell import Shell, say
from tendereval.domain.errors import Bug, FileExists, FileProblem
from tendereval.exchange import example as files
from tendereval.exchange.example import Example

Run = Callable[[Sequence[str], Shell], int]
"""Runs one command line; the command line itself gives it, so that nothing is done twice."""

_LONDON = ZoneInfo("Europe/London")
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)\b[^>]*>)[^<]*<")
_MADE = "2026-08-03T08:00:00Z"
_TENDER_ID = "5b0c3f6e-6b1d-4a52-9d6e-0e5d6c1a2f11"


@dataclass(slots=True)
class Calendar:
    """The example's clock: set to a day, then a second later at every look."""

    now: datetime = field(default_factory=lambda: datetime(2026, 8, 3, 9, tzinfo=_LONDON))

    def __call__(self) -> datetime:
        """Return the moment, a second later at every look."""
        self.now += timedelta(seconds=1)
        return self.now

    def set(self, month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> None:
        """Turn to a day of the story."""
        self.now = datetime(year, month, day, hour, minute, tzinfo=_LONDON)


class Story:
    """The example on its way through the stages, one command after another."""

    def __init__(self, folder: Path, run: Run) -> None:
        self._folder = folder
        self._run = run
        self.calendar = Calendar()
        self._shell = Shell(
            self.calendar, lambda: _TENDER_ID, files.tender_keys, lambda _prompt, _hidden: None
        )
        self.file = folder / "harrowmere-cleaning.tender"
        self.example: Example = files.read_example()
        self.laptops = Laptops(self)

    def command(self, *words: str) -> None:
        """Show a command and run it."""
        shown = [Path(word).name if word.startswith(str(self._folder)) else word for word in words]
        say(f"$ tendereval {shlex.join(shown)}")
        status = self._run(words, self._shell)
        if status != 0:
            raise Bug(f"the worked example was refused: {shlex.join(words)}")

    def path(self, *parts: str) -> Path:
        """Return a path inside the folder of the example, its own folder made."""
        found = self._folder.joinpath(*parts)
        found.parent.mkdir(parents=True, exist_ok=True)
        return found

    def timeless(self, workbook: Path, saved: str = _MADE) -> Path:
        """Take the moment of writing out of a workbook; return it."""
        return _timeless(workbook, saved)

    def take_in(self, workbook: Path, *more: str) -> None:
        """Import a workbook."""
        self.command("import", str(self.file), "--from", str(_timeless(workbook)), *more)

    def decide(self, name: str, called: str) -> None:
        """Record one of the example's files of decisions about public value."""
        path = self.path("workbooks", called)
        shutil.copyfile(files.decisions_file(name), path)
        self.command("public-value", str(self.file), "--from", str(path))

    def enter(self, stage: str) -> None:
        """Enter a stage; the lead's keys, once there, sign the head of the record."""
        own = self.laptops.identity(LEAD) if self.laptops.key(LEAD).exists() else ()
        self.command("stage", str(self.file), "--to", stage, *own)


def _timeless(workbook: Path, saved: str = _MADE) -> Path:
    """Take the moment of writing out of a workbook: the record holds the digest of its bytes."""
    with ZipFile(workbook) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    with ZipFile(workbook, "w") as target:
        for name, data in parts.items():
            entry = ZipInfo(name, _NO_TIME)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 3
            target.writestr(entry, _WRITTEN.sub(rb"\g<1>" + saved.encode() + b"<", data))
    return workbook


def demo(args: argparse.Namespace, _shell: Shell) -> int:
    """Build the worked example in a folder that is not there yet, or empty."""
    folder = Path(args.dir)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExists(f"{folder} is there already and not empty.", "Choose another folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileProblem(
            f"The folder {folder} cannot be made: {error.strerror}.", "Choose another folder."
        ) from error
    story = Story(folder, args.run_command)
    for chapter in (
        _publish,
        _receive,
        _score,
        _moderate,
        _confirm,
        _rank,
        _award,
        _look_back,
        _deliver,
    ):
        chapter(story)
    say()
    _list_documents(folder)
    say(f"The worked example lies in {folder}:")
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        if path.name not in _NAMES:
            say(f"  {path.name}  {path.stat().st_size:,} bytes")
    for place in sorted({path.parent for path in folder.rglob("*") if path.is_file()} - {folder}):
        if place.name not in _NAMES:
            number = sum(path.is_file() for path in place.iterdir())
            say(f"  {place.relative_to(folder).as_posix()}/  {number} files")
    return 0


def _list_documents(folder: Path) -> None:
    """Print every document of the award, each summary included."""
    say("The documents of the award:")
    for _, name in _DOCUMENTS:
        path = folder / name
        for one in sorted(path.iterdir()) if path.is_dir() else (path,):
            say(f"  {one.relative_to(folder).as_posix()}  {one.stat().st_size:,} bytes")
    say()


def _publish(story: Story) -> None:
    say("August 2026: the method is set up and published.")
    story.calendar.set(8, 3, 9)
    workbook = files.set_up(story.example, story.path("workbooks", "1-set-up.xlsx"))
    story.command("new", str(story.file), "--from", str(_timeless(workbook)))
    story.decide("goals", "1-goals.toml")
    story.calendar.set(8, 3, 10)
    story.enter("published")


def _receive(story: Story) -> None:
    # Only this chapter draws: imported here so that no other command waits for it.
    from tendereval.reports.leaflet import leaflet  # noqa: PLC0415
    from tendereval.reports.pdf import write_pdf  # noqa: PLC0415

    say("\nSeptember 2026: five tenders arrive.")
    story.calendar.set(9, 14, 14)
    papers = {}
    slugs = {row["Bidder"]: row["Slug"] for row in story.example.tender.bidders}
    for bidder, text in story.example.documents.items():
        papers[bidder] = story.path("workbooks", "documents", f"{slugs[bidder]}.pdf")
        write_pdf(leaflet(text, "HBC-2026-117"), papers[bidder])
    book = story.path("workbooks", "2-tenders.xlsx")
    story.take_in(files.tenders_received(story.example, book, papers))


def _score(story: Story) -> None:
    demo_laptops.invite(story, story.laptops)
    say("\nAfter the deadline scoring begins: answers and documents are locked.")
    story.calendar.set(9, 15, 9)
    story.enter("scoring")
    demo_laptops.declare(story, story.laptops)
    demo_laptops.score(story, story.laptops)


def _moderate(story: Story) -> None:
    say("\nOctober 2026: the panel meets, agrees and confirms.")
    story.calendar.set(10, 5, 9)
    story.enter("moderation")
    # A copy to practise on, as the guide's tour does: scored, and no commitment made yet.
    shutil.copyfile(story.file, story.path("practice.tender"))
    say("The answers are read for what they promise.")
    story.calendar.set(10, 5, 14)
    story.decide("commitments", "6-commitments.toml")
    bidders = list(dict.fromkeys(str(row["Bidder"]) for row in story.example.agreed))
    slugs = {row["Bidder"]: row["Slug"] for row in story.example.tender.bidders}
    for number, bidder in enumerate(bidders):
        story.calendar.set(10, 6 + number // 2, 12 + number % 2 * 4)
        book = story.path("workbooks", f"6-moderation-{slugs[bidder]}.xlsx")
        story.take_in(files.moderation(story.example, book, bidder))


def _confirm(story: Story) -> None:
    demo_laptops.confirm(story, story.laptops)
    say("\nThose without the app confirm in a workbook.")
    story.calendar.set(10, 9, 10)
    book = story.path("workbooks", "7-confirmations.xlsx")
    without = [
        str(row["Name"])
        for row in story.example.tender.panel
        if demo_laptops.slug_of(str(row["Name"])) not in demo_laptops.APP
    ]
    story.take_in(files.confirmations(story.example, book, without))


def _rank(story: Story) -> None:
    say("\nQuality is settled; prices are opened and the tenders ranked.")
    story.calendar.set(10, 9, 14)
    story.enter("price")
    book = story.path("workbooks", "8-prices.xlsx")
    story.take_in(files.one_sheet(book, "Prices", story.example.tender.prices))
    story.command("rank", str(story.file))


_DOCUMENTS: Final = (
    ("award", "award-report.pdf"),
    ("award-publication", "award-report-for-publication.pdf"),
    ("summaries", "assessment-summaries"),
    ("moderation", "moderation-record.pdf"),
    ("scores", "scores.xlsx"),
    ("public-value", "public-value.pdf"),
    ("commitments", "contract-schedule.pdf"),
    ("commitments", "contract-schedule.xlsx"),
)
"""The whole set: kind, name of the file or folder."""
_NAMES: Final = frozenset(name for _, name in _DOCUMENTS)


def _award(story: Story) -> None:
    say("The lead recommends, the Head of Procurement approves.")
    story.calendar.set(10, 12, 10)
    story.enter("award")
    award = story.example.tender.award
    reasons = story.path("workbooks", "9-award-rationale.md")
    reasons.write_text(str(award["Rationale"]).strip() + "\n", encoding="utf-8")
    file = str(story.file)
    story.command("award", file, "--to", str(award["Bidder"]), "--rationale-file", str(reasons))
    story.command("report", file, "award", "--out", str(story.path("award-report-draft.pdf")))
    words = {"recommended": "recommends", "approved": "approves"}
    posts = {row["Email"]: row["Post"] for row in story.example.tender.panel}
    for row in story.example.tender.approvals:
        story.calendar.set(row["Date"].month, row["Date"].day, 16)
        post = str(posts[row["Email"]]).partition(".")[0]
        story.command(
            *("approve", file, "--person", str(row["Email"]), "--role", post),
            *("--word", words[str(row["Decision"])]),
        )
    story.calendar.set(10, 20, 10)
    story.decide("contract", "10-contract.toml")
    for kind, name in _DOCUMENTS:
        story.command("report", file, kind, "--out", str(story.path(name)))


def _look_back(story: Story) -> None:
    say("\nThe file is verified, its totals worked out a second way.")
    story.command("check", str(story.file))
    story.command("info", str(story.file))
    story.command("public-value", str(story.file))


def _deliver(story: Story) -> None:
    say("\nApril 2028: a year into the contract, on a copy, what was promised is followed.")
    # A copy: the file itself stays at the award, as the documents show it.
    story.file = Path(shutil.copyfile(story.file, story.path("contract.tender")))
    story.calendar.set(10, 21, 10)
    story.enter("closed")
    story.calendar.set(4, 28, 10, year=2028)
    story.decide("delivery", "11-delivery.toml")
    for ending in ("pdf", "xlsx"):
        out = story.path(f"contract-schedule-a-year-on.{ending}")
        story.command("report", str(story.file), "commitments", "--out", str(out))


def add_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command of this module."""
    parser = commands.add_parser("demo", help="build the worked example and take it to an award")
    parser.add_argument("dir", metavar="DIR")
    parser.set_defaults(run=demo, json=False)
