# Two commands on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEV_READY := $(VENV)/.dev-ready

.PHONY: help demo test check fix bench

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/'

demo: $(READY)  ## set up, rank the examples, write out/report.html
	@mkdir -p out
	@$(BIN)/shortlist rank examples/job.md examples/resumes --top 5
	@$(BIN)/shortlist rank examples/job.md examples/resumes --format html --out out/report.html
	@echo "Open out/report.html to see the evidence behind every score."

test: $(DEV_READY)  ## set up, run the tests
	$(BIN)/pytest -n auto

check: $(DEV_READY)  ## style, types, layers, generated pages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m shortlist.cli.reference --check docs/cli.md
	$(BIN)/python -m benchmarks.tables --check

fix: $(DEV_READY)  ## put style and generated pages right
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/python -m shortlist.cli.reference docs/cli.md
	$(BIN)/python -m benchmarks.tables

bench: $(DEV_READY)  ## run one benchmark: make bench NAME=matching
	SHORTLIST_DATA=$${SHORTLIST_DATA:-../shared/data} $(BIN)/python -m benchmarks.$(NAME)

$(VENV)/bin/pip:
	$(PYTHON) -m venv $(VENV)

$(READY): $(VENV)/bin/pip pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(DEV_READY): $(READY)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@
