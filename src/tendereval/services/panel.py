"""The panel: joining, leaving, declarations of interests and the decisions on them."""

from dataclasses import replace

from tendereval.domain.errors import ReasonNeeded, RuleRefusal
from tendereval.domain.evaluation import Declaration, InterestOutcome, PanelMember, Role
from tendereval.domain.ids import BidderId, PersonId
from tendereval.domain.stages import Act, Stage
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import recording
from tendereval.store.connection import FileKind
from tendereval.store.unit_of_work import Change, before_and_after

ASKED_ANEW = "to be declared anew"
"""Stands as the decision on a declaration that was made before the bidders' names were known."""


def is_asked_anew(declaration: Declaration) -> bool:
    """Whether a declaration is to be made again, now that the bidders' names are known."""
    return declaration.outcome is None and declaration.how == ASKED_ANEW


def add_member(session: Session, member: PanelMember, name: str, email: str = "") -> PersonId:
    """Add a person to the panel, or give a member another part.

    Args:
        session: the open tender.
        member: the part; its person and a blank label are filled in. Its reason says why, once
            scoring has begun.
        name: as the person is called.
        email: tells people of one name apart.

    Raises:
        NotAllowedNow: the stage does not allow it.
        ReasonNeeded: joining or changing after scoring has begun, without a reason.
    """
    with session.reading() as reader:
        now = situation(reader)
    now.require(Act.CHANGE_PANEL)
    reason_once_begun(now, member.reason)
    ids = {"role": str(member.role)}
    with session.change("panel member recorded", ids, reason=member.reason) as change:
        ids["person"] = join(change, member, name, email)
    return PersonId(ids["person"])


def join(change: Change, member: PanelMember, name: str, email: str) -> PersonId:
    """Record a member within the caller's transaction; the label is made where it is blank."""
    person = recording.find_or_add_person(change, name, email)
    panel = change.reader.panel()
    known = next((item for item in panel if item.person == person), None)
    label = known.label if known and known.role is member.role else _label(member.role, panel)
    recording.add_member(change, replace(member, person=person, label=member.label or label))
    return person


def _label(role: Role, panel: tuple[PanelMember, ...]) -> str:
    words = {
        Role.LEAD: "Lead evaluator",
        Role.EVALUATOR: "Evaluator",
        Role.COMMUNITY: "Community panel member",
        Role.MODERATOR: "Moderator",
        Role.APPROVER: "Approver",
        Role.OBSERVER: "Observer",
    }
    number = 1 + sum(item.role is role for item in panel)
    if role is Role.LEAD and number == 1:
        return words[role]
    taken = {item.label for item in panel}
    while f"{words[role]} {number}" in taken:
        number += 1
    return f"{words[role]} {number}"


def leave(
    session: Session, person: PersonId, reason: str, replaced_by: PersonId | None = None
) -> None:
    """Record that a member leaves; what the person scored is kept, marked "not used".

    Raises:
        ReasonNeeded: without a reason.
        UnknownReference: not on the panel.
        RuleRefusal: left already, or replaced by somebody who left.
    """
    with session.reading() as reader:
        now = situation(reader)
    now.require(Act.CHANGE_PANEL)
    member = now.member(person)
    if not reason.strip():
        raise ReasonNeeded("A member leaves with a reason.", "Say why; it is printed.")
    successor = None if replaced_by is None else now.member(replaced_by)
    if member.left or (successor and (successor.left or successor.person == person)):
        raise RuleRefusal("That person has left the panel.", "Choose somebody who is on it.")
    words, ids = reason, {"person": person}
    if successor is not None:
        # The label, not the name: a reason stays in the record when names are erased.
        words, ids["replaced by"] = f"{reason} Replaced by: {successor.label}.", successor.person
    with session.change("panel member left", ids, reason=words) as change:
        recording.add_member(change, replace(member, left=True, reason=words))


def declare(
    session: Session, person: PersonId, interest: str, bidders: tuple[BidderId, ...] = ()
) -> None:
    """Record a person's declaration of interests, a blank interest being "none".

    A new declaration replaces the one before and, where it names an interest, waits for a
    decision of its own; the old one is kept.

    Raises:
        NotAllowedNow: the stage does not allow it.
        UnknownReference: the person or a bidder is not in the tender.

    Source: Procurement Act 2023, ss.81 to 83.
    """
    own_file = session.file.kind is FileKind.SCORING
    with session.reading() as reader:
        now = situation(reader)
        packs = reader.packs_opened() if own_file else ()
    now.require(Act.DECLARE)
    now.member(person)
    # In a working file an interest may concern an organisation of the pack's list, by its name.
    listed = {name for manifest, _, _ in packs for name in manifest.organisations}
    for bidder in bidders:
        if bidder not in listed:
            now.bidder(bidder)
    earlier = now.declaration(person)
    texts = before_and_after("interest", earlier.interest if earlier else None, interest)
    ids = {"person": person, "bidders": ", ".join(bidders)}
    with session.change("interests declared", ids, texts) as change:
        recording.add_declaration(change, Declaration(person, interest.strip(), bidders))


def decide_interest(
    session: Session,
    person: PersonId,
    outcome: InterestOutcome,
    how: str,
    removed_for: frozenset[BidderId] = frozenset(),
) -> None:
    """Record the lead's decision on a declared interest.

    Args:
        session: the open tender; its person is not the one who declared.
        person: who declared.
        outcome: none, managed, removed for named bidders, or removed.
        how: how it is managed, or why it needs nothing; printed in the award report.
        removed_for: the bidders, for ``removed for bidders``.

    Raises:
        RuleRefusal: nothing was declared, one decides for oneself, or no bidder is named.
        ReasonNeeded: the decision says nothing of how.
    """
    with session.reading() as reader:
        now = situation(reader)
    now.require(Act.DECLARE)
    declaration = now.declaration(person)
    for bidder in removed_for:
        now.bidder(bidder)
    if declaration is None or not declaration.interest:
        raise RuleRefusal("This person has declared no interest.", "There is nothing to decide.")
    decided = replace(
        declaration,
        outcome=outcome,
        how=how.strip(),
        removed_for=removed_for if outcome is InterestOutcome.REMOVED_FOR_BIDDERS else frozenset(),
    )
    check_decided(now, decided, session.actor.person)
    ids = {"person": person, "outcome": str(outcome), "bidders": ", ".join(sorted(removed_for))}
    with session.change("interest decided", ids, reason=how.strip()) as change:
        recording.add_declaration(change, decided)


def check_decided(now: Situation, declaration: Declaration, decider: PersonId) -> None:
    """Refuse a decision on a declared interest that may not stand; an open one passes.

    Raises:
        RuleRefusal: decided by the person concerned, by an evaluator, or for no bidder.
        ReasonNeeded: the decision says nothing of how.
    """
    if not declaration.interest.strip() or declaration.outcome is None:
        return
    if declaration.person == decider:
        raise RuleRefusal(
            "Nobody decides on an interest of their own.", "Ask a colleague to record it."
        )
    leads = {item.person for item in now.panel if item.role is Role.LEAD and not item.left}
    scores_only = any(
        item.person == decider and (item.role.scores_by_default or item.role is Role.OBSERVER)
        for item in now.panel
    )
    if scores_only and declaration.person not in leads:
        raise RuleRefusal(
            "The lead evaluator decides on a declared interest.", "Ask the lead to record it."
        )
    if not declaration.how.strip():
        raise ReasonNeeded("A decision says how the interest is dealt with.", "Write it down.")
    removed = declaration.outcome is InterestOutcome.REMOVED_FOR_BIDDERS
    if removed and not declaration.removed_for:
        raise RuleRefusal(
            "“Removed for bidders” needs the bidders.", "Name those the person will not score."
        )


def reason_once_begun(now: Situation, reason: str) -> None:
    """Refuse a change of the panel without its reason once scoring has begun."""
    begun = now.stage.position >= Stage.SCORING.position
    if begun and not reason.strip():
        raise ReasonNeeded(
            "Scoring has begun; a change of the panel needs a reason.", "Say why; it is printed."
        )
