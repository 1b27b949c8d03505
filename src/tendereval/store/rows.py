"""The tables of a tender file.

Every table made by ``_kept`` only grows: a row is appended by one transaction, bound to that
transaction's audit entry, and never updated or deleted (triggers enforce it). What holds now
is the newest row of its key. The few tables that may change say so.
"""

from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_NUMBER: Final = (
    "{0} IS NULL OR (typeof({0}) = 'text' AND {0} NOT GLOB '*[^-0-9.]*' AND {0} GLOB '*[0-9]'"
    " AND {0} NOT GLOB '?*-*' AND {0} NOT GLOB '*.*.*'"
    " AND {0} NOT GLOB '.*' AND {0} NOT GLOB '-.*')"
)
"""Digits, perhaps a minus before them, perhaps a point between two: what ``exact`` writes."""


def _text(name: str, *, optional: bool = False) -> Column[str]:
    return Column(name, Text, nullable=optional)


def _integer(name: str, *, optional: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=optional)


def _points(name: str = "points", *, optional: bool = False) -> tuple[Column[str], CheckConstraint]:
    """An exact decimal as text, never REAL."""
    return _text(name, optional=optional), CheckConstraint(_NUMBER.format(name), name=name)


def _place() -> tuple[Column[str], Column[str], Column[str]]:
    """Bidder, criterion and lot; the lot of a common question is the empty text."""
    return _text("bidder"), _text("criterion"), _text("lot")


def _long(name: str, *, optional: bool = False) -> Column[int]:
    return Column(name, Integer, ForeignKey("long_text.id"), nullable=optional)


def _kept(name: str, *columns: object) -> Table:
    """A table that only grows; its entry is written last, so the reference waits for it."""
    entry = ForeignKey("audit_entry.seq", deferrable=True, initially="DEFERRED")
    own = [item for group in columns for item in (group if isinstance(group, tuple) else (group,))]
    return Table(
        name,
        METADATA,
        Column("id", Integer, primary_key=True),
        # No index: entries are never removed, and the record is read by number.
        Column("entry", Integer, entry, nullable=False),
        *own,
    )


audit_entry = Table(
    "audit_entry",
    METADATA,
    Column("seq", Integer, primary_key=True),
    _text("at_utc"),
    _text("at_local"),
    _text("person"),
    _text("via"),
    _text("kind"),
    _text("ids"),
    _text("texts"),
    _text("reason"),
    _text("rows"),
    _text("previous"),
    Column("hash", Text, nullable=False, unique=True),
)

long_text = _kept("long_text", _text("body"))
identity = _kept("identity", _text("tender"), _text("made_by"))
tender_details = _kept("tender_details", _text("data"))
stage_change = _kept("stage_change", _text("stage"), _text("reason"))
method_version = _kept(
    "method_version",
    Column("number", Integer, nullable=False, unique=True),
    _text("kind"),
    _text("reason"),
    _text("republished_on", optional=True),
    _text("approved_by", optional=True),
    _text("data"),
    _text("canonical"),
    _text("fingerprint"),
)
bidder = _kept("bidder", _text("bidder"), _text("name"), _text("data"))
bid = _kept(
    "bid",
    _text("bidder"),
    _text("lot"),
    _text("status"),
    _text("reason"),
    _text("notified_on", optional=True),
    _text("responded_on", optional=True),
    _text("decided_on", optional=True),
)
panel_member = _kept(
    "panel_member",
    _text("person"),
    _text("role"),
    _text("label"),
    _text("questions", optional=True),
    _text("lots", optional=True),
    _integer("has_left"),
    _text("reason"),
)
declaration = _kept(
    "declaration",
    _text("person"),
    _text("interest"),
    _text("bidders"),
    _text("outcome", optional=True),
    _text("how"),
    _text("removed_for"),
)
document_bytes = _kept(
    "document_bytes",
    Column("sha256", Text, nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),
)
document = _kept(
    "document",
    _text("sha256"),
    _text("bidder"),
    _text("name"),
    _integer("size"),
    _text("media_type"),
    UniqueConstraint("sha256", "bidder", "name"),
)
response = _kept(
    "response",
    _place(),
    _long("text_id"),
    _text("document", optional=True),
    _text("page"),
    _integer("late"),
    Index(None, "bidder", "criterion", "lot"),
)
answers_lock = _kept("answers_lock", _text("sha256"), _integer("answers"), _integer("documents"))
clarification = _kept(
    "clarification",
    _place(),
    _long("question_id"),
    _long("answer_id"),
    _integer("scorable"),
    _text("reason"),
    _text("recorded_at"),
)
price = _kept("price", _place(), _points("amount"), _text("lines"))
score = _kept(
    "score",
    _text("evaluator"),
    _place(),
    _integer("revision"),
    _text("state"),
    _points(optional=True),
    _integer("method_version"),
    _long("rationale_id"),
    _text("recorded_at"),
    # By place first: places are what scores are gathered and looked up by.
    UniqueConstraint("bidder", "criterion", "lot", "evaluator", "revision"),
)
agreed_score = _kept(
    "agreed_score",
    _place(),
    _integer("revision"),
    _points(),
    _integer("method_version"),
    _long("rationale_id"),
    _long("releasable_id"),
    _text("present"),
    _integer("elsewhere"),
    _text("reason"),
    _text("recorded_at"),
    _text("recorded_by"),
    UniqueConstraint("bidder", "criterion", "lot", "revision"),
)
explanation = _kept(
    "explanation",
    _place(),
    _integer("revision"),
    _text("sub_criterion"),
    _long("text_id"),
    UniqueConstraint("bidder", "criterion", "lot", "revision", "sub_criterion"),
)
confirmation = _kept(
    "confirmation",
    _text("person"),
    _place(),
    _integer("revision"),
    _integer("agrees"),
    _text("dissent"),
    _text("recorded_at"),
)
sent_back = _kept("sent_back", _place(), _text("reason"), _integer("is_open"), _text("recorded_at"))
reopening = _kept(
    "reopening",
    _place(),
    _text("approver"),
    _text("reason"),
    _text("order_before"),
    _text("order_after"),
    _text("recorded_at"),
)
award_decision = _kept(
    "award_decision",
    _text("lot"),
    _integer("revision"),
    _text("bidders"),
    _long("rationale_id"),
    _text("recorded_at"),
    _text("recorded_by"),
    UniqueConstraint("lot", "revision"),
)
approval = _kept(
    "approval",
    _text("lot"),
    _integer("revision"),
    _text("person"),
    _text("role"),
    _text("outcome"),
    _text("given_on"),
    _text("statement"),
)

KEPT: Final = tuple(
    table for name, table in sorted(METADATA.tables.items()) if "entry" in table.columns
)
"""Every table that only grows, by name: digests go by this order, also once tables are added."""

# What follows may change: it is not part of the record.

contact = Table(
    "contact",
    METADATA,
    Column("subject", Text, primary_key=True),
    _text("name"),
    _text("email"),
    _text("address"),
)
"""Names, e-mails and addresses of people, by person or bidder; erasable after retention.

SQLite overwrites what is erased (``secure_delete``), so that it is gone from the file too.
"""

method_draft = Table(
    "method_draft", METADATA, Column("id", Integer, primary_key=True), _text("data")
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
    _text("points", optional=True),
    _text("state"),
    _text("body"),
    _text("saved_at"),
)
"""Text still being typed; overwritten as it grows, removed when a revision is appended."""

pin = Table(
    "pin",
    METADATA,
    Column("person", Text, primary_key=True),
    _text("secret"),
    _integer("failures"),
    _text("failed_at", optional=True),
)
"""Whose PIN opens whose seat on the lead's laptop: a hash of each, and how often it was missed.

A gate between colleagues at one laptop, beside the record and no part of it.
"""

document_register = Table(
    "document_register",
    METADATA,
    Column("id", Integer, primary_key=True),
    _text("made_at"),
    _text("kind"),
    _text("name"),
    _text("sha256"),
    _text("head"),
    _text("made_by"),
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
