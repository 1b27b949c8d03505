"""What of Qt each room may use, which import contracts cannot tell apart."""

import ast
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "tendereval"
UNDO = {"QUndoCommand", "QUndoGroup", "QUndoStack"}
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b")


def name_of(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", sorted((SOURCE / "viewmodels").rglob("*.py")), ids=name_of)
def test_a_view_model_uses_qt_core_and_undo_only(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert not [name.name for name in node.names if name.name.startswith("PySide6")]
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6"):
            names = {name.name for name in node.names}
            assert node.module == "PySide6.QtCore" or (
                node.module == "PySide6.QtGui" and names <= UNDO
            ), f"{node.module}: {names}"


@pytest.mark.parametrize("path", sorted((SOURCE / "ui" / "screens").rglob("*.py")), ids=name_of)
def test_no_screen_imports_another(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    own = path.relative_to(SOURCE / "ui" / "screens").parts[0].removesuffix(".py")
    room = re.split(r"_|\.", own.removesuffix("_parts"))[0].rstrip("s")
    for node in ast.walk(tree):
        module = getattr(node, "module", None) or ""
        if isinstance(node, ast.ImportFrom) and module.startswith("tendereval.ui.screens."):
            assert module.split(".")[3].startswith(room), f"{own} imports {module}"


@pytest.mark.parametrize("path", sorted((SOURCE / "ui").rglob("*.py")), ids=name_of)
def test_colours_stand_in_the_tokens_only(path: Path) -> None:
    assert not COLOUR.findall(path.read_text(encoding="utf-8"))
