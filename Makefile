# rapporteur: build, test, install. `make` alone builds everything; see README.md.
#
#   all demo test test-quick sanitize bench fuzz install clean

PREFIX ?= /usr/local
BUILD ?= build
VERSION := $(shell sed -n 's/^\#define RAP_VERSION "\(.*\)"/\1/p' include/rapporteur.h)

PACKAGES := libxml-2.0 jansson sqlite3 zlib libarchive uchardet libutf8proc libxxhash libmd libbrotlidec
CC ?= gcc
OPTIMISE ?= -O2 -g
WARN := -Wall -Wextra -Wshadow -Wconversion -Wno-psabi -Wno-format-zero-length
# No contraction: portable and vector code must round alike.
CFLAGS_ALL := -std=gnu11 -D_GNU_SOURCE $(WARN) $(OPTIMISE) -fPIC -ffp-contract=off -fvisibility=default -pthread \
	-Iinclude -Isrc -DRAP_MODELS_FOLDER='"$(PREFIX)/share/rapporteur/models"' $(shell pkg-config --cflags $(PACKAGES)) $(CFLAGS)
LIBS := $(shell pkg-config --libs $(PACKAGES)) -lm -pthread

SOURCES := $(filter-out src/cli/%,$(wildcard src/*.c src/*/*.c))
CLI_SOURCES := $(wildcard src/cli/*.c)
TESTS := $(wildcard tests/test_*.c)
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/embedded_lexicon.o $(BUILD)/embedded_sql.o
CLI_OBJECTS := $(CLI_SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/embedded_manual.o
TEST_PROGRAMS := $(TESTS:tests/%.c=$(BUILD)/tests/%)

LEXICON := $(sort $(wildcard lexicon/*.tsv lexicon/*.txt))
MANUAL := $(sort $(wildcard docs/man/*.md))
SQL := $(sort $(wildcard src/ledger/*.sql))

all: $(BUILD)/rapporteur $(BUILD)/librapporteur.a $(BUILD)/librapporteur.so $(BUILD)/rapporteur.pc

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -MMD -MP -c $< -o $@

# Text inside the program: a table of name, bytes, length per folder. The list of names is part of the rule, so a new file is noticed.
define embed
$(BUILD)/embedded_$(1).S: $(2) $(if $(filter-out $(2),$(shell cat $(BUILD)/embedded_$(1).list 2>/dev/null))$(filter-out $(shell cat $(BUILD)/embedded_$(1).list 2>/dev/null),$(2)),always) tools/embed
	@mkdir -p $(BUILD)
	tools/embed $(1) $(2) > $$@
	@echo $(2) > $(BUILD)/embedded_$(1).list
$(BUILD)/embedded_$(1).o: $(BUILD)/embedded_$(1).S
	$(CC) -c $$< -o $$@
endef
$(eval $(call embed,lexicon,$(LEXICON)))
$(eval $(call embed,manual,$(MANUAL)))
$(eval $(call embed,sql,$(SQL)))
always:

$(BUILD)/librapporteur.a: $(OBJECTS)
	rm -f $@
	ar rcs $@ $^

$(BUILD)/librapporteur.so: $(OBJECTS)
	$(CC) -shared -Wl,-soname,librapporteur.so.0 -o $@ $^ $(OPTIMISE) $(LDFLAGS) $(LIBS)

$(BUILD)/rapporteur: $(CLI_OBJECTS) $(BUILD)/librapporteur.a
	$(CC) -o $@ $^ $(OPTIMISE) $(LDFLAGS) $(LIBS)

$(BUILD)/rapporteur.pc: Makefile
	@mkdir -p $(BUILD)
	printf 'prefix=%s\nlibdir=$${prefix}/lib\nincludedir=$${prefix}/include\n\nName: rapporteur\nDescription: who did what to whom, who says so, how sure they are\nVersion: %s\nRequires.private: %s\nLibs: -L$${libdir} -lrapporteur\nLibs.private: -lm -pthread\nCflags: -I$${includedir}\n' \
		'$(PREFIX)' '$(VERSION)' '$(PACKAGES)' > $@

$(BUILD)/tests/%: tests/%.c tests/check.h $(BUILD)/librapporteur.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -Itests -MMD -MP -o $@ $< $(BUILD)/librapporteur.a $(LDFLAGS) $(LIBS)

test-programs: $(BUILD)/rapporteur $(TEST_PROGRAMS)

test: test-programs
	BUILD=$(BUILD) tests/run

test-quick: test-programs
	BUILD=$(BUILD) QUICK=1 tests/run

# Everything again under AddressSanitizer and UndefinedBehaviorSanitizer, arenas as plain mallocs.
sanitize:
	$(MAKE) BUILD=build/sanitize OPTIMISE='-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all' \
		CFLAGS=-DARENA_PLAIN test-programs
	BUILD=build/sanitize QUICK=1 SANITIZE=1 tests/run

# Two short runs of the syntax network's training with one seed give the same weights. UD: folder of the treebanks; some minutes.
train-check:
	UD=$(UD) train/syntax/check

demo: $(BUILD)/rapporteur
	BUILD=$(BUILD) samples/demo

bench: $(BUILD)/rapporteur
	BUILD=$(BUILD) bench/run

fuzz:
	fuzz/run

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/include \
		$(DESTDIR)$(PREFIX)/share/rapporteur/models $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $(BUILD)/rapporteur $(DESTDIR)$(PREFIX)/bin/
	install -m 644 include/rapporteur.h $(DESTDIR)$(PREFIX)/include/
	install -m 644 $(BUILD)/librapporteur.a $(DESTDIR)$(PREFIX)/lib/
	install -m 755 $(BUILD)/librapporteur.so $(DESTDIR)$(PREFIX)/lib/librapporteur.so.0
	ln -sf librapporteur.so.0 $(DESTDIR)$(PREFIX)/lib/librapporteur.so
	sed 's|^prefix=.*|prefix=$(PREFIX)|' $(BUILD)/rapporteur.pc > $(DESTDIR)$(PREFIX)/lib/pkgconfig/rapporteur.pc
	chmod 644 $(DESTDIR)$(PREFIX)/lib/pkgconfig/rapporteur.pc
	install -m 644 models/*.bin $(DESTDIR)$(PREFIX)/share/rapporteur/models/
	for page in $(MANUAL); do name=$$(basename $$page .md); lowdown -s -tman $$page > $(DESTDIR)$(PREFIX)/share/man/man1/$$name; done

clean:
	rm -rf build

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
.PHONY: all train-check always test test-quick test-programs sanitize demo bench fuzz install clean
