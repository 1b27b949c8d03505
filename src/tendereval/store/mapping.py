"""Rows to frozen domain values and back; knows columns and types, asks no questions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from typing import Final, TypeVar

import msgspec
from sqlalchemy import RowMapping

from tendereval.domain.award import Approval, ApprovalOutcome, AwardDecision
from tendereval.domain.bidding import (
    Bid,
    Bidder,
    BidStatus,
    Clarification,
    Place,
    PriceLine,
    PriceSubmission,
    Response,
    StoredDocument,
)
from tendereval.domain.evaluation import (
    Declaration,
    InterestOutcome,
    PanelMember,
    Role,
    Score,
    ScoreState,
)
from tendereval.domain.exact import from_text, to_text
from tendereval.domain.ids import BidderId, CriterionId, DocumentId, LotId, PersonId
from tendereval.domain.moderation import AgreedScore, Confirmation, Explanation, Reopening, SentBack
from tendereval.domain.record import AuditEntry
from tendereval.domain.tender import Method, MethodVersion, VersionKind
from tendereval.store.content import flag, half_a_character, whole, words

T = TypeVar("T")
Values = dict[str, object]

exact: Final = lru_cache(maxsize=4096)(from_text)
"""``from_text``, remembered: a file holds the same few numbers thousands of times."""


def _encode(value: object) -> object:
    if isinstance(value, Fraction):
        return to_text(value)
    raise TypeError(f"no text form for {type(value).__name__}")


def _decode(kind: type, value: object) -> object:
    if kind is Fraction and isinstance(value, str):
        return exact(value)
    raise ValueError(f"not a {kind.__name__}: {value!r}")


_ENCODER: Final = msgspec.json.Encoder(enc_hook=_encode, order="deterministic")


def to_json(value: object) -> str:
    """Write a frozen value as JSON text; fractions become exact decimal text.

    Raises:
        ExchangeProblem: a text in it holds half a character, which no file can keep.
    """
    try:
        return _ENCODER.encode(value).decode("utf-8")
    except UnicodeEncodeError as error:
        raise half_a_character(error) from error


def from_json(text: object, kind: type[T]) -> T:
    """Read what ``to_json`` wrote.

    Raises:
        msgspec.MsgspecError: the text does not fit the type; the file is damaged.
    """
    return msgspec.json.decode(words(text), type=kind, dec_hook=_decode)


def number(text: object) -> Fraction | None:
    """Read an optional exact number."""
    return None if text is None else exact(words(text))


def number_text(value: Fraction | None) -> str | None:
    """Write an optional exact number."""
    return None if value is None else _decimal(*value.as_integer_ratio())


@lru_cache(maxsize=4096)
def _decimal(numerator: int, denominator: int) -> str:
    return to_text(Fraction(numerator, denominator))


def _day(text: object) -> date | None:
    return None if text is None else date.fromisoformat(words(text))


def moment(text: object) -> datetime:
    """Read a moment; one without its offset is none."""
    found = datetime.fromisoformat(words(text))
    if found.tzinfo is None:
        raise ValueError("a moment without its offset")
    return found


def _day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def place_values(place: Place) -> Values:
    """Return the three columns of a place."""
    return {"bidder": place.bidder, "criterion": place.criterion, "lot": place.lot or ""}


def place_of(row: RowMapping) -> Place:
    """Return the place of a row."""
    return place_at(row["bidder"], row["criterion"], row["lot"])


@lru_cache(maxsize=32_768)
def place_at(bidder: object, criterion: object, lot: object) -> Place:
    """Return the place that three cells name; every table names the same ones again."""
    ref = words(lot)
    return Place(
        BidderId(words(bidder)), CriterionId(words(criterion)), LotId(ref) if ref else None
    )


def entry_of(row: RowMapping) -> AuditEntry:
    """Return an audit entry."""
    plain = {name: words(row[name]) for name in row if name not in {"seq", "ids", "texts"}}
    return AuditEntry(
        **plain,
        seq=whole(row["seq"]),
        ids=from_json(row["ids"], dict[str, str]),
        texts=from_json(row["texts"], dict[str, str]),
    )


def bidder_values(item: Bidder) -> Values:
    """Return a bidder's columns; address and e-mail go to the contact table."""
    kept = replace(item, address="", email="")
    return {"bidder": item.id, "name": item.name, "data": to_json(kept)}


def bidder_of(row: RowMapping, contact: Mapping[str, str]) -> Bidder:
    """Return a bidder with its contact, if that was not erased."""
    found = from_json(row["data"], Bidder)
    return replace(found, address=contact.get("address", ""), email=contact.get("email", ""))


def bid_values(item: Bid) -> Values:
    """Return a bid's columns."""
    return {
        "bidder": item.bidder,
        "lot": item.lot,
        "status": str(item.status),
        "reason": item.reason,
        "notified_on": _day_text(item.notified_on),
        "responded_on": _day_text(item.responded_on),
        "decided_on": _day_text(item.decided_on),
    }


def bid_of(row: RowMapping) -> Bid:
    """Return a bid."""
    return Bid(
        BidderId(words(row["bidder"])),
        LotId(words(row["lot"])),
        BidStatus(row["status"]),
        words(row["reason"]),
        _day(row["notified_on"]),
        _day(row["responded_on"]),
        _day(row["decided_on"]),
    )


def member_values(item: PanelMember) -> Values:
    """Return a panel member's columns."""
    return {
        "person": item.person,
        "role": str(item.role),
        "label": item.label,
        "questions": None if item.questions is None else to_json(sorted(item.questions)),
        "lots": None if item.lots is None else to_json(sorted(item.lots)),
        "has_left": int(item.left),
        "reason": item.reason,
    }


def member_of(row: RowMapping) -> PanelMember:
    """Return a panel member."""
    questions, lots = row["questions"], row["lots"]
    return PanelMember(
        PersonId(words(row["person"])),
        Role(row["role"]),
        words(row["label"]),
        None if questions is None else from_json(questions, frozenset[CriterionId]),
        None if lots is None else from_json(lots, frozenset[LotId]),
        flag(row["has_left"]),
        words(row["reason"]),
    )


def declaration_values(item: Declaration) -> Values:
    """Return a declaration's columns."""
    return {
        "person": item.person,
        "interest": item.interest,
        "bidders": to_json(item.bidders),
        "outcome": None if item.outcome is None else str(item.outcome),
        "how": item.how,
        "removed_for": to_json(sorted(item.removed_for)),
    }


def declaration_of(row: RowMapping) -> Declaration:
    """Return a declaration."""
    outcome = row["outcome"]
    return Declaration(
        PersonId(words(row["person"])),
        words(row["interest"]),
        from_json(row["bidders"], tuple[BidderId, ...]),
        None if outcome is None else InterestOutcome(outcome),
        words(row["how"]),
        from_json(row["removed_for"], frozenset[BidderId]),
    )


def document_of(row: RowMapping) -> StoredDocument:
    """Return a stored document without its bytes."""
    return StoredDocument(
        DocumentId(words(row["sha256"])),
        BidderId(words(row["bidder"])),
        words(row["name"]),
        whole(row["size"]),
        words(row["media_type"]),
    )


def response_of(row: RowMapping) -> Response:
    """Return a response; the row brings its text as ``body``."""
    known = row["document"]
    document = None if known is None else DocumentId(words(known))
    late = flag(row["late"])
    return Response(place_of(row), words(row["body"]), document, words(row["page"]), late)


def clarification_of(row: RowMapping) -> Clarification:
    """Return a clarification; the row brings ``question`` and ``answer``."""
    return Clarification(
        place_of(row),
        words(row["question"]),
        words(row["answer"]),
        moment(row["recorded_at"]),
        flag(row["scorable"]),
        words(row["reason"]),
    )


def price_of(row: RowMapping) -> PriceSubmission:
    """Return a price."""
    lines = from_json(row["lines"], tuple[PriceLine, ...])
    return PriceSubmission(place_of(row), exact(words(row["amount"])), lines)


def score_of(row: RowMapping, rationale: str = "") -> Score:
    """Return a score; its rationale is read apart, when it is wanted."""
    return Score(
        PersonId(words(row["evaluator"])),
        place_of(row),
        ScoreState(row["state"]),
        number(row["points"]),
        rationale,
        whole(row["method_version"]),
        whole(row["revision"]),
        moment(row["recorded_at"]),
    )


def agreed_of(
    row: RowMapping, rationale: str, releasable: str, explanations: Sequence[Explanation]
) -> AgreedScore:
    """Return an agreed score from its row and its texts."""
    return AgreedScore(
        place_of(row),
        exact(words(row["points"])),
        rationale,
        releasable,
        tuple(explanations),
        from_json(row["present"], tuple[PersonId, ...]),
        whole(row["method_version"]),
        whole(row["revision"]),
        words(row["reason"]),
        flag(row["elsewhere"]),
        moment(row["recorded_at"]),
        PersonId(words(row["recorded_by"])),
    )


def confirmation_of(row: RowMapping) -> Confirmation:
    """Return a confirmation."""
    return Confirmation(
        PersonId(words(row["person"])),
        place_of(row),
        whole(row["revision"]),
        flag(row["agrees"]),
        words(row["dissent"]),
        moment(row["recorded_at"]),
    )


def sent_back_of(row: RowMapping) -> SentBack:
    """Return a sending back, or that it is settled."""
    recorded = moment(row["recorded_at"])
    return SentBack(place_of(row), words(row["reason"]), recorded, flag(row["is_open"]))


def reopening_of(row: RowMapping) -> Reopening:
    """Return the reopening of an agreed score."""
    return Reopening(
        place_of(row),
        PersonId(words(row["approver"])),
        words(row["reason"]),
        words(row["order_before"]),
        words(row["order_after"]),
        moment(row["recorded_at"]),
    )


@lru_cache(maxsize=8)
def _method(text: str) -> Method:
    return from_json(text, Method)


def method_of(text: object) -> Method:
    """Return a method; one that was read before is not taken apart again."""
    return _method(words(text))


def version_of(row: RowMapping, recorded_at: datetime) -> MethodVersion:
    """Return a version of the method."""
    return MethodVersion(
        whole(row["number"]),
        VersionKind(row["kind"]),
        method_of(row["data"]),
        words(row["fingerprint"]),
        recorded_at,
        words(row["reason"]),
        _day(row["republished_on"]),
    )


def decision_of(row: RowMapping, rationale: str) -> AwardDecision:
    """Return an award decision."""
    return AwardDecision(
        LotId(words(row["lot"])),
        from_json(row["bidders"], tuple[BidderId, ...]),
        rationale,
        whole(row["revision"]),
        moment(row["recorded_at"]),
        PersonId(words(row["recorded_by"])),
    )


def approval_values(item: Approval) -> Values:
    """Return an approval's columns."""
    return {
        "lot": item.lot,
        "revision": item.revision,
        "person": item.person,
        "role": item.role,
        "outcome": str(item.outcome),
        "given_on": item.given_on.isoformat(),
        "statement": item.statement,
    }


def approval_of(row: RowMapping) -> Approval:
    """Return an approval."""
    return Approval(
        LotId(words(row["lot"])),
        whole(row["revision"]),
        PersonId(words(row["person"])),
        words(row["role"]),
        ApprovalOutcome(row["outcome"]),
        date.fromisoformat(words(row["given_on"])),
        words(row["statement"]),
    )
