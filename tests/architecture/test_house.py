"""What import contracts cannot say about the house."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "tendereval"
MODULES = sorted(SOURCE.rglob("*.py"))
NO_ROOM = re.compile(r"^(utils?|helpers?|common|manager|misc)\.py$")
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 400, 50


def name_of(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_keeps_to_the_size_of_the_house(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    long = [
        f"{found.name}: {(found.end_lineno or 0) - found.lineno + 1} lines"
        for found in functions(ast.parse(text))
        if (found.end_lineno or 0) - found.lineno + 1 > MOST_LINES_OF_A_FUNCTION
    ]
    assert not long


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_has_a_room_of_its_own_and_says_what_it_is_for(path: Path) -> None:
    assert not NO_ROOM.match(path.name)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree) or not tree.body


@pytest.mark.parametrize("path", sorted((SOURCE / "domain").rglob("*.py")), ids=name_of)
def test_the_domain_has_no_float_no_clock_and_no_chance(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    floats = [node for node in ast.walk(tree) if isinstance(getattr(node, "value", None), float)]
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    calls = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not floats
    assert "float" not in names
    assert not calls & {"now", "today", "utcnow", "uuid4", "random"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_commands_print_and_nobody_pumps_events(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert "print" not in called or path.parent.name == "commands"
    assert "processEvents" not in attributes


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_user_text_reaches_a_markup_parser(path: Path) -> None:
    """reportlab's Paragraph reads markup and drops what looks like a tag."""
    assert "reportlab.platypus" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_errors_are_caught_by_name(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    broad = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception"))
    ]
    allowed = path.name == "app.py" or name_of(path) == "ui/jobs.py"
    assert allowed or not broad
