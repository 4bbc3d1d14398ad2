# `make` or `make help` lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PORT ?= $(or $(LEADHUB_PORT),8000)
BASE_PYTHON ?= $(firstword $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p; done))
PYTHON := .venv/bin/python
INSTALLED := .venv/.installed-$(firstword $(shell cksum < requirements.lock))
PYTEST_ARGS ?=
PYTEST := $(PYTHON) -m pytest -n auto --dist loadfile $(PYTEST_ARGS)

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: $(INSTALLED) ## Build what changed and serve LeadHub with its demo workspace (PORT=8000)
	@LEADHUB_DEMO=$${LEADHUB_DEMO:-1} exec $(PYTHON) -m leadhub run --port $(PORT)

.PHONY: dev
dev: $(INSTALLED) ## As run, building and starting again whenever a file is saved
	@LEADHUB_DEMO=$${LEADHUB_DEMO:-1} exec .venv/bin/watchfiles --sigint-timeout 15 \
		'$(PYTHON) -m leadhub run --port $(PORT)' leadhub assets alembic rxconfig.py

.PHONY: test
test: $(INSTALLED) ## Run all tests but the slow ones, browser journeys included
	@$(PYTHON) -m leadhub build >/dev/null
	@$(PYTHON) -m tests.e2e.chromium
	@$(PYTEST) -m "not slow"

.PHONY: test-slow
test-slow: $(INSTALLED) ## Run the slow proofs: crash recovery, long random runs
	@$(PYTHON) -m leadhub build >/dev/null
	@$(PYTHON) -m tests.e2e.chromium
	@$(PYTEST) -m slow

.PHONY: check
check: $(INSTALLED) ## Lint, formatting, import contracts, architecture tests, schema drift
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check -q . || { echo "run 'make format'"; exit 1; }
	@PYTHONPATH=. .venv/bin/lint-imports --no-cache >.import-contracts.log || { cat .import-contracts.log; exit 1; }
	@rm -f .import-contracts.log
	@$(PYTHON) -m pytest tests/architecture
	@$(PYTHON) -m leadhub check-schema

.PHONY: format
format: $(INSTALLED) ## Sort imports and format every file
	@$(PYTHON) -m ruff check --fix-only -q .
	@$(PYTHON) -m ruff format -q .

.PHONY: bench
bench: $(INSTALLED) ## Measure; prints tables (BENCH="name ..." picks some)
	@$(PYTHON) -m bench $(BENCH)

.PHONY: bench-matching
bench-matching: $(INSTALLED) ## Compare ways of matching on labelled sets (LEADHUB_SHARED_DATA=folder)
	@$(PYTHON) -m bench.matching

.PHONY: migrate
migrate: $(INSTALLED) ## Bring the database to the newest schema
	@$(PYTHON) -m leadhub migrate

.PHONY: lock
lock: $(INSTALLED) ## Resolve the dependencies anew into requirements.lock
	@$(PYTHON) -m pip install -q uv
	@$(PYTHON) -m uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header \
		--python-version 3.11 --group dev pyproject.toml -o requirements.lock $(if $(UPGRADE),--upgrade)

.PHONY: clean
clean: ## Remove the environment, builds and caches; the data folder stays
	rm -rf .venv var .web .states .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): requirements.lock
	@test -n "$(BASE_PYTHON)" || { echo "LeadHub needs Python 3.11 or newer"; exit 1; }
	@test -x $(PYTHON) || { echo "Making .venv with $(BASE_PYTHON) ..."; $(BASE_PYTHON) -m venv .venv; }
	@echo "Installing the locked dependencies ..."
	@$(PYTHON) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@rm -f .venv/.installed-*; touch $(INSTALLED)
