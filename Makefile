.PHONY: help setup serve train test test-unit lint types walls evaluate bench format clean
PY := .venv/bin/python

help: ## list every target
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

setup: ## build both environments and the front end from their lock files
	@scripts/setup

serve: setup ## run everything at http://localhost:8080 (PORT=… for another)
	@exec .venv/bin/wenzheng serve

train: setup ## train the model if the training files changed
	@.venv/bin/wenzheng model train

test: setup ## everything: lint, types, walls, unit, NLU, dialogues, browser
	@scripts/test all

test-unit: ## what a developer runs every minute (30 s, no network, no Rasa)
	@scripts/test unit

lint: ## ruff, yamllint, mypy, the walls between packages
	@scripts/test lint

evaluate: setup ## how well it understands: held-out utterances, entities
	@scripts/test evaluate

bench: setup ## speed side by side with stock Rasa; writes docs/benchmarks.md
	@scripts/bench

format: ## format the Python code
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix .

clean: ## remove what was built (environments, model, data stay)
	@rm -rf bot/web/dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis
