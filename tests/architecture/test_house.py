"""What import contracts cannot say about the house; each module is parsed once for all rules."""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "tendereval"
NO_ROOM = re.compile(r"^(utils?|helpers?|common|manager|misc)\.py$")
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b")
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 400, 50
UNDO = {"QUndoCommand", "QUndoGroup", "QUndoStack"}


@dataclass(frozen=True, slots=True)
class Module:
    """A module: its name from the house's root, as ``domain/ids.py``, and what it says."""

    name: str
    text: str
    tree: ast.Module
    nodes: tuple[ast.AST, ...]

    def is_in(self, room: str) -> bool:
        return self.name.startswith(f"{room}/")

    @property
    def file_name(self) -> str:
        return self.name.rpartition("/")[2]

    @property
    def attributes(self) -> set[str]:
        return {node.attr for node in self.nodes if isinstance(node, ast.Attribute)}

    @property
    def imports_from(self) -> Iterator[tuple[str, set[str]]]:
        for node in self.nodes:
            if isinstance(node, ast.ImportFrom):
                yield node.module or "", {one.name for one in node.names}


Rule = Callable[[Module], Iterator[object]]


def a_module_keeps_to_the_size_of_the_house(module: Module) -> Iterator[object]:
    lines = len(module.text.splitlines())
    if lines > MOST_LINES:
        yield f"{lines} lines"
    for node in module.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            if length > MOST_LINES_OF_A_FUNCTION:
                yield f"{node.name}: {length} lines"


def a_module_has_a_room_of_its_own(module: Module) -> Iterator[object]:
    if NO_ROOM.match(module.file_name):
        yield "its name says nothing"


def a_module_says_what_it_is_for(module: Module) -> Iterator[object]:
    if module.tree.body and not ast.get_docstring(module.tree):
        yield "no docstring"


def the_domain_has_no_float_no_clock_and_no_chance(module: Module) -> Iterator[object]:
    if not module.is_in("domain"):
        return
    for node in module.nodes:
        if isinstance(getattr(node, "value", None), float):
            yield "a float"
        if isinstance(node, ast.Name) and node.id == "float":
            yield "float"
    yield from module.attributes & {"now", "today", "utcnow", "uuid4", "random"}


def only_commands_print(module: Module) -> Iterator[object]:
    if module.is_in("commands"):
        return
    for node in module.nodes:
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Name) and called.id == "print":
            yield called.lineno


def nobody_pumps_events(module: Module) -> Iterator[object]:
    yield from module.attributes & {"processEvents"}


def no_user_text_reaches_a_markup_parser(module: Module) -> Iterator[object]:
    """reportlab's Paragraph reads markup and drops what looks like a tag."""
    if "reportlab.platypus" in module.text:
        yield "reportlab.platypus"


def errors_are_caught_by_name(module: Module) -> Iterator[object]:
    if module.file_name == "app.py" or module.name == "ui/jobs.py":
        return
    for node in module.nodes:
        if isinstance(node, ast.ExceptHandler) and (
            node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception")
        ):
            yield node.lineno


def a_view_model_uses_qt_core_and_undo_only(module: Module) -> Iterator[object]:
    if not module.is_in("viewmodels"):
        return
    for node in module.nodes:
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name.startswith("PySide6"))
    for source, names in module.imports_from:
        is_allowed = source == "PySide6.QtCore" or (source == "PySide6.QtGui" and names <= UNDO)
        if source.startswith("PySide6") and not is_allowed:
            yield source, names


def no_screen_imports_another(module: Module) -> Iterator[object]:
    if not module.is_in("ui/screens"):
        return
    own = module.name.split("/")[2].removesuffix(".py")
    room = re.split(r"_|\.", own.removesuffix("_parts"))[0].rstrip("s")
    for source, names in module.imports_from:
        parts = source.split(".")
        if parts[:3] == ["tendereval", "ui", "screens"]:
            yield from (name for name in parts[3:4] or names if not name.startswith(room))


def colours_stand_in_the_tokens_only(module: Module) -> Iterator[object]:
    if module.is_in("ui"):
        yield from COLOUR.findall(module.text)


# Each rule with a module that breaks it.
RULES: Mapping[Rule, tuple[str, str]] = {
    a_module_keeps_to_the_size_of_the_house: ("domain/a.py", "def f():\n" + "    f()\n" * 50),
    a_module_has_a_room_of_its_own: ("store/utils.py", '"""A."""'),
    a_module_says_what_it_is_for: ("store/a.py", "a = 1"),
    the_domain_has_no_float_no_clock_and_no_chance: ("domain/a.py", "a = 0.5"),
    only_commands_print: ("services/a.py", "print(1)"),
    nobody_pumps_events: ("ui/a.py", "app.processEvents()"),
    no_user_text_reaches_a_markup_parser: ("reports/a.py", "import reportlab.platypus"),
    errors_are_caught_by_name: ("ui/a.py", "try:\n    a()\nexcept Exception:\n    pass"),
    a_view_model_uses_qt_core_and_undo_only: (
        "viewmodels/a.py",
        "from PySide6.QtGui import QUndoStack, QColor",
    ),
    no_screen_imports_another: (
        "ui/screens/award.py",
        "from tendereval.ui.screens.record import Record",
    ),
    colours_stand_in_the_tokens_only: ("ui/a.py", "a = '#0E5A70'"),
}
BY_NAME = {rule.__name__: rule for rule in RULES}


def read(name: str, text: str) -> Module:
    tree = ast.parse(text)
    return Module(name, text, tree, tuple(ast.walk(tree)))


@cache
def offenders() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {name: [] for name in BY_NAME}
    for path in sorted(SOURCE.rglob("*.py")):
        module = read(path.relative_to(SOURCE).as_posix(), path.read_text(encoding="utf-8"))
        for name, rule in BY_NAME.items():
            found[name] += (f"{module.name}: {offence}" for offence in rule(module))
    return found


@pytest.mark.parametrize("name", BY_NAME)
def test_every_module_keeps_the_rule_that(name: str) -> None:
    assert offenders()[name] == []


@pytest.mark.parametrize("name", BY_NAME)
def test_a_module_that_breaks_it_is_found_by_the_rule_that(name: str) -> None:
    assert list(BY_NAME[name](read(*RULES[BY_NAME[name]])))
