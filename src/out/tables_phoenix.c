/* Phoenix, 26 columns: tab-separated, without a header. */
#include "out/table_fields.h"

static void actor_fields(table_maker *m, const json_t *a, line *w) {
    const json_t *sectors = json_object_get(a, "sector");
    str others = STR("");
    field(w, json_get_str(a, "code"));
    field(w, json_get_str(a, "country"));
    const char *agent = json_string_value(json_array_get(sectors, 0));
    field_text(w, agent ? agent : "");
    for (size_t i = 1; i < json_array_size(sectors); i++)
        others = arena_format(&m->work, "%.*s%s%s", STR_ARG(others), i > 1 ? ";" : "", json_string_value(json_array_get(sectors, i)));
    field(w, others);
}

/* A list that the ledger gathered over all reports of the event, else the record's own. */
static void gathered(table_maker *m, const row *r, const char *list, const char *own, line *w) {
    const json_t *all = json_object_get(r->o, list);
    if (json_array_size(all)) field_list(w, m, all, "", ";");
    else field(w, json_get_str(r->o, own));
}

void phoenix_row(table_maker *m, const row *r, line *w) {
    bool dated = r->date.len == 10;
    str year = dated ? str_sub(r->date, 0, 4) : STR(""), month = dated ? str_sub(r->date, 5, 7) : STR(""), date = dated ? str_sub(r->date, 8, 10) : STR("");
    field(w, json_get_str(r->o, "id"));
    field(w, dated ? arena_format(&m->work, "%.4s%.2s%.2s", year.ptr, month.ptr, date.ptr) : STR(""));
    field(w, year);
    field(w, month);
    field(w, date);
    actor_fields(m, r->source, w);
    actor_fields(m, r->target, w);
    field(w, r->code);
    field(w, r->code.len >= 2 ? str_sub(r->code, 0, 2) : r->code);
    field_int(w, quad_of_cameo(r->code));
    field_real(w, r->intensity, 1);
    field_list(w, m, r->contexts, "", ";");
    field_coordinate(w, r->place, "lat");
    field_coordinate(w, r->place, "lon");
    field(w, json_get_long(r->place, "geonames", 0) > 0 ? json_get_str(r->place, "name") : STR(""));
    field(w, STR("")); /* stateName: no districts here */
    field(w, json_get_str(r->place, "country"));
    gathered(m, r, "all_ids", "id", w);
    gathered(m, r, "all_urls", "url", w);
    gathered(m, r, "all_outlets", "outlet", w);
}
