"""Collecting: look at returns first, then merge all of them or none.

Looking writes nothing. Collecting makes a back-up, merges exactly what was looked at in one
transaction, and refuses where the tender changed in between. What was signed is kept in the
record, what arrived beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from tendereval.domain.errors import (
    FileProblem,
    NotAllowedNow,
    ReasonNeeded,
    UnreadableWorkbook,
    UserFixable,
    WorkbookProblems,
)
from tendereval.domain.ids import PersonId
from tendereval.domain.packs import Disposition, PublicKeys, Receipt, ReturnKind
from tendereval.services import agreeing, collecting_files, tender_keys
from tendereval.services.collecting_checks import Arrived
from tendereval.services.collecting_ledger import Ledger
from tendereval.services.collecting_plan import Plan, judge, put_aside
from tendereval.services.collecting_report import CollectDone, ReturnReport, Verdict
from tendereval.services.held_returns import HeldReturn, held, take_in_held
from tendereval.services.progress import NullProgress, Progress
from tendereval.services.session import Session
from tendereval.services.situation import situation
from tendereval.store import pack_recording, public_value, recording
from tendereval.store.connection import FileKind
from tendereval.store.pack_questions import Collected
from tendereval.store.repository import Reader
from tendereval.store.unit_of_work import Change

__all__ = [
    "CollectDone",
    "Collection",
    "HeldReturn",
    "ReturnReport",
    "Verdict",
    "accept_key",
    "collect",
    "held",
    "look_at_returns",
    "look_without",
    "take_in_held",
]
MOST_FILES: Final = 500


@dataclass(frozen=True, slots=True)
class Collection:
    """Returns that were looked at together, in the order in which they would be merged.

    Attributes:
        reports: one per file, in that order; files that could not be read come last.
        head: hash of the newest entry of the record at that moment.
        passed_over: workbooks in a folder that are not for scoring, by name.
    """

    reports: tuple[ReturnReport, ...]
    head: str
    plans: tuple[Plan, ...] = field(default=(), repr=False)
    arrived: tuple[Arrived, ...] = field(default=(), repr=False)
    passed_over: tuple[str, ...] = ()
    secrets: tuple[str, ...] = field(default=(), repr=False)

    @property
    def refused(self) -> tuple[ReturnReport, ...]:
        """Those that stand in the way of collecting."""
        return tuple(item for item in self.reports if item.is_refused)

    @property
    def stale(self) -> tuple[ReturnReport, ...]:
        """Those that are collected only if the lead insists, with a reason."""
        return tuple(item for item in self.reports if item.verdict is Verdict.STALE)

    @property
    def changes_nothing(self) -> bool:
        """Whether every one of them was collected before."""
        return all(item.verdict is Verdict.KNOWN for item in self.reports)


def look_at_returns(
    session: Session, paths: Sequence[Path], progress: Progress | None = None
) -> Collection:
    """Return what is in some returns and what collecting them would do; writes nothing.

    Args:
        session: the open tender, with the identity that opens its keys.
        paths: signed returns, scoring workbooks, and folders of them.
        progress: told about each file.

    Raises:
        KeysNeeded: the tender's keys cannot be opened with the identity at hand.
        FileProblem: a folder holds none, or far too many.
        NotAllowedNow: this is not the lead's file.
    """
    if session.file.kind is not FileKind.TENDER:
        raise NotAllowedNow(
            "Returns are collected in the lead's tender file; this is an evaluator's working file.",
            "Send the return to the lead.",
        )
    watching = progress or NullProgress()
    files = tuple(dict.fromkeys(collecting_files.files_in(paths)))
    if len(files) > MOST_FILES:
        raise FileProblem(
            f"{len(files):,} files are more than {MOST_FILES}.", "Collect them in parts."
        )
    secrets = collecting_files.secrets_for(session, files)
    stays = collecting_files.stay_at_hand(files)
    arrived: list[Arrived] = []
    unread: list[ReturnReport] = []
    passed_over: list[str] = []
    for number, path in enumerate(files):
        watching.step(number, 2 * len(files), path.name)
        try:
            arrived.append(collecting_files.looked_at(session, path, secrets, stays=stays))
        except UnreadableWorkbook as refusal:
            if path in paths:
                unread.append(_unread(path.name, refusal))
            else:
                passed_over.append(path.name)
        except UserFixable as refusal:
            unread.append(_unread(path.name, refusal))
    looked = _looked_at(session, arrived, unread, secrets, watching)
    return replace(looked, passed_over=tuple(passed_over))


def _unread(name: str, refusal: UserFixable) -> ReturnReport:
    return ReturnReport(name, Verdict.REFUSED, refusal=refusal)


def look_without(session: Session, collection: Collection, names: Sequence[str]) -> Collection:
    """Return what collecting would do without the files of these names."""
    arrived = [item for item in collection.arrived if item.name not in names]
    known = {item.name for item in collection.arrived}
    unread = [item for item in collection.reports if item.name not in {*known, *names}]
    looked = _looked_at(session, arrived, unread, collection.secrets, NullProgress())
    return replace(looked, passed_over=collection.passed_over)


def _looked_at(
    session: Session,
    arrived: list[Arrived],
    unread: list[ReturnReport],
    secrets: tuple[str, ...],
    progress: Progress,
) -> Collection:
    arrived.sort(key=lambda item: (item.body.made_at, item.sha256))
    last = {item.body.evaluator: number for number, item in enumerate(arrived)}
    total = len(arrived)
    reports: list[ReturnReport] = []
    plans: list[Plan] = []
    with session.reading() as reader:
        ledger, head = Ledger(reader), reader.head().hash
        for number, item in enumerate(arrived):
            progress.step(total + number, 2 * total, item.name)
            report, plan = _judged(ledger, item, secrets)
            reports.append(report)
            if plan is not None:
                plans.append(plan)
            if last[item.body.evaluator] == number:
                ledger.forget(item.body.evaluator)
    return Collection((*reports, *unread), head, tuple(plans), tuple(arrived), secrets=secrets)


def _judged(
    ledger: Ledger, item: Arrived, secrets: Sequence[str]
) -> tuple[ReturnReport, Plan | None]:
    """Judge one return; one that was put aside is in memory only meanwhile."""
    try:
        whole = collecting_files.fetched(item, secrets)
    except UserFixable as refusal:
        return _unread(item.name, refusal), None
    report, plan = judge(ledger, whole)
    return report, plan if plan is None or whole is item else put_aside(plan, item)


def collect(session: Session, collection: Collection, insist: str = "") -> CollectDone:
    """Merge everything that was looked at, or nothing.

    Args:
        session: the open tender, with the identity that opens its keys.
        collection: what ``look_at_returns`` found. What stayed at hand is not read again;
            what did not must be as it was.
        insist: why returns older than those held are taken all the same; blank refuses them.

    Returns:
        What was done, with a receipt for each signed return.

    Raises:
        UserFixable: the first refusal of the look.
        StaleReturn: one is older than one held, and no reason was given.
        NotAllowedNow: the tender, or a file that is read again, changed since the look.
        KeysNeeded: receipts cannot be signed.
    """
    for item in collection.reports:
        stopped = item.is_refused or (item.verdict is Verdict.STALE and not insist.strip())
        if stopped and item.refusal is not None:
            raise _named(item, item.refusal)
    receipts = _receipts(session, collection.arrived)
    if not collection.plans:
        return CollectDone(collection.reports, receipts=receipts)
    with session.reading() as reader:
        _check_unchanged(collection, reader.head().hash)
    backup = session.file.back_up(session.clock())
    reason = insist.strip() if collection.stale else ""
    kind, ids = _entry(collection.plans)
    scores = words = promises = 0
    with session.change(kind, ids, reason=reason) as change:
        _check_unchanged(collection, change.reader.head().hash)
        for outline in collection.plans:
            plan = _whole(change.reader, outline, collection.secrets)
            _merge(session, change, plan)
            scores += len(plan.scores)
            words += len(plan.confirmations)
            promises += len(plan.promises.fresh)
            del plan
    return CollectDone(collection.reports, scores, words, receipts, backup, promises)


def _named(report: ReturnReport, refusal: UserFixable) -> UserFixable:
    """Return a refusal that says which file it is about."""
    if isinstance(refusal, WorkbookProblems):
        return refusal
    return type(refusal)(f"{report.name}: {refusal.happened}", refusal.do, refusal.kept)


def _receipts(session: Session, arrived: Sequence[Arrived]) -> tuple[Receipt, ...]:
    signed = tuple(dict.fromkeys(item.sha256 for item in arrived if item.is_signed))
    if not signed:
        return ()
    keys = tender_keys.unlocked(session)
    return tuple(tender_keys.receipt_for(keys, sha256) for sha256 in signed)


def _check_unchanged(collection: Collection, head: str) -> None:
    if head != collection.head:
        raise _changed()


def _changed() -> NotAllowedNow:
    return NotAllowedNow(
        "The tender was changed since these returns were looked at.",
        "Look at them again, then collect.",
    )


def _entry(plans: Sequence[Plan]) -> tuple[str, dict[str, str]]:
    """Return what the record says: one entry for everything that is merged together."""
    kinds = {plan.arrived.body.kind for plan in plans}
    apart = [plan for plan in plans if plan.disposition is Disposition.HELD]
    kind = "return collected"
    if kinds == {ReturnKind.CONFIRMATION}:
        kind = "confirmations collected"
    elif len(apart) == len(plans):
        kind = "return held apart"
    ids = {
        "person": ", ".join(dict.fromkeys(plan.arrived.body.evaluator for plan in plans)),
        "sha256": ", ".join(plan.arrived.sha256 for plan in plans),
    }
    if apart and len(apart) < len(plans):
        ids["held apart"] = ", ".join(plan.arrived.sha256 for plan in apart)
    stale = [plan.arrived.sha256 for plan in plans if plan.stale is not None]
    if stale:
        ids["older than held"] = ", ".join(stale)
    return kind, ids


def _whole(reader: Reader, plan: Plan, secrets: Sequence[str]) -> Plan:
    """Return a plan with everything it adds; a return that was put aside is judged anew."""
    whole = collecting_files.fetched(plan.arrived, secrets)
    if whole is plan.arrived:
        return plan
    _report, again = judge(Ledger(reader), whole)
    if again is None or again.disposition is not plan.disposition:
        raise _changed()
    return again


def _merge(session: Session, change: Change, plan: Plan) -> None:
    at, arrived = session.clock(), plan.arrived
    body = arrived.body
    if plan.keys is not None:
        pack_recording.add_contact_key(change, body.evaluator, plan.keys, "first return")
    if plan.declaration is not None:
        recording.add_declaration(change, plan.declaration)
    for word in plan.confirmations:
        recording.add_confirmation(change, word, word.recorded_at or at)
    if plan.scores:
        recording.append_returned(change, body.evaluator, plan.scores)
    _put_promises(change, plan)
    pack_recording.add_collected(change, _kept(plan), arrived.plain, arrived.sealed)
    if plan.confirmations and agreeing.prices_known(change.reader):
        now = situation(change.reader)
        places = {word.place for word in plan.confirmations}
        for agreed in change.reader.agreed_outlines():
            if agreed.place in places:
                agreeing.complete_reopenings(change, now, agreed, at)


def _put_promises(change: Change, plan: Plan) -> None:
    for item in plan.promises.fresh:
        public_value.set_commitment(change, item)
    for item in plan.promises.returned:
        public_value.set_returned_commitment(change, item)


def _kept(plan: Plan) -> Collected:
    arrived = plan.arrived
    body = arrived.body
    return Collected(
        body.evaluator,
        body.kind,
        arrived.source,
        arrived.sha256,
        body.pack,
        body.method_version,
        body.opened_at,
        body.made_at,
        body.complete,
        plan.disposition,
        arrived.signing,
        body.question,
    )


def accept_key(session: Session, person: PersonId, keys: PublicKeys, reason: str) -> None:
    """Record that a person signs with other keys from now on.

    Args:
        session: the open tender.
        person: who.
        keys: the new ones, as a refused return or a new contact card showed them.
        reason: why, and how it was made sure that they are the person's.

    Raises:
        ReasonNeeded: without a reason.
        UnknownReference: the person is not on the panel.
        NotAllowedNow: these keys are known for the person already.
    """
    from tendereval.exchange.words import fingerprint  # noqa: PLC0415

    if not reason.strip():
        raise ReasonNeeded(
            "Another key is accepted with a reason.",
            "Say how you made sure that it is the person's own, for example by telephone.",
        )
    with session.reading() as reader:
        now, known = situation(reader), reader.contact_keys().get(person)
    now.member(person)
    if known == keys:
        raise NotAllowedNow(
            f"The key {fingerprint(keys)} is known for {now.name(person)} already.",
            "Collect the return.",
        )
    ids = {"person": person, "signing": keys.signing}
    with session.change("other key accepted", ids, reason=reason.strip()) as change:
        pack_recording.add_contact_key(change, person, keys, "accepted by the lead")
