"""Who may make commitments from an answer: the lead and those who read it."""

from typing import Final

from tendereval.domain.bidding import Place
from tendereval.domain.errors import IncompleteRecord, NotTheirs, RuleRefusal
from tendereval.domain.evaluation import Role
from tendereval.domain.ids import PersonId
from tendereval.domain.stages import Act
from tendereval.services import scoring
from tendereval.services.situation import Situation

_READS_ALL: Final = {Role.LEAD, Role.MODERATOR}
_LOOKS_ON: Final = {Role.APPROVER, Role.OBSERVER}


def may_make(now: Situation, person: PersonId, place: Place) -> bool:
    """Whether a person may make commitments from an answer now."""
    try:
        now.require(Act.MAKE_COMMITMENT)
        check_reader(now, person, place)
    except (RuleRefusal, IncompleteRecord):
        return False
    return True


def check_reader(now: Situation, person: PersonId, place: Place) -> None:
    """Refuse somebody who does not read this answer.

    The lead and moderators read every answer, those who score read what they are asked to
    score; nobody an answer of a bidder from whom the lead's decision removed them.

    Raises:
        NotTheirs: the person does not.
        NotDeclared: a person who scores has not declared interests, or awaits the decision.
        UnknownReference: not on the panel, or no such bidder.
    """
    where = now.place_in_words(place)
    member = now.member(person)
    declaration = now.declaration(person)
    removed = (
        declaration is not None and declaration.is_settled and not declaration.allows(place.bidder)
    )
    if member.left or member.role in _LOOKS_ON:
        raise NotTheirs(
            f"{now.name(person)} makes no commitments.",
            "The lead evaluator and those who read the answer do.",
        )
    if removed:
        raise NotTheirs(
            f"{now.name(person)} was removed from this bidder: {where}.",
            "The lead evaluator and those who read the answer do this.",
        )
    if member.role in _READS_ALL:
        return
    scoring.check_declared(now, person)
    if all(item.place != place for item in now.asked(person, place.bidder)):
        raise NotTheirs(
            f"{now.name(person)} is not asked to score this: {where}.",
            "Those who read the answer make commitments from it.",
        )
