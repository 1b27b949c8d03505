"""The Public value screen: five tools, a bidder in sight, and what the lead may do with each."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from tendereval.domain.errors import UserFixable
from tendereval.domain.ids import BidderId
from tendereval.domain.stages import Act, may
from tendereval.services import data_packs
from tendereval.services.situation import Situation
from tendereval.store.repository import Reader
from tendereval.viewmodels.form_fields import Unreadable, show_time
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.public_value_certificates import certificates_part
from tendereval.viewmodels.public_value_claim_entries import (
    claim_entry,
    decide_claim_entry,
    remove_claim_entry,
)
from tendereval.viewmodels.public_value_commitments import commitments_part
from tendereval.viewmodels.public_value_entry import Entry, Typed
from tendereval.viewmodels.public_value_found import Found
from tendereval.viewmodels.public_value_goals import goals_part
from tendereval.viewmodels.public_value_partner_entries import (
    partner_entry,
    remove_partner_entry,
    target_entry,
)
from tendereval.viewmodels.public_value_pay import PayTable
from tendereval.viewmodels.public_value_promise_entries import (
    commitment_entry,
    delivery_entry,
    goal_entry,
    kpis_entry,
    owner_entry,
    reinstate_entry,
    remove_goal_entry,
    withdraw_entry,
)
from tendereval.viewmodels.public_value_rows import (
    NONE,
    Cell,
    Column,
    Row,
    Sheet,
    Task,
    Tool,
    ToolPart,
    day_text,
)
from tendereval.viewmodels.public_value_share import share_part
from tendereval.viewmodels.public_value_wage import wage_part
from tendereval.viewmodels.public_value_wage_entries import rates_entry, use_entry
from tendereval.viewmodels.session_view_model import SessionViewModel

TOOLS: Final = tuple(Tool)
_KINDS: Final = frozenset(
    {Kind.PUBLIC_VALUE, Kind.DETAILS, Kind.METHOD, Kind.STAGE, Kind.BIDS, Kind.PRICES, Kind.AWARD}
)
_ALL: Final = frozenset({Kind.PUBLIC_VALUE})
_SHORT: Final = 12
_NAMES: Final = {
    "wage": Tool.WAGE,
    "certificates": Tool.CERTIFICATES,
    "commitments": Tool.COMMITMENTS,
    "goals": Tool.GOALS,
    "share": Tool.SHARE,
}
"""What other screens call the tools."""


class PublicValueViewModel(QObject):
    """What the Public value screen shows and does.

    Signals:
        read_again: what any tool shows may have changed.
    """

    read_again = Signal()

    def __init__(self, desk: SessionViewModel) -> None:
        super().__init__(desk)
        self._desk = desk
        self._parts: dict[tuple[Tool, BidderId | None], ToolPart] = {}
        self._notes: tuple[str, ...] = ()
        self._found = Found()
        self._chosen: BidderId | None = None
        self.tool = Tool.WAGE
        self.pay = PayTable(desk)
        desk.changed.connect(self._on_changed)

    def _on_changed(self, kinds: object) -> None:
        if isinstance(kinds, frozenset) and kinds & _KINDS:
            self._parts.clear()
            self._notes, self._found = (), Found()
            self.read_again.emit()

    @property
    def chosen(self) -> BidderId | None:
        """The bidder whose working is shown; the first one until another is chosen."""
        known = [bidder.id for bidder in self._desk.now.bidders]
        if self._chosen not in known:
            self._chosen = known[0] if known else None
        return self._chosen

    def choose_tool(self, tool: Tool) -> None:
        """Show another tool."""
        if tool is not self.tool:
            self.tool = tool
            self.read_again.emit()

    def choose_bidder(self, bidder: str) -> None:
        """Show the working for another bidder, in every tool."""
        if bidder != self.chosen:
            self._chosen = BidderId(bidder)
            self.read_again.emit()

    def show(self, what: object) -> None:
        """Show a tool by the name other screens use, or a bidder by id."""
        tool = _NAMES.get(str(what))
        if tool is not None:
            self.choose_tool(tool)
        elif any(bidder.id == what for bidder in self._desk.now.bidders):
            self.choose_bidder(str(what))

    @property
    def part(self) -> ToolPart:
        """The tool that is shown."""
        return self.part_of(self.tool)

    @property
    def notes(self) -> tuple[str, ...]:
        """Where each tool stands, in a few words; the same whichever bidder is chosen."""
        if not self._notes:
            self._notes = tuple(self.part_of(tool).note for tool in TOOLS)
        return self._notes

    def part_of(self, tool: Tool) -> ToolPart:
        """Return a tool as it stands, with the working of the chosen bidder."""
        now, chosen = self._desk.now, self.chosen  # read before the view that stays open
        key = (tool, chosen)
        if key not in self._parts:
            with self._desk.reading() as reader:
                self._parts[key] = self._read(reader, now, tool, chosen)
        return self._parts[key]

    def _read(
        self, reader: Reader, now: Situation, tool: Tool, chosen: BidderId | None
    ) -> ToolPart:
        found = self._found
        match tool:
            case Tool.WAGE:
                return wage_part(reader, now, found, chosen)
            case Tool.CERTIFICATES:
                return certificates_part(reader, now, found, chosen)
            case Tool.COMMITMENTS:
                today = self._desk.session.clock().date()
                return commitments_part(reader, now, found, chosen, today)
            case Tool.GOALS:
                return goals_part(reader, now, found, chosen)
            case Tool.SHARE:
                return share_part(reader, now, found, chosen)

    def begin(self, task: Task, key: str = "") -> Entry | None:
        """Return the page for a task; None where it cannot be done, and why is then told.

        Args:
            task: any but the pay schedule and the list of data, which have pages of their own.
            key: of the line it is about, where it is about one.
        """
        makers: Mapping[Task, Callable[[], Entry]] = {
            **self._tool_makers(),
            **self._line_makers(key),
        }
        try:
            return makers[task]()
        except UserFixable as refusal:
            self._desk.refused.emit(refusal)
            return None

    def _tool_makers(self) -> Mapping[Task, Callable[[], Entry]]:
        desk, bidder = self._desk, self.chosen or BidderId("")
        return {
            Task.WAGE_USE: lambda: use_entry(desk),
            Task.RATES: lambda: rates_entry(desk),
            Task.ADD_CLAIM: lambda: claim_entry(desk, bidder, None),
            Task.KPIS: lambda: kpis_entry(desk),
            Task.ADD_GOAL: lambda: goal_entry(desk, None),
            Task.ADD_PARTNER: lambda: partner_entry(desk, bidder, None),
            Task.TARGET: lambda: target_entry(desk),
        }

    def _line_makers(self, key: str) -> Mapping[Task, Callable[[], Entry]]:
        desk, bidder = self._desk, self.chosen or BidderId("")
        at = int(key) if key.isdecimal() else -1
        return {
            Task.EDIT_CLAIM: lambda: claim_entry(desk, bidder, at),
            Task.REMOVE_CLAIM: lambda: remove_claim_entry(desk, bidder, at),
            Task.DECIDE_CLAIM: lambda: decide_claim_entry(desk, bidder, at),
            Task.EDIT_COMMITMENT: lambda: commitment_entry(desk, key),
            Task.WITHDRAW: lambda: withdraw_entry(desk, key),
            Task.REINSTATE: lambda: reinstate_entry(desk, key),
            Task.OWNER: lambda: owner_entry(desk, key),
            Task.DELIVERY: lambda: delivery_entry(desk, key),
            Task.EDIT_GOAL: lambda: goal_entry(desk, key),
            Task.REMOVE_GOAL: lambda: remove_goal_entry(desk, key),
            Task.EDIT_PARTNER: lambda: partner_entry(desk, bidder, at),
            Task.REMOVE_PARTNER: lambda: remove_partner_entry(desk, bidder, at),
        }

    def record(self, entry: Entry, typed: Typed) -> str:
        """Record what was typed; returns what is wrong, in words."""
        try:
            entry.record(typed)
        except Unreadable as problem:
            return str(problem)
        except UserFixable as refusal:
            return f"{refusal.happened} {refusal.do}"
        self._desk.announce(_ALL)
        return ""

    def go_to_bids(self) -> None:
        """Go where bidders are registered."""
        self._desk.place_wanted.emit("bids", None)

    def refuse(self, refusal: UserFixable) -> None:
        """Say at the head of the window what was refused."""
        self._desk.refused.emit(refusal)

    @property
    def may_import(self) -> str:
        """Why no data may be imported now; empty where they may."""
        return "" if may(self._desk.now.stage, Act.IMPORT_DATA) else "The tender is closed."

    @property
    def data(self) -> Sheet:
        """Every dataset as it counts: version, day, checksum, who brought it."""
        with self._desk.reading() as reader:
            listed = data_packs.listed(reader)
        columns = (
            Column("Data"),
            Column("Version", 200),
            Column("Gathered", 150),
            Column("Checksum", 130),
            Column("Where it comes from", 250),
        )
        return Sheet(
            "Data that count in this tender", columns, tuple(self._data_row(one) for one in listed)
        )

    def _data_row(self, one: data_packs.DataInForce) -> Row:
        came = "with the app"
        if one.imported_at is not None:
            who = "" if one.imported_by is None else f" by {self._desk.now.name(one.imported_by)}"
            came = f"imported{who}, {show_time(one.imported_at)}"
        cells = (one.title, one.version, _day(one.retrieved), f"{one.sha256[:_SHORT]}…", came)
        details = (f"{one.title}: version {one.version}, {came}.", f"SHA-256 {one.sha256}")
        return Row(one.dataset, tuple(Cell(text) for text in cells), details)

    def import_data(self, path: Path, checksum: str = "") -> tuple[str, str]:
        """Import newer data; returns what was done and what was wrong, one of them empty."""
        try:
            done = data_packs.import_pack(self._desk.session, path, checksum=checksum.strip())
        except UserFixable as refusal:
            return "", f"{refusal.happened} {refusal.do}"
        self._desk.announce(_ALL)
        return done.sentence, ""


def _day(text: str) -> str:
    """Write a day of a data file as people read it; what is no day stays as it is."""
    try:
        return day_text(date.fromisoformat(text))
    except ValueError:
        return text or NONE


def make(desk: SessionViewModel) -> PublicValueViewModel:
    """Return the view-model of the place ``public_value``."""
    return PublicValueViewModel(desk)
