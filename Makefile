# Every target can be repeated; what is up to date is not done again. `make` alone lists the targets.
#
# Settings of the product come from the environment: make run PORT=9000 CLAUSE8_DATABASE_URL=…  (README, Settings)

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

PYTHON ?= $(shell for one in python3.11 python3.12 python3.13 python3; do $$one -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$one && break; done)
# Options of pytest, e.g. make test PYTEST='tests/unit -x'
PYTEST ?= -n auto --dist loadfile

FRONTEND := webapp/frontend
NODE_MODULES := $(FRONTEND)/node_modules/.installed
BUNDLES := webapp/static/dist/manifest.json
# Templates and Python files too: the style sheet is purged of what they do not name.
BUNDLE_SOURCES := $(FRONTEND)/build.mjs $(shell find $(FRONTEND)/src -type f) \
	$(shell find webapp -path $(FRONTEND) -prune -o -path webapp/static -prune -o \( -name '*.html' -o -name '*.py' \) -print)
PIP := .venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
NOT_FETCHED = { echo "make: packages could not be installed (see above). If one could not be fetched: is there a network, and which package index or mirror do the settings of $(1) name?" >&2; exit 1; }

.PHONY: help setup run test lint types bench bench-web coverage
help: ## show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

setup: .venv/installed $(BUNDLES) ## virtual environment in .venv, front end in webapp/static/dist

run: setup ## serve on http://127.0.0.1:8000 with demonstration data; Ctrl-C stops
	@exec .venv/bin/clause8 serve

test: tools .venv/installed-test $(BUNDLES) lint types ## lint, types and every suite, on SQLite and PostgreSQL
	.venv/bin/pytest $(PYTEST)

lint: .venv/installed-test ## ruff: rules and layout of the Python files
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

types: .venv/installed-test ## mypy --strict
	.venv/bin/mypy

bench: .venv/installed-test ## measured ratios, each against the same work done without us
	.venv/bin/pytest benchmarks --ignore=benchmarks/bench_web.py -o python_files='bench_*.py' -p no:xdist -s

bench-web: tools .venv/installed-test $(BUNDLES) ## weights and times of the pages in Chromium, against their budgets
	.venv/bin/pytest benchmarks/bench_web.py -o python_files='bench_*.py' -p no:xdist -s

coverage: tools .venv/installed-test $(BUNDLES) ## every suite, and which lines none of them runs
	.venv/bin/pytest $(PYTEST) --cov

.PHONY: tools python node
tools: # PostgreSQL and Chromium, which the suites need
	@tests/install-tools.sh

python:
	@[ -n "$(PYTHON)" ] || { echo "make: there is no Python 3.11 or newer. Install one (Debian: apt-get install python3 python3-venv) or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: $(PYTHON) is older than Python 3.11. Name another: make PYTHON=/path/to/python3.11" >&2; exit 1; }

node:
	@command -v npm >/dev/null || { echo "make: there is no npm. Install Node 20 or newer with npm (Debian: apt-get install nodejs npm)" >&2; exit 1; }
	@node -e 'process.exitCode = parseInt(process.versions.node) < 20 ? 1 : 0' || { echo "make: Node $$(node --version) is too old; Node 20 or newer is needed" >&2; exit 1; }

.venv/bin/python: | python
	@"$(PYTHON)" -m venv .venv || { rm -rf .venv; echo "make: no virtual environment could be made (Debian: apt-get install python3-venv)" >&2; exit 1; }

.venv/installed: setup.cfg pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing the Python packages"
	@$(PIP) --editable . || $(call NOT_FETCHED,pip)
	@touch $@

.venv/installed-test: setup.cfg pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing the Python packages, those for tests too"
	@$(PIP) --editable '.[test]' || $(call NOT_FETCHED,pip)
	@touch .venv/installed $@

$(NODE_MODULES): $(FRONTEND)/package.json $(FRONTEND)/package-lock.json $(FRONTEND)/.npmrc | node
	@echo "Installing the packages of the front end"
	@cd $(FRONTEND) && npm ci --loglevel=error || $(call NOT_FETCHED,npm)
	@touch $@

$(BUNDLES): $(NODE_MODULES) $(BUNDLE_SOURCES)
	@echo "Building the front end"
	@cd $(FRONTEND) && npm run --silent build
