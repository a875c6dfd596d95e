# The two commands of the README are `make assessment` and `make test`; each sets up all it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help setup assessment test check browser test-slow bench lock clean

help:
	@echo "make assessment   set up, then run the whole year-end assessment on examples/"
	@echo "make test         set up, then run every check and every test"
	@echo "make test-slow    the tests that take minutes (simulation of 200 studies)"
	@echo "make bench        the benchmarks, as ratios within one run"
	@echo "make lock         resolve requirements*.in anew into requirements.lock"

setup: $(READY)

# --no-deps: pip 23 takes a package that is locked below its newest release, and asked for with an
# extra, for unpinned. The lock holds every dependency, and `pip check` proves that it does.
$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' || \
	  { echo "Python 3.11, 3.12 or 3.13 is needed: make PYTHON=python3.12 ..."; exit 2; }
	@$(PYTHON) -m ensurepip --version >/dev/null 2>&1 || \
	  { echo "Installing Python's venv module ..."; apt-get update -q && apt-get install -qy python3-venv; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip check
	@# A path file instead of an editable install: no build backend, nothing to fetch.
	@$(BIN)/python -c 'import pathlib, sysconfig; pathlib.Path(sysconfig.get_path("purelib"), "stories.pth").write_text(str(pathlib.Path.cwd()) + "\n")'
	@printf '#!%s\nimport sys\n\nfrom flows.cli import main\n\nsys.exit(main())\n' "$(CURDIR)/$(BIN)/python" > $(BIN)/stories
	@chmod +x $(BIN)/stories
	@# Compiled once here: where bytecode is not written, every start would pay for it again.
	@$(BIN)/python -m compileall -q evaluation flows expectations || true
	@touch $(READY)

assessment: setup
	$(BIN)/stories assess examples

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# Real pages are looked at in a real browser. Where it cannot be installed, those tests say so.
browser:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	  echo "Installing Chromium for the browser tests ..." && \
	  apt-get update -q >/dev/null && apt-get install -qy chromium >/dev/null; } || \
	  echo "No Chromium: the browser tests will be skipped."

test: check browser
	$(BIN)/python -m pytest -n 2 -m "not slow" --cov --cov-report=term-missing

test-slow: setup
	$(BIN)/python -m pytest -n 2 -m slow

bench: setup
	$(BIN)/python -m benchmarks

lock:
	$(PYTHON) -m venv .lock-venv
	.lock-venv/bin/python -m pip install --quiet uv
	.lock-venv/bin/uv pip compile --universal --generate-hashes --no-strip-extras --python-version 3.11 \
	  --no-emit-index-url --no-header --quiet -o requirements.lock requirements-dev.in
	rm -rf .lock-venv

clean:
	rm -rf $(VENV) .lock-venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .coverage .coverage.*
