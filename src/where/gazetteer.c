#include "where/gazetteer.h"

#include "base/utf8.h"

enum { KEY_ROOM = 96, LETTERS = 1 << 18 };

/* ---- folding ---- */

/* Marks that only some spellings have: apostrophes, their typographic and Arabic-transcription kin, and full stops. Bytes of the one at i, 0 none. */
static uint32_t dropped(str name, uint32_t i) {
    static const char *const marks[] = {"'", ".", "`", "’", "‘", "ʼ", "ʻ", "ʿ", "ʾ"};
    str rest = str_sub(name, i, name.len);
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        if (str_starts(rest, marks[k])) return (uint32_t)strlen(marks[k]);
    return 0;
}

uint32_t place_fold(arena *scratch, str name, char *to, uint32_t room) {
    uint32_t n = 0;
    bool plain = true;
    for (uint32_t i = 0; i < name.len; i++) plain = plain && (unsigned char)name.ptr[i] < 0x80;
    if (!plain) name = utf8_fold(scratch, name);
    for (uint32_t i = 0; i < name.len;) {
        unsigned char c = (unsigned char)name.ptr[i];
        uint32_t skip = c >= 0x80 || c == '\'' || c == '.' || c == '`' ? dropped(name, i) : 0;
        if (n >= room) return 0;
        if (skip) i += skip;
        else if (i++, c == ' ' || c == '-' || c == '\n' || c == '\t') {
            if (n && to[n - 1] != ' ') to[n++] = ' ';
        } else to[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : (char)c;
    }
    while (n && to[n - 1] == ' ') n--;
    return n;
}

uint32_t gazetteer_find(const gazetteer *g, str key) {
    uint32_t at = 0;
    table_get(&g->keys, key, &at);
    return at;
}

/* ---- building ---- */

static void opener(gazetteer *g, str key) {
    uint32_t end = 0, words = 1;
    while (end < key.len && key.ptr[end] != ' ') end++;
    for (uint32_t i = 0; i < key.len; i++) words += key.ptr[i] == ' ';
    uint32_t *most = table_at(&g->openers, str_sub(key, 0, end), words, NULL);
    if (*most < words) *most = words;
}

/* Files the spot under one of its names; the key is folded straight to where it will stay. */
static void put(gazetteer *g, str name, const spot *what) {
    if (g->left < KEY_ROOM) g->left = LETTERS, g->letters = arena_alloc(g->home, LETTERS);
    uint32_t n = place_fold(g->home, name, g->letters, KEY_ROOM);
    if (n < 2) return;
    bool fresh;
    str key = {g->letters, n};
    uint32_t *first = table_at(&g->keys, key, 0, &fresh);
    spot s = *what;
    s.next = *first;
    *first = (uint32_t)g->count;
    arena_push(g->home, g->spots, g->count, g->capacity, s);
    if (!fresh) return;
    opener(g, key);
    g->letters += n;
    g->left -= n;
}

static void put_all(gazetteer *g, str names, const spot *what) {
    str name;
    while (str_split(&names, ';', &name))
        if (name.len > 1) put(g, name, what);
}

/* places.tsv, without splitting the columns that are seldom asked for. */
static void read_cities(gazetteer *g, str text) {
    const char *p = text.ptr, *end = text.ptr + text.len;
    while (p < end) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        if (!stop) stop = end;
        const char *tab = *p == '#' ? NULL : memchr(p, '\t', (size_t)(stop - p));
        if (tab && stop - tab > 6 && tab[4] == '\t') {
            spot s = {.name = {p, (uint32_t)(tab - p)}, .country = {tab + 1, 3}, .rest = {tab + 5, (uint32_t)(stop - tab - 5)}, .kind = SPOT_CITY, .capital = tab[5] == 'C'};
            put(g, s.name, &s);
        }
        p = stop + 1;
    }
}

spot spot_read(const gazetteer *g, uint32_t at) {
    spot s = g->spots[at];
    if (s.kind != SPOT_CITY || s.read) return s;
    str rest = s.rest, field;
    long number = 0;
    for (int column = 0; str_split(&rest, '\t', &field); column++) {
        if (column == 2) str_to_double(field, &s.lat);
        if (column == 3) str_to_double(field, &s.lon);
        if (column == 4 && str_to_long(field, &number)) s.people = (int32_t)number;
        if (column == 5 && str_to_long(field, &number)) s.geonames = (int32_t)number;
    }
    s.read = true;
    return s;
}

static uint32_t city_of(const gazetteer *g, arena *scratch, str name, str country) {
    char folded[KEY_ROOM];
    uint32_t n = place_fold(scratch, name, folded, sizeof folded);
    for (uint32_t at = gazetteer_find(g, (str){folded, n}); at; at = g->spots[at].next)
        if (g->spots[at].kind == SPOT_CITY && str_eq(g->spots[at].country, country)) return at;
    return 0;
}

static rap_status read_names(gazetteer *g, str text, rap_error *e) {
    lexicon_line line = {0};
    while (lexicon_next(text, &line)) {
        str first = line.field[0], usual;
        str_split(&first, ';', &usual);
        spot s = {.name = usual, .country = line.field[1], .kind = SPOT_CITY, .read = true};
        if (str_starts(line.field[2], "=")) {
            str name = str_sub(line.field[2], 1, line.field[2].len);
            uint32_t at = city_of(g, g->home, name, s.country);
            if (!at) return lexicon_error(e, "place-names.tsv", &line, line.field[2], "places.tsv has no place of that name in %.*s", STR_ARG(s.country));
            s = spot_read(g, at);
            s.name = usual;
        } else if (!str_to_double(line.field[2], &s.lat) || !str_to_double(line.field[3], &s.lon))
            return lexicon_error(e, "place-names.tsv", &line, line.field[2], "expected =NAME or latitude and longitude");
        else s.people = 20000;
        put_all(g, line.field[0], &s);
    }
    return RAP_OK;
}

static rap_status read_regions(gazetteer *g, str text, rap_error *e) {
    lexicon_line line = {0};
    while (lexicon_next(text, &line)) {
        str countries = line.field[1], first, second = STR(""), names = line.field[0], usual;
        str_split(&countries, ';', &first);
        str_split(&countries, ';', &second);
        str_split(&names, ';', &usual);
        bool water = str_in(line.field[2], "sea strait river");
        if (!str_in(line.field[2], "state province region land zone short island sea strait river range area"))
            return lexicon_error(e, "place-regions.tsv", &line, line.field[2], "unknown kind of region; the comment at the top lists them");
        spot s = {.name = usual, .country = str_is(first, "-") ? STR("") : first, .second = second, .hints = line.field[5],
                  .kind = water ? SPOT_WATER : str_is(line.field[2], "area") ? SPOT_AREA : SPOT_REGION};
        if (!str_to_double(line.field[3], &s.lat) || !str_to_double(line.field[4], &s.lon))
            return lexicon_error(e, "place-regions.tsv", &line, line.field[3], "expected latitude and longitude");
        if (str_is(line.field[2], "short")) { /* files the abbreviation alone */
            s.kind = SPOT_SHORT;
            put_all(g, names, &s);
        } else put_all(g, line.field[0], &s);
    }
    return RAP_OK;
}

/* Names and adjectives of states come from countries.tsv, which who owns; the middle of each from place-countries.tsv. */
static rap_status read_countries(gazetteer *g, str centres, str text, rap_error *e) {
    lexicon_line line = {0};
    table middle;
    double at[512][2];
    uint32_t count = 0, k;
    table_init(&middle, g->home, 512);
    while (lexicon_next(centres, &line) && count < 512) {
        if (!str_to_double(line.field[1], &at[count][0]) || !str_to_double(line.field[2], &at[count][1]))
            return lexicon_error(e, "place-countries.tsv", &line, line.field[1], "expected latitude and longitude");
        table_set(&middle, line.field[0], count++);
    }
    line = (lexicon_line){0};
    while (lexicon_next(text, &line)) {
        str names = line.field[4], usual;
        str_split(&names, ';', &usual);
        spot s = {.name = usual, .country = line.field[0], .kind = SPOT_COUNTRY};
        if (table_get(&middle, s.country, &k)) s.lat = at[k][0], s.lon = at[k][1];
        put_all(g, line.field[4], &s);
        s.kind = SPOT_WORD;
        put_all(g, line.field[5], &s);
    }
    return RAP_OK;
}

static void read_not(gazetteer *g, str text) {
    lexicon_line line = {0};
    table_init(&g->not_places, g->home, 256);
    while (lexicon_next(text, &line)) {
        char folded[KEY_ROOM];
        uint32_t n = place_fold(g->home, line.field[0], folded, sizeof folded);
        if (n) table_set(&g->not_places, arena_copy(g->home, (str){folded, n}), 1);
    }
}

rap_status gazetteer_open(gazetteer *g, const setup *with, rap_error *e) {
    const lexicon *lex = with->lexicon;
    *g = (gazetteer){.home = with->home, .capacity = 32768};
    g->spots = arena_array(g->home, spot, g->capacity);
    g->count = 1;
    table_init(&g->keys, g->home, 32768);
    table_init(&g->openers, g->home, 32768);
    read_not(g, lexicon_file(lex, "place-not.txt"));
    read_cities(g, lexicon_file(lex, "places.tsv"));
    rap_status status = read_names(g, lexicon_file(lex, "place-names.tsv"), e);
    if (status == RAP_OK) status = read_regions(g, lexicon_file(lex, "place-regions.tsv"), e);
    if (status == RAP_OK) status = read_countries(g, lexicon_file(lex, "place-countries.tsv"), lexicon_file(lex, "countries.tsv"), e);
    return status;
}
