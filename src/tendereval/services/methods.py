"""Versions of the published method: publishing, amending, correcting."""

from dataclasses import dataclass
from datetime import date, datetime

from tendereval.domain.completeness import method_gaps
from tendereval.domain.errors import MethodIncomplete, NotAllowedNow, ReasonNeeded, RuleRefusal
from tendereval.domain.ids import PersonId
from tendereval.domain.method_text import canonical_text, fingerprint
from tendereval.domain.stages import Act
from tendereval.domain.tender import (
    ContractKind,
    Method,
    MethodVersion,
    Procedure,
    TenderDetails,
    VersionKind,
)
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import recording
from tendereval.store.unit_of_work import Change, before_and_after


@dataclass(frozen=True, slots=True)
class Amendment:
    """Why a published method changes and what the law asks for with it.

    Attributes:
        kind: amendment, refinement, modification or transcription correction.
        reason: what changed and why; for a correction, where the published text stands.
        republished_on: date of the republication; needed but for a correction.
        approver: a second person; needed for a correction only.
    """

    kind: VersionKind
    reason: str
    republished_on: date | None = None
    approver: PersonId | None = None


def publish(
    change: Change, now: Situation, at: datetime, kind: VersionKind, reason: str = ""
) -> None:
    """Freeze the draft as the next version, within the caller's transaction.

    A method that was published before and has changed since is amended by publishing it
    again: the day it is done is that of its republication.

    Raises:
        ReasonNeeded: changed since it was published, and nothing says why.
    """
    republished = None
    if now.versions and canonical_text(now.versions[-1].method) != canonical_text(now.method):
        if not reason.strip():
            raise ReasonNeeded(
                "The method was published before and has changed since.",
                "Say why it is amended; the version before is kept.",
            )
        kind, republished = VersionKind.AMENDMENT, at.date()
    version = MethodVersion(
        now.version_number + 1,
        kind,
        now.method,
        fingerprint(now.method),
        at,
        reason,
        republished,
    )
    recording.add_version(change, version, canonical_text(now.method))


def amend_method(session: Session, method: Method, amendment: Amendment) -> int:
    """Publish a changed method as a new version; every earlier one is kept.

    Returns:
        The number of the new version. Scores keep the number they were given under; those of
        criteria whose meaning changed have to be given again.

    Raises:
        NotAllowedNow: the stage, the procedure or the deadline does not allow this kind.
        ReasonNeeded: no reason, or no date of republication.
        RuleRefusal: a correction without a second person, or nothing changed.

    Source: Procurement Act 2023, s.31 (modifying, until the tender deadline in an open
        procedure, with republication) and s.24 (refining).
    """
    with session.reading() as reader:
        now = situation(reader)
    texts = before_and_after("method", canonical_text(now.method), canonical_text(method))
    ids = {"kind": str(amendment.kind), "approver": amendment.approver or ""}
    with session.change("method amended", ids, texts, amendment.reason) as change:
        return put_amended(change, now, method, amendment, session).number


def put_amended(
    change: Change, now: Situation, method: Method, amendment: Amendment, session: Session
) -> MethodVersion:
    """Record an amended method within the caller's transaction; see ``amend_method``."""
    at = session.clock()
    _check(now, amendment, session.actor.person, at)
    if canonical_text(method) == canonical_text(now.method):
        raise RuleRefusal("The method is the same as the one in force.", "Change it first.")
    known = method_gaps(now.details, now.method)
    gaps = [gap for gap in method_gaps(now.details, method) if gap not in known]
    if gaps:
        raise MethodIncomplete(gaps, "The changed method cannot be published")
    version = MethodVersion(
        now.version_number + 1,
        amendment.kind,
        method,
        fingerprint(method),
        at,
        amendment.reason,
        amendment.republished_on,
    )
    recording.add_version(change, version, canonical_text(method), amendment.approver)
    return version


def _check(now: Situation, amendment: Amendment, person: PersonId, at: datetime) -> None:
    if not amendment.reason.strip():
        raise ReasonNeeded("A changed method needs a reason.", "Say what changed and why.")
    check_kind(now, amendment.kind, at)
    if amendment.kind is VersionKind.CORRECTION:
        _second_person(now, amendment, person)
    else:
        _republished(amendment)


def check_kind(now: Situation, kind: VersionKind, at: datetime) -> None:
    """Refuse a kind of version that the stage, the procedure or the deadline does not allow.

    Raises:
        NotAllowedNow: not at this stage, or not any more.
        RuleRefusal: no published method is changed by this kind.
    """
    match kind:
        case VersionKind.AMENDMENT:
            now.require(Act.AMEND_METHOD)
            _before_the_deadline(now.details, at)
        case VersionKind.REFINEMENT:
            now.require(Act.REFINE_METHOD)
            _may_refine(now.details)
        case VersionKind.MODIFICATION:
            now.require(Act.REFINE_METHOD)
            _may_modify(now.details)
        case VersionKind.CORRECTION:
            now.require(Act.CORRECT_METHOD)
        case _:
            raise RuleRefusal(
                f"A published method is not changed by a version of kind {kind!r}.",
                "Choose amendment, refinement, modification or transcription correction.",
            )


def _before_the_deadline(details: TenderDetails, at: datetime) -> None:
    if details.deadline is not None and at > details.deadline:
        raise NotAllowedNow(
            "The tender deadline has passed; award criteria can no longer be amended.",
            "Where the file differs from what was published, make a transcription correction "
            "with a second person.",
        )


def _may_refine(details: TenderDetails) -> None:
    if details.procedure is not Procedure.COMPETITIVE_FLEXIBLE:
        raise NotAllowedNow(
            "Criteria are refined in a competitive flexible procedure only.",
            "Before the deadline, publish an amendment.",
        )
    if not details.refinement_provided_for:
        raise NotAllowedNow(
            "The tender notice does not provide for refining criteria.",
            "Keep the criteria as published.",
        )


def _may_modify(details: TenderDetails) -> None:
    flexible = details.procedure is Procedure.COMPETITIVE_FLEXIBLE
    if not flexible and details.contract_kind is not ContractKind.LIGHT_TOUCH:
        raise NotAllowedNow(
            "Terms are modified after the deadline in a competitive flexible procedure or for a "
            "light touch contract only.",
            "Keep the method as published.",
        )


def _republished(amendment: Amendment) -> None:
    if amendment.republished_on is None:
        raise ReasonNeeded(
            "A changed method counts from its republication.", "Give the date it was republished."
        )


def _second_person(now: Situation, amendment: Amendment, person: PersonId) -> None:
    member = None if amendment.approver is None else now.member(amendment.approver)
    if member is None or member.left or member.person == person:
        raise RuleRefusal(
            "A transcription correction needs a second person who approves it.",
            "Name somebody of the panel other than yourself.",
        )
