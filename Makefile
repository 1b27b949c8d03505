# Every command sets up what it needs first; see README.md.
PYTHON := .venv/bin/python
EXAMPLE := build/example
.DEFAULT_GOAL := help
.PHONY: help setup run test check bench soak lock clean

help:
	@echo "make run    the worked example through the whole job, into $(EXAMPLE)"
	@echo "make test   the tests"
	@echo "make check  format, lint, types, import contracts"
	@echo "make bench  speed as ratios against a baseline in the same run"
	@echo "make soak   long fault tests (kill -9, many times)"
	@echo "make setup  prepare .venv only        make clean  remove what was built"

setup:
	@sh packaging/set-up.sh

run: setup
	@rm -rf $(EXAMPLE)
	@$(PYTHON) -m tendereval demo $(EXAMPLE)

test: setup
	@$(PYTHON) -m pytest -n auto --dist worksteal

check: setup
	@$(PYTHON) -m ruff format --check
	@$(PYTHON) -m ruff check
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports

bench: setup
	@OPENBLAS_NUM_THREADS=1 PYTHONHASHSEED=0 $(PYTHON) -m tests.bench

soak: setup
	@$(PYTHON) -m pytest -m soak --soak tests

lock: setup
	@sh packaging/lock.sh

clean:
	@rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	@find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
