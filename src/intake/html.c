#include "intake/html.h"

#include "base/memory.h"
#include "intake/charset.h"
#include "intake/dates.h"
#include "intake/fields.h"
#include "intake/furniture.h"
#include "intake/judge.h"
#include "intake/language.h"
#include "intake/live.h"
#include "intake/page_facts.h"
#include "intake/reader.h"
#include "intake/script_story.h"

static bool in_caption(const page *p, const html_block *b) {
    int32_t n = b->node;
    for (int k = 0; k < 3 && n >= 0; k++, n = page_nodes(p)[n].parent)
        if (page_nodes(p)[n].tag == TAG_FIGCAPTION) return true;
    return false;
}

static bool is_item(const page *p, const html_block *b) { return b->node >= 0 && page_nodes(p)[b->node].tag == TAG_LI; }

/* Alike in make: element and classes of the block, of what holds it and of what holds that. */
static uint64_t make_of(const page *p, const html_block *b) {
    uint64_t h = 7;
    int32_t n = b->node;
    for (int k = 0; k < 3 && n >= 0; k++, n = page_nodes(p)[n].parent) h = (h ^ page_nodes(p)[n].tag ^ (uint64_t)page_nodes(p)[n].groups << 8) * 0x9e3779b97f4a7c15u;
    return h;
}

/* A paragraph in the midst of the article, made as two that were taken are, is of it: entries of a live blog, short ones between long ones. */
static void take_siblings(const page *p, judged *marks, float cut) {
    const html_block *b = page_block(p);
    int32_t count = page_block_count(p), first = -1, last = -1;
    for (int32_t i = 0; i < count; i++)
        if (marks[i].score > cut) first = first < 0 ? i : first, last = i;
    for (int32_t i = first + 1; first >= 0 && i < last; i++) {
        if (marks[i].score > cut || b[i].node < 0 || page_nodes(p)[b[i].node].tag != TAG_P || b[i].words < 6 || b[i].link_words || b[i].hidden) continue;
        if (!line_closed(page_prose(p, &b[i]))) continue;
        uint64_t make = make_of(p, &b[i]);
        int alike = 0;
        for (int32_t k = first; k <= last && alike < 2; k++) alike += marks[k].score > cut && make_of(p, &b[k]) == make;
        if (alike == 2) marks[i].score = cut + 1e-3f;
    }
}

/* Accepted blocks, a blank line between paragraphs, a line break between the items of a list. */
static str join_body(document *doc, const page *p, judged *marks, int32_t *first, int32_t *last) {
    const html_block *b = page_block(p);
    char *to = arena_alloc(&doc->home, p->prose.len + 2 * (size_t)page_block_count(p) + 1);
    uint32_t n = 0;
    bool item = false;
    float cut = judge_cut(marks, page_block_count(p));
    *first = *last = -1;
    take_siblings(p, marks, cut);
    live_take_entries(p, marks, cut, &doc->home);
    for (int32_t i = 0; i < page_block_count(p); i++) {
        if (marks[i].score <= cut || in_caption(p, &b[i])) continue;
        str s = page_prose(p, &b[i]);
        if (str_eq(s, doc->title)) continue; /* a block of its own */
        if (*first < 0) *first = i;
        else if (item && is_item(p, &b[i])) to[n++] = '\n';
        else to[n++] = '\n', to[n++] = '\n';
        memcpy(to + n, s.ptr, s.len);
        n += s.len;
        item = is_item(p, &b[i]);
        *last = i;
    }
    return (str){to, n};
}

static void take_captions(document *doc, const page *p, int32_t first, int32_t last) {
    const html_block *b = page_block(p);
    for (int32_t i = first > 12 ? first - 12 : 0; i <= last && i < page_block_count(p) && doc->caption_count < 40; i++)
        if (b[i].words >= 4 && in_caption(p, &b[i]) && b[i].link_words * 2 < b[i].words) document_add_caption(doc, page_prose(p, &b[i]));
}

/* ---- texts that the page states rather than shows ---- */

static bool has_markup(str s) {
    static const char *const signs[] = {"</", "<p", "<br", "&#", "&quot;", "&amp;", "&nbsp;"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_find(s, str_of(signs[i])) >= 0) return true;
    return false;
}

static str without_markup(document *doc, const intake_words *words, str s) {
    rap_error ignored;
    str text = s;
    return has_markup(s) && html_text(doc, words, s, &text, &ignored) == RAP_OK && text.len ? text : s;
}

/* The text that only the page's scripts hold, for one that shows next to none. */
static str story_in_scripts(document *doc, page *p, str html) {
    script_story s;
    bool found = script_story_find(html, doc->title, &s);
    p->story = s.html; /* freed with the page */
    if (!found) return STR("");
    str text = without_markup(doc, p->words, buffer_view(&p->story));
    if (text.len > doc->title.len && str_eq(str_sub(text, 0, doc->title.len), doc->title)) text = str_trim(str_sub(text, doc->title.len, text.len));
    if (doc->published.date == DAY_NONE) date_whole(p->words, str_of(s.published), false, &doc->published);
    return text.ptr == p->story.ptr ? arena_copy(&doc->home, text) : text;
}

/* A page that shows only a teaser, or nothing and is filled by a script, may carry the whole as data. */
static str fuller(document *doc, page *p, const page_facts *facts, str html, str body) {
    enum { NEXT_TO_NONE = 80 };
    int shown = line_words(body);
    if (facts->body.len > (shown < 20 ? 100 : 400) && shown * 2 < line_words(facts->body)) {
        str stated = without_markup(doc, p->words, facts->body);
        if (shown * 2 < line_words(stated)) body = stated, shown = line_words(stated);
    }
    str story = shown < NEXT_TO_NONE && doc->title.len ? story_in_scripts(doc, p, html) : STR("");
    return line_words(story) > 2 * shown || (line_words(story) > shown && str_find(story, body) >= 0) ? story : body;
}

static str judge(document *doc, page *p, const page_facts *facts, const judge_model *model, str html, arena *scratch) {
    int32_t first, last;
    judged *judged_blocks = arena_array(scratch, judged, (size_t)page_block_count(p) + 1);
    judge_blocks(model, p, doc->title, facts->body, scratch, judged_blocks);
    str body = join_body(doc, p, judged_blocks, &first, &last);
    take_captions(doc, p, first, last);
    page_facts_visible(doc, p, first);
    return fuller(doc, p, facts, html, body);
}

static rap_status fill(document *doc, page *p, const intake_words *words, str html, str raw, bool repaired, rap_error *e) {
    page_facts facts;
    uint32_t cut;
    const judge_model *model = judge_get(e);
    if (!model) return e->status;
    rap_status status = page_read(p, words, html, &cut, e);
    if (status == RAP_OK) status = page_blocks(p, e);
    if (status != RAP_OK) return status;
    page_facts_read(doc, p, &facts);
    if (doc->title.len == 0) doc->title = page_headline(doc, p, &facts);
    str body = judge(doc, p, &facts, model, html, &doc->home);
    if (body.len == 0 && doc->title.len == 0) return error_set(e, RAP_UNREADABLE, "an HTML page without any text");
    str stated = language_named(&doc->home, facts.language.len ? facts.language : str_of(p->language));
    if (doc->language.len == 0) doc->language = language_of(words, body.len > 200 ? body : buffer_view(&p->prose));
    if (doc->language.len == 0) doc->language = arena_copy(&doc->home, stated);
    document_date_from_elsewhere(doc, words, body);
    document_finish(doc, words, body, raw, repaired);
    if (cut < html.len)
        document_skip(doc, doc->block_count - 1, 0, 0, arena_format(&doc->home, "the page is nested too deeply or takes too long: nothing was read behind byte %u", cut).ptr);
    return RAP_OK;
}

typedef struct reading { const intake_words *words; str html, raw; bool repaired; str *text; /* all of it, unjudged; NULL: the article */ } reading;

static rap_status all_text(document *doc, page *p, const intake_words *words, str html, str *text, rap_error *e) {
    uint32_t cut, n = 0;
    rap_status s = page_read(p, words, html, &cut, e);
    if (s == RAP_OK) s = page_blocks(p, e);
    if (s != RAP_OK) return s;
    char *to = arena_alloc(&doc->home, p->prose.len + 2 * (size_t)page_block_count(p) + 1);
    for (int32_t i = 0; i < page_block_count(p); i++) {
        str one = page_prose(p, &page_block(p)[i]);
        if (i) to[n++] = '\n', to[n++] = '\n';
        memcpy(to + n, one.ptr, one.len);
        n += one.len;
    }
    *text = (str){to, n};
    return RAP_OK;
}

/* Runs one of the two readings with a page of its own. The page's buffers are not the arena's: freed also when the arena takes its way out. */
static rap_status with_page(document *doc, const reading *what, rap_error *e) {
    page p = {0};
    jmp_buf escape, *outer = doc->home.escape;
    if (setjmp(escape)) {
        page_free(&p);
        doc->home.escape = outer;
        if (outer) longjmp(*outer, 1);
        return error_set(e, RAP_NO_MEMORY, "out of memory while reading a page");
    }
    doc->home.escape = &escape;
    rap_status status = what->text ? all_text(doc, &p, what->words, what->html, what->text, e) : fill(doc, &p, what->words, what->html, what->raw, what->repaired, e);
    doc->home.escape = outer;
    page_free(&p);
    return status;
}

rap_status html_text(document *doc, const intake_words *words, str html, str *text, rap_error *e) {
    return with_page(doc, &(reading){words, html, html, false, text}, e);
}

rap_status html_document(document *doc, const intake_words *words, str html, str raw, bool repaired, rap_error *e) {
    return with_page(doc, &(reading){words, html, raw, repaired, NULL}, e);
}

str html_charset(str bytes) {
    str head = str_sub(bytes, 0, bytes.len < 4096 ? bytes.len : 4096);
    for (uint32_t i = 0; i + 8 < head.len; i++) {
        if ((head.ptr[i] | 32) != 'c' || !str_eq_nocase(str_sub(head, i, i + 8), STR("charset="))) continue;
        uint32_t from = i + 8;
        while (from < head.len && strchr("\"' ", head.ptr[from])) from++;
        uint32_t to = from;
        while (to < head.len && !strchr("\"' />;", head.ptr[to])) to++;
        return str_sub(head, from, to);
    }
    return STR("");
}

static rap_status make_html(reader *me, const record *r, document *doc, rap_error *e) {
    decoded d = charset_decode(r->bytes, r->charset.len ? r->charset : html_charset(r->bytes), me->room);
    if (d.failed) return error_set(e, RAP_NO_MEMORY, "out of memory");
    if (r->url.len) doc->url = arena_copy(&doc->home, r->url);
    return html_document(doc, me->words, d.text, r->bytes, d.repaired, e);
}

rap_status reader_html(reader *me, rap_error *e) {
    (void)e;
    me->take = take_whole, me->make = make_html, me->unit = "";
    return RAP_OK;
}
