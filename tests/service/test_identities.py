"""One's own identity: made once, found again, kept where nobody else reads it."""

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null

from tendereval.domain.errors import (
    FileExists,
    FileProblem,
    KeysNeeded,
    PassphraseNeeded,
    UnreadablePack,
)
from tendereval.exchange.contact_card import read_card
from tendereval.services import identities
from tendereval.services.identities import make_own_identity, own_identity

WORDS = "fog-lamp-moss"


class Kept(KeyringBackend):
    """A keyring that keeps what it is given."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # it has no types
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


class ForeignError(Exception):
    """What a system's own library raises."""


class Locked(Kept):
    """A keyring that nobody unlocks."""

    def get_password(self, service: str, username: str) -> str | None:
        raise ForeignError(service + username)

    def set_password(self, service: str, username: str, password: str) -> None:
        raise ForeignError(service + username + password)


class Forgetful(Kept):
    """A keyring that takes everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class Open(Kept):
    """A keyring that says itself that it is not to be trusted."""

    priority = 0.5  # type: ignore[assignment]  # as above


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's own data folder, on a machine that nobody used before."""
    place = tmp_path / "data" / "tendereval"
    monkeypatch.setattr(identities, "user_data_path", lambda _name, appauthor: place)  # noqa: ARG005
    return place


@pytest.fixture(autouse=True)
def no_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]  # it has no types
    yield
    keyring.set_keyring(before)


def test_nobody_has_an_identity_before_it_is_made(folder: Path) -> None:
    assert own_identity() is None
    assert not folder.exists()


def test_without_a_keyring_it_lies_in_a_file_of_ones_own(folder: Path) -> None:
    made = make_own_identity("Ann", "ann@borsetshire.example")
    assert own_identity() == made
    assert [item.name for item in folder.iterdir()] == [identities.FILE]
    if os.name == "posix":
        assert stat.S_IMODE((folder / identities.FILE).stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("backend", [null.Keyring, Locked, Forgetful, Open])
def test_a_keyring_that_fails_or_keeps_nothing_counts_as_none(
    folder: Path, backend: type[KeyringBackend]
) -> None:
    keyring.set_keyring(backend())
    made = make_own_identity("Ann", "")
    assert (folder / identities.FILE).exists()
    assert own_identity() == made


def test_a_keyring_keeps_it_and_the_disk_holds_the_open_card_only(folder: Path) -> None:
    backend = Kept()
    keyring.set_keyring(backend)
    made = make_own_identity("Ann", "ann@borsetshire.example")
    assert own_identity() == made
    assert len(backend.kept) == 1
    assert [item.name for item in folder.iterdir()] == [identities.CARD]
    assert read_card(folder / identities.CARD) == made.card


def test_a_keyring_that_does_not_answer_today_is_not_taken_for_a_new_machine(folder: Path) -> None:
    """Other people know the keys; a second pair would be refused by them."""
    keyring.set_keyring(Kept())
    make_own_identity("Ann", "")
    keyring.set_keyring(Locked())
    with pytest.raises(KeysNeeded, match="keyring"):
        own_identity()
    with pytest.raises(FileExists):
        make_own_identity("Ann", "")
    assert not (folder / identities.FILE).exists()


def test_a_passphrase_keeps_it_in_the_file_though_there_is_a_keyring(folder: Path) -> None:
    backend = Kept()
    keyring.set_keyring(backend)
    made = make_own_identity("Ann", "", passphrase=WORDS)
    assert not backend.kept
    assert own_identity(passphrase=WORDS) == made
    with pytest.raises(PassphraseNeeded):
        own_identity()
    assert (folder / identities.FILE).exists()


def test_a_folder_of_ones_choice_is_asked_alone(folder: Path, tmp_path: Path) -> None:
    backend = Kept()
    keyring.set_keyring(backend)
    made = make_own_identity("Ann", "", tmp_path / "ann")
    assert not backend.kept
    assert not folder.exists()
    assert own_identity(tmp_path / "ann") == made
    assert own_identity() is None


@pytest.mark.parametrize("backend", [fail.Keyring, Kept])
def test_it_is_made_once(folder: Path, backend: type[KeyringBackend]) -> None:
    keyring.set_keyring(backend())
    made = make_own_identity("Ann", "")
    with pytest.raises(FileExists):
        make_own_identity("Bob", "")
    for item in folder.glob(f"{identities.CARD}"):
        item.unlink()
        with pytest.raises(FileExists):
            make_own_identity("Bob", "")
    assert own_identity() == made


def test_a_damaged_entry_is_said_and_not_replaced(folder: Path) -> None:
    backend = Kept()
    keyring.set_keyring(backend)
    make_own_identity("Ann", "")
    for name in backend.kept:
        backend.kept[name] = "{}"
    with pytest.raises(UnreadablePack):
        own_identity()
    (folder / identities.CARD).unlink()
    with pytest.raises(UnreadablePack):
        make_own_identity("Ann", "")
    assert backend.kept


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileProblem, match="cannot be made"):
        make_own_identity("Ann", "", tmp_path / "file" / "folder")


def test_no_secret_is_logged(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        keyring.set_keyring(Locked())
        made = make_own_identity("Ann", "")
        own_identity()
    assert made.keys.secret not in caplog.text
    assert made.keys.signing_secret not in caplog.text
    assert folder.exists()
