"""Record what tools keep: one value per kind and subject; see ``fact_questions``."""

from tendereval.store import mapping, rows
from tendereval.store.unit_of_work import Change


def add_fact(change: Change, kind: str, subject: str, value: object) -> None:
    """Record a fact; it holds from now on in place of the one before."""
    change.append(rows.fact, {"kind": kind, "subject": subject, "data": mapping.to_json(value)})
