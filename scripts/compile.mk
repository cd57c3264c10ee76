# How C is compiled and linked: compiler, flags by variant, libraries. Part of the Makefile.

CC       = gcc
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

FLAGS_release := -O2 -fPIC
FLAGS_san     := -O1 -fPIC -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
FLAGS_cov     := -O0 -fPIC --coverage -fprofile-update=atomic -DOGISTAT_COVERAGE

# Binding some thirty shared libraries took longer than reading a report. So the released programs hold what Debian has as
# static libraries, and what these need in turn; tests and sanitizers do with the shared ones. STATIC are prerequisites
# (make finds -lX as libX.a), so that an upgraded library is linked in again.
SHARED_ONLY := -lharfbuzz -lm
STATIC   := $(filter-out $(SHARED_ONLY) -lz,$(LIBRARIES)) -licuuc -licudata -lamd -lcolamd -lsuitesparseconfig -lgmp -lltdl -lpng16 -lbrotlidec -lbrotlicommon -llzma -lz
.LIBPATTERNS := lib%.a
vpath %.a /usr/lib/$(shell $(CC) -print-multiarch)
build/release/ogi-% build/release/tests/bench_% build/release/tests/generate_panel: LDLIBS := -Wl,--gc-sections -static-libgcc -Wl,-Bstatic -lstdc++ -Wl,-Bdynamic $(SHARED_ONLY)
build/release/ogi-ingest build/release/ogi-check build/release/ogi-analyze build/release/ogi-plot build/release/ogi-brief build/release/tests/generate_panel: $(STATIC)
build/release/tests/bench_mupdf_text: build/release/tests/bench_mupdf_text.o $(STATIC)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)
