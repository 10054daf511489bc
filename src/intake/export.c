/* Text exports of Nexis Uni, LexisNexis, Factiva and ProQuest.
 *
 *   Nexis Uni      title / outlet / date / Copyright … / Length: … words / Byline: … / Body / text / Load-Date: … / End of Document
 *   LexisNexis     3 of 500 DOCUMENTS / outlet / date / title / BYLINE: … / LENGTH: … / text / LOAD-DATE: …
 *   Factiva        title / By … / 512 words / date / time / outlet / code / language / Copyright … / text / Document REUT000020190102ef12…
 *   Factiva, coded SE section / HD title / BY By … / WC 512 words / PD date / SN outlet / LP text / TD text / CO … / AN Document REUT…
 *   ProQuest       ____ / title / Author: … / Publication info: outlet ; place. date: page / Full text: text / Title: … / Publication title: … / Publication date: … / ____
 *
 * The layouts are those that the vendors' download pages have produced for years; an article whose date or body is not where they put it comes out
 * with what was found. */
#include "intake/export.h"

#include "base/memory.h"
#include "intake/charset.h"
#include "intake/dates.h"
#include "intake/fields.h"
#include "intake/furniture.h"
#include "intake/reader.h"

typedef struct export_state {
    export_kind kind;
    buffer article;
    size_t number;
    bool begun;
} export_state;

/* ---- where articles end ---- */

static bool of_documents(str line) { /* "3 of 500 DOCUMENTS" */
    uint32_t i = 0;
    while (i < line.len && line.ptr[i] >= '0' && line.ptr[i] <= '9') i++;
    return i > 0 && str_starts(str_sub(line, i, line.len), " of ") && str_ends(line, " DOCUMENTS");
}

static bool factiva_number(str line) { /* "Document REUT000020190102ef1200abc", behind "AN" where there are codes */
    if (str_starts(line, "AN ") || str_starts(line, "AN\t")) line = str_trim(str_sub(line, 3, line.len));
    if (!str_starts(line, "Document ") || line.len < 26 || line.len > 60) return false;
    int digits = 0;
    for (uint32_t i = 9; i < line.len; i++) {
        if (line.ptr[i] == ' ') return false;
        digits += line.ptr[i] >= '0' && line.ptr[i] <= '9';
    }
    return digits >= 8;
}

static bool rule(str line) {
    for (uint32_t i = 0; i < line.len; i++)
        if (line.ptr[i] != '_') return false;
    return line.len >= 30;
}

static bool ends_article(export_kind k, str line) {
    switch (k) {
    case EXPORT_NEXIS_UNI: return str_is(line, "End of Document");
    case EXPORT_NEXIS: return of_documents(line);
    case EXPORT_FACTIVA: return factiva_number(line);
    case EXPORT_PROQUEST: return rule(line);
    default: return false;
    }
}

export_kind export_layout(str head) {
    str rest = head, line;
    bool proquest = false, factiva = false;
    while (str_split(&rest, '\n', &line)) {
        line = str_trim(line);
        if (str_is(line, "End of Document")) return EXPORT_NEXIS_UNI;
        if (of_documents(line)) return EXPORT_NEXIS;
        if (factiva_number(line)) factiva = true;
        if (str_starts(line, "ProQuest document ID:") || str_starts(line, "Publication title:")) proquest = true;
        if (rule(line) && proquest) return EXPORT_PROQUEST;
    }
    return factiva ? EXPORT_FACTIVA : EXPORT_NONE;
}

/* ---- records ---- */

static bool has_words(str s) { return line_words(s) >= 5; }

static rap_status take_article(reader *me, record *r, rap_error *e) {
    export_state *x = me->own;
    str line;
    buffer_clear(&x->article);
    r->number = x->number + 1;
    for (;;) {
        rap_status s = stream_line(me->in, &line, e);
        if (s == RAP_END) {
            me->done = true;
            break;
        }
        if (s != RAP_OK) return s;
        if (ends_article(x->kind, str_trim(line))) {
            if (has_words(buffer_view(&x->article))) break;
            buffer_clear(&x->article);
            continue;
        }
        buffer_str(&x->article, line);
        buffer_byte(&x->article, '\n');
    }
    if (x->article.failed) return error_set(e, RAP_UNREADABLE, "an article of more than %d MB", RECORD_LIMIT >> 20);
    if (!has_words(buffer_view(&x->article))) return RAP_END;
    r->bytes = buffer_view(&x->article);
    x->number++;
    return RAP_OK;
}

/* ---- fields ---- */

typedef struct lines { str *line; size_t count, capacity; } lines;

static bool label_is(str line, const char *label, str *value) {
    size_t n = strlen(label);
    if (line.len < n || !str_is_nocase(str_sub(line, 0, (uint32_t)n), label)) return false;
    *value = str_trim(str_sub(line, (uint32_t)n, line.len));
    return true;
}

static field labelled(str line, str *value) {
    static const struct { const char *label; field field; } labels[] = {
        {"Byline:", FIELD_BYLINE}, {"Author:", FIELD_BYLINE}, {"Section:", FIELD_SECTION}, {"Title:", FIELD_TITLE}, {"Headline:", FIELD_TITLE},
        {"Publication title:", FIELD_OUTLET}, {"Publication date:", FIELD_PUBLISHED}, {"Document URL:", FIELD_URL},
        {"URL:", FIELD_URL}, {"Full text:", FIELD_TEXT}, {"Body", FIELD_TEXT}, {"Language of publication:", FIELD_LANGUAGE}, {"Language:", FIELD_LANGUAGE}};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (label_is(line, labels[i].label, value) && (str_ends(str_of(labels[i].label), ":") || value->len == 0)) return labels[i].field;
    return FIELD_NONE;
}

/* Labels of the tail and of the head that say nothing of the event. */
static bool other_label(str line) {
    static const char *const labels[] = {"Length:", "Load-Date:", "Copyright", "Classification", "Language:", "Publication-Type:", "Journal Code:", "Subject:", "Graphic",
                                         "ProQuest document ID:", "Document type:", "ISSN:", "Place of publication:", "Publisher:", "Country of publication:",
                                         "Database:", "Last updated:", "Links:", "Abstract:", "Dateline:", "Highlight:", "Notes", "Correction", "First page:", "Pages:", "Volume:", "Issue:",
                                         "Location:", "People:", "Company / organization:", "Publication year:", "Publication info:", "Credit:"};
    str value;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (label_is(line, labels[i], &value) && (str_ends(str_of(labels[i]), ":") || value.len == 0 || str_is(str_of(labels[i]), "Copyright"))) return true;
    return false;
}

/* "HD   Envoy leaves", "LP": a code of capitals at the start of the line, wide apart from what is said. '.' for a code of no field, '|' for one behind the text. */
static char factiva_code(str line, field *f, str *value) {
    static const struct { const char *code; field field; char kind; } codes[] = {
        {"SE", FIELD_SECTION, 'f'}, {"HD", FIELD_TITLE, 'f'}, {"BY", FIELD_BYLINE, 'f'}, {"PD", FIELD_PUBLISHED, 'f'}, {"SN", FIELD_OUTLET, 'f'}, {"LA", FIELD_LANGUAGE, 'f'},
        {"LP", FIELD_TEXT, 'f'}, {"TD", FIELD_TEXT, 'f'}, {"WC", FIELD_NONE, '.'}, {"ET", FIELD_NONE, '.'}, {"SC", FIELD_NONE, '.'}, {"ED", FIELD_NONE, '.'}, {"PG", FIELD_NONE, '.'},
        {"CY", FIELD_NONE, '.'}, {"CR", FIELD_NONE, '.'}, {"VOL", FIELD_NONE, '.'}, {"CLM", FIELD_NONE, '.'}, {"CT", FIELD_NONE, '|'}, {"RF", FIELD_NONE, '|'}, {"ART", FIELD_NONE, '|'},
        {"CO", FIELD_NONE, '|'}, {"IN", FIELD_NONE, '|'}, {"NS", FIELD_NONE, '|'}, {"RE", FIELD_NONE, '|'}, {"IPC", FIELD_NONE, '|'}, {"IPD", FIELD_NONE, '|'}, {"PUB", FIELD_NONE, '|'}, {"AN", FIELD_NONE, '|'}};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        uint32_t n = (uint32_t)strlen(codes[i].code);
        if (!str_starts(line, codes[i].code) || (line.len > n && line.ptr[n] != '\t' && !(line.ptr[n] == ' ' && line.len > n + 1 && line.ptr[n + 1] == ' '))) continue;
        *f = codes[i].field, *value = str_trim(str_sub(line, n, line.len));
        return codes[i].kind;
    }
    return 0;
}

/* "The Harbor Times ; Port City [Port City]. 04 Mar 2018: A.4." */
static void publication(document *doc, const intake_words *w, str info) {
    uint32_t end = 0;
    date_hit h;
    while (end < info.len && info.ptr[end] != ';' && info.ptr[end] != '[' && info.ptr[end] != ',' && !(info.ptr[end] == '.' && end + 1 < info.len && info.ptr[end + 1] == ' ')) end++;
    if (doc->outlet.len == 0) field_set(doc, w, FIELD_OUTLET, str_sub(info, 0, end), false);
    if (doc->published.date == DAY_NONE && date_find(w, info, end, false, &h)) doc->published = (moment){h.moment.date, -1, OFFSET_NONE};
}

static bool all_number_words(str line) { return str_ends(line, " words") && line_words(line) == 2; }

static void add_line(document *doc, lines *l, str line) { arena_push(&doc->home, l->line, l->count, l->capacity, line); }

static str join(document *doc, const lines *l) {
    size_t room = 1;
    for (size_t i = 0; i < l->count; i++) room += l->line[i].len + 2;
    char *to = arena_alloc(&doc->home, room);
    uint32_t n = 0;
    for (size_t i = 0; i < l->count; i++) {
        if (n) to[n++] = '\n', to[n++] = '\n';
        memcpy(to + n, l->line[i].ptr, l->line[i].len);
        n += l->line[i].len;
    }
    return (str){to, n};
}

/* Paragraphs: lines set apart by blank ones, wrapped lines joined. */
static void paragraphs(document *doc, str text, lines *out) {
    str line;
    uint32_t from = 0, at = 0;
    bool open = false;
    for (str rest = text; str_split(&rest, '\n', &line);) {
        uint32_t start = (uint32_t)(line.ptr - text.ptr);
        if (str_trim(line).len == 0) {
            if (open) add_line(doc, out, str_trim(str_sub(text, from, at)));
            open = false;
            continue;
        }
        if (!open) from = start, open = true;
        at = start + line.len;
    }
    if (open) add_line(doc, out, str_trim(str_sub(text, from, at)));
    for (size_t i = 0; i < out->count; i++) { /* the copy is the arena's: line ends inside a paragraph may become blanks */
        char *p = (char *)out->line[i].ptr;
        for (uint32_t k = 0; k < out->line[i].len; k++)
            if (p[k] == '\n') p[k] = ' ';
    }
}

static bool clock_only(str line) { return line.len <= 8 && line.len >= 4 && line.ptr[0] >= '0' && line.ptr[0] <= '9' && str_find(line, STR(":")) > 0; }

static void head_line(document *doc, const intake_words *w, export_kind k, str line) {
    date_hit h;
    if (line_is_byline(line)) document_add_byline(doc, line);
    else if (clock_only(line)) return;
    else if (all_number_words(line) || other_label(line)) return;
    else if (doc->published.date == DAY_NONE && line_words(line) <= 10 && date_find(w, line, 0, false, &h)) doc->published = h.moment;
    else if (k == EXPORT_NEXIS) {
        if (doc->outlet.len == 0) field_set(doc, w, FIELD_OUTLET, line, false);
        else if (doc->title.len == 0) field_set(doc, w, FIELD_TITLE, line, false);
    } else if (doc->title.len == 0 || (k == EXPORT_FACTIVA && doc->published.date == DAY_NONE && doc->byline_count == 0)) {
        field_set(doc, w, FIELD_SECTION, doc->title, false); /* Factiva may print the section above the headline */
        field_set(doc, w, FIELD_TITLE, line, false);
    } else if (doc->outlet.len == 0 && line_words(line) <= 10 && (k != EXPORT_FACTIVA || doc->published.date != DAY_NONE)) field_set(doc, w, FIELD_OUTLET, line, false);
}

static bool opens_body(const document *doc, str line) {
    return doc->title.len && doc->published.date != DAY_NONE && line_words(line) > 14 && !other_label(line);
}

typedef enum part { PART_HEAD, PART_BODY, PART_TAIL } part;

typedef struct reading {
    document *doc;
    const intake_words *words;
    export_kind kind;
    part part;
    bool coded, labelled; /* Factiva's codes; a label stands before the text */
    lines body;
} reading;

static bool is_set(const document *doc, field f) {
    switch (f) {
    case FIELD_TITLE: return doc->title.len > 0;
    case FIELD_OUTLET: return doc->outlet.len > 0;
    case FIELD_BYLINE: return doc->byline_count > 0;
    case FIELD_PUBLISHED: return doc->published.date != DAY_NONE;
    default: return false;
    }
}

static void open_body(reading *r, str value) {
    r->part = PART_BODY;
    if (value.len) add_line(r->doc, &r->body, value);
}

static void coded_line(reading *r, str line) {
    str value = STR("");
    field f = FIELD_NONE;
    char code = factiva_code(line, &f, &value);
    if (code == '|') r->part = PART_TAIL;
    else if (code == 'f' && f == FIELD_TEXT) open_body(r, value);
    else if (code == 'f' && r->part == PART_HEAD) field_set(r->doc, r->words, f, value, false);
    else if (!code && r->part == PART_BODY) add_line(r->doc, &r->body, line);
}

static void plain_line(reading *r, str line) {
    document *doc = r->doc;
    str value;
    field f = labelled(line, &value);
    bool inside = r->part == PART_BODY, proquest = r->kind == EXPORT_PROQUEST, other = other_label(line);
    if (inside && r->kind != EXPORT_FACTIVA && (other || (proquest && f != FIELD_NONE && f != FIELD_TEXT))) r->part = PART_TAIL, inside = false; /* and the line is the tail's */
    if (proquest && label_is(line, "Publication info:", &value)) publication(doc, r->words, value);
    else if (r->part == PART_TAIL) {
        if (proquest && f != FIELD_NONE && f != FIELD_TEXT && !is_set(doc, f)) field_set(doc, r->words, f, value, false);
    } else if (f == FIELD_TEXT && !inside) open_body(r, value);
    else if (f != FIELD_NONE && !inside) field_set(doc, r->words, f, value, false);
    else if (inside) add_line(doc, &r->body, line);
    else if (!r->labelled && opens_body(doc, line)) open_body(r, line);
    else if (!(proquest && str_starts(line, "Document ") && str_find(line, STR(" of ")) > 0)) head_line(doc, r->words, r->kind, line);
}

/* What the article's lines as a whole tell. */
static void look_over(reading *r, const lines *all) {
    bool headline = false, text = false;
    str value;
    field f = FIELD_NONE;
    for (size_t i = 0; i < all->count; i++) {
        r->labelled |= labelled(all->line[i], &value) == FIELD_TEXT;
        if (r->kind != EXPORT_FACTIVA || factiva_code(all->line[i], &f, &value) != 'f') continue;
        headline |= f == FIELD_TITLE, text |= f == FIELD_TEXT;
    }
    r->coded = headline && text;
}

static rap_status make_article(reader *me, const record *r, document *doc, rap_error *e) {
    const export_state *x = me->own;
    decoded d = charset_decode(r->bytes, STR(""), me->room);
    reading article = {.doc = doc, .words = me->words, .kind = x->kind};
    lines all = {0};
    if (d.failed) return error_set(e, RAP_NO_MEMORY, "out of memory");
    str text = arena_copy(&doc->home, d.text);
    if (x->kind == EXPORT_NEXIS) paragraphs(doc, text, &all); /* wrapped at 80 columns */
    else
        for (str line; str_split(&text, '\n', &line);)
            if (str_trim(line).len) add_line(doc, &all, str_trim(line));
    look_over(&article, &all);
    for (size_t i = 0; i < all.count; i++) (article.coded ? coded_line : plain_line)(&article, all.line[i]);
    if (article.body.count == 0) return error_set(e, RAP_UNREADABLE, "no body was found in this article of the export");
    document_finish(doc, me->words, join(doc, &article.body), r->bytes, d.repaired);
    return RAP_OK;
}

static void close_export(reader *me) {
    export_state *x = me->own;
    if (x) buffer_free(&x->article);
    memory_free(x);
}

rap_status reader_export(reader *me, rap_error *e) {
    export_state *x = memory_new(sizeof *x);
    if (!x) return error_set(e, RAP_NO_MEMORY, "out of memory");
    *x = (export_state){.kind = export_layout(stream_view(me->in)), .article = {.ceiling = RECORD_LIMIT}};
    me->own = x;
    me->take = take_article, me->make = make_article, me->close = close_export, me->unit = "article";
    return RAP_OK;
}
