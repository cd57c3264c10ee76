# Fuzzing by libFuzzer: `make fuzz SECONDS=60 HARNESSES="html text" SEED=1`; with SEED=0 other inputs are
# tried each time. The objects are compiled once, with all sanitizers and an allocation for each piece of an arena; one program
# has all harnesses. Part of the Makefile.

FUZZ         := build/fuzz
FUZZ_CC      ?= clang
SECONDS      ?= 60
SEED         ?= 0
HARNESSES    ?= $(FUZZ_NAMES)
FUZZ_NAMES   := html text docx ooxml sheet ofd doc docbook mhtml zip pdf any number csv manifest expression datasets analysis
FUZZ_FLAGS   := -std=gnu11 -g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
FUZZ_OBJECTS := $(patsubst %.c,$(FUZZ)/%.o,$(filter-out core/base/arena.c,$(foreach room,core ingest analyze,$(call sources,$(room)))) \
                $(wildcard tests/fuzz/*.c))

.PHONY: fuzz
fuzz: $(FUZZ)/fuzz $(B)/ogi-ingest    ## look for inputs that break the readers: SECONDS each
	@tests/fuzz/run $(FUZZ) $(B)/ogi-ingest $(SECONDS) $(SEED) $(HARNESSES)

$(FUZZ)/%.o: %.c
	@mkdir -p $(@D)
	$(FUZZ_CC) $(CPPFLAGS) $(FUZZ_FLAGS) -fsanitize=fuzzer-no-link -MMD -MP -c -o $@ $<

$(FUZZ)/fuzz: $(FUZZ_OBJECTS)
	$(FUZZ_CC) $(FUZZ_FLAGS) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(LDLIBS)

-include $(FUZZ_OBJECTS:.o=.d)
