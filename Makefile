# Two commands are enough: `make demo` and `make test`. Everything is installed into .venv and node_modules.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint package release distribution e2e generate bench bench-quick clean soak faults

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/installed-test: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	touch $@

node_modules/installed: package.json package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund
	touch $@

demo: $(VENV)/installed
	$(BIN)/python examples/demo.py

test: $(VENV)/installed-test node_modules/installed lint
	npm test
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The package brings the server's libraries: that takes a Python with pip.
package: $(VENV)/installed node_modules/installed
	npm run package

# What is released: wheel, source distribution, extension, bills of materials and sums, in dist/.
release: $(VENV)/installed-test node_modules/installed
	bash .ci/release

# Install the wheel into clean environments and do both main jobs there, e.g. PYTHONS="python3.10 python3.13".
PYTHONS ?= python3.10 python3.11 python3.12 python3.13
distribution: $(VENV)/installed-test
	PYSTEIN_PYTHONS="$(PYTHONS)" $(BIN)/python -m pytest tests/distribution

# The extension in a real VS Code (code-server in Chromium).
e2e: $(VENV)/installed node_modules/installed
	npm run e2e

generate: $(VENV)/installed-test node_modules/installed
	$(BIN)/python -m pystein_lsp.catalogue.generate
	$(BIN)/python -m pystein_lsp.config.generate
	$(BIN)/python -m pystein_lsp.rules.document
	$(BIN)/python -m pystein_lsp.cli.manual > docs/pystein-lsp.1
	npm run generate

# Half an hour, on a machine that does nothing else: peers are installed into build/bench/peers, docs/benchmarks.md is written.
# `make bench-quick` only shows that everything works, in two minutes.
FRESH := build/bench/results
bench: $(VENV)/installed-test
	$(BIN)/python -m tests.benchmarks --peers build/bench/peers --results $(FRESH); status=$$?; \
	$(BIN)/python -m tests.benchmarks.guard $(FRESH); \
	cp $(FRESH)/*.json tests/benchmarks/results && $(BIN)/python -m tests.benchmarks.page && exit $$status

bench-quick: $(VENV)/installed-test
	$(BIN)/python -m tests.benchmarks --quick

# What the tests do for seconds, for long: an hour at work, and 60 processes killed under load. Results in build/; see docs/robustness.md.
soak: $(VENV)/installed-test
	$(BIN)/python -m tests.faults.soak --minutes 60 --output build/soak

faults: $(VENV)/installed-test
	$(BIN)/python -m tests.faults.kills --kills 60 --items 6000 --output build/kills
	$(BIN)/python -m tests.faults.kills --kills 20 --items 1200 --real --output build/kills-real
	PYSTEIN_RANDOM_TESTS=1 PYSTEIN_EXAMPLES=3000 $(BIN)/python -m pytest --timeout 3600 tests/faults

clean:
	rm -rf $(VENV) node_modules out build dist *.vsix
