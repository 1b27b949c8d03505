# Every command sets up what it needs first; see README.md.
PYTHON := .venv/bin/python
EXAMPLE := build/example
EXAMPLE_FILE := $(EXAMPLE)/harrowmere-cleaning.tender
.DEFAULT_GOAL := help
.PHONY: help setup run test check bench soak lock clean

help:
	@echo "make run    the app on the worked example; without a screen, the example through the whole job"
	@echo "make test   the tests"
	@echo "make check  format, lint, types, import contracts"
	@echo "make bench  speed as ratios against a baseline in the same run"
	@echo "make soak   long fault tests (kill -9, many times)"
	@echo "make setup  prepare .venv only        make clean  remove what was built"

setup:
	@sh packaging/set-up.sh

# With a screen the app opens on the example, built first where it is not there.
run: setup
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ] || [ "$$OS" = Windows_NT ]; then \
		[ -f $(EXAMPLE_FILE) ] || { rm -rf $(EXAMPLE) && $(PYTHON) -m tendereval demo $(EXAMPLE); } && \
		$(PYTHON) -m tendereval $(EXAMPLE_FILE); \
	else \
		rm -rf $(EXAMPLE) && $(PYTHON) -m tendereval demo $(EXAMPLE); \
	fi

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
