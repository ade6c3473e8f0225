# What a user and a developer can ask for. `make help` lists it.

PYTHON := $(shell for name in $(PYTHON) python3.11 python3 python; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null \
	&& { echo "$$name"; break; }; done)
NO_PYTHON = $(error This needs Python 3.11 on PATH. On Debian 12: apt-get install python3 python3-venv)
BOOTSTRAP = @$(or $(PYTHON),$(NO_PYTHON)) tools/bootstrap.py

WINDOW := .venv/bin
CORE := .venv-core/bin
PYTEST_CORE := $(CORE)/python -m pytest
PYTEST := QT_QPA_PLATFORM=offscreen $(WINDOW)/python -m pytest
COMPILE := $(WINDOW)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header
ON ?= $(shell date +%F)
FAULTS = $(WINDOW)/python -m tests.faults --on $(ON)
# The dearest tests of a run are named; each is worth its time.
# Counting lines makes the proof of rules four times as dear: what goes through all places or
# hundreds of kept answers is not counted.
PURE_TESTS := $(filter-out %_seeded_errors.py %_worked_examples.py %_rendered_words.py \
	%_assess_replay.py %_audited_cases.py %_rules_schema.py, \
	$(wildcard $(patsubst %,tests/unit/%/test_*.py,rules assess notice)))
DEAREST := --durations=25 --durations-min=0.5
# Tests also wait, for disks, timers and other processes: with one worker more than there are cores
# none stands idle.
WORKERS ?= 3
SPREAD = -n $(WORKERS) --dist worksteal
PURE_ROOMS := --cov=medcounter/rules --cov=medcounter/assess --cov=medcounter/notice
BUILD := .venv-build/bin
# The age of every packed file is that of the commit, and Python's order of sets is fixed: two
# builds of one commit can be compared.
BUILD_ENVIRONMENT = PYTHONHASHSEED=0 PYINSTALLER_CONFIG_DIR=build/pyinstaller \
	SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct 2>/dev/null || echo 0)}
SIZE ?= 1366x768
# Keys come from the X server and the focus from a window manager, as in a hall.
DAY = MEDCOUNTER_DAY=$(CURDIR)/build/day QT_QPA_PLATFORM=xcb \
	$(WINDOW)/python -m pytest tests/e2e/test_whole_day.py tests/e2e/test_mouse_day.py -k real
# Its own clock is set by libfaketime and moved by a file; how long it waits is counted as ever.
# Without FORCE_MONOTONIC_FIX=0 libfaketime 0.9.10 lets every timed wait of a thread end at once: two
# threads then hand Python's lock to and fro without a pause, and work takes eighty times as long.
FAKETIME = $(firstword $(wildcard /usr/lib/*/faketime/libfaketimeMT.so.1))
WEEKEND = MEDCOUNTER_WEEKEND=$(CURDIR)/build/weekend QT_QPA_PLATFORM=xcb TZ=Asia/Shanghai \
	FAKETIME_TIMESTAMP_FILE=$(CURDIR)/build/weekend/clock FAKETIME_NO_CACHE=1 \
	DONT_FAKE_MONOTONIC=1 FAKETIME_FORCE_MONOTONIC_FIX=0 LD_PRELOAD=$(FAKETIME) \
	$(WINDOW)/python -m pytest tests/e2e/test_weekend.py
TRIALS = MEDCOUNTER_TRIALS=$(CURDIR)/build/trials QT_QPA_PLATFORM=xcb TZ=Asia/Shanghai \
	$(WINDOW)/python -m pytest tests/e2e/test_rule_trials.py $(addprefix -k ,$(TRIAL))
SCREEN := $(DISPLAY)$(WAYLAND_DISPLAY)$(filter-out Linux,$(shell uname -s))

export UV_PYTHON_DOWNLOADS := never
# Hundreds of processes are started by the checks; each would compile the program anew.
unexport PYTHONDONTWRITEBYTECODE
# Tests write thousands of ledgers and wait until each is safe on the disk; what is thrown away needs
# no disk, where there is memory for it.
MEMORY := $(shell test -w /dev/shm && test "$$(df -Pk /dev/shm | awk 'END {print $$4}')" -gt 2000000 \
	&& awk '/^MemAvailable/ && $$2 > 4000000 {print "/dev/shm"}' /proc/meminfo)
export PYTEST_DEBUG_TEMPROOT = $(MEMORY)

.DEFAULT_DESTINATION := help
.PHONY: static quick-tests program day weekend trials screen spark postgresql help run demo gallery manual paper test quick lint types contracts unit coverage full gui gui-oldest e2e bench bench-peers venv venv-core lock documents frozen dist deb deb-old deb-arm64 compare-arm64 installed installed-old installed-arm64 fresh debootstrap emulation nsis bench-frozen compare venv-build binutils faults faults-quick breakers audit clean

help: ## list the commands
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' Makefile | expand -t 12

run: program ## set up, then open the window; without a display, play a counter day
ifneq ($(SCREEN),)
	$(WINDOW)/python -m ui
else
	@echo "No display here: playing the main job through the real window, offscreen."
	@$(MAKE) --no-print-directory demo
endif

demo: program ## play the main job offscreen; screenshots and PDF in build/demo
	QT_QPA_PLATFORM=offscreen $(WINDOW)/python -m ui demo build/demo

gallery: venv ## picture every view in every theme and size; build/gallery/index.html
	$(WINDOW)/python -m tools.gallery build/gallery

paper: venv ## take the pictures of every kind of paper anew, into tests/data/paper; look at them
	$(WINDOW)/python -m tools.paper

manual: venv ## take the pictures of the manual anew, into docs/manual
	$(WINDOW)/python -m tools.gallery --manual

# Two at a time: what one leaves of two cores, its set-up, its waits and its last long test, the
# other uses. Beside one another two workers each are enough, and each reads all tests anew. The
# day's few long tests come early, so that they don't run on alone at the end.
test: ## set up, then run every check and every test
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target static e2e unit gui WORKERS=2

static: lint types contracts ## what needs no test to run: lint, types, contracts

quick: ## what tells most for its time, two minutes: run it before a commit
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target types quick-tests lint contracts WORKERS=2

quick-tests: venv
	$(PYTEST) $$(cat tests/quick.txt) $(SPREAD)

lint: venv ## look for faults, misspellings, dead and unformatted code
	$(WINDOW)/ruff check
	$(WINDOW)/ruff format --check
	$(WINDOW)/codespell medcounter ui tests tools docs packaging *.md Makefile
	$(WINDOW)/vulture

types: venv ## check the types, of the program as Windows sees it too
	$(WINDOW)/mypy
	$(WINDOW)/mypy --platform win32 --cache-dir .mypy_cache/windows medcounter ui

contracts: venv ## check who may import whom
	$(WINDOW)/lint-imports

unit: coverage ## run coverage and every other unit test where no Qt is installed
	$(PYTEST_CORE) tests/unit tests/property $(PURE_TESTS:%=--ignore=%) $(SPREAD) $(DEAREST)

coverage: venv-core ## see that the pure rooms' own tests leave no line or branch of them out
	$(PYTEST_CORE) $(PURE_TESTS) $(SPREAD) $(DEAREST) $(PURE_ROOMS) --cov-report=
	$(CORE)/coverage report --fail-under=100

full: venv-core ## run the brute-force tests that take minutes: every day, every mutant
	$(PYTEST_CORE) tests/unit tests/property -m full $(SPREAD)

gui: venv ## run the tests of the window
	$(PYTEST) tests/gui $(SPREAD) $(DEAREST)

gui-oldest: ## run them with the oldest Qt that ships, arm64's 6.7.3, in .venv-oldest
	$(BOOTSTRAP) oldest
	QT_QPA_PLATFORM=offscreen .venv-oldest/bin/python -m pytest tests/gui $(SPREAD) $(DEAREST)

spark: ## run the job on a cluster with a local Spark; needs Java
	$(BOOTSTRAP) spark
	.venv-spark/bin/python -m pytest tests/spark -p no:cacheprovider

e2e: venv postgresql ## run the tests of a whole counter day
	$(PYTEST) tests/e2e tests/extras -n $(WORKERS) --dist loadfile $(DEAREST)

day: venv screen ## play a whole counter day by keys at a real X11 screen; pictures in build/day (SIZE=1093x614)
ifdef DISPLAY
	$(DAY)
else
	xvfb-run -a -s "-screen 0 $(SIZE)x24 -nolisten tcp" sh -c \
		'openbox & manager=$$!; $(DAY); told=$$?; kill $$manager; exit $$told'
endif
	@cat build/day/figures.txt build/day/clicks.txt

weekend: venv screen breakers ## play a Saturday and the Monday after it at a real X11 screen, the clock moved; pictures in build/weekend
	@mkdir -p build/weekend
	@echo "@2026-02-28 16:50:00" > build/weekend/clock
ifdef DISPLAY
	$(WEEKEND)
else
	xvfb-run -a -s "-screen 0 $(SIZE)x24 -nolisten tcp" sh -c \
		'openbox & manager=$$!; $(WEEKEND); told=$$?; kill $$manager; exit $$told'
endif

trials: venv screen ## play three places from paper to a printed notice at a real X11 screen; pictures in build/trials (TRIAL=wuxi for one)
ifdef DISPLAY
	$(TRIALS)
else
	xvfb-run -a -s "-screen 0 $(SIZE)x24 -nolisten tcp" sh -c \
		'openbox & manager=$$!; $(TRIALS); told=$$?; kill $$manager; exit $$told'
endif
	@cat build/trials/*/figures.txt

screen:
	@for tool in xvfb-run:xvfb xauth:xauth xdotool:xdotool openbox:openbox; do \
		command -v $${tool%%:*} >/dev/null \
		|| apt-get install --yes --no-install-recommends $${tool##*:}; done

bench: venv ## measure speed and memory
	$(PYTEST) tests/bench -q

bench-peers: venv ## time the engine beside its peers; PEERS_DIR names a copy of their files
	$(WINDOW)/python -m tests.bench.peers.run

faults: venv breakers ## do every fault to the program, hours; figures in docs/reliability.md (ON=date)
	$(FAULTS) --page docs/reliability.md --add tests/faults/figures.json

audit: venv venv-core ## hold what is installed to the lock, list licences, ask for known vulnerabilities; exit 3 where nobody answers
	$(BOOTSTRAP) audit
	$(WINDOW)/python -m tools.audit

faults-quick: venv breakers ## some of each fault, two minutes
	$(FAULTS) --quick

# strace strikes at system calls, libfiu takes memory away, libfaketime sets the clock.
breakers:
	@for tool in strace:strace fiu-run:fiu-utils faketime:faketime; do \
		command -v $${tool%%:*} >/dev/null || apt-get install --yes $${tool##*:} \
		|| echo "no $${tool%%:*}: some faults are left out"; done

# Not beside the set-up, which may install too: apt lets one at a time.
postgresql: | venv
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || apt-get install --yes --no-install-recommends postgresql \
	|| echo "no PostgreSQL: the tests that gather ledgers in one are left out"

program: ## make .venv with what the program needs, and install what the system lacks
	$(BOOTSTRAP) run

venv: ## let .venv grow by what the checks need
	$(BOOTSTRAP) window

venv-core:
	$(BOOTSTRAP) core

lock: venv ## write requirements/*.txt anew from requirements/*.in
	cd requirements && ../$(COMPILE) dev.in -o dev.txt
	cd requirements && ../$(COMPILE) --no-annotate -c dev.txt core-tests.in -o core-tests.txt
	cd requirements && ../$(COMPILE) --no-annotate -c core-tests.txt oldest.in -o oldest.txt
	cd requirements && ../$(COMPILE) --no-annotate -c dev.txt runtime.in -o runtime.txt
	cd requirements && ../$(subst --generate-hashes,--format pylock.toml,$(COMPILE)) -c dev.txt \
		runtime.in -o $${TMPDIR:-/tmp}/pylock.toml
	$(WINDOW)/python -m tools.wheel_tags $${TMPDIR:-/tmp}/pylock.toml requirements/wheels.txt
	cd requirements && ../$(COMPILE) --no-annotate -c dev.txt build.in -o build.txt
	cd requirements && ../$(COMPILE) --no-annotate -c dev.txt spark.in -o spark.txt
	cd requirements && ../$(COMPILE) --no-annotate -c dev.txt audit.in -o audit.txt
	cd requirements && ../$(COMPILE) --no-annotate -c dev.txt builders.in -o builders.txt
	cd requirements && ../$(COMPILE) --no-annotate pip-oldest.in -o pip-oldest.txt
	cd requirements && ../$(COMPILE) --no-annotate pip-newest.in -o pip-newest.txt

documents: venv ## write the pages in docs/ that are made from the program
	$(WINDOW)/python -m tools.document

venv-build:
	$(BOOTSTRAP) build

binutils:
	@command -v strip >/dev/null || apt-get install --yes --no-install-recommends binutils

frozen: venv-build binutils ## build the program as one folder that needs no Python, in dist/
	$(BUILD_ENVIRONMENT) $(BUILD)/pyinstaller --noconfirm build.spec

dist: frozen ## build it, play the main job on it, and list all that ships (SBOM)
	$(BUILD)/python -m tools.package.smoke dist/medcounter
	$(BUILD_ENVIRONMENT) $(BUILD)/python -m tools.package.sbom dist/medcounter

deb: dist ## pack it as a Debian package, in dist/
	$(BUILD_ENVIRONMENT) $(BUILD)/python -m tools.package.deb dist/medcounter dist

# Everything below needs root on Debian, debootstrap, and some minutes.
debootstrap:
	@command -v debootstrap >/dev/null || apt-get install --yes --no-install-recommends debootstrap

deb-old: venv-build debootstrap ## build the package in a Debian 11 root, for old systems, in dist/old/
	$(BUILD_ENVIRONMENT) $(BUILD)/python -m tools.package.old_root build/debian11

# A root for another processor runs under qemu's emulation, but for the compiler, which is this
# machine's. Where the root is native already, nothing of this is needed.
emulation: debootstrap
	@[ "$$(dpkg --print-architecture)" = arm64 ] || dpkg -s qemu-user-static binfmt-support \
		gcc-aarch64-linux-gnu >/dev/null 2>&1 || apt-get install --yes --no-install-recommends \
		qemu-user-static binfmt-support gcc-aarch64-linux-gnu

deb-arm64: venv-build emulation ## the same for arm64, under emulation where need be, in dist/
	$(BUILD_ENVIRONMENT) $(BUILD)/python -m tools.package.old_root build/debian11-arm64 \
		--architecture arm64

compare-arm64: deb-arm64 ## build it all a second time in the arm64 root and list what differs
	$(BUILD_ENVIRONMENT) $(BUILD)/python -m tools.package.old_root build/debian11-arm64 \
		--architecture arm64 --twice

nsis:
	@command -v makensis >/dev/null || apt-get install --yes --no-install-recommends nsis

installed: venv deb debootstrap nsis ## install it on a bare Debian without Python, and work a counter there
	MEDCOUNTER_INSTALLED=1 $(PYTEST) tests/installed

installed-old: venv deb-old debootstrap nsis ## the same with the package for old systems, on Debian 11
	MEDCOUNTER_INSTALLED=1 MEDCOUNTER_SUITE=bullseye MEDCOUNTER_DEB=$$(ls dist/old/*.deb) \
		$(PYTEST) tests/installed

installed-arm64: venv deb-arm64 ## the same with the package for arm64, offscreen, on an arm64 Debian 11
	MEDCOUNTER_INSTALLED=1 MEDCOUNTER_SUITE=bullseye MEDCOUNTER_ARCHITECTURE=arm64 \
		$(PYTEST) tests/installed/test_1_package.py tests/installed/test_2_bare_laptop.py \
		tests/installed/test_2_commands.py

fresh: venv debootstrap ## play both commands of the README in a clone on a bare Debian 12, as a user and as root
	MEDCOUNTER_FRESH=1 $(PYTEST) tests/fresh
	@cat build/fresh/figures.txt

bench-frozen: venv dist ## size, first paint and first answer of the built program (needs Xvfb, xdotool)
	$(PYTEST) tests/bench/test_frozen_bench.py -q

compare: deb ## build it all a second time elsewhere and list what differs
	rm -rf build/again && mkdir -p build/again
	$(BUILD_ENVIRONMENT) $(BUILD)/pyinstaller --noconfirm --workpath build/again/work \
		--distpath build/again/dist build.spec
	$(BUILD)/python -m tools.package.compare dist/medcounter build/again/dist/medcounter

clean: ## remove what was built; environments stay
	rm -rf build dist .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .hypothesis
