"""A copy of the open file: whole, by itself, never over the file it is a copy of."""

from pathlib import Path

import pytest

from tendereval.domain.errors import FileExists, FileProblem
from tendereval.services.copying import save_copy
from tests.service.builders import Desk, a_desk


def copied(desk: Desk, target: Path) -> Path:
    with desk.session() as session:
        return save_copy(session, target)


def test_a_copy_is_whole_and_replaces_only_when_it_is(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "priced")
    target = tmp_path / "copy.tender"
    target.write_text("an older copy", encoding="utf-8")
    assert copied(desk, target) == target
    other = Desk(tmp_path)
    assert other.run("check", str(target)).status == 0
    assert "Alder Ltd" in other.run("rank", str(target)).out
    assert not list(tmp_path.glob("*.part"))


def test_a_copy_never_goes_over_the_open_file_or_into_nowhere(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    with pytest.raises(FileExists):
        copied(desk, desk.file)
    with pytest.raises(FileExists):
        copied(desk, tmp_path)
    with pytest.raises(FileProblem):
        copied(desk, tmp_path / "no such folder" / "copy.tender")
