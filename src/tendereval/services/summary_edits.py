"""What the lead adds to the record for assessment summaries, each edit as one change of its own.

The record itself stays as it is; the newest addition of a lot holds.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from tendereval.domain.bidding import Bidder
from tendereval.domain.errors import NotSupported, ReasonNeeded, UnknownReference
from tendereval.domain.ids import BidderId, CriterionId, LotId
from tendereval.domain.stages import Act
from tendereval.domain.summaries import Dispatch, Limb, Supplement, Withheld
from tendereval.domain.summary_recipients import regime_problem
from tendereval.domain.tender import AwardCriterion, CriterionKind
from tendereval.services.data_packs import refuse_scorers
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import recording
from tendereval.store.facts import add_fact
from tendereval.store.mapping import to_json
from tendereval.store.repository import Reader
from tendereval.store.unit_of_work import before_and_after

SUPPLEMENT: Final = "summary supplement"
DISPATCH: Final = "dispatch"
NOTHING: Final = Supplement()


def supplement_of(reader: Reader, lot: LotId) -> Supplement:
    """Return what the lead added for the summaries of a lot."""
    return reader.fact(SUPPLEMENT, lot, Supplement) or NOTHING


def dispatch_of(reader: Reader, lot: LotId) -> Dispatch | None:
    """Return how the summaries of a lot went out; None while they have not."""
    return reader.fact(DISPATCH, lot, Dispatch)


@dataclass(frozen=True, slots=True)
class TextAt:
    """Where a text stands in summaries.

    Attributes:
        addressee: from whom it is withheld.
        whose: whose assessment it explains.
        criterion: which it explains; blank for the further reasons, which are about the
            addressee's own tender.
        sub: a sub-criterion of it, or blank.
    """

    addressee: BidderId
    whose: BidderId
    criterion: str
    sub: str = ""


def explain_price(
    session: Session, lot: str, bidder: BidderId, criterion: str, text: str, *, reason: str = ""
) -> Supplement:
    """Put words in place of the generated ones about a price; blank puts those back.

    Args:
        session: the open tender.
        lot: which.
        bidder: whose price they explain, whoever reads them.
        criterion: a price criterion.
        text: the words.
        reason: why; needed once summaries went out.

    Raises:
        NotAllowedNow: before stage ``award``.
        RuleRefusal: by somebody who only scores.
        ReasonNeeded: summaries went out, and there is no reason.
        UnknownReference: no such lot, bidder or price criterion.
        NotSupported: the law of the tender has no assessment summaries.
    """
    now, ref, earlier = _to_edit(session, lot, reason)
    row = _criterion(now, ref, criterion)
    if row.kind is not CriterionKind.PRICE:
        raise UnknownReference(f"{row.ref} is no price criterion.", "Choose one.")
    whose = now.bidder(bidder).id
    kept = tuple(one for one in earlier.price_explanations if one[:2] != (whose, row.ref))
    new = ((whose, row.ref, text.strip()),) if text.strip() else ()
    changed = replace(earlier, price_explanations=(*kept, *new))
    return _keep(session, ref, "price explanation edited", (earlier, changed), reason)


def explain_score(  # noqa: PLR0913 - a place in a summary has that many sides
    session: Session,
    lot: str,
    bidder: BidderId,
    criterion: str,
    text: str,
    *,
    sub: str = "",
    reason: str = "",
) -> Supplement:
    """Put words in place of the panel's releasable ones; blank puts those back.

    The panel's record stays; only summaries read otherwise. Raises as ``explain_price``.

    Args:
        session: the open tender.
        lot: which.
        bidder: whose score they explain, whoever reads them.
        criterion: one that the panel judged.
        text: the words.
        sub: a sub-criterion of it, or blank.
        reason: why; needed once summaries went out.
    """
    now, ref, earlier = _to_edit(session, lot, reason)
    row = _criterion(now, ref, criterion)
    if not (row.kind.is_scored or row.kind is CriterionKind.REQUIREMENT):
        told = f"{row.ref} is no award criterion that the panel judges."
        raise UnknownReference(told, "Choose one that is.")
    key = (now.bidder(bidder).id, row.ref, _sub(row, sub))
    kept = tuple(one for one in earlier.texts if one[:3] != key)
    new = ((*key, text.strip()),) if text.strip() else ()
    changed = replace(earlier, texts=(*kept, *new))
    return _keep(session, ref, "releasable words edited", (earlier, changed), reason)


def explain_further(
    session: Session, lot: str, bidder: BidderId, text: str, *, reason: str = ""
) -> Supplement:
    """Put words in place of the generated ones why a supplier is not awarded the contract.

    Blank puts those back. Raises as ``explain_price``.
    """
    now, ref, earlier = _to_edit(session, lot, reason)
    whose = now.bidder(bidder).id
    kept = tuple(one for one in earlier.further if one[0] != whose)
    new = ((whose, text.strip()),) if text.strip() else ()
    changed = replace(earlier, further=(*kept, *new))
    return _keep(session, ref, "further reasons edited", (earlier, changed), reason)


def say_where(session: Session, lot: str, where: str, *, reason: str = "") -> Supplement:
    """Say where the full award criteria can be accessed; blank lets them stand in full.

    Raises as ``explain_price``.
    """
    _, ref, earlier = _to_edit(session, lot, reason)
    changed = replace(earlier, where=where.strip())
    return _keep(session, ref, "place of full criteria edited", (earlier, changed), reason)


def date_summaries(session: Session, lot: str, day: date | None, *, reason: str = "") -> Supplement:
    """Record the day that summaries of a lot bear; raises as ``explain_price``."""
    _, ref, earlier = _to_edit(session, lot, reason)
    changed = replace(earlier, dated=day)
    return _keep(session, ref, "day of summaries edited", (earlier, changed), reason)


def withhold(
    session: Session, lot: str, at: TextAt, limb: Limb, note: str, *, reason: str = ""
) -> Supplement:
    """Withhold one text from one addressee; that it is withheld and the limb are printed.

    Where the text explains a price, the price goes with it, and with it the lowest price if it
    is that one. Sub-criteria are withheld each by itself.

    Args:
        session: the open tender.
        lot: which.
        at: the text.
        limb: of section 94(1).
        note: why the public interest asks for it; kept inside.
        reason: why; needed once summaries went out.

    Raises:
        ReasonNeeded: without a note, or summaries went out and there is no reason.
        NotAllowedNow, RuleRefusal, UnknownReference, NotSupported: as ``explain_price``.

    Source: Procurement Act 2023, s.94.
    """
    if not note.strip():
        raise ReasonNeeded(
            "Withholding needs a note why the public interest asks for it.",
            "Write it; it is kept inside and never printed.",
        )
    now, ref, earlier = _to_edit(session, lot, reason)
    key = _key(now, ref, at)
    item = Withheld(limb, note.strip(), _office(now, session))
    kept = tuple(one for one in earlier.withheld if one[:4] != key)
    changed = replace(earlier, withheld=(*kept, (*key, item)))
    return _keep(session, ref, "text withheld", (earlier, changed), reason)


def release(session: Session, lot: str, at: TextAt, *, reason: str = "") -> Supplement:
    """Take a withholding back; raises as ``withhold``, and where nothing is withheld."""
    now, ref, earlier = _to_edit(session, lot, reason)
    key = _key(now, ref, at)
    kept = tuple(one for one in earlier.withheld if one[:4] != key)
    if kept == earlier.withheld:
        raise UnknownReference("Nothing is withheld there.", "Choose a text that is.")
    changed = replace(earlier, withheld=kept)
    return _keep(session, ref, "text released", (earlier, changed), reason)


def complete_particulars(session: Session, bidder: Bidder, reason: str) -> Bidder:
    """Record what a tender left out of its supplier's particulars.

    Address, e-mail address, identifier and kind of supplier only; its name and its lots stay.

    Args:
        session: the open tender.
        bidder: the particulars as they are to be.
        reason: where they are from.

    Raises:
        NotAllowedNow: before stage ``award``; until then they are edited with the bids.
        RuleRefusal: by somebody who only scores.
        ReasonNeeded: without a reason.
        UnknownReference: there is no such bidder.
    """
    if not reason.strip():
        raise ReasonNeeded(
            "Particulars are completed with a reason.", "Say where they are from; it is kept."
        )
    with session.reading() as reader:
        now = situation(reader)
        now.require(Act.PREPARE_SUMMARIES)
        refuse_scorers(now, session.actor.person, "complete a supplier’s particulars")
        earlier = now.bidder(bidder.id)
    changed = replace(
        earlier,
        address=bidder.address.strip(),
        email=bidder.email.strip(),
        identifier=bidder.identifier.strip(),
        sme=bidder.sme,
        vcse=bidder.vcse,
        supported_employment=bidder.supported_employment,
    )
    if changed != earlier:
        # No digest of the contact: it can be erased, and a digest would give it away for good.
        ids = {"bidder": earlier.id}
        with session.change("particulars completed", ids, reason=reason.strip()) as change:
            recording.add_bidder(change, changed)
    return changed


def _to_edit(session: Session, lot: str, reason: str) -> tuple[Situation, LotId, Supplement]:
    """Return what an edit starts from, or refuse it."""
    with session.reading() as reader:
        now = situation(reader)
        now.require(Act.PREPARE_SUMMARIES)
        refuse_scorers(now, session.actor.person, "edit assessment summaries")
        ref = now.lot(lot)
        problem = regime_problem(now.details)
        if problem:
            raise NotSupported(problem, "Write to the bidders as that law asks.")
        sent = dispatch_of(reader, ref)
        if sent is not None and not reason.strip():
            raise ReasonNeeded(
                f"The summaries of lot {ref} went out: a change needs a reason.",
                "Say why; they have to be sent again.",
            )
        return now, ref, supplement_of(reader, ref)


def _keep(
    session: Session, lot: LotId, done: str, change_of: tuple[Supplement, Supplement], reason: str
) -> Supplement:
    earlier, changed = change_of
    if changed != earlier:
        texts = before_and_after("supplement", to_json(earlier), to_json(changed))
        with session.change(done, {"lot": lot}, texts, reason.strip()) as change:
            add_fact(change, SUPPLEMENT, lot, changed)
    return changed


def _key(now: Situation, lot: LotId, at: TextAt) -> tuple[BidderId, BidderId, CriterionId, str]:
    addressee, whose = now.bidder(at.addressee).id, now.bidder(at.whose).id
    if not at.criterion:
        if (addressee, at.sub) != (whose, ""):
            told = "Further reasons are told to the supplier that they are about."
            raise UnknownReference(told, "Name that supplier alone.")
        return addressee, whose, CriterionId(""), ""
    row = _criterion(now, lot, at.criterion)
    return addressee, whose, row.ref, _sub(row, at.sub)


def _criterion(now: Situation, lot: LotId, ref: str) -> AwardCriterion:
    row = now.criterion(ref)
    if not row.counts_in(lot):
        raise UnknownReference(f"{row.ref} does not count in lot {lot}.", "Choose one that does.")
    return row


def _sub(row: AwardCriterion, ref: str) -> str:
    if not ref:
        return ""
    found = next((sub.ref for sub in row.sub_criteria if sub.ref.casefold() == ref.casefold()), "")
    if not found:
        raise UnknownReference(f"{row.ref} has no sub-criterion {ref!r}.", "Choose one of its own.")
    return found


def _office(now: Situation, session: Session) -> str:
    """Return what the panel calls the person at work; a name could not be erased from a fact."""
    members = [item for item in now.panel if item.person == session.actor.person]
    return members[0].label if members else ""
