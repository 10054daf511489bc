#include "out/table_fields.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/error.h"
#include "base/timex_days.h"

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
             .time = json_object_get(o, "time"), .event = json_get_str(o, "event"), .mode = json_get_str(o, "mode"), .factuality = json_get_str(o, "factuality"),
             .published = json_get_str(o, "published"), .contexts = json_object_get(o, "context"), .code = STR("")};
    r.published_day = r.published.len >= 10 ? str_sub(r.published, 0, 10) : STR("");
    r.date = one_day(m, json_get_str(r.time, "value"), r.published_day);
    str contexts[4];
    int context_count = 0;
    for (size_t i = 0; i < json_array_size(r.contexts) && context_count < 4; i++)
        contexts[context_count++] = str_of(json_string_value(json_array_get(r.contexts, i)));
    cameo c = cameo_of(m->cameo, plover_of(r.event), r.mode, contexts, context_count);
    r.code = c.code, r.quad = c.quad, r.intensity = (double)c.intensity;
    return r;
}

/* ---- ours ---- */

static const char *const own_columns = "statement_id,doc_id,outlet,published,event_date,date_basis,event,mode,quad,context,factuality,source,source_country,source_sector,target,"
                                       "target_country,target_sector,speakers,stances,place,place_country,lat,lon,confidence,background,sentence,url,version";

static void own_row(table_maker *m, const row *r, line *w) {
    field(w, json_get_str(r->o, "id"));
    field(w, json_get_str(r->o, "doc"));
    field(w, json_get_str(r->o, "outlet"));
    field(w, r->published);
    field(w, date_as_stated(m, json_get_str(r->time, "value")));
    field(w, json_get_str(r->time, "basis"));
    field(w, r->event);
    field(w, r->mode);
    if (r->quad) field_int(w, r->quad);
    else field(w, STR(""));
    field_list(w, m, r->contexts, "", ";");
    field(w, r->factuality);
    const json_t *sides[] = {r->source, r->target};
    for (int i = 0; i < 2; i++) {
        field(w, actor_shown(sides[i]));
        field(w, json_get_str(sides[i], "country"));
        field_list(w, m, json_object_get(sides[i], "sector"), "", ";");
    }
    field_list(w, m, json_object_get(r->o, "attribution"), "speaker", " > ");
    field_list(w, m, json_object_get(r->o, "attribution"), "stance", " > ");
    field(w, json_get_str(r->place, "name"));
    field(w, json_get_str(r->place, "country"));
    field_coordinate(w, r->place, "lat");
    field_coordinate(w, r->place, "lon");
    field_real(w, json_number_value(json_object_get(r->o, "confidence")), 3);
    field_text(w, json_is_true(json_object_get(r->o, "background")) ? "true" : "false");
    field(w, json_get_str(json_object_get(r->o, "sentence"), "text"));
    field(w, json_get_str(r->o, "url"));
    field(w, json_get_str(r->o, "version"));
}

/* ---- POLECAT ---- */

static const char *const polecat_columns =
    "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\tActor Country\tActor COW\tPrimary Actor Sector\tActor Sectors\tActor Title\tActor Name Raw\t"
    "Wikipedia Actor ID\tRecipient Name\tRecipient Country\tRecipient COW\tPrimary Recipient Sector\tRecipient Sectors\tRecipient Title\tRecipient Name Raw\tWikipedia Recipient ID\tPlacename\t"
    "City\tDistrict\tProvince\tCountry\tLatitude\tLongitude\tGeoNames ID\tRaw Placename\tFeature Type\tSource\tPublication Date\tStory People\tStory Organizations\tStory Locations\tLanguage\tVersion";

static void polecat_actor(table_maker *m, const json_t *a, line *w) {
    const json_t *sectors = json_object_get(a, "sector");
    field(w, actor_shown(a));
    field(w, json_get_str(a, "country"));
    field(w, STR("")); /* COW: Correlates of War's own codes; we keep ISO */
    const char *first = json_string_value(json_array_get(sectors, 0));
    field_text(w, first ? first : "");
    field_list(w, m, sectors, "", ";");
    field(w, json_get_str(a, "role"));
    field(w, json_get_str(a, "text"));
    field(w, STR(""));
}

static void polecat_row(table_maker *m, const row *r, line *w) {
    static const char *const quads[] = {"", "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"};
    field(w, json_get_str(r->o, "id"));
    field(w, r->date);
    field(w, r->event);
    field(w, r->mode);
    field_real(w, r->intensity, 1);
    field_text(w, quads[r->quad]);
    field_list(w, m, r->contexts, "", ";");
    polecat_actor(m, r->source, w);
    polecat_actor(m, r->target, w);
    field(w, json_get_str(r->place, "name"));
    fields_empty(w, 3);
    field(w, json_get_str(r->place, "country"));
    field_coordinate(w, r->place, "lat");
    field_coordinate(w, r->place, "lon");
    const json_t *geonames = json_object_get(r->place, "geonames");
    if (json_integer_value(geonames) > 0) field_int(w, (long)json_integer_value(geonames));
    else field(w, STR(""));
    field(w, json_get_str(r->place, "text"));
    fields_empty(w, 1);
    field(w, json_get_str(r->o, "outlet"));
    field(w, r->published_day);
    fields_empty(w, 3);
    field(w, STR("en"));
    field(w, json_get_str(r->o, "version"));
}

/* ---- ICEWS ---- */

static const char *const icews_columns = "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\t"
                                         "Sentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude";

/* ICEWS ids are unique only together with the date. */
static long icews_number(str id) { return (long)(str_hash(id, 0x1ce5) % 900000000u) + 100000000; }

static void icews_row(table_maker *m, const row *r, line *w) {
    field_int(w, icews_number(json_get_str(r->o, "id")));
    field(w, r->date);
    field(w, actor_shown(r->source));
    field_list(w, m, json_object_get(r->source, "sector"), "", ",");
    field(w, country_name(m->countries, json_get_str(r->source, "country")));
    field(w, r->mode.len ? arena_format(&m->work, "%.*s %.*s", STR_ARG(r->event), STR_ARG(r->mode)) : r->event);
    field(w, r->code);
    field_real(w, r->intensity, 1);
    field(w, actor_shown(r->target));
    field_list(w, m, json_object_get(r->target, "sector"), "", ",");
    field(w, country_name(m->countries, json_get_str(r->target, "country")));
    field_int(w, icews_number(json_get_str(r->o, "doc")));
    field_int(w, json_get_long(r->o, "sentence_number", 0));
    field(w, json_get_str(r->o, "outlet"));
    field(w, json_get_str(r->place, "name"));
    fields_empty(w, 2);
    field(w, country_name(m->countries, json_get_str(r->place, "country")));
    field_coordinate(w, r->place, "lat");
    field_coordinate(w, r->place, "lon");
}

/* ---- plain CAMEO: date, source, target, code, as TABARI and PETRARCH write them ---- */

static void cameo_row(table_maker *m, const row *r, line *w) {
    (void)m;
    str date = r->date;
    field(w, date);
    field(w, json_get_str(r->source, "code"));
    field(w, json_get_str(r->target, "code"));
    field(w, r->code);
    field(w, json_get_str(r->o, "id"));
    field(w, json_get_str(r->o, "outlet"));
}

/* ---- all ---- */

static const char *const format_names[RAP_FORMATS] = {"jsonl", "csv", "polecat", "icews", "gdelt", "cameo", "gdelt2", "gdelt-mentions", "phoenix"};

const char *rap_format_name(rap_format format) { return (int)format >= 0 && format < RAP_FORMATS ? format_names[format] : NULL; }

bool rap_format_of(const char *name, rap_format *format) {
    for (int i = 0; i < RAP_FORMATS; i++)
        if (strcmp(name, format_names[i]) == 0) return *format = (rap_format)i, true;
    return false;
}

bool table_event_shaped(rap_format f) { return f != RAP_JSONL && f != RAP_CSV; }

bool table_realized(const json_t *o) {
    str value = json_get_str(o, "factuality");
    return str_is(value, "CT+") || str_is(value, "PR+");
}

bool table_belongs(rap_format format, const json_t *o) { return !table_event_shaped(format) || (json_get_str(o, "event").len && table_realized(o)); }

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
    case RAP_GDELT:
    case RAP_GDELT2: gdelt_row(m, &r, &w); break;
    case RAP_GDELT_MENTIONS: gdelt_mention_row(m, &r, &w); break;
    case RAP_PHOENIX: phoenix_row(m, &r, &w); break;
    case RAP_CAMEO: cameo_row(m, &r, &w); break;
    default: json_dumpf(o, out, JSON_COMPACT); break;
    }
    fputs(m->format == RAP_CSV ? "\r\n" : "\n", out);
    m->number++;
    arena_reset(&m->work);
}
