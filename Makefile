# Each target sets up .venv/ first when it is missing.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test check evaluate bench server site

run: .venv/ready
	$(BIN)/pledgebook run

test: .venv/ready check
	$(BIN)/python -m pytest --numprocesses 2 --dist worksteal

# Scores the bundled check set, and coded documents where they lie beside the checkout; fails where a figure has dropped.
evaluate: .venv/ready
	$(BIN)/python -m pledgebook.evaluation ../shared/gold/dev.jsonl ../shared/gold/others.jsonl --floors tests/quality.toml

bench: .venv/ready
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[bench]'
	$(BIN)/python benchmarks/speed.py $(if $(wildcard ../shared/corpus),--documents ../shared/corpus)

# The web page of the latest release, with the notebooks run on it, served on this machine until Ctrl-C.
site: .venv/ready
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[notebooks]'
	$(BIN)/pledgebook site --open

# A Prefect server, a work pool and a worker on this machine, with the deployments of prefect.yaml, until Ctrl-C.
server: .venv/ready
	DO_NOT_TRACK=1 $(BIN)/python -m flows.local_server

check: .venv/ready
	$(BIN)/ruff check
	$(BIN)/mypy

.venv/ready: pyproject.toml constraints.txt
	@echo 'Installing Python packages into .venv: a minute or two.'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test]'
	touch $@
