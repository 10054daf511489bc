#include "out/table_fields.h"

str actor_shown(const json_t *a) { return json_get_str(a, "name").len ? json_get_str(a, "name") : json_get_str(a, "text"); }

int quad_of_cameo(str code) {
    if (code.len < 2) return 0;
    int root = (code.ptr[0] - '0') * 10 + code.ptr[1] - '0';
    return root <= 5 ? 1 : root <= 8 ? 2 : root <= 13 ? 3 : 4;
}

void field(line *w, str v) {
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
void field_text(line *w, const char *v) { field(w, str_of(v)); }
void field_int(line *w, long v) {
    char text[32];
    snprintf(text, sizeof text, "%ld", v);
    field_text(w, text);
}
void field_real(line *w, double v, int decimals) {
    char text[48];
    snprintf(text, sizeof text, "%.*f", decimals, v);
    field_text(w, text);
}
void fields_empty(line *w, int n) {
    while (n-- > 0) field(w, STR(""));
}
void field_list(line *w, table_maker *m, const json_t *list, const char *member, const char *between) {
    str all = STR("");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *o = json_array_get(list, i), *inner = json_object_get(o, "speaker");
        str one = json_is_string(o) ? (str){json_string_value(o), (uint32_t)json_string_length(o)}
                  : strcmp(member, "speaker") == 0 ? actor_shown(inner) : json_get_str(o, member);
        all = arena_format(&m->work, "%.*s%s%.*s", STR_ARG(all), i ? between : "", STR_ARG(one));
    }
    field(w, all);
}
void field_coordinate(line *w, const json_t *where, const char *key) {
    const json_t *v = json_object_get(where, key);
    bool known = json_is_number(v) && json_get_str(where, "name").len;
    if (known) field_real(w, json_number_value(v), 4);
    else field(w, STR(""));
}
