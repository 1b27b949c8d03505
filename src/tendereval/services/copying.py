"""A copy of an open tender file, whole and by itself."""

from pathlib import Path

from tendereval.domain.errors import FileExists
from tendereval.services.session import Session


def save_copy(session: Session, path: Path) -> Path:
    """Write a copy of the open file, as it stands, somewhere else.

    The record does not change: a copy is not an act on the tender. What stood at the place
    before is replaced only once the copy is whole.

    Raises:
        FileExists: it is the open file itself, or a folder.
        FileProblem: no room, or the folder may not be written.
    """
    if path.is_dir() or path.absolute() == session.file.path.absolute():
        raise FileExists(f"{path.name} is the open file or a folder.", "Choose another name.")
    return session.file.copy_to(path)
