# Installing: `make install PREFIX=/usr/local DESTDIR=`, `make uninstall`, `make deb`. Part of the Makefile.

PREFIX  ?= /usr/local
DESTDIR ?=
INSTALLED := $(DESTDIR)$(PREFIX)
INSTALLS  := $(STAGES) check
FROM    ?= $(B)
# All that is installed lies in folders of the name ogistat or has a name that begins with ogi.
OWN     := $(addprefix $(INSTALLED)/,share/ogistat share/doc/ogistat share/bash-completion/completions/ogi bin/ogi bin/ogi-run \
             $(INSTALLS:%=bin/ogi-%) share/man/man1/ogi.1 share/man/man1/ogi-run.1 $(INSTALLS:%=share/man/man1/ogi-%.1) share/man/man5/ogistat.5)

.PHONY: man install uninstall deb
man: $(PROGRAMS) $(B)/ogi-check       ## write the man pages into build/man (help2man)
	@scripts/make-man $(B) build/man

install: $(INSTALLS:%=$(FROM)/ogi-%)   ## install programs, data, man pages and completion below DESTDIR/PREFIX
	@install -d $(INSTALLED)/bin $(INSTALLED)/share/ogistat $(INSTALLED)/share/doc/ogistat $(INSTALLED)/share/bash-completion/completions
	@install -m 755 $^ scripts/ogi scripts/ogi-run $(INSTALLED)/bin/
	@for file in $$(cd datasets && find . -type f -not -name README.md -printf '%P\n'); do \
	  install -D -m 644 datasets/$$file $(INSTALLED)/share/ogistat/$$file || exit; done
	@for file in README.md CHANGELOG.md CITATION.cff $$(find docs -type f) datasets/README.md; do \
	  install -D -m 644 $$file $(INSTALLED)/share/doc/ogistat/$$file || exit; done
	@install -m 644 scripts/ogi-completion.bash $(INSTALLED)/share/bash-completion/completions/ogi
	@if command -v help2man >/dev/null; then scripts/make-man $(FROM) $(INSTALLED)/share/man; else \
	  echo 'help2man is not installed: there are no man pages; every program has --help'; fi

uninstall:         ## remove what install put there
	@rm -rf $(OWN)

# A package's programs take Debian's own libraries, so that its security updates reach them.
build/deb/ogi-%: build/release/%/main.o build/release/%.a build/release/core.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

build/deb/ogi-check: build/release/ingest/check/main.o build/release/ingest.a build/release/core.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

deb: $(INSTALLS:%=build/deb/ogi-%)   ## build/ogistat_VERSION_ARCHITECTURE.deb
	@scripts/make-deb build
