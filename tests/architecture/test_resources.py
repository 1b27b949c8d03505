"""Every bundled file is licensed, and every name used in code is there."""

import re
from pathlib import Path

import pytest

from tendereval import resources

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "tendereval"
USED = sorted(
    {
        name
        for path in SOURCE.rglob("*.py")
        for name in re.findall(r'resources\.path\(\s*"([^"{]+)"', path.read_text(encoding="utf-8"))
    }
)


@pytest.mark.parametrize("name", USED)
def test_a_resource_named_in_code_is_there(name: str) -> None:
    assert resources.path(name).exists()


def test_every_bundled_file_has_a_licence_line() -> None:
    licences = (ROOT / "resources" / "LICENCES.md").read_text(encoding="utf-8")
    folders = {path.name for path in (ROOT / "resources").iterdir() if path.is_dir()}
    missing = {name for name in folders if f"{name}/" not in licences}
    fonts = {path.name for path in (ROOT / "resources" / "fonts").glob("*.ttf")}
    missing |= {name for name in fonts if name not in licences}
    assert not missing


def test_a_missing_resource_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"no-such-thing\.svg"):
        resources.path("icons/no-such-thing.svg")
