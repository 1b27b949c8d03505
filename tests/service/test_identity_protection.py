"""One's own keys behind a passphrase: the same keys, and no second way to them."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from tendereval.domain.errors import FileProblem, KeysNeeded, PassphraseNeeded
from tendereval.services import identities
from tendereval.services.identities import (
    make_own_identity,
    own_identity,
    protect_own_identity,
)

WORDS = "fog lamp moss river"


class Kept(KeyringBackend):
    """A keyring that keeps what it is given, and lets go of it where it may."""

    priority = 5

    def __init__(self, *, lets_go: bool = True) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # it has no types
        self.kept: dict[tuple[str, str], str] = {}
        self.lets_go = lets_go

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if not self.lets_go:
            raise PermissionError
        del self.kept[service, username]


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(identities, "user_data_path", lambda *_words, **_more: tmp_path)
    return tmp_path


@pytest.fixture(params=[True, False])
def kept(request: pytest.FixtureRequest) -> Iterator[Kept]:
    before, found = keyring.get_keyring(), Kept(lets_go=bool(request.param))
    keyring.set_keyring(found)
    yield found
    keyring.set_keyring(before)


def test_keys_in_the_file_open_with_the_passphrase_from_then_on(tmp_path: Path) -> None:
    made = make_own_identity("Ben Bell", "ben@x.example", tmp_path)
    assert protect_own_identity(WORDS, tmp_path) == made
    with pytest.raises(PassphraseNeeded):
        own_identity(tmp_path)
    assert own_identity(tmp_path, WORDS) == made
    assert [path.name for path in tmp_path.iterdir()] == [identities.FILE]
    with pytest.raises(PassphraseNeeded):
        protect_own_identity("other words than before", tmp_path)


def test_without_an_identity_there_is_nothing_to_protect(tmp_path: Path) -> None:
    with pytest.raises(KeysNeeded):
        protect_own_identity(WORDS, tmp_path)


def test_keys_leave_the_keyring_or_the_person_is_told(kept: Kept, own_folder: Path) -> None:
    made = make_own_identity("Ben Bell", "ben@x.example")
    assert kept.kept
    if not kept.lets_go:
        with pytest.raises(KeysNeeded) as told:
            protect_own_identity(WORDS)
        assert "does not let go" in told.value.happened
        return
    assert protect_own_identity(WORDS) == made
    assert not kept.kept
    assert own_identity(passphrase=WORDS) == made
    assert (own_folder / identities.FILE).exists()


def test_a_place_that_is_taken_keeps_the_keys_as_they_were(tmp_path: Path) -> None:
    made = make_own_identity("Ben Bell", "ben@x.example", tmp_path)
    (tmp_path / f"{identities.FILE}.new").mkdir()
    with pytest.raises(FileProblem):
        protect_own_identity(WORDS, tmp_path)
    assert own_identity(tmp_path) == made
