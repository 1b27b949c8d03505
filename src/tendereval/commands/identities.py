"""``identity create`` and ``identity card``: a person's own keys, and what others get of them."""

import argparse
from pathlib import Path

from tendereval.commands import asking
from tendereval.commands.shell import Shell, say
from tendereval.domain.errors import UnknownReference
from tendereval.exchange.contact_card import write_card
from tendereval.exchange.identity_file import Identity, write_identity
from tendereval.exchange.words import fingerprint


def create(args: argparse.Namespace, shell: Shell) -> int:
    """Make a person's own keys and keep them in a file of their own."""
    name, email = args.name.strip(), args.email.strip()
    if not name or not email:
        raise UnknownReference(
            "Keys belong to somebody: name or e-mail is blank.", "Write both --name and --email."
        )
    spoken = ""
    if args.identity_passphrase_file:
        spoken = asking.text_of(Path(args.identity_passphrase_file))
    path = Path(args.out)
    owner = Identity(name, email, shell.keys())
    write_identity(path, owner, spoken)
    say(f"Made {path}. It holds your secret keys: keep it to yourself, and keep a copy.")
    if not spoken:
        say("It has no passphrase; only you may read the file.")
    say(f"Your words: {fingerprint(owner.card.keys)}")
    say(f"Next: tendereval identity card {path} --out {path.stem}.evaluator")
    return 0


def card(args: argparse.Namespace, shell: Shell) -> int:
    """Write the contact card that goes with a key file."""
    owner = asking.identity(args, shell)
    path = Path(args.out)
    write_card(path, owner)
    say(f"Wrote {path}: the contact card of {owner.name}, {owner.email}. It holds no secret.")
    say(f"Words to compare by phone: {fingerprint(owner.card.keys)}")
    return 0
