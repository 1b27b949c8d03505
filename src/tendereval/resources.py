"""Find the files that ship with the product, installed or in a checkout.

Never reads, writes or caches a file: callers get a path and open it themselves.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_ROOTS = (_PACKAGE / "_resources", _PACKAGE.parents[1] / "resources")


class MissingResourceError(FileNotFoundError):
    """A file that belongs to the product is not there: the installation is damaged."""


def path(name: str) -> Path:
    """Give the place of one bundled file or folder.

    Args:
        name: path inside the resources folder, with forward slashes, such as
            ``fonts/SourceSans3-Regular.ttf``.

    Returns:
        An existing path, in the installed package if it is there, else in the checkout.

    Raises:
        MissingResourceError: neither place has it, or the name points outside them (the
            installation or the caller is to blame, not the user).
    """
    for root in _ROOTS:
        found = (root / name).resolve()
        if found.is_relative_to(root.resolve()) and found.exists():
            return found
    raise MissingResourceError(
        f"The file “{name}” that belongs to this program is missing. Install the program again."
    )
