"""Certificates that bidders claim: recorded, checked, decided on, and when to ask for renewals.

Evidence for the panel and terms for the contract; nothing here changes a mark or a rank.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final

from tendereval.domain.errors import ReasonNeeded, RuleRefusal, UnknownReference
from tendereval.domain.ids import BidderId, CriterionId
from tendereval.domain.publicvalue.certificate_check import (
    CertificateFinding,
    ClaimFinding,
    Days,
    Reminder,
    check_claims,
    numbers_used_twice,
    shared_keys,
)
from tendereval.domain.publicvalue.certificate_check import reminders as reminders_for
from tendereval.domain.publicvalue.certificate_flags import certificate_key, needs_decision
from tendereval.domain.publicvalue.certificates import Assurance, Claim, Scheme
from tendereval.domain.record import canonical_json
from tendereval.domain.stages import Act, Stage
from tendereval.domain.tender import TenderDetails
from tendereval.exchange import public_value_data as facts
from tendereval.exchange.dates import LONDON
from tendereval.services import data_packs
from tendereval.services.data_packs import refuse_scorers
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import public_value
from tendereval.store.repository import Reader
from tendereval.store.unit_of_work import Change, before_and_after

_SCHEMES: Final = "accreditations"


def schemes_of(reader: Reader) -> Mapping[str, Scheme]:
    """Return the schemes that count in this tender by id: the product's or newer imported ones."""
    return facts.schemes(data_packs.text_of(reader, _SCHEMES))


def scheme_named(reader: Reader, text: str) -> Scheme | None:
    """Return the scheme of this id or name, compared without case; None where there is none."""
    wanted = " ".join(text.split()).casefold()
    every = schemes_of(reader).values()
    return next((one for one in every if wanted in {one.id, one.name.casefold()}), None)


def days_of(details: TenderDetails) -> Days:
    """Return the days that certificates are held against; the deadline's is that of London."""
    deadline = details.deadline
    day = None if deadline is None else deadline.astimezone(LONDON).date()
    return Days(day, details.contract_start, details.contract_end)


def finding_for(reader: Reader, now: Situation, bidder: BidderId) -> CertificateFinding:
    """Return what the check says of one bidder's claims.

    Args:
        reader: of the same moment as ``now``.
        now: the situation.
        bidder: whose.

    Raises:
        UnknownReference: there is no such bidder.
    """
    now.bidder(bidder)
    return findings(reader, now)[bidder]


def findings(reader: Reader, now: Situation) -> Mapping[BidderId, CertificateFinding]:
    """Return what the check says of every bidder's claims, bidders without any included."""
    every, schemes, days = public_value.claims(reader), schemes_of(reader), days_of(now.details)
    shared = shared_keys(every)
    return {
        item.id: check_claims(every.get(item.id, ()), schemes, days, item.name, shared)
        for item in now.bidders
    }


def holds_living_wage(reader: Reader, now: Situation, bidder: BidderId) -> bool:
    """Whether a bidder claims a current Living Wage accreditation made out to itself."""
    return finding_for(reader, now, bidder).holds_living_wage


def living_wage_holders(reader: Reader, now: Situation) -> frozenset[BidderId]:
    """Return who claims a current Living Wage accreditation made out to itself."""
    found = findings(reader, now)
    return frozenset(bidder for bidder, item in found.items() if item.holds_living_wage)


@dataclass(frozen=True, slots=True)
class SharedNumber:
    """A certificate that more than one bidder claims; for the lead, as it names bidders."""

    scheme: str
    number: str
    bidders: tuple[BidderId, ...]
    sentence: str


def shared_numbers(reader: Reader, now: Situation) -> tuple[SharedNumber, ...]:
    """Return the certificates that more than one bidder claims, with who does."""
    schemes = schemes_of(reader)
    return tuple(
        _shared(now, schemes, scheme, number, bidders)
        for scheme, number, bidders in numbers_used_twice(public_value.claims(reader))
    )


def _shared(
    now: Situation,
    schemes: Mapping[str, Scheme],
    scheme: str,
    number: str,
    bidders: tuple[BidderId, ...],
) -> SharedNumber:
    names = " and ".join(now.bidder_name(bidder) for bidder in bidders)
    known = schemes.get(scheme)
    called = known.name if known else scheme or "An equivalent"
    sentence = f"{called}: number {number} is claimed by {names}; ask both for the certificate."
    return SharedNumber(scheme, number, bidders, sentence)


def reminders(reader: Reader, now: Situation, bidder: BidderId) -> tuple[Reminder, ...]:
    """Return when the contract manager asks a bidder for renewed certificates, earliest first."""
    days = days_of(now.details)
    found = finding_for(reader, now, bidder).claims
    return tuple(
        sorted(
            (one for item in found for one in reminders_for(item, days)),
            key=lambda one: (one.on, one.name),
        )
    )


def gaps(
    reader: Reader, now: Situation, criterion: CriterionId
) -> Mapping[BidderId, tuple[str, ...]]:
    """Return what every bidder lacks against a question about certificates, in sentences.

    A bidder's claims count for the question they were offered under, and for every one where
    they name none.

    Raises:
        UnknownReference: there is no such criterion.
    """
    ref = now.criterion(criterion).ref.casefold()
    return {
        bidder: tuple(_gaps([one for one in found.claims if _answers(one, ref)]))
        for bidder, found in findings(reader, now).items()
    }


def _answers(item: ClaimFinding, ref: str) -> bool:
    return item.claim.criterion.strip().casefold() in {"", ref}


def _gaps(found: Sequence[ClaimFinding]) -> Iterator[str]:
    if not found:
        yield "No certificate is claimed."
        return
    waiting = [item.name for item in found if item.awaits_decision]
    if waiting:
        yield f"Awaits a decision: {', '.join(waiting)}."
    current = [item for item in found if item.counts and item.state.is_current]
    if not current:
        yield "No certificate counts that is in force at the deadline and when the contract starts."
    elif not any(item.assurance is Assurance.INDEPENDENT for item in current):
        yield "No certificate in force was assessed independently."


def set_claims(
    session: Session, bidder: BidderId, claims: Sequence[Claim], reason: str = ""
) -> None:
    """Record the certificates a bidder claims in place of those before, which are kept.

    Decisions on claims that stay as they are stay too; no decision is made here.

    Args:
        session: the open tender.
        bidder: whose.
        claims: all of them; none takes them back.
        reason: why others take the place of those that stand, once scoring has begun.

    Raises:
        NotAllowedNow: the tender is closed.
        RuleRefusal: claims that cannot be kept, each named; or somebody who only scores.
        ReasonNeeded: replaced after scoring has begun without a reason.
    """
    with session.reading() as reader:
        now = situation(reader)
        now.require(Act.RECORD_EVIDENCE)
        refuse_scorers(now, session.actor.person, "record certificates")
        earlier = public_value.claims(reader).get(bidder, ())
        items = to_record(reader, now, bidder, claims)
    if items == earlier:
        return
    if earlier and now.stage.position >= Stage.SCORING.position and not reason.strip():
        raise ReasonNeeded(
            f"The certificates of {now.bidder_name(bidder)} stand; others need a reason.",
            "Say why; it is kept.",
        )
    ids = {"bidder": bidder, "certificates": str(len(items))}
    with session.change(
        "certificates recorded", ids, _texts(earlier, items), reason.strip()
    ) as change:
        put_claims(change, bidder, items)


def to_record(
    reader: Reader, now: Situation, bidder: BidderId, claims: Sequence[Claim]
) -> tuple[Claim, ...]:
    """Return claims as they are kept: scheme and question by reference, with decisions made.

    Raises:
        RuleRefusal: claims that cannot be kept, each named.
        UnknownReference: there is no such bidder.
    """
    now.bidder(bidder)
    decided = {_undecided(one): one for one in public_value.claims(reader).get(bidder, ())}
    items = tuple(_tidy(reader, now, one) for one in claims)
    wrong = tuple(_problems(now, items))
    if wrong:
        raise RuleRefusal("\n".join(wrong), "Mend these certificates.")
    return tuple(decided.get(one, one) for one in items)


def put_claims(change: Change, bidder: BidderId, items: Sequence[Claim]) -> None:
    """Record what ``to_record`` returned within the caller's transaction."""
    public_value.set_claims(change, bidder, items)


def _undecided(claim: Claim) -> Claim:
    return replace(claim, accepted=None, reason="")


def _tidy(reader: Reader, now: Situation, claim: Claim) -> Claim:
    known = scheme_named(reader, claim.scheme) if claim.scheme.strip() else None
    row = now.method.criterion(claim.criterion.strip())
    return replace(
        _undecided(claim),
        scheme=known.id if known else claim.scheme.strip(),
        level=claim.level.strip(),
        number=claim.number.strip(),
        scope=claim.scope.strip(),
        evidence=claim.evidence.strip(),
        holder=claim.holder.strip(),
        equivalent=claim.equivalent.strip(),
        criterion=row.ref if row else claim.criterion.strip(),
    )


def _problems(now: Situation, items: Sequence[Claim]) -> Iterator[str]:
    seen: set[tuple[str, str]] = set()
    for number, claim in enumerate(items, start=1):
        where = f"Certificate {number}"
        if not claim.scheme and not claim.equivalent:
            yield f"{where} names no scheme and no equivalent."
        if claim.criterion and now.method.criterion(claim.criterion) is None:
            yield f"{where}: there is no criterion {claim.criterion!r}."
        key = certificate_key(claim)
        if key is not None and key in seen:
            yield f"{where}: its number {claim.number} stands in the list twice."
        seen |= set() if key is None else {key}


def decide(
    session: Session, bidder: BidderId, claim: Claim, *, accepted: bool, reason: str
) -> None:
    """Record whether an equivalent, or a certificate made out to another, is accepted.

    Args:
        session: the open tender.
        bidder: who claims it.
        claim: as recorded.
        accepted: the decision; a later one takes its place and both are on record.
        reason: why; shown with the claim.

    Raises:
        NotAllowedNow: the tender is closed.
        UnknownReference: the bidder does not claim it, or not any more.
        RuleRefusal: there is nothing to decide, or somebody who only scores decides.
        ReasonNeeded: no reason.
    """
    with session.reading() as reader:
        now = situation(reader)
        now.require(Act.RECORD_EVIDENCE)
        refuse_scorers(now, session.actor.person, "decide about certificates")
        earlier = public_value.claims(reader).get(bidder, ())
    if claim not in earlier:
        raise UnknownReference(
            f"{now.bidder_name(bidder)} does not claim this certificate as it is shown.",
            "Look at the list again.",
        )
    if not needs_decision(claim, now.bidder_name(bidder)):
        raise RuleRefusal(
            "There is nothing to decide: it is the scheme's own certificate, in the bidder's name.",
            "Decide about equivalents and certificates made out to another.",
        )
    if not reason.strip():
        raise ReasonNeeded("The decision needs a reason.", "Say why; it is shown with the claim.")
    decided = replace(claim, accepted=accepted, reason=reason.strip())
    items = tuple(decided if one == claim else one for one in earlier)
    ids = {"bidder": bidder, "scheme": claim.scheme, "accepted": "yes" if accepted else "no"}
    with session.change(
        "certificate decided", ids, _texts(earlier, items), reason.strip()
    ) as change:
        put_claims(change, bidder, items)


def _texts(earlier: Sequence[Claim], items: Sequence[Claim]) -> dict[str, str]:
    return before_and_after("certificates", _text(earlier) if earlier else None, _text(items))


def _text(items: Sequence[Claim]) -> str:
    return canonical_json(
        [{key: str(value) for key, value in asdict(one).items()} for one in items]
    )
