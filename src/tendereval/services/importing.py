"""Take a workbook in: a new tender from one, or additions to a tender, all or nothing."""

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from tendereval.domain.bidding import Bid, Bidder, Place, current_bids
from tendereval.domain.errors import CellProblem, FileExists, WorkbookProblems
from tendereval.domain.evaluation import Role, places_of
from tendereval.domain.ids import BidderId, PersonId
from tendereval.domain.method_text import canonical_text
from tendereval.domain.publicvalue.certificates import Scheme
from tendereval.domain.stages import Stage
from tendereval.domain.tender import CriterionKind, Method, VersionKind
from tendereval.exchange.content import Known, KnownPerson, WorkbookContent
from tendereval.services import certificates, merging, methods, ranking, tenders
from tendereval.services.intake import Intake
from tendereval.services.methods import Amendment
from tendereval.services.session import Clock, Session
from tendereval.services.situation import Situation, situation
from tendereval.store import recording
from tendereval.store.unit_of_work import Change, before_and_after

LARGE_MERGE: Final = 500
"""Rows from which on a workbook counts as a large merge."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a workbook brought, or would bring.

    Attributes:
        stage: the stage of the tender afterwards.
        brought: how many of what (``answers`` to 48), only what is new or changed.
        notes: what was left alone or taken in a way worth knowing, one sentence each.
    """

    stage: Stage
    brought: dict[str, int]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """What a person says about an import.

    Attributes:
        amendment: why a published method changes, where the workbook holds a changed one.
        reason: why something that stands already is changed.
        approver: who reopens agreed scores once prices are known.
    """

    amendment: Amendment | None = None
    reason: str = ""
    approver: PersonId | None = None


NOTHING_SAID = Why()
"""An import that gives no reasons."""


def arriving_stage(content: WorkbookContent) -> Stage:
    """Return the stage at which a new tender made from this workbook begins.

    Finished elsewhere (an agreed score for every scored question of every assessed bid; a
    price-only tender with its prices counts): ``price``. With scores: ``moderation``. Else
    ``set-up``.
    """
    method = content.method or Method()
    names = {row.name: BidderId(row.name) for row in content.bidders}
    bidders = [Bidder(names[row.name], row.name, lots=row.lots) for row in content.bidders]
    recorded = [
        Bid(
            names[row.bidder],
            row.lot,
            row.status,
            row.reason,
            row.notified_on,
            row.responded_on,
            row.decided_on,
        )
        for row in content.statuses
    ]
    bids = current_bids((lot.ref for lot in method.lots), bidders, recorded)
    kinds = {row.ref: row.kind for row in method.criteria}
    wanted = {place for place in places_of(method, bids) if kinds[place.criterion].is_scored}
    agreed = {Place(names[row.bidder], row.criterion, row.lot) for row in content.agreed}
    price_only = CriterionKind.PRICE in kinds.values() and bool(content.prices)
    if wanted <= agreed and bids and (wanted or price_only):
        return Stage.PRICE
    return Stage.MODERATION if content.scores else Stage.SET_UP


def new_tender(
    path: Path, workbook: Path, *, person: str, clock: Clock, tender_id: str, via: str
) -> tuple[Session, ImportReport]:
    """Make a tender file from a workbook.

    Args:
        path: the file to make; nothing may be there.
        workbook: read whole; nothing is made while it has a problem.
        person: who makes it; blank is the lead of the workbook's panel.
        clock: the source of time.
        tender_id: identity of the new file.
        via: the way in.

    Raises:
        WorkbookProblems: every problem at once.
        FileProblem: the file cannot be made.
    """
    content = _read(workbook)
    stage = arriving_stage(content)
    _refuse_unrankable(content, stage)
    maker, email = _maker(content, person.strip())

    def fill(change: Change, at: datetime) -> None:
        _fill(change, content, stage, at)

    if path.exists():
        raise FileExists(f"{path.name} is there already.", "Choose another name.")
    # Two transactions make the file; under its own name it appears only when both are done.
    making = path.with_name(f".{path.name}.making")
    making.unlink(missing_ok=True)
    session = tenders.create_tender(making, maker, clock, tender_id, via, email=email, fill=fill)
    try:
        intake = _bring(session, content, stage, _digest(workbook))
        session.file.close()
        making.rename(path)
    except BaseException:
        session.file.close()
        making.unlink(missing_ok=True)
        raise
    report = ImportReport(stage, intake.brought, (*content.notes, *intake.notes))
    return tenders.open_tender(path, email or maker, clock, via), report


def _maker(content: WorkbookContent, person: str) -> tuple[str, str]:
    """Return name and e-mail of who makes the file, as the workbook's panel has them."""
    wanted = person.casefold()
    for row in content.panel:
        if wanted in {row.name.casefold(), row.email.casefold()} or (
            not person and row.role is Role.LEAD
        ):
            return row.name, row.email
    return person or "The person who made the file", person if "@" in person else ""


def try_new_tender(path: Path, workbook: Path, *, person: str, clock: Clock) -> ImportReport:
    """Return what ``new_tender`` would make, or refuse as it would; makes nothing that stays."""
    if path.exists():
        raise FileExists(f"{path.name} is there already.", "Choose another name.")
    with tempfile.TemporaryDirectory() as folder:
        session, report = new_tender(
            Path(folder) / "tried.tender",
            workbook,
            person=person,
            clock=clock,
            tender_id="tried",
            via="dry run",
        )
        session.file.close()
    return report


def _refuse_unrankable(content: WorkbookContent, stage: Stage) -> None:
    if stage is Stage.PRICE and content.method is not None and content.method.award_rule is None:
        raise WorkbookProblems(
            [
                CellProblem(
                    "Tender",
                    None,
                    "Award rule",
                    "The workbook holds a finished evaluation but no award rule.",
                    "Write the published one, for example weighted total.",
                )
            ]
        )


def _digest(workbook: Path) -> str:
    return hashlib.sha256(workbook.read_bytes()).hexdigest()


def _fill(change: Change, content: WorkbookContent, stage: Stage, at: datetime) -> None:
    """Record what a set-up is made of, and the stage an evaluation made elsewhere arrives at."""
    if content.details is not None:
        recording.add_details(change, content.details)
    if content.method is not None:
        recording.set_method_draft(change, content.method)
    if stage is Stage.SET_UP:
        return
    now = situation(change.reader)
    methods.publish(change, now, at, VersionKind.ELSEWHERE)
    what = "a finished evaluation" if stage is Stage.PRICE else "scores"
    recording.add_stage(change, stage, f"The workbook holds {what} made elsewhere.")


def _bring(session: Session, content: WorkbookContent, stage: Stage, digest: str) -> Intake:
    kind = "workbook taken in" if stage is Stage.SET_UP else "evaluation made elsewhere taken in"
    ids = {"stage": str(stage)}
    with session.change(kind, ids, {"workbook": digest}) as change:
        intake = Intake(session, change, elsewhere=stage is not Stage.SET_UP)
        ids |= _counted(merging.everything(intake, content))
    return intake


def _counted(brought: dict[str, int]) -> dict[str, str]:
    return {name: str(number) for name, number in brought.items()}


def known_to(now: Situation, schemes: Mapping[str, Scheme] | None = None) -> Known:
    """Return what a workbook that is added to this tender may refer to.

    Args:
        now: the situation.
        schemes: certificates that may be named; None is the list of the product.
    """
    people = []
    for member in now.panel:
        person = now.people.get(member.person)
        if person is not None:
            people.append(KnownPerson(person.name, person.email))
    bidders = tuple((bidder.name, bidder.lots) for bidder in now.bidders)
    return Known(now.method, bidders, tuple(people), now.details, schemes)


def import_workbook(
    session: Session, workbook: Path, *, dry_run: bool = False, why: Why = NOTHING_SAID
) -> ImportReport:
    """Add to or correct a tender from a workbook, as far as its stage allows.

    What is in the tender already, equal to the letter, is passed over. One transaction: all of
    it or, on any refusal or in a dry run, nothing.

    Args:
        session: the open tender.
        workbook: the file.
        dry_run: only say what it would bring.
        why: reasons for what changes.

    Raises:
        WorkbookProblems: every problem of the workbook, or every row that the rules refuse.
        NotAllowedNow: a sheet would change what the stage no longer allows.
    """
    with session.reading() as reader:
        now, schemes = situation(reader), certificates.schemes_of(reader)
    content = _read(workbook, known_to(now, schemes))
    ids, texts = {"stage": str(now.stage)}, {"workbook": _digest(workbook)}
    if why.amendment is not None and content.method is not None:
        ids |= {"kind": str(why.amendment.kind), "approver": why.amendment.approver or ""}
        before, after = canonical_text(now.method), canonical_text(content.method)
        texts |= before_and_after("method", before, after)
    try:
        if _is_large(content) and not dry_run:
            session.file.back_up(session.clock())
        with session.change("workbook taken in", ids, texts, why.reason) as change:
            intake = Intake(session, change, False, why.amendment, why.reason, why.approver)
            order = _order(intake, content)
            brought = merging.everything(intake, content)
            if dry_run or not brought:
                raise _NothingKept(brought)
            if order:
                ids |= {"order before": order, "order after": _order(intake, content)}
            ids |= _counted(brought)
    except _NothingKept as outcome:
        brought = outcome.brought
    notes = (*content.notes, *intake.notes)
    return ImportReport(now.stage, brought, notes if brought else (*notes, "Nothing in it is new."))


def _is_large(content: WorkbookContent) -> bool:
    """Whether so much is to be merged that the file is backed up first."""
    rows = (content.responses, content.scores, content.agreed, content.prices)
    return sum(len(part) for part in rows) >= LARGE_MERGE


def _order(intake: Intake, content: WorkbookContent) -> str:
    """Return the order before or after a change of status, where people have seen one."""
    seen = intake.now.stage is Stage.PRICE and bool(content.statuses)
    return ranking.order_if_known(intake.change.reader, intake.now) if seen else ""


class _NothingKept(Exception):
    """Takes a dry run back."""

    def __init__(self, brought: dict[str, int]) -> None:
        self.brought = brought
        super().__init__()


def _read(workbook: Path, known: Known | None = None) -> WorkbookContent:
    # Its library is slow to load, and opening a file does without.
    from tendereval.exchange.workbook import read_workbook  # noqa: PLC0415

    return read_workbook(workbook, known)
