"""An evaluator's own laptop: a working file at a desk, and keys in a folder of the test."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import keyring
import pytest
from keyring.backends import null

from tendereval.domain.packs import Manifest, receipt_text
from tendereval.services import identities
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.packs import a_receipt, a_working_file


@contextmanager
def at_home(
    folder: Path, manifest: Manifest | None = None, *, declared: bool = True
) -> Iterator[SessionViewModel]:
    """Open Ben's working file, made from a pack."""
    model = SessionViewModel(a_working_file(folder, manifest, declared=declared))
    yield model
    if model.is_open:
        model.close()


@contextmanager
def own_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keep the person's own keys in a folder, with no keyring on this machine."""
    place, before = folder / "own", keyring.get_keyring()
    monkeypatch.setattr(identities, "user_data_path", lambda *_words, **_more: place)
    keyring.set_keyring(null.Keyring())  # type: ignore[no-untyped-call]  # it has no types
    yield place
    keyring.set_keyring(before)


def a_receipt_line(sha256: str) -> str:
    """Return the line that the lead sends once a return was collected."""
    return receipt_text(a_receipt(sha256))
