# Every target is the only command needed on a fresh Debian machine with python3.11 and make.
# As root, missing system packages are installed; otherwise the one line to run is printed.
.PHONY: run test torture bench package translations automation screenshots train report lock clean \
	system system-for-tests

PYTHON ?= python3.11
DATA := $(or $(GENRETAGGER_GTZAN),../shared/gtzan)
GTZAN ?= $(DATA)
INDEX ?= $(DATA)
export GENRETAGGER_GTZAN ?= $(GTZAN)
export MUSIC
BIN := .venv/bin
# "demo" where a window of Linux would have no display: as gui/app.py tells it.
NO_DISPLAY := $(if $(filter Linux,$(shell uname)),$(if $(DISPLAY)$(WAYLAND_DISPLAY)$(QT_QPA_PLATFORM),,demo))
# The lock lists every package, so nothing is resolved; musicnn's own pins are years out of date.
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --no-deps
# As an editable package, so that .venv/bin/genretagger exists; its build tool is pinned too.
INSTALL_SELF := PIP_CONSTRAINT=.ci/lock-test.txt $(INSTALL) --editable .

run: system .venv/run.stamp
	@$(BIN)/python -m genretagger $(NO_DISPLAY) $(if $(MUSIC),"$$MUSIC")

test: system-for-tests .venv/test.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

# The thorough form of the tests of safe writing: random kills, faults, damaged files.
torture: system-for-tests .venv/test.stamp
	$(BIN)/pytest --torture tests/tagging

bench: .venv/test.stamp
	$(BIN)/python benchmarks/origin_pipeline.py
	$(BIN)/python benchmarks/gui_stall.py
	$(BIN)/python benchmarks/large_library.py
	$(BIN)/python benchmarks/codecs.py

package: .venv/test.stamp
	$(BIN)/pyinstaller --noconfirm --log-level WARN build.spec
	cd / && "$(CURDIR)/dist/genretagger/genretagger" self-check

# Takes new sentences of the window into resources/translations/*.ts and compiles these.
translations: .venv/test.stamp
	$(BIN)/python -m tools.translations

# docs/automation.md, from the window as it is.
automation: .venv/test.stamp
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tools.automation

# docs/pictures: every page and dialog with a made-up library, light and dark.
screenshots: .venv/test.stamp
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tools.screenshots

# GTZAN=DIR: a data folder, or a folder of labelled audio (DIR/<genre>/*), such as GTZAN unpacked.
# OUT=DIR: a trial that leaves models/, docs/ and README.md as they are. INDEX=DIR: names artists.
train: .venv/test.stamp
	$(BIN)/python -m genretagger.training --data "$(GTZAN)" --index "$(INDEX)" \
		$(if $(OUT),--out "$(OUT)")

# Report, model card and README again, from docs/model-figures.json.
report: .venv/test.stamp
	$(BIN)/python -m genretagger.training.report

lock:
	tools/lock.sh $(PYTHON)

clean:
	rm -rf .venv build dist

.venv/run.stamp: .ci/lock-run.txt .venv/python.stamp
	$(INSTALL) -r $<
	$(INSTALL_SELF)
	@touch $@

.venv/test.stamp: .ci/lock-test.txt .venv/python.stamp
	$(INSTALL) -r $<
	$(INSTALL_SELF)
	@touch $@ .venv/run.stamp

# Looked at every time (it takes a moment), so that what is missing is said until it is there.
system:
	@tools/system-packages.sh $(PYTHON)

# Also the encoders of Speex and Musepack, which only tests use: without them these are skipped.
system-for-tests:
	@tools/system-packages.sh $(PYTHON) tests

.venv/python.stamp: | system
	$(PYTHON) -m venv .venv
	@touch $@
