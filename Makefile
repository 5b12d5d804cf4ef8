# One word each. Every target sets itself up; a second call of the set-up is instant.

# The first Python that is new enough; `make PYTHON=/path/to/python3.12 …` names another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done || true)
VENV_PYTHON := .venv/bin/python
TESTS ?= tests
WORKERS ?= 4

.DEFAULT_GOAL := help
.PHONY: help run test lint types bench chaos compose setup locks clean environment tools

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: environment ## start everything on this machine and show where it is; Ctrl-C stops it
	@exec $(VENV_PYTHON) -m stack

test: tools ## run all tests
	@$(VENV_PYTHON) -m stack prepare
	$(VENV_PYTHON) -m pytest -n $(WORKERS) $(TESTS)

lint: tools ## style, formatting, and the arrows between packages
	$(VENV_PYTHON) -m ruff check .
	$(VENV_PYTHON) -m ruff format --check .
	.venv/bin/lint-imports --no-cache

types: tools ## strict types, everywhere
	$(VENV_PYTHON) -m mypy .

bench: environment ## the measured claims, printed
	@exec $(VENV_PYTHON) -m bench

chaos: tools ## kill everything under people who talk, and reckon what was lost (SHORT=1: two minutes)
	@$(VENV_PYTHON) -m stack prepare
	@exec $(VENV_PYTHON) -m tests.chaos

compose: ## docker-compose.yml as Docker Compose would load it (needs Go)
	@cd stack/compose_check && go run -mod=readonly . ../../docker-compose.yml

setup: tools ## the Python environment, a Temporal and a browser, without starting anything
	@$(VENV_PYTHON) -m stack prepare

locks: ## lock what requirements/*.in ask for anew (needs uv)
	cd requirements && for set in runtime local dev; do uv pip compile --quiet --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --annotation-style line \
		$$set.in -o $$set.txt || exit 1; done

clean: ## take the Python environment away; the data folder stays
	rm -rf .venv

# What `run` needs, and what tests and checks need on top of it.
environment:
	@$(if $(PYTHON),,$(error Python 3.11 or newer is needed and none was found: install one, or name it: make PYTHON=/path/to/python3.12))$(PYTHON) stack/environment.py local

tools:
	@$(if $(PYTHON),,$(error Python 3.11 or newer is needed and none was found: install one, or name it: make PYTHON=/path/to/python3.12))$(PYTHON) stack/environment.py dev
