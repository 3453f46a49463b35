# `make` alone lists the verbs. Every verb sets up .venv first when requirements.lock changed.
.DEFAULT_GOAL := help
SHELL := /bin/bash -o pipefail
# Lines of .env hold where the environment says nothing; empty ones do not count.
$(foreach name,$(shell sed -nE 's/^([A-Z_]+)=.+/\1/p' .env 2>/dev/null),$(eval export $(name) ?= $(shell sed -nE 's/^$(name)=//p' .env)))

PYTHON ?= python3
PUBLISHERS ?= demo
$(if $(strip $(PUBLISHERS)),,$(error PUBLISHERS is empty; leave it out for the demonstration, or name some: PUBLISHERS=taz,heise, or all))
# The demonstration keeps to itself: invented articles never mix with real ones.
DATA := $(if $(filter demo,$(PUBLISHERS)),data/demo,data)
export PUBLISHERS
export LAKE_DIR ?= $(DATA)/lake
export WAREHOUSE_DB ?= $(DATA)/warehouse.duckdb
export REPORTS_DIR ?= $(DATA)/reports

BIN := $(CURDIR)/.venv/bin
export PATH := $(BIN):$(PATH)
export UV_PYTHON_DOWNLOADS := never
export AIRFLOW_HOME ?= $(CURDIR)/.airflow
export AIRFLOW__CORE__DAGS_FOLDER := $(CURDIR)/dags
export AIRFLOW__CORE__LOAD_EXAMPLES := False
export AIRFLOW__API__HOST := 127.0.0.1
export AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION := False
export AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE := $(AIRFLOW_HOME)/passwords.json
# Nothing here calls home.
export AIRFLOW__USAGE_DATA_COLLECTION__ENABLED := False
export SCARF_ANALYTICS := false
export DO_NOT_TRACK := 1
export GX_ANALYTICS_ENABLED := False

LOG = $(DATA)/$(@F).log
DURING_DEMO := $(if $(filter demo,$(PUBLISHERS)),python -m demo during --)
# A DAG run from start to end in one process; what its commands print is shown, all the rest is in the log.
dag_run = airflow dags test $(1) --conf '$(2)' 2>&1 | tee $(LOG) \
  | sed -nE 's/^[^ ]+ \[info +\] (.*) \[airflow\.task\.hooks.*SubprocessHook\] loc=subprocess.py:[0-9]+$$/  \1/p' \
  | grep -vE '^  (Tmp dir root|Running command|Output:|Command exited)'; test $${PIPESTATUS[0]} = 0 || $(failed)
# What stands in the log beside Airflow's own lines: the reason, also where no command of ours came to speak.
failed = { grep -vE '^[0-9]{4}-[0-9]{2}-[0-9]{2}T|^ +(File|[~^]+)|^$$' $(LOG) | tail -n 6; echo "failed; the whole log: $(LOG)"; exit 1; }

.PHONY: help setup run test lint crawl real-day day sql up bench airflow clean

help:  ## list the verbs
	@grep -hE '^[a-z-]+:.*## ' Makefile | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: .venv/.synced  ## create .venv from requirements.lock

.venv/.synced: requirements.lock
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v < (3, 14) else f"Python {v[0]}.{v[1]} will not do; give one from 3.11 to 3.13: make PYTHON=python3.12 …")'
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@echo "setup: installing requirements.lock into .venv"
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check "$$(grep -oE '^uv==[0-9.]+' requirements.lock)" && .venv/bin/uv pip sync --quiet --require-hashes requirements.lock \
	  || .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

# Airflow's own database: SQLite in .airflow
$(AIRFLOW_HOME)/.migrated: .venv/.synced
	@mkdir -p $(AIRFLOW_HOME)
	@echo "setup: creating Airflow's database in $(AIRFLOW_HOME)"
	@airflow db migrate > $(AIRFLOW_HOME)/migrate.log 2>&1 || { tail -20 $(AIRFLOW_HOME)/migrate.log; exit 1; }
	@touch $@

run: real-day $(AIRFLOW_HOME)/.migrated  ## the main job: crawl and the daily run by Airflow; PUBLISHERS=taz,heise or all for live ones
	@echo "run: publishers $(PUBLISHERS); lake $(LAKE_DIR), warehouse $(WAREHOUSE_DB), logs in $(DATA)"
	@$(MAKE) --no-print-directory crawl day
	@echo "The pairs with the most to tell, each when its last 91 days held the most stories; -1 dispute … +1 deal:"
	@python -m warehouse sql --file docs/first-query.sql
	@echo "Next: make sql, with the queries of README.md and docs/query.md"

crawl: $(AIRFLOW_HOME)/.migrated  ## crawl the publishers by Airflow's crawl DAG
	@mkdir -p $(DATA)
	@echo "run: crawl"
	@$(DURING_DEMO) $(call dag_run,crawl,{"publishers": "$(PUBLISHERS)"})

DAY ?= $(shell date -u +%F)
export DAY
real-day:
	@$(PYTHON) -c 'import datetime, sys; sys.exit(sys.argv[1] != str(datetime.date.fromisoformat(sys.argv[1])))' "$$DAY" 2> /dev/null \
	  || { echo "make $(firstword $(MAKECMDGOALS)): DAY=$$DAY is no day; write YYYY-MM-DD, e.g. make day DAY=2026-09-30" >&2; exit 2; }

day: real-day $(AIRFLOW_HOME)/.migrated  ## clean, validate, score, build, check one day by Airflow's daily DAG: DAY=YYYY-MM-DD (UTC, default today)
	@mkdir -p $(DATA)
	@echo "run: daily $(DAY)"
	@$(call dag_run,daily,{"day": "$(DAY)"})

lint: setup
	@ruff check --quiet . && ruff format --check . > /dev/null || { ruff format --check .; exit 1; }
	@said=$$(lint-imports --no-cache) || { echo "$$said"; exit 1; }
	@check-jsonschema --quiet --builtin-schema vendor.compose-spec docker-compose.yml

test: setup lint  ## lint, imports, all tests, on all cores (four at most)
	@pytest -n auto --maxprocesses 4

export QUERY
sql: setup  ## query the warehouse, read-only: make sql, or make sql QUERY='select …'
	@python -m warehouse sql $${QUERY:+"$$QUERY"}

up: $(AIRFLOW_HOME)/.migrated  ## Airflow with scheduler and web page on this machine, SQLite, until Ctrl-C
	@AIRFLOW__CORE__DEFAULT_TASK_RETRIES=2 $(DURING_DEMO) airflow standalone

# The benches' peers live in an environment of their own.
.venv-bench/.synced: requirements-bench.lock .venv/.synced
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	@.venv/bin/uv pip sync --quiet --require-hashes --python .venv-bench/bin/python requirements-bench.lock
	@touch $@

bench-%: .venv-bench/.synced
	@.venv-bench/bin/python -m bench.$*

bench: setup  ## every figure that the docs claim: make bench-extraction, bench-mentions, bench-sentiment, …
	@ls bench/*.py | sed -nE 's|bench/([a-z]+)\.py|  make bench-\1|p'

airflow: $(AIRFLOW_HOME)/.migrated  ## Airflow's own commands in its environment: make airflow ARGS='dags list'
	@airflow $(ARGS)

clean:  ## remove .venv, .airflow and data/demo; live data stays
	@rm -rf .venv .airflow data/demo
