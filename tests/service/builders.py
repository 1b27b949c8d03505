"""A small tender taken to any stage by the commands people use, on a clock of its own.

Alder Ltd and Birch Ltd bid; Ana leads, Ben and Cam score, Dot approves. Agreed scores and prices
make Alder 32 + 8 + 37.5 = 77.5 and Birch 24 + 16 + 40 = 80.
"""

import io
import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from tendereval.cli import main
from tendereval.commands.shell import Json, Shell
from tendereval.domain.bidding import Place
from tendereval.domain.ids import BidderId, CriterionId, LotId, PersonId
from tendereval.domain.record import AuditEntry
from tendereval.exchange.writer import Content, write_rows
from tendereval.services import tenders
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation

LONDON = ZoneInfo("Europe/London")
BEFORE, AFTER = datetime(2027, 2, 1, 9, tzinfo=LONDON), datetime(2027, 3, 2, 9, tzinfo=LONDON)
Rows = Sequence[Sequence[Content]]
Book = Mapping[str, Rows]

ANA, BEN, CAM, DOT = (PersonId(f"p-{number}") for number in (1, 2, 3, 4))
ALDER, BIRCH = BidderId("b-1"), BidderId("b-2")

TENDER: Rows = (
    ("Item", "Value"),
    ("Reference", "T-1"),
    ("Title", "Park benches"),
    ("Contracting authority", "Borsetshire"),
    ("Regime", "PA2023"),
    ("Procedure", "open"),
    ("Tender deadline", "1 March 2027 12:00"),
    ("Award rule", "weighted total"),
)
CRITERIA: Rows = (
    ("Ref", "Title", "Kind", "Weight", "Scale", "Question", "Formula"),
    ("Q1", "Build", "quality", 40, "0-5", "How will you build them?", None),
    ("Q2", "Jobs", "social value", 20, "0-5", "Which jobs will it bring?", None),
    ("PRICE", "Price", "price", 40, None, None, "lowest over price"),
)
PANEL: Rows = (
    ("Name", "Email", "Role"),
    ("Ana Ames", "ana@x.example", "lead"),
    ("Ben Bell", "ben@x.example", "evaluator"),
    ("Cam Cole", "cam@x.example", "community"),
    ("Dot Dean", "dot@x.example", "approver"),
)
SUB_CRITERIA: Rows = (
    ("Ref", "Sub-ref", "Text"),
    ("Q1", "Q1.a", "The wood"),
    ("Q1", "Q1.b", "The joints"),
)
BIDDERS: Rows = (
    ("Bidder", "Identifier", "Address", "Email"),
    ("Alder Ltd", "01", "1 High Street", "bids@alder.example"),
    ("Birch Ltd", "02", "2 High Street", "bids@birch.example"),
)
RESPONSES: Rows = (
    ("Bidder", "Ref", "Response"),
    ("Alder Ltd", "Q1", "Alder builds of oak."),
    ("Alder Ltd", "Q2", "Two apprentices."),
    ("Birch Ltd", "Q1", "Birch builds of pine."),
    ("Birch Ltd", "Q2", "Four apprentices."),
)
DECLARATIONS: Rows = (
    ("Evaluator", "Interest"),
    ("Ana Ames", ""),
    ("Ben Bell", ""),
    ("Cam Cole", ""),
    ("Dot Dean", ""),
)
GIVEN = {
    ("Alder Ltd", "Q1"): (4, 5),
    ("Alder Ltd", "Q2"): (2, 2),
    ("Birch Ltd", "Q1"): (3, 0),
    ("Birch Ltd", "Q2"): (4, 4),
}
SCORES: Rows = (
    ("Evaluator", "Bidder", "Ref", "Score", "Rationale"),
    *(
        (name, bidder, ref, points[number], f"Reader {number + 1} on {bidder} {ref}.")
        for (bidder, ref), points in GIVEN.items()
        for number, name in enumerate(("Ben Bell", "Cam Cole"))
    ),
)
HEAD_AGREED = (
    "Bidder",
    "Ref",
    "Score",
    "Rationale",
    "Releasable rationale",
    "Present",
    "Confirmed by",
)
EVERYBODY = "Ana Ames; Ben Bell; Cam Cole"
AGREED: Rows = (
    HEAD_AGREED,
    ("Alder Ltd", "Q1", 4, "Sound, of oak.", "Sound.", EVERYBODY, ""),
    ("Alder Ltd", "Q2", 2, "Two apprentices.", "Two.", EVERYBODY, ""),
    ("Birch Ltd", "Q1", 3, "Pine will not last.", "Pine.", EVERYBODY, ""),
    ("Birch Ltd", "Q2", 4, "Four apprentices.", "Four.", EVERYBODY, ""),
)
CONFIRMED: Rows = (HEAD_AGREED, *((*row[:6], EVERYBODY) for row in AGREED[1:]))
EXPLANATIONS: Rows = (
    ("Bidder", "Ref", "Sub-ref", "Explanation"),
    *(
        (bidder, "Q1", sub, f"{bidder} on {sub}.")
        for bidder in ("Alder Ltd", "Birch Ltd")
        for sub in ("Q1.a", "Q1.b")
    ),
)
PRICES: Rows = (("Bidder", "Price"), ("Alder Ltd", 1600), ("Birch Ltd", 1500))

SET_UP: Book = {
    "Tender": TENDER,
    "Criteria": CRITERIA,
    "Sub-criteria": SUB_CRITERIA,
    "Panel": PANEL,
}
FINISHED: Book = {
    **SET_UP,
    "Bidders": BIDDERS,
    "Agreed": AGREED,
    "Explanations": EXPLANATIONS,
    "Prices": PRICES,
}


@dataclass(slots=True)
class TickingClock:
    """A second later at every look."""

    now: datetime = BEFORE

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass(frozen=True, slots=True)
class Result:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Json]:
        """The one object that was printed."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


@dataclass(slots=True)
class Desk:
    """A folder with one tender file in it, a clock, and commands run in this process."""

    folder: Path
    clock: TickingClock = field(default_factory=TickingClock)
    books: int = 0

    @property
    def file(self) -> Path:
        """The tender file."""
        return self.folder / "bench.tender"

    def book(self, sheets: Book) -> Path:
        """Write a workbook and return where."""
        self.books += 1
        path = self.folder / f"book-{self.books}.xlsx"
        write_rows(path, {name: (rows[0], rows[1:]) for name, rows in sheets.items()})  # type: ignore[misc]
        return path

    def run(self, *words: str) -> Result:
        """Run a command."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            status = main(words, Shell(self.clock, lambda: "the-tender"))
        return Result(status, out.getvalue(), err.getvalue())

    def on_file(self, command: str, *words: str) -> Result:
        """Run a command on the tender file."""
        return self.run(command, str(self.file), *words)

    def new(self, sheets: Book, *words: str) -> Result:
        """Make the tender file from these sheets."""
        return self.on_file("new", "--from", str(self.book(sheets)), *words)

    def take_in(self, sheets: Book, *words: str) -> Result:
        """Import a workbook of these sheets."""
        return self.on_file("import", "--from", str(self.book(sheets)), *words)

    def enter(self, stage: str, *words: str) -> Result:
        """Enter a stage."""
        return self.on_file("stage", "--to", stage, *words)

    def ranking(self, lot: int = 0) -> dict[str, dict[str, Json]]:
        """Return the ranked bids of a lot by bidder, as ``rank --json`` prints them."""
        lots = cast("list[dict[str, list[dict[str, Json]]]]", self.rank()["lots"])
        return {str(bid["bidder"]): bid for bid in lots[lot]["ranking"]}

    def rank(self) -> dict[str, Json]:
        """Return what ``rank --json`` prints."""
        found = self.on_file("rank", "--json")
        assert found.status == 0, found.err
        return found.json

    def totals(self, lot: int = 0) -> dict[str, Json]:
        """Return the totals as shown."""
        return {name: bid["total_shown"] for name, bid in self.ranking(lot).items()}

    @contextmanager
    def session(self, by: str = "") -> Iterator[Session]:
        """Open the file as the screens do."""
        with tenders.open_tender(self.file, by, self.clock, "app") as session:
            yield session

    def now(self) -> Situation:
        """Return the situation."""
        with self.looking() as session, session.reading() as reader:
            return situation(reader)

    @contextmanager
    def looking(self) -> Iterator[Session]:
        """Open the file for reading."""
        with tenders.look_at_tender(self.file, self.clock, "app") as session:
            yield session

    def entries(self) -> tuple[AuditEntry, ...]:
        """Return the record."""
        with self.looking() as session, session.reading() as reader:
            return reader.entries()

    def sql(self, *statements: str) -> list[tuple[object, ...]]:
        """Doctor the file as nobody should, its triggers taken off and put back."""
        with closing(sqlite3.connect(self.file)) as raw, raw:
            found = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = found.fetchall()
            for name, _ in triggers:
                raw.execute(f"DROP TRIGGER {name}")
            rows = [row for statement in statements for row in raw.execute(statement).fetchall()]
            for _, sql in triggers:
                raw.execute(sql)
        return rows


def place(bidder: BidderId, ref: str, lot: str | None = None) -> Place:
    """Return a place."""
    return Place(bidder, CriterionId(ref), None if lot is None else LotId(lot))


def made_once(make: Callable[[Desk], None]) -> Callable[[Path], Desk]:
    """Return what gives a folder a copy of a tender that is made when it is first wanted."""

    @cache
    def made() -> tuple[bytes, datetime]:
        with tempfile.TemporaryDirectory() as folder:
            desk = Desk(Path(folder))
            make(desk)
            return desk.file.read_bytes(), desk.clock.now

    def given(folder: Path) -> Desk:
        desk = Desk(folder)
        content, desk.clock.now = made()
        desk.file.write_bytes(content)
        return desk

    return given


def a_desk(folder: Path, stage: str = "") -> Desk:
    """Return a desk with the small tender at a stage, or with no file yet.

    ``scored`` is stage scoring with every score given, ``agreed`` is stage moderation with
    every score agreed and confirmed, ``priced`` is stage price with prices.
    """
    desk = Desk(folder)
    if stage:
        content, desk.clock.now = _made(stage)
        desk.file.write_bytes(content)
    return desk


_WAY = (
    "set-up",
    "published",
    "scoring",
    "scored",
    "moderation",
    "agreed",
    "price",
    "priced",
    "award",
    "closed",
)


@cache
def _made(stage: str) -> tuple[bytes, datetime]:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        number = _WAY.index(stage)
        if number:
            content, desk.clock.now = _made(_WAY[number - 1])
            desk.file.write_bytes(content)
        for result in _step(desk, stage):
            assert result.status == 0, result.err
        return desk.file.read_bytes(), desk.clock.now


def _step(desk: Desk, stage: str) -> Iterator[Result]:
    """Take the tender from the stop before to this one."""
    match stage:
        case "set-up":
            yield desk.new(SET_UP)
        case "published":
            yield desk.enter("published")
            yield desk.take_in({"Bidders": BIDDERS, "Responses": RESPONSES})
        case "scoring":
            desk.clock.now = AFTER
            yield desk.enter("scoring")
            yield desk.take_in({"Declarations": DECLARATIONS})
        case "scored":
            yield desk.take_in({"Scores": SCORES})
        case "agreed":
            yield desk.take_in({"Agreed": AGREED, "Explanations": EXPLANATIONS})
            yield desk.take_in({"Agreed": CONFIRMED})
        case "priced":
            yield desk.take_in({"Prices": PRICES})
        case "closed":
            yield desk.on_file("award", "--to", "Birch Ltd", "--rationale", "Best by the method.")
            yield desk.on_file(
                *("approve", "--person", "Dot Dean", "--role", "Director", "--word", "approves")
            )
            yield desk.enter("closed")
        case _:
            yield desk.enter(stage)
