"""The person's own keys on this machine: made at first use and found again ever after.

They are kept by the system's keyring where there is one, else in a file that only the person
may read. Where a passphrase is wished, they are kept in the file, which it opens.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final

from platformdirs import user_data_path

from tendereval.domain.errors import FileExists, FileProblem, KeysNeeded, UserFixable
from tendereval.exchange.contact_card import write_card
from tendereval.exchange.identity_file import (
    Identity,
    identity_from,
    identity_text,
    read_identity,
    write_identity,
)
from tendereval.exchange.seal import new_keys

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

FILE: Final = "identity.key"
CARD: Final = "identity.evaluator"
"""Beside the file or instead of it: says that there is an identity, also where the keyring
that keeps it does not answer."""
_SERVICE: Final = "tendereval"
_ENTRY: Final = "identity"
_OWNER_ONLY: Final = 0o700


def own_identity(place: Path | None = None, passphrase: str = "") -> Identity | None:
    """Return the identity of whoever is at this machine.

    Args:
        place: the folder of the key file, which alone is asked then; by default the keyring
            is asked first, and then the file in the person's own data folder.
        passphrase: what opens the file, where it has one.

    Returns:
        None where none was made yet.

    Raises:
        PassphraseNeeded: it lies in a file that opens with a passphrase.
        WrongPassphrase: it opens with another one.
        KeysNeeded: there is one, but the keyring that keeps it does not give it.
        UnreadablePack: the file is damaged.
    """
    kept = _from_keyring() if place is None else None
    if kept is not None:
        return kept
    folder = data_folder(place)
    if (folder / FILE).exists():
        return read_identity(folder / FILE, passphrase)
    if (folder / CARD).exists():
        raise KeysNeeded(
            "Your own keys are kept by this computer's keyring, which does not give them.",
            "Unlock the keyring, or sign in to the computer again, and try once more.",
        )
    return None


def found_quietly(place: Path | None = None) -> Identity | None:
    """Return the own identity where it opens without a passphrase; None in every other case."""
    try:
        return own_identity(place)
    except UserFixable:
        return None


def make_own_identity(
    name: str, email: str, place: Path | None = None, passphrase: str = ""
) -> Identity:
    """Make the identity of whoever is at this machine, and keep it.

    Args:
        name: as it is to stand on the contact card.
        email: likewise.
        place: the folder of the key file, which alone keeps it then; by default the keyring
            keeps it where there is one.
        passphrase: what the file is to be opened with; then the keyring is not used.

    Raises:
        FileExists: there is an identity already; other people know its keys.
        FileProblem: the folder may not be written.
    """
    folder = data_folder(place)
    if (folder / FILE).exists() or (folder / CARD).exists() or _is_kept(place):
        raise FileExists(
            "This computer holds an identity of yours already.",
            "Go on with it; others know you by its keys.",
            "It was left as it is.",
        )
    identity = Identity(name, email, new_keys())
    _make(folder)
    if place is None and not passphrase.strip() and _to_keyring(identity):
        write_card(folder / CARD, identity)
        return identity
    write_identity(folder / FILE, identity, passphrase)
    return identity


def protect_own_identity(passphrase: str, place: Path | None = None) -> Identity:
    """Let the identity of whoever is at this machine open with a passphrase from now on.

    The keys stay what they are; they lie in the file then, and no longer in the keyring.

    Args:
        passphrase: not blank.
        place: the folder of the key file; by default the person's own.

    Raises:
        KeysNeeded: there is no identity yet, or the keyring does not let go of it.
        PassphraseNeeded: it has a passphrase already.
        FileProblem: the folder may not be written.
    """
    identity = own_identity(place)
    if identity is None:
        raise KeysNeeded("There is no identity of yours on this computer.", "Make it first.")
    folder = data_folder(place)
    _make(folder)
    fresh = folder / f"{FILE}.new"
    try:
        fresh.unlink(missing_ok=True)
        write_identity(fresh, identity, passphrase)
        read_identity(fresh, passphrase)
        fresh.replace(folder / FILE)
    except OSError as error:
        raise FileProblem(
            f"The keys cannot be written in {folder} ({error.strerror}).",
            "Check that you may write there.",
        ) from error
    if _is_kept(place):
        _asked(_forget)
    if _is_kept(place):
        raise KeysNeeded(
            "This computer's keyring does not let go of your keys, so they open without the "
            "passphrase still.",
            "Remove the entry “tendereval” from the keyring yourself.",
        )
    return identity


def _forget(keyring: "KeyringBackend") -> str:
    keyring.delete_password(_SERVICE, _ENTRY)
    return ""


def _is_kept(place: Path | None) -> bool:
    return place is None and _from_keyring() is not None


def data_folder(place: Path | None = None) -> Path:
    """Return the folder for what is the person's own on this machine, unless told otherwise."""
    return user_data_path("tendereval", appauthor=False) if place is None else place


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    except OSError as error:
        raise FileProblem(
            f"The folder {folder} cannot be made ({error.strerror}).",
            "Check that you may write there.",
        ) from error


def _from_keyring() -> Identity | None:
    def ask(keyring: "KeyringBackend") -> str | None:
        return keyring.get_password(_SERVICE, _ENTRY)

    kept = _asked(ask)
    return None if kept is None else identity_from(kept.encode())


def _to_keyring(identity: Identity) -> bool:
    """Whether the keyring took the identity and gives it back."""
    text = identity_text(identity).decode()

    def keep(keyring: "KeyringBackend") -> str | None:
        keyring.set_password(_SERVICE, _ENTRY, text)
        return keyring.get_password(_SERVICE, _ENTRY)

    return _asked(keep) == text


def _asked(question: "Callable[[KeyringBackend], str | None]") -> str | None:
    """Return what the keyring answers; None also where there is none, or it fails.

    A keyring is another program behind a library of its own per system; its errors have no
    common root. A future holds whatever comes, and says only that there is no answer.
    """

    def ask() -> str | None:
        import keyring  # noqa: PLC0415 - it looks for every backend there is

        backend = keyring.get_keyring()
        # What keeps nothing, or keeps it in the open, says so by its priority.
        return question(backend) if backend.priority >= 1 else None

    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(ask)
        return None if answer.exception() is not None else answer.result()
