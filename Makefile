# make run, make test: all one needs. Each makes what it lacks first; a stamp lies in the folder whose state it tells.
.PHONY: node run build demo test test-python test-js soak fuzz fuzz-cost bench screenshots messages docs lint lint-ruff lint-format lint-types lint-imports lint-templates lint-js lint-migrations lint-decisions lint-docs format setup bare clean help

VENV := .venv
BIN := $(VENV)/bin
IS_SUPPORTED = -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null
FIND_PYTHON = for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name $(IS_SUPPORTED) && echo $$name && break; done
PYTHON ?= $(shell $(FIND_PYTHON))
# Ready-made packages only: a compiler is never needed.
PIP_INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --only-binary=:all:
# Node may be the machine's, or a Python package in the virtual environment: see .ci/node.py.
WITH_NODE = PATH="$(CURDIR)/$(BIN):$$PATH"
NPM_CI = npm ci --no-audit --no-fund --loglevel=error
JS_TESTS = $(shell find tests/js -name "*.test.js")
# Every test that needs a server, a Redis or a port starts its own, so files may run side by side: much of it is waiting, so more
# of them than there are cores in the smallest machine that counts, which has two. In the order of `testpaths`: xdist would else
# begin with the files of most tests, which are the shortest, and end with a soak of half a minute alone.
# Hundreds of tests start a Python: where nothing is kept of what it compiles, as in many containers, each compiles all again.
PYTEST = env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

run: $(VENV)/.installed node_modules/.installed ## serve on http://localhost:7777
	@exec $(BIN)/python serve.py

build: $(VENV)/.installed node_modules/.installed ## build the files for browsers beforehand, where the server cannot write beside its code
	@DATA_DIR=$$(mktemp -d) && export DATA_DIR && trap 'rm -rf "$$DATA_DIR"' EXIT && $(BIN)/python manage.py build_static

demo: $(VENV)/.installed node_modules/.installed ## serve a throw-away instance with people and rooms
	@DATA_DIR=$$(mktemp -d) && export DATA_DIR && trap 'rm -rf "$$DATA_DIR"' EXIT && trap : INT && \
	$(BIN)/python manage.py fill_demo && $(BIN)/python serve.py

test: test-js test-python ## run all tests

test-python: $(VENV)/.installed-dev node_modules/.installed-dev
	@WITHOUT="Tests in a browser are skipped." sh .ci/ensure chromium=chromium chromedriver=chromium-driver
	@$(WITH_NODE) $(PYTEST) $(ARGS)

test-js: node_modules/.installed-dev
	@$(WITH_NODE) node --test --test-reporter=spec $(JS_TESTS)

soak: $(VENV)/.installed-dev ## break everything at random for MINUTES=10, repeatably by SEED=n
	@$(BIN)/python -m tests.faults.soak --minutes $(or $(MINUTES),10) $(if $(SEED),--seed $(SEED))

fuzz: $(VENV)/.installed-dev ## throw damaged bytes at the transport for MINUTES=5, repeatably by SEED=n
	@$(BIN)/python -m tests.fuzz --minutes $(or $(MINUTES),5) $(if $(SEED),--seed $(SEED))

fuzz-cost: $(VENV)/.installed-dev node_modules/.installed-dev ## look for texts that cost more than they weigh for MINUTES=10, repeatably by SEED=n
	@$(BIN)/python -m tests.fuzz.cost --minutes $(or $(MINUTES),10) $(if $(SEED),--seed $(SEED))

bench: $(VENV)/.installed-dev ## measure beside Node and others; ARGS="--repetitions 3", ARGS="--help"
	@sh .ci/ensure "gcc=gcc libc6-dev"
	@$(WITH_NODE) $(BIN)/python -m benchmarks $(ARGS)

messages: $(VENV)/.installed-dev ## take new texts into the catalogs of locale/, and compile them
	@$(BIN)/python -m translation

docs: $(VENV)/.installed ## write the tables in the documents again from the code
	@DATA_DIR=$$(mktemp -d) && export DATA_DIR && trap 'rm -rf "$$DATA_DIR"' EXIT && $(BIN)/python manage.py write_docs

screenshots: $(VENV)/.installed-dev node_modules/.installed-dev ## take pictures of every screen into docs/screenshots; ARGS="room help" for some
	@sh .ci/ensure chromium=chromium chromedriver=chromium-driver
	@$(BIN)/python -m functional_tests.screenshots docs/screenshots $(ARGS)

lint: $(VENV)/.installed-dev node_modules/.installed-dev ## check style, types, imports, templates, migrations and documents
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target --keep-going lint-types lint-imports lint-js lint-migrations lint-templates lint-decisions lint-docs lint-ruff lint-format

lint-ruff:
	@$(BIN)/ruff check --quiet .

lint-format:
	@$(BIN)/ruff format --check --quiet . || { echo "make format puts this right:"; $(BIN)/ruff format --check .; }

# The Django plugin looks for models where the cache last saw them: a model that moved needs a cache of its own.
lint-types:
	@models=$$(find accounts/models chat/models -name '*.py' | sort | cksum | cut -d ' ' -f 1) && \
	DATA_DIR=.mypy_cache/data $(BIN)/mypy --no-error-summary --cache-dir=.mypy_cache/$$models

lint-imports:
	@$(BIN)/lint-imports --no-logo >$(VENV)/lint-imports.txt 2>&1 || { cat $(VENV)/lint-imports.txt; exit 1; }

lint-templates:
	@$(BIN)/djlint templates --lint --quiet

lint-js:
	@$(WITH_NODE) node_modules/.bin/eslint .
	@$(WITH_NODE) node_modules/.bin/tsc --project tsconfig.json
	@$(WITH_NODE) node_modules/.bin/tsc --project tsconfig.strict.json
	@$(WITH_NODE) node_modules/.bin/depcruise --config .dependency-cruiser.js --output-type err static/js >$(VENV)/lint-floors.txt 2>&1 || { cat $(VENV)/lint-floors.txt; exit 1; }

# Fails where a model lacks a migration, and where two migrations follow the same one.
lint-migrations:
	@DATA_DIR=$(VENV)/lint-migrations $(BIN)/python manage.py makemigrations --check --dry-run >$(VENV)/lint-migrations.txt 2>&1 || \
	{ cat $(VENV)/lint-migrations.txt; echo "make a migration, or number the newer one after the other"; exit 1; }

# Short lines and sentences, links that lead somewhere, and tables that say what the code says.
lint-docs:
	@$(BIN)/python -m pytest -q -p no:xdist tests/project/documents >$(VENV)/lint-docs.txt 2>&1 || { cat $(VENV)/lint-docs.txt; exit 1; }

lint-decisions:
	@twice=$$(ls docs/decisions | cut -c 1-4 | sort | uniq -d) && [ -z "$$twice" ] || { echo "docs/decisions: two have the number" $$twice; exit 1; }

format: $(VENV)/.installed-dev ## put the style right
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .

setup: $(VENV)/.installed-dev node_modules/.installed-dev ## install everything, run nothing

bare: ## make run and make test in a bare Debian, as root; RELEASE=trixie AS=root WITH="nodejs npm" TESTS=tests/project
	@RELEASE="$(RELEASE)" AS="$(AS)" WITH="$(WITH)" TESTS="$(TESTS)" bash .ci/bare

clean: ## remove what was installed and cached; DATA_DIR stays
	@rm -rf $(VENV) .static node_modules benchmarks/.build benchmarks/peers/node/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

help:
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

# A virtual environment whose Python is gone, was replaced by the next version or is too old is recreated.
ifeq ($(MAKELEVEL),0)
ifneq ($(wildcard $(VENV)/pyvenv.cfg),)
$(shell { $(BIN)/python -c 'import pip' && $(BIN)/python $(IS_SUPPORTED); } 2>/dev/null || rm -rf $(VENV))
endif
endif

$(BIN)/python:
	@$(or $(PYTHON),false) $(IS_SUPPORTED) || { echo "Parley runs on Python 3.11 to 3.14: install one of them, or say make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) .ci/machine.py
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || REQUIRED=1 sh .ci/ensure ensurepip=python3-venv
	@echo "Making the virtual environment ..."
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.installed: requirements.txt | $(BIN)/python
	@echo "Installing the Python packages ..."
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt requirements.txt | $(BIN)/python
	@echo "Installing the Python packages and tools ..."
	@$(PIP_INSTALL) -r requirements-dev.txt
	@touch $(VENV)/.installed $@

# Only ever an order-only prerequisite: looked for each time, since a new virtual environment is without the Node of the old one.
node: | $(BIN)/python
	@$(WITH_NODE) $(BIN)/python .ci/node.py

# Once they are there, no Node is needed to serve.
node_modules/.installed: package-lock.json | $(BIN)/python
	@$(WITH_NODE) $(BIN)/python .ci/node.py
	@echo "Installing the browser's libraries ..."
	@$(WITH_NODE) $(NPM_CI) --omit=dev
	@touch $@

node_modules/.installed-dev: package-lock.json | node
	@echo "Installing the browser's libraries and the JavaScript tools ..."
	@$(WITH_NODE) $(NPM_CI)
	@touch node_modules/.installed $@
