/* Documents as JSON: one object a line, an array of objects, or objects over several lines. */
#include "base/json.h"
#include "base/memory.h"
#include "intake/charset.h"
#include "intake/fields.h"
#include "intake/html.h"
#include "intake/reader.h"

/* ---- one object ---- */

static str text_of(const json_t *v) {
    return json_is_string(v) ? (str){json_string_value(v), (uint32_t)json_string_length(v)} : STR("");
}

static void set_value(document *doc, const intake_words *words, field f, const json_t *v) {
    if (json_is_array(v)) {
        size_t i;
        json_t *one;
        json_array_foreach(v, i, one) set_value(doc, words, f, one);
    } else if (json_is_object(v)) { /* {"name": "…"} of a writer, an outlet */
        set_value(doc, words, f, json_object_get(v, "name"));
    } else if (json_is_string(v)) {
        field_set(doc, words, f, text_of(v), false);
    } else if (json_is_number(v)) {
        field_set(doc, words, f, arena_format(&doc->home, "%.17g", json_number_value(v)), false);
    }
}

/* The CONTRACT's names first; then, for members nobody set, the common ones. */
static void set_members(document *doc, const intake_words *words, json_t *o, str *text, str *html) {
    bool set[FIELD_COUNT] = {false};
    for (int exact = 1; exact >= 0; exact--) {
        const char *key;
        json_t *v;
        json_object_foreach(o, key, v) {
            field f = exact ? field_exact(str_of(key)) : field_common(str_of(key));
            if (f == FIELD_NONE || json_is_null(v) || (!exact && (set[f] || field_exact(str_of(key)) != FIELD_NONE))) continue;
            set[f] = true;
            if (f == FIELD_TEXT && json_is_string(v)) *text = text_of(v);
            else if (f == FIELD_HTML && json_is_string(v)) *html = text_of(v);
            else if (f != FIELD_TEXT && f != FIELD_HTML) set_value(doc, words, f, v);
        }
    }
}

static rap_status check_type(json_t *o, rap_error *e) {
    json_t *type = json_object_get(o, "type");
    if (!json_is_string(type) || strcmp(json_string_value(type), "document") == 0 || strcmp(json_string_value(type), "article") == 0) return RAP_OK;
    static const char *const ours[] = {"statement", "skipped", "annotation"};
    for (size_t i = 0; i < 3; i++)
        if (strcmp(json_string_value(type), ours[i]) == 0)
            return error_set(e, RAP_UNREADABLE, "a \"%s\" record where a document was expected", ours[i]);
    return RAP_OK;
}

static rap_status fill(document *doc, const intake_words *words, json_t *o, str raw, bool repaired, rap_error *e) {
    str text = {0}, html = {0};
    rap_status status = check_type(o, e);
    if (status != RAP_OK) return status;
    set_members(doc, words, o, &text, &html);
    if (!text.ptr && !html.ptr) return error_set(e, RAP_UNREADABLE, "neither \"text\" nor \"html\" in the document");
    if (!text.ptr) return html_document(doc, words, html, raw, repaired, e);
    document_finish(doc, words, arena_copy(&doc->home, text), raw, repaired);
    return RAP_OK;
}

/* ---- what is nearly JSON ---- */

static bool surrogate(str s, uint32_t at, char low, char high) { /* \uD8.. to \uDB.., \uDC.. to \uDF.. */
    return at + 6 <= s.len && s.ptr[at] == '\\' && s.ptr[at + 1] == 'u' && (s.ptr[at + 2] | 32) == 'd' && (s.ptr[at + 3] | 32) >= low && (s.ptr[at + 3] | 32) <= high;
}

/* One escape inside a string, at its backslash: what stands for it where JSON refuses it. Its length. */
static uint32_t mend_escape(str s, uint32_t i, buffer *out) {
    bool first = surrogate(s, i, '8', '9') || surrogate(s, i, 'a', 'b'), second = surrogate(s, i, 'c', 'f');
    if (first && surrogate(s, i + 6, 'c', 'f')) return buffer_add(out, s.ptr + i, 12), 12;
    if (first || second) return buffer_text(out, "\\ufffd"), 6;
    if (i + 1 < s.len && s.ptr[i + 1] == '\'') return buffer_byte(out, '\''), 2;
    uint32_t n = i + 1 < s.len ? 2 : 1;
    return buffer_add(out, s.ptr + i, n), n;
}

/* Halves of surrogate pairs, control characters in strings, \', and the NaN and Infinity that Python writes: the object with them put right. */
static void mend(str s, buffer *out) {
    static const char *const figures[] = {"-Infinity", "Infinity", "NaN"};
    bool quoted = false;
    for (uint32_t i = 0; i < s.len && !out->failed;) {
        char c = s.ptr[i];
        if (quoted && c == '\\') {
            i += mend_escape(s, i, out);
            continue;
        }
        size_t k = 0;
        while (!quoted && k < 3 && !str_starts(str_sub(s, i, s.len), figures[k])) k++;
        if (!quoted && k < 3) {
            buffer_text(out, "null");
            i += (uint32_t)strlen(figures[k]);
            continue;
        }
        if (c == '"') quoted = !quoted;
        buffer_byte(out, quoted && (unsigned char)c < 0x20 ? ' ' : c);
        i++;
    }
}

static json_t *load(str bytes, json_error_t *why) {
    json_t *o = json_read(bytes.ptr, bytes.len, JSON_ALLOW_NUL, why);
    json_error_t again;
    buffer better = {.ceiling = (size_t)RECORD_LIMIT * 2};
    if (o || memory_short()) return o;
    mend(bytes, &better);
    if (!better.failed) o = json_read(better.ptr, better.len, JSON_ALLOW_NUL, &again);
    buffer_free(&better);
    return o;
}

rap_status json_document(document *doc, const intake_words *words, str bytes, str raw, bool repaired, rap_error *e) {
    json_error_t why;
    jmp_buf escape, *outer = doc->home.escape;
    json_t *o = load(bytes, &why);
    if (!json_is_object(o)) {
        bool object = o != NULL;
        json_decref(o);
        if (memory_ran_short()) return error_set(e, RAP_NO_MEMORY, "out of memory while reading one document");
        if (object) return error_set(e, RAP_UNREADABLE, "JSON, but not an object like {\"text\": \"…\"}");
        return error_set(e, RAP_UNREADABLE, "not JSON: %s at byte %d", why.text, why.position);
    }
    if (setjmp(escape)) { /* the object is not the arena's: free it on the way out */
        json_decref(o);
        doc->home.escape = outer;
        if (outer) longjmp(*outer, 1);
        return error_set(e, RAP_NO_MEMORY, "out of memory while reading one document");
    }
    doc->home.escape = &escape;
    rap_status status = fill(doc, words, o, raw, repaired, e);
    doc->home.escape = outer;
    json_decref(o);
    return status;
}

rap_status rap_document_from_json(rap_document *doc, const char *json, size_t length, rap_error *e) {
    document_clear(doc);
    const intake_words *words = intake_words_get();
    buffer room = {.ceiling = (size_t)RECORD_LIMIT * 4};
    if (!words) return error_set(e, RAP_NO_MEMORY, "out of memory");
    if (length > (size_t)RECORD_LIMIT) return error_set(e, RAP_UNREADABLE, "a document of more than %d MB", RECORD_LIMIT >> 20);
    str raw = {json, (uint32_t)length};
    decoded d = charset_decode(raw, STR(""), &room);
    rap_status status = d.failed ? error_set(e, RAP_NO_MEMORY, "out of memory") : json_document(doc, words, d.text, raw, d.repaired, e);
    buffer_free(&room);
    if (memory_ran_short()) {
        document_clear(doc);
        return error_set(e, RAP_NO_MEMORY, "out of memory while reading one document"); /* some part of it is missing */
    }
    return status;
}

/* ---- a stream of them ---- */

typedef struct json_state { bool lines; size_t line; } json_state;

/* The length of the object that starts at s.ptr[0] == '{'; 0 when it does not end in s. */
static uint32_t object_length(str s) {
    int depth = 0;
    bool quoted = false;
    for (uint32_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (quoted) {
            if (c == '\\') i++;
            else if (c == '"') quoted = false;
        } else if (c == '"') quoted = true;
        else if (c == '{' || c == '[') depth++;
        else if ((c == '}' || c == ']') && --depth == 0) return i + 1;
    }
    return 0;
}

static rap_status take_line(reader *me, record *r, rap_error *e) {
    json_state *j = me->own;
    for (;;) {
        r->number = ++j->line;
        rap_status s = stream_line(me->in, &r->bytes, e);
        if (s != RAP_OK || str_trim(r->bytes).len) return s;
    }
}

static void skip_between(reader *me, size_t *lines) {
    while (stream_fill(me->in, 1)) {
        char c = stream_view(me->in).ptr[0];
        if (c == '{') return;
        *lines += c == '\n';
        stream_skip(me->in, 1);
    }
}

static rap_status take_object(reader *me, record *r, rap_error *e) {
    json_state *j = me->own;
    skip_between(me, &j->line);
    r->number = j->line + 1;
    size_t have = stream_fill(me->in, 1), seen = 0;
    if (have == 0) return me->in->failed || me->in->gap ? stream_status(me->in, e) : RAP_END;
    while (have > seen) {
        uint32_t n = object_length(stream_view(me->in));
        if (n) {
            r->bytes = str_sub(stream_view(me->in), 0, n);
            for (uint32_t i = 0; i < n; i++) j->line += r->bytes.ptr[i] == '\n';
            stream_skip(me->in, n);
            return RAP_OK;
        }
        if (have > RECORD_LIMIT) break;
        seen = have;
        have = stream_fill(me->in, have * 2);
    }
    stream_skip(me->in, have);
    me->done = true;
    return error_set(e, RAP_UNREADABLE, have > RECORD_LIMIT ? "an object of more than 32 MB" : "an object that begins here is not closed");
}

static rap_status take_json(reader *me, record *r, rap_error *e) {
    if (me->done) return RAP_END;
    return ((json_state *)me->own)->lines ? take_line(me, r, e) : take_object(me, r, e);
}

static rap_status make_json(reader *me, const record *r, document *doc, rap_error *e) {
    decoded d = charset_decode(r->bytes, r->charset, me->room);
    if (d.failed) return error_set(e, RAP_NO_MEMORY, "out of memory");
    return json_document(doc, me->words, d.text, r->bytes, d.repaired, e);
}

/* ---- a list of documents inside an object ---- */

/* {"status": "ok", "articles": [{…}, …]}, as news services answer: where the list begins, 0 where the object is a document itself. Also one level further
 * down ({"response": {"results": [{…}]}}). */
static uint32_t list_inside(str s) {
    static const char lists[] = "articles results items documents docs data hits records stories posts news entries", holders[] = "response data result hits feed";
    uint32_t i = 0;
    for (int level = 0; level < 2; level++) {
        str key = STR("");
        int depth = 0;
        bool down = false;
        for (; i < s.len && !down; i++) {
            char c = s.ptr[i];
            if (c == '"') {
                uint32_t from = ++i;
                while (i < s.len && s.ptr[i] != '"') i += s.ptr[i] == '\\' ? 2 : 1;
                uint32_t colon = i + 1;
                while (colon < s.len && strchr(" \t\r\n", s.ptr[colon])) colon++;
                if (depth == 1 && colon < s.len && s.ptr[colon] == ':') key = str_sub(s, from, i);
                else if (depth == 1 && (field_common(key) == FIELD_TEXT || field_common(key) == FIELD_HTML)) return 0;
            } else if (c == '[' && depth == 1 && str_in(key, lists)) {
                str behind = str_trim(str_sub(s, i + 1, s.len));
                if (behind.len && behind.ptr[0] == '{') return i;
                depth++;
            } else if (c == '{' && depth == 1 && str_in(key, holders)) down = true, i--;
            else if (c == '{' || c == '[') depth++;
            else if ((c == '}' || c == ']') && --depth <= 0) return 0;
        }
    }
    return 0;
}

static void close_json(reader *me) { memory_free(me->own); }

/* One object a line, unless it opens with an array or its first line does not end what it begins. */
rap_status reader_json(reader *me, rap_error *e) {
    json_state *j = memory_new(sizeof *j);
    if (!j) return error_set(e, RAP_NO_MEMORY, "out of memory");
    size_t have = stream_fill(me->in, 4096);
    while (!me->in->ended && have < RECORD_LIMIT && !memchr(me->in->window + me->in->start, '\n', have)) have = stream_fill(me->in, have + 1);
    str head = stream_view(me->in), line;
    uint32_t from = 0;
    while (from < head.len && strchr(" \t\r\n\xef\xbb\xbf", head.ptr[from])) from++;
    head = str_sub(head, from, head.len);
    str rest = head;
    str_split(&rest, '\n', &line);
    line = str_trim(line);
    *j = (json_state){.lines = line.len > 2 && line.ptr[0] == '{'};
    if (j->lines && line.ptr[line.len - 1] != '}' && (line.ptr[line.len - 1] == ',' || line.ptr[line.len - 1] == '{')) j->lines = false;
    bool alone = me->in->ended && str_trim(rest.ptr ? rest : STR("")).len == 0;
    uint32_t list = head.len && head.ptr[0] == '{' && (alone || !j->lines) ? list_inside(head) : 0;
    if (list) stream_skip(me->in, from + list), j->lines = false;
    me->own = j;
    me->take = take_json, me->make = make_json, me->close = close_json, me->unit = "line";
    return RAP_OK;
}
