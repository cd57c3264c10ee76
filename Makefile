# ogistat: published reports -> dataset -> analysis -> charts -> briefing. `make help` lists what a person asks for.

REPORTS  ?= datasets/samples
MANIFEST ?=
OUT      ?= out
FORMATS  ?= png,svg,pdf
LANGS    ?= zh en
BRIEFING ?= html
# Pages with charts are read on phones as well.
comma    := ,
PICTURES  = $(FORMATS)$(if $(findstring svg,$(FORMATS)),$(comma)svg@phone)
CC      = gcc

$(if $(filter-out 1,$(words $(OUT))),$(error OUT is a path without blanks, not '$(OUT)'))

# SAN=1 builds with AddressSanitizer and UBSan, COV=1 for gcov; each in a folder of its own.
VARIANT := $(if $(SAN),san,$(if $(COV),cov,release))
B       := build/$(VARIANT)

PACKAGES := gsl libpcre2-8 libutf8proc nettle libseccomp libxml-2.0 jansson sqlite3
WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes
# -isystem: other people's headers are not ours to lint
CPPFLAGS += -I. -D_GNU_SOURCE $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PACKAGES) 2>/dev/null))
CFLAGS   += -std=gnu11 -g $(WARNINGS) $(FLAGS_$(VARIANT))
LDFLAGS  += -Wl,--as-needed $(filter -f% --coverage,$(FLAGS_$(VARIANT)))
LDLIBS   += $(LIBRARIES) -lm
# Debian ships MuPDF as a static library; these are what it is built on.
MUPDF    := -lmupdf -lmupdf-third -lmujs -lgumbo -lopenjp2 -ljbig2dec -ljpeg -lfreetype -lharfbuzz
LIBRARIES := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lcsv -lglpk $(MUPDF) -lminizip -lz
# Binding some thirty shared libraries took longer than reading a report. So the programs hold what Debian has as static
# libraries, and what these need in turn; tests and sanitizers do with the shared ones. STATIC are prerequisites
# (make finds -lX as libX.a), so that an upgraded library is linked in again.
SHARED_ONLY := -lharfbuzz -lm
STATIC   := $(filter-out $(SHARED_ONLY) -lz,$(LIBRARIES)) -licuuc -licudata -lamd -lcolamd -lsuitesparseconfig -lgmp -lltdl -lpng16 -lbrotlidec -lbrotlicommon -llzma -lz
.LIBPATTERNS := lib%.a
vpath %.a /usr/lib/$(shell $(CC) -print-multiarch)
FLAGS_release := -O2
FLAGS_san     := -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
FLAGS_cov     := -O0 --coverage -fprofile-update=atomic -DOGISTAT_COVERAGE

ROOMS    := datasets ingest ingest/readers analyze plot brief
SOURCES  := $(filter-out %/main.c,$(wildcard $(ROOMS:%=%/*.c)))
MAINS    := ingest analyze plot brief
PROGRAMS := $(MAINS:%=$(B)/ogi-%)
OBJECTS  := $(SOURCES:%.c=$(B)/%.o)
TESTS    := $(patsubst tests/%.c,$(B)/tests/%,$(wildcard tests/test_*.c))
SHARED   := $(addprefix $(B)/tests/,reports.o docx_writer.o report_layout.o read_back.o)
TOOLS    := $(addprefix $(B)/tests/,generate_reports generate_panel generate_dataset write_docx) # what test scripts run
PANEL    := $(B)/tests/panel_history.o $(B)/tests/panel_faults.o $(B)/tests/panel_rules.o

.PHONY: all help deps deps-check ingest analyze plot briefing report panel check test lint format compile-flags clean FORCE
.DELETE_ON_ERROR:
.SECONDARY: # keep objects that only one program is made of

all: $(PROGRAMS)   ## build the four programs

help:              ## list the targets
	@sed -n 's/^\([a-z-]*\): .*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14
	@echo 'REPORTS=… (folders or files), MANIFEST=… (CSV on single files), OUT=… (folder for results), SQLITE=… (the tables as one file as well), FORMATS=png,svg,pdf, LANGS="zh en", BRIEFING=html,docx,pdf, ANALYZE_OPTIONS="--peers province --covariates population.csv", PLOT_OPTIONS="--size slide", SAN=1, COV=1'

deps:              ## install what running needs (Debian packages)
	@scripts/install-packages scripts/packages.txt

deps-check: deps   ## install what the tests need as well
	@scripts/install-packages scripts/packages-check.txt
	@scripts/install-validator

build/release/ogi-% build/release/tests/bench_%: LDLIBS := -Wl,--gc-sections -static-libgcc -Wl,-Bstatic -lstdc++ -Wl,-Bdynamic $(SHARED_ONLY)
$(MAINS:%=build/release/ogi-%): $(STATIC)
$(PROGRAMS): $(B)/ogi-%: $(B)/%/main.o $(B)/libogistat.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(B)/libogistat.a: $(OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $^

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(B)/tests/%: $(B)/tests/%.o $(SHARED) $(B)/libogistat.a
	$(CC) $(LDFLAGS) -o $@ $^ -lcmocka -lzip $(LDLIBS)

build/release/tests/bench_mupdf_text: build/release/tests/bench_mupdf_text.o $(STATIC)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(B)/tests/generate_panel: $(PANEL)

-include $(OBJECTS:.o=.d) $(MAINS:%=$(B)/%/main.d) $(TESTS:=.d) $(TOOLS:=.d) $(SHARED:.o=.d) $(PANEL:.o=.d)

# The stages. A stage runs again where its program, its rules or its input changed; the programs leave
# a result whose bytes did not change untouched, so nothing further runs for it.
KNOWLEDGE := $(wildcard datasets/*.csv datasets/*.json datasets/*.css datasets/*.js)
DATASET   := $(addprefix $(OUT)/dataset/,reports.csv observations.csv edit_failures.csv rejects.csv)
ANALYSIS  := $(addprefix $(OUT)/analysis/,$(addsuffix .csv,indicators trends changes comparisons concentration \
             homogeneity distributions distribution_changes quality quality_rules edit_rates digits correlations components \
             aggregates aggregate_trends aggregate_changes methods))

# Whatever a run writes, which may lie among the reports.
STAMPS  := $(OUT)/.make
WRITTEN := $(STAMPS) $(addprefix $(OUT)/,.dataset.cache dataset analysis charts briefing)

ingest: $(STAMPS)/ingested    ## read REPORTS into OUT/dataset
analyze: $(STAMPS)/analyzed   ## compute OUT/analysis from OUT/dataset
plot: $(STAMPS)/plotted       ## draw OUT/charts from OUT/analysis
briefing: $(STAMPS)/briefed   ## write OUT/briefing, a page for each report, from all of these
report: briefing            ## all four stages

$(STAMPS)/inputs: FORCE
	@scripts/list-inputs $@ "$(SQLITE)" "$(WRITTEN)" $(REPORTS) $(MANIFEST)

$(STAMPS)/ingested: $(STAMPS)/inputs $(B)/ogi-ingest $(KNOWLEDGE)
	@scripts/run-stage $@ $(B)/ogi-ingest $(MANIFEST:%=--manifest %) $(WRITTEN:%=--except %) -o $(OUT)/dataset $(SQLITE:%=--sqlite %) $(REPORTS)

# What a stage is asked for, written anew only where that changed.
ASKED_analyze = $(ANALYZE_OPTIONS)
ASKED_plot    = $(LANGS) $(PICTURES) $(PLOT_OPTIONS)
ASKED_brief   = $(LANGS) $(BRIEFING)
$(STAMPS)/asked-%: FORCE
	$(shell mkdir -p $(STAMPS))$(file >$@.part,$(ASKED_$*))
	@if cmp -s $@.part $@; then rm $@.part; else mv $@.part $@; fi

$(STAMPS)/analyzed: $(STAMPS)/asked-analyze $(DATASET) $(B)/ogi-analyze $(KNOWLEDGE)
	@scripts/run-stage $@ $(B)/ogi-analyze $(ANALYZE_OPTIONS) -o $(OUT)/analysis $(OUT)/dataset

$(STAMPS)/plotted: $(STAMPS)/asked-plot $(DATASET) $(ANALYSIS) $(B)/ogi-plot $(KNOWLEDGE)
	@for lang in $(LANGS); do \
	  scripts/run-stage $@ $(B)/ogi-plot $(PLOT_OPTIONS) -o $(OUT)/charts --lang $$lang --format $(PICTURES) $(OUT)/analysis $(OUT)/dataset \
	    || exit; done

$(STAMPS)/briefed: $(STAMPS)/asked-brief $(DATASET) $(ANALYSIS) $(STAMPS)/plotted $(B)/ogi-brief $(KNOWLEDGE) $(wildcard datasets/briefing.* datasets/word/*)
	@for lang in $(LANGS); do \
	  scripts/run-stage $@ $(B)/ogi-brief -o $(OUT)/briefing --lang $$lang --format $(BRIEFING) $(OUT)/charts $(OUT)/analysis $(OUT)/dataset \
	    || exit; done

$(DATASET): $(STAMPS)/ingested ;
$(ANALYSIS): $(STAMPS)/analyzed ;

check: lint        ## lint, then all tests: under sanitizers, and with coverage
	@$(MAKE) --no-print-directory SAN=1 test
	@$(MAKE) --no-print-directory COV=1 test
	@scripts/coverage build/cov

test: $(PROGRAMS) $(TESTS) $(TOOLS)  ## the tests of one variant (SAN=1, COV=1)
	@tests/run $(B)

panel: $(B)/tests/generate_panel  ## write a made-up panel, with its truth, into build/…/panel
	@rm -rf $(B)/panel
	@$< 20240131 $(B)/panel
	@echo "make report REPORTS=$(B)/panel/reports MANIFEST=$(B)/panel/manifest.csv reads it"

lint:              ## clang-format, clang-tidy, cppcheck, shellcheck: not one warning
	@scripts/lint

compile-flags:     # for scripts/lint
	@echo '$(CPPFLAGS) $(CFLAGS)'

format:            ## let clang-format lay out the sources
	@scripts/lint --format

clean:             ## remove what was built
	rm -rf build out
