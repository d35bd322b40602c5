# Two commands for newcomers: `make demo` and `make test`. Each makes what it needs.
PYTHON ?= python3
MUTANTS ?= 120
PART ?= rules
BIN := .venv/bin
EXTRAS := --extra graph --extra ews --extra postgres --extra s3 --extra oidc # all but ocr, which needs 1.5 GB

.PHONY: demo test lint bench coverage mutation format lock advisories shots check-tool clean

demo: .venv/demo            ## try it: sample mail, the queue, and the review page
	$(BIN)/cpl-intake demo $(DEMO)

test: .venv/dev             ## every test this machine has the peers for
	$(BIN)/python -m pytest --numprocesses=logical --dist=loadfile --no-loadscope-reorder $(TESTS) # long files have few tests: by number they would come last

lint: .venv/dev             ## style, types, and who may import whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/dev            ## the figures that README and CHANGELOG quote; BENCH="--only desk --million" for some, or larger stores
	cd tests && ../$(BIN)/python -m benchmarks $(BENCH)

coverage: .venv/dev         ## rules and domain: every line and branch, or it fails
	$(BIN)/coverage run --source=rules,intake/domain -m pytest tests/rules tests/domain
	$(BIN)/coverage report

mutation: .venv/dev         ## how many faults put into PART (rules, domain, extract) its tests notice; MUTANTS=all for every one
	cd tests && ../$(BIN)/python -m mutation $(MUTANTS) $(PART)

format: .venv/dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: .venv/dev             ## make the lock files anew; needs uv
	uv pip compile --universal --generate-hashes --no-header --python-version 3.11 --quiet \
	  pyproject.toml --group build -o requirements.lock
	uv pip compile --universal --generate-hashes --no-header --python-version 3.11 --quiet \
	  pyproject.toml $(EXTRAS) --group build -o requirements-all.lock
	uv pip compile --universal --generate-hashes --no-header --python-version 3.11 --quiet \
	  pyproject.toml $(EXTRAS) --group build --group dev -o requirements-dev.lock

advisories: .venv/dev       ## what an export of https://osv.dev knows of the locks: EXPORT=its PyPI all.zip, fetched by you
	cd tests && ../$(BIN)/python -m advisories $(abspath $(EXPORT)) ../requirements.lock ../requirements-all.lock ../requirements-dev.lock

shots: .venv/dev            ## the four pictures that README shows, taken of the demonstration
	cd tests && ../$(BIN)/python -m browser.shots ../.github/screenshots

check-tool: .venv/demo      ## dist/cpl-check.pyz: the check as one file, for submitters
	$(BIN)/python deploy/check/build.py

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "cpl-intake needs Python 3.11 or later; name one with: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv .venv
	touch $@

.venv/demo: .venv/made requirements.lock pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.venv/dev: .venv/demo requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@
