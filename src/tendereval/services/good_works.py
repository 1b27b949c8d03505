"""The one per cent: what each bid gives to Good Works organisations, and the share aimed at.

For information unless the published method makes more of it; nothing here changes a mark or a
rank. Amounts are held against prices from stage ``price`` on only.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from fractions import Fraction
from typing import Final

from tendereval.domain.bidding import Place
from tendereval.domain.errors import ReasonNeeded, RuleRefusal
from tendereval.domain.exact import decimal_text, finite_places
from tendereval.domain.ids import BidderId
from tendereval.domain.publicvalue.good_works_share import (
    Contract,
    LotOfBid,
    Partner,
    ShareTarget,
)
from tendereval.domain.publicvalue.partner_rules import (
    PartnerProblem,
    partner_problems,
    years_between,
)
from tendereval.domain.publicvalue.portfolio import Portfolio, portfolio
from tendereval.domain.publicvalue.share_check import reckon
from tendereval.domain.publicvalue.share_finding import ShareFinding
from tendereval.domain.record import canonical_json
from tendereval.domain.stages import Act, Stage, may
from tendereval.domain.tender import CriterionKind
from tendereval.services.data_packs import refuse_scorers
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import public_value
from tendereval.store.repository import Reader
from tendereval.store.unit_of_work import Change, before_and_after

_OUT_OF_SIGHT: Final = "prices are out of sight until stage 'price'"


def finding_for(reader: Reader, now: Situation, bidder: BidderId) -> ShareFinding:
    """Return what is reckoned of one bid.

    Before stage ``price`` amounts stand without a share, and a share that a bidder states beside
    an amount is left out, as the two together give the price away.

    Raises:
        UnknownReference: there is no such bidder.
    """
    now.bidder(bidder)
    return findings(reader, now)[bidder]


def findings(reader: Reader, now: Situation) -> Mapping[BidderId, ShareFinding]:
    """Return what is reckoned of every bid, those without a partner included."""
    given, target = public_value.partners(reader), public_value.share_target(reader).share
    prices = _prices(reader, now)
    return {
        item.id: _finding(now, item.id, given.get(item.id, ()), prices, target)
        for item in now.bidders
    }


def portfolio_of(
    reader: Reader, now: Situation, bidders: Collection[BidderId] | None = None
) -> Portfolio:
    """Return the share over several bids, such as those that won; over all where none are named."""
    found = findings(reader, now)
    return portfolio(found[one] for one in found if bidders is None or one in bidders)


def set_partners(
    session: Session, bidder: BidderId, partners: Sequence[Partner], reason: str = ""
) -> None:
    """Record the partners a bidder names in place of those before, which are kept.

    Args:
        session: the open tender.
        bidder: whose.
        partners: all of them; none takes them back.
        reason: why others take the place of those that stand, once scoring has begun.

    Raises:
        NotAllowedNow: the tender is closed.
        RuleRefusal: lines that cannot be, each named; or somebody who only scores.
        ReasonNeeded: replaced after scoring has begun without a reason.
    """
    with session.reading() as reader:
        now = situation(reader)
        earlier = public_value.partners(reader).get(bidder, ())
    now.require(Act.RECORD_EVIDENCE)
    refuse_scorers(now, session.actor.person, "record partners")
    problems = problems_of(now, bidder, partners)
    if problems:
        lines = (f"{_called(partners, one)}: {one.wrong} {one.write}" for one in problems)
        raise RuleRefusal("\n".join(lines), "Mend these lines.")
    if tuple(partners) == earlier:
        return
    if earlier and now.stage.position >= Stage.SCORING.position and not reason.strip():
        raise ReasonNeeded(
            f"The partners of {now.bidder_name(bidder)} stand; others need a reason.",
            "Say why; it is kept.",
        )
    ids = {"bidder": bidder, "partners": str(len(partners))}
    texts = before_and_after("partners", _text(earlier) if earlier else None, _text(partners))
    with session.change("partners recorded", ids, texts, reason.strip()) as change:
        put_partners(change, bidder, partners)


def problems_of(
    now: Situation, bidder: BidderId, partners: Sequence[Partner]
) -> tuple[PartnerProblem, ...]:
    """Return what cannot be right in the lines of a bid; its price is not looked at.

    Raises:
        UnknownReference: there is no such bidder.
    """
    now.bidder(bidder)
    return partner_problems(partners, _contract(now, bidder))


def put_partners(change: Change, bidder: BidderId, partners: Sequence[Partner]) -> None:
    """Record checked lines within the caller's transaction."""
    public_value.set_partners(change, bidder, partners)


def set_target(session: Session, share: Fraction, reason: str) -> None:
    """Record the share of contracts aimed at for Good Works organisations.

    Args:
        session: the open tender.
        share: exact (1/100 is one per cent, which counts until another is set).
        reason: why.

    Raises:
        NotAllowedNow: the tender is closed.
        RuleRefusal: no share above 0% and up to 100%; or somebody who only scores.
        ReasonNeeded: no reason.
    """
    with session.reading() as reader:
        now = situation(reader)
        earlier = public_value.share_target(reader)
    now.require(Act.SET_GOALS)
    refuse_scorers(now, session.actor.person, "set the share aimed at")
    if not 0 < share <= 1 or finite_places(share) is None:
        raise RuleRefusal(
            f"A share of {decimal_text(share * 100)}% cannot be aimed at.",
            "Use a share above 0% and up to 100%, such as 1%.",
        )
    if share == earlier.share:
        return
    if not reason.strip():
        raise ReasonNeeded("Another share to aim at needs a reason.", "Say why; it is kept.")
    ids = {"share before": str(earlier.share), "share": str(share)}
    with session.change("share aimed at set", ids, reason=reason.strip()) as change:
        public_value.set_share_target(change, ShareTarget(share, reason.strip()))


def _called(partners: Sequence[Partner], problem: PartnerProblem) -> str:
    return partners[problem.line].name.strip() or f"Line {problem.line + 1}"


def _text(partners: Sequence[Partner]) -> str:
    return canonical_json(
        [{key: str(value) for key, value in asdict(one).items()} for one in partners]
    )


def _finding(
    now: Situation,
    bidder: BidderId,
    partners: Sequence[Partner],
    prices: Mapping[Place, Fraction] | None,
    target: Fraction,
) -> ShareFinding:
    contract = _contract(now, bidder)
    if prices is None:
        hidden = [_without_share(one) for one in partners]
        return reckon(hidden, replace(contract, why_no_price=_OUT_OF_SIGHT), target)
    if now.details.currency != "GBP":
        why = f"prices are in {now.details.currency}, amounts in pounds"
        return reckon(partners, replace(contract, why_no_price=why), target)
    lots = tuple(_priced(now, bidder, one, prices) for one in contract.lots)
    assessed = [one for one in lots if one.is_assessed]
    price, why = _price_of_all(now, assessed)
    found = reckon(partners, replace(contract, price=price, why_no_price=why, lots=lots), target)
    if price is None or len(assessed) < 2:  # noqa: PLR2004 - one lot is the whole bid
        return found
    named = " and ".join(one.lot for one in assessed)
    together = f"The price is that of lots {named} together."
    return replace(found, flags=(*found.flags, together))


def _without_share(partner: Partner) -> Partner:
    return replace(partner, share=None) if partner.amount is not None else partner


def _contract(now: Situation, bidder: BidderId) -> Contract:
    details, known = now.details, now.bidder(bidder)
    return Contract(
        None,
        details.prices_include_vat,
        years_between(details.contract_start, details.contract_end),
        known.name,
        known.identifier,
        lots=tuple(LotOfBid(bid.lot, bid.is_assessed) for bid in now.bids if bid.bidder == bidder),
    )


def _prices(reader: Reader, now: Situation) -> Mapping[Place, Fraction] | None:
    """Return the prices; None while they are out of sight."""
    if not may(now.stage, Act.RANK):
        return None
    return {item.place: item.amount for item in reader.prices()}


def _priced(
    now: Situation, bidder: BidderId, one: LotOfBid, prices: Mapping[Place, Fraction]
) -> LotOfBid:
    """Return a lot with the sum of its prices; without one where some price is missing."""
    rows = [row for row in now.method.in_lot(one.lot) if row.kind is CriterionKind.PRICE]
    given = [
        prices.get(Place(bidder, row.ref, one.lot), prices.get(Place(bidder, row.ref)))
        for row in rows
    ]
    known = [price for price in given if price is not None]
    whole = bool(rows) and len(known) == len(rows)
    return replace(one, price=sum(known, Fraction(0)) if whole else None)


def _price_of_all(now: Situation, assessed: Sequence[LotOfBid]) -> tuple[Fraction | None, str]:
    """Return the price of all lots that a bidder is assessed for, or why there is none."""
    if not assessed:
        return None, "no bid of this bidder is assessed"
    priced = [
        one
        for one in assessed
        if any(row.kind is CriterionKind.PRICE for row in now.method.in_lot(one.lot))
    ]
    known = [one.price for one in priced if one.price is not None]
    if not priced:
        return None, "the method has no price"
    if len(known) < len(priced):
        return None, "a price is missing"
    return sum(known, Fraction(0)), ""
