"""Confirming agreed scores in a working file, item by item, with room for dissent."""

from datetime import datetime

from tendereval.domain.bidding import Place
from tendereval.domain.errors import MissingAgreedScore, NotAllowedNow
from tendereval.domain.ids import PersonId
from tendereval.domain.moderation import AgreedScore, Confirmation
from tendereval.domain.packs import ReturnKind
from tendereval.services import moderating
from tendereval.services.session import Session
from tendereval.services.situation import situation
from tendereval.services.working_files import require_working_file
from tendereval.store.repository import Reader


def confirm(session: Session, place: Place, *, agrees: bool, dissent: str = "") -> None:
    """Record the evaluator's word on the agreed score at a place; changeable until returned.

    Args:
        session: the open working file.
        place: where.
        agrees: False is a dissent; the panel's score stands and the dissent is printed.
        dissent: the evaluator's own words; needed with a dissent, left out without.

    Raises:
        MissingAgreedScore: none came in a pack for that place.
        NotAllowedNow: another word on it was returned already.
        ReasonNeeded: a dissent without words.
    """
    require_working_file(session)
    person = session.actor.person
    with session.reading() as reader:
        now, agreed = situation(reader), reader.agreed_at(place)
        if agreed is None:
            raise MissingAgreedScore(
                f"There is no agreed score for {now.place_in_words(place)} to confirm.",
                "Open the record that the lead sent you.",
            )
        given = _word(reader, person, agreed)
        returned = given is not None and _is_returned(reader, given)
    words = "" if agrees else dissent
    if given is not None and (given.agrees, given.dissent) == (agrees, words):
        return
    if returned:
        raise NotAllowedNow(
            f"Your word on {now.place_in_words(place)} was returned already.",
            "Tell the lead if it was a mistake; a new record can be sent to you.",
        )
    moderating.confirm(session, person, place, agrees=agrees, dissent=words)


def confirmations_outstanding(session: Session) -> tuple[AgreedScore, ...]:
    """Return the agreed scores that wait for the evaluator's word, in order."""
    require_working_file(session)
    with session.reading() as reader:
        return outstanding(reader, session.actor.person)


def outstanding(reader: Reader, person: PersonId) -> tuple[AgreedScore, ...]:
    """Return the agreed scores of a file that wait for a person's word, in order."""
    given = _words(reader, person)
    return tuple(
        agreed for agreed in reader.agreed_scores() if (agreed.place, agreed.revision) not in given
    )


def current(reader: Reader, person: PersonId) -> tuple[tuple[Confirmation, datetime], ...]:
    """Return a person's word on each agreed score that stands, with when it was given."""
    given = _words(reader, person)
    found = (given.get((item.place, item.revision)) for item in reader.agreed_outlines())
    return tuple(
        (word, word.recorded_at)
        for word in found
        if word is not None and word.recorded_at is not None
    )


def _words(reader: Reader, person: PersonId) -> dict[tuple[Place, int], Confirmation]:
    every = (word for word in reader.confirmations() if word.person == person)
    return {(word.place, word.revision): word for word in every}


def is_returned(session: Session, place: Place) -> bool:
    """Whether the evaluator's word on a place was returned, so that it stays as it is."""
    with session.reading() as reader:
        agreed = reader.agreed_at(place)
        word = None if agreed is None else _word(reader, session.actor.person, agreed)
        return word is not None and _is_returned(reader, word)


def _word(reader: Reader, person: PersonId, agreed: AgreedScore) -> Confirmation | None:
    found = (
        item
        for item in reader.confirmations_at(agreed.place)
        if item.person == person and item.revision == agreed.revision
    )
    return next(found, None)


def _is_returned(reader: Reader, word: Confirmation) -> bool:
    at = word.recorded_at
    return at is not None and any(
        made.kind is ReturnKind.CONFIRMATION and made.made_at >= at
        for made in reader.returns_made()
    )
