"""The newest row of each key, the one way every kept table is read."""

from functools import cache

from sqlalchemy import Select, Table, func, select


@cache
def newest(table: Table, *keys: str) -> Select[tuple[object, ...]]:
    """Select the newest row of each key with ``first``, the number of the oldest one.

    Ordered by ``first``: a later change does not move a thing in lists.
    """
    columns = [table.c[name] for name in keys]
    span = (
        select(func.max(table.c.id).label("newest"), func.min(table.c.id).label("first"))
        .group_by(*columns)
        .subquery("span")
    )
    return (
        select(table, span.c.first).join(span, table.c.id == span.c.newest).order_by(span.c.first)
    )
