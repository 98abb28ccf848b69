# Each target sets up .venv/ first when it is missing.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test check

run: .venv/ready
	$(BIN)/pledgebook run

test: .venv/ready check
	$(BIN)/python -m pytest

check: .venv/ready
	$(BIN)/ruff check
	$(BIN)/mypy

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test]'
	touch $@
