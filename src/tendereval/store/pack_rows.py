"""The tables of packs and returns; the lead's file and a working file have the same ones."""

from sqlalchemy import Column, Integer, LargeBinary, Table, Text, UniqueConstraint

from tendereval.store.columns import METADATA, integer, kept, long_text_of, text_column

alias = kept("alias", text_column("bidder"), text_column("letters"))
names_revealed = kept("names_revealed", text_column("reason"))
name_decision = kept(
    "name_decision",
    text_column("subject"),
    text_column("sha256"),
    integer("start"),
    text_column("words"),
    integer("redacted"),
    text_column("reason"),
)
"""What the lead decided about one place where a bidder's name stands.

``subject`` says where (an answer's place or a document's digest), ``sha256`` is of the whole
text it stands in, so that a decision on one text never counts for another.
"""

tender_key = kept(
    "tender_key",
    text_column("recipient"),
    text_column("signing"),
    text_column("second"),
    text_column("reason"),
)
"""The open half of the tender's keys and who can open the other half; newest row holds."""

signed_head = kept(
    "signed_head",
    integer("seq"),
    text_column("hash"),
    text_column("key"),
    text_column("signature"),
    text_column("why"),
)
contact_key = kept(
    "contact_key",
    text_column("person"),
    text_column("recipient"),
    text_column("signing"),
    text_column("how"),
)
"""A person's public keys as first seen, or as the lead accepted others later."""

pack_made = kept(
    "pack_made",
    text_column("person"),
    integer("number"),
    text_column("kind"),
    integer("method_version"),
    text_column("sealed_to"),
    text_column("sha256"),
    integer("part_allowed"),
    text_column("names"),
    UniqueConstraint("person", "number"),
)
"""``sealed_to`` is a recipient or ``passphrase``; ``sha256`` is of the manifest; ``names`` is
``shown``, ``hidden`` or ``revealed``."""

collected = kept(
    "collected",
    text_column("person"),
    text_column("kind"),
    text_column("source"),
    Column("sha256", Text, nullable=False, unique=True),
    integer("pack"),
    integer("method_version"),
    text_column("opened_at"),
    text_column("made_at"),
    integer("complete"),
    text_column("disposition"),
    text_column("signing"),
    long_text_of("question_id"),
    Column("plain", LargeBinary, nullable=False),
)
"""One return: ``plain`` is its signature and signed body (or the workbook's own bytes)."""

held_taken = kept("held_taken", text_column("sha256"), text_column("reason"))
"""That a return held apart was merged later, by whose decision the entry says."""

pack_opened = kept(
    "pack_opened",
    integer("number"),
    text_column("kind"),
    text_column("sha256"),
    text_column("manifest"),
)
"""In a working file: a pack it was made from or brought up to, without answers."""

return_made = kept(
    "return_made",
    text_column("kind"),
    integer("number"),
    text_column("made_at"),
    text_column("sha256"),
    integer("complete"),
)
receipt = kept("receipt", text_column("sha256"), text_column("signature"))


# What follows is no part of the record.

sealed_original = Table(
    "sealed_original",
    METADATA,
    Column("sha256", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""Returns as they came, sealed, by the digest of what they brought (``collected``).

Sealing is never the same twice; the record holds what was signed, this what arrived.
"""

sealed_key = Table(
    "sealed_key",
    METADATA,
    Column("id", Integer, primary_key=True),
    text_column("signing"),
    text_column("sealed_to"),
    Column("content", LargeBinary, nullable=False),
)
"""The closed half of the tender's keys, sealed to whom it was made for or handed over to."""
