"""The panel: joining, leaving, declarations of interests and the decisions on them."""

from dataclasses import replace

from tendereval.domain.errors import ReasonNeeded, RuleRefusal
from tendereval.domain.evaluation import Declaration, InterestOutcome, PanelMember, Role
from tendereval.domain.ids import BidderId, PersonId
from tendereval.domain.stages import Act, Stage
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import recording
from tendereval.store.unit_of_work import Change, before_and_after


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
    _reason_once_begun(now, member.reason)
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
    return words[role] if role is Role.LEAD and number == 1 else f"{words[role]} {number}"


def leave(session: Session, person: PersonId, reason: str, replaced_by: str = "") -> None:
    """Record that a member leaves; what the person scored is kept, marked "not used".

    Raises:
        ReasonNeeded: without a reason.
        UnknownReference: not on the panel.
    """
    with session.reading() as reader:
        now = situation(reader)
    now.require(Act.CHANGE_PANEL)
    member = now.member(person)
    if not reason.strip():
        raise ReasonNeeded("A member leaves with a reason.", "Say why; it is printed.")
    words = f"{reason} Replaced by {replaced_by}." if replaced_by else reason
    ids = {"person": person, "replaced by": replaced_by} if replaced_by else {"person": person}
    with session.change("panel member left", ids, reason=reason) as change:
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
    with session.reading() as reader:
        now = situation(reader)
    now.require(Act.DECLARE)
    now.member(person)
    for bidder in bidders:
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
    _check_decision(declaration, session.actor.person, outcome, how, removed_for)
    assert declaration is not None  # noqa: S101 - checked just above
    decided = replace(
        declaration,
        outcome=outcome,
        how=how.strip(),
        removed_for=removed_for if outcome is InterestOutcome.REMOVED_FOR_BIDDERS else frozenset(),
    )
    ids = {"person": person, "outcome": str(outcome), "bidders": ", ".join(sorted(removed_for))}
    with session.change("interest decided", ids, reason=how.strip()) as change:
        recording.add_declaration(change, decided)


def _check_decision(
    declaration: Declaration | None,
    decider: PersonId,
    outcome: InterestOutcome,
    how: str,
    removed_for: frozenset[BidderId],
) -> None:
    if declaration is None or not declaration.interest:
        raise RuleRefusal("This person has declared no interest.", "There is nothing to decide.")
    if declaration.person == decider:
        raise RuleRefusal(
            "Nobody decides on an interest of their own.", "Ask a colleague to record it."
        )
    if not how.strip():
        raise ReasonNeeded("A decision says how the interest is dealt with.", "Write it down.")
    if outcome is InterestOutcome.REMOVED_FOR_BIDDERS and not removed_for:
        raise RuleRefusal(
            "“Removed for bidders” needs the bidders.", "Name those the person will not score."
        )


def _reason_once_begun(now: Situation, reason: str) -> None:
    begun = now.stage.position >= Stage.SCORING.position
    if begun and not reason.strip():
        raise ReasonNeeded(
            "Scoring has begun; a change of the panel needs a reason.", "Say why; it is printed."
        )
