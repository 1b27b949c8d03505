"""The examples in the formulas' own words hold."""

import doctest
from types import ModuleType

import pytest

from tendereval.domain import aliases, evidence, marks, pin, pricing, wording


@pytest.mark.parametrize("module", [aliases, evidence, marks, pin, pricing, wording])
def test_examples_in_docstrings(module: ModuleType) -> None:
    failed, tried = doctest.testmod(module)
    assert tried > 0
    assert failed == 0
