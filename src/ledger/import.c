/* Event files of ICEWS, POLECAT and GDELT: every row becomes a document of one outlet with one statement, so that all questions can be asked
 * of it, and `ask agreement` can lay it beside what was coded here. Rows without an event of PLOVER's (CAMEO 01) are kept without one. */
#include "ledger/import.h"

#include <errno.h>
#include <stdlib.h>

#include "base/lexicon.h"
#include "ledger/intake.h"
#include "out/fips.h"

enum { MOST_COLUMNS = 64 };

/* Where each thing stands: the heading, or (GDELT has none) the column's number. */
typedef struct layout {
    const char *name;
    const char *id, *date, *published, *event, *mode, *code, *source, *source_country, *source_sector, *target, *target_country, *target_sector, *place, *place_country, *lat, *lon, *text, *url;
} layout;

static const layout layouts[] = {
    {.name = "ICEWS", .id = "Event ID", .date = "Event Date", .code = "CAMEO Code", .source = "Source Name", .source_country = "Source Country", .source_sector = "Source Sectors",
     .target = "Target Name", .target_country = "Target Country", .target_sector = "Target Sectors", .place = "City", .place_country = "Country", .lat = "Latitude", .lon = "Longitude", .text = "Event Text"},
    {.name = "POLECAT", .id = "Event ID", .date = "Event Date", .published = "Publication Date", .event = "Event Type", .mode = "Event Mode", .source = "Actor Name", .source_country = "Actor Country",
     .source_sector = "Primary Actor Sector", .target = "Recipient Name", .target_country = "Recipient Country", .target_sector = "Primary Recipient Sector", .place = "Placename", .place_country = "Country",
     .lat = "Latitude", .lon = "Longitude"},
    {.name = "GDELT", .id = "0", .date = "1", .code = "26", .source = "6", .source_country = "7", .source_sector = "12", .target = "16", .target_country = "17", .target_sector = "22",
     .place = "50", .place_country = "51", .lat = "53", .lon = "54", .published = "56", .url = "57"},
    {.name = "GDELT", .id = "0", .date = "1", .code = "26", .source = "6", .source_country = "7", .source_sector = "12", .target = "16", .target_country = "17", .target_sector = "22",
     .place = "52", .place_country = "53", .lat = "56", .lon = "57", .published = "59", .url = "60"}, /* 2.0: an ADM2 code in each of the three places */
};
enum { LAYOUTS = sizeof layouts / sizeof *layouts, GDELT_2 = LAYOUTS - 1 };

typedef struct importing {
    ledger *l;
    const layout *as;
    int column[20];
    str fields[MOST_COLUMNS];
    int count;
    arena home, row; /* of the file; of one line */
    table countries; /* folded English name to number in names */
    str *codes;
    size_t code_count, code_capacity;
} importing;

enum { AT_ID, AT_DATE, AT_PUBLISHED, AT_EVENT, AT_MODE, AT_CODE, AT_SOURCE, AT_SOURCE_COUNTRY, AT_SOURCE_SECTOR, AT_TARGET, AT_TARGET_COUNTRY, AT_TARGET_SECTOR, AT_PLACE, AT_PLACE_COUNTRY, AT_LAT, AT_LON, AT_TEXT, AT_URL, AT_COUNT };

static int split(str line, str *fields) {
    int n = 0;
    str field;
    while (line.len && (line.ptr[line.len - 1] == '\n' || line.ptr[line.len - 1] == '\r')) line.len--;
    while (n < MOST_COLUMNS && str_split(&line, '\t', &field)) fields[n++] = field;
    return n;
}

static bool all_digits(str s) {
    for (uint32_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9') return false;
    return s.len > 0;
}

const char *import_layout(str line) {
    str fields[MOST_COLUMNS];
    int n = split(line, fields);
    for (int i = 0; i < n; i++) {
        if (str_is(fields[i], "CAMEO Code")) return "ICEWS";
        if (str_is(fields[i], "Recipient COW") || str_is(fields[i], "Primary Actor Sector")) return "POLECAT";
    }
    return (n == 57 || n == 58 || n == 61) && all_digits(fields[0]) && fields[1].len == 8 && all_digits(fields[1]) ? "GDELT" : NULL;
}

static void find_columns(importing *m, const str *header, int n) {
    const char *const names[AT_COUNT] = {m->as->id, m->as->date, m->as->published, m->as->event, m->as->mode, m->as->code, m->as->source, m->as->source_country, m->as->source_sector,
                                         m->as->target, m->as->target_country, m->as->target_sector, m->as->place, m->as->place_country, m->as->lat, m->as->lon, m->as->text, m->as->url};
    for (int k = 0; k < AT_COUNT; k++) {
        m->column[k] = -1;
        if (names[k] && !header) m->column[k] = atoi(names[k]);
        for (int i = 0; names[k] && header && i < n; i++)
            if (str_is(header[i], names[k])) m->column[k] = i;
    }
}

static str at(const importing *m, int k) { return m->column[k] >= 0 && m->column[k] < m->count ? str_trim(m->fields[m->column[k]]) : STR(""); }

static rap_status load_countries(importing *m, rap_error *e) {
    lexicon *lex;
    lexicon_line line = {0};
    table_init(&m->countries, &m->home, 1024);
    rap_status status = lexicon_open(&lex, m->l->lexicon_folder, e);
    if (status != RAP_OK) return status;
    str text = arena_copy(&m->home, lexicon_file(lex, "countries.tsv"));
    lexicon_close(lex);
    while (lexicon_next(text, &line)) {
        arena_push(&m->home, m->codes, m->code_count, m->code_capacity, line.field[0]);
        for (int i = 4; i <= 7; i += 3) /* names; capitals, which stand for them */
            for (str rest = line.field[i], name; str_split(&rest, ';', &name);)
                if (name.len > 2 && !table_has(&m->countries, fold_name(&m->home, name)))
                    table_set(&m->countries, fold_name(&m->home, name), (uint32_t)m->code_count - 1);
    }
    return RAP_OK;
}

static str country(importing *m, str name) {
    uint32_t i;
    if (name.len == 3 && name.ptr[0] >= 'A' && name.ptr[0] <= 'Z' && name.ptr[1] <= 'Z') return name;
    return table_get(&m->countries, fold_name(&m->row, name), &i) ? m->codes[i] : STR("");
}

/* CAMEO's roots as PLOVER's events (the codebook's own table): 08 is CONCEDE in words, RETREAT in deeds. */
static const char *event_of(str code) {
    static const char *const roots[] = {"", "", "REQUEST", "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "ACCUSE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "MOBILIZE",
                                        "SANCTION", "COERCE", "ASSAULT", "ASSAULT", "ASSAULT"};
    int root = code.len >= 2 ? (code.ptr[0] - '0') * 10 + code.ptr[1] - '0' : 0;
    if (root == 8 && code.len >= 3 && code.ptr[2] >= '4') return "RETREAT";
    return root >= 0 && root <= 20 ? roots[root] : "";
}

static str iso_date(importing *m, str v) {
    if ((v.len == 8 || v.len == 14) && all_digits(v)) return arena_format(&m->row, "%.4s-%.2s-%.2s", v.ptr, v.ptr + 4, v.ptr + 6);
    return v.len > 10 ? str_sub(v, 0, 10) : v;
}

static json_t *text_json(str v) {
    json_t *s = json_stringn(v.ptr ? v.ptr : "", v.len);
    return s ? s : json_string("");
}

static json_t *actor(importing *m, int name, int state, int sectors, const char *text) {
    str code = country(m, at(m, state)), words = at(m, name), rest = at(m, sectors), one;
    if (!words.len && !code.len) return json_null();
    json_t *o = json_object(), *list = json_array();
    json_object_set_new(o, "text", json_string(text));
    json_object_set_new(o, "name", text_json(words.len ? words : code));
    json_object_set_new(o, "country", text_json(code));
    while (str_split(&rest, ',', &one))
        if (str_trim(one).len) json_array_append_new(list, text_json(str_trim(one)));
    json_object_set_new(o, "sector", list);
    json_object_set_new(o, "code", text_json(code));
    json_object_set_new(o, "role", json_string(""));
    str sector = str_trim(at(m, sectors));
    bool state_itself = (!sector.len || str_is(sector, "GOV")) && str_eq(country(m, words), code) && code.len;
    json_object_set_new(o, "id", text_json(state_itself ? code : words)); /* else a named minister would be taken for his state */
    return o;
}

/* GDELT: "Wonsan, Kangwon-do, North Korea", and a FIPS code. */
static str place_name(importing *m) {
    str full = at(m, AT_PLACE), rest = full, first;
    if (strcmp(m->as->name, "GDELT") != 0 || !str_split(&rest, ',', &first)) return full;
    return str_trim(first);
}

static str place_country(importing *m) {
    str code = at(m, AT_PLACE_COUNTRY);
    return strcmp(m->as->name, "GDELT") == 0 ? fips_to_iso(code) : country(m, code);
}

static json_t *statement_record(importing *m, str id, str date, const char *sentence) {
    json_t *o = json_object(), *time = json_object(), *span = json_object();
    str place = place_name(m);
    json_object_set_new(o, "type", json_string("statement"));
    json_object_set_new(o, "id", text_json(id));
    json_object_set_new(o, "block", json_string("body"));
    json_object_set_new(span, "start", json_integer(0));
    json_object_set_new(span, "end", json_integer((json_int_t)strlen(sentence)));
    json_object_set_new(o, "sentence", span);
    const char *event = m->column[AT_EVENT] >= 0 ? NULL : event_of(at(m, AT_CODE));
    json_t *root = event ? (*event ? json_string(event) : json_null()) : text_json(at(m, AT_EVENT));
    json_object_set_new(o, "event", root);
    json_object_set_new(o, "mode", text_json(at(m, AT_MODE)));
    json_object_set_new(o, "context", json_array());
    json_object_set_new(o, "source", actor(m, AT_SOURCE, AT_SOURCE_COUNTRY, AT_SOURCE_SECTOR, ""));
    json_object_set_new(o, "target", actor(m, AT_TARGET, AT_TARGET_COUNTRY, AT_TARGET_SECTOR, ""));
    json_object_set_new(o, "others", json_array());
    json_object_set_new(o, "factuality", json_string("CT+"));
    json_object_set_new(o, "cues", json_array());
    json_object_set_new(o, "attribution", json_array());
    json_object_set_new(time, "value", text_json(date));
    json_object_set_new(time, "timex", json_string("DATE"));
    json_object_set_new(time, "basis", json_string("text"));
    json_object_set_new(o, "time", time);
    json_object_set_new(o, "background", json_false());
    if (place.len) {
        json_t *where = json_object();
        double lat = 0, lon = 0;
        json_object_set_new(where, "name", text_json(place));
        json_object_set_new(where, "country", text_json(place_country(m)));
        str_to_double(at(m, AT_LAT), &lat), str_to_double(at(m, AT_LON), &lon);
        json_object_set_new(where, "lat", json_real(lat));
        json_object_set_new(where, "lon", json_real(lon));
        json_object_set_new(o, "place", where);
    } else json_object_set_new(o, "place", json_null());
    json_object_set_new(o, "links", json_array());
    json_object_set_new(o, "rule", json_string(m->as->name));
    json_object_set_new(o, "confidence", json_real(0.5));
    return o;
}

static json_t *head_record(importing *m, str id, str date, const char *sentence) {
    json_t *o = json_object(), *blocks = json_object();
    str published = at(m, AT_PUBLISHED).len ? iso_date(m, at(m, AT_PUBLISHED)) : date;
    json_object_set_new(o, "type", json_string("document"));
    json_object_set_new(o, "id", text_json(id));
    json_object_set_new(o, "outlet", json_string(m->as->name));
    json_object_set_new(o, "published", text_json(published));
    if (at(m, AT_URL).len) json_object_set_new(o, "url", text_json(at(m, AT_URL)));
    json_object_set_new(o, "language", json_string("en"));
    json_object_set_new(blocks, "body", json_string(sentence));
    json_object_set_new(o, "blocks", blocks);
    json_object_set_new(o, "version", json_string(m->as->name));
    return o;
}

static rap_status one_row(importing *m, rap_added *added, rap_error *e) {
    bool fresh;
    str date = iso_date(m, at(m, AT_DATE)), what = at(m, AT_TEXT).len ? at(m, AT_TEXT) : at(m, AT_EVENT).len ? at(m, AT_EVENT) : at(m, AT_CODE);
    str id = arena_format(&m->row, "%s:%.*s:%.*s", m->as->name, STR_ARG(at(m, AT_ID)), STR_ARG(date));
    str sentence = arena_format(&m->row, "%.*s | %.*s | %.*s", STR_ARG(at(m, AT_SOURCE)), STR_ARG(what), STR_ARG(at(m, AT_TARGET)));
    coded c = {head_record(m, id, date, sentence.ptr), json_array(), json_array()};
    json_array_append_new(c.statements, statement_record(m, id, date, sentence.ptr));
    rap_status status = ledger_store(m->l, &c, true, &fresh, e);
    if (status == RAP_OK) added->documents += fresh, added->statements += fresh, added->held += !fresh;
    json_decref(c.head), json_decref(c.statements), json_decref(c.skips);
    return status;
}

/* The first line says whose file it is; *headed: it holds no event. */
static rap_status tell_layout(importing *m, const char *path, str line, bool *headed, rap_error *e) {
    const char *name = import_layout(line);
    for (size_t i = 0; name && i < GDELT_2; i++)
        if (strcmp(layouts[i].name, name) == 0) m->as = &layouts[i];
    if (m->as && strcmp(m->as->name, "GDELT") == 0 && m->count == 61) m->as = &layouts[GDELT_2];
    if (!m->as) return error_set(e, RAP_UNREADABLE, "%s:1: not the columns of ICEWS, POLECAT or GDELT", path);
    *headed = strcmp(m->as->name, "GDELT") != 0;
    find_columns(m, *headed ? m->fields : NULL, m->count);
    return RAP_OK;
}

static rap_status read_rows(importing *m, FILE *f, const char *path, char **line, rap_added *added, rap_error *e) {
    size_t room = 0;
    ssize_t n;
    rap_status status = load_countries(m, e);
    for (long number = 0; status == RAP_OK; number++) {
        bool headed = false;
        if ((n = getline(line, &room, f)) <= 0) break;
        str text = {*line, (uint32_t)n};
        m->count = split(text, m->fields);
        if (number == 0) status = tell_layout(m, path, text, &headed, e);
        if (status == RAP_OK && !headed && m->count > 2) status = one_row(m, added, e);
        arena_reset(&m->row);
    }
    if (status == RAP_OK && !feof(f)) status = error_set(e, errno == ENOMEM ? RAP_NO_MEMORY : RAP_UNREADABLE, "%s: %s", path, strerror(errno));
    return status;
}

rap_status import_events(ledger *l, const char *path, rap_added *added, rap_error *e) {
    importing m = {.l = l};
    char *line = NULL;
    jmp_buf escape;
    rap_status status;
    FILE *f = fopen(path, "rb");
    if (!f) return error_set(e, errno == ENOMEM ? RAP_NO_MEMORY : RAP_UNREADABLE, "%s: %s", path, strerror(errno));
    arena_init(&m.home), arena_init(&m.row);
    if (setjmp(escape)) status = error_set(e, RAP_NO_MEMORY, "%s: out of memory", path);
    else {
        m.home.escape = m.row.escape = &escape;
        status = read_rows(&m, f, path, &line, added, e);
    }
    free(line);
    fclose(f);
    arena_free(&m.home), arena_free(&m.row);
    return status;
}
