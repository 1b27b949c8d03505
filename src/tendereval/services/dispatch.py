"""The register of assessment summaries that went out: all of a lot at the same time, or none.

Nothing is sent from here: people send, and record when, how, to which address and exactly what.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from tendereval.domain.errors import ReasonNeeded, RuleRefusal
from tendereval.domain.ids import BidderId, LotId, PersonId
from tendereval.domain.stages import Act
from tendereval.domain.summaries import AssessmentSummary, Dispatch
from tendereval.domain.summary_content import summaries_for
from tendereval.domain.wording import listed
from tendereval.services.data_packs import refuse_scorers
from tendereval.services.session import Session
from tendereval.services.situation import situation
from tendereval.services.summaries import read, require_complete
from tendereval.services.summary_edits import DISPATCH, dispatch_of
from tendereval.store.facts import add_fact
from tendereval.store.mapping import to_json
from tendereval.store.repository import Reader
from tendereval.store.unit_of_work import before_and_after

__all__ = ["Registered", "Sent", "dispatch_of", "record_dispatch", "register"]

_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Sent:
    """What went to one supplier.

    Attributes:
        address: the e-mail or postal address it went to.
        sha256: of the PDF, in hexadecimal.
    """

    address: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Registered:
    """One entry of the register.

    Attributes:
        at: when it was recorded; ``by`` who recorded it.
    """

    dispatch: Dispatch
    at: datetime
    by: PersonId


def register(reader: Reader) -> tuple[Registered, ...]:
    """Return every dispatch of every lot, oldest first; the last one of a lot holds."""
    return tuple(
        Registered(item, at, PersonId(by))
        for _, item, at, by in reader.fact_history(DISPATCH, Dispatch)
    )


def record_dispatch(
    session: Session,
    lot: str,
    on: date,
    how: str,
    sent: Mapping[BidderId, Sent],
    *,
    reason: str = "",
) -> Dispatch:
    """Record that every summary of a lot went out.

    Args:
        session: the open tender.
        lot: which.
        on: the day, the same for all.
        how: the way they went (``e-mail``, ``the tender portal``).
        sent: what went to whom; every recipient once, and nobody else.
        reason: why they were sent again; needed from the second time on.

    Raises:
        NotAllowedNow: before stage ``award``.
        NotSupported: the law of the tender has no assessment summaries.
        IncompleteRecord: no decision, or a required item is missing.
        RuleRefusal: not approved, not exactly the recipients, ahead of its day, or blank.
        ReasonNeeded: sent again without a reason.

    Source: Procurement Act 2023, s.50(3); Procurement Regulations 2024, r.31(4); Procurement
        (Wales) Regulations 2024, r.32(4).
    """
    with session.reading() as reader:
        now = situation(reader)
        now.require(Act.PREPARE_SUMMARIES)
        refuse_scorers(now, session.actor.person, "record what was sent")
        earlier = dispatch_of(reader, now.lot(lot))
    model, ref, added = read(session, lot)
    found = summaries_for(model, ref, added)
    require_complete(model, found)
    problems = tuple(_problems(found, sent, session.clock().date(), on, how))
    if problems:
        raise RuleRefusal(" ".join(problems), "Mend this and record it again.")
    if earlier is not None and not reason.strip():
        raise ReasonNeeded(
            f"The summaries of lot {ref} were sent already.",
            "Say why they were sent again; both stay in the register.",
        )
    every = ((one.addressee, sent[one.addressee]) for one in found)
    went = tuple((bidder, item.address.strip(), item.sha256) for bidder, item in every)
    dispatch = Dispatch(ref, on, how.strip(), went)
    _keep(session, ref, dispatch, reason)
    return dispatch


def _keep(session: Session, lot: LotId, dispatch: Dispatch, reason: str) -> None:
    texts = before_and_after("dispatch", None, to_json(dispatch))
    ids = {"lot": lot, "on": dispatch.on.isoformat(), "summaries": str(len(dispatch.sent))}
    with session.change("summaries sent", ids, texts, reason.strip()) as change:
        add_fact(change, DISPATCH, lot, dispatch)


def _problems(
    found: tuple[AssessmentSummary, ...],
    sent: Mapping[BidderId, Sent],
    today: date,
    on: date,
    how: str,
) -> Iterator[str]:
    if any(one.draft for one in found):
        yield "The award is not approved: its summaries are drafts."
    if on > today:
        yield "The day lies ahead."
    if not how.strip():
        yield "How they went is not said."
    yield from _about_suppliers({one.addressee: one.name for one in found}, sent)


def _about_suppliers(names: Mapping[BidderId, str], sent: Mapping[BidderId, Sent]) -> Iterator[str]:
    left_out = [name for bidder, name in names.items() if bidder not in sent]
    if left_out:
        yield f"All go out at the same time; left out: {listed(left_out)}."
    if set(sent) - set(names):
        yield "A supplier is named who is given no summary of this lot."
    went = [(name, sent[bidder]) for bidder, name in names.items() if bidder in sent]
    for name, item in went:
        if not item.address.strip():
            yield f"The address is missing: {name}."
        if not _SHA256.fullmatch(item.sha256):
            yield f"The SHA-256 of the PDF is missing or is none: {name}."
