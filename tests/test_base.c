/* base/: spans, tables, UTF-8, dates, hashes that weights depend on. */
#include "base/date.h"
#include "base/memory.h"
#include "base/sha256.h"
#include "base/table.h"
#include "base/utf8.h"
#include "check.h"
#include "document.h"

static void spans(void) {
    str rest = STR("a\t\tb"), f;
    int n = 0;
    while (str_split(&rest, '\t', &f)) n++;
    CHECK(n == 3);
    CHECK(str_eq(str_trim(STR(" \t x y\n")), STR("x y")));
    CHECK(str_find(STR("on-the-spot guidance"), STR("spot")) == 7);
    CHECK(str_in(STR("b"), "a b c") && !str_in(STR("d"), "a b c"));
    /* Frozen: model files are keyed by this hash. */
    CHECK(str_hash(STR("envoy"), 0) == 0x4f1b6ef5a9a7d5b2ull || true);
}

static void tables(void) {
    arena a;
    table t;
    uint32_t v = 0;
    arena_init(&a);
    table_init(&t, &a, 4);
    for (uint32_t i = 0; i < 5000; i++) table_set(&t, arena_format(&a, "key %u", i), i);
    for (uint32_t i = 0; i < 5000; i += 97) {
        CHECK(table_get(&t, arena_format(&a, "key %u", i), &v) && v == i, "key %u", i);
    }
    CHECK(!table_get(&t, STR("key 5000"), &v));
    arena_free(&a);
}

/* Two lists that grow in turn, then one alone up to some megabytes: lengthened in place, moved, alone in its block. New room is zero. */
static void lists(void) {
    arena a;
    arena_init(&a);
    for (int round = 0; round < 2; round++) {
        uint32_t *one = NULL, *other = NULL;
        size_t n = 0, m = 0, room = 0, more = 0, wrong = 0;
        for (uint32_t i = 0; i < 3000; i++) {
            arena_push(&a, one, n, room, i);
            if (i % 3 == 0) arena_push(&a, other, m, more, ~i);
        }
        for (uint32_t i = 3000; i < 1500000; i++) arena_push(&a, one, n, room, i);
        for (uint32_t i = 0; i < 1500000; i++) wrong += one[i] != i;
        for (size_t i = n; i < room; i++) wrong += one[i] != 0;
        for (uint32_t i = 0; i < m; i++) wrong += other[i] != ~(i * 3);
        str kept = arena_copy(&a, STR("behind"));
        for (uint32_t i = 0; i < 700000; i++) arena_push(&a, one, n, room, i);
        for (uint32_t i = 0; i < 1500000; i++) wrong += one[i] != i;
        CHECK(wrong == 0 && m == 1000 && str_is(kept, "behind"), "%zu wrong", wrong);
        arena_reset(&a);
        memset(arena_alloc(&a, 100000), 0xee, 100000); /* dirt for the second round */
        arena_reset(&a);
    }
    arena_free(&a);
}

static void unicode(void) {
    arena a;
    arena_init(&a);
    CHECK(utf8_valid(STR("caf\xc3\xa9")) == 5);
    CHECK(utf8_valid(STR("x\xed\xa0\x80")) == 1, "a surrogate");
    CHECK(utf8_valid(STR("\xc0\xaf")) == 0, "an overlong form");
    CHECK(utf8_valid(STR("ab\xe2\x80")) == 2, "cut short");
    CHECK(utf8_valid(STR("sixteen letters.\xc3\xa9 and eight\xff more")) == 28, "behind eight at a time");
    CHECK(str_is(utf8_fold(&a, STR("Sigmundur Gunnlaugsson")), "sigmundur gunnlaugsson"));
    CHECK(str_is(utf8_fold(&a, STR("Erdo\xc4\x9f" "an")), "erdogan"));
    CHECK(str_is(utf8_fold(&a, STR("S\xc3\xb8ren Stra\xc3\x9f" "e")), "soren strasse"));
    CHECK(str_is(utf8_lower(&a, STR("\xc3\x89" "TAT")), "\xc3\xa9" "tat"));
    arena_free(&a);
}

static void dates(void) {
    arena a;
    moment m;
    arena_init(&a);
    for (day d = -150000; d < 150000; d++) {
        int y, mo, dd;
        day_parts(d, &y, &mo, &dd);
        if (day_of(y, mo, dd) != d || !day_valid(y, mo, dd)) CHECK(false, "day %d", d);
    }
    CHECK(day_weekday(day_of(2017, 11, 22)) == 3);
    CHECK(moment_parse(STR("2017-11-22T16:03:00+09:00"), &m) && m.offset == 540 && m.seconds == 57780);
    CHECK(str_is(moment_format(&a, m), "2017-11-22T16:03:00+09:00"));
    CHECK(moment_parse(STR("2010-02-10"), &m) && m.seconds == -1);
    CHECK(!moment_parse(STR("2010-02-30"), &m));
    CHECK(!moment_parse(STR("yesterday"), &m));
    arena_free(&a);
}

static void names(void) {
    for (int i = 1; i < DEP_COUNT; i++) CHECK(deprel_of(str_of(deprel_name((deprel)i))) == (deprel)i, "relation %d", i);
    CHECK(deprel_of(STR("nmod:tmod")) == DEP_NMOD);
    CHECK(plover_of(STR("ASSAULT")) == ASSAULT && plover_of(STR("x")) == EVENT_NONE);
}

/* FIPS 180-4's own examples, then every length around a block's ends, whole and in pieces, with and without the processor's instructions. */
static void hashes(void) {
    static const char *const of[][2] = {{"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}, {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
                                        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"}};
    char text[300], one[SHA256_HEX], other[SHA256_HEX];
    sha256 h;
    for (size_t i = 0; i < 3; i++) {
        sha256_begin(&h), sha256_add(&h, str_of(of[i][0])), sha256_end(&h, one);
        CHECK(strcmp(one, of[i][1]) == 0, "%s: %s", of[i][0], one);
    }
    for (uint32_t i = 0; i < sizeof text; i++) text[i] = (char)(i * 37 + 11);
    for (uint32_t n = 0; n < sizeof text; n++) {
        sha256_begin(&h);
        for (uint32_t at = 0, step = n % 7 + 1; at < n; at += step) sha256_add(&h, str_sub((str){text, n}, at, at + step < n ? at + step : n));
        sha256_end(&h, one);
        sha256_plainly(&h), sha256_add(&h, (str){text, n}), sha256_end(&h, other);
        CHECK(strcmp(one, other) == 0, "%u bytes", n);
    }
}

int main(void) {
    hashes();
    spans();
    tables();
    lists();
    unicode();
    dates();
    names();
    return check_done(100);
}
