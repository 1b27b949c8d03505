"""Kinds of things that change; a screen reads again only for the kinds it shows."""

from enum import StrEnum


class Kind(StrEnum):
    """One kind of thing in a tender file."""

    DETAILS = "details"
    METHOD = "method"
    STAGE = "stage"
    BIDS = "bids"
    RESPONSES = "responses"
    PANEL = "panel"
    DECLARATIONS = "declarations"
    SCORES = "scores"
    AGREED = "agreed"
    PRICES = "prices"
    AWARD = "award"
    DOCUMENTS = "documents"
    PUBLIC_VALUE = "public value"


EVERYTHING = frozenset(Kind)
"""For a change whose reach is not known, and for a file just opened."""
