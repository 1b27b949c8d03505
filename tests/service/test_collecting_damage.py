"""One bit of a return is flipped, in every region of it: never accepted, the file unchanged."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tendereval.domain.errors import UserFixable
from tendereval.exchange import return_file, seal
from tendereval.services import collecting
from tests.service.builders import BEN
from tests.service.returns import Post, a_post

FLIPS = 80


def regions(length: int, ends: list[int]) -> Iterator[int]:
    """Yield positions: the first and last byte of each region, and others by chance."""
    dice = random.Random(length)  # noqa: S311 - repeatable, not secret
    starts = [0, *ends]
    for start, end in zip(starts, [*ends, length], strict=True):
        yield from {start, end - 1, *(dice.randrange(start, end) for _ in range(FLIPS))}


def flipped(content: bytes, at: int) -> bytes:
    """Flip one bit of one byte."""
    return content[:at] + bytes([content[at] ^ 1 << at % 8]) + content[at + 1 :]


def never_accepted(post: Post, contents: Iterator[bytes]) -> int:
    """Look at each and try to collect it; return how many there were."""
    before, path, number = post.file.read_bytes(), post.file.parent / "odd.scores", 0
    with post.round.lead() as session:
        for number, content in enumerate(contents, start=1):
            path.write_bytes(content)
            found = collecting.look_at_returns(session, [path])
            assert found.reports[0].is_refused, number
            with pytest.raises(UserFixable):
                collecting.collect(session, found, insist="All the same.")
    assert post.file.read_bytes() == before
    return number


def test_a_bit_of_the_sealed_file(tmp_path: Path) -> None:
    """Regions: age's own line, the stanza, its body, the header's tag, nonce and content."""
    post = a_post(tmp_path)
    content = post.returned().read_bytes()
    tag = content.index(b"\n--- ") + 1
    lines = [at + 1 for at in range(tag) if content[at] == ord("\n")]
    end = content.index(b"\n", tag) + 1
    places = regions(len(content), [*lines, end, end + 16])
    assert never_accepted(post, (flipped(content, at) for at in places)) > 200


def test_a_bit_of_what_was_signed(tmp_path: Path) -> None:
    """Whoever has the tender's public key can seal anything: regions are line, key, body."""
    post = a_post(tmp_path)
    keys = post.round.secrets()
    _sealed, plain = return_file.read_return(post.returned(), [keys.secret])
    start = plain.index(b"\n") + 1
    places = regions(len(plain), [18, 20, 85, start])
    contents = (seal.seal(flipped(plain, at), [keys.public.recipient]) for at in places)
    assert never_accepted(post, contents) > 200


def test_something_added_or_left_out(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    keys, path = post.round.secrets(), post.returned(BEN)
    sealed, plain = return_file.read_return(path, [keys.secret])
    odd = [plain + b" ", plain + b"\n", b"\n" + plain, plain[:-1], plain.replace(b"\n", b"\r\n", 1)]
    contents = [sealed + b"\0", sealed * 2, sealed + path.read_bytes()]
    contents += [seal.seal(one, [keys.public.recipient]) for one in odd]
    assert never_accepted(post, iter(contents)) == len(contents)
