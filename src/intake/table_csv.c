/* Tables with a header: commas, semicolons or tabs; quotes that hold newlines (RFC 4180 and what spreadsheets make of it). */
#include <uchardet.h>
#include <stdio.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "intake/charset.h"
#include "intake/dates.h"
#include "intake/fields.h"
#include "intake/html.h"
#include "intake/reader.h"

enum { MOST_COLUMNS = 256, SAMPLE = 1 << 16 };

typedef struct csv {
    char delimiter, charset[64];
    int columns;
    field field[MOST_COLUMNS];
    bool day_first, quotes_broken;
    size_t line;
} csv;

/* ---- rows ---- */

/* Length of the row at the start of s with its line end. 0: it does not end in s. *open: because a quote is not closed. */
static uint32_t row_length(str s, char delimiter, bool *open) {
    bool quoted = false, fresh = true;
    for (uint32_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (quoted) {
            if (c == '"' && i + 1 < s.len && s.ptr[i + 1] == '"') i++;
            else if (c == '"') quoted = false;
            continue;
        }
        if (c == '"' && fresh) quoted = true;
        if (c == '\n' || (c == '\r' && i + 1 < s.len && s.ptr[i + 1] != '\n')) return i + 1; /* old Macs wrote \r alone */
        fresh = c == delimiter;
    }
    *open = quoted;
    return 0;
}

/* The next field of the row; unquoted into `to` when it has quotes. False behind the last. */
static bool next_field(str row, uint32_t *at, char delimiter, buffer *to, str *out) {
    uint32_t i = *at;
    if (i > row.len) return false;
    if (i < row.len && row.ptr[i] == '"') {
        size_t began = to->len;
        for (i++; i < row.len; i++) {
            if (row.ptr[i] == '"' && i + 1 < row.len && row.ptr[i + 1] == '"') i++;
            else if (row.ptr[i] == '"') break;
            buffer_byte(to, row.ptr[i]);
        }
        while (i < row.len && row.ptr[i] != delimiter) i++;
        *out = (str){to->ptr ? to->ptr + began : "", (uint32_t)(to->len - began)};
    } else {
        uint32_t from = i;
        while (i < row.len && row.ptr[i] != delimiter) i++;
        *out = str_sub(row, from, i);
    }
    *at = i + 1;
    return true;
}

static str without_end(str row) {
    if (row.len && row.ptr[row.len - 1] == '\n') row.len--;
    if (row.len && row.ptr[row.len - 1] == '\r') row.len--;
    return row;
}

static int count_fields(str row, char delimiter) {
    bool quoted = false, fresh = true;
    int n = 1;
    for (uint32_t i = 0; i < row.len; i++) {
        char c = row.ptr[i];
        if (quoted) {
            if (c == '"' && i + 1 < row.len && row.ptr[i + 1] == '"') i++;
            else if (c == '"') quoted = false;
        } else if (c == '"' && fresh) quoted = true;
        else n += c == delimiter;
        fresh = !quoted && c == delimiter;
    }
    return n;
}

/* A header has a column for the text or the title among at least two, each short. */
static bool is_header(str row, char delimiter) {
    uint32_t at = 0;
    str one;
    bool text = false;
    int n = 0;
    buffer room = {.ceiling = 1 << 16};
    while (next_field(row, &at, delimiter, &room, &one) && one.len <= 60 && n < MOST_COLUMNS) {
        field f = field_common(one);
        text |= f == FIELD_TEXT || f == FIELD_TITLE || f == FIELD_HTML;
        n++;
    }
    buffer_free(&room);
    return text && n >= 2 && at > row.len;
}

/* "sep=;", a first line for spreadsheets: its length, 0 where there is none. */
static uint32_t separator_line(str head, char *delimiter) {
    if (head.len < 6 || !str_eq_nocase(str_sub(head, 0, 4), STR("sep=")) || (head.ptr[5] != '\r' && head.ptr[5] != '\n')) return 0;
    *delimiter = head.ptr[4];
    return head.ptr[5] == '\r' && head.len > 6 && head.ptr[6] == '\n' ? 7 : 6;
}

char table_delimiter(str head, bool has_columns) {
    static const char candidates[] = "\t,;|";
    char stated = 0;
    if (separator_line(head, &stated)) return stated;
    bool open = false;
    char best = 0;
    int most = 1;
    for (const char *d = candidates; *d; d++) {
        uint32_t n = row_length(head, *d, &open);
        str row = without_end(n ? str_sub(head, 0, n) : head);
        int fields = count_fields(row, *d);
        if (row.len < 4096 && fields > most && (has_columns || is_header(row, *d))) best = *d, most = fields;
    }
    if (!best && has_columns) return ','; /* a table of one column */
    return best;
}

/* ---- the header ---- */

static void column_names(const csv *c, str row, buffer *out) {
    uint32_t at = 0;
    str one;
    buffer room = {0};
    for (int n = 0; n < 12 && next_field(row, &at, c->delimiter, &room, &one); n++) buffer_format(out, "%s%.*s", n ? ", " : "", STR_ARG(one));
    buffer_free(&room);
}

static int column_of(const csv *c, str row, str name) {
    uint32_t at = 0;
    str one;
    buffer room = {0};
    int found = -1;
    for (int n = 0; found < 0 && n < MOST_COLUMNS && next_field(row, &at, c->delimiter, &room, &one); n++) {
        buffer_clear(&room);
        if (str_eq_nocase(str_trim(one), name)) found = n;
    }
    buffer_free(&room);
    return found;
}

static rap_status named_columns(csv *c, const char *columns, str header, rap_error *e) {
    str rest = str_of(columns), pair, key;
    while (str_split(&rest, ',', &pair)) {
        str_split(&pair, '=', &key);
        field f = field_exact(str_trim(key));
        str name = pair.ptr ? str_trim(pair) : str_trim(key);
        if (f == FIELD_NONE)
            return error_set(e, RAP_USAGE, "--columns: no field \"%.*s\" (id, url, outlet, title, subtitle, byline, section, published, modified, language, text, html)", STR_ARG(key));
        int n = column_of(c, header, name);
        if (n < 0) {
            buffer names = {0};
            column_names(c, header, &names);
            error_set(e, RAP_USAGE, "--columns: no column \"%.*s\" in the header (%.*s)", STR_ARG(name), (int)names.len, names.ptr ? names.ptr : "");
            buffer_free(&names);
            return RAP_USAGE;
        }
        for (int i = 0; i < c->columns; i++)
            if (c->field[i] == f) c->field[i] = FIELD_NONE;
        c->field[n] = f;
    }
    return RAP_OK;
}

/* Of several columns that could be a field the likeliest name wins: "published" over "time". */
static void common_columns(csv *c, str header) {
    uint32_t at = 0;
    str one;
    buffer room = {0};
    for (int n = 0; n < c->columns && next_field(header, &at, c->delimiter, &room, &one); n++) {
        buffer_clear(&room);
        c->field[n] = field_exact(str_trim(one));
    }
    at = 0;
    for (int n = 0; n < c->columns && next_field(header, &at, c->delimiter, &room, &one); n++) {
        buffer_clear(&room);
        field f = field_common(one);
        bool taken = false;
        for (int i = 0; i < c->columns; i++) taken |= c->field[i] == f;
        if (c->field[n] == FIELD_NONE && !taken) c->field[n] = f;
    }
    buffer_free(&room);
}

static bool has_field(const csv *c, field f) {
    for (int i = 0; i < c->columns; i++)
        if (c->field[i] == f) return true;
    return false;
}

/* ---- reading ---- */

static rap_status take_row(reader *me, record *r, rap_error *e) {
    csv *c = me->own;
    size_t seen = 0, limit = c->quotes_broken ? 1 << 20 : RECORD_LIMIT;
    r->number = c->line + 1;
    for (;;) {
        size_t have = stream_fill(me->in, seen + 1);
        bool open = false;
        str view = stream_view(me->in);
        if (have == 0) return me->in->failed || me->in->gap ? stream_status(me->in, e) : RAP_END;
        if (view.len > limit + 1) view.len = (uint32_t)limit + 1;
        uint32_t n = row_length(view, c->delimiter, &open);
        if (n == 0 && have <= seen && !open) n = view.len; /* the last row has no line end */
        if (n) {
            r->bytes = without_end(str_sub(view, 0, n));
            for (uint32_t i = 0; i < n; i++) c->line += view.ptr[i] == '\n';
            stream_skip(me->in, n);
            if (str_trim(r->bytes).len) return RAP_OK;
            r->number = c->line + 1;
            seen = 0;
            continue;
        }
        if (have <= seen || have > limit) break;
        seen = have;
        if (seen < limit / 2) stream_fill(me->in, seen * 2);
    }
    /* Unclosed: only this line is given up. */
    str line;
    c->quotes_broken = true;
    c->line++;
    rap_status s = stream_line(me->in, &line, e);
    if (s != RAP_OK && s != RAP_UNREADABLE) return s;
    return error_set(e, RAP_UNREADABLE, "a quotation mark that opens a field here is never closed");
}

static rap_status ragged(const csv *c, int fields, rap_error *e) {
    return error_set(e, RAP_UNREADABLE, "%d fields where the header has %d: row left out (quote fields that hold the separator)", fields, c->columns);
}

static rap_status make_row(reader *me, const record *r, document *doc, rap_error *e) {
    const csv *c = me->own;
    decoded d = charset_decode(r->bytes, str_of(c->charset), me->room);
    if (d.failed) return error_set(e, RAP_NO_MEMORY, "out of memory");
    str text = {0}, html = {0}, one;
    uint32_t at = 0;
    int n = 0, fields = count_fields(d.text, c->delimiter);
    buffer room = {0};
    if (fields < c->columns) return ragged(c, fields, e);
    /* All at once: the buffer may move while it grows. */
    char *copy = arena_alloc(&doc->home, d.text.len + 1u);
    room = (buffer){.ptr = copy, .capacity = d.text.len + 1u};
    for (; next_field(d.text, &at, c->delimiter, &room, &one); n++) {
        if (n >= c->columns) {
            if (str_trim(one).len) return ragged(c, fields, e);
            continue;
        }
        if (c->field[n] == FIELD_TEXT) text = one;
        else if (c->field[n] == FIELD_HTML) html = one;
        else field_set(doc, me->words, c->field[n], one, c->day_first);
    }
    if (text.len == 0 && html.len) return html_document(doc, me->words, html, r->bytes, d.repaired, e);
    if (text.len == 0 && doc->title.len == 0) return error_set(e, RAP_UNREADABLE, "the row has no text");
    document_finish(doc, me->words, arena_copy(&doc->home, text), r->bytes, d.repaired);
    return RAP_OK;
}

/* 22/11/2017 anywhere in the first rows' date column says that days lead. */
static bool days_lead(const csv *c, const intake_words *words, str sample) {
    buffer room = {0};
    bool open = false, lead = false;
    for (uint32_t n; !lead && (n = row_length(sample, c->delimiter, &open)) > 0; sample = str_sub(sample, n, sample.len)) {
        str row = without_end(str_sub(sample, 0, n)), one;
        uint32_t at = 0;
        for (int i = 0; i < c->columns && next_field(row, &at, c->delimiter, &room, &one); i++) {
            date_hit h;
            buffer_clear(&room);
            if (c->field[i] != FIELD_PUBLISHED || one.len > 40 || !date_find(words, one, 0, false, &h)) continue;
            long first;
            str lead_part = str_sub(one, h.start, h.end < h.start + 2 ? h.end : h.start + 2);
            lead |= str_to_long(lead_part, &first) && first > 12 && first <= 31 && !h.doubtful && h.start + 3 < one.len && strchr("/-", one.ptr[h.start + 2]);
        }
    }
    buffer_free(&room);
    return lead;
}

static void find_charset(csv *c, str sample) {
    if (utf8_valid(sample) + 4 >= sample.len) return;
    uchardet_t u = uchardet_new();
    if (u && uchardet_handle_data(u, sample.ptr, sample.len) == 0) {
        uchardet_data_end(u);
        snprintf(c->charset, sizeof c->charset, "%s", uchardet_get_charset(u));
    }
    if (u) uchardet_delete(u);
}

static void close_csv(reader *me) { memory_free(me->own); }

rap_status reader_table(reader *me, rap_error *e) {
    csv *c = memory_new(sizeof *c);
    record header = {0};
    if (!c) return error_set(e, RAP_NO_MEMORY, "out of memory");
    *c = (csv){0};
    me->own = c;
    me->take = take_row, me->make = make_row, me->close = close_csv, me->unit = "line";
    stream_fill(me->in, SAMPLE);
    if (str_starts(stream_view(me->in), "\xef\xbb\xbf")) stream_skip(me->in, 3);
    find_charset(c, stream_view(me->in));
    c->delimiter = table_delimiter(stream_view(me->in), me->columns != NULL);
    uint32_t stated = separator_line(stream_view(me->in), &c->delimiter);
    if (stated) stream_skip(me->in, stated), c->line++;
    rap_status s = take_row(me, &header, e);
    if (s != RAP_OK) return s == RAP_END ? error_set(e, RAP_UNREADABLE, "no header") : s;
    c->columns = count_fields(header.bytes, c->delimiter);
    if (c->columns > MOST_COLUMNS) return error_set(e, RAP_UNREADABLE, "%d columns; at most %d are read", c->columns, MOST_COLUMNS);
    common_columns(c, header.bytes);
    if (me->columns && (s = named_columns(c, me->columns, header.bytes, e)) != RAP_OK) return s;
    if (!has_field(c, FIELD_TEXT) && !has_field(c, FIELD_HTML) && !has_field(c, FIELD_TITLE)) {
        buffer names = {0};
        column_names(c, header.bytes, &names);
        error_set(e, RAP_UNREADABLE, "no column for the text in the header (%.*s); name it with --columns text=NAME", (int)names.len, names.ptr ? names.ptr : "");
        buffer_free(&names);
        return RAP_UNREADABLE;
    }
    c->day_first = days_lead(c, me->words, stream_view(me->in));
    return RAP_OK;
}
