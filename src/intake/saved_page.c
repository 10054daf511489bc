/* A web page saved as text. One line is one paragraph of the page. Its order: navigation, title, head (dates, byline, subtitle, captions), body,
 * byline again, foot. Lines are told apart by form and by the words of lexicon/intake-boilerplate.tsv. */
#include "base/buffer.h"
#include "intake/fields.h"
#include "intake/furniture.h"
#include "intake/plain.h"

typedef enum line_kind { LINE_SHORT, LINE_TEXT, LINE_MENU, LINE_END, LINE_FURNITURE, LINE_DATES, LINE_BYLINE, LINE_CAPTION } line_kind;

typedef struct line {
    str text;
    line_kind kind;
    int words;
    bool closed, repeated;
} line;

typedef struct page {
    document *doc;
    const intake_words *words;
    line *lines;
    size_t count, capacity;
    size_t title, body, end; /* indices: the title's line, the body's first, the first behind it; count for none */
    int text_words;
} page;

static bool wholly_dates(const page *p, str text) {
    document trial = {.published = MOMENT_NONE, .modified = MOMENT_NONE};
    return text.len < 300 && line_take_dates(&trial, p->words, text);
}

static line_kind kind_of(const page *p, const line *l) {
    if (line_is_menu(p->words, l->text)) return LINE_MENU;
    if (line_ends_article(p->words, l->text)) return LINE_END;
    if (line_is_byline(l->text)) return LINE_BYLINE;
    if (l->words <= 30 && !(l->words > 14 && l->closed) && wholly_dates(p, l->text)) return LINE_DATES;
    if (line_is_credit(l->text)) return LINE_CAPTION;
    if (l->words <= 30 && line_is_furniture(p->words, l->text)) return LINE_FURNITURE;
    if ((l->closed && l->words >= 6) || l->words >= 28) return LINE_TEXT;
    return LINE_SHORT;
}

static void split(page *p, str text) {
    str one;
    while (str_split(&text, '\n', &one)) {
        one = str_trim(one);
        if (one.len == 0) continue;
        line l = {.text = one, .words = line_words(one), .closed = line_closed(one)};
        l.kind = kind_of(p, &l);
        if (l.kind == LINE_TEXT) p->text_words += l.words;
        arena_push(&p->doc->home, p->lines, p->count, p->capacity, l);
    }
    for (size_t i = 1; i < p->count; i++)
        if (str_eq(p->lines[i].text, p->lines[i - 1].text)) p->lines[i].repeated = p->lines[i - 1].repeated = true;
}

/* Wrapped text (mail, old archives): most lines end in the middle of a sentence at some 60 to 90 bytes. Not a page's paragraphs. */
static bool is_wrapped(const page *p) {
    size_t open = 0;
    for (size_t i = 0; i < p->count; i++) open += p->lines[i].text.len > 50 && p->lines[i].text.len < 100 && !p->lines[i].closed;
    return p->count > 6 && open * 2 > p->count;
}

static bool breadcrumb(const line *l) { return str_find(l->text, STR(" > ")) >= 0 || str_find(l->text, STR(" / ")) >= 0 || str_find(l->text, STR(" \xc2\xbb ")) >= 0; }

static bool could_be_title(const line *l) { return l->kind == LINE_SHORT && l->words >= 4 && l->words <= 35 && !breadcrumb(l); }

/* The first line that could be a title before dates, a byline or two paragraphs; failing that the last short one. */
static void find_title(page *p) {
    int texts = 0;
    p->title = p->count;
    for (size_t i = 0; i < p->count && texts < 2; i++) {
        line *l = &p->lines[i];
        if (could_be_title(l)) {
            p->title = i;
            return;
        }
        if ((l->kind == LINE_DATES || l->kind == LINE_BYLINE) && p->title < p->count) return;
        if (l->kind == LINE_SHORT && !breadcrumb(l)) p->title = i;
        /* "Is the deal dead?" is closed, and a title all the same when it opens the page. */
        if (l->kind == LINE_TEXT && i == 0 && l->words <= 20) {
            p->title = 0;
            return;
        }
        texts += l->kind == LINE_TEXT;
    }
}

static void take_times(page *p) {
    for (size_t i = 0; i < p->count; i++)
        if (p->lines[i].kind == LINE_DATES && (i < p->body + 2 || i >= p->end)) line_take_dates(p->doc, p->words, p->lines[i].text);
}

/* Repeated lines behind the title are captions: the picture's alternative text and the line below it. */
static void mark_captions(page *p) {
    for (size_t i = 0; i < p->count; i++) {
        line *l = &p->lines[i];
        if (l->repeated && l->words >= 4 && (l->kind == LINE_SHORT || l->kind == LINE_TEXT) && !(p->title < p->count && str_eq(l->text, p->lines[p->title].text)))
            l->kind = LINE_CAPTION;
    }
}

/* The body starts at the first paragraph behind the title. */
static void find_body(page *p) {
    size_t from = p->title < p->count ? p->title + 1 : 0;
    for (p->body = from; p->body < p->count && p->lines[p->body].kind != LINE_TEXT; p->body++) {}
}

static int words_from(const page *p, size_t from) {
    int n = 0;
    for (size_t i = from; i < p->count; i++)
        if (p->lines[i].kind == LINE_TEXT) n += p->lines[i].words;
    return n;
}

/* Behind the last paragraph before a heading that closes the article, or a byline in its last tenth. */
static void find_end(page *p) {
    size_t last = p->body;
    int seen = 0;
    for (size_t i = p->body; i < p->count; i++) {
        const line *l = &p->lines[i];
        if (l->kind == LINE_TEXT) seen += l->words, last = i + 1;
        if (l->kind == LINE_END && words_from(p, i) < seen) break;
        if (l->kind == LINE_BYLINE && seen > 60 && words_from(p, i) * 8 < seen) break;
    }
    p->end = last;
}

static bool body_line(const line *l) { return l->kind == LINE_TEXT || l->kind == LINE_SHORT; }

/* A short line inside the body: a subheading or a piece of speech stays, a heading of links does not. */
static void take_body(page *p, str *body) {
    size_t room = 1;
    for (size_t i = p->body; i < p->end; i++) room += p->lines[i].text.len + 2;
    char *to = arena_alloc(&p->doc->home, room);
    uint32_t n = 0;
    for (size_t i = p->body; i < p->end; i++) {
        const line *l = &p->lines[i];
        if (!body_line(l)) continue;
        if (l->kind == LINE_SHORT && i > 0 && p->lines[i - 1].kind == LINE_END) continue;
        if (n) memcpy(to + n, "\n\n", 2), n += 2;
        memcpy(to + n, l->text.ptr, l->text.len);
        n += l->text.len;
    }
    *body = (str){to, n};
}

static void take_head(page *p) {
    document *doc = p->doc;
    if (p->title < p->count) doc->title = line_without_site(p->lines[p->title].text);
    for (size_t i = p->title < p->count ? p->title + 1 : 0; i < p->body; i++) {
        const line *l = &p->lines[i];
        if (l->kind == LINE_BYLINE) document_add_byline(doc, l->text);
        else if (l->kind == LINE_SHORT && l->words >= 4 && !breadcrumb(l) && !str_eq(l->text, doc->title)) {
            if (doc->subtitle.len == 0) doc->subtitle = l->text;
            else if (l->words >= 8) document_add_caption(doc, l->text);
        }
    }
    for (size_t i = 0; i < p->end; i++)
        if (p->lines[i].kind == LINE_CAPTION) document_add_caption(doc, p->lines[i].text);
    for (size_t i = p->body; i < p->count; i++)
        if (p->lines[i].kind == LINE_BYLINE && (i >= p->end || doc->byline_count == 0)) {
            document_add_byline(doc, p->lines[i].text);
            break;
        }
}

static bool address_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
}

/* The page does not say whose it is, but behind the article it asks for letters to english@outlet.example: the domain is the outlet's. */
static void take_outlet(page *p) {
    for (size_t i = p->end; i < p->count && p->doc->outlet.len == 0; i++) {
        str l = p->lines[i].text;
        int32_t at = str_find(l, STR("@"));
        if (at <= 0 || !address_byte(l.ptr[at - 1])) continue;
        uint32_t end = (uint32_t)at + 1;
        while (end < l.len && address_byte(l.ptr[end])) end++;
        while (end > (uint32_t)at + 1 && l.ptr[end - 1] == '.') end--;
        str domain = str_sub(l, (uint32_t)at + 1, end);
        if (str_find(domain, STR(".")) <= 0 || str_in(domain, "gmail.com yahoo.com hotmail.com outlook.com aol.com icloud.com")) continue;
        p->doc->outlet = arena_copy(&p->doc->home, domain);
    }
}

/* Something that only pages have: a line of dates near the top, a closing heading, a repeated caption. */
static bool is_page(const page *p) {
    for (size_t i = 0; i < p->count; i++) {
        const line *l = &p->lines[i];
        if (l->kind == LINE_DATES && i < 15) return true;
        if ((l->kind == LINE_END || l->kind == LINE_FURNITURE) && i > 2) return true;
        if (l->repeated && l->words >= 6) return true;
    }
    return false;
}

bool saved_page_read(document *doc, const intake_words *words, str text, str *body) {
    page p = {.doc = doc, .words = words};
    if (text.len > 4u << 20) return false;
    split(&p, text);
    if (p.count < 4 || p.text_words < 30 || is_wrapped(&p) || !is_page(&p)) return false;
    find_title(&p);
    mark_captions(&p);
    find_body(&p);
    if (p.body == p.count) return false;
    find_end(&p);
    take_times(&p);
    take_head(&p);
    take_outlet(&p);
    take_body(&p, body);
    return true;
}
