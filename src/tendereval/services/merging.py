"""Bring the rows of a workbook into a tender, sheet by sheet, within one transaction.

A blank cell says nothing: what stands there already stays.
"""

import hashlib
import mimetypes
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from tendereval.domain.bidding import Bid, Bidder, PriceSubmission, Response
from tendereval.domain.errors import WorkbookProblems
from tendereval.domain.evaluation import Declaration, InterestOutcome, PanelMember
from tendereval.domain.ids import BidderId, DocumentId, PersonId
from tendereval.domain.method_text import canonical_text
from tendereval.domain.stages import Act
from tendereval.domain.tender import Method, TenderDetails
from tendereval.exchange.content import (
    BidderRow,
    BidStatusRow,
    DeclarationRow,
    PanelRow,
    PriceRow,
    ResponseRow,
    WorkbookContent,
)
from tendereval.services import (
    bids,
    merging_judgements,
    merging_public_value,
    methods,
    panel,
    tenders,
)
from tendereval.services.intake import Intake
from tendereval.store import recording

# The types that every machine knows alike: what one system adds must not change the record.
_MEDIA_TYPES = mimetypes.MimeTypes()


def everything(intake: Intake, content: WorkbookContent) -> dict[str, int]:
    """Bring every sheet in, in the order in which they build on each other.

    Returns:
        How many of what are new or changed.

    Raises:
        WorkbookProblems: every row that the rules of the tender refuse.
        NotAllowedNow: a sheet would change what the stage no longer allows.
    """
    _details(intake, content.details)
    _method(intake, content.method)
    _bidders(intake, content.bidders)
    _statuses(intake, content.statuses)
    _panel(intake, content.panel)
    _declarations(intake, content.declarations)
    _responses(intake, content.responses)
    _prices(intake, content.prices)
    merging_judgements.scores(intake, content.scores)
    merging_judgements.agreed(intake, content.agreed, content.explanations)
    merging_public_value.everything(intake, content)
    if intake.problems:
        raise WorkbookProblems(intake.problems)
    return intake.brought


def _details(intake: Intake, details: TenderDetails | None) -> None:
    if details is None or details == intake.now.details:
        return
    intake.require(Act.EDIT_DETAILS)
    if not intake.elsewhere:
        tenders.check_details(intake.now, details, intake.session.clock())
    recording.add_details(intake.change, details)
    intake.count("tender details")
    intake.refresh()


def _method(intake: Intake, method: Method | None) -> None:
    if method is None or canonical_text(method) == canonical_text(intake.now.method):
        return
    version = None
    if intake.amendment is not None:
        session = intake.session
        version = methods.put_amended(intake.change, intake.now, method, intake.amendment, session)
    else:
        intake.now.require(Act.EDIT_METHOD)
        recording.set_method_draft(intake.change, method)
    intake.count("criteria", len(method.criteria))
    intake.use_method(method, version)


def _bidders(intake: Intake, rows: Iterable[BidderRow]) -> None:
    known = {bidder.name.casefold(): bidder for bidder in intake.now.bidders}
    for row in rows:
        before = known.get(row.name.casefold())
        bidder = _bidder(row, before)
        if bidder == before:
            continue
        intake.require(Act.EDIT_BIDS)
        if before is None:
            bidder = replace(bidder, id=recording.new_bidder_id(intake.change))
        recording.add_bidder(intake.change, bidder)
        intake.count("bidders")
    intake.refresh()


def _bidder(row: BidderRow, before: Bidder | None) -> Bidder:
    old = before or Bidder(BidderId(""), row.name)
    return Bidder(
        old.id,
        old.name,
        row.identifier or old.identifier,
        row.address or old.address,
        row.email or old.email,
        old.sme if row.sme is None else row.sme,
        old.vcse if row.vcse is None else row.vcse,
        old.supported_employment if row.supported_employment is None else row.supported_employment,
        row.lots,
        row.subcontractors or old.subcontractors,
    )


def _statuses(intake: Intake, rows: Iterable[BidStatusRow]) -> None:
    standing = {(bid.bidder, bid.lot): bid for bid in intake.now.bids}
    for row in rows:
        bidder = intake.now.bidder_named(row.bidder).id
        bid = Bid(
            bidder,
            row.lot,
            row.status,
            row.reason,
            row.notified_on,
            row.responded_on,
            row.decided_on,
        )
        earlier = standing.get((bidder, row.lot))
        if earlier == bid:
            continue
        intake.require(Act.SET_STATUS)
        check = partial(bids.check_status, bid, earlier)
        if intake.elsewhere or intake.tried("Bidders", row.row, check):
            recording.add_bid(intake.change, bid)
            intake.count("bid statuses")
    intake.refresh()


def _panel(intake: Intake, rows: Iterable[PanelRow]) -> None:
    for row in rows:
        known = next((m for m in intake.now.panel if _is(intake, m, row)), None)
        questions = None if row.questions is None else frozenset(row.questions)
        lots = None if row.lots is None else frozenset(row.lots)
        if known and (known.role, known.questions, known.lots) == (row.role, questions, lots):
            if known.left:
                intake.notes.append(f"{intake.now.name(known.person)} has left the panel already.")
            continue
        intake.require(Act.CHANGE_PANEL)
        begun = partial(panel.reason_once_begun, intake.now, intake.reason)
        if intake.elsewhere or intake.tried("Panel", row.row, begun):
            member = PanelMember(
                PersonId(""), row.role, "", questions, lots, reason=intake.reason.strip()
            )
            panel.join(intake.change, member, row.name, row.email)
            intake.count("panel members")
    intake.refresh()


def _is(intake: Intake, member: PanelMember, row: PanelRow) -> bool:
    person = intake.now.people.get(member.person)
    if person is None:
        return False
    if row.email and person.email:
        return person.email.casefold() == row.email.casefold()
    return person.name.casefold() == row.name.casefold()


def _declarations(intake: Intake, rows: Iterable[DeclarationRow]) -> None:
    for row in rows:
        person = intake.now.person_named(row.evaluator).person
        about = tuple(intake.now.bidder_named(name).id for name in row.about)
        removed = row.outcome is InterestOutcome.REMOVED_FOR_BIDDERS
        declaration = Declaration(
            person,
            row.interest,
            about,
            row.outcome,
            row.how,
            frozenset(about) if removed else frozenset(),
        )
        if _says_nothing_new(declaration, intake.now.declaration(person)):
            continue
        intake.require(Act.DECLARE)
        check = partial(panel.check_decided, intake.now, declaration, intake.session.actor.person)
        if intake.elsewhere or intake.tried("Declarations", row.row, check):
            recording.add_declaration(intake.change, declaration)
            intake.count("declarations")
    intake.refresh()


def _says_nothing_new(declaration: Declaration, standing: Declaration | None) -> bool:
    """Whether it stands already, or stands with the decision that a blank Outcome leaves alone."""
    if standing is None or declaration == standing:
        return standing is not None
    undecided = replace(standing, outcome=None, how="", removed_for=frozenset())
    return bool(declaration.interest) and declaration == undecided


def _responses(intake: Intake, rows: Iterable[ResponseRow]) -> None:
    standing = {item.place: item for item in intake.change.reader.responses()}
    kept = {(item.id, item.bidder, item.name) for item in intake.change.reader.documents()}
    fresh = []
    for row in rows:
        place = intake.place(row)
        before = standing.get(place) or Response(place)
        document = before.document
        if row.document is not None:
            document = _document(intake, row.document, place.bidder, kept)
        response = Response(place, row.text or before.text, document, row.page or before.page)
        if standing.get(place) != response:
            fresh.append(response)
    if fresh:
        intake.require(Act.EDIT_BIDS)
        recording.add_responses(intake.change, fresh)
        intake.count("answers", len(fresh))


def _document(
    intake: Intake, path: Path, bidder: BidderId, kept: set[tuple[DocumentId, BidderId, str]]
) -> DocumentId:
    content = path.read_bytes()
    digest = DocumentId(hashlib.sha256(content).hexdigest())
    if (digest, bidder, path.name) not in kept:
        intake.require(Act.EDIT_BIDS)
        media_type = _MEDIA_TYPES.guess_type(path.name)[0] or "application/octet-stream"
        recording.add_document(intake.change, bidder, path.name, content, media_type)
        kept.add((digest, bidder, path.name))
        intake.count("documents")
    return digest


def _prices(intake: Intake, rows: Iterable[PriceRow]) -> None:
    standing = {item.place: item for item in intake.change.reader.prices()}
    for row in rows:
        price = PriceSubmission(intake.place(row), row.amount, row.lines)
        before = standing.get(price.place)
        # The same sum without its schedule says nothing against the schedule.
        if before and (before == price or (before.amount == price.amount and not price.lines)):
            continue
        intake.require(Act.ENTER_PRICES)
        if intake.tried(row.sheet, row.row, partial(bids.check_price, intake.now, price)):
            recording.add_price(intake.change, price)
            intake.count("prices")
