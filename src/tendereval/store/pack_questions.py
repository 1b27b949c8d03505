"""Questions about packs and returns, of the lead's file and of a working file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, RowMapping, Select, Table, select

from tendereval.domain.ids import BidderId, PersonId
from tendereval.domain.packs import (
    Alias,
    Disposition,
    Manifest,
    PackKind,
    PublicKeys,
    Receipt,
    ReturnKind,
    ReturnSource,
    SignedHead,
)
from tendereval.store import mapping, pack_rows, rows
from tendereval.store.content import content, every_question, flag, whole, words
from tendereval.store.newest import newest


@dataclass(frozen=True, slots=True)
class NameDecision:
    """What the lead decided about one place where a bidder's name stands.

    Attributes:
        subject: where: an answer's place or a document's digest, as text.
        sha256: of the whole text that the words stand in.
        start: first character of the words in that text, from 0.
        words: the words found.
        redacted: whether packs leave them out; else they are accepted.
    """

    subject: str
    sha256: str
    start: int
    words: str
    redacted: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PackMade:
    """A pack that the lead made.

    Attributes:
        number: 1, 2, 3 … per person.
        sealed_to: a recipient, or ``passphrase``.
        sha256: of the manifest.
        names: ``shown``, ``hidden`` or ``revealed``.
        made_at: filled in by the store; None within the change that records it.
    """

    person: PersonId
    number: int
    kind: PackKind
    method_version: int
    sealed_to: str
    sha256: str
    part_allowed: bool
    names: str
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Collected:
    """A return that was collected, without its bytes.

    Attributes:
        sha256: of the signed body, or of the workbook's bytes.
        opened_at: when the evaluator opened the first pack; for a workbook the moment it was
            collected, as is ``made_at`` where the workbook names none.
        signing: the key it was signed with; empty for a workbook.
        question: private, to the lead.
        collected_at: filled in by the store; None within the change that records it.
        taken: why a held return was merged later; empty while it is not.
    """

    person: PersonId
    kind: ReturnKind
    source: ReturnSource
    sha256: str
    pack: int
    method_version: int
    opened_at: datetime
    made_at: datetime
    complete: bool
    disposition: Disposition
    signing: str
    question: str = ""
    collected_at: datetime | None = None
    taken: str = ""
    entry: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ReturnMade:
    """A return that was written from a working file."""

    kind: ReturnKind
    number: int
    made_at: datetime
    sha256: str
    complete: bool


@every_question
class PackQuestions:
    """Everything about packs and returns in one file, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._travelled = connection

    def _asked(self, statement: Select[tuple[object, ...]]) -> Iterable[RowMapping]:
        return self._travelled.execute(statement).mappings().all()

    def _every(self, table: Table) -> Iterable[RowMapping]:
        return self._asked(select(table).order_by(table.c.id))

    def _moments(self) -> Mapping[int, datetime]:
        table = rows.audit_entry
        times = select(table.c.seq, table.c.at_local)
        return {seq: mapping.moment(at) for seq, at in self._travelled.execute(times)}

    def aliases(self) -> Mapping[BidderId, Alias]:
        """Return what bidders are called in packs; empty where names were never hidden."""
        return {
            BidderId(row["bidder"]): Alias(BidderId(row["bidder"]), words(row["letters"]))
            for row in self._asked(newest(pack_rows.alias, "bidder"))
        }

    def names_revealed(self) -> str | None:
        """Return why names were revealed to evaluators; None where they were not."""
        every = [words(row["reason"]) for row in self._every(pack_rows.names_revealed)]
        return every[-1] if every else None

    def name_decisions(self) -> tuple[NameDecision, ...]:
        """Return the newest decision on each place where a name stands."""
        return tuple(
            NameDecision(
                words(row["subject"]),
                words(row["sha256"]),
                whole(row["start"]),
                words(row["words"]),
                flag(row["redacted"]),
                words(row["reason"]),
            )
            for row in self._asked(newest(pack_rows.name_decision, "subject", "sha256", "start"))
        )

    def tender_keys(self) -> PublicKeys | None:
        """Return the tender's public keys; None before the first pack."""
        every = [
            PublicKeys(words(row["recipient"]), words(row["signing"]))
            for row in self._every(pack_rows.tender_key)
        ]
        return every[-1] if every else None

    def tender_key_history(self) -> tuple[tuple[PublicKeys, str, str, datetime], ...]:
        """Return every set of keys with its other recipients, reason and moment, oldest first."""
        times = self._moments()
        return tuple(
            (
                PublicKeys(words(row["recipient"]), words(row["signing"])),
                words(row["second"]),
                words(row["reason"]),
                times[row["entry"]],
            )
            for row in self._every(pack_rows.tender_key)
        )

    def sealed_keys(self, signing: str) -> tuple[tuple[str, bytes], ...]:
        """Return each sealed closed half for a signing key: recipients and age stream."""
        table = pack_rows.sealed_key
        statement = select(table).where(table.c.signing == signing).order_by(table.c.id.desc())
        return tuple(
            (words(row["sealed_to"]), content(row["content"])) for row in self._asked(statement)
        )

    def signed_heads(self) -> tuple[SignedHead, ...]:
        """Return every signature over a head of this record, oldest first."""
        return tuple(
            SignedHead(
                whole(row["seq"]), words(row["hash"]), words(row["key"]), words(row["signature"])
            )
            for row in self._every(pack_rows.signed_head)
        )

    def contact_keys(self) -> Mapping[PersonId, PublicKeys]:
        """Return the newest known public keys of each person."""
        return {
            PersonId(row["person"]): PublicKeys(words(row["recipient"]), words(row["signing"]))
            for row in self._asked(newest(pack_rows.contact_key, "person"))
        }

    def packs_made(self) -> tuple[PackMade, ...]:
        """Return every pack made, oldest first."""
        times = self._moments()
        return tuple(
            PackMade(
                PersonId(row["person"]),
                whole(row["number"]),
                PackKind(row["kind"]),
                whole(row["method_version"]),
                words(row["sealed_to"]),
                words(row["sha256"]),
                flag(row["part_allowed"]),
                words(row["names"]),
                times.get(row["entry"]),
            )
            for row in self._every(pack_rows.pack_made)
        )

    def collected(self) -> tuple[Collected, ...]:
        """Return every return collected, oldest first."""
        table, text = pack_rows.collected, rows.long_text
        columns = [column for column in table.c if column.name != "plain"]
        statement = (
            select(*columns, text.c.body)
            .join(text, text.c.id == table.c.question_id)
            .order_by(table.c.id)
        )
        times = self._moments()
        taken = {row["sha256"]: words(row["reason"]) for row in self._every(pack_rows.held_taken)}
        return tuple(
            Collected(
                PersonId(row["person"]),
                ReturnKind(row["kind"]),
                ReturnSource(row["source"]),
                words(row["sha256"]),
                whole(row["pack"]),
                whole(row["method_version"]),
                mapping.moment(row["opened_at"]),
                mapping.moment(row["made_at"]),
                flag(row["complete"]),
                Disposition(row["disposition"]),
                words(row["signing"]),
                words(row["body"]),
                times.get(row["entry"]),
                taken.get(row["sha256"], ""),
                whole(row["entry"]),
            )
            for row in self._asked(statement)
        )

    def collected_plain(self, sha256: str) -> bytes:
        """Return signature and signed body of a collected return."""
        table = pack_rows.collected
        found = select(table.c.plain).where(table.c.sha256 == sha256)
        return content(self._travelled.execute(found).scalar_one())

    def sealed_original(self, sha256: str) -> bytes | None:
        """Return a collected return as it came; None for a workbook."""
        table = pack_rows.sealed_original
        found = select(table.c.content).where(table.c.sha256 == sha256)
        sealed = self._travelled.execute(found).scalar_one_or_none()
        return None if sealed is None else content(sealed)

    def packs_opened(self) -> tuple[tuple[Manifest, str, datetime], ...]:
        """Return each pack of a working file, with its digest and moment, oldest first."""
        times = self._moments()
        return tuple(
            (
                mapping.from_json(row["manifest"], Manifest),
                words(row["sha256"]),
                times[row["entry"]],
            )
            for row in self._every(pack_rows.pack_opened)
        )

    def returns_made(self) -> tuple[ReturnMade, ...]:
        """Return what a working file sent back so far, oldest first."""
        return tuple(
            ReturnMade(
                ReturnKind(row["kind"]),
                whole(row["number"]),
                mapping.moment(row["made_at"]),
                words(row["sha256"]),
                flag(row["complete"]),
            )
            for row in self._every(pack_rows.return_made)
        )

    def receipts(self) -> tuple[Receipt, ...]:
        """Return the lead's receipts in a working file, oldest first."""
        return tuple(
            Receipt(words(row["sha256"]), words(row["signature"]))
            for row in self._every(pack_rows.receipt)
        )
