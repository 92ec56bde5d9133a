# What to type: `make` alone lists it. Settings come from the environment; README.md lists them.
.DEFAULT_GOAL := help
.PHONY: help run test check fmt seed bench drills browser
PYTHON ?= python3
PY := .venv/bin/python
export UV_SYSTEM_CERTS = 1
# Only the Makefile's own environment counts, whatever other one is active.
unexport VIRTUAL_ENV PYTHONHOME
# An account without a home of its own keeps its cache here.
ifeq ($(UV_CACHE_DIR)$(shell test -w "$$HOME" && echo home),)
export UV_CACHE_DIR := $(CURDIR)/.venv/.cache
export PIP_NO_CACHE_DIR := 1
endif

help:
	@echo 'make run      everything, on http://127.0.0.1:8000/ (PORT=…)'
	@echo 'make test     the tests, on their own throw-away database (ARGS=… goes to pytest)'
	@echo 'make check    lint, format, types, import rules, missing migrations'
	@echo 'make fmt      format the code and mend what can be mended'
	@echo 'make seed     replay seeds/ into the database (FOLDER=… for another folder)'
	@echo 'make bench    measure speed beside other ways to do the same (QUICK=1: two minutes; DROP=1: clear away)'
	@echo 'make drills   the slow tests: kill processes and see that nothing is lost or left behind, ask large records'
	@echo 'make browser  the tests that need Chromium or Java'

run: .venv/.run
	@exec $(PY) -m tracker.run

test: .venv/.dev
	@exec $(PY) -m pytest -n 2 --dist worksteal $(ARGS)

drills: .venv/.dev
	@exec $(PY) -m pytest $(TWO) -m drill $(ARGS)

browser: .venv/.dev
	@$(PY) -m pytest $(TWO) -m 'browser and not alone' $(ARGS) $(NONE)
	@$(PY) -m pytest -m 'browser and alone' $(ARGS) $(NONE)

# Two files at a time, in the given order; what ARGS selects may all stand in one of the two lines.
TWO := -n 2 --dist loadfile --no-loadscope-reorder
NONE = $(if $(ARGS),|| test $$? -eq 5)

bench: .venv/.bench
	@$(PY) -m tests.bench $(if $(DROP),drop)
	@$(if $(DROP)$(QUICK),true,$(PY) -m tests.bench.writes && $(PY) -m tests.bench.webhooks && exec $(PY) -m tests.bench.intake)

seed: .venv/.run
	@exec $(PY) manage.py seed $(FOLDER)

fmt: .venv/.dev
	$(PY) -m ruff check --fix .
	@exec $(PY) -m ruff format .

check: .venv/.dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy .
	.venv/bin/lint-imports
	@exec $(PY) manage.py makemigrations --check --dry-run

# The environment: .run, .dev and .bench are stamps; each needs what those before it need, and more.
.venv/.run: requirements.txt | .venv/bin/uv
	@echo 'Installing the packages (on an empty cache, up to a minute)'
	@.venv/bin/uv pip sync --quiet --compile-bytecode --python $(PY) $(if $(wildcard .venv/.bench),requirements-bench.txt,$(if $(wildcard .venv/.dev),requirements-dev.txt,requirements.txt))
	@touch $@

.venv/.dev: requirements-dev.txt | .venv/bin/uv
	@echo 'Installing the packages, with those for tests (on an empty cache, up to two minutes)'
	@.venv/bin/uv pip sync --quiet --compile-bytecode --python $(PY) $(if $(wildcard .venv/.bench),requirements-bench.txt,requirements-dev.txt)
	@touch .venv/.run $@

.venv/.bench: requirements-bench.txt | .venv/bin/uv
	@echo 'Installing the packages, with the peers of the bench'
	@.venv/bin/uv pip sync --quiet --compile-bytecode --python $(PY) requirements-bench.txt
	@touch .venv/.run .venv/.dev $@

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Parley needs Python 3.11 or newer; this is $$($(PYTHON) --version). Say make PYTHON=python3.12 …"; exit 1; }
	@echo 'Making the virtual environment .venv'
	@$(PYTHON) -m venv .venv
	@sed -n '/^uv==/,/[^\\]$$/p' requirements-dev.txt > .venv/uv.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement .venv/uv.txt
