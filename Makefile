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
FIRST := $(filter deps deps-check,$(MAKECMDGOALS))
ifneq ($(and $(FIRST),$(filter-out $(FIRST),$(MAKECMDGOALS))),)
# What is built depends on what the packages say. So where they are asked for as well, they are installed first, and a
# make that starts afterwards does the rest.
.PHONY: $(MAKECMDGOALS)
$(MAKECMDGOALS): everything ; @:
.PHONY: everything
everything:
	@+$(MAKE) --no-print-directory $(FIRST)
	@+$(MAKE) --no-print-directory $(filter-out $(FIRST),$(MAKECMDGOALS))
else

include scripts/compile.mk

# A stage is an archive of its own, and knows core/ and its own rooms only.
STAGES   := ingest analyze plot brief
sources   = $(filter-out %/main.c,$(wildcard $1/*.c $1/*/*.c $1/*/*/*.c))
SOURCES  := $(foreach room,core $(STAGES),$(call sources,$(room)))
OBJECTS  := $(SOURCES:%.c=$(B)/%.o)
PROGRAMS := $(STAGES:%=$(B)/ogi-%)
TESTS    := $(patsubst tests/%.c,$(B)/tests/%,$(wildcard tests/test_*.c))
SHARED   := $(addprefix $(B)/tests/,reports.o docx_writer.o document_writers.o report_layout.o read_back.o)
TOOLS    := $(addprefix $(B)/tests/,generate_reports generate_documents generate_panel generate_dataset write_docx) # what test scripts run
PANEL    := $(B)/tests/panel_history.o $(B)/tests/panel_faults.o $(B)/tests/panel_rules.o

.PHONY: all help check-draft deps deps-check ingest analyze plot briefing report stage panel check check-units test lint format compile-flags clean
.DELETE_ON_ERROR:
.SECONDARY: # keep objects that only one program is made of

all: $(PROGRAMS) $(B)/ogi-check   ## build the programs

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

# A draft is checked by the rooms of ingest.
$(B)/ogi-check: $(B)/ingest/check/main.o $(B)/ingest.a $(B)/core.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

check-draft: $(B)/ogi-check ## check DRAFT, one report, before it is published (CHECK_OPTIONS="--previous FILE")
	@$(B)/ogi-check $(CHECK_OPTIONS) $(DRAFT)

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
	$(CC) $(LDFLAGS) -shared -o $@ $^ -lcmocka $(LDLIBS)

$(B)/tests/%: $(B)/tests/%.o $(B)/tests/libogistat.so
	$(CC) $(LDFLAGS) -o $@ $^ -Wl,-rpath,'$$ORIGIN' -lcmocka $(LDLIBS)

# Everybody may write the made-up panel: it needs no test framework.
$(B)/tests/generate_panel: $(B)/tests/generate_panel.o $(PANEL) $(addprefix $(B)/tests/,docx_writer.o report_layout.o) $(B)/ingest.a $(B)/core.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

include tests/fuzz/fuzz.mk
include scripts/install.mk
-include $(OBJECTS:.o=.d) $(STAGES:%=$(B)/%/main.d) $(B)/ingest/check/main.d $(TESTS:=.d) $(TOOLS:=.d) $(SHARED:.o=.d) $(PANEL:.o=.d)

# The stages. Each runs where no stamp has the hash of what it depends on: its program, its options, the folders of
# datasets/ that it reads, its inputs. The programs leave a result whose bytes did not change untouched, so nothing further
# runs for it. A run holds OUT from the first stage to the last.
STAMPS  := $(OUT)/.make
WRITTEN := $(STAMPS) $(addprefix $(OUT)/,.dataset.cache dataset analysis charts briefing) $(wildcard $(OUT)/dataset.previous*)

UPTO_ingest   := ingest
UPTO_analyze  := $(UPTO_ingest) analyze
UPTO_plot     := $(UPTO_analyze) plot
UPTO_briefing := $(UPTO_plot) brief
UPTO_report   := $(UPTO_briefing)

ingest: $(B)/ogi-ingest                    ## read REPORTS into OUT/dataset
analyze: $(addprefix $(B)/ogi-,$(UPTO_analyze))  ## compute OUT/analysis from OUT/dataset
plot: $(addprefix $(B)/ogi-,$(UPTO_plot))     ## draw OUT/charts from OUT/analysis
briefing report: $(PROGRAMS)
briefing:          ## write OUT/briefing, a page for each report, from all of these
report:            ## all four stages
ingest analyze plot briefing report:
	@scripts/inputs-exist $(REPORTS) $(MANIFEST)
	@+scripts/one-at-a-time $(OUT) sh -c 'for stage in $(UPTO_$@); do $(MAKE) --no-print-directory stage STAGE=$$stage || exit; done'

ifdef STAGE # one stage of those; its inputs are what the stages before it wrote
knows = $(wildcard $(foreach room,schema $1,datasets/$(room)/*.*))
KNOWS_ingest  := $(call knows,forms places rules)
KNOWS_analyze := $(call knows,forms indicators places rules)
# Words of charts are no page's, and those of pages no chart's.
WORDS          = $(addprefix datasets/words/,common.csv labels.csv $1)
KNOWS_plot    := $(call knows,forms indicators places) datasets/rules/edit_rules.csv $(call WORDS,charts.csv)
KNOWS_brief   := $(call knows,forms indicators look look/word rules) $(call WORDS,pages.csv briefing.csv ladders.csv measures.csv)
ASKED_ingest   = $(REPORTS) $(MANIFEST) $(SQLITE)
ASKED_analyze  = $(ANALYZE_OPTIONS)
ASKED_plot     = $(LANGS) $(PICTURES) $(PLOT_OPTIONS)
ASKED_brief    = $(LANGS) $(BRIEFING)
READS_ingest   = $(REPORTS) $(MANIFEST)
READS_analyze := $(OUT)/dataset
READS_plot    := $(OUT)/dataset $(OUT)/analysis
READS_brief   := $(OUT)/dataset $(OUT)/analysis $(OUT)/charts
WRITES_ingest  = $(OUT)/dataset $(SQLITE)
WRITES_analyze := $(OUT)/analysis
WRITES_plot   := $(OUT)/charts
WRITES_brief  := $(OUT)/briefing

$(shell mkdir -p $(STAMPS))$(file >$(STAMPS)/asked-$(STAGE),$(ASKED_$(STAGE)))
stage: $(STAMPS)/$(STAGE)-$(shell scripts/stage-key $(STAMPS) $(STAGE) $(STAMPS)/asked-$(STAGE) $(B)/ogi-$(STAGE) \
         '$(KNOWS_$(STAGE))' '$(if $(filter ingest,$(STAGE)),$(WRITTEN))' '$(WRITES_$(STAGE))' $(READS_$(STAGE)))
	@:
endif

$(STAMPS)/ingest-%:
	@scripts/run-stage $@ $(B)/ogi-ingest $(MANIFEST:%=--manifest %) $(WRITTEN:%=--except %) --retry-list $(STAMPS)/ingest.retry -o $(OUT)/dataset \
	  $(SQLITE:%=--sqlite %) $(REPORTS)
	@scripts/run-stage --done $@ $(WRITES_ingest)

$(STAMPS)/analyze-%:
	@scripts/run-stage $@ $(B)/ogi-analyze $(ANALYZE_OPTIONS) -o $(OUT)/analysis $(OUT)/dataset
	@scripts/run-stage --done $@ $(WRITES_analyze)

$(STAMPS)/plot-%:
	@for lang in $(LANGS); do \
	  scripts/run-stage $@ $(B)/ogi-plot $(PLOT_OPTIONS) -o $(OUT)/charts --lang $$lang --format $(PICTURES) $(OUT)/analysis $(OUT)/dataset \
	    || exit; done
	@scripts/run-stage --done $@ $(WRITES_plot)

$(STAMPS)/brief-%:
	@for lang in $(LANGS); do \
	  scripts/run-stage $@ $(B)/ogi-brief -o $(OUT)/briefing --lang $$lang --format $(BRIEFING) $(OUT)/charts $(OUT)/analysis $(OUT)/dataset \
	    || exit; done
	@scripts/run-stage --done $@ $(WRITES_brief)

check: lint        ## lint, then all tests: under sanitizers, and with coverage
	@$(MAKE) --no-print-directory SAN=1 test
	@$(MAKE) --no-print-directory COV=1 test
	@scripts/coverage build/cov

test: $(PROGRAMS) $(B)/ogi-check $(TESTS) $(TOOLS)  ## the tests of one variant (SAN=1, COV=1)
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

endif
