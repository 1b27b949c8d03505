"""Files and folders appear whole and together, or not at all, and over nothing."""

import errno
import os
from pathlib import Path

import pytest

from tendereval.domain.errors import DiskFull, FileExists, FileProblem, ReadOnlyFile
from tendereval.exchange.file_writing import (
    appearing,
    appearing_folder,
    appearing_in,
    beside,
    ensured_folder,
    put_once,
)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


def test_files_appear_together_or_none_does(tmp_path: Path) -> None:
    """One of the names is taken while they are written."""

    def overtaken() -> None:
        with appearing_in(tmp_path) as making:
            for name in "abc":
                (making / name).write_text("new")
            (tmp_path / "b").write_text("mine")

    with pytest.raises(FileExists, match="a file b already"):
        overtaken()
    assert names(tmp_path) == ["b"]
    assert (tmp_path / "b").read_text() == "mine"
    (tmp_path / "b").unlink()
    with appearing_in(tmp_path / "one" / "two") as making:
        (making / "a").write_text("new")
    assert names(tmp_path) == ["a", "one", "two"]


def test_a_folder_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    def failing() -> None:
        with appearing_folder(tmp_path / "set") as making:
            (making / "a").write_text("new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert names(tmp_path) == []
    (tmp_path / "set").mkdir()
    with (
        pytest.raises(FileExists, match="a folder set already"),
        appearing_folder(tmp_path / "set"),
    ):
        pass
    with pytest.raises(FileProblem, match="no folder"), appearing_folder(tmp_path / "x" / "set"):
        pass


def test_a_folder_made_for_what_fails_is_taken_away(tmp_path: Path) -> None:
    for wanted in ("new", "old"):
        (tmp_path / "old").mkdir(exist_ok=True)
        with pytest.raises(ZeroDivisionError), ensured_folder(tmp_path / wanted):
            raise ZeroDivisionError
    assert names(tmp_path) == ["old"]


def test_a_name_that_was_given_already_is_only_settled(tmp_path: Path) -> None:
    """The work was cut short between giving it and taking the temporary one away."""
    partial, path = beside(tmp_path / "a"), tmp_path / "a"
    partial.write_text("new")
    path.hardlink_to(partial)
    put_once(partial, path)
    assert names(tmp_path) == ["a"]
    partial.write_text("other")
    with pytest.raises(FileExists):
        put_once(partial, path)
    assert path.read_text() == "new"


@pytest.mark.parametrize(
    ("number", "kind"), [(errno.ENOSPC, DiskFull), (errno.EROFS, ReadOnlyFile)]
)
def test_what_the_disk_refuses_is_said_and_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[FileProblem]
) -> None:
    def fail(_number: int) -> None:
        raise OSError(number, "trouble")

    (tmp_path / "a").write_text("old")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(kind), appearing(tmp_path / "a") as stream:
        stream.write(b"new")
    assert names(tmp_path) == ["a"]
    assert (tmp_path / "a").read_text() == "old"


def test_a_disk_without_second_names_is_served_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As memory sticks are formatted."""

    def unknown(_path: Path, _target: Path) -> None:
        raise OSError(errno.EPERM, "not here")

    monkeypatch.setattr(Path, "hardlink_to", unknown)
    partial, path = beside(tmp_path / "a"), tmp_path / "a"
    partial.write_text("new")
    put_once(partial, path)
    assert names(tmp_path) == ["a"]
    partial.write_text("other")
    with pytest.raises(FileExists):
        put_once(partial, path)
    assert path.read_text() == "new"
