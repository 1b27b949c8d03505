"""What the product is made of: its version, what is bundled, and the libraries with licences."""

import re
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata, requires, version

from tendereval import __version__, resources


@dataclass(frozen=True, slots=True)
class Library:
    """One library that the product uses."""

    name: str
    version: str
    licence: str


def about_text() -> str:
    """Return the whole as Markdown."""
    bundled = resources.path("LICENCES.md").read_text(encoding="utf-8").partition("\n")[2]
    rows = [f"| {one.name} | {one.version} | {one.licence} |" for one in libraries()]
    return "\n".join(
        (
            f"# tendereval {__version__}",
            "",
            "Evaluates public tenders without a network. Apache License 2.0.",
            "",
            "Qt and PySide6 are used under the LGPL 3 as separate libraries that you may replace.",
            "",
            "## Bundled files",
            bundled.strip(),
            "",
            "## Libraries",
            "",
            "| library | version | licence |",
            "|---|---|---|",
            *rows,
        )
    )


def libraries() -> tuple[Library, ...]:
    """Return every library that the product needs, those that they need included, by name."""
    waiting, found = list(_needed("tendereval")), dict[str, Library]()
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            found[name] = Library(name, version(name), _licence(metadata(name)))
        except PackageNotFoundError:
            continue
        waiting.extend(_needed(name))
    return tuple(sorted(found.values(), key=lambda one: one.name.casefold()))


def _needed(name: str) -> list[str]:
    try:
        lines = requires(name) or []
    except PackageNotFoundError:
        return []
    plain = [line for line in lines if "extra ==" not in line]
    return [match[0].lower() for line in plain if (match := re.match(r"[\w.-]+", line))]


def _licence(found: PackageMetadata) -> str:
    """Return a licence as its library names it, in a few words."""
    given = found.get_all("License-Expression") or []
    classed = [
        line.rpartition("::")[2].strip()
        for line in found.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    free = [line.partition("\n")[0] for line in found.get_all("License") or []]
    words = ", ".join((given or classed or free)[:3])
    return words.replace("|", "or")[:80] or "see its own documents"
