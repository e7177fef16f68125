# The two commands are `make demo` and `make test`. Each sets up all it needs in .venv,
# from nothing but Python 3.11 or newer; `make help` lists the rest.

ifndef PYTHON
PYTHON := $(shell for p in python3 python python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
endif

VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PINNED := --constraint constraints.txt
MANIFESTS := pyproject.toml constraints.txt $(wildcard build_backend/*.py visualizations/fetch_assets.py)

export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

.DEFAULT_GOAL := help
.PHONY: help demo test check static format suite build clean

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

demo: $(VENV)/simpul.stamp ## build the footwear graph, ask it, measure it, draw it
	$(BIN)/simpul demo

test: static suite ## all checks and the whole suite, with coverage

check: test ## what the continuous integration runs before it tries the wheel

static: $(VENV)/dev.stamp ## format, lint, types and the order of the rooms
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports

suite: $(VENV)/chromium.stamp $(VENV)/virtuoso.stamp $(VENV)/axe.stamp ## only the tests: make suite ARGS="tests/cli -x"
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --cov --cov-report=term $(ARGS)

format: $(VENV)/dev.stamp ## rewrite the code in house form
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

build: $(VENV)/dev.stamp ## the source archive, and from it the wheel, into dist/
	$(BIN)/python -m build --outdir dist

clean: ## remove all that these targets made
	rm -rf $(VENV) build dist *.egg-info simpul-out visualizations/assets .coverage
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# Set-up, one stamp a step. Debian packs venv apart from Python: virtualenv steps in.
$(VENV)/pip.stamp: constraints.txt
	@test -n "$(PYTHON)" || { echo "Simpul needs Python 3.11 or newer; set PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV) \
		&& $(PYTHON) -m pip install --quiet --target $(VENV)/virtualenv virtualenv \
		&& PYTHONPATH=$(VENV)/virtualenv $(PYTHON) -m virtualenv $(VENV); } \
		|| { echo "cannot make a virtual environment: install python3-venv or pip" >&2; exit 1; }
	$(PIP) install $(PINNED) --upgrade pip
	@touch $@

$(VENV)/simpul.stamp: $(VENV)/pip.stamp $(MANIFESTS)
	$(PIP) install $(PINNED) --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/simpul.stamp
	$(PIP) install $(PINNED) --group dev
	@touch $@

# Without a browser the tests that need one are skipped, and say so; under CI they fail.
$(VENV)/chromium.stamp: $(VENV)/dev.stamp tests/chromium.py
	$(BIN)/python tests/chromium.py --install || test -z "$$CI"
	@touch $@

# Likewise the second SPARQL server that queries are tried on. After the browser, as the
# system's package manager does one thing at a time.
$(VENV)/virtuoso.stamp: $(VENV)/chromium.stamp tests/virtuoso.py
	$(BIN)/python tests/virtuoso.py --install || test -z "$$CI"
	@touch $@

# The checker of accessibility that the browser tests run on every page.
$(VENV)/axe.stamp: $(VENV)/dev.stamp visualizations/fetch_assets.py
	$(BIN)/python visualizations/fetch_assets.py --tests || test -z "$$CI"
	@touch $@
