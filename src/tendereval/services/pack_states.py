"""How far each person's pack is, for the lead's table: made, opened, returned, complete."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from tendereval.domain.bidding import Place
from tendereval.domain.evaluation import PanelMember
from tendereval.domain.ids import PersonId
from tendereval.domain.packs import Disposition, PackKind, ReturnKind, ReturnSource
from tendereval.domain.stages import Stage
from tendereval.services import pack_content, scoring
from tendereval.services.situation import Situation
from tendereval.store.pack_questions import Collected, PackMade
from tendereval.store.repository import Reader


@dataclass(frozen=True, slots=True)
class PackState:
    """One person's packs and returns, as far as the lead's file knows.

    Attributes:
        number: of the newest pack; 0 where none was made.
        kind: of the newest pack; None where none was made.
        made_at: when that was.
        sealed_to: a recipient or ``passphrase``; empty where none was made.
        key_words: of the person's known key, to be compared by phone; empty where none is known.
        opened_at: when the person opened a pack first, as the newest return says.
        returned_at: when the newest return was made; ``collected_at`` when it was collected.
        kind_returned: what it brought.
        is_complete: whether it was complete.
        is_unsigned: whether it came as a workbook.
        return_pack: number of the pack it was made from.
        version: method version of the newest pack; 0 where none was made.
        is_current: whether the newest pack has the method in force, and names as shown now.
        held: how many returns are held apart and not taken in.
        question: the newest private question; empty where there is none.
    """

    person: PersonId
    number: int = 0
    kind: PackKind | None = None
    made_at: datetime | None = None
    sealed_to: str = ""
    key_words: str = ""
    opened_at: datetime | None = None
    returned_at: datetime | None = None
    collected_at: datetime | None = None
    kind_returned: ReturnKind | None = None
    is_complete: bool = False
    is_unsigned: bool = False
    return_pack: int = 0
    version: int = 0
    is_current: bool = False
    held: int = 0
    question: str = ""


def pack_states(reader: Reader, now: Situation) -> tuple[PackState, ...]:
    """Return how far everybody is who gets packs or got one, in order of the panel."""
    packs: dict[PersonId, PackMade] = {item.person: item for item in reader.packs_made()}
    returns: dict[PersonId, list[Collected]] = {}
    for item in reader.collected():
        returns.setdefault(item.person, []).append(item)
    words = _words(reader)
    expected = {person for kind in PackKind for person in who_gets(reader, now, kind)}
    return tuple(
        _state(now, person, packs.get(person), returns.get(person, []), words.get(person, ""))
        for person in (member.person for member in now.panel)
        if person in expected or person in packs or person in returns
    )


def who_gets(reader: Reader, now: Situation, kind: PackKind) -> tuple[PersonId, ...]:
    """Return whom “packs for all” of a kind is for now, in order of the panel.

    For scoring those who are asked to score something (in moderation: sent back to them), for
    confirming those who were present at an agreed score. Others can still be given one.
    """
    if kind is PackKind.RECORD:
        wanted = {person for item in reader.agreed_outlines() for person in item.present}
    elif now.stage is Stage.SET_UP or now.stage.position > Stage.MODERATION.position:
        wanted = set()
    else:
        open_places = scoring.places_open(reader)
        wanted = {member.person for member in now.panel if _is_asked(now, member, open_places)}
    return tuple(
        member.person for member in now.panel if member.person in wanted and not member.left
    )


def _is_asked(now: Situation, member: PanelMember, open_places: frozenset[Place]) -> bool:
    seen = pack_content.sight(now, member.person)
    if now.stage is Stage.MODERATION:
        return not open_places.isdisjoint(seen.asked)
    return any(row.kind.is_judged for row in seen.method.criteria)


def _state(
    now: Situation, person: PersonId, pack: PackMade | None, returns: list[Collected], words: str
) -> PackState:
    found = PackState(person, key_words=words)
    if pack is not None:
        named = "hidden" if now.names_hidden else "revealed" if now.names_revealed else "shown"
        found = replace(
            found,
            number=pack.number,
            kind=pack.kind,
            made_at=pack.made_at,
            sealed_to=pack.sealed_to,
            version=pack.method_version,
            is_current=(pack.method_version, pack.names) == (now.version_number, named),
        )
    if not returns:
        return found
    last = max(returns, key=lambda item: item.made_at)
    signed = [item for item in returns if item.source is ReturnSource.SIGNED]
    questions = [item.question for item in returns if item.question.strip()]
    return replace(
        found,
        opened_at=min((item.opened_at for item in signed), default=None),
        returned_at=last.made_at,
        collected_at=last.collected_at,
        kind_returned=last.kind,
        is_complete=last.complete,
        is_unsigned=last.source is ReturnSource.WORKBOOK,
        return_pack=last.pack,
        held=sum(item.disposition is Disposition.HELD and not item.taken for item in returns),
        question=questions[-1] if questions else "",
    )


def _words(reader: Reader) -> Mapping[PersonId, str]:
    known = reader.contact_keys()
    if not known:
        return {}
    # What puts keys into words is loaded only where somebody's key is known.
    from tendereval.exchange.words import fingerprint  # noqa: PLC0415

    return {person: fingerprint(keys) for person, keys in known.items()}
