# `make` or `make help` shows what there is.
VENV   := .venv
PYTHON ?= $(firstword $(shell command -v python3.11 python3.12 python3.13 2>/dev/null))
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
DEMO   := var/demo
PORT   ?= 8025
MINUTES ?= 10

.DEFAULT_GOAL := help
.PHONY: help run test check check-all fuzz sbom lint format types imports demo clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## */  make \1	/' | expand -t 20

$(STAMP): pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

run: $(STAMP)  ## the gate on 127.0.0.1:8025 with a sink of its own; copies go to var/demo/inbox/
	@test -f $(DEMO)/config/rufgate.toml || $(BIN)/rufgate init $(DEMO)
	RUFGATE_SMTP__LISTEN=127.0.0.1:$(PORT) RUFGATE_LOG__FORMAT=console \
	RUFGATE_AUTHENTICITY__CHECK=false \
	    $(BIN)/rufgate serve --config $(DEMO)/config/rufgate.toml --demo-sink $(DEMO)/inbox

demo: $(STAMP)  ## synthetic reports, before and after
	$(BIN)/rufgate demo

test: $(STAMP)  ## every test that needs no long run
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder -m "not long"

check: format lint types imports  ## format, lint, types, import contracts

format: $(STAMP)
	$(BIN)/ruff format --check .

lint: $(STAMP)
	$(BIN)/ruff check .

types: $(STAMP)
	$(BIN)/mypy

imports: $(STAMP)
	$(BIN)/lint-imports

check-all: check test fuzz  ## both, fuzzing, and the long tests: PostgreSQL, all kill rounds
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,all-tests]'
	$(BIN)/python -m pytest -q -m long

fuzz: $(STAMP)  ## the filter and the SMTP server under fuzzing for MINUTES (10); stops at a find
	$(BIN)/python -c 'import atheris' 2>/dev/null || \
	    $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,fuzz]'
	$(BIN)/python -m tests.fuzz.run --minutes $(MINUTES)

sbom: $(STAMP)  ## a list of what is installed, in CycloneDX form, in dist/sbom.json
	$(BIN)/python -m pip install --quiet --disable-pip-version-check cyclonedx-bom
	mkdir -p dist
	$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
	    --of JSON --output-file dist/sbom.json $(VENV)

clean:  ## remove the virtual environment and caches, keep var/
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
