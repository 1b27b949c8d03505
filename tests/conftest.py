"""What all tests share: a clock that stands still and tests that run only when asked for."""

import gc
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="run the long fault tests too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--soak"):
        return
    soaking = [item for item in items if item.get_closest_marker("soak")]
    if soaking:
        config.hook.pytest_deselected(items=soaking)
        items[:] = [item for item in items if item not in soaking]


def pytest_collection_finish() -> None:
    # Thousands of tests and all modules stay to the end: no search for garbage need meet them.
    gc.collect()
    gc.freeze()


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """Noon on a summer's day in London, always."""
    noon = datetime(2027, 6, 1, 12, tzinfo=ZoneInfo("Europe/London"))
    return lambda: noon
