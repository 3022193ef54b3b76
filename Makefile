# Every target is the only command needed on a fresh Linux with make and Python 3.11, 3.12 or 3.13.
# PYTHON=COMMAND names the Python to set up .venv with; else the newest is taken that runs.
.PHONY: run test torture bench package translations automation screenshots train report lock clean \
	FORCE

DATA := $(or $(GENRETAGGER_GTZAN),../shared/gtzan)
GTZAN ?= $(DATA)
INDEX ?= $(DATA)
export GENRETAGGER_GTZAN ?= $(GTZAN)
export MUSIC
BIN := .venv/bin

run: .venv/run.stamp
	@$(BIN)/python -m genretagger $(if $(MUSIC),"$$MUSIC")

test: .venv/test.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

# The thorough form of the tests of safe writing: random kills, faults, damaged files.
torture: .venv/test.stamp
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

# Needs all three Pythons.
lock: .venv/run.stamp
	$(BIN)/python -m tools.lock

clean:
	rm -rf .venv build dist

# Looked at every time (it takes a moment): .venv, and the system packages.
.venv/%.stamp: FORCE
	@tools/set-up.sh $* "$(PYTHON)"

FORCE:
