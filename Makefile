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

$(if $(filter-out 1,$(words $(OUT))),$(error OUT is a path without blanks, not '$(OUT)'))

# SAN=1 builds with AddressSanitizer and UBSan, COV=1 for gcov; each in a folder of its own.
VARIANT := $(if $(SAN),san,$(if $(COV),cov,release))
B       := build/$(VARIANT)

.DEFAULT_GOAL := all
include scripts/compile.mk

# A stage is an archive of its own, and knows core/ and its own rooms only.
STAGES   := ingest analyze plot brief
sources   = $(filter-out %/main.c,$(wildcard $1/*.c $1/*/*.c $1/*/*/*.c))
SOURCES  := $(foreach room,core $(STAGES),$(call sources,$(room)))
OBJECTS  := $(SOURCES:%.c=$(B)/%.o)
PROGRAMS := $(STAGES:%=$(B)/ogi-%)
TESTS    := $(patsubst tests/%.c,$(B)/tests/%,$(wildcard tests/test_*.c))
SHARED   := $(addprefix $(B)/tests/,reports.o docx_writer.o report_layout.o read_back.o)
TOOLS    := $(addprefix $(B)/tests/,generate_reports generate_panel generate_dataset write_docx) # what test scripts run
PANEL    := $(B)/tests/panel_history.o $(B)/tests/panel_faults.o $(B)/tests/panel_rules.o

.PHONY: all help deps deps-check ingest analyze plot briefing report panel check check-units test lint format compile-flags clean FORCE
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

$(PROGRAMS): $(B)/ogi-%: $(B)/%/main.o $(B)/%.a $(B)/core.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# q, not r: files of different rooms may have the same name.
$(foreach room,core $(STAGES),$(eval $(B)/$(room).a: $(patsubst %.c,$(B)/%.o,$(call sources,$(room)))))
$(B)/%.a:
	@rm -f $@
	$(AR) qcs $@ $^

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# Tests link with one shared library of all rooms, so that sixty of them are not sixty copies of it.
$(B)/tests/libogistat.so: $(OBJECTS) $(SHARED)
	$(CC) $(LDFLAGS) -shared -o $@ $^ -lcmocka -lzip $(LDLIBS)

$(B)/tests/%: $(B)/tests/%.o $(B)/tests/libogistat.so
	$(CC) $(LDFLAGS) -o $@ $^ -Wl,-rpath,'$$ORIGIN' -lcmocka -lzip $(LDLIBS)

$(B)/tests/generate_panel: $(PANEL)

-include $(OBJECTS:.o=.d) $(STAGES:%=$(B)/%/main.d) $(TESTS:=.d) $(TOOLS:=.d) $(SHARED:.o=.d) $(PANEL:.o=.d)

# The stages. A stage runs again where its program, its rules or its input changed; the programs leave
# a result whose bytes did not change untouched, so nothing further runs for it.
# Each stage depends on the folders of datasets/ that it reads.
knows     = $(wildcard $(foreach room,schema $1,datasets/$(room)/*))
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

$(STAMPS)/ingested: $(STAMPS)/inputs $(B)/ogi-ingest $(call knows,forms places rules)
	@scripts/run-stage $@ $(B)/ogi-ingest $(MANIFEST:%=--manifest %) $(WRITTEN:%=--except %) -o $(OUT)/dataset $(SQLITE:%=--sqlite %) $(REPORTS)

# What a stage is asked for, written anew only where that changed.
ASKED_analyze = $(ANALYZE_OPTIONS)
ASKED_plot    = $(LANGS) $(PICTURES) $(PLOT_OPTIONS)
ASKED_brief   = $(LANGS) $(BRIEFING)
$(STAMPS)/asked-%: FORCE
	$(shell mkdir -p $(STAMPS))$(file >$@.part,$(ASKED_$*))
	@if cmp -s $@.part $@; then rm $@.part; else mv $@.part $@; fi

$(STAMPS)/analyzed: $(STAMPS)/asked-analyze $(DATASET) $(B)/ogi-analyze $(call knows,forms indicators places rules)
	@scripts/run-stage $@ $(B)/ogi-analyze $(ANALYZE_OPTIONS) -o $(OUT)/analysis $(OUT)/dataset

$(STAMPS)/plotted: $(STAMPS)/asked-plot $(DATASET) $(ANALYSIS) $(B)/ogi-plot $(call knows,forms indicators places words)
	@for lang in $(LANGS); do \
	  scripts/run-stage $@ $(B)/ogi-plot $(PLOT_OPTIONS) -o $(OUT)/charts --lang $$lang --format $(PICTURES) $(OUT)/analysis $(OUT)/dataset \
	    || exit; done

$(STAMPS)/briefed: $(STAMPS)/asked-brief $(DATASET) $(ANALYSIS) $(STAMPS)/plotted $(B)/ogi-brief $(KNOWLEDGE) $(wildcard datasets/briefing.* datasets/look/word/*)
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

check-units: $(TESTS) $(TOOLS)  ## the cmocka tests of one variant only
	@tests/run $(B) units

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
