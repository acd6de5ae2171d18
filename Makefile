# `make` lists what there is to do.
.DEFAULT_GOAL := help
.PHONY: help deps build demo run test check bench bench-deps faults soak fuzz install clean

PREFIX ?= /usr/local
DESTDIR ?=
PACKAGES := libseccomp-dev libsystemd-dev libzstd-dev strace

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

deps: ## install what is needed from Debian
	@deploy/install-dependencies $(PACKAGES)

# The Swift libraries go into the programs, so that they run where no toolchain is.
build: deps ## build annald and annalctl for use (release)
	swift build -c release --static-swift-stdlib --explicit-target-dependency-import-check error

demo: deps ## see the whole job once, on a temporary directory
	@deploy/demo

run: deps ## keep a daemon running on ./inbox
	@deploy/run

test: deps ## run all tests
	@deploy/install-dependencies python3-venv
	@deploy/test

check: deps ## check format, warnings, and the shape of the tree
	swift format lint --strict --parallel --recursive Package.swift Sources Tests
	swift build --build-tests --explicit-target-dependency-import-check error
	swift test --skip-build --disable-xctest --filter TidinessTests

bench-deps: deps ## install what the benchmarks compare with
	@deploy/install-dependencies libsqlite3-dev librocksdb-dev python3-venv
	python3 -m venv .build/benchmarks/venv
	.build/benchmarks/venv/bin/pip install --quiet --requirement Benchmarks/requirements.txt

bench: bench-deps ## measure appends, opening, size and intake beside others (15 minutes)
	swift build -c release --static-swift-stdlib
	Benchmarks/run

# SEED=17 RUNS=1 replays the run of that seed; 5000 runs are 100,000 rounds.
SEED ?= 1
RUNS ?= 300

faults: deps ## try the archive against everything that can go wrong with a disk (SEED=, RUNS=)
	swift build -c release --static-swift-stdlib --product annal-faults
	@$$(swift build -c release --static-swift-stdlib --show-bin-path)/annal-faults --seed $(SEED) --runs $(RUNS)

# MINUTES=2 FILES=1000 BURSTS=4 is a short one; its directory lies under TMPDIR and stays where something doesn't hold.
MINUTES ?= 30
FILES ?= 20000
BURSTS ?= 40

soak: deps ## run the daemon half an hour against everything at once (MINUTES=, SEED=, FILES=, BURSTS=)
	swift build -c release --static-swift-stdlib --product annald
	swift build -c release --static-swift-stdlib --product annalctl
	@Tests/Soak/soak.py $$(swift build -c release --static-swift-stdlib --show-bin-path) \
		$$(mktemp -u -d "$${TMPDIR:-/tmp}/annal-soak.XXXXXX") \
		--minutes $(MINUTES) --files $(FILES) --bursts $(BURSTS) --seed $(SEED)

# PART=files SECONDS=3600 runs one of them for an hour; Fuzz/run names the parts.
SECONDS ?= 60
PART ?=
FUZZ_BUILD := ANNAL_FUZZ=1 swift build -c release --scratch-path .build-fuzz --sanitize=fuzzer --sanitize=address \
	-Xswiftc -parse-as-library --product annal-fuzz

fuzz: deps ## give every parser a minute of hostile bytes (SECONDS=, PART=)
	$(FUZZ_BUILD)
	@Fuzz/run "$$($(FUZZ_BUILD) --show-bin-path)/annal-fuzz" $(SECONDS) $(PART)

install: build ## install under PREFIX (default /usr/local), units and configuration included
	@deploy/install "$(DESTDIR)" "$(PREFIX)"

clean: ## remove what was built
	rm -rf .build .build-fuzz
