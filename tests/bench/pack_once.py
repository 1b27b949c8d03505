"""Make or open one pack in a fresh process; tell CPU time, and peak memory before and after."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyrage  # type: ignore[import-untyped]  # it has no types

from tendereval.domain.ids import PersonId
from tendereval.exchange.identity_file import read_identity
from tendereval.exchange.seal import WithPassphrase, WithSecrets
from tendereval.services import packing
from tendereval.services.opening_packs import open_pack
from tendereval.services.tenders import open_tender
from tests.bench import sizes
from tests.bench.peak import peak
from tests.bench.sizes import VIA

PASSPHRASE = "abandon-ability-able-about-above-absent"  # noqa: S105 - opens nothing but this
PERSON = PersonId("p-2")
Work = Callable[[], object]


def making(folder: Path, *, sealed_to_card: bool) -> Work:
    """Return the work of making the pack."""
    lead, own = read_identity(folder / "lead.key"), read_identity(folder / "own.key")
    session = open_tender(folder / "packs.tender", "Ada Lead", sizes.now, VIA).with_identity(lead)
    if sealed_to_card:
        order = packing.PackOrder(PERSON, card=own.card, is_theirs=True)
    else:
        order = packing.PackOrder(PERSON, passphrase=PASSPHRASE)
    return lambda: packing.make_pack(session, order, folder / "one.scorepack")


def opening(folder: Path, *, sealed_to_card: bool) -> Work:
    """Return the work of opening the pack into a working file."""
    own = read_identity(folder / "own.key")
    key = WithSecrets((own.keys.secret,)) if sealed_to_card else WithPassphrase(PASSPHRASE)
    pack, target = folder / "one.scorepack", folder / "own.scoring"

    def work() -> None:
        open_pack(pack, target, key, sizes.now, VIA).file.close()

    return work


def age_alone(folder: Path, *, sealed_to_card: bool) -> Work:
    """Return the work of sealing as many bytes with the library alone, from file to file."""
    own = read_identity(folder / "own.key")
    recipients = [pyrage.x25519.Recipient.from_str(own.keys.public.recipient)]
    source, target = folder / "bytes", folder / "bytes.age"

    def work() -> None:
        if sealed_to_card:
            pyrage.encrypt_file(str(source), str(target), recipients)
        else:
            pyrage.passphrase.encrypt(b"a key", PASSPHRASE)
            pyrage.encrypt_file(str(source), str(target), recipients)

    return work


def age_opening(folder: Path, *, sealed_to_card: bool) -> Work:
    """Return the work of opening that again with the library alone."""
    own = read_identity(folder / "own.key")
    identities = [pyrage.x25519.Identity.from_str(own.keys.secret)]
    source, target = folder / "bytes.age", folder / "bytes.back"
    part = b"" if sealed_to_card else pyrage.passphrase.encrypt(b"a key", PASSPHRASE)

    def work() -> None:
        if part:
            pyrage.passphrase.decrypt(part, PASSPHRASE)
        pyrage.decrypt_file(str(source), str(target), identities)

    return work


WAYS = {"make": making, "open": opening, "seal": age_alone, "unseal": age_opening}


def main() -> None:
    way, lock, folder = sys.argv[1:]
    work = WAYS[way](Path(folder), sealed_to_card=lock == "card")
    before, start = peak(), time.process_time()
    work()
    spent = time.process_time() - start
    print(json.dumps({"cpu": spent, "before": before, "peak": peak()}))


if __name__ == "__main__":
    main()
