"""The tables of a tender file.

Every table made by ``kept`` only grows: a row is appended by one transaction, bound to that
transaction's audit entry, and never updated or deleted (triggers enforce it). What holds now
is the newest row of its key. The few tables that may change say so.
"""

from typing import Final

from sqlalchemy import (
    Column,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from tendereval.store import pack_rows  # noqa: F401 - its tables belong to every file
from tendereval.store.columns import (
    METADATA,
    integer,
    kept,
    long_text_of,
    place,
    points_column,
    text_column,
)

audit_entry = Table(
    "audit_entry",
    METADATA,
    Column("seq", Integer, primary_key=True),
    text_column("at_utc"),
    text_column("at_local"),
    text_column("person"),
    text_column("via"),
    text_column("kind"),
    text_column("ids"),
    text_column("texts"),
    text_column("reason"),
    text_column("rows"),
    text_column("previous"),
    Column("hash", Text, nullable=False, unique=True),
)

long_text = kept("long_text", text_column("body"), Index(None, "entry"))
identity = kept("identity", text_column("tender"), text_column("made_by"))
tender_details = kept("tender_details", text_column("data"))
stage_change = kept("stage_change", text_column("stage"), text_column("reason"))
method_version = kept(
    "method_version",
    Column("number", Integer, nullable=False, unique=True),
    text_column("kind"),
    text_column("reason"),
    text_column("republished_on", optional=True),
    text_column("approved_by", optional=True),
    text_column("data"),
    text_column("canonical"),
    text_column("fingerprint"),
)
bidder = kept("bidder", text_column("bidder"), text_column("name"), text_column("data"))
bid = kept(
    "bid",
    text_column("bidder"),
    text_column("lot"),
    text_column("status"),
    text_column("reason"),
    text_column("notified_on", optional=True),
    text_column("responded_on", optional=True),
    text_column("decided_on", optional=True),
)
panel_member = kept(
    "panel_member",
    text_column("person"),
    text_column("role"),
    text_column("label"),
    text_column("questions", optional=True),
    text_column("lots", optional=True),
    integer("has_left"),
    text_column("reason"),
)
declaration = kept(
    "declaration",
    text_column("person"),
    text_column("interest"),
    text_column("bidders"),
    text_column("outcome", optional=True),
    text_column("how"),
    text_column("removed_for"),
)
document_bytes = kept(
    "document_bytes",
    Column("sha256", Text, nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),
)
document = kept(
    "document",
    text_column("sha256"),
    text_column("bidder"),
    text_column("name"),
    integer("size"),
    text_column("media_type"),
    UniqueConstraint("sha256", "bidder", "name"),
)
response = kept(
    "response",
    place(),
    long_text_of("text_id"),
    text_column("document", optional=True),
    text_column("page"),
    integer("late"),
    Index(None, "bidder", "criterion", "lot"),
)
answers_lock = kept("answers_lock", text_column("sha256"), integer("answers"), integer("documents"))
clarification = kept(
    "clarification",
    place(),
    long_text_of("question_id"),
    long_text_of("answer_id"),
    integer("scorable"),
    text_column("reason"),
    text_column("recorded_at"),
)
price = kept("price", place(), points_column("amount"), text_column("lines"))
score = kept(
    "score",
    text_column("evaluator"),
    place(),
    integer("revision"),
    text_column("state"),
    points_column(optional=True),
    integer("method_version"),
    long_text_of("rationale_id"),
    text_column("recorded_at"),
    # By place first: places are what scores are gathered and looked up by.
    UniqueConstraint("bidder", "criterion", "lot", "evaluator", "revision"),
)
agreed_score = kept(
    "agreed_score",
    place(),
    integer("revision"),
    points_column(),
    integer("method_version"),
    long_text_of("rationale_id"),
    long_text_of("releasable_id"),
    text_column("present"),
    integer("elsewhere"),
    text_column("reason"),
    text_column("recorded_at"),
    text_column("recorded_by"),
    UniqueConstraint("bidder", "criterion", "lot", "revision"),
)
explanation = kept(
    "explanation",
    place(),
    integer("revision"),
    text_column("sub_criterion"),
    long_text_of("text_id"),
    UniqueConstraint("bidder", "criterion", "lot", "revision", "sub_criterion"),
)
confirmation = kept(
    "confirmation",
    text_column("person"),
    place(),
    integer("revision"),
    integer("agrees"),
    text_column("dissent"),
    text_column("recorded_at"),
)
sent_back = kept(
    "sent_back", place(), text_column("reason"), integer("is_open"), text_column("recorded_at")
)
reopening = kept(
    "reopening",
    place(),
    text_column("approver"),
    text_column("reason"),
    text_column("order_before"),
    text_column("order_after"),
    text_column("recorded_at"),
)
award_decision = kept(
    "award_decision",
    text_column("lot"),
    integer("revision"),
    text_column("bidders"),
    long_text_of("rationale_id"),
    text_column("recorded_at"),
    text_column("recorded_by"),
    UniqueConstraint("lot", "revision"),
)
approval = kept(
    "approval",
    text_column("lot"),
    integer("revision"),
    text_column("person"),
    text_column("role"),
    text_column("outcome"),
    text_column("given_on"),
    text_column("statement"),
)

fact = kept("fact", text_column("kind"), text_column("subject"), text_column("data"))
"""What a tool keeps, as JSON: public value, what documents say beside scores, data packs.

``kind`` says what it is, ``subject`` whose (a bidder, a commitment, a dataset); the newest row
of both holds.
"""

KEPT: Final = tuple(
    table for name, table in sorted(METADATA.tables.items()) if "entry" in table.columns
)
"""Every table that only grows, by name: digests go by this order, also once tables are added."""

# What follows may change: it is not part of the record.

contact = Table(
    "contact",
    METADATA,
    Column("subject", Text, primary_key=True),
    text_column("name"),
    text_column("email"),
    text_column("address"),
)
"""Names, e-mails and addresses of people, by person or bidder; erasable after retention.

SQLite overwrites what is erased (``secure_delete``), so that it is gone from the file too.
"""

method_draft = Table(
    "method_draft", METADATA, Column("id", Integer, primary_key=True), text_column("data")
)
"""The method while it is being set up; one row, gone once published."""

working_text = Table(
    "working_text",
    METADATA,
    Column("person", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("bidder", Text, primary_key=True),
    Column("criterion", Text, primary_key=True),
    Column("lot", Text, primary_key=True),
    text_column("points", optional=True),
    text_column("state"),
    text_column("body"),
    text_column("saved_at"),
)
"""Text still being typed; overwritten as it grows, removed when a revision is appended."""

pin = Table(
    "pin",
    METADATA,
    Column("person", Text, primary_key=True),
    text_column("secret"),
    integer("failures"),
    text_column("failed_at", optional=True),
)
"""Whose PIN opens whose seat on the lead's laptop: a hash of each, and how often it was missed.

A gate between colleagues at one laptop, beside the record and no part of it.
"""

document_register = Table(
    "document_register",
    METADATA,
    Column("id", Integer, primary_key=True),
    text_column("made_at"),
    text_column("kind"),
    text_column("name"),
    text_column("sha256"),
    text_column("head"),
    text_column("made_by"),
)
"""Documents written from the record; beside it, so that writing one does not change it."""


def triggers() -> tuple[str, ...]:
    """Return the statements that keep every kept table and the chain append-only."""
    refuse = "BEGIN SELECT RAISE(ABORT, 'the record only grows'); END"
    return tuple(
        f"CREATE TRIGGER keep_{table.name}_{act.lower()} BEFORE {act} ON {table.name} {refuse}"
        for table in (audit_entry, *KEPT)
        for act in ("UPDATE", "DELETE")
    )
