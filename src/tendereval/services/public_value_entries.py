"""Record what a lead decided about public value from a file, by the rules of the screens.

What is there already, equal to the letter, is passed over, so that a file that was stopped at a
refusal is mended and taken in again. Each thing is a change of its own in the record.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from tendereval.domain.bidding import Place
from tendereval.domain.errors import UnknownReference, UserFixable
from tendereval.domain.publicvalue.certificate_flags import needs_decision
from tendereval.domain.publicvalue.commitment_rules import Parts
from tendereval.domain.publicvalue.commitments import Commitment, Delivery, Quote
from tendereval.exchange.public_value_file import (
    DecisionEntry,
    DeliveryEntry,
    GoalEntry,
    PromiseEntry,
    PublicValueFile,
    TermEntry,
)
from tendereval.services import certificates, commitments, delivery, goals, living_wage
from tendereval.services.goals import GoalParts
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import public_value
from tendereval.store.repository import Reader


def record_all(session: Session, found: PublicValueFile, reason: str = "") -> Mapping[str, int]:
    """Record everything in a file, in the order of its tables.

    Args:
        session: the open tender.
        found: as read.
        reason: why what stands is changed, where that is asked for.

    Returns:
        How many of what are new or changed.

    Raises:
        UserFixable: the first refusal; it says what was recorded before it.
    """
    done: Counter[str] = Counter()
    try:
        for name, step in _steps(session, found, reason):
            done[name] += step()
    except UserFixable as refusal:
        told = [f"{number} {name}" for name, number in done.items() if number]
        if told:
            refusal.kept = f"What came before it in the file is recorded: {', '.join(told)}."
        raise
    return {name: number for name, number in done.items() if number}


def _steps(
    session: Session, found: PublicValueFile, reason: str
) -> Iterator[tuple[str, Callable[[], int]]]:
    """Yield what is to be recorded, each with what tells how many are new or changed."""
    for goal in found.goals:
        yield "goals", partial(_goal, session, goal)
    yield "use of the living wage check", partial(_wage, session, found, reason)
    for decision in found.certificates:
        yield "decisions on certificates", partial(_decision, session, decision)
    for promise in found.commitments:
        yield "commitments", partial(_promise, session, promise, reason)
    yield "key performance indicators", partial(_kpis, session, found)
    for term in found.contract:
        yield "owners", partial(_owner, session, term)
    for report in found.delivery:
        yield "reports of delivery", partial(_delivery, session, report)


def _goal(session: Session, entry: GoalEntry) -> int:
    parts = GoalParts(
        entry.mission.strip(),
        entry.outcome.strip(),
        entry.baseline.strip(),
        entry.end_state.strip(),
        entry.by,
    )
    with session.reading() as reader:
        standing = goals.goals(reader)
    for one in standing:
        if parts == GoalParts(one.mission, one.outcome, one.baseline, one.end_state, one.by):
            return 0
    goals.add_goal(session, parts)
    return 1


def _wage(session: Session, found: PublicValueFile, reason: str) -> int:
    if found.living_wage is None:
        return 0
    with session.reading() as reader:
        before = public_value.wage_setting(reader)
    living_wage.choose_use(session, found.living_wage.setting(), reason)
    with session.reading() as reader:
        return int(public_value.wage_setting(reader) != before)


def _decision(session: Session, entry: DecisionEntry) -> int:
    with session.reading() as reader:
        bidder = situation(reader).bidder_named(entry.bidder)
        scheme = certificates.scheme_named(reader, entry.certificate)
        ref = scheme.id if scheme is not None else entry.certificate.strip()
        found = [
            claim
            for claim in public_value.claims(reader).get(bidder.id, ())
            if needs_decision(claim, bidder.name)
            and claim.scheme == ref
            and entry.number.strip() in {"", claim.number}
        ]
    if len(found) != 1:
        raise UnknownReference(
            f"{len(found) or 'No'} claims of {bidder.name} under “{entry.certificate}” await a "
            "decision.",
            "Name the certificate as the bidder does, and its number where there are several.",
        )
    (claim,) = found
    if (claim.accepted, claim.reason) == (entry.accepted, entry.reason.strip()):
        return 0
    accepted = entry.accepted
    certificates.decide(session, bidder.id, claim, accepted=accepted, reason=entry.reason)
    return 1


def _promise(session: Session, entry: PromiseEntry, reason: str) -> int:
    with session.reading() as reader:
        now = situation(reader)
        place, quote = _place(now, entry), Quote(entry.words, 0, entry.page.strip())
        if not quote.page:
            quote = _found(reader, now, place, entry.words)
        earlier = _made(reader, place, quote, entry.what.strip())
        parts = _parts(reader, entry)
    if earlier is None:
        commitments.make(session, place, quote, parts)
        return 1
    if commitments.parts_of(earlier) == parts:
        return 0
    commitments.edit(session, earlier.id, parts, reason)
    return 1


def _parts(reader: Reader, entry: PromiseEntry) -> Parts:
    """Return the parts of a promise; goals are named by their outcome or their id."""
    known = {one.outcome.casefold(): one.id for one in goals.goals(reader)}
    parts = entry.parts()
    return replace(parts, goals=tuple(known.get(ref.casefold(), ref) for ref in parts.goals))


def _place(now: Situation, entry: PromiseEntry) -> Place:
    criterion = now.criterion(entry.ref)
    lot = now.lot(entry.lot) if entry.lot else criterion.lot
    return Place(now.bidder_named(entry.bidder).id, criterion.ref, lot)


def _found(reader: Reader, now: Situation, place: Place, words: str) -> Quote:
    """Return words as they stand in the answer, however its lines are broken."""
    answer = reader.response_at(place)
    pattern = r"\s+".join(map(re.escape, words.split()))
    spots = [] if answer is None or not pattern else list(re.finditer(pattern, answer.text))
    if len(spots) > 1:
        raise UnknownReference(
            f"{now.place_in_words(place)}: “{words}” stands there {len(spots)} times.",
            "Give more of the sentence.",
        )
    return Quote(spots[0].group(), spots[0].start()) if spots else Quote(words, 0)


def _made(reader: Reader, place: Place, quote: Quote, what: str) -> Commitment | None:
    """Return the commitment made from these words already; ``what`` tells two of them apart."""
    same = [
        item
        for item in public_value.commitments(reader)
        if (item.place, item.quote) == (place, quote) and not item.withdrawn
    ]
    return next((item for item in same if item.what == what), None)


def _named(reader: Reader, text: str) -> Commitment:
    """Return the commitment of this id, or the only standing one that does this."""
    wanted = " ".join(text.split()).casefold()
    standing = [item for item in public_value.commitments(reader) if not item.withdrawn]
    found = [
        item
        for item in standing
        if item.id == text.strip() or " ".join(item.what.split()).casefold() == wanted
    ]
    if len(found) != 1:
        raise UnknownReference(
            f"{len(found) or 'No'} commitments are called “{text}”.",
            "Give the id, such as c-1, or all of what is promised.",
        )
    return found[0]


def _kpis(session: Session, found: PublicValueFile) -> int:
    with session.reading() as reader:
        before = public_value.kpi_setting(reader)
        chosen = tuple(_named(reader, item.commitment).id for item in found.contract if item.kpi)
    if not chosen and not found.no_kpis:
        return 0
    after = commitments.choose_kpis(session, chosen, found.no_kpis)
    return len(after.chosen) if after != before else 0


def _owner(session: Session, entry: TermEntry) -> int:
    if not entry.owner.strip():
        return 0
    with session.reading() as reader:
        earlier = _named(reader, entry.commitment)
    return int(commitments.name_owner(session, earlier.id, entry.owner) != earlier)


def _delivery(session: Session, entry: DeliveryEntry) -> int:
    with session.reading() as reader:
        ref = _named(reader, entry.commitment).id
        before = len(public_value.deliveries(reader))
    report = Delivery(ref, entry.on, entry.number(), entry.evidence, entry.note)
    delivery.record_delivery(session, report)
    with session.reading() as reader:
        return len(public_value.deliveries(reader)) - before
