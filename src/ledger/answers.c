#include "ledger/answers.h"

#include <math.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "base/timex_days.h"

void row_str(json_t *o, const char *key, str v) {
    json_t *s = json_stringn(v.ptr ? v.ptr : "", v.len);
    json_object_set_new(o, key, s ? s : json_string(""));
}
void row_int(json_t *o, const char *key, long value) { json_object_set_new(o, key, json_integer(value)); }
void row_null(json_t *o, const char *key) { json_object_set_new(o, key, json_null()); }

void row_real(json_t *o, const char *key, double value, int decimals) {
    double scale = pow(10, decimals);
    if (!isfinite(value)) row_null(o, key);
    else json_object_set_new(o, key, json_real(round(value * scale) / scale));
}

json_t *evidence(ledger *l, int64_t statement) {
    json_t *o = json_object();
    sqlite3_stmt *s = db_query(l,
        "SELECT st.id, d.id, d.outlet, COALESCE(d.published, ''), st.factuality, COALESCE(CAST(substr(CAST(b.text AS BLOB), se.start + 1, se.\"end\" - se.start) AS TEXT), '')"
        " FROM statement st JOIN document d ON d.key = st.document LEFT JOIN sentence se ON se.key = st.sentence"
        " LEFT JOIN block b ON b.document = se.document AND b.ordinal = se.block WHERE st.key = ?", "l", statement);
    if (db_step(l, s)) {
        static const char *const names[] = {"statement", "doc", "outlet", "published", "factuality", "sentence"};
        for (int i = 0; i < 6; i++) row_str(o, names[i], db_str(s, i));
    }
    sqlite3_reset(s);
    return o;
}

/* ---- where rows go ---- */

void rows_add(answer_rows *rows, json_t *o) {
    rows->count++;
    if (!rows->out) json_array_append_new(rows->list, o);
    else {
        json_dumpf(o, rows->out, ROW_TEXT);
        fputc('\n', rows->out);
        json_decref(o);
    }
}

void rows_add_text(answer_rows *rows, str json) {
    rows->count++;
    if (!rows->out) json_array_append_new(rows->list, json_read(json.ptr, json.len, 0, NULL));
    else fwrite(json.ptr, 1, json.len, rows->out), fputc('\n', rows->out);
}

/* ---- kept answers ---- */

answer_set *answers_open(ledger *l, arena *home, const char *question) {
    answer_set *set = arena_new(home, answer_set);
    *set = (answer_set){.l = l, .home = home, .question = question};
    int64_t n = db_number(l, "SELECT count(*) FROM answer WHERE question = ?", "z", question);
    set->key = arena_array(home, int64_t, n + 1), set->content = arena_array(home, int64_t, n + 1), set->seen = arena_array(home, bool, n + 1);
    table_init(&set->at, home, (uint32_t)n + 16);
    sqlite3_stmt *s = db_query(l, "SELECT place, content, key FROM answer WHERE question = ? ORDER BY place", "z", question); /* from the index alone */
    while (db_step(l, s) && (int64_t)set->count < n) {
        set->content[set->count] = sqlite3_column_int64(s, 1);
        set->key[set->count] = sqlite3_column_int64(s, 2);
        table_set(&set->at, arena_copy(home, db_str(s, 0)), (uint32_t)set->count++);
    }
    if (s) sqlite3_reset(s);
    return set;
}

bool answers_kept(answer_set *set, str place, int64_t content) {
    uint32_t i;
    if (!table_get(&set->at, place, &i) || set->content[i] != content) return false;
    return set->seen[i] = true;
}

void answers_put(answer_set *set, const kept_row *row, json_t *o) {
    ledger *l = set->l;
    uint32_t i;
    char *text = json_dumps(o, ROW_TEXT);
    if (table_get(&set->at, row->place, &i)) {
        set->seen[i] = true;
        db_run(l, "DELETE FROM answer WHERE key = ?", "l", set->key[i]);
    }
    db_run(l, "INSERT INTO answer (question, place, content, day, known, who, outlet, row) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", "zslDDssz", set->question, row->place, row->content,
           row->when, row->known, row->who, row->outlet, text ? text : "{}");
    free(text);
    json_decref(o);
}

void answers_close(answer_set *set) {
    for (size_t i = 0; i < set->count; i++)
        if (!set->seen[i]) db_run(set->l, "DELETE FROM answer WHERE key = ?", "l", set->key[i]);
}

str answer_who(arena *a, const str *names, size_t n) {
    buffer b = {0};
    for (size_t i = 0; i < n; i++) {
        str name = names[i];
        bool code = name.len == 3;
        for (uint32_t k = 0; k < name.len && code; k++) code = name.ptr[k] >= 'A' && name.ptr[k] <= 'Z';
        if (!name.len) continue;
        if (b.len) buffer_byte(&b, '|');
        buffer_str(&b, code ? name : fold_name(a, name));
    }
    str who = arena_copy(a, buffer_view(&b));
    buffer_free(&b);
    return who;
}

str place_day(arena *a, day d) { return d == DAY_NONE ? STR("0") : arena_format(a, "1%08x", (unsigned)d + 0x80000000u); }

int64_t content_of(const buffer *b) { return (int64_t)str_hash(buffer_view(b), 0xc0a7); }
void content_int(buffer *b, int64_t v) { buffer_add(b, &v, sizeof v); }
void content_str(buffer *b, str v) { content_int(b, v.len), buffer_str(b, v); }

static bool passes(ledger *l, const filters *f, sqlite3_stmt *s) {
    day when = db_day(s, 0), known = db_day(s, 1);
    if (f->since != DAY_NONE && (known != DAY_NONE ? known : when) < f->since) return false;
    if (!filters_pass_day(f, when, when)) return false;
    if (f->outlet.len && !filters_pass_outlet(l, f, db_str(s, 3))) return false;
    const typed_name *wanted[] = {&f->name_who, &f->name_whom, &f->name_country};
    for (int i = 0; i < 3; i++) {
        bool any = !wanted[i]->typed.len;
        str part;
        for (str rest = db_str(s, 2); !any && str_split(&rest, '|', &part);) any = named_matches(wanted[i], part);
        if (!any) return false;
    }
    return true;
}

void answers_read(ledger *l, const char *question, const filters *f, long limit, answer_rows *rows) {
    long taken = 0;
    sqlite3_stmt *s = db_query(l, "SELECT day, known, who, outlet, row FROM answer WHERE question = ? ORDER BY place", "z", question);
    while ((limit <= 0 || taken < limit) && db_step(l, s))
        if (passes(l, f, s)) rows_add_text(rows, db_str(s, 4)), taken++;
    if (s) sqlite3_reset(s);
}

/* ---- tables for people ---- */

static void cell_value(buffer *b, const json_t *v) {
    if (json_is_string(v)) buffer_add(b, json_string_value(v), json_string_length(v));
    else if (json_is_integer(v)) buffer_format(b, "%lld", (long long)json_integer_value(v));
    else if (json_is_real(v)) buffer_format(b, "%.4g", json_real_value(v));
    else if (json_is_boolean(v)) buffer_text(b, json_is_true(v) ? "yes" : "");
    else if (json_is_array(v))
        for (size_t i = 0; i < json_array_size(v); i++) {
            if (i) buffer_text(b, ", ");
            cell_value(b, json_array_get(v, i));
        }
    else if (json_is_object(v)) {
        const char *key;
        json_t *member;
        bool first = true;
        json_object_foreach((json_t *)v, key, member) {
            if (json_is_integer(member) && json_integer_value(member) == 0) continue;
            buffer_format(b, "%s%s ", first ? "" : ", ", key);
            cell_value(b, member);
            first = false;
        }
    }
}

/* Items of a list, each once; of sentences the first two (`ask why ID` opens all). */
static void cell_list(buffer *b, const json_t *list, const char *rest) {
    size_t start = b->len, n = json_array_size(list), most = strcmp(rest, "sentence") == 0 && n > 2 ? 2 : n;
    for (size_t i = 0; i < most; i++) {
        char *one = row_cell(json_array_get(list, i), rest);
        buffer_byte(b, '\0');
        b->len--;
        if (one && *one && !(b->ptr && strstr(b->ptr + start, one))) buffer_format(b, "%s%s", b->len > start ? ", " : "", one);
        free(one);
    }
    if (most < n) buffer_format(b, " (and %zu more)", n - most);
}

char *row_cell(const json_t *row, const char *path) {
    buffer b = {0};
    char name[64];
    const json_t *at = row;
    while (*path && at) {
        size_t n = strcspn(path, ".[");
        snprintf(name, sizeof name, "%.*s", (int)n, path);
        if (n) at = json_object_get(at, name);
        path += n;
        if (path[0] == '[') {
            path += 2;
            if (*path == '.') path++;
            cell_list(&b, at, path);
            at = NULL;
            break;
        }
        if (*path == '.') path++;
    }
    if (at) cell_value(&b, at);
    buffer_byte(&b, '\0');
    char *text = memory_new(b.len + 1);
    if (text) strcpy(text, b.ptr ? b.ptr : "");
    buffer_free(&b);
    for (char *c = text; c && *c; c++)
        if (*c == '\n' || *c == '\t') *c = ' ';
    return text;
}

/* Columns on screen, near enough: code points, wide ones (CJK, Hangul) two. */
static size_t screen_width(const char *text, size_t most, size_t *bytes) {
    str s = str_of(text);
    size_t width = 0;
    uint32_t i = 0, n;
    while (i < s.len) {
        uint32_t c = utf8_at(s, i, &n);
        size_t w = (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xffdc && !(c >= 0xd7b0 && c <= 0xf8ff)) ? 2 : 1;
        if (width + w > most) break;
        width += w;
        i += n;
    }
    *bytes = i;
    return width;
}

enum { MOST_COLUMNS = 16, WIDEST = 34 };

static void write_cell(FILE *out, const char *text, size_t width, bool last) {
    size_t bytes, used = screen_width(text, last ? SIZE_MAX : width, &bytes);
    bool cut = text[bytes] != '\0';
    if (cut) used = screen_width(text, width - 1, &bytes);
    fwrite(text, 1, bytes, out);
    if (cut) fputs("…", out), used++;
    if (last) fputc('\n', out);
    else fprintf(out, "%*s  ", (int)(width - used), "");
}

void table_write(const json_t *rows, const char *columns, FILE *out) {
    char spec[512], *paths[MOST_COLUMNS], *heads[MOST_COLUMNS], *save = NULL;
    size_t width[MOST_COLUMNS] = {0}, bytes, n = 0, count = json_array_size(rows);
    snprintf(spec, sizeof spec, "%s", columns);
    for (char *c = strtok_r(spec, ",", &save); c && n < MOST_COLUMNS; c = strtok_r(NULL, ",", &save), n++) {
        char *eq = strchr(c, '=');
        if (eq) *eq = '\0';
        heads[n] = c, paths[n] = eq ? eq + 1 : c;
        width[n] = strlen(c);
    }
    char **cells = memory_new((count * n + 1) * sizeof *cells);
    if (!cells) return;
    for (size_t r = 0; r < count; r++)
        for (size_t c = 0; c < n; c++) {
            cells[r * n + c] = row_cell(json_array_get(rows, r), paths[c]);
            size_t w = screen_width(cells[r * n + c], WIDEST, &bytes);
            if (w > width[c]) width[c] = w;
        }
    for (size_t c = 0; c < n; c++) write_cell(out, heads[c], width[c], c + 1 == n);
    for (size_t r = 0; r < count; r++)
        for (size_t c = 0; c < n; c++) write_cell(out, cells[r * n + c], width[c], c + 1 == n);
    for (size_t i = 0; i < count * n; i++) free(cells[i]);
    free(cells);
}
