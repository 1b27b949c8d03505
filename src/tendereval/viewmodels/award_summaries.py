"""Assessment summaries on the Award screen: who is given one, what is missing, which words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tendereval.domain.errors import UserFixable
from tendereval.domain.ids import BidderId
from tendereval.domain.summaries import Item, Missing
from tendereval.domain.summary_recipients import regime_problem
from tendereval.viewmodels.award_entries import (
    day_entry,
    particulars_entry,
    release_entry,
    where_entry,
    withhold_entry,
    words_entry,
)
from tendereval.viewmodels.award_reading import LotReading, Supplier
from tendereval.viewmodels.award_state import AwardState
from tendereval.viewmodels.award_texts import FURTHER, TextLine, text_lines
from tendereval.viewmodels.form_fields import show_day
from tendereval.viewmodels.public_value_entry import Entry
from tendereval.viewmodels.public_value_rows import (
    NONE,
    NOT_YET,
    YES,
    Cell,
    Column,
    Row,
    Sheet,
    counted,
)

_SUPPLIERS: Final = (Column("Supplier"), Column("What it is given", 330), Column("State", 210))
_TEXTS: Final = (
    Column("Text"),
    Column("About", 170),
    Column("Words there", 190),
    Column("How it reads", 200),
)
_FIRST_WORDS: Final = 90
_PARTICULARS: Final = {Item.CONTACT, Item.IDENTIFIER}
_WORDED: Final = {Item.EXPLANATIONS, Item.SUB_EXPLANATIONS, Item.FURTHER, Item.WINNER}


@dataclass(frozen=True, slots=True)
class Way:
    """Where something that is missing is mended.

    Attributes:
        words: what is missing.
        task: ``particulars``, ``where`` or ``words`` here; empty for another place.
        key: of the text, for ``words``.
        place: elsewhere; empty for here.
    """

    words: str
    task: str = ""
    key: str = ""
    place: str = ""


class SummariesPart:
    """What the part shows and does; plain, so that nothing outlives the screen."""

    def __init__(self, state: AwardState) -> None:
        self._state = state
        self._chosen: BidderId | None = None
        self._lines: tuple[TextLine, ...] = ()
        self._lines_of: tuple[object, object] = (None, None)

    @property
    def found(self) -> LotReading | None:
        """The lot in sight as it was read last."""
        return self._state.found

    @property
    def refusal(self) -> str:
        """Why there are no summaries here and now; empty where there are."""
        now = self._state.desk.now
        problem = regime_problem(now.details)
        if problem:
            return problem
        if not self._state.is_open:
            return "They follow the award decision, at stage award."
        return self.found.refusal if self.found is not None else ""

    @property
    def sentence(self) -> str:
        """The head of the part."""
        if self.refusal:
            return "No assessment summaries yet" if self.is_coming else "No assessment summaries"
        found = self.found
        if found is None:
            return "Reading the summaries…"
        number = counted(len(found.summaries), "supplier")
        verb = "is" if len(found.summaries) == 1 else "are"
        if found.missing:
            lacking = counted(len(found.missing), "item")
            rest = "is missing" if len(found.missing) == 1 else "are missing"
            return f"{number} {verb} given a summary; {lacking} {rest}"
        return f"{number} {verb} given a summary; nothing is missing"

    @property
    def is_coming(self) -> bool:
        """Whether there are none yet, and the law of the tender has them."""
        return bool(self.refusal) and not regime_problem(self._state.desk.now.details)

    @property
    def under(self) -> str:
        """What stands under the head."""
        if self.refusal:
            return self.refusal
        if self.found is not None and not self._state.is_approved:
            return "The award is not approved: every summary bears DRAFT and is not to be sent."
        return "All go out at the same time. Every loser reads how the successful tender scored."

    @property
    def facts(self) -> tuple[str, ...]:
        """What all summaries of the lot say alike."""
        found = self.found
        if found is None or self.refusal:
            return ()
        where = found.supplement.where.strip()
        day = found.supplement.dated
        return (
            f"The full criteria: {where}" if where else "The full criteria stand in an annex.",
            f"Dated {show_day(day)}." if day else "Not dated yet.",
        )

    @property
    def suppliers(self) -> Sheet:
        """Every bidder of the lot, and whether it is given a summary."""
        found = self.found
        rows = tuple(self._row(found, one) for one in found.suppliers) if found else ()
        return Sheet("Suppliers and their summaries", _SUPPLIERS, rows)

    def _row(self, found: LotReading, one: Supplier) -> Row:
        given = "Its own assessment, and the successful one’s"
        if one.is_winner:
            given = "Its own assessment: it is awarded the contract"
        if one.is_out:
            given = "Its assessment as far as it went, and why it is out"
        if one.why_not:
            given = f"Nothing: {one.why_not}"
        gaps = len(found.missing_of(one.bidder.id))
        state, ink = f"{YES}  Complete", ""
        if one.why_not:
            state = NONE
        elif gaps:
            state, ink = f"{NOT_YET}  {counted(gaps, 'item')} missing", "attention"
        return Row(one.bidder.id, (Cell(one.bidder.name), Cell(given), Cell(state, ink)))

    @property
    def chosen(self) -> BidderId | None:
        """The supplier whose summary is in sight; the first that lacks something at first."""
        found = self.found
        if found is None:
            return None
        known = [one.bidder.id for one in found.suppliers]
        if self._chosen not in known:
            lacking = [gap.addressee for gap in found.missing]
            self._chosen = next(iter([*lacking, *found.summaries, *known]), None)
        return self._chosen

    def choose(self, bidder: str) -> None:
        """Look at another supplier's summary."""
        self._chosen = BidderId(bidder)

    @property
    def supplier(self) -> Supplier | None:
        """The supplier in sight."""
        found = self.found
        every = found.suppliers if found else ()
        return next((one for one in every if one.bidder.id == self.chosen), None)

    @property
    def has_summary(self) -> bool:
        """Whether the supplier in sight is given one."""
        return self.found is not None and self.chosen in self.found.summaries

    @property
    def lines(self) -> tuple[TextLine, ...]:
        """Every text of the summary in sight."""
        found, chosen = self.found, self.chosen
        if found is None or chosen is None:
            return ()
        if self._lines_of != (found, chosen) or self._lines_of[0] is not found:
            self._lines, self._lines_of = text_lines(found, chosen), (found, chosen)
        return self._lines

    @property
    def texts(self) -> Sheet:
        """The texts of the summary in sight as a table."""
        return Sheet("Texts of this summary", _TEXTS, tuple(map(_text_row, self.lines)))

    def line(self, key: str) -> TextLine | None:
        """Return a text of the summary in sight."""
        return next((one for one in self.lines if one.key == key), None)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What to look at in the summary in sight before it goes out; it stops nothing."""
        found = self.found
        every = found.remarks if found else ()
        return tuple(
            f"{one.criterion}: {one.words}" if one.criterion else one.words
            for one in every
            if one.bidder == self.chosen
        )

    @property
    def ways(self) -> tuple[Way, ...]:
        """What the summary in sight lacks, each with where it is mended."""
        found, supplier = self.found, self.supplier
        if found is None or supplier is None:
            return ()
        gaps = found.missing_of(supplier.bidder.id)
        return tuple(self._way(gap, supplier.bidder.name) for gap in gaps)

    def _way(self, gap: Missing, name: str) -> Way:
        told = gap.words.removeprefix(f"{name}: ")
        words = f"Item {gap.item}: {told}"
        if gap.item in _PARTICULARS:
            return Way(words, "particulars")
        if gap.item is Item.WHERE_IN_FULL:
            return Way(words, "where")
        if gap.item in _WORDED and gap.place == "award":
            line = self._line_of(gap)
            if line is not None:
                return Way(words, "words", line.key)
        return Way(words, place="" if gap.place == "award" else gap.place)

    def _line_of(self, gap: Missing) -> TextLine | None:
        """Return the text that a gap speaks of: first one that lacks something."""
        if gap.item is Item.FURTHER:
            return self.line(FURTHER)
        spoken = [one for one in self.lines if _speaks_of(gap.words, one)]
        lacking = [one for one in spoken if one.is_missing]
        return next(iter([*lacking, *spoken]), None)

    def entry(self, task: str, key: str = "") -> Entry | None:
        """Return the page for a task; None where there is nothing to do it with.

        Args:
            task: ``words``, ``withhold``, ``release``, ``where``, ``day`` or ``particulars``.
            key: of the text, where it is about one.
        """
        found, session = self.found, self._state.desk.session
        line, supplier = self.line(key), self.supplier
        if found is None or supplier is None:
            return None
        if task in {"words", "withhold", "release"}:
            return self._text_entry(task, found, line) if line is not None else None
        makers: dict[str, Callable[[], Entry]] = {
            "where": lambda: where_entry(session, found),
            "day": lambda: day_entry(session, found),
            "particulars": lambda: particulars_entry(session, supplier.bidder),
        }
        return makers[task]()

    def _text_entry(self, task: str, found: LotReading, line: TextLine) -> Entry | None:
        session = self._state.desk.session
        if self.why_not(task, line):
            return None
        if task == "words":
            return words_entry(session, found, line)
        make = withhold_entry if task == "withhold" else release_entry
        return make(session, found, line)

    @staticmethod
    def why_not(task: str, line: TextLine | None) -> str:
        """Return why a task cannot be done with a text; empty where it can."""
        if line is None:
            return "Choose a text."
        is_held = line.withheld is not None
        if task == "words":
            return "It is withheld: release it first." if is_held else ""
        if task == "release" and not is_held:
            return "It is not withheld."
        return ""

    def refuse(self, refusal: UserFixable) -> None:
        """Say what was refused."""
        self._state.desk.refused.emit(refusal)


def _speaks_of(words: str, line: TextLine) -> bool:
    ref = line.at.sub or line.at.criterion
    marks = words.replace(";", " ").replace(".", ". ").replace(",", " ").split()
    return bool(ref) and any(mark.rstrip(".") == ref for mark in marks)


def _text_row(line: TextLine) -> Row:
    ink = "attention" if line.is_missing else ""
    sign = f"{NOT_YET}  " if line.is_missing else ""
    shown = " ".join(line.words.split())
    first = f"{shown[:_FIRST_WORDS]}…" if len(shown) > _FIRST_WORDS else shown
    cells = (
        Cell(f"\N{EM SPACE}{line.title}" if line.at.sub else line.title),
        Cell(line.about, "ink2"),
        Cell(f"{sign}{line.state}", ink),
        Cell(first or NONE, "ink2"),
    )
    return Row(line.key, cells)
