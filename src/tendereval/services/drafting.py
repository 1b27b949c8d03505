"""The method while people work on it: text being typed, references, an amendment not published."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from tendereval.domain import method_editing
from tendereval.domain.bidding import Place
from tendereval.domain.errors import RuleRefusal
from tendereval.domain.ids import BidderId, CriterionId
from tendereval.domain.method_text import canonical_text
from tendereval.domain.scale import ScoringScale
from tendereval.domain.stages import Act, Stage
from tendereval.domain.tender import Method, VersionKind
from tendereval.exchange import scales
from tendereval.services import methods
from tendereval.services.methods import Amendment
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import beside_record, mapping, recording
from tendereval.store.unit_of_work import before_and_after

_KIND = "amendment"
_NOWHERE = Place(BidderId(""), CriterionId(""), None)
AMENDING = (
    VersionKind.AMENDMENT,
    VersionKind.REFINEMENT,
    VersionKind.MODIFICATION,
    VersionKind.CORRECTION,
)
"""The kinds of version that change a published method."""


@dataclass(frozen=True, slots=True)
class KeptAmendment:
    """A changed method that one person prepares and nobody is bound by yet.

    Attributes:
        version: number of the version it starts from.
    """

    kind: VersionKind
    version: int
    method: Method


def built_in_scales() -> tuple[ScoringScale, ...]:
    """Return the scales that come with the product, for copying; pass/fail is not among them."""
    return tuple(scale for scale in scales.built_in_scales() if scale.name != "pass/fail")


def write_template(path: Path) -> None:
    """Write the empty set-up workbook; no tender is touched.

    Raises:
        FileProblem: the file cannot be written there.
    """
    # Its library is slow to load and hardly ever needed here.
    from tendereval.exchange.template import write_template as write  # noqa: PLC0415

    write(path)


def keep_method_typing(session: Session, method: Method) -> None:
    """Keep a draft with text that is still being typed; ``define_method`` records it later.

    Raises:
        NotAllowedNow: the method is published.
    """
    with session.reading() as reader:
        situation(reader).require(Act.EDIT_METHOD)
    with session.file.beside() as change:
        recording.set_method_draft(change, method)


def rename_criterion(session: Session, old: str, new: str) -> None:
    """Give a criterion another reference, in the draft and in what the panel is asked to score.

    Raises:
        NotAllowedNow: the method is published.
        RuleRefusal: the reference is taken or empty, or answers are recorded under the old one.
    """
    now = _draft(session, old)
    method = method_editing.rename_criterion(now.method, old, new)
    name = CriterionId(new.strip())
    with session.change("method drafted", texts=_texts(now.method, method)) as change:
        recording.set_method_draft(change, method)
        for member in now.panel:
            if member.questions is not None and old in member.questions:
                questions = (member.questions - {CriterionId(old)}) | {name}
                recording.add_member(change, replace(member, questions=questions))


def remove_criterion(session: Session, ref: str) -> None:
    """Take a criterion and everything under it out of the draft, and off the panel's lists.

    Raises:
        NotAllowedNow: the method is published.
        RuleRefusal: answers are recorded for one of them.
    """
    now = _draft(session, ref)
    gone = frozenset(row.ref for row in method_editing.with_all_below(now.method, ref))
    method = method_editing.remove_criterion(now.method, ref)
    with session.change("method drafted", texts=_texts(now.method, method)) as change:
        recording.set_method_draft(change, method)
        for member in now.panel:
            if member.questions is not None and member.questions & gone:
                recording.add_member(change, replace(member, questions=member.questions - gone))


def _draft(session: Session, ref: str) -> Situation:
    with session.reading() as reader:
        now = situation(reader)
        now.require(Act.EDIT_METHOD)
        refs = {row.ref for row in method_editing.with_all_below(now.method, ref)}
        answered = sorted({one.place.criterion for one in reader.responses()} & refs)
    if answered:
        raise RuleRefusal(
            f"Answers are recorded for {', '.join(answered)}.",
            "Change the answers under Bids first.",
        )
    return now


def _texts(before: Method, after: Method) -> dict[str, str]:
    return before_and_after("method", canonical_text(before), canonical_text(after))


def keep_amendment(session: Session, kind: VersionKind, method: Method) -> None:
    """Keep a changed method that is being prepared; the one in force stays in force.

    Raises:
        NotAllowedNow: this kind of change is not possible now.
    """
    at = session.clock()
    with session.reading() as reader:
        now = situation(reader)
    methods.check_kind(now, kind, at)
    text: dict[str, str | None] = {
        "kind": _KIND,
        "points": str(now.version_number),
        "state": str(kind),
        "body": mapping.to_json(method),
    }
    with session.file.beside() as change:
        beside_record.keep_working_text(change, session.actor.person, _NOWHERE, text, at)


def kept_amendment(session: Session) -> KeptAmendment | None:
    """Return the amendment that the person at work prepares; None where there is none."""
    with session.reading() as reader:
        text = reader.working_text(session.actor.person, _KIND, _NOWHERE)
        stage = reader.stage()
    if text is None or stage is Stage.SET_UP:
        return None
    kind, number = VersionKind(text["state"]), int(text["points"])
    return KeptAmendment(kind, number, mapping.method_of(text["body"]))


def drop_amendment(session: Session) -> None:
    """Give up an amendment that was not published."""
    with session.file.beside() as change:
        beside_record.drop_working_text(change, session.actor.person, _KIND, _NOWHERE)


def publish_amendment(session: Session, amendment: Amendment) -> int:
    """Publish the amendment that was prepared and return the number of the new version.

    Raises:
        RuleRefusal: none was prepared, or the method changed underneath it.
        NotAllowedNow, ReasonNeeded, MethodIncomplete: see ``methods.amend_method``.
    """
    kept = kept_amendment(session)
    with session.reading() as reader:
        now = situation(reader)
    if kept is None or kept.version != now.version_number:
        raise RuleRefusal(
            "The method was changed by somebody else since this amendment was begun.",
            "Discard it and begin again from the version in force.",
        )
    number = methods.amend_method(session, kept.method, amendment)
    drop_amendment(session)
    return number


def possible_amendments(now: Situation, at: datetime) -> tuple[tuple[VersionKind, str], ...]:
    """Return each kind of change of a published method and why it is not possible now, if so."""
    return tuple((kind, _why_not(now, kind, at)) for kind in AMENDING)


def _why_not(now: Situation, kind: VersionKind, at: datetime) -> str:
    try:
        methods.check_kind(now, kind, at)
    except RuleRefusal as refusal:
        return refusal.happened
    return ""


def unscored(now: Situation) -> Iterator[CriterionId]:
    """Yield the scored questions that nobody on the panel is asked to score, in order."""
    for row in now.method.criteria:
        lots = [row.lot] if row.lot else [lot.ref for lot in now.method.lots]
        members = [item for item in now.panel if not item.left]
        asked = any(item.is_asked_to_score(row, lot) for item in members for lot in lots)
        if row.kind.is_scored and not asked:
            yield row.ref
