"""What the public value tools say beside the question it belongs to: a sentence each, no score.

Nothing here is derived from prices, at any stage, and no sentence speaks of a mark.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tendereval.domain.bidding import Place
from tendereval.domain.exact import money
from tendereval.domain.publicvalue.good_works_share import Contract
from tendereval.domain.publicvalue.living_wage import WageUse
from tendereval.domain.publicvalue.partner_rules import partner_key
from tendereval.domain.publicvalue.share_check import reckon
from tendereval.domain.publicvalue.share_finding import TestState
from tendereval.domain.tender import AwardCriterion, CriterionKind
from tendereval.services import certificates, commitments, living_wage
from tendereval.services.situation import Situation
from tendereval.store import public_value
from tendereval.store.repository import Reader

_PUBLIC: Final = {CriterionKind.SOCIAL_VALUE, CriterionKind.PUBLIC_VALUE}


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """What one tool says of one bid.

    Attributes:
        tool: as the Public value place calls it (``wage``).
        title: as people read it.
        sentence: the finding.
    """

    tool: str
    title: str
    sentence: str


def evidence_for(reader: Reader, now: Situation, place: Place) -> tuple[EvidenceLine, ...]:
    """Return what the tools say of the bid where the question asks for it; empty elsewhere.

    A question about social or public value gets every tool; another one only the tools whose
    setting or claim names it.
    """
    row = now.criterion(place.criterion)
    tools = (_pay, _certificates, _partners, _commitments)
    return tuple(line for tool in tools for line in tool(reader, now, place, row))


def _is_public(row: AwardCriterion) -> bool:
    return row.kind in _PUBLIC


def _names(text: str, row: AwardCriterion) -> bool:
    return text.strip().casefold() == row.ref.casefold()


def _pay(
    reader: Reader, now: Situation, place: Place, row: AwardCriterion
) -> Iterator[EvidenceLine]:
    setting = public_value.wage_setting(reader)
    if setting.use is WageUse.OFF or not (_is_public(row) or _names(setting.criterion, row)):
        return
    holder = certificates.holds_living_wage(reader, now, place.bidder)
    found = living_wage.finding_for(reader, now, place.bidder, accredited=holder)
    said = living_wage.why_no_finding(reader, now) if found is None else found.sentence
    yield EvidenceLine("wage", "Living wage", said)


def _certificates(
    reader: Reader, now: Situation, place: Place, row: AwardCriterion
) -> Iterator[EvidenceLine]:
    every = public_value.claims(reader)
    offered = {
        bidder
        for bidder, claims in every.items()
        if any(_names(claim.criterion, row) for claim in claims)
    }
    if _is_public(row) or place.bidder in offered:
        found = certificates.finding_for(reader, now, place.bidder)
        lacks = certificates.gaps(reader, now, row.ref)[place.bidder] if offered else ()
        said = (found.sentence, *(f"Against {row.ref}: {text}" for text in lacks))
        yield EvidenceLine("certificates", "Certificates", " ".join(said))


def _partners(
    reader: Reader, _now: Situation, place: Place, row: AwardCriterion
) -> Iterator[EvidenceLine]:
    if _is_public(row):
        yield EvidenceLine("share", "The one per cent", _partner_sentence(reader, place))


def _partner_sentence(reader: Reader, place: Place) -> str:
    """Say what the bid names; without a price, so that nothing is told about one."""
    partners = [
        one
        for one in public_value.partners(reader).get(place.bidder, ())
        if place.lot is None or one.lot in {place.lot, None}
    ]
    if not partners:
        return "The bid names no Good Works organisation."
    found = reckon(partners, Contract(None), public_value.share_target(reader).share)
    names = {partner_key(one.name) for one in partners}
    number = (
        "one Good Works organisation"
        if len(names) == 1
        else f"{len(names)} Good Works organisations"
    )
    met = len(
        {partner_key(item.partner.name) for item in found.partners if item.test is TestState.MET}
    )
    test = "meets" if met == 1 else "meet"
    said = f"The bid names {number}; {met} {test} the 30% test of s.32(4)"
    if found.committed:
        return f"{said}; {money(found.committed)} is committed."
    return f"{said}."


def _commitments(
    reader: Reader, now: Situation, place: Place, row: AwardCriterion
) -> Iterator[EvidenceLine]:
    every = commitments.for_bid(reader, now, place.bidder)
    here = commitments.at_place(every, place)
    if not here.findings and not _is_public(row):
        return
    said = here.sentence if here.findings else "No commitment has been made from this answer yet."
    yield EvidenceLine("commitments", "Commitments", said)
