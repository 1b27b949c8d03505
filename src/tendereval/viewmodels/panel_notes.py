"""What travels between laptops and is to be noted on the Overview; stands in no stage's way."""

from collections.abc import Iterator

from tendereval.domain.ids import PersonId
from tendereval.domain.packs import Disposition, PackKind
from tendereval.domain.stages import Stage
from tendereval.services import private_questions
from tendereval.services.readiness import OpenPoint
from tendereval.services.situation import Situation
from tendereval.store.repository import Reader
from tendereval.viewmodels.panel_members import Travelled, full_day, listed_briefly
from tendereval.viewmodels.panel_needs import pack_needs

_PLACE = "panel"


def panel_notes(reader: Reader, now: Situation, lead: PersonId) -> tuple[OpenPoint, ...]:
    """Return what is held apart, asked, to be sent or awaited; nothing before the first pack."""
    packs = reader.packs_made()
    return tuple(_notes(reader, now, lead)) if packs else ()


def _notes(reader: Reader, now: Situation, lead: PersonId) -> Iterator[OpenPoint]:
    for item in reader.collected():
        if item.disposition is Disposition.HELD and not item.taken:
            text = f"A return of {now.name(item.person)} ({full_day(item.made_at)}) is held apart."
            yield OpenPoint(text, _PLACE, item.person)
    for item in private_questions.unread(reader):
        text = f"{now.name(item.person)} asks you something in private."
        yield OpenPoint(text, _PLACE, item.person)
    if now.stage is Stage.SCORING:
        yield from _to_send(reader, now, lead)
    yield from _awaited(reader, now)


def _to_send(reader: Reader, now: Situation, lead: PersonId) -> Iterator[OpenPoint]:
    found = [
        need.person for need in pack_needs(reader, now, PackKind.SCOREPACK, lead) if need.needs
    ]
    if found:
        names = listed_briefly([now.name(person) for person in found])
        verb = "needs" if len(found) == 1 else "need"
        yield OpenPoint(f"{names} {verb} a pack.", _PLACE, found[0])


def _awaited(reader: Reader, now: Situation) -> Iterator[OpenPoint]:
    packs, returns = reader.packs_made(), reader.collected()
    late = [
        member.person
        for member in now.panel
        if not member.left
        and Travelled(
            tuple(item for item in packs if item.person == member.person),
            tuple(item for item in returns if item.person == member.person),
        ).is_awaited
    ]
    if late and now.stage.position <= Stage.PRICE.position:
        names = listed_briefly([now.name(person) for person in late])
        what = "The return" if len(late) == 1 else "The returns"
        are = "is" if len(late) == 1 else "are"
        yield OpenPoint(f"{what} of {names} {are} awaited.", _PLACE, late[0])
