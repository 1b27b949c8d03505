"""Ways in which a file's bytes go wrong: on a bad disk, in a bad copy, by a bad hand."""

import random
from collections.abc import Callable

PAGE = 16384


def flip_bits(spoilt: bytearray, dice: random.Random) -> None:
    for _ in range(dice.choice((1, 1, 1, 8))):
        spoilt[_a_place(spoilt, dice)] ^= 1 << dice.randrange(8)


def overwrite(spoilt: bytearray, dice: random.Random) -> None:
    at = _a_place(spoilt, dice)
    junk = dice.randbytes(dice.choice((1, 4, 64)))
    spoilt[at : at + len(junk)] = junk[: len(spoilt) - at]


def zero(spoilt: bytearray, dice: random.Random) -> None:
    at = _a_place(spoilt, dice)
    length = min(dice.choice((4, 512, PAGE)), len(spoilt) - at)
    spoilt[at : at + length] = bytes(length)


def truncate(spoilt: bytearray, dice: random.Random) -> None:
    kept = dice.choice((dice.randrange(len(spoilt)), PAGE * dice.randrange(len(spoilt) // PAGE)))
    del spoilt[kept:]


def swap_pages(spoilt: bytearray, dice: random.Random) -> None:
    first, second = (PAGE * dice.randrange(len(spoilt) // PAGE) for _ in range(2))
    one, two = bytes(spoilt[first : first + PAGE]), bytes(spoilt[second : second + PAGE])
    spoilt[first : first + PAGE], spoilt[second : second + PAGE] = two, one


def repeat_a_page(spoilt: bytearray, dice: random.Random) -> None:
    first, second = (PAGE * dice.randrange(len(spoilt) // PAGE) for _ in range(2))
    spoilt[second : second + PAGE] = bytes(spoilt[first : first + PAGE])


def spoil_the_header(spoilt: bytearray, dice: random.Random) -> None:
    spoilt[dice.randrange(100)] = dice.randrange(256)


def grow(spoilt: bytearray, dice: random.Random) -> None:
    spoilt += dice.randbytes(dice.choice((1, 512, PAGE)))


WAYS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    flip_bits,
    flip_bits,
    flip_bits,
    overwrite,
    zero,
    truncate,
    swap_pages,
    repeat_a_page,
    spoil_the_header,
    grow,
)


def spoil(whole: bytes, seed: int) -> bytes:
    """Return the bytes, spoilt in one way; the seed says which and where."""
    dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
    spoilt = bytearray(whole)
    WAYS[seed % len(WAYS)](spoilt, dice)
    return bytes(spoilt)


def _a_place(spoilt: bytearray, dice: random.Random) -> int:
    """Choose a byte, mostly one that holds something: most of a small file is empty."""
    if dice.random() < 0.2:
        return dice.randrange(len(spoilt))
    while True:
        page = PAGE * dice.randrange(len(spoilt) // PAGE)
        at = page + dice.choice((dice.randrange(200), dice.randrange(PAGE)))
        if any(spoilt[max(0, at - 4) : at + 4]):
            return at
