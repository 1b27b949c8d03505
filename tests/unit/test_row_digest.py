"""The digest of a row is that of its canonical JSON, however it is worked out."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from tendereval.domain.record import SHORT, canonical_json, row_digest, sha256_text

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
