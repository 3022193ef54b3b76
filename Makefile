# Every target is the only command needed on a fresh Linux with make and Python 3.11, 3.12 or 3.13.
# PYTHON=COMMAND names the Python to set up .venv with; else the newest is taken that runs.
.PHONY: run run-debug check test test-fast cov torture bench profile package test-package translations \
	automation man manual architecture screenshots train student report lock audit clean FORCE

DATA := $(or $(GENRETAGGER_GTZAN),../shared/gtzan)
GTZAN ?= $(DATA)
INDEX ?= $(DATA)
export GENRETAGGER_GTZAN ?= $(GTZAN)
export MUSIC
# Where another .venv is used than the one that make sets up: SET_UP=true BIN=FOLDER.
BIN := .venv/bin
SET_UP := tools/set-up.sh
# "demo" where a window of Linux would have no display: as gui/app.py tells it.
NO_DISPLAY := $(if $(filter Linux,$(shell uname)),$(if $(DISPLAY)$(WAYLAND_DISPLAY)$(QT_QPA_PLATFORM),,demo))

run: .venv/run.stamp
	@$(BIN)/python -m genretagger $(NO_DISPLAY) $(if $(MUSIC),"$$MUSIC")

# As `run`, with a home of its own, its sample music, and everything in the log.
DEBUG := build/debug
run-debug: .venv/run.stamp
	@mkdir -p $(DEBUG)
	@[ -d $(DEBUG)/music ] || $(BIN)/python -m genretagger sample-music $(DEBUG)/music
	@echo "Log, settings, decisions and journal: $(DEBUG)/home"
	@GENRETAGGER_HOME=$(DEBUG)/home GENRETAGGER_LOG=debug $(BIN)/python -X dev -m genretagger \
		$(NO_DISPLAY) "$${MUSIC:-$(DEBUG)/music}"

check: .venv/test.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.house

# A worker for each core takes file after file, those of long tests first (tests/conftest.py).
PYTEST := $(BIN)/pytest --numprocesses=auto --dist=loadfile --no-loadscope-reorder --max-worker-restart=0 $(TESTS)

# What must pass before anything lands: all of it; TESTS=FOLDERS: only theirs.
test: check
	$(PYTEST)

test-fast: .venv/test.stamp
	$(PYTEST) -m "not (frozen or training or slow)"

cov: .venv/test.stamp
	$(PYTEST) --cov --cov-report=
	$(BIN)/python -m tools.coverage_table

# The thorough form of tests: random kills, faults, damaged files; librosa asked anew; every clip.
torture: .venv/test.stamp
	$(BIN)/pytest --torture tests/tagging tests/analysis

# Speed and memory, against other programs too, in at most 15 minutes: docs/benchmarks.md, its JSON and picture,
# and the figures in README.md. OUT=DIR: a trial that leaves these as they are.
bench: .venv/test.stamp
	$(BIN)/python -m benchmarks $(if $(OUT),--out "$(OUT)")

# Which functions the analysis of sample music, or of MUSIC, spends its time in.
profile: .venv/run.stamp
	@$(BIN)/python -m tools.profile_analysis

# dist/: the program in a folder, and for Linux an archive and a .deb of it; the same commit gives the
# same files. Then what it weighs (docs/packaging.md), which fails above the ceilings.
package: .venv/test.stamp manual man
	$(BIN)/python -m tools.packaging.icons
	PYTHONHASHSEED=1 $(BIN)/pyinstaller --noconfirm --log-level ERROR build.spec
	cd / && "$(CURDIR)/dist/genretagger/genretagger" self-check
	$(if $(filter Linux,$(shell uname)),$(BIN)/python -m tools.packaging.linux_packages)
	$(BIN)/python -m tools.packaging.sizes

# What `make package` made, as a black box; as root on Debian the .deb in a clean system too.
test-package: .venv/test.stamp
	GENRETAGGER_DIST=dist $(BIN)/pytest -v tests/frozen
	$(BIN)/python -m tools.packaging.sizes
	$(BIN)/python -m tools.packaging.measures

# Takes new sentences of the window into resources/translations/*.ts and compiles these.
translations: .venv/test.stamp
	$(BIN)/python -m tools.translations

# docs/automation.md, from the window as it is.
automation: .venv/test.stamp
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tools.automation

# build/man/genretagger.1, and build/completions for bash, zsh and fish, from the parser of the command line.
man: .venv/test.stamp
	$(BIN)/python -m tools.command_line build

# The diagram and the table of rooms in docs/architecture.md, from the imports.
architecture: .venv/run.stamp
	$(BIN)/python -m tools.architecture

# docs/pictures: every page and dialog with a made-up library, light and dark; build/screenshots:
# the same in a small window and at 200 %.
screenshots: .venv/test.stamp
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tools.screenshots

# build/manual: the pages of docs/manual as a site that needs no server and no network. All is made anew: Sphinx would
# not see another version or picture. A warning or a dead link is an error.
MANUAL := build/manual
manual: .venv/test.stamp
	rm -rf $(MANUAL)
	LC_ALL=C $(BIN)/python -m sphinx -q -n -W --keep-going -E -d $(MANUAL)-doctrees docs/manual $(MANUAL)
	@echo "The manual is in $(MANUAL)/index.html"

# GTZAN=DIR: a data folder, or a folder of labelled audio (DIR/<genre>/*), such as GTZAN unpacked.
# GENRETAGGER_MUSIC: music without labels, a folder a source; else `music` beside the data folder.
# OUT=DIR: a trial that leaves models/, docs/ and README.md as they are. INDEX=DIR: names artists.
# EMBEDDING=DIR: what `make student` wrote, instead of the embedding of the model.
train: .venv/test.stamp
	$(BIN)/python -m genretagger.training --data "$(GTZAN)" --index "$(INDEX)" \
		$(if $(OUT),--out "$(OUT)") $(if $(EMBEDDING),--embedding "$(EMBEDDING)")

# Distils the student from the teachers: hours; stopped by Ctrl-C, it goes on from there.
# GENRETAGGER_TEACHERS, _MUSIC, _SOUNDS: else `teachers`, `music`, `sounds` beside the data folder.
student: .venv/test.stamp
	$(BIN)/python -m genretagger.training.student --data "$(GTZAN)" $(if $(OUT),--out "$(OUT)")

# Report, model card and README again, from docs/model-figures.json.
report: .venv/test.stamp
	$(BIN)/python -m genretagger.training.report

# Pins and hashes, known advisories (skipped where no index tells them), and build/licenses/ and the
# bill of materials build/genretagger.cdx.json of the bundle in dist/, or else of the wheels.
audit: .venv/test.stamp
	$(BIN)/python -m tools.audit

# UPGRADE=1: newer versions of everything, too.
lock: .venv/test.stamp
	$(BIN)/python -m tools.lock $(if $(UPGRADE),--upgrade)

clean:
	rm -rf .venv build dist

# Looked at every time (it takes a moment): .venv, and the system packages.
.venv/%.stamp: FORCE
	@$(SET_UP) $* "$(PYTHON)"

FORCE:
