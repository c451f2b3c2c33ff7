# Two commands are enough: `make demo` and `make test`. Everything is installed into .venv and node_modules.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint package e2e generate bench clean

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

# The extension in a real VS Code (code-server in Chromium).
e2e: $(VENV)/installed node_modules/installed
	npm run e2e

generate: $(VENV)/installed-test node_modules/installed
	$(BIN)/python -m pystein_lsp.catalogue.generate
	$(BIN)/python -m pystein_lsp.config.generate
	$(BIN)/python -m pystein_lsp.rules.document
	npm run generate

# Some minutes, on a machine that does nothing else: peers are installed into build/bench/peers, docs/benchmarks.md is written.
RESULTS := tests/benchmarks/results
bench: $(VENV)/installed-test
	mkdir -p build/bench $(RESULTS)
	$(BIN)/python -m tests.benchmarks.editor --peers build/bench/peers > build/bench/editor.json
	$(BIN)/python -m tests.benchmarks.check_speed --peers build/bench/peers-check --json build/bench/check.json
	$(BIN)/python -m tests.benchmarks.runtime --peers build/bench/peers-runtime > build/bench/runtime.json
	for name in durable messages mcp_kafka; do $(BIN)/python -m tests.benchmarks.$$name > build/bench/$$name.json || exit 1; done
	cp build/bench/*.json $(RESULTS)
	$(BIN)/python -m tests.benchmarks.page

clean:
	rm -rf $(VENV) node_modules out build dist *.vsix
