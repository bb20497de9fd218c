# make demo | test | check | schemas | clean. Needs git, make and Python 3.11 or newer; everything else goes into .venv.
# Another Python: make PYTHON=python3.13 test (after make clean, if .venv was made with a different one).

PYTHON ?= python3
VENV ?= .venv

SHELL := /bin/sh
BIN := $(VENV)/bin
SAMPLES := samples
SCHEMAS := docs
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
MADE := $(VENV)/.made
PLAIN := $(VENV)/.installed
TOOLS := $(VENV)/.installed-with-tools
INPUTS := pyproject.toml constraints.txt

.PHONY: help demo test check schemas clean

help:
	@echo 'make demo     install into $(VENV), scan the samples'
	@echo 'make test     run the tests'
	@echo 'make check    ruff, mypy, import-linter'
	@echo 'make schemas  write docs/*.schema.json and docs/rules.md anew'
	@echo 'make clean    remove $(VENV) and caches'

demo: $(PLAIN)
	@echo '== ffireview scan samples/kvstore: a Rust wrapper of a C library'
	@$(BIN)/ffireview scan $(SAMPLES)/kvstore --top 4
	@echo
	@echo '== ffireview scan samples/kdriver: kernel style, both directions'
	@$(BIN)/ffireview scan $(SAMPLES)/kdriver --top 4
	@echo
	@echo '== ffireview boundary samples/blobkit --symbol seal: a Rust library with a C header'
	@$(BIN)/ffireview boundary $(SAMPLES)/blobkit --symbol seal

test: $(TOOLS)
	@$(BIN)/python -m pytest

check: $(TOOLS)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

schemas: $(PLAIN)
	@$(BIN)/python -c 'import json, pathlib; from ffireview.reporters.json import schemas; [pathlib.Path("$(SCHEMAS)", name).write_text(json.dumps(schema, indent=2) + "\n", encoding="utf-8") for name, schema in schemas().items()]'
	@$(BIN)/python -c 'import pathlib; from ffireview.reporters.rules import render_page; from ffireview.rules import catalogue; pathlib.Path("$(SCHEMAS)", "rules.md").write_text(render_page(tuple(f.rule for f in catalogue())), encoding="utf-8")'

clean:
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find ffireview tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is written last, so that a set-up that was interrupted is taken up again.
$(MADE):
	@command -v '$(PYTHON)' >/dev/null 2>&1 || { \
	  echo 'ffireview: $(PYTHON) is not here; name a Python 3.11 or newer: make PYTHON=... demo' >&2; exit 1; }
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "ffireview: needs Python 3.11 or newer, and $(PYTHON) is $$('$(PYTHON)' --version 2>&1); make PYTHON=... demo" >&2; \
	  exit 1; }
	@'$(PYTHON)' -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo 'ffireview: $(PYTHON) has no venv module; on Debian and Ubuntu it is in the package python3-venv' >&2; exit 1; }
	@'$(PYTHON)' -m venv '$(VENV)'
	@touch $@

$(PLAIN): $(MADE) $(INPUTS)
	@echo 'Installing ffireview into $(VENV) ...' >&2
	@$(PIP) install -c constraints.txt -e .
	@touch $@

$(TOOLS): $(MADE) $(INPUTS)
	@echo 'Installing ffireview and its tools into $(VENV) ...' >&2
	@$(PIP) install -c constraints.txt -e '.[test,check]'
	@touch $@ $(PLAIN)
