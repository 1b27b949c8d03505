"""File version 1.1: packs, returns, keys and signatures; facts that tools keep; an index."""

from alembic import op

revision = "0002"
down_revision = "0001"

_TABLES = (
    """
    CREATE TABLE alias (
        id INTEGER NOT NULL,
        entry INTEGER NOT NULL,
        bidder TEXT NOT NULL,
        letters TEXT NOT NULL,
        CONSTRAINT pk_alias PRIMARY KEY (id),
        CONSTRAINT fk_alias_entry FOREIGN KEY(entry)
            REFERENCES audit_entry (seq) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    """
    CREATE TABLE names_revealed (
        id INTEGER NOT NULL,
        entry INTEGER NOT NULL,
        reason TEXT NOT NULL,
        CONSTRAINT pk_names_revealed PRIMARY KEY (id),
        CONSTRAINT fk_names_revealed_entry FOREIGN KEY(entry)
            REFERENCES audit_entry (seq) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    """
    CREATE TABLE name_decision (
        id INTEGER NOT NULL,
        entry INTEGER NOT NULL,
        subject TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        start INTEGER NOT NULL,
        words TEXT NOT NULL,
        redacted INTEGER NOT NULL,
        reason TEXT NOT NULL,
        CONSTRAINT pk_name_decision PRIMARY KEY (id),
        CONSTRAINT fk_name_decision_entry FOREIGN KEY(entry)
            REFERENCES audit_entry (seq) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    """
    CREATE TABLE tender_key (
        id INTEGER NOT NULL,
        entry INTEGER NOT NULL,
        recipient TEXT NOT NULL,
        signing TEXT NOT NULL,
        second TEXT NOT NULL,
        reason TEXT NOT NULL,
        CONSTRAINT pk_tender_key PRIMARY KEY (id),
        CONSTRAINT fk_tender_key_entry FOREIGN KEY(entry)
            REFERENCES audit_entry (seq) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    """
    CREATE TABLE signed_head (
        id INTEGER NOT NULL,
        entry INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        hash TEXT NOT NULL,
        "key" TEXT NOT NULL,
        signature TEXT NOT NULL,
        why TEXT NOT NULL,
        CONSTRAINT pk_signed_head PRIMARY KEY (id),
        CONSTRAINT fk_signed_head_entry FOREIGN KEY(entry)
            REFERENCES audit_entry (seq) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    """
    CREATE TABLE contact_key (
        id INTEGER NOT NULL,
        entry INTEGER NOT NULL,
        person TEXT NOT NULL,
        recipient TEXT NOT NULL,
        signing TEXT NOT NULL,
        how TEXT NOT NULL,
        CONSTRAINT pk_contact_key PRIMARY KEY (id),
        CONSTRAINT fk_contact_key_entry FOREIGN KEY(entry)
            REFERENCES audit_entry (seq) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    """
    CREATE TABLE pack_made (
        id INTEGER NOT NULL,
        entry INTEGER NOT NULL,
        person TEXT NOT NULL,
        number INTEGER NOT NULL,
        kind TEXT NOT NULL,
        method_version INTEGER NOT NULL,
        sealed_to TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        part_allowed INTEGER NOT NULL,
        names TEXT NOT NULL,
        CONSTRAINT pk_pack_made PRIMARY KEY (id),
        CONSTRAINT uq_pack_made_person_number UNIQUE (person, number),
        CONSTRAINT fk_pack_made_entry FOREIGN KEY(entry)
            REFERENCES audit_entry (seq) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    """
    CREATE TABLE collected (
        id INTEGER NOT NULL,
        entry INTEGER NOT NULL,
        person TEXT NOT NULL,
        kind TEXT NOT NULL,
        source TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        pack INTEGER NOT NULL,
        method_version INTEGER NOT NULL,
        opened_at TEXT NOT NULL,
        made_at TEXT NOT NULL,
        complete INTEGER NOT NULL,
        disposition TEXT NOT NULL,
        signing TEXT NOT NULL,
        question_id INTEGER NOT NULL,
        plain BLOB NOT NULL,
        CONSTRAINT pk_collected PRIMARY KEY (id),
        CONSTRAINT fk_collected_entry FOREIGN KEY(entry)
            REFERENCES audit_entry (seq) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT uq_collected_sha256 UNIQUE (sha256),
        CONSTRAINT fk_collected_question_id FOREIGN KEY(question_id) REFERENCES long_text (id)
    )
    """,
    """
    CREATE TABLE held_taken (
        id INTEGER NOT NULL,
        entry INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        reason TEXT NOT NULL,
        CONSTRAINT pk_held_taken PRIMARY KEY (id),
        CONSTRAINT fk_held_taken_entry FOREIGN KEY(entry)
            REFERENCES audit_entry (seq) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    """
    CREATE TABLE pack_opened (
        id INTEGER NOT NULL,
        entry INTEGER NOT NULL,
        number INTEGER NOT NULL,
        kind TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        manifest TEXT NOT NULL,
        CONSTRAINT pk_pack_opened PRIMARY KEY (id),
        CONSTRAINT fk_pack_opened_entry FOREIGN KEY(entry)
            REFERENCES audit_entry (seq) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    """
    CREATE TABLE return_made (
        id INTEGER NOT NULL,
        entry INTEGER NOT NULL,
        kind TEXT NOT NULL,
        number INTEGER NOT NULL,
        made_at TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        complete INTEGER NOT NULL,
        CONSTRAINT pk_return_made PRIMARY KEY (id),
        CONSTRAINT fk_return_made_entry FOREIGN KEY(entry)
            REFERENCES audit_entry (seq) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    """
    CREATE TABLE receipt (
        id INTEGER NOT NULL,
        entry INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        signature TEXT NOT NULL,
        CONSTRAINT pk_receipt PRIMARY KEY (id),
        CONSTRAINT fk_receipt_entry FOREIGN KEY(entry)
            REFERENCES audit_entry (seq) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    """
    CREATE TABLE fact (
        id INTEGER NOT NULL,
        entry INTEGER NOT NULL,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        data TEXT NOT NULL,
        CONSTRAINT pk_fact PRIMARY KEY (id),
        CONSTRAINT fk_fact_entry FOREIGN KEY(entry)
            REFERENCES audit_entry (seq) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    """
    CREATE TABLE sealed_original (
        sha256 TEXT NOT NULL,
        content BLOB NOT NULL,
        CONSTRAINT pk_sealed_original PRIMARY KEY (sha256)
    )
    """,
    """
    CREATE TABLE sealed_key (
        id INTEGER NOT NULL,
        signing TEXT NOT NULL,
        sealed_to TEXT NOT NULL,
        content BLOB NOT NULL,
        CONSTRAINT pk_sealed_key PRIMARY KEY (id)
    )
    """,
)
_KEPT = (
    "alias",
    "names_revealed",
    "name_decision",
    "tender_key",
    "signed_head",
    "contact_key",
    "pack_made",
    "collected",
    "held_taken",
    "pack_opened",
    "return_made",
    "receipt",
    "fact",
)


def upgrade() -> None:
    """Add the tables, keep the new part of the record from being changed, stamp the file."""
    for statement in _TABLES:
        op.execute(statement)
    op.execute("CREATE INDEX ix_long_text_entry ON long_text (entry)")
    for name in _KEPT:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER keep_{name}_{act.lower()} BEFORE {act} ON {name} "
                "BEGIN SELECT RAISE(ABORT, 'the record only grows'); END"
            )
    op.execute("PRAGMA user_version = 1001")
