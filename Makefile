# Every target first makes the clone ready by itself (tools/set-up): system libraries, .venv, the package, the models.
# More arguments: make run ARGS="--data /tmp/try", make test ARGS="tests/scenario -x".
.DEFAULT_GOAL := help
.PHONY: help demo run test test-fast lint bench validate screenshots clean
SHELL := bash
ARGS ?=
shared := $(or $(SALESPRACTICE_SHARED),../shared/data)
ifeq ($(OS),Windows_NT)
    python := .venv/Scripts/python.exe
else
    python := .venv/bin/python
endif

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-16s %s\n", $$1, $$2 }'

demo: ## two recorded reps practise the same scenario; no microphone or screen needed; writes demo-out/
	@tools/set-up demo
	@$(python) main.py demo $(ARGS)

run: ## open the program
	@tools/set-up run
	@$(python) main.py $(ARGS)

test: ## every test, those of the sound and of the window included (on a virtual screen and sound server)
	@tools/set-up test
	@$(python) -m pytest $(ARGS)

test-fast: ## only the quick tests, without sound and windows
	@tools/set-up test
	@$(python) -m pytest -n 2 -m "not slow and not sound and not window" $(ARGS)

lint: ## style, types and who may import whom
	@tools/set-up lint
	@$(python) -m ruff check . && $(python) -m ruff format --check .
	@$(python) -m mypy
	@$(python) -c 'from importlinter.cli import lint_imports_command as run; run()' --no-cache

bench: ## measurements, printed as tables; those of speech need a folder with clips (SALESPRACTICE_SHARED)
	@tools/set-up test
	@$(python) -m tests.benchmarks.bench_program --demo $(ARGS)
	@$(python) -m tests.benchmarks.bench_understanding
	@$(python) tools/train_matching.py --measure
	@$(python) -m tests.benchmarks.bench_reply
	@if [ -f "$(shared)/speech/references.tsv" ]; then \
	    $(python) -m tests.benchmarks.bench_transcription --speech "$(shared)/speech" $(ARGS); \
	else \
	    echo "No clips at $(shared)/speech: set SALESPRACTICE_SHARED to the folder that holds them."; \
	fi

validate: ## compare the feedback with conversations that experts rated (SALESPRACTICE_SHARED); writes what the program shows of it
	@tools/set-up test
	@if [ -f "$(shared)/feedback/annomi.csv" ]; then \
	    $(python) tools/validate.py "$(shared)/feedback" $(ARGS); \
	else \
	    echo "No rated conversations at $(shared)/feedback: set SALESPRACTICE_SHARED to the folder that holds them."; \
	fi

screenshots: ## render every page in light and dark into docs/screenshots
	@tools/set-up test
	@$(python) tools/screenshots.py $(ARGS)

clean: ## remove what builds and tests leave behind (.venv stays; delete it by hand to start anew)
	@rm -rf build dist demo-out .hypothesis .pytest_cache .mypy_cache .ruff_cache .import_linter_cache *.egg-info
	@find salespractice tests -name __pycache__ -type d -prune -exec rm -rf {} +
