# Courtyard. `make run` starts a site with a demo; `make check` is what has to pass before a change lands.
# Everything installs itself into .venv; a machine needs Python 3.11, pip and make.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := run

PYTHON ?= python3
PORT ?= 8000
VAR := $(if $(COURTYARD_VAR),$(COURTYARD_VAR),$(CURDIR)/var)
PY := .venv/bin/python
RUNTIME := .venv/.requirements
TOOLS := .venv/.requirements-dev
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
PYTEST := $(PY) -m pytest -n $(or $(JOBS),2) --maxschedchunk=1

.PHONY: run install seed test test-sqlite test-postgresql check lint check-deploy check-messages bench messages fmt lock

run: $(RUNTIME) $(CATALOGUES)  ## a working site with the demo on http://localhost:$(PORT)/
	@COURTYARD_VAR="$(VAR)" $(PY) -m forum.config.first_run
	@COURTYARD_VAR="$(VAR)" SITE_URL="$${SITE_URL:-http://localhost:$(PORT)}" exec $(PY) manage.py run --port $(PORT)

install: $(RUNTIME) $(CATALOGUES)  ## what a site for real needs, without starting anything

seed: $(RUNTIME) $(CATALOGUES)  ## the demo, without starting the site
	@COURTYARD_VAR="$(VAR)" $(PY) -m forum.config.first_run
	@COURTYARD_VAR="$(VAR)" $(PY) manage.py migrate --verbosity 0
	@COURTYARD_VAR="$(VAR)" $(PY) manage.py seed_demo

test: test-sqlite test-postgresql  ## everything, with a PostgreSQL and a Valkey of its own

test-sqlite: $(TOOLS) $(CATALOGUES)
	$(PYTEST)

test-postgresql: $(TOOLS) $(CATALOGUES)
	COURTYARD_TEST_DB=postgresql $(PYTEST) -m database

check: lint check-deploy check-messages test  ## formatting, types, contracts, migrations, translations, deployment checks, tests

lint: $(TOOLS)
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	SECRET_KEY="$${SECRET_KEY:-for the type checker, which loads the settings}" .venv/bin/mypy accounts forum realtime tools
	.venv/bin/djlint --lint --quiet templates
	.venv/bin/lint-imports

# As a site would run: production settings, nothing from a file of this machine.
check-deploy: $(TOOLS)
	export COURTYARD_VAR="$$(mktemp -d)" SITE_URL=https://forum.example.org TRUSTED_PROXY_COUNT=1 SECRET_KEY="$$($(PY) -m forum.config.first_run --print-secret)"; \
	trap 'rm -rf "$$COURTYARD_VAR"' EXIT; \
	$(PY) manage.py makemigrations --check --dry-run && $(PY) manage.py check --deploy --fail-level WARNING

check-messages: $(TOOLS)  ## what the catalogues lack
	$(PY) -m tools.messages check

messages: $(TOOLS)  ## brings the catalogues up to date with the code
	$(PY) -m tools.messages update

bench: $(TOOLS) $(CATALOGUES)
	$(PY) -m tests.bench.pages
	$(PY) -m tests.bench.sockets
	$(PY) -m tests.bench.churn
	$(PY) -m tests.bench.library
	$(PY) -m tests.bench.library --postgresql
	$(PY) -m tests.bench.fanout

fmt: $(TOOLS)
	.venv/bin/ruff check --fix-only .
	.venv/bin/ruff format .

# Universal (every platform and Python ≥ 3.11), hashed, naming no address to download from.
UV := .venv/lock/bin/uv
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock: $(UV)  ## writes requirements*.txt anew; `make lock UPGRADE=1` takes newer versions
	$(COMPILE) $(if $(UPGRADE),--upgrade) requirements.in --output-file requirements.txt
	$(COMPILE) $(if $(UPGRADE),--upgrade) requirements-dev.in --constraints requirements.txt --output-file requirements-dev.txt

$(UV): | .venv/bin/python
	$(PYTHON) -m venv .venv/lock && .venv/lock/bin/pip install --quiet --disable-pip-version-check uv

.venv/bin/python:
	$(PYTHON) -m venv .venv

$(RUNTIME): requirements.txt | .venv/bin/python
	@echo "Installing what Courtyard needs into .venv (half a minute)"
	@.venv/bin/pip install -qq --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(TOOLS): requirements-dev.txt | .venv/bin/python
	@echo "Installing what the tests and checks need into .venv (a minute)"
	@.venv/bin/pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(RUNTIME)

%.mo: %.po tools/messages.py | $(RUNTIME)
	@$(PY) -m tools.messages compile $<
