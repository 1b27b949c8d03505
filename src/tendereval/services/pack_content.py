"""What one evaluator gets to see in a pack; nothing else leaves.

A pack is built up from what the person scores, never cut down from everything: what is not
named here is not in it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from tendereval.domain.bidding import Bid, Bidder, Clarification, Place, Response
from tendereval.domain.criteria_tree import ancestors
from tendereval.domain.evaluation import Declaration, PanelMember, Role, assignments
from tendereval.domain.ids import CriterionId, PersonId
from tendereval.domain.moderation import AgreedScore
from tendereval.domain.packs import (
    Manifest,
    PackKind,
    PublicKeys,
    Receipt,
    ReturnKind,
    SignedHead,
)
from tendereval.domain.stages import Stage
from tendereval.domain.tender import AwardCriterion, Lot, Method, MethodVersion, TenderDetails
from tendereval.services import scoring
from tendereval.services.aliasing import REVEALED
from tendereval.services.goals import goals
from tendereval.services.pack_calling import Calling
from tendereval.services.pack_documents import Outward
from tendereval.services.situation import Situation
from tendereval.store.repository import Reader

if TYPE_CHECKING:
    from tendereval.services.packing import PackOrder


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every pack made at one moment carries, whoever it is for.

    Attributes:
        at: when.
        keys: of the tender.
        head: of the record.
        receipts: per person, for what was collected.
        outward: the documents.
    """

    at: datetime
    keys: PublicKeys
    head: SignedHead
    receipts: Mapping[PersonId, tuple[Receipt, ...]]
    outward: Outward


@dataclass(frozen=True, slots=True)
class Sight:
    """What one person may see of a tender as it stands.

    Attributes:
        member: the person's part in the panel.
        method: cut down to what the person scores and the sections above it.
        bidders: whom the person judges, with the lots that they are judged in.
        asked: places that the person scores, in order of bid and question.
        may_read: whether answers go out to this person now.
    """

    member: PanelMember
    method: Method
    bidders: tuple[Bidder, ...]
    asked: tuple[Place, ...]
    may_read: bool


def sight(now: Situation, person: PersonId, also: tuple[Place, ...] = ()) -> Sight:
    """Return what a person may see; nothing of bidders that the person was removed for.

    Args:
        now: the situation.
        person: on the panel.
        also: places whose questions belong to it though the person does not score them.
    """
    member, declaration = now.member(person), now.declaration(person)
    settled = declaration is None or declaration.is_settled
    begun = now.stage.position >= Stage.SCORING.position
    method = _cut(now, member, frozenset(place.criterion for place in also))
    lots = {lot.ref for lot in method.lots}
    bids = [bid for bid in now.bids if begun and bid.is_assessed and bid.lot in lots]
    asked = tuple(item.place for item in assignments(now.method, bids, [member], now.declarations))
    judged_here = {place.bidder for place in (*asked, *also)}
    shown = tuple(
        replace(bidder, lots=tuple(bid.lot for bid in bids if bid.bidder == bidder.id))
        for bidder in now.bidders
        if bidder.id in judged_here
    )
    return Sight(member, method, shown, asked, begun and settled)


def manifest_for(reader: Reader, now: Situation, order: "PackOrder", stamp: Stamp) -> Manifest:
    """Return the manifest of a pack as it would be made now; records nothing."""
    is_record = order.kind is PackKind.RECORD
    agreed = judged(reader, now, order.person) if is_record else ()
    seen = sight(now, order.person, tuple(item.place for item in agreed))
    calling = Calling(now, stamp.outward.decisions)
    reads = seen.may_read and not is_record
    asked = calling.in_order(seen.asked)
    responses = tuple(_responses(reader, asked)) if reads else ()
    outward = stamp.outward.of(reader, responses)
    person = now.people.get(order.person)
    return Manifest(
        kind=order.kind,
        tender=reader.tender_id(),
        number=next_number(reader, order.person),
        made_at=stamp.at,
        details=_details(now.details),
        version=_version(now, seen.method),
        evaluator=replace(seen.member, reason=""),
        name=person.name if person else seen.member.label,
        email=person.email if person else "",
        lead=_lead(now),
        bidders=calling.bidders(seen.bidders),
        bids=tuple(_bids(calling.bidders(seen.bidders))),
        organisations=() if is_record else organisations(now),
        declaration=calling.declaration(_declaration(reader, now, order.person)),
        responses=calling.responses(responses, outward),
        documents=calling.documents(outward.values()),
        clarifications=calling.clarifications(_clarified(reader, seen)) if reads else (),
        agreed=calling.agreed(agreed),
        sent_back=calling.places(sent_back(reader, seen.asked)),
        is_moderated=now.stage.position >= Stage.MODERATION.position,
        names_hidden=now.names_hidden,
        names_revealed=now.names_revealed,
        part_allowed=order.part_allowed,
        return_by=order.return_by,
        message=order.message.strip(),
        keys=stamp.keys,
        head=stamp.head,
        receipts=stamp.receipts.get(order.person, ()),
        goals=() if is_record else calling.goals(goals(reader)),
    )


def next_number(reader: Reader, person: PersonId) -> int:
    """Return the number of the next pack of a person, over all kinds."""
    return 1 + max(
        (item.number for item in reader.packs_made() if item.person == person), default=0
    )


def organisations(now: Situation) -> tuple[str, ...]:
    """Return bidders and subcontractors in alphabetical order, each once."""
    named = [name.strip() for item in now.bidders for name in (item.name, *item.subcontractors)]
    known = {name.casefold(): name for name in reversed(named) if name}
    return tuple(known[key] for key in sorted(known))


def judged(reader: Reader, now: Situation, person: PersonId) -> tuple[AgreedScore, ...]:
    """Return the agreed scores that a person was present at and may judge."""
    lots, declaration = now.member(person).lots, now.declaration(person)
    assessed = {
        bid.bidder for bid in now.bids if bid.is_assessed and (lots is None or bid.lot in lots)
    }
    return tuple(
        item
        for item in reader.agreed_scores()
        if person in item.present
        and item.place.bidder in assessed
        and (lots is None or item.place.lot is None or item.place.lot in lots)
        and (declaration is None or declaration.allows(item.place.bidder))
    )


def sent_back(reader: Reader, asked: Iterable[Place]) -> tuple[Place, ...]:
    """Return which of the places that a person scores are open again since moderation began."""
    open_places = scoring.places_open(reader)
    return tuple(place for place in asked if place in open_places)


def _responses(reader: Reader, asked: Iterable[Place]) -> Iterator[Response]:
    """Yield the answers at these places, in their order; late ones stay behind."""
    known = {item.place: item for item in reader.responses() if not item.late}
    return (known[place] for place in asked if place in known)


def _clarified(reader: Reader, seen: Sight) -> tuple[Clarification, ...]:
    """Return the clarifications that the panel may take into account where this person scores."""
    asked = set(seen.asked)
    return tuple(item for item in reader.clarifications() if item.scorable and item.place in asked)


def _bids(bidders: tuple[Bidder, ...]) -> Iterator[Bid]:
    """Yield the bids as assessed ones: why another is none is nobody's business here."""
    return (Bid(bidder.id, lot) for bidder in bidders for lot in bidder.lots)


def _details(details: TenderDetails) -> TenderDetails:
    return TenderDetails(
        reference=details.reference,
        title=details.title,
        authority=details.authority,
        notice_date=details.notice_date,
        deadline=details.deadline,
        contract_start=details.contract_start,
        contract_end=details.contract_end,
    )


def _version(now: Situation, method: Method) -> MethodVersion:
    whole = now.versions[-1]
    return replace(whole, method=method, reason="")


def _cut(now: Situation, member: PanelMember, also: frozenset[CriterionId]) -> Method:
    """Return what a member scores, and ``also``, of the method, with the sections above it."""
    whole = now.method
    own = [
        row for row in whole.criteria if row.ref in also or member.is_asked_to_score(row, row.lot)
    ]
    kept = {row.ref for row in own} | {above for row in own for above in _above(whole, row)}
    criteria = tuple(
        replace(row, formula=None, parameters=()) for row in whole.criteria if row.ref in kept
    )
    scales = {(row.scale or "").casefold() for row in criteria}
    lots = [
        lot
        for lot in whole.lots
        if (member.lots is None or lot.ref in member.lots)
        and (not own or any(row.counts_in(lot.ref) for row in own))
    ]
    return Method(
        lots=tuple(Lot(lot.ref, lot.title) for lot in lots),
        criteria=criteria,
        scales=tuple(scale for scale in whole.scales if scale.name.casefold() in scales),
        weights_are=whole.weights_are,
        hide_bidder_names=now.names_hidden,
    )


def _above(method: Method, row: AwardCriterion) -> Iterator[CriterionId]:
    """Yield the references of the sections above a row, nearest first."""
    rows = {item.ref.casefold(): item for item in method.criteria}
    return (item.ref for item in ancestors(rows, row))


def _lead(now: Situation) -> str:
    leads = (item.person for item in now.panel if item.role is Role.LEAD and not item.left)
    found = next(leads, None)
    return "" if found is None else now.name(found)


def _declaration(reader: Reader, now: Situation, person: PersonId) -> Declaration | None:
    """Return the newest declaration; None where names were revealed since it was made."""
    if not now.names_revealed or has_declared_anew(reader, person):
        return now.declaration(person)
    return None


def has_declared_anew(reader: Reader, person: PersonId) -> bool:
    """Whether a person declared interests knowing the names that were hidden at first."""
    here = False
    for entry in reader.entries():
        if entry.kind == REVEALED:
            here = False
        elif entry.kind == "interests declared" and entry.ids.get("person") == person:
            here = True
    knowing = {
        item.number
        for item in reader.packs_made()
        if item.person == person and item.names == "revealed"
    }
    return here or any(
        item.person == person and item.pack in knowing and item.kind is not ReturnKind.CONFIRMATION
        for item in reader.collected()
    )
