"""Which public signing keys prove something; knows no secret and checks no signature."""

import re
from typing import Final

KEY: Final = re.compile(r"[0-9a-f]{64}")
"""32 bytes of Ed25519, secret or public, in lower-case hexadecimal."""
_WEAK: Final = frozenset(
    bytes.fromhex(point)
    for point in (
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    )
)
"""Points of small order, without their sign: under such a key, one signature fits many texts."""


def is_strong(key: str) -> bool:
    """Whether a text has the form of a public key and is not of small order."""
    if not KEY.fullmatch(key):
        return False
    point = bytearray.fromhex(key)
    point[31] &= 0x7F  # the sign of a coordinate
    return bytes(point) not in _WEAK
