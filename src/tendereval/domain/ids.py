"""Names for the references that travel between layers; they must not gain behaviour."""

from typing import NewType

LotId = NewType("LotId", str)
"""A lot as the tender names it (``1``, ``North``)."""

CriterionId = NewType("CriterionId", str)
"""The published reference of a criterion or question (``Q1``, ``PRICE``)."""

BidderId = NewType("BidderId", str)
"""Made when a bidder is registered; never shown, never reused (``b-3f2a…``)."""

PersonId = NewType("PersonId", str)
"""Stands for a person everywhere outside the one table that holds names."""

DocumentId = NewType("DocumentId", str)
"""SHA-256 (hex) of a document's bytes: the same bytes are the same document."""
