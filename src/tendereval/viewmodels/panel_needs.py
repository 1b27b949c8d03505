"""Who needs a pack, and why; reads the record and decides nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tendereval.domain.errors import UserFixable
from tendereval.domain.evaluation import PanelMember
from tendereval.domain.ids import PersonId
from tendereval.domain.packs import PackKind
from tendereval.domain.record import AuditEntry
from tendereval.services import pack_checks
from tendereval.services.pack_states import pack_states, who_gets
from tendereval.services.packing import PackOrder
from tendereval.services.situation import Situation
from tendereval.store.pack_questions import PackMade
from tendereval.store.repository import Reader
from tendereval.viewmodels.panel_members import day

_NEWS: Final[Mapping[str, str]] = {
    "interest decided": "Your decision on the interest is new.",
    "panel member recorded": "The part on the panel changed.",
    "bid status recorded": "The status of a bid changed.",
    "clarification recorded": "A clarification is new.",
    "response sent back": "A response went back to be scored again.",
    "agreed score recorded": "An agreed score is new.",
}
_FOR_SCORING: Final = frozenset(_NEWS) - {"agreed score recorded"}
_FOR_RECORD: Final = frozenset({"agreed score recorded"})
_OF_ONE: Final = frozenset({"interest decided", "panel member recorded"})


@dataclass(frozen=True, slots=True)
class Need:
    """Whether one person needs a pack.

    Attributes:
        may: whether one can be made at all.
        why: one short sentence for either.
    """

    person: PersonId
    needs: bool
    may: bool
    why: str


def pack_needs(reader: Reader, now: Situation, kind: PackKind, lead: PersonId) -> tuple[Need, ...]:
    """Return whether each person on the panel needs a pack of this kind, in panel order.

    Args:
        reader: of the same moment as ``now``.
        now: the situation.
        kind: of the pack.
        lead: who sits at the tender file and works in it.
    """
    due = frozenset(who_gets(reader, now, kind))
    current = {state.person: state.is_current for state in pack_states(reader, now)}
    packs = {pack.person: pack for pack in reader.packs_made() if pack.kind is kind}
    silent = _silent(reader) if kind is PackKind.RECORD else frozenset()
    known = _Known(kind, lead, due, packs, current, reader.entries(), silent)
    return tuple(_need(reader, now, member, known) for member in now.panel if not member.left)


def _silent(reader: Reader) -> frozenset[PersonId]:
    """Return who has said nothing yet on an agreed score that stands."""
    said = {(item.person, item.place, item.revision) for item in reader.confirmations()}
    return frozenset(
        person
        for item in reader.agreed_outlines()
        for person in item.present
        if (person, item.place, item.revision) not in said
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What is the same for everybody."""

    kind: PackKind
    lead: PersonId
    due: frozenset[PersonId]
    packs: Mapping[PersonId, PackMade]
    current: Mapping[PersonId, bool]
    entries: tuple[AuditEntry, ...]
    silent: frozenset[PersonId]

    def without(self, now: Situation, person: PersonId) -> str:
        """Return why a person does without a pack; empty where it is due."""
        is_record = self.kind is PackKind.RECORD
        if person not in self.due:
            return "Scores nothing; declares only."
        if is_record and person not in self.silent:
            return "Everything is confirmed already."
        if person == self.lead:
            where = "under Moderation" if is_record else "at this computer"
            return f"{now.name(person)} does it {where}."
        return ""


def _need(reader: Reader, now: Situation, member: PanelMember, known: _Known) -> Need:
    person = member.person
    try:
        pack_checks.check_order(reader, now, PackOrder(person, known.kind))
    except UserFixable as refusal:
        return Need(person, needs=False, may=False, why=refusal.happened)
    pack = known.packs.get(person)
    without = known.without(now, person)
    if without:
        return Need(person, needs=False, may=True, why=without)
    if pack is None:
        what = "record" if known.kind is PackKind.RECORD else "pack"
        return Need(person, needs=True, may=True, why=f"No {what} yet.")
    if pack.method_version != now.version_number:
        why = f"Method version {now.version_number} is in force."
        return Need(person, needs=True, may=True, why=why)
    if not known.current.get(person, True):
        return Need(person, needs=True, may=True, why="Names are shown otherwise now.")
    news = next(_news(known, person, pack.made_at), "")
    if news:
        return Need(person, needs=True, may=True, why=news)
    out = "" if pack.made_at is None else f" of {day(pack.made_at)}"
    return Need(person, needs=False, may=True, why=f"Pack {pack.number}{out} still holds.")


def _news(known: _Known, person: PersonId, since: datetime | None) -> Iterator[str]:
    kinds = _FOR_RECORD if known.kind is PackKind.RECORD else _FOR_SCORING
    for entry in reversed(known.entries):
        if since is not None and datetime.fromisoformat(entry.at_local) <= since:
            return
        concerns = entry.kind not in _OF_ONE or entry.ids.get("person") == person
        if entry.kind in kinds and concerns:
            yield _NEWS[entry.kind]
