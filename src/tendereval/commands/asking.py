"""Whose keys and which passphrase a command works with: given in files, else asked for.

A passphrase is never a word of the command line, where other people of the machine could read
it.
"""

import argparse
from pathlib import Path
from typing import Final

from tendereval.commands.shell import Shell
from tendereval.domain.errors import FileProblem, KeysNeeded, PassphraseNeeded
from tendereval.exchange.identity_file import Identity, read_identity

_MOST: Final = 64 * 1024


def identity(args: argparse.Namespace, shell: Shell) -> Identity:
    """Return whose keys a command works with, asking where they are not given.

    Raises:
        KeysNeeded: none are given, and there is nobody to ask.
    """
    name = args.identity or (shell.ask("Your key file: ", False) or "").strip()
    if not name:
        raise KeysNeeded(
            "Your own keys are not given.",
            "Use --identity KEYFILE; tendereval identity create makes a key file.",
        )
    return _read(args, shell, name)


def _read(args: argparse.Namespace, shell: Shell, name: str) -> Identity:
    path = Path(name)
    if args.identity_passphrase_file:
        return read_identity(path, text_of(Path(args.identity_passphrase_file)))
    try:
        return read_identity(path)
    except PassphraseNeeded as refusal:
        typed = shell.ask(f"Passphrase of {path.name}: ", True)
        if not typed:
            raise PassphraseNeeded(
                f"{path.name} opens with a passphrase.", "Use --identity-passphrase-file F."
            ) from refusal
        return read_identity(path, typed)


def passphrase(args: argparse.Namespace, shell: Shell, name: str) -> str:
    """Return the passphrase of a pack, asking where it is not given.

    Raises:
        PassphraseNeeded: it is not given, and there is nobody to ask.
    """
    if args.passphrase_file:
        return text_of(Path(args.passphrase_file))
    typed = shell.ask(f"Passphrase of {name}: ", True)
    if not typed or not typed.strip():
        raise PassphraseNeeded(f"{name} needs a passphrase.", "Use --passphrase-file F.")
    return typed


def text_of(path: Path) -> str:
    """Return the one line of a small text file.

    Raises:
        FileProblem: it cannot be read, is empty or holds more than a line.
    """
    text = small_text(path)
    if not text or "\n" in text:
        raise FileProblem(
            f"{path.name} does not hold a passphrase.", "It holds one line, the passphrase."
        )
    return text


def small_text(path: Path) -> str:
    """Return the text of a small file.

    Raises:
        FileProblem: it cannot be read, or is larger than any such file.
    """
    try:
        with path.open("rb") as stream:
            found = stream.read(_MOST + 1)
        text = found.decode("utf-8-sig").strip()
    except (OSError, ValueError) as error:
        raise FileProblem(
            f"{path.name} cannot be read as text.", "Name a UTF-8 text file."
        ) from error
    if len(found) > _MOST:
        raise FileProblem(f"{path.name} is too long for what it is to hold.", "Name another file.")
    return text
