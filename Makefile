# The two that matter: `make run` and `make test`. Everything is installed into .venv, from lock
# files whose every package is checked against its hash; a repeated install costs nothing.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
# An interpreter of your choice: make install PYTHON=/path/to/python3.12
PYTHON ?=
# What the pages are built from; `make install GRAPHIQL=no` goes without one, CONSOLE=no without the other.
PAGE := hatch_build.py $(wildcard graphiql/*.* graphiql/src/* console/*.* console/src/* console/src/*/* console/src/*/*/*)

.DEFAULT_GOAL := help
.PHONY: help install install-dev run test lint format console-types shots bench prove schema release-schema lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile

run: install ## Start the demo: a gateway with a sample shop and three months of its past, ready to try
	$(BIN)/loyalty demo --history

test: lint ## Run every check: lint, types, floors and all tests
	@$(BIN)/python -m tests.browser.finding
	@$(BIN)/python -m tests.support.node
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

lint: install-dev ## Check style, format, types and the floors of the house
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/basedpyright
	$(BIN)/lint-imports

format: install-dev ## Put every file in the house's format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

console-types: install-dev ## Write the types of the console's documents, after a change of the schema
	@$(BIN)/python -m tests.support.node
	$(BIN)/python -m tests.gates.console

shots: install-dev ## Make pictures of every page of the console, to be looked at
	@$(BIN)/python -m tests.browser.finding
	$(BIN)/python -m tests.browser.shots

bench: install-dev ## Measure speed on this machine
	$(BIN)/python -m benchmarks

prove: install-dev ## Run the longer proofs: kills, duplicates and long random histories
	$(BIN)/python -m benchmarks.prove

schema: install ## Write schema.graphql, the contract, from the code
	$(BIN)/loyalty export-schema > schema.graphql.new
	mv schema.graphql.new schema.graphql

release-schema: schema ## Keep the contract as this version's, in docs/releases
	cp schema.graphql docs/releases/$$($(BIN)/python -c 'import gateway; print(gateway.__version__)').graphql

install: $(VENV)/.runtime ## Install what the gateway runs on

install-dev: $(VENV)/.development ## Install what tests, lint and benchmarks need as well

# The project itself is built with the backend that the lock file pins, hence no isolation.
$(VENV)/.runtime: requirements.lock pyproject.toml $(PAGE) | $(VENV)/.python
	$(PIP) install --require-hashes --requirement requirements.lock
	@$(BIN)/python hatch_build.py
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.development: requirements-dev.lock $(VENV)/.runtime
	$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

# The first interpreter that is 3.11, 3.12 or 3.13 (PostgreSQL's wheel for the tests is made for
# these) and that can make an environment: a bare Debian python3 lacks ensurepip.
$(VENV)/.python:
	@for python in $(or $(PYTHON),python3 python3.13 python3.12 python3.11); do \
	  if "$$python" -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then \
	    echo "Making $(VENV) with $$python ($$("$$python" --version))"; \
	    "$$python" -m venv $(VENV) && touch $@ && exit 0 || exit 1; \
	  fi; \
	done; \
	echo "Python 3.11, 3.12 or 3.13 with its venv module is needed, and none was found." >&2; \
	echo "On Debian and Ubuntu: apt install python3-venv. With one elsewhere: make install PYTHON=/path/to/python3" >&2; \
	exit 1

lock: install-dev ## Pin the dependencies again (UPGRADE=--upgrade takes newer versions)
	$(BIN)/uv pip compile $(LOCK) --group build --output-file requirements.lock
	$(BIN)/uv pip compile $(LOCK) --group dev --constraints requirements.lock --output-file requirements-dev.lock
LOCK = pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --custom-compile-command "make lock" $(UPGRADE)

clean: ## Remove the environment and the caches; data stays
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis .import_linter_cache build dist
	rm -rf graphiql/node_modules gateway/http/graphiql_assets tests/*/node_modules
	rm -rf console/node_modules gateway/http/console/assets
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
