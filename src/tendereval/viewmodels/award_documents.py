"""The documents of the Award screen: what each still lacks, its preview, one click, all at once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tendereval.domain.award import AwardDecision, is_approved
from tendereval.domain.ids import BidderId, LotId
from tendereval.domain.stages import Stage
from tendereval.domain.summary_recipients import regime_problem
from tendereval.services import folder_writing, reporting
from tendereval.services.folder_writing import SINGLE, Wanted, WrittenSet
from tendereval.services.progress import Progress
from tendereval.services.reporting_documents import (
    MODERATION,
    SUMMARIES,
    write_moderation,
    write_moderation_record,
    write_summary,
)
from tendereval.services.session import Session
from tendereval.store.repository import Reader
from tendereval.viewmodels.award_logo import LogoPart
from tendereval.viewmodels.award_state import AwardState
from tendereval.viewmodels.form_fields import show_day
from tendereval.viewmodels.public_value_rows import counted

_TITLES: Final[Mapping[str, tuple[str, str, str]]] = {
    "award": ("Award report", "Everything from the decision to the record; for the file", ".pdf"),
    "award-publication": (
        "Award report for publication",
        "Names of people and confidential points left out, each omission marked",
        ".pdf",
    ),
    SUMMARIES: (
        "Assessment summaries",
        "One PDF and one Word file for each supplier that is given one, in a folder",
        "",
    ),
    MODERATION: (
        "Moderation record",
        "What each evaluator scored and why, what was decided, who confirmed it",
        ".pdf",
    ),
    "scores": ("Scores workbook", "Every score, with live formulas to re-calculate", ".xlsx"),
    "public-value": ("Public value", "What was found about public value, with its sources", ".pdf"),
    "commitments": ("Contract schedule", "The winner’s complete commitments", ".pdf"),
}
"""Kind of document: title, what it is, ending of the file; none for a folder."""
_OF_SCORES: Final = {"award", "award-publication", MODERATION, "scores"}
_AFTER_DECISION: Final = {"award-publication", "commitments"}
"""What is not written before there is a decision."""
_WORKBOOKS: Final = {"commitments": ".xlsx"}
"""What is written as a workbook too, to go on working in."""
_OF_DECISION: Final = {"award", "award-publication", SUMMARIES, "scores", "commitments"}


@dataclass(frozen=True, slots=True)
class Lack:
    """Something a document is still without.

    Attributes:
        place: where it is mended; ``award`` is this screen; empty where nothing mends it.
        part: of this screen.
    """

    words: str
    place: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document that can be written.

    Attributes:
        ending: of its file; empty for a folder of files.
        lacks: what it is still without; none when it is complete.
        stops: whether it cannot be written before that.
        written: when it was last written, in words.
        workbook: ending of the workbook it is also written as; empty where there is none.
        remarks: what to look at before it goes out; they stop nothing.
    """

    kind: str
    title: str
    what: str
    ending: str
    lacks: tuple[Lack, ...]
    stops: bool
    written: str
    workbook: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """What stands under it where nothing is lacking."""
        return "" if self.lacks else "Complete."


def _kinds() -> Iterator[str]:
    return (kind for kind in _TITLES if kind == SUMMARIES or kind in SINGLE)


class DocumentsPart:
    """What the part shows and does.

    Attributes:
        logo: that documents bear.
        last: what writing the whole set came to; None before.
    """

    def __init__(self, state: AwardState) -> None:
        self._state = state
        self.logo = LogoPart(state)
        self._decisions: dict[LotId, AwardDecision] = {}
        self._approved: dict[LotId, bool] = {}
        self._made: tuple[Mapping[str, str], ...] = ()
        self._head = ""
        self.last: WrittenSet | None = None

    def read(self, reader: Reader) -> None:
        """Read the register and what documents wait for."""
        self._decisions = dict(reader.decisions())
        approvals = reader.approvals()
        self._approved = {
            lot: is_approved(decision, approvals) for lot, decision in self._decisions.items()
        }
        self._made = reader.documents_made()
        self.logo.read(reader)
        self._head = reader.head().hash

    @property
    def rows(self) -> tuple[DocumentRow, ...]:
        """What can be written, with what each still lacks."""
        return tuple(self._row(kind) for kind in _kinds())

    def _row(self, kind: str) -> DocumentRow:
        title, what, ending = _TITLES[kind]
        lacks = tuple(self._lacks(kind))
        stops = bool(lacks) and (
            (kind == SUMMARIES and self._summaries_wait)
            or (kind in _AFTER_DECISION and not self._is_decided)
        )
        book = _WORKBOOKS.get(kind, "")
        reading = self._state.reading
        remarks = reading.publication if reading and kind == "award-publication" else ()
        written = self._written(kind)
        return DocumentRow(kind, title, what, ending, lacks, stops, written, book, remarks)

    @property
    def _waiting(self) -> tuple[DocumentRow, ...]:
        """The documents without those that the law of the tender does not have."""
        return tuple(row for row in self.rows if all(lack.place for lack in row.lacks))

    @property
    def is_done(self) -> bool:
        """Whether every document is complete and was written."""
        return all(not row.lacks and row.written for row in self._waiting)

    @property
    def sentence(self) -> str:
        """The head of the part."""
        rows = self._waiting
        done = sum(not row.lacks for row in rows)
        if done == len(rows):
            return f"All {counted(len(rows), 'document')} are complete"
        verb = "is" if done == 1 else "are"
        return f"{done or 'None'} of {counted(len(rows), 'document')} {verb} complete"

    @property
    def under(self) -> str:
        """What stands under the head."""
        if self._state.is_approved:
            return "Written without the DRAFT mark from now on."
        return "Documents can be written at any stage; they bear DRAFT until the award is approved."

    def _written(self, kind: str) -> str:
        if kind == SUMMARIES:
            made = [item for item in self._made if item["kind"].startswith("summary ")]
        else:
            made = [item for item in self._made if item["kind"] == kind]
        if not made:
            return ""
        at = datetime.fromisoformat(made[-1]["made_at"])
        name = made[-1]["name"]
        if kind == SUMMARIES:
            number = len({item["kind"] for item in made})
            name = f"{counted(number, 'summary', 'summaries')}"
        told = f"{name}, written {show_day(at.date())}, {at:%H:%M}"
        return told + ("." if made[-1]["head"] == self._head else "; the record has grown since.")

    def _lacks(self, kind: str) -> Iterator[Lack]:
        stage = self._state.desk.now.stage
        if kind in _OF_SCORES:
            if stage.position < Stage.MODERATION.position:
                yield Lack("Without individual scores: they come at stage moderation.", "panel")
            elif stage.position < Stage.PRICE.position:
                yield Lack("Moderation is not finished.", "moderation")
        if kind in _OF_SCORES - {MODERATION} and stage.position < Stage.PRICE.position:
            yield Lack("Without prices and the ranking: they come at stage price.", "ranking")
        problem = regime_problem(self._state.desk.now.details)
        if kind == SUMMARIES and problem:
            yield Lack(problem)
            return
        if kind in _OF_DECISION:
            yield from self._decision_lacks(kind)
        if kind == SUMMARIES:
            yield from self._summary_lacks()

    def _decision_lacks(self, kind: str) -> Iterator[Lack]:
        lots = [lot.ref for lot in self._state.desk.now.method.lots]
        for lot in lots:
            where = f" on lot {lot}" if lots[1:] else ""
            if lot not in self._decisions:
                yield Lack(f"Without the award decision{where}.", "award", "decision")
            elif not self._approved.get(lot, False) and kind != "commitments":
                yield Lack(f"Without the approval of the award{where}.", "award", "decision")

    @property
    def _is_decided(self) -> bool:
        """Whether a decision of every lot is recorded."""
        return all(lot.ref in self._decisions for lot in self._state.desk.now.method.lots)

    @property
    def _summaries_wait(self) -> bool:
        reading = self._state.reading
        lots = reading.lots.values() if reading is not None else ()
        told = [one for one in lots if one.summaries]
        return not told or any(one.missing for one in told)

    def _summary_lacks(self) -> Iterator[Lack]:
        reading = self._state.reading
        if reading is None or not self._state.is_open:
            return
        for one in reading.lots.values():
            where = f" of lot {one.lot}" if len(reading.lots) > 1 else ""
            if one.missing:
                verb = "is" if len(one.missing) == 1 else "are"
                items = counted(len(one.missing), "required item")
                yield Lack(f"{items}{where} {verb} missing.", "award", "summaries")
            elif one.refusal and one.lot in self._decisions:
                yield Lack(one.refusal, "award", "decision")

    def proposed_name(self, row: DocumentRow, ending: str = "") -> str:
        """Return a file name for a document, or a folder's name; the row's ending unless given."""
        stem = self._state.desk.session.file.path.stem
        draft = "" if self._state.is_approved else "-draft"
        return f"{stem}-{row.title.lower().replace(' ', '-')}{draft}{ending or row.ending}"

    def path_beside(self, row: DocumentRow, ending: str = "") -> Path:
        """Return where a document goes with one click: beside the tender file, over nothing."""
        return _free(self._state.desk.session.file.path.parent / self.proposed_name(row, ending))

    def folder_in(self, parent: Path) -> Path:
        """Return the new folder that the whole set goes into, over nothing."""
        stem = self._state.desk.session.file.path.stem
        draft = "" if self._state.is_approved else "-draft"
        return _free(parent / f"{stem}-documents{draft}")

    @property
    def folder_of_file(self) -> Path:
        """Where the tender file lies."""
        return self._state.desk.session.file.path.parent

    def drawing(self, kind: str) -> Callable[[Progress], object]:
        """Return the job that gives a document's content to look at; nothing is registered."""
        session = self._state.desk.session

        def draw(_progress: Progress) -> bytes:
            with TemporaryDirectory(prefix="tendereval-") as folder:
                if kind != MODERATION:
                    return reporting.preview_report(session, kind, Path(folder))
                path = Path(folder) / "preview.pdf"
                write_moderation_record(reporting.report_model(session), path)
                return path.read_bytes()

        return draw

    def drawing_summary(self, bidder: BidderId) -> Callable[[Progress], object]:
        """Return the job that gives one supplier's summary to look at, gaps included."""
        session, found = self._state.desk.session, self._state.found

        def draw(_progress: Progress) -> bytes:
            if found is None or bidder not in found.summaries:
                return b""
            with TemporaryDirectory(prefix="tendereval-") as folder:
                path = Path(folder) / "preview.pdf"
                write_summary(reporting.report_model(session), found.summaries[bidder], path)
                return path.read_bytes()

        return draw

    def writing(self, kind: str, path: Path) -> Callable[[Progress], object]:
        """Return the job that writes a document; run it off the screen's thread."""
        session = self._state.desk.session
        if kind == SUMMARIES:
            return lambda progress: folder_writing.write_all_summaries(session, path, progress)
        write = write_moderation if kind == MODERATION else partial(_write_report, kind)
        return lambda _progress: write(session, path)

    def writing_all(self, folder: Path) -> Callable[[Progress], WrittenSet]:
        """Return the job that writes the whole set into a new folder, or nothing."""
        session = self._state.desk.session
        rows = [row for row in self.rows if row.kind != SUMMARIES]
        wanted = [Wanted(row.kind, self.proposed_name(row), row.title) for row in rows]
        wanted += [
            Wanted(row.kind, self.proposed_name(row, row.workbook), f"{row.title} as a workbook")
            for row in rows
            if row.workbook and not row.stops
        ]
        return lambda progress: folder_writing.write_set(session, folder, wanted, progress)

    @property
    def told(self) -> tuple[str, ...]:
        """What writing the set came to, in words; none before."""
        last = self.last
        if last is None:
            return ()
        left = tuple(f"Left out: {title}. {why}" for title, why in last.left_out)
        return (f"{counted(len(last.files), 'file')} in the folder {last.folder}.", *left)


def _write_report(kind: str, session: Session, path: Path) -> Path:
    return reporting.write_report(session, kind, path)


def _free(path: Path) -> Path:
    found, number = path, 2
    while found.exists():
        found, number = path.parent / f"{path.stem}-{number}{path.suffix}", number + 1
    return found
