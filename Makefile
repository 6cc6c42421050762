# Needs make and Python 3.11 or newer with its venv module; everything else goes into .venv, once.
.DEFAULT_GOAL := help

VENV := .venv
READY := $(VENV)/.ready
RUN = $(VENV)/bin/python
LOCK_PYTHON = python3.11
PYTHONS = $(or $(PYTHON),python3.13 python3.12 python3.11 python3)
EVAL ?= ../shared/eval
FIGURES = tests/golden/figures.json

# The first of PYTHONS that is new enough and able to make a virtual environment.
FIND_PYTHON = $(shell for python in $(PYTHONS); do \
	"$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo "$$python" && break; done)

# A circular that cannot be read (exit status 1) counts as one without results.
define parse_corpus
	$(if $(wildcard $(EVAL)/gold),,$(error 没有评测数据：$(EVAL)，请用 EVAL=目录 指定))
	@rm -rf outputs/eval
	@$(RUN) -m pipeline parse $(EVAL)/corpus/* --format json --out outputs/eval >/dev/null || [ $$? -eq 1 ]
endef

# File names reach the shell through the environment, so that blanks, quotes and $ in them need no care.
override FILE := $(value FILE)
override DIR := $(value DIR)
override OUT := $(or $(value OUT),$(if $(filter batch,$(MAKECMDGOALS)),outputs/archive,outputs))
export FILE DIR OUT

ifneq ($(filter parse,$(MAKECMDGOALS)),)
ifeq ($(FILE),)
$(error 请写明要解析的文件，例如：make parse FILE=通知.txt [OUT=目录])
endif
endif

ifneq ($(filter batch,$(MAKECMDGOALS)),)
ifeq ($(DIR),)
$(error 请写明归档文件夹，例如：make batch DIR=归档/ [OUT=目录])
endif
endif

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

$(READY): pyproject.toml requirements.lock
	$(eval python := $(FIND_PYTHON))
	$(if $(python),,$(error 需要 Python 3.11 或更新版本及其 venv 模块，请先安装（Debian：apt install python3-venv make）))
	@echo "正在准备运行环境 $(VENV)（仅此一次，一两分钟）……" >&2
	@$(python) -m venv $(VENV)
	@$(RUN) -m pip install -qq --disable-pip-version-check -r requirements.lock
	@$(RUN) -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	-@env -u PYTHONDONTWRITEBYTECODE $(RUN) -m pipeline parse --out - -- samples/qinghai_2021_15.txt >/dev/null # bytecode
	@touch $@

.PHONY: ocr
ocr: $(READY) requirements-ocr.lock ## add the recognition of scans and pictures (400 MB)
	@$(RUN) -m pip install -qq --disable-pip-version-check -r requirements-ocr.lock

.PHONY: parse
parse: $(READY) ## parse a circular: make parse FILE=notice.txt [OUT=outputs]
	@$(RUN) -m pipeline parse --out "$$OUT" -- "$$FILE"

.PHONY: batch
batch: $(READY) ## parse an archive, or go on with it: make batch DIR=archive/ [OUT=outputs/archive]
	@$(RUN) -m pipeline batch --resume --out "$$OUT" -- "$$DIR"

.PHONY: serve
serve: $(READY) ## parse, check, correct and export in a browser, on this machine
	@$(RUN) -m pipeline serve

.PHONY: formats
formats: $(READY) ## a sample in every format, and all of them parsed: make formats [FILE=samples/tables.txt]
	@$(RUN) -m tests.render "$${FILE:-samples/tables.txt}" outputs/formats | xargs $(RUN) -m pipeline parse --out outputs/formats/parsed -- || [ $$? -eq 123 ] # some format lacks its program

.PHONY: test
test: $(READY) ## run all tests, those that measure time first and alone
	@$(RUN) -m pytest -q -m timing || [ $$? -eq 5 ]
	@$(RUN) -m pytest -q -n auto -m "not timing"

.PHONY: check
check: $(READY) ## what has to pass before a commit: format, lint, strict types, tests
	@$(RUN) -m ruff format --check .
	@$(RUN) -m ruff check .
	@$(RUN) -m mypy
	@$(MAKE) --no-print-directory test

.PHONY: format
format: $(READY) ## put the code into the house format, with the fixes that are safe
	@$(RUN) -m ruff format .
	@$(RUN) -m ruff check --fix .

.PHONY: eval
eval: $(READY) ## figures on the gold in EVAL (../shared/eval), gains and losses against the accepted ones
	$(parse_corpus)
	@$(RUN) -m pipeline eval $(EVAL)/gold outputs/eval --baseline $(FIGURES)

.PHONY: eval-accept
eval-accept: $(READY) ## as eval, and accept the figures
	$(parse_corpus)
	@$(RUN) -m pipeline eval $(EVAL)/gold outputs/eval --baseline $(FIGURES) --accept

.PHONY: bench
bench: $(READY) ## where the time goes: ms a stage, MB/s, ratio to jieba
	@$(RUN) -m pipeline.bench
	@$(RUN) -m tests.bench_times
	@$(RUN) -m tests.bench_pdf

.PHONY: bench-batch
bench-batch: $(READY) ## 20,000 generated circulars on one core and on two: rates, share of parsing alone, memory
	@$(RUN) -m tests.bench_batch

.PHONY: kills
kills: $(READY) ## 30 runs over an archive, killed at random moments and resumed, against one left in peace
	@$(RUN) -m tests.kills 30

.PHONY: golden
golden: $(READY) ## write the golden files anew, on purpose; read the difference before committing it
	@ACCEPT_GOLDEN=1 $(RUN) -m pytest -q tests/test_golden.py

.PHONY: screenshots
screenshots: $(READY) ## draw the README's pictures anew (docs/*.png): needs chromium, libreoffice-calc-nogui, fonts-wqy-microhei
	@$(RUN) -m tests.screenshots docs

.PHONY: lock
lock: ## write both locks anew: the newest versions that pyproject.toml allows
	@new=$$(mktemp -d) && trap 'rm -rf "$$new"' EXIT \
	&& $(LOCK_PYTHON) -m venv "$$new" \
	&& "$$new/bin/python" -m pip install -qq --disable-pip-version-check '.[dev]' \
	&& "$$new/bin/python" -m pip freeze --exclude circulars > "$$new/lock" \
	&& { echo '# Written by `make lock` (with the oldest Python supported); do not edit.'; cat "$$new/lock"; } > requirements.lock \
	&& "$$new/bin/python" -m pip install -qq --disable-pip-version-check -c "$$new/lock" '.[ocr]' \
	&& { echo '# Written by `make lock`: what the extra `ocr` needs beside requirements.lock; do not edit.'; \
	"$$new/bin/python" -m pip freeze --exclude circulars | grep -vxFf "$$new/lock"; } > requirements-ocr.lock

.PHONY: clean
clean: ## empty outputs/
	@find outputs -mindepth 1 ! -path outputs/.gitkeep -delete
