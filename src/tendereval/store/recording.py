"""Append domain values to a change; the counterpart of ``repository``.

These functions know columns, not rules: services check what may be recorded.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from tendereval.domain.award import Approval, AwardDecision
from tendereval.domain.bidding import (
    Bid,
    Bidder,
    Clarification,
    Place,
    PriceSubmission,
    Response,
    StoredDocument,
)
from tendereval.domain.evaluation import Declaration, PanelMember, Person, Score
from tendereval.domain.exact import to_text
from tendereval.domain.ids import BidderId, DocumentId, PersonId
from tendereval.domain.moderation import AgreedScore, Confirmation, Reopening, SentBack
from tendereval.domain.packs import ReturnedScore
from tendereval.domain.stages import Stage
from tendereval.domain.tender import Method, MethodVersion, TenderDetails
from tendereval.store import beside_record, mapping, rows
from tendereval.store.unit_of_work import Change


def add_identity(change: Change, tender: str, made_by: str) -> None:
    """Record the identity of a new file and the version of the product that made it."""
    change.append(rows.identity, {"tender": tender, "made_by": made_by})


def add_stage(change: Change, stage: Stage, reason: str = "") -> None:
    """Record that a stage was entered."""
    change.append(rows.stage_change, {"stage": str(stage), "reason": reason})


def add_details(change: Change, details: TenderDetails) -> None:
    """Record the tender's details as they are from now on."""
    change.append(rows.tender_details, {"data": mapping.to_json(details)})


def set_method_draft(change: Change, method: Method) -> None:
    """Keep the method as a draft, in place of the draft before."""
    change.replace(rows.method_draft, {"id": 1, "data": mapping.to_json(method)})


def add_version(
    change: Change, version: MethodVersion, canonical: str, approved_by: PersonId | None = None
) -> None:
    """Record a version of the method; a draft is gone from then on."""
    republished = version.republished_on
    change.append(
        rows.method_version,
        {
            "number": version.number,
            "kind": str(version.kind),
            "reason": version.reason,
            "republished_on": None if republished is None else republished.isoformat(),
            "approved_by": approved_by,
            "data": mapping.to_json(version.method),
            "canonical": canonical,
            "fingerprint": version.fingerprint,
        },
    )
    change.remove(rows.method_draft, {"id": 1})


def set_contact(change: Change, subject: str, name: str, email: str, address: str = "") -> None:
    """Keep a name, an e-mail and an address outside the record."""
    change.replace(
        rows.contact, {"subject": subject, "name": name, "email": email, "address": address}
    )


def find_or_add_person(change: Change, name: str, email: str = "") -> PersonId:
    """Return the person of this e-mail (or, without one, of this name), made if need be."""
    people = change.reader.people()
    for person in people.values():
        if _same_person(person, name, email):
            if email and not person.email:
                set_contact(change, person.id, person.name, email)
            return person.id
    number = 1 + change.reader.count_of_people()
    new = PersonId(f"p-{number}")
    set_contact(change, new, name, email)
    return new


def _same_person(person: Person, name: str, email: str) -> bool:
    if email and person.email:
        return person.email.casefold() == email.casefold()
    return person.name.casefold() == name.casefold()


def new_bidder_id(change: Change) -> BidderId:
    """Return the id of the next bidder; ids count up and are never used again."""
    return BidderId(f"b-{1 + len(change.reader.bidders())}")


def add_bidder(change: Change, bidder: Bidder) -> None:
    """Record a bidder, or its changed particulars."""
    change.append(rows.bidder, mapping.bidder_values(bidder))
    # Blank particulars are kept too: they take the place of earlier ones.
    set_contact(change, bidder.id, "", bidder.email, bidder.address)


def add_bid(change: Change, bid: Bid) -> None:
    """Record a bid's status from now on."""
    change.append(rows.bid, mapping.bid_values(bid))


def add_member(change: Change, member: PanelMember) -> None:
    """Record a panel member as the person is from now on."""
    change.append(rows.panel_member, mapping.member_values(member))


def add_declaration(change: Change, declaration: Declaration) -> None:
    """Record a declaration, or the decision on it."""
    change.append(rows.declaration, mapping.declaration_values(declaration))


def add_document(
    change: Change,
    bidder: BidderId,
    name: str,
    content: bytes,
    media_type: str,
    known: list[StoredDocument] | None = None,
) -> DocumentId:
    """Keep a bidder's document inside the file; the same bytes are kept once.

    Args:
        change: the transaction.
        bidder: whose it is.
        name: without a folder.
        content: its bytes.
        media_type: of the content.
        known: the documents of the file, where many are kept one after another; grows.
    """
    digest = DocumentId(hashlib.sha256(content).hexdigest())
    documents = list(change.reader.documents()) if known is None else known
    same = [item for item in documents if item.id == digest]
    if not same:
        change.append(rows.document_bytes, {"sha256": digest, "content": content})
    document = StoredDocument(digest, bidder, name, len(content), media_type)
    if document not in same:
        documents.append(document)
        change.append(
            rows.document,
            {
                "sha256": digest,
                "bidder": bidder,
                "name": name,
                "size": len(content),
                "media_type": media_type,
            },
        )
    return digest


def add_responses(change: Change, responses: Sequence[Response]) -> None:
    """Record answers as they are from now on."""
    first = change.append_texts([item.text for item in responses])
    change.append_many(
        rows.response,
        (
            {
                **mapping.place_values(item.place),
                "text_id": number,
                "document": item.document,
                "page": item.page,
                "late": int(item.late),
            }
            for number, item in enumerate(responses, start=first)
        ),
    )


def add_answers_lock(change: Change, sha256: str, answers: int, documents: int) -> None:
    """Record the digest over all answers and documents as they were when locked."""
    change.append(rows.answers_lock, {"sha256": sha256, "answers": answers, "documents": documents})


def add_clarification(change: Change, item: Clarification) -> None:
    """Record a clarification, apart from the tender itself."""
    question = change.append_text(item.question)
    answer = change.append_text(item.answer)
    change.append(
        rows.clarification,
        {
            **mapping.place_values(item.place),
            "question_id": question,
            "answer_id": answer,
            "scorable": int(item.scorable),
            "reason": item.reason,
            "recorded_at": item.recorded_at.isoformat(),
        },
    )


def add_price(change: Change, item: PriceSubmission) -> None:
    """Record a price from now on."""
    change.append(
        rows.price,
        {
            **mapping.place_values(item.place),
            "amount": to_text(item.amount),
            "lines": mapping.to_json(item.lines),
        },
    )


def add_scores(change: Change, scores: Sequence[Score], at: datetime) -> None:
    """Record revisions of individual scores; working text at their places is done with.

    Args:
        change: the transaction.
        scores: each with the moment it was given, where it is known.
        at: the moment of all others.
    """
    people = [item.evaluator for item in scores]
    _append_scores(
        change, people, [(item.place, item.revision, item) for item in scores], at.isoformat()
    )
    if change.reader.has_working_texts():
        for item in scores:
            beside_record.drop_working_text(change, item.evaluator, "score", item.place)


def append_returned(
    change: Change, evaluator: PersonId, scores: Sequence[tuple[Place, int, ReturnedScore]]
) -> None:
    """Record one person's scores that were given elsewhere; what is typed here stays.

    Args:
        change: the transaction.
        evaluator: who gave them.
        scores: place, number of the revision and score.
    """
    _append_scores(change, [evaluator] * len(scores), scores, "")


def _append_scores(
    change: Change,
    people: Sequence[PersonId],
    scores: Sequence[tuple[Place, int, Score | ReturnedScore]],
    stamp: str,
) -> None:
    first = change.append_texts([item.rationale for _, _, item in scores])
    change.append_columns(
        rows.score,
        {
            "evaluator": people,
            "bidder": [place.bidder for place, _, _ in scores],
            "criterion": [place.criterion for place, _, _ in scores],
            "lot": [place.lot or "" for place, _, _ in scores],
            "revision": [revision for _, revision, _ in scores],
            "state": [item.state.value for _, _, item in scores],
            "points": [mapping.number_text(item.points) for _, _, item in scores],
            "method_version": [item.method_version for _, _, item in scores],
            "rationale_id": range(first, first + len(scores)),
            "recorded_at": [
                item.recorded_at.isoformat() if item.recorded_at else stamp for _, _, item in scores
            ],
        },
    )


def add_agreed(change: Change, item: AgreedScore, by: PersonId, at: datetime) -> None:
    """Record a revision of an agreed score with its rationale and explanations."""
    rationale = change.append_text(item.rationale)
    releasable = change.append_text(item.releasable_rationale)
    place = mapping.place_values(item.place)
    change.append(
        rows.agreed_score,
        {
            **place,
            "revision": item.revision,
            "points": to_text(item.points),
            "method_version": item.method_version,
            "rationale_id": rationale,
            "releasable_id": releasable,
            "present": mapping.to_json(item.present),
            "elsewhere": int(item.elsewhere),
            "reason": item.reason,
            "recorded_at": at.isoformat(),
            "recorded_by": by,
        },
    )
    for explanation in item.explanations:
        change.append(
            rows.explanation,
            {
                **place,
                "revision": item.revision,
                "sub_criterion": explanation.sub_criterion,
                "text_id": change.append_text(explanation.text),
            },
        )


def add_confirmation(change: Change, item: Confirmation, at: datetime) -> None:
    """Record one person's word on an agreed score."""
    change.append(
        rows.confirmation,
        {
            "person": item.person,
            **mapping.place_values(item.place),
            "revision": item.revision,
            "agrees": int(item.agrees),
            "dissent": item.dissent,
            "recorded_at": at.isoformat(),
        },
    )


def add_sent_back(change: Change, item: SentBack) -> None:
    """Record that a response was sent back, or that this is settled."""
    change.append(
        rows.sent_back,
        {
            **mapping.place_values(item.place),
            "reason": item.reason,
            "is_open": int(item.is_open),
            "recorded_at": item.recorded_at.isoformat(),
        },
    )


def add_reopening(change: Change, item: Reopening) -> None:
    """Record that an agreed score was reopened after prices were known."""
    change.append(
        rows.reopening,
        {
            **mapping.place_values(item.place),
            "approver": item.approver,
            "reason": item.reason,
            "order_before": item.order_before,
            "order_after": item.order_after,
            "recorded_at": item.recorded_at.isoformat(),
        },
    )


def add_decision(change: Change, item: AwardDecision) -> None:
    """Record a revision of an award decision."""
    change.append(
        rows.award_decision,
        {
            "lot": item.lot,
            "revision": item.revision,
            "bidders": mapping.to_json(item.bidders),
            "rationale_id": change.append_text(item.rationale),
            "recorded_at": item.recorded_at.isoformat(),
            "recorded_by": item.recorded_by,
        },
    )


def add_approval(change: Change, item: Approval) -> None:
    """Record an approval."""
    change.append(rows.approval, mapping.approval_values(item))
