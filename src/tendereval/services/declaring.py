"""Declaring interests in a working file, and what a pack says about it; decides nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tendereval.domain.errors import NotDeclared, UnknownReference
from tendereval.domain.evaluation import Declaration
from tendereval.domain.ids import BidderId
from tendereval.domain.packs import Manifest, PackKind, ReturnedDeclaration
from tendereval.services import panel
from tendereval.services.session import Session
from tendereval.services.situation import Situation
from tendereval.services.working_files import newest_pack, packs_of, require_working_file
from tendereval.store import recording
from tendereval.store.repository import Reader
from tendereval.store.unit_of_work import Change

_NOTHING_BEFORE = "Nothing was declared while the bidders' names were hidden."


def declare(session: Session, interest: str, organisations: Sequence[str] = ()) -> None:
    """Record the evaluator's declaration of interests, a blank interest being "none".

    Args:
        session: the open working file.
        interest: in the person's own words.
        organisations: names of the pack's list that it concerns, compared without case.

    Raises:
        UnknownReference: a name is not on the list.
    """
    require_working_file(session)
    with session.reading() as reader:
        listed = newest_pack(packs_of(reader), PackKind.SCOREPACK).organisations
    known = {name.casefold(): name for name in listed}
    for name in organisations:
        if name.strip().casefold() not in known:
            raise UnknownReference(
                f"{name!r} is not on the list of organisations.",
                "Choose from the list, and name others in your own words.",
            )
    concerned = [BidderId(known[name.strip().casefold()]) for name in organisations]
    concerned = concerned if interest.strip() else []
    panel.declare(session, session.actor.person, interest, tuple(dict.fromkeys(concerned)))


def returned(reader: Reader, now: Situation, declaration: Declaration) -> ReturnedDeclaration:
    """Return a declaration as it travels: organisations by their names.

    Raises:
        NotDeclared: it is to be made anew.
    """
    if panel.is_asked_anew(declaration):
        raise NotDeclared(
            "The bidders' names are known now, so interests are to be declared anew.",
            "Declare, then return.",
        )
    hidden = newest_pack(packs_of(reader)).names_hidden
    names = {item.id: item.name for item in now.bidders}
    # An alias is no organisation of the list: what the lead decided stands for it.
    found = (names.get(item, str(item)) for item in declaration.bidders)
    organisations = tuple(name for name in found if not hidden or name not in names.values())
    return ReturnedDeclaration(declaration.interest, organisations, declared_at(reader))


def declared_at(reader: Reader) -> datetime:
    """Return when the evaluator declared here; else when the first pack brought it."""
    made = [entry for entry in reader.entries() if entry.kind == "interests declared"]
    if made:
        return datetime.fromisoformat(made[-1].at_local)
    return reader.packs_opened()[0][2]


def put_declaration(
    change: Change, manifest: Manifest, before: Sequence[Manifest]
) -> tuple[str, ...]:
    """Record what a pack brings about the evaluator's interests, in the caller's transaction.

    The lead's word holds for the declaration that the lead has; one made here since stays
    until it is returned.

    Returns:
        What is new, in sentences.
    """
    reader, person = change.reader, manifest.evaluator.person
    own = next((item for item in reader.declarations() if item.person == person), None)
    theirs = manifest.declaration
    # A pack that reveals names brings no declaration that was made before.
    revealed = bool(before) and before[-1].names_hidden and not manifest.names_hidden
    if theirs is None:
        return _ask_anew(change, own) if revealed else ()
    if own is not None and not revealed and not _reached(reader, manifest, own, theirs):
        return ()
    if own is None:
        recording.add_declaration(change, theirs)
        return ()
    concerned = own.bidders if _same_words(own, theirs) else theirs.bidders
    taken = replace(theirs, bidders=concerned)
    if taken == own:
        return ()
    recording.add_declaration(change, taken)
    if taken.outcome is None or taken.outcome == own.outcome:
        return ("The lead holds another declaration of yours; it is here now.",)
    if not taken.interest.strip():
        return ()
    return (f"The lead has decided on your declared interest: {taken.outcome}.",)


def _reached(reader: Reader, manifest: Manifest, own: Declaration, theirs: Declaration) -> bool:
    """Whether the lead had the declaration that stands here when the pack was made."""
    if panel.is_asked_anew(own):
        return True
    made_here = any(entry.kind == "interests declared" for entry in reader.entries())
    if not made_here:
        return True
    since = declared_at(reader)
    collected = {receipt.sha256 for receipt in (*manifest.receipts, *reader.receipts())}
    if any(made.made_at >= since and made.sha256 in collected for made in reader.returns_made()):
        return True
    return own.outcome is None and own.bidders == theirs.bidders and _same_words(own, theirs)


def _same_words(own: Declaration, theirs: Declaration) -> bool:
    return own.interest.strip() == theirs.interest.strip()


def _ask_anew(change: Change, own: Declaration | None) -> tuple[str, ...]:
    if own is None or panel.is_asked_anew(own):
        return ()
    words = own.interest.strip() or _NOTHING_BEFORE
    recording.add_declaration(
        change,
        replace(own, interest=words, outcome=None, how=panel.ASKED_ANEW, removed_for=frozenset()),
    )
    return ("The bidders' names are known now: declare your interests anew.",)
