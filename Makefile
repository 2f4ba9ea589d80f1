# make demo    the console on a fresh store with sample data
# make run     the console on your own store (./flexdeck.db)
# make build   the release program at .build/release/flexdeck
# make test    every test
# make test-faults   kills, full disks and busy stores, many rounds
# make test-sanitizers   every test with the thread and the address sanitizer; takes half an hour
# make deb     an installable package in dist/
# make bench   how fast parsers, store, scheduler and server are beside what lies below them
# make bench-console   what keys, start and standing still cost on a store of 50 million beliefs, beside the limits
# make bench-peer   the same requests to FlexMeasures 1.0.1 and to FlexDeck, as ratios
# make check-browser   charts and API documentation in headless Chromium
# make screenshot  draws manual/console.svg, which README.md shows
# make reference   makes the tables of keys, settings, endpoints and flex fields in manual/ anew
# make docs    pages for developers of every module, in dist/docs
# make tarball one folder that runs on any recent glibc Linux, in dist/

.PHONY: demo run build test test-faults test-sanitizers bench bench-console bench-peer check-browser deb tarball docs screenshot reference setup setup-test format lint clean

program = .build/release/flexdeck
# With Swift's own libraries inside the program starts a third faster.
release = swift build -c release --static-swift-stdlib

demo: build
	@$(program) demo

run: build
	@$(program)

build: setup
	$(release) --product flexdeck

test: setup-test
	swift build --build-tests
	swift test --skip-build

test-faults: setup-test
	swift build --build-tests
	FLEXDECK_FAULT_ROUNDS=200 swift test --skip-build --filter FaultTests

test-sanitizers: setup-test
	Tests/sanitizers

bench: setup
	FLEXDECK_ONLY=CoreBenchmark,StoreBenchmark,SchedulingBenchmark,HTTPBenchmark swift build -c release --scratch-path .build-bench
	.build-bench/release/CoreBenchmark
	.build-bench/release/StoreBenchmark
	.build-bench/release/SchedulingBenchmark
	.build-bench/release/HTTPBenchmark

bench-console: setup
	FLEXDECK_ONLY=ConsoleBenchmark,flexdeck $(release)
	.build/release/ConsoleBenchmark $(program) $(BENCH_FOLDER)

bench-peer: build
	Benchmarks/peer/compare

check-browser: build
	@Packaging/web-files
	@command -v chromium >/dev/null || { echo 'Could not find chromium. Install it: apt-get install chromium'; exit 1; }
	python3 Tests/ContractTests/Clients/browser.py $(program)

deb: setup
	Packaging/deb

tarball: setup
	Packaging/tarball

screenshot: build
	@$(program) demo --size 130x36 --keys "" --dump manual/console.svg

reference: build
	@for page in keys settings endpoints flex-model flex-context processes; do \
		FLEXDECK_SHARE=. $(program) reference $$page > manual/$$page.new && mv manual/$$page.new manual/$$page.md || exit 1; \
	done

docs: setup
	Packaging/docs

setup:
	@Packaging/setup

setup-test:
	@Packaging/setup test

format:
	swift format -i -r --parallel Sources Tests Package.swift

lint:
	swift format lint -r --parallel --strict Sources Tests Package.swift

clean:
	swift package clean
