"""``keys``: the tender's own keys, made at the first pack, handed over, recovered."""

import argparse
from pathlib import Path
from typing import Final

from tendereval.commands import asking
from tendereval.commands.shell import Shell, say
from tendereval.domain.errors import RuleRefusal, UnknownReference
from tendereval.exchange.contact_card import read_card
from tendereval.exchange.file_writing import appearing_once
from tendereval.exchange.words import fingerprint
from tendereval.services import tender_keys
from tendereval.services.session import Session

_WHAT_FOR: Final = (
    "Whoever holds this sheet and the tender file can read every return. Lock it away, not with "
    "the laptop. To use it: Panel, Keys, Recover; or tendereval keys FILE.tender --recover-with "
    "THIS-FILE."
)


def ensure(args: argparse.Namespace, session: Session) -> None:
    """Make the tender's keys where there are none, with a second way in."""
    with session.reading() as reader:
        known = reader.tender_keys()
    if known is not None:
        if args.second_card or args.recovery_key:
            raise RuleRefusal(
                "The tender's keys are made already.",
                "Use tendereval keys FILE.tender --hand-over X.evaluator for another way in.",
            )
        return
    if args.second_card:
        second = read_card(Path(args.second_card))
        made = tender_keys.ensure(session, second.keys)
        say(f"Made the tender's keys. {second.name} can open returns too.")
        say(f"Words of that card, to compare by phone: {fingerprint(second.keys)}")
    else:
        path = _recovery_path(args, session)
        with appearing_once(path) as stream:
            made = tender_keys.ensure(session)
            stream.write(_recovery_sheet(session, made).encode())
        say(f"Made the tender's keys. Their recovery key lies in {path}:")
        say("print it, lock it away and delete the file. Whoever has it can open returns.")
    say(f"Words of the tender's keys: {fingerprint(made.keys)}")


def _recovery_path(args: argparse.Namespace, session: Session) -> Path:
    if args.recovery_key:
        return Path(args.recovery_key)
    file: Path = session.file.path
    return file.with_name(f"{file.stem}.recovery-key.txt")


def _recovery_sheet(session: Session, made: tender_keys.Made) -> str:
    with session.reading() as reader:
        details = reader.details()
    return "\n\n".join(
        (
            f"Recovery key of the tender {details.reference}",
            details.title,
            made.recovery,
            f"To compare: {made.recovery_words}",
            _WHAT_FOR,
            "",
        )
    )


def keys(args: argparse.Namespace, shell: Shell) -> int:
    """Show the tender's keys, hand them over, or open them with the recovery key."""
    if not args.hand_over and not args.recover_with:
        with shell.look(args) as session:
            _say_keys(session)
        return 0
    own = asking.identity(args, shell)
    with shell.open(args).with_identity(own) as session:
        if args.hand_over:
            card = read_card(Path(args.hand_over))
            tender_keys.hand_over(session, card, args.reason or "", other_key=args.accept_key)
            say(f"{card.name} can open returns from now on.")
            say(f"Words of that card, to compare by phone: {fingerprint(card.keys)}")
        else:
            secret = _secret_in(Path(args.recover_with))
            tender_keys.recover(session, secret, args.reason or "")
            say("The tender's keys open with your own keys from now on.")
    return 0


def _say_keys(session: Session) -> None:
    with session.reading() as reader:
        history = reader.tender_key_history()
    if not history:
        say("The tender has no keys yet; the first pack makes them.")
    for number, (public, _second, reason, at) in enumerate(history):
        what = "Made" if number == 0 else "Sealed anew"
        why = f": {reason}" if reason else ""
        say(f"{what} on {at.day} {at:%B %Y}{why} ({fingerprint(public)}).")


def _secret_in(path: Path) -> str:
    """Return the key of a recovery sheet, or of a file that holds nothing else."""
    text = asking.small_text(path)
    found = [line.strip() for line in text.splitlines() if "SECRET-KEY-" in line.upper()]
    if len(found) != 1:
        raise UnknownReference(
            f"{path.name} does not hold one recovery key.",
            "Type the printed key into a text file: one line that begins AGE-SECRET-KEY-1.",
        )
    return found[0]
