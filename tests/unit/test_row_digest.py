"""The digest of a row is that of its canonical JSON, however it is worked out."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from tendereval.domain.record import (
    SHORT,
    canonical_json,
    row_digest,
    row_digests,
    sha256_text,
)

TEXTS = st.text(st.characters(codec=None), max_size=SHORT + 20)
VALUES = st.none() | st.integers() | st.booleans() | TEXTS | st.binary(max_size=40)


def plain(value: object) -> object:
    """A value as the digest counts it."""
    if isinstance(value, bytes):
        return {"sha256": hashlib.sha256(value).hexdigest()}
    if isinstance(value, str) and len(value) > SHORT:
        return {"sha256": sha256_text(value)}
    return value


@given(st.text(max_size=8), st.dictionaries(st.text(max_size=8), VALUES, max_size=8))
def test_it_is_the_digest_of_the_canonical_text(table: str, values: dict[str, object]) -> None:
    text = f"{table}\n{canonical_json({name: plain(value) for name, value in values.items()})}"
    expected = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    assert row_digest(table, values) == expected
    assert row_digest(table, dict(reversed(values.items()))) == expected


ROWS = st.lists(st.text(max_size=4), min_size=1, max_size=4, unique=True).flatmap(
    lambda names: st.lists(st.tuples(*(VALUES for _ in names)), min_size=1, max_size=4).map(
        lambda rows: dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    )
)


@given(st.text(max_size=4), ROWS)
def test_many_at_once_have_each_its_own(table: str, columns: dict[str, list[object]]) -> None:
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    told = [{name: value for name, value in row.items() if value is not None} for row in rows]
    assert row_digests(table, columns) == b"".join(row_digest(table, row) for row in told)
