#include "out/tables.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/error.h"
#include "base/timex_days.h"
#include "out/fips.h"

/* ---- reading a record ---- */

static str get(const json_t *o, const char *key) {
    const json_t *v = json_object_get(o, key);
    return json_is_string(v) ? (str){json_string_value(v), (uint32_t)json_string_length(v)} : STR("");
}

typedef struct row {
    const json_t *o, *source, *target, *place, *time;
    str event, mode, code, factuality, date; /* date: YYYY-MM-DD of the event, "" unknown */
    str published, published_day;
    double intensity;
    int quad;
    const json_t *contexts;
} row;

/* For tables that have only days: the day; of a wider time ("2017-11", "2017-W47") the report's day where it falls into it, else the first;
   the report's where nothing is known, as those tables have it. */
static str one_day(table_maker *m, str value, str published_day) {
    day from, to, reported, ignored;
    timex_days(value, &from, &to);
    timex_days(published_day, &reported, &ignored);
    if (from == DAY_NONE || (from <= reported && reported <= to)) return published_day;
    return day_format(&m->work, from);
}

/* For ours: what a reader of dates can read of it, YYYY-MM-DD, YYYY-MM or YYYY, the narrowest that holds all of it; "" for no date ("PAST_REF"). */
static str date_as_stated(table_maker *m, str value) {
    day from, to;
    int year, month, date, last_year, last_month;
    timex_days(value, &from, &to);
    if (from == DAY_NONE) return STR("");
    day_parts(from, &year, &month, &date);
    day_parts(to, &last_year, &last_month, &date);
    str first = day_format(&m->work, from);
    return from == to ? first : year != last_year ? STR("") : str_sub(first, 0, month == last_month ? 7 : 4);
}

static row row_of(table_maker *m, const json_t *o) {
    row r = {.o = o, .source = json_object_get(o, "source"), .target = json_object_get(o, "target"), .place = json_object_get(o, "place"),
             .time = json_object_get(o, "time"), .event = get(o, "event"), .mode = get(o, "mode"), .factuality = get(o, "factuality"),
             .published = get(o, "published"), .contexts = json_object_get(o, "context"), .code = STR("")};
    r.published_day = r.published.len >= 10 ? str_sub(r.published, 0, 10) : STR("");
    r.date = one_day(m, get(r.time, "value"), r.published_day);
    str contexts[4];
    int context_count = 0;
    for (size_t i = 0; i < json_array_size(r.contexts) && context_count < 4; i++)
        contexts[context_count++] = str_of(json_string_value(json_array_get(r.contexts, i)));
    cameo c = cameo_of(m->cameo, plover_of(r.event), r.mode, contexts, context_count);
    r.code = c.code, r.quad = c.quad, r.intensity = (double)c.intensity;
    return r;
}

/* ---- fields ---- */

typedef struct line {
    FILE *out;
    char separator;
    bool quote, begun;
} line;

static void field(line *w, str v) {
    bool quoted = false;
    if (w->begun) fputc(w->separator, w->out);
    w->begun = true;
    for (uint32_t i = 0; w->quote && i < v.len; i++) quoted |= v.ptr[i] == ',' || v.ptr[i] == '"' || v.ptr[i] == '\n' || v.ptr[i] == '\r';
    if (quoted) fputc('"', w->out);
    for (uint32_t i = 0; i < v.len; i++) {
        char c = v.ptr[i];
        if (w->quote && c == '"') fputc('"', w->out);
        fputc(!w->quote && (c == '\t' || c == '\n' || c == '\r') ? ' ' : c, w->out);
    }
    if (quoted) fputc('"', w->out);
}
static void field_text(line *w, const char *v) { field(w, str_of(v)); }
static void field_int(line *w, long v) {
    char text[32];
    snprintf(text, sizeof text, "%ld", v);
    field_text(w, text);
}
static void field_real(line *w, double v, int decimals) {
    char text[48];
    snprintf(text, sizeof text, "%.*f", decimals, v);
    field_text(w, text);
}
static void fields_empty(line *w, int n) {
    while (n-- > 0) field(w, STR(""));
}
static void field_list(line *w, table_maker *m, const json_t *list, const char *member, const char *between) {
    str all = STR("");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *o = json_array_get(list, i), *inner = json_object_get(o, "speaker");
        str one = json_is_string(o) ? (str){json_string_value(o), (uint32_t)json_string_length(o)}
                  : strcmp(member, "speaker") == 0 ? (get(inner, "name").len ? get(inner, "name") : get(inner, "text")) : get(o, member);
        all = arena_format(&m->work, "%.*s%s%.*s", STR_ARG(all), i ? between : "", STR_ARG(one));
    }
    field(w, all);
}
static void field_coordinate(line *w, const json_t *where, const char *key) {
    const json_t *v = json_object_get(where, key);
    bool known = json_is_number(v) && get(where, "name").len;
    if (known) field_real(w, json_number_value(v), 4);
    else field(w, STR(""));
}
static str actor_name(const json_t *a) { return get(a, "name").len ? get(a, "name") : get(a, "text"); }

/* ---- ours ---- */

static const char *const own_columns = "statement_id,doc_id,outlet,published,event_date,date_basis,event,mode,quad,context,factuality,source,source_country,source_sector,target,"
                                       "target_country,target_sector,speakers,stances,place,place_country,lat,lon,confidence,background,sentence,url,version";

static void own_row(table_maker *m, const row *r, line *w) {
    field(w, get(r->o, "id"));
    field(w, get(r->o, "doc"));
    field(w, get(r->o, "outlet"));
    field(w, r->published);
    field(w, date_as_stated(m, get(r->time, "value")));
    field(w, get(r->time, "basis"));
    field(w, r->event);
    field(w, r->mode);
    if (r->quad) field_int(w, r->quad);
    else field(w, STR(""));
    field_list(w, m, r->contexts, "", ";");
    field(w, r->factuality);
    const json_t *sides[] = {r->source, r->target};
    for (int i = 0; i < 2; i++) {
        field(w, actor_name(sides[i]));
        field(w, get(sides[i], "country"));
        field_list(w, m, json_object_get(sides[i], "sector"), "", ";");
    }
    field_list(w, m, json_object_get(r->o, "attribution"), "speaker", " > ");
    field_list(w, m, json_object_get(r->o, "attribution"), "stance", " > ");
    field(w, get(r->place, "name"));
    field(w, get(r->place, "country"));
    field_coordinate(w, r->place, "lat");
    field_coordinate(w, r->place, "lon");
    field_real(w, json_number_value(json_object_get(r->o, "confidence")), 3);
    field_text(w, json_is_true(json_object_get(r->o, "background")) ? "true" : "false");
    field(w, get(json_object_get(r->o, "sentence"), "text"));
    field(w, get(r->o, "url"));
    field(w, get(r->o, "version"));
}

/* ---- POLECAT ---- */

static const char *const polecat_columns =
    "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\tActor Country\tActor COW\tPrimary Actor Sector\tActor Sectors\tActor Title\tActor Name Raw\t"
    "Wikipedia Actor ID\tRecipient Name\tRecipient Country\tRecipient COW\tPrimary Recipient Sector\tRecipient Sectors\tRecipient Title\tRecipient Name Raw\tWikipedia Recipient ID\tPlacename\t"
    "City\tDistrict\tProvince\tCountry\tLatitude\tLongitude\tGeoNames ID\tRaw Placename\tFeature Type\tSource\tPublication Date\tStory People\tStory Organizations\tStory Locations\tLanguage\tVersion";

static void polecat_actor(table_maker *m, const json_t *a, line *w) {
    const json_t *sectors = json_object_get(a, "sector");
    field(w, actor_name(a));
    field(w, get(a, "country"));
    field(w, STR("")); /* COW: Correlates of War's own codes; we keep ISO */
    const char *first = json_string_value(json_array_get(sectors, 0));
    field_text(w, first ? first : "");
    field_list(w, m, sectors, "", ";");
    field(w, get(a, "role"));
    field(w, get(a, "text"));
    field(w, STR(""));
}

static void polecat_row(table_maker *m, const row *r, line *w) {
    static const char *const quads[] = {"", "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"};
    field(w, get(r->o, "id"));
    field(w, r->date);
    field(w, r->event);
    field(w, r->mode);
    field_real(w, r->intensity, 1);
    field_text(w, quads[r->quad]);
    field_list(w, m, r->contexts, "", ";");
    polecat_actor(m, r->source, w);
    polecat_actor(m, r->target, w);
    field(w, get(r->place, "name"));
    fields_empty(w, 3);
    field(w, get(r->place, "country"));
    field_coordinate(w, r->place, "lat");
    field_coordinate(w, r->place, "lon");
    const json_t *geonames = json_object_get(r->place, "geonames");
    if (json_integer_value(geonames) > 0) field_int(w, (long)json_integer_value(geonames));
    else field(w, STR(""));
    field(w, get(r->place, "text"));
    fields_empty(w, 1);
    field(w, get(r->o, "outlet"));
    field(w, r->published_day);
    fields_empty(w, 3);
    field(w, STR("en"));
    field(w, get(r->o, "version"));
}

/* ---- ICEWS ---- */

static const char *const icews_columns = "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\t"
                                         "Sentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude";

static long number_of(str id) { return (long)(str_hash(id, 0x1ce5) % 900000000u) + 100000000; }

static void icews_row(table_maker *m, const row *r, line *w) {
    field_int(w, number_of(get(r->o, "id")));
    field(w, r->date);
    field(w, actor_name(r->source));
    field_list(w, m, json_object_get(r->source, "sector"), "", ",");
    field(w, country_name(m->countries, get(r->source, "country")));
    field(w, r->mode.len ? arena_format(&m->work, "%.*s %.*s", STR_ARG(r->event), STR_ARG(r->mode)) : r->event);
    field(w, r->code);
    field_real(w, r->intensity, 1);
    field(w, actor_name(r->target));
    field_list(w, m, json_object_get(r->target, "sector"), "", ",");
    field(w, country_name(m->countries, get(r->target, "country")));
    field_int(w, number_of(get(r->o, "doc")));
    const json_t *n = json_object_get(r->o, "sentence_number");
    field_int(w, json_is_integer(n) ? (long)json_integer_value(n) : 0);
    field(w, get(r->o, "outlet"));
    field(w, get(r->place, "name"));
    fields_empty(w, 2);
    field(w, country_name(m->countries, get(r->place, "country")));
    field_coordinate(w, r->place, "lat");
    field_coordinate(w, r->place, "lon");
}

/* ---- GDELT 1.0 events, 58 columns ---- */

static void gdelt_actor(const json_t *a, line *w) {
    const json_t *sectors = json_object_get(a, "sector");
    field(w, get(a, "code"));
    field(w, actor_name(a));
    field(w, get(a, "country"));
    fields_empty(w, 4);
    for (size_t i = 0; i < 3; i++) {
        const char *s = json_string_value(json_array_get(sectors, i));
        field_text(w, s ? s : "");
    }
}

/* Type 1: a country, 4: a city of the world; without a place 0 and blanks. */
static void gdelt_place(const json_t *where, line *w) {
    str name = get(where, "name");
    if (!name.len) {
        field_int(w, 0);
        fields_empty(w, 6);
        return;
    }
    field_int(w, json_is_integer(json_object_get(where, "geonames")) && json_integer_value(json_object_get(where, "geonames")) > 0 ? 4 : 1);
    field(w, name);
    field_text(w, fips_of(get(where, "country")));
    fields_empty(w, 1);
    field_coordinate(w, where, "lat");
    field_coordinate(w, where, "lon");
    field(w, STR(""));
}

static void gdelt_date(table_maker *m, str date, line *w) {
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

static void gdelt_row(table_maker *m, const row *r, line *w) {
    field_int(w, number_of(get(r->o, "id")));
    gdelt_date(m, r->date, w);
    gdelt_actor(r->source, w);
    gdelt_actor(r->target, w);
    const json_t *n = json_object_get(r->o, "sentence_number");
    field_int(w, !json_is_integer(n) || json_integer_value(n) <= 1);
    field(w, r->code);
    field(w, r->code.len >= 3 ? str_sub(r->code, 0, 3) : r->code);
    field(w, r->code.len >= 2 ? str_sub(r->code, 0, 2) : r->code);
    field_int(w, r->quad);
    field_real(w, r->intensity, 1);
    const json_t *mentions = json_object_get(r->o, "mentions"), *sources = json_object_get(r->o, "sources_count"), *articles = json_object_get(r->o, "articles");
    field_int(w, json_is_integer(mentions) ? (long)json_integer_value(mentions) : 1);
    field_int(w, json_is_integer(sources) ? (long)json_integer_value(sources) : 1);
    field_int(w, json_is_integer(articles) ? (long)json_integer_value(articles) : 1);
    field_int(w, 0); /* AvgTone: not measured */
    fields_empty(w, 0);
    gdelt_place(NULL, w);
    gdelt_place(NULL, w);
    gdelt_place(r->place, w);
    str date = r->published_day;
    field(w, date.len == 10 ? arena_format(&m->work, "%.4s%.2s%.2s", date.ptr, date.ptr + 5, date.ptr + 8) : STR(""));
    field(w, get(r->o, "url"));
}

/* ---- plain CAMEO: date, source, target, code, as TABARI and PETRARCH write them ---- */

static void cameo_row(table_maker *m, const row *r, line *w) {
    (void)m;
    str date = r->date;
    field(w, date);
    field(w, get(r->source, "code"));
    field(w, get(r->target, "code"));
    field(w, r->code);
    field(w, get(r->o, "id"));
    field(w, get(r->o, "outlet"));
}

/* ---- all ---- */

bool table_event_shaped(rap_format f) { return f == RAP_POLECAT || f == RAP_ICEWS || f == RAP_GDELT || f == RAP_CAMEO; }

bool table_belongs(rap_format format, const json_t *o) {
    str value = get(o, "factuality");
    return !table_event_shaped(format) || (get(o, "event").len && (str_is(value, "CT+") || str_is(value, "PR+")));
}

void table_header(table_maker *m, FILE *out) {
    switch (m->format) {
    case RAP_CSV: fprintf(out, "%s\r\n", own_columns); break;
    case RAP_POLECAT: fprintf(out, "%s\n", polecat_columns); break;
    case RAP_ICEWS: fprintf(out, "%s\n", icews_columns); break;
    default: break;
    }
}

void table_row(table_maker *m, const json_t *o, FILE *out) {
    line w = {out, m->format == RAP_CSV ? ',' : '\t', m->format == RAP_CSV, false};
    if (!table_belongs(m->format, o)) return;
    row r = row_of(m, o);
    switch (m->format) {
    case RAP_CSV: own_row(m, &r, &w); break;
    case RAP_POLECAT: polecat_row(m, &r, &w); break;
    case RAP_ICEWS: icews_row(m, &r, &w); break;
    case RAP_GDELT: gdelt_row(m, &r, &w); break;
    case RAP_CAMEO: cameo_row(m, &r, &w); break;
    default: json_dumpf(o, out, JSON_COMPACT); break;
    }
    fputs(m->format == RAP_CSV ? "\r\n" : "\n", out);
    m->number++;
    arena_reset(&m->work);
}
