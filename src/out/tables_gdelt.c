/* GDELT's layouts: events 1.0 (58 columns) and 2.0 (61), and the mentions of 2.0 (16); tab-separated, without a header. Blank is what
 * is not known here: ethnic and religious groups, the tone, districts. */
#include <stdlib.h>

#include "base/date.h"
#include "out/fips.h"
#include "out/table_fields.h"

/* Fifteen digits: unique among some millions of events, and exact in the doubles of R and Stata. */
static long event_number(str id) { return (long)(str_hash(id, 0x1ce5) % 900000000000000u) + 100000000000000; }

static void actor_fields(const json_t *a, line *w) {
    const json_t *sectors = json_object_get(a, "sector");
    str country = json_get_str(a, "country"), code = json_get_str(a, "code");
    bool no_country = str_is(country, "IGO") || str_is(country, "NGO"); /* an organization of many: its code is IGOUNO */
    field(w, code);
    field(w, actor_shown(a));
    field(w, no_country ? STR("") : country);
    field(w, no_country && code.len >= 6 ? str_sub(code, 3, 6) : STR(""));
    fields_empty(w, 3);
    if (no_country) field(w, country);
    for (size_t i = 0; i < (no_country ? 2u : 3u); i++) {
        const char *s = json_string_value(json_array_get(sectors, i));
        field_text(w, s ? s : "");
    }
}

/* Type 1: a country, 4: a city of the world; without a place 0 and blanks. A country's own FIPS code stands for its first district and
   its feature, too. */
static void place_fields(const json_t *where, bool second, line *w) {
    str name = json_get_str(where, "name");
    if (!name.len) {
        field_int(w, 0);
        fields_empty(w, second ? 7 : 6);
        return;
    }
    bool city = json_get_long(where, "geonames", 0) > 0;
    const char *state = fips_of(json_get_str(where, "country"));
    field_int(w, city ? 4 : 1);
    field(w, name);
    field_text(w, state);
    field_text(w, city ? "" : state);
    if (second) field(w, STR(""));
    field_coordinate(w, where, "lat");
    field_coordinate(w, where, "lon");
    field_text(w, city ? "" : state);
}

static void date_fields(table_maker *m, str date, line *w) {
    int y = 0, mo = 0, d = 0;
    if (sscanf(arena_copy(&m->work, date).ptr, "%d-%d-%d", &y, &mo, &d) != 3) {
        fields_empty(w, 4);
        return;
    }
    field_int(w, y * 10000L + mo * 100 + d);
    field_int(w, y * 100L + mo);
    field_int(w, y);
    field_real(w, y + (mo * 30 + d) / 365.0, 4); /* as GDELT's codebook computes it */
}

/* The local day that the outlet states (1.0), or the second in UTC (2.0). */
static void published_field(table_maker *m, str published, bool second, line *w) {
    moment t;
    int y, mo, d;
    if (!moment_parse(published, &t) || t.date == DAY_NONE) {
        field(w, STR(""));
        return;
    }
    long seconds = t.seconds > 0 ? t.seconds : 0;
    if (second && t.seconds >= 0 && t.offset != OFFSET_NONE) seconds -= t.offset * 60L;
    day date = t.date + (day)(seconds >= 86400 ? 1 : seconds < 0 ? -1 : 0);
    seconds = (seconds + 86400) % 86400;
    day_parts(second ? date : t.date, &y, &mo, &d);
    field(w, second ? arena_format(&m->work, "%04d%02d%02d%02ld%02ld%02ld", y, mo, d, seconds / 3600, seconds / 60 % 60, seconds % 60)
                    : arena_format(&m->work, "%04d%02d%02d", y, mo, d));
}

void gdelt_row(table_maker *m, const row *r, line *w) {
    bool second = m->format == RAP_GDELT2;
    field_int(w, event_number(json_get_str(r->o, "id")));
    date_fields(m, r->date, w);
    actor_fields(r->source, w);
    actor_fields(r->target, w);
    field_int(w, json_get_long(r->o, "sentence_number", 1) <= 1);
    field(w, r->code);
    field(w, r->code.len >= 3 ? str_sub(r->code, 0, 3) : r->code);
    field(w, r->code.len >= 2 ? str_sub(r->code, 0, 2) : r->code);
    field_int(w, quad_of_cameo(r->code));
    field_real(w, r->intensity, 1);
    field_int(w, json_get_long(r->o, "mentions", 1));
    field_int(w, json_get_long(r->o, "sources_count", 1));
    field_int(w, json_get_long(r->o, "articles", 1));
    field(w, STR("")); /* AvgTone: not measured */
    place_fields(NULL, second, w);
    place_fields(NULL, second, w);
    place_fields(r->place, second, w);
    published_field(m, r->published, second, w);
    field(w, json_get_str(r->o, "url"));
}

static void offset_field(const json_t *where, line *w) { field_int(w, json_get_long(where, "start", -1)); }

/* One report of one event. Offsets are bytes into the block, as everywhere here (GDELT's are characters); -1: no words. */
void gdelt_mention_row(table_maker *m, const row *r, line *w) {
    str whole = json_get_str(r->o, "event_id"), first = json_get_str(r->o, "event_published");
    field_int(w, event_number(whole.len ? whole : json_get_str(r->o, "id")));
    published_field(m, first.len ? first : r->published, true, w);
    published_field(m, r->published, true, w);
    field_int(w, 1); /* MentionType: the web */
    field(w, json_get_str(r->o, "outlet"));
    field(w, json_get_str(r->o, "url").len ? json_get_str(r->o, "url") : json_get_str(r->o, "doc"));
    field_int(w, json_get_long(r->o, "sentence_number", 1));
    offset_field(r->source, w);
    offset_field(r->target, w);
    offset_field(json_object_get(r->o, "trigger"), w);
    field_int(w, 1); /* InRawText: always, every record has its bytes */
    field_int(w, (long)(json_number_value(json_object_get(r->o, "confidence")) * 10 + 0.5) * 10);
    fields_empty(w, 4); /* length and tone of the document, translation, extras */
}
