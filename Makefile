# demo and test set up everything they need, in $(VENV), the first time and whenever what is to be installed changed.

VENV ?= .venv
DEMO ?= demo
# The first Python that is new enough, or the one called python3, which is then told so.
PYTHON ?= $(or $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(name) -c 'import sys; sys.version_info >= (3, 11) and print("$(name)")' 2>/dev/null))),python3)

BIN := $(VENV)/bin
READY := $(VENV)/.ready
READER := $(VENV)/.reader
PIP := -m pip --disable-pip-version-check --quiet

.PHONY: demo test test-slow check golden docs bench constraints lock

demo: $(READY)  ## the whole job on a small book
	$(BIN)/amts demo $(DEMO)

test: $(READY) $(READER)
	$(BIN)/pytest

test-slow: $(READY)  ## what the default leaves out: whole recorded forks, every moment to be killed at, workflows
	$(BIN)/pytest -m 'slow or act'

check: $(READY)  ## style, types and workflows
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m tests.test_workflows

golden: $(READY)  ## what the program does now becomes what the tests expect; read the diff
	$(BIN)/pytest --update-golden

docs: $(READY)  ## the tables that come from what the program reads itself
	$(BIN)/python -m docs.tables

bench: $(READY)  ## the tables of the measurements; those on recorded data are skipped where it is not there
	$(BIN)/python -m benchmarks.startup
	$(BIN)/python -m benchmarks.alignment_gold
	$(BIN)/python -m benchmarks.alignment_speed
	$(BIN)/python -m benchmarks.calibration
	$(BIN)/python -m benchmarks.segmentation
	$(BIN)/python -m benchmarks.parallel_data
	$(BIN)/python -m benchmarks.terminology
	$(BIN)/python -m benchmarks.translation
	$(BIN)/python -m benchmarks.emulated_parallel_data
	$(BIN)/python -m benchmarks.markup_order
	$(BIN)/python -m benchmarks.markup_damage
	$(BIN)/python -m benchmarks.fixtures
	$(BIN)/python -m benchmarks.events
	$(BIN)/python -m benchmarks.baselines
	$(BIN)/python -m benchmarks.whole_fork
	$(BIN)/python -m benchmarks.damage
	$(BIN)/python -m benchmarks.kills
	$(BIN)/python -m benchmarks.amazon_fixtures
	$(BIN)/python -m benchmarks.amazon_faults
	$(BIN)/python -m benchmarks.amazon_kills
	$(BIN)/python -m benchmarks.pull_requests
	$(BIN)/python -m benchmarks.reply_time
	$(BIN)/python -m benchmarks.end_to_end
	$(BIN)/python -m benchmarks.security

constraints:  ## the newest version of everything, pinned
	@$(CHECK_PYTHON)
	rm -rf build/constraints
	$(PYTHON) -m venv build/constraints
	build/constraints/bin/python $(PIP) install --editable '.[dev]'
	{ sed -n '/^#/p' constraints.txt; build/constraints/bin/python $(PIP) freeze --exclude-editable; } > build/constraints.txt
	mv build/constraints.txt constraints.txt
	rm -rf build/constraints

# Without the header and the addresses, which are those of one computer.
LOCK := pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--constraint constraints.txt

lock: $(READY)  ## what the action installs: the versions of the tests, with the hash of every file
	$(BIN)/uv $(LOCK) pyproject.toml --output-file requirements.lock
	echo uv | $(BIN)/uv $(LOCK) - --output-file installer.lock

$(READY): pyproject.toml constraints.txt
	@$(CHECK_PYTHON)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python $(PIP) install --editable '.[dev]' --constraint constraints.txt
	@touch $@

# The book's own builder, which reads our results in tests: without the notebook server that it would bring, and those
# tests are skipped where it cannot be had.
$(READER): $(READY)
	-$(BIN)/python $(PIP) install --no-deps 'd2lbook==1.0.3' && touch $@

define CHECK_PYTHON
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo "AMTS needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>/dev/null || echo not there)." >&2; \
	echo "Install one, or name one: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
endef
