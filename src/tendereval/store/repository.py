"""Questions to a tender file, answered with frozen domain values.

What holds now is the newest row of each key; things come in the order they first appeared.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, RowMapping, Select, Table, select, union

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
from tendereval.domain.errors import Bug
from tendereval.domain.evaluation import Declaration, PanelMember, Person
from tendereval.domain.ids import DocumentId, LotId, PersonId
from tendereval.domain.pin import Pin
from tendereval.domain.record import AuditEntry
from tendereval.domain.stages import Stage
from tendereval.domain.tender import Method, MethodVersion, TenderDetails
from tendereval.store import audit, mapping, rows
from tendereval.store.content import content, every_question, whole, words
from tendereval.store.fact_questions import FactQuestions
from tendereval.store.judgements import Judgements
from tendereval.store.newest import newest
from tendereval.store.pack_questions import PackQuestions


@every_question
class Reader(Judgements, PackQuestions, FactQuestions):
    """Everything that can be asked of one file, within one transaction.

    Each question raises ``Unreadable`` where what is stored cannot be what was written.
    """

    def __init__(self, connection: Connection) -> None:
        Judgements.__init__(self, connection)
        PackQuestions.__init__(self, connection)
        FactQuestions.__init__(self, connection)
        self._connection = connection

    def _rows(self, statement: Select[tuple[object, ...]]) -> Iterable[RowMapping]:
        return self._connection.execute(statement).mappings()

    def _all(self, table: Table) -> Iterable[RowMapping]:
        return self._rows(select(table).order_by(table.c.id))

    def tender_id(self) -> str:
        """Return the identity the file was made with."""
        return words(self._connection.execute(select(rows.identity.c.tender)).scalar_one())

    def stage(self) -> Stage:
        """Return the stage the tender is at."""
        last = select(rows.stage_change.c.stage).order_by(rows.stage_change.c.id.desc()).limit(1)
        return Stage(self._connection.execute(last).scalar_one())

    def stage_reasons(self) -> tuple[tuple[Stage, str, datetime], ...]:
        """Return every stage entered, with its reason and time, oldest first."""
        times = self._times()
        return tuple(
            (Stage(row["stage"]), words(row["reason"]), times[row["entry"]])
            for row in self._all(rows.stage_change)
        )

    def details(self) -> TenderDetails:
        """Return the tender's details."""
        last = select(rows.tender_details.c.data).order_by(rows.tender_details.c.id.desc()).limit(1)
        found = mapping.from_json(self._connection.execute(last).scalar_one(), TenderDetails)
        if found.deadline is not None and found.deadline.tzinfo is None:
            raise ValueError("a deadline without its offset")
        return found

    def method(self) -> Method:
        """Return the method in force: the draft before publishing, else the newest version."""
        draft = self._connection.execute(select(rows.method_draft.c.data)).scalar()
        if draft is not None:
            return mapping.method_of(draft)
        versions = self.method_versions()
        if not versions:
            raise Bug("a file without a method")
        return versions[-1].method

    def method_versions(self) -> tuple[MethodVersion, ...]:
        """Return the published versions, oldest first."""
        times = self._times()
        return tuple(
            mapping.version_of(row, times[row["entry"]]) for row in self._all(rows.method_version)
        )

    def method_texts(self) -> tuple[tuple[int, str, str], ...]:
        """Return number, canonical text and fingerprint of each version, as stored."""
        return tuple(
            (whole(row["number"]), words(row["canonical"]), words(row["fingerprint"]))
            for row in self._all(rows.method_version)
        )

    def bidders(self) -> tuple[Bidder, ...]:
        """Return the bidders."""
        contacts = self._contacts()
        return tuple(
            mapping.bidder_of(row, contacts.get(row["bidder"], {}))
            for row in self._rows(newest(rows.bidder, "bidder"))
        )

    def bids(self) -> tuple[Bid, ...]:
        """Return the bids with their status, in order of bidder and lot as first recorded."""
        return tuple(mapping.bid_of(row) for row in self._rows(newest(rows.bid, "bidder", "lot")))

    def bid_history(self) -> tuple[tuple[Bid, datetime], ...]:
        """Return every status a bid has had, oldest first."""
        times = self._times()
        return tuple((mapping.bid_of(row), times[row["entry"]]) for row in self._all(rows.bid))

    def panel(self) -> tuple[PanelMember, ...]:
        """Return the panel, people who left included."""
        return tuple(
            mapping.member_of(row) for row in self._rows(newest(rows.panel_member, "person"))
        )

    def people(self) -> Mapping[PersonId, Person]:
        """Return who the people are; those whose names were erased are not in it."""
        return {
            PersonId(subject): Person(PersonId(subject), found["name"], found["email"])
            for subject, found in self._contacts().items()
            if found["name"]
        }

    def count_of_people(self) -> int:
        """Return the highest number a person ever had, also where the contact is gone.

        A number is never given twice: the record would take two people for one.
        """
        known = union(
            select(rows.contact.c.subject),
            select(rows.panel_member.c.person),
            select(rows.audit_entry.c.person),
        )
        names = (words(name) for (name,) in self._connection.execute(known))
        numbers = (name.removeprefix("p-") for name in names if name.startswith("p-"))
        return max((int(number) for number in numbers if number.isdecimal()), default=0)

    def declarations(self) -> tuple[Declaration, ...]:
        """Return each person's newest declaration."""
        return tuple(
            mapping.declaration_of(row) for row in self._rows(newest(rows.declaration, "person"))
        )

    def responses(self) -> tuple[Response, ...]:
        """Return every answer with its text."""
        return self._responses()

    def late_responses(self) -> tuple[Response, ...]:
        """Return the answers that arrived after answers were locked, with their texts."""
        return self._responses(late=True)

    def _responses(self, **matching: object) -> tuple[Response, ...]:
        current = newest(rows.response, "bidder", "criterion", "lot").subquery()
        text = rows.long_text
        statement = (
            select(current, text.c.body)
            .join(text, text.c.id == current.c.text_id)
            .where(*(current.c[name] == value for name, value in matching.items()))
            .order_by(current.c.first)
        )
        return tuple(mapping.response_of(row) for row in self._rows(statement))

    def response_at(self, place: Place) -> Response | None:
        """Return the answer at one place with its text; None where there is none."""
        table, text = rows.response, rows.long_text
        keys = mapping.place_values(place).items()
        statement = (
            select(table, text.c.body)
            .join(text, text.c.id == table.c.text_id)
            .where(*(table.c[name] == value for name, value in keys))
            .order_by(table.c.id.desc())
            .limit(1)
        )
        row = self._connection.execute(statement).mappings().first()
        return None if row is None else mapping.response_of(row)

    def documents(self) -> tuple[StoredDocument, ...]:
        """Return the stored documents without their bytes."""
        return tuple(mapping.document_of(row) for row in self._all(rows.document))

    def document_content(self, document: DocumentId) -> bytes:
        """Return the bytes of a stored document."""
        table = rows.document_bytes
        found = select(table.c.content).where(table.c.sha256 == document)
        return content(self._connection.execute(found).scalar_one())

    def answers_lock(self) -> tuple[str, int, int] | None:
        """Return digest, number of answers and of documents as locked; None while open."""
        table = rows.answers_lock
        last = select(table).order_by(table.c.id.desc()).limit(1)
        row = self._connection.execute(last).mappings().first()
        if row is None:
            return None
        return words(row["sha256"]), whole(row["answers"]), whole(row["documents"])

    def clarifications(self) -> tuple[Clarification, ...]:
        """Return the clarifications, oldest first."""
        asked, answered = rows.long_text.alias("asked"), rows.long_text.alias("answered")
        table = rows.clarification
        statement = (
            select(table, asked.c.body.label("question"), answered.c.body.label("answer"))
            .join(asked, asked.c.id == table.c.question_id)
            .join(answered, answered.c.id == table.c.answer_id)
            .order_by(table.c.id)
        )
        return tuple(mapping.clarification_of(row) for row in self._rows(statement))

    def prices(self) -> tuple[PriceSubmission, ...]:
        """Return the prices; services show them from stage ``price`` on only."""
        return tuple(
            mapping.price_of(row)
            for row in self._rows(newest(rows.price, "bidder", "criterion", "lot"))
        )

    def decisions(self) -> Mapping[LotId, AwardDecision]:
        """Return the newest award decision of each lot that has one."""
        table, text = rows.award_decision, rows.long_text
        statement = (
            select(table, text.c.body)
            .join(text, text.c.id == table.c.rationale_id)
            .order_by(table.c.id)
        )
        return {
            LotId(row["lot"]): mapping.decision_of(row, words(row["body"]))
            for row in self._rows(statement)
        }

    def approvals(self) -> tuple[Approval, ...]:
        """Return every approval, oldest first."""
        return tuple(mapping.approval_of(row) for row in self._all(rows.approval))

    def head(self) -> AuditEntry:
        """Return the newest audit entry."""
        found = audit.head(self._connection)
        if found is None:
            raise Bug("a file without a record")
        return found

    def entries(self) -> tuple[AuditEntry, ...]:
        """Return the whole record, oldest first."""
        return tuple(audit.entries(self._connection))

    def record_faults(self) -> tuple[str, ...]:
        """Return what is wrong with the record, in words; empty when it is whole."""
        return audit.faults(self._connection)

    def documents_made(self) -> tuple[Mapping[str, str], ...]:
        """Return the register of documents written, oldest first."""
        every = self._all(rows.document_register)
        return tuple(_texts(row) | {"id": str(row["id"])} for row in every)

    def _contacts(self) -> dict[str, dict[str, str]]:
        return {row["subject"]: _texts(row) for row in self._rows(select(rows.contact))}

    def _times(self) -> dict[int, datetime]:
        table = rows.audit_entry
        return {
            seq: mapping.moment(at)
            for seq, at in self._connection.execute(select(table.c.seq, table.c.at_local))
        }

    def pin(self, person: PersonId) -> Pin | None:
        """Return a person's PIN as it is kept; None where none was set."""
        found = select(rows.pin).where(rows.pin.c.person == person)
        row = self._connection.execute(found).mappings().first()
        if row is None:
            return None
        at = None if row["failed_at"] is None else mapping.moment(words(row["failed_at"]))
        return Pin(person, words(row["secret"]), whole(row["failures"]), at)

    def has_working_texts(self) -> bool:
        """Whether anybody is still typing anything."""
        found = select(rows.working_text.c.person).limit(1)
        return self._connection.execute(found).first() is not None

    def working_places(self, person: PersonId, kind: str) -> frozenset[Place]:
        """Return the places where a person is still typing something of a kind."""
        table = rows.working_text
        cells = (table.c.bidder, table.c.criterion, table.c.lot)
        found = select(*cells).where(table.c.person == person, table.c.kind == kind)
        return frozenset(
            mapping.place_at(bidder, criterion, lot)
            for bidder, criterion, lot in self._connection.execute(found).all()
        )

    def working_text(self, person: PersonId, kind: str, place: Place) -> Mapping[str, str] | None:
        """Return what a person is still typing at a place; None when nothing is."""
        table = rows.working_text
        keys = {"person": person, "kind": kind, **mapping.place_values(place)}
        found = select(table).where(*(table.c[name] == value for name, value in keys.items()))
        row = self._connection.execute(found).mappings().first()
        return None if row is None else _texts(row, "points")


def _texts(row: RowMapping, *optional: str) -> dict[str, str]:
    for name, value in row.items():
        if name != "id" and not (value is None and name in optional):
            words(value)
    return dict(row)
