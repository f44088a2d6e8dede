# Everything needed from a clone to a cited answer.  Targets are described by "make help".

PYTHON ?= python3
HOST ?=
PORT ?=
# More arguments for pip, for example a mirror or PyTorch's index of CPU builds.
PIP_ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check $(PIP_ARGS)
READY := $(VENV)/.ready
DEV_READY := $(VENV)/.ready-dev
SERVE := $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT))

.PHONY: help run build test lint format types check-browser lock clean

help:
	@echo "make run     安装、建立索引并打开网页（PORT=8080、HOST=0.0.0.0 可改端口和地址）"
	@echo "make build   只建立或更新索引"
	@echo "make test    安装开发工具并运行全部检查和测试"
	@echo "make lint    只运行代码检查"
	@echo "make format  整理代码格式"
	@echo "make lock    按 pyproject.toml 重新确定 constraints.txt 中的版本"
	@echo "make clean   删除环境、索引和缓存（corpus/ 不动）"

run: build
	@$(BIN)/assistant serve $(SERVE)

build: $(READY)
	@$(BIN)/assistant build

test: lint check-browser
	$(BIN)/python -m pytest

lint: $(DEV_READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV_READY)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "需要 Python 3.11 或更高版本。请安装后重试，或指定：make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ echo "无法建立虚拟环境。Debian、Ubuntu 请先安装 python3-venv。"; rm -rf $(VENV); exit 1; }

$(READY): pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "正在安装软件包（首次约需几分钟）……"
	@$(PIP) --constraint constraints.txt --editable .
	@touch $@

$(DEV_READY): pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "正在安装软件包和开发工具（首次约需几分钟）……"
	@$(PIP) --constraint constraints.txt --editable '.[dev]'
	@touch $(READY) $@

# The browser tests use the system's Chromium and need a font with Chinese characters.
check-browser:
	@if ! command -v chromium >/dev/null || ! fc-list :lang=zh | grep -q .; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y \
				--no-install-recommends chromium fontconfig fonts-noto-cjk >/dev/null; \
		else \
			echo "浏览器测试需要 chromium 和中文字体。请先运行："; \
			echo "  sudo apt-get install chromium fontconfig fonts-noto-cjk"; exit 1; \
		fi; \
	fi

lock: | $(VENV)/bin/python
	@rm -rf $(VENV)/lock && $(PYTHON) -m venv $(VENV)/lock
	@$(VENV)/lock/bin/python -m pip install -qq --disable-pip-version-check \
		$(PIP_ARGS) --editable '.[dev]'
	@$(VENV)/lock/bin/python -m pip freeze --exclude-editable --exclude enforcement-assistant \
		| sed 's/+cpu$$//' > constraints.txt
	@rm -rf $(VENV)/lock

clean:
	rm -rf $(VENV) index artifacts build dist .pytest_cache .mypy_cache .ruff_cache \
		.hypothesis .import_linter_cache src/*.egg-info
