# Everything runs from .venv; `make help` lists the targets.

PYTHON ?= python3
PORT ?= 8000
DATA_DIR ?= var
VENV := .venv
RUN := $(VENV)/bin/python

# A failure anywhere in a pipe is a failure.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# Stamps and made files, so that a second run does only what has changed.
RUNTIME := $(VENV)/.runtime-installed
TESTING := $(VENV)/.test-installed
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))
COLLECTED := $(DATA_DIR)/static/staticfiles.json
STATIC_FOLDERS := $(filter-out $(DATA_DIR)/static,$(wildcard static */static */*/static))
STATIC_FILES := $(if $(STATIC_FOLDERS),$(shell find $(STATIC_FOLDERS) -type f))

# The application is not a package: pip gets the list of what it needs, and nothing is built.
REQUIREMENTS := import sys, tomllib; \
	project = tomllib.load(open("pyproject.toml", "rb"))["project"]; \
	groups = [project["optional-dependencies"][name] for name in sys.argv[1:]]; \
	print("\n".join(sum(groups, project["dependencies"])))
INSTALL = $(RUN) -c '$(REQUIREMENTS)' $(1) | $(RUN) -m pip install -qq \
	--disable-pip-version-check --prefer-binary --requirement /dev/stdin

.PHONY: help install locale static demo test bench lint format hooks clean

help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*  ## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

install: $(RUNTIME)  ## make .venv and install what the application needs

locale: $(CATALOGUES)  ## compile the translations

static: $(COLLECTED)  ## collect the static files

demo: install locale static  ## serve a made-up neighbourhood on 127.0.0.1:PORT
	@DEMO=1 DEBUG=0 PORT=$(PORT) $(RUN) manage.py load_demo
	@DEMO=1 DEBUG=0 exec $(RUN) -m gunicorn assetmap.wsgi --bind 127.0.0.1:$(PORT) \
		--workers 2 --threads 4 --no-control-socket --access-logfile -

test: $(TESTING) locale  ## run all tests on SQLite and PostgreSQL; ARGS go to pytest
	@$(RUN) -m tests $(ARGS)

bench: $(TESTING) locale  ## measure how fast the pages are, on both; ARGS as in ARGS=--help
	@$(RUN) -m bench $(ARGS)

lint: $(TESTING)  ## check the code, the templates and that no migration is missing
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m djlint . --lint --quiet --allow-empty-input
	@DEBUG=1 $(RUN) manage.py makemigrations --check --dry-run

format: $(TESTING)  ## put the code in order
	@$(RUN) -m ruff check --fix .
	@$(RUN) -m ruff format .

hooks: $(TESTING)  ## check before every commit
	@$(call INSTALL,dev)
	@$(RUN) -m pre_commit install

clean:  ## remove everything that was made, but not the data in var
	rm -rf $(VENV) .provision .pytest_cache .ruff_cache build *.egg-info $(DATA_DIR)/static
	rm -f $(CATALOGUES)

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "assetmap needs Python 3.11 or newer; $(PYTHON) is \
	$$($(PYTHON) --version 2>/dev/null || echo not here). Try: make PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make a virtual environment. \
	On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(RUNTIME): $(VENV)/.made pyproject.toml
	@echo "Installing what assetmap needs ..."
	@$(call INSTALL)
	@touch $@

$(TESTING): $(RUNTIME)
	@echo "Installing what the tests need ..."
	@$(call INSTALL,test)
	@touch $@

# By Babel, as gettext's own tools may not be there; entries marked fuzzy are left out.
%.mo: %.po | $(RUNTIME)
	@$(RUN) -m babel.messages.frontend --quiet compile --input-file $< --output-file $@

$(COLLECTED): $(STATIC_FILES) pyproject.toml | $(RUNTIME)
	@DEMO=1 DEBUG=0 $(RUN) manage.py collectstatic --noinput --verbosity 0
	@touch $@
