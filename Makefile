# Every target stands on a line of its own. They install what they need, or say
# clearly what is missing; see scripts/ for how.

.PHONY: run reset build check test soak bench eval room

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
DEMO := var/demo

# run: the working demo, on an embedded database that is kept between runs.
run: build
	@mkdir -p $(DEMO)
	@bin/kompetansetorg serve --demo --db sqlite:$(DEMO)/kompetansetorg.db

# reset: empty the demo's folder, so that the next run starts afresh.
reset:
	rm -rf $(DEMO)

# build: front-end packages, bundle, binary. Reads nothing outside the clone.
build: node_modules/.installed
	@scripts/need go node npm
	@go generate ./internal/kit/ui
	@go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o bin/kompetansetorg ./cmd/kompetansetorg

node_modules/.installed: package.json package-lock.json
	@scripts/need node npm
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

# check: formatting, vet, staticcheck, floors, texts, templates, statements.
check: node_modules/.installed
	@scripts/check

# test: everything, on both engines, with browser journeys.
test:
	@scripts/test

# soak: what takes long: kill -9 × 100, 100,000-row round trips, long fuzz.
soak: build
	@scripts/soak

# bench: the Go benchmarks of docs/benchmarks.md.
bench:
	@scripts/bench

# eval: quality of linking and matching beside plain baselines.
eval:
	@go run ./internal/hall/match/evaluate/cmd
	@go run ./internal/common/vocab/evaluate/cmd

# room: an empty room that passes the checks: make room name=x
room:
	@scripts/room $(name)
