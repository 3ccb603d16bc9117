# `make run` and `make test` do all their own set-up; Python 3.11 or later is all they need.
PYTHON ?= python3
UV := .uv/bin/uv
FUNDSTELLE := .venv/bin/fundstelle
QUESTION := Wie viele Urlaubstage habe ich im zweiten Beschäftigungsjahr?
FUNDSTELLE_CONFIG ?= examples/fundstelle.toml
export FUNDSTELLE_CONFIG
# The tests start a few hundred processes: none of them shall compile its modules anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test lint unit bench eval-gate clean

run: .venv/run.stamp                     ## index the examples, answer a question, serve the page
	@$(FUNDSTELLE) models --fetch
	@$(FUNDSTELLE) ingest examples --collection beispiele
	@test -e .venv/asked.stamp || { echo; echo "> $(QUESTION)"; $(FUNDSTELLE) ask "$(QUESTION)" && touch .venv/asked.stamp; echo; }
	@$(FUNDSTELLE) serve

test: lint .venv/test.stamp              ## everything CI checks
	FUNDSTELLE_ANSWER__ENGINE=embedded $(FUNDSTELLE) models --fetch
	FUNDSTELLE_CONFIG= .venv/bin/pytest -n 2 --dist loadfile --no-loadscope-reorder

unit: .venv/test.stamp                   ## the fast tests: no model, browser, server or second process
	FUNDSTELLE_CONFIG= .venv/bin/pytest -m unit -n 2 --dist loadfile --no-loadscope-reorder

lint: .venv/test.stamp                   ## ruff, mypy, import contract
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

bench: .venv/test.stamp                  ## ratios against a baseline in the same run
	.venv/bin/python -m eval.bench

$(UV): uv.txt
	$(PYTHON) -m venv .uv || { echo "Python's venv module is missing; on Debian: apt-get install python3-venv"; exit 1; }
	.uv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r uv.txt
	@touch $(UV)

.venv/run.stamp: $(UV) uv.lock pyproject.toml
	$(UV) sync --frozen --inexact --no-dev
	@touch $@

.venv/test.stamp: $(UV) uv.lock pyproject.toml
	$(UV) sync --frozen --inexact
	@touch $@ .venv/run.stamp

eval-gate: .venv/test.stamp              ## measure anew, fail where a figure has fallen below eval/baseline.json
	FUNDSTELLE_CONFIG= .venv/bin/python -m eval.gate $(if $(DATA),--data $(DATA))

clean:
	rm -rf .venv .uv
