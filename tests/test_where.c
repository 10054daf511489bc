/* Places: the gazetteer's shape, tests/cases/places.tsv and event-places.tsv through the whole pipeline. */
#include <math.h>

#include "check.h"
#include "document.h"
#include "pipeline.h"
#include "table.h"
#include "where/stage.h"

/* What every case is read with. */
typedef struct reader {
    const rap_engine *engine;
    rap_document *doc;
} reader;

static bool read_places(const rap_engine *engine, rap_document *doc, str text) {
    rap_error e;
    if (rap_document_from_text(doc, text.ptr, text.len, "2018-04-20", &e) || rap_parse(engine, doc, &e)) return false;
    who_names(engine->who, doc);
    where_read(engine->where, doc);
    return true;
}

/* "Tripoli=LBN@34,36" against what was found. */
static bool same(const document *doc, const place *p, str want) {
    str words, country, latitude;
    double lat, lon;
    str_split(&want, '=', &words);
    if (!str_eq(document_span(doc, p->block, p->start, p->end), words)) return false;
    str_split(&want, '@', &country);
    if (!str_eq(p->country, country)) return false;
    if (!want.ptr || want.len == 0) return true;
    return str_split(&want, ',', &latitude) && str_to_double(latitude, &lat) && str_to_double(want, &lon) && fabs(p->lat - lat) <= 1 && fabs(p->lon - lon) <= 1;
}

static void places_case(void *with, const lexicon_line *line) {
    const rap_engine *engine = ((reader *)with)->engine;
    rap_document *doc = ((reader *)with)->doc;
    bool right = read_places(engine, doc, line->field[0]) && (int)doc->place_count == line->count - 1;
    char given[600] = "";
    for (size_t i = 0; i < doc->place_count; i++) {
        const place *p = &doc->places[i];
        right = right && same(doc, p, line->field[1 + i]);
        str words = document_span(doc, p->block, p->start, p->end);
        snprintf(given + strlen(given), sizeof given - strlen(given), " [%.*s=%.*s@%.0f,%.0f %.2f]", STR_ARG(words), STR_ARG(p->country), p->lat, p->lon, (double)p->confidence);
    }
    CHECK(right, "places.tsv:%d: %.*s: given%s", line->number, STR_ARG(line->field[0]), given);
}

static void event_case(void *with, const lexicon_line *line) {
    const rap_engine *engine = ((reader *)with)->engine;
    rap_document *doc = ((reader *)with)->doc;
    bool read = read_places(engine, doc, line->field[0]);
    int32_t at = -1;
    for (size_t t = 0; t < doc->token_count && read; t++)
        if (str_eq(doc->tokens[t].form, line->field[1])) at = (int32_t)t;
    str countries[8], rest = line->field[2];
    int count = 0;
    while (count < 8 && str_split(&rest, ';', &countries[count])) count += !str_is(countries[count], "-");
    int32_t got = at < 0 ? -1 : where_of(engine->where, doc, at, countries, count);
    str words = got < 0 ? STR("-") : document_span(doc, doc->places[got].block, doc->places[got].start, doc->places[got].end);
    CHECK(at >= 0 && str_eq(words, line->field[3]), "event-places.tsv:%d: %.*s: %.*s is in %.*s", line->number, STR_ARG(line->field[0]), STR_ARG(line->field[1]), STR_ARG(words));
}

/* A name without a document, with and without a country to help. */
static void lookups(const rap_engine *engine) {
    static const struct { const char *name, *hint, *country; int lat; } cases[] = {
        {"Pyongyang", "", "PRK", 39}, {"Tripoli", "LBN", "LBN", 34}, {"Tripoli", "", "LBY", 33}, {"Birmingham", "USA", "USA", 34}, {"Kiev", "", "UKR", 50},
        {"Al-Raqqa", "", "SYR", 36}, {"N'Djamena", "", "TCD", 12}, {"Zürich", "", "CHE", 47}, {"Zurich", "", "CHE", 47}, {"Punjab", "PAK", "PAK", 31}, {"Ulan Bator", "", "MNG", 48}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        place p;
        entity_type kind;
        bool known = where_lookup(engine->where, str_of(cases[i].name), str_of(cases[i].hint), &p, &kind);
        bool shared = known && str_is(p.country, "IND") && str_is(str_of(cases[i].country), "PAK"); /* the Punjab has two countries */
        CHECK(known && (str_is(p.country, cases[i].country) || shared) && fabs(p.lat - cases[i].lat) <= 1, "%s: %.*s %.1f", cases[i].name, STR_ARG(p.country), p.lat);
    }
    place p;
    CHECK(!where_lookup(engine->where, STR("Zzyzxville"), STR(""), &p, NULL));
    CHECK(!where_lookup(engine->where, STR(""), STR(""), &p, NULL));
}

/* Every number in range, every spot with a country or of a kind that needs none. */
static void shape(const gazetteer *g) {
    CHECK(g->count > 25000, "%zu places", g->count);
    size_t odd = 0, regions = 0;
    for (uint32_t i = 1; i < g->count; i++) {
        spot s = spot_read(g, i);
        regions += s.kind == SPOT_REGION || s.kind == SPOT_WATER || s.kind == SPOT_AREA;
        bool needs = s.kind == SPOT_CITY || s.kind == SPOT_COUNTRY || s.kind == SPOT_WORD;
        odd += !(s.lat >= -90 && s.lat <= 90 && s.lon >= -180 && s.lon <= 180 && s.people >= 0) || (needs && s.country.len != 3);
    }
    CHECK(odd == 0, "%zu spots out of range", odd);
    CHECK(regions >= 450, "%zu names of regions", regions);
}

int main(void) {
    rap_error e;
    rap_engine *engine;
    rap_document *doc;
    if (rap_open(&engine, NULL, &e) || rap_document_new(&doc, &e)) {
        printf("%s\n0 passed, 1 failed\n", e.message);
        return 1;
    }
    reader with = {engine, doc};
    shape(&engine->where->gazetteer);
    lookups(engine);
    table_cases("tests/cases/places.tsv", 40, &with, places_case);
    table_cases("tests/cases/event-places.tsv", 24, &with, event_case);
    rap_document_free(doc);
    rap_close(engine);
    return check_done(80);
}
