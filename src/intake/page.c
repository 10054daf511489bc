#include "intake/page.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "base/utf8.h"

/* No page is nested as deep as that by its author; beyond, libxml2's search for the tag to close grows with the depth. */
enum { MOST_DEPTH = 400, STOP_DEPTH = 2000, CHUNK = 1 << 18, MOST_SECONDS = 20 };

static const char *const tag_names[TAG_COUNT] = {
    "", "#text", "a", "abbr", "address", "article", "aside", "b", "blockquote", "body", "br", "button", "cite", "code", "dd", "details", "div", "dl", "dt", "em",
    "figcaption", "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i", "iframe", "img", "input",
    "label", "li", "link", "main", "meta", "nav", "noscript", "object", "ol", "option", "p", "pre", "q", "s", "script", "section", "select", "small", "span",
    "strong", "style", "sub", "sup", "svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "u", "ul", "video"};

static int compare_name(const void *key, const void *item) { return strcmp(key, *(const char *const *)item); }

static uint8_t tag_of(page *p, const xmlChar *name) {
    size_t slot = ((uintptr_t)name >> 3) % 64;
    if (p->seen_name[slot] == name) return p->seen_tag[slot];
    const char *const *hit = bsearch(name, tag_names + 2, TAG_COUNT - 2, sizeof *tag_names, compare_name);
    p->seen_name[slot] = name;
    return p->seen_tag[slot] = hit ? (uint8_t)(hit - tag_names) : TAG_OTHER;
}

/* ---- attributes ---- */

/* Cut "articleBody related-links" at marks, digits and capitals, look the pieces and the whole up. */
static uint32_t groups_of(const intake_words *w, const char *s) {
    uint32_t bits = 0, n = 0, whole = 0;
    char piece[40], all[40];
    for (const char *c = s;; c++) {
        bool letter = (*c | 32) >= 'a' && (*c | 32) <= 'z', capital = letter && !(*c & 32);
        bool cut = !letter || (capital && c > s && (c[-1] & 32) && (c[-1] | 32) >= 'a');
        if (cut && n) {
            uint32_t one = 0;
            if (table_get(&w->classes, (str){piece, n}, &one)) bits |= one;
            n = 0;
        }
        if (!letter && whole) {
            uint32_t one = 0;
            if (table_get(&w->classes, (str){all, whole}, &one)) bits |= one;
            whole = 0;
        }
        if (!*c) return bits;
        if (letter && n < sizeof piece) piece[n++] = (char)(*c | 32);
        if (letter && whole < sizeof all) all[whole++] = (char)(*c | 32);
    }
}

static uint32_t keep_text(page *p, const char *s, size_t n) {
    uint32_t at = (uint32_t)p->text.len;
    buffer_add(&p->text, s, n);
    return at;
}

static void keep_meta(page *p, const char *name, const char *value) {
    meta m = {.name_len = (uint32_t)strlen(name), .value_len = (uint32_t)strlen(value)};
    m.name = keep_text(p, name, m.name_len);
    for (uint32_t i = 0; i < m.name_len && !p->text.failed; i++) {
        char *c = p->text.ptr + m.name + i;
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c + 32);
    }
    m.value = keep_text(p, value, m.value_len);
    buffer_add(&p->metas, &m, sizeof m);
}

static void start_meta(page *p, const xmlChar **a) {
    const char *names[3] = {NULL}, *value = NULL;
    for (; a && a[0]; a += 2) {
        if (!a[1]) continue;
        const char *n = (const char *)a[0], *v = (const char *)a[1];
        if (strcmp(n, "name") == 0) names[0] = v;
        else if (strcmp(n, "property") == 0) names[1] = v;
        else if (strcmp(n, "itemprop") == 0) names[2] = v;
        else if (strcmp(n, "content") == 0) value = v;
    }
    for (int i = 0; value && i < 3; i++)
        if (names[i]) keep_meta(p, names[i], value);
}

static void start_link(page *p, const xmlChar **a) {
    const char *rel = "", *href = NULL;
    for (; a && a[0]; a += 2) {
        if (!a[1]) continue;
        if (strcmp((const char *)a[0], "rel") == 0) rel = (const char *)a[1];
        if (strcmp((const char *)a[0], "href") == 0) href = (const char *)a[1];
    }
    if (href && strcmp(rel, "canonical") == 0) keep_meta(p, "canonical", href);
}

static bool hides(const char *style) {
    const char *at = strstr(style, "display");
    return at && strspn(at + 7, " :") && strncmp(at + 7 + strspn(at + 7, " :"), "none", 4) == 0;
}

static void attributes(page *p, html_node *n, const xmlChar **a) {
    for (; a && a[0]; a += 2) {
        const char *name = (const char *)a[0], *v = (const char *)a[1];
        if (strcmp(name, "hidden") == 0) n->flags |= NODE_HIDDEN;
        if (!v) continue;
        switch (name[0]) {
        case 'c':
            if (strcmp(name, "class") == 0) n->groups |= groups_of(p->words, v);
            else if (strcmp(name, "content") == 0 && n->text_len == 0) n->text_len = (uint32_t)strlen(v), n->text = keep_text(p, v, n->text_len);
            break;
        case 'i':
            if (strcmp(name, "id") == 0) n->groups |= groups_of(p->words, v);
            else if (strcmp(name, "itemprop") == 0) {
                n->groups |= groups_of(p->words, v);
                if (strstr(v, "articleBody")) n->flags |= NODE_BODY_PROP;
                if (strstr(v, "author")) n->flags |= NODE_AUTHOR;
                if (strstr(v, "datePublished")) n->flags |= NODE_PUBLISHED;
                if (strstr(v, "dateModified")) n->flags |= NODE_MODIFIED;
                if (strcmp(v, "headline") == 0) n->flags |= NODE_HEADLINE;
            }
            break;
        case 'r':
            if (strcmp(name, "role") == 0) n->groups |= groups_of(p->words, v);
            else if (strcmp(name, "rel") == 0 && strcmp(v, "author") == 0) n->flags |= NODE_AUTHOR;
            break;
        case 's':
            if (strcmp(name, "style") == 0 && hides(v)) n->flags |= NODE_HIDDEN;
            break;
        case 'a':
            if (strcmp(name, "aria-hidden") == 0 && strcmp(v, "true") == 0) n->flags |= NODE_HIDDEN;
            break;
        case 'd':
            if (strcmp(name, "datetime") == 0) n->text_len = (uint32_t)strlen(v), n->text = keep_text(p, v, n->text_len);
            else if (strncmp(name, "data-", 5) == 0 && strlen(v) < 40 && strstr(name, "component")) n->groups |= groups_of(p->words, v);
            break;
        case 'p':
            if (strcmp(name, "pubdate") == 0) n->flags |= NODE_PUBLISHED;
            break;
        default: break;
        }
    }
}

static bool is_json_ld(const xmlChar **a) {
    for (; a && a[0]; a += 2)
        if (a[1] && strcmp((const char *)a[0], "type") == 0) return strstr((const char *)a[1], "ld+json") != NULL;
    return false;
}

static void keep_language(page *p, const xmlChar **a) {
    for (; a && a[0]; a += 2)
        if (a[1] && (strcmp((const char *)a[0], "lang") == 0 || strcmp((const char *)a[0], "xml:lang") == 0) && strlen((const char *)a[1]) < sizeof p->language)
            strcpy(p->language, (const char *)a[1]);
}

/* ---- SAX ---- */

static void start(void *context, const xmlChar *name, const xmlChar **a) {
    page *p = context;
    tag t = tag_of(p, name);
    if (t == TAG_META) start_meta(p, a);
    if (t == TAG_LINK) start_link(p, a);
    if (t == TAG_HTML) keep_language(p, a);
    if (t == TAG_SCRIPT) p->in_data = is_json_ld(a);
    int depth = p->open < 0 ? 0 : page_nodes(p)[p->open].depth + 1;
    if (depth >= MOST_DEPTH) {
        p->too_deep++;
        return;
    }
    html_node n = {.tag = (uint8_t)t, .depth = (uint16_t)depth, .parent = p->open, .end = -1};
    attributes(p, &n, a);
    int32_t at = page_count(p);
    buffer_add(&p->nodes, &n, sizeof n);
    if (!p->nodes.failed) p->open = at;
}

static void end(void *context, const xmlChar *name) {
    page *p = context;
    if (p->too_deep) {
        p->too_deep--;
        return;
    }
    if (p->in_data && tag_of(p, name) == TAG_SCRIPT) {
        buffer_byte(&p->data, 0);
        p->in_data = false;
    }
    if (p->open < 0) return;
    page_nodes(p)[p->open].end = page_count(p);
    p->open = page_nodes(p)[p->open].parent;
}

static void characters(void *context, const xmlChar *s, int length) {
    page *p = context;
    if (p->open < 0) return;
    html_node *last = page_nodes(p) + page_count(p) - 1;
    uint32_t at = keep_text(p, (const char *)s, (size_t)length);
    if (last->tag == TAG_TEXT && last->parent == p->open && last->text + last->text_len == at) {
        last->text_len += (uint32_t)length;
        return;
    }
    html_node n = {.tag = TAG_TEXT, .parent = p->open, .end = page_count(p) + 1, .text = at, .text_len = (uint32_t)length};
    buffer_add(&p->nodes, &n, sizeof n);
}

static void script(void *context, const xmlChar *s, int length) {
    page *p = context;
    if (p->in_data) buffer_add(&p->data, s, (size_t)length);
}

static void clear(page *p, const intake_words *words) {
    p->words = words;
    buffer *all[] = {&p->nodes, &p->text, &p->metas, &p->data, &p->prose, &p->blocks, &p->story};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) buffer_clear(all[i]);
    p->open = -1;
    p->too_deep = 0;
    p->in_data = p->stopped = p->failed = false;
    p->language[0] = 0;
    memset(p->seen_name, 0, sizeof p->seen_name);
}

static bool out_of_memory(const page *p) { return p->failed || p->nodes.failed || p->text.failed || p->metas.failed || p->data.failed || p->prose.failed || p->blocks.failed; }

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* A page of which a part was lost for want of memory is not one. */
static bool parser_failed(htmlParserCtxtPtr parser) { return memory_short() || parser->errNo == XML_ERR_NO_MEMORY || parser->disableSAX; }

static uint32_t feed(page *p, htmlParserCtxtPtr parser, str html) {
    double began = now();
    uint32_t at = 0;
    while (at < html.len) {
        uint32_t n = html.len - at < CHUNK ? html.len - at : CHUNK;
        htmlParseChunk(parser, html.ptr + at, (int)n, 0);
        at += n;
        if (parser_failed(parser)) p->failed = true;
        if (p->too_deep > STOP_DEPTH || out_of_memory(p) || now() - began > MOST_SECONDS) break;
    }
    if (at == html.len && !p->failed) htmlParseChunk(parser, "", 0, 1);
    if (parser_failed(parser)) p->failed = true;
    return at;
}

rap_status page_read(page *p, const intake_words *words, str html, uint32_t *cut, rap_error *e) {
    htmlSAXHandler sax = {.startElement = start, .endElement = end, .characters = characters, .ignorableWhitespace = characters, .cdataBlock = script};
    clear(p, words);
    page_memory();
    htmlParserCtxtPtr parser = htmlCreatePushParserCtxt(&sax, p, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (!parser) return error_set(e, RAP_NO_MEMORY, "out of memory while reading a page");
    /* The text is UTF-8 by now, whatever its <meta> says it was. */
    htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    *cut = feed(p, parser, html);
    htmlFreeParserCtxt(parser);
    for (int32_t i = p->open; i >= 0; i = page_nodes(p)[i].parent) page_nodes(p)[i].end = page_count(p);
    return out_of_memory(p) ? error_set(e, RAP_NO_MEMORY, "out of memory while reading a page") : RAP_OK;
}

void page_free(page *p) {
    buffer *all[] = {&p->nodes, &p->text, &p->metas, &p->data, &p->prose, &p->blocks, &p->story};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) buffer_free(all[i]);
}

str page_meta(const page *p, const char *names) {
    const meta *m = (const meta *)(const void *)p->metas.ptr;
    size_t count = p->metas.len / sizeof *m;
    str rest = str_of(names), name;
    while (str_split(&rest, ' ', &name))
        for (size_t i = 0; i < count; i++) {
            str value = str_trim((str){p->text.ptr + m[i].value, m[i].value_len});
            if (value.len && str_eq(name, (str){p->text.ptr + m[i].name, m[i].name_len})) return value;
        }
    return STR("");
}

/* ---- blocks ---- */

static bool is_skipped(uint8_t t) {
    switch (t) {
    case TAG_SCRIPT: case TAG_STYLE: case TAG_HEAD: case TAG_SVG: case TAG_IFRAME: case TAG_SELECT: case TAG_OPTION: case TAG_TEXTAREA: case TAG_TEMPLATE:
    case TAG_OBJECT: case TAG_VIDEO: case TAG_NOSCRIPT: case TAG_BUTTON: return true;
    default: return false;
    }
}

static bool is_inline(uint8_t t) {
    switch (t) {
    case TAG_A: case TAG_ABBR: case TAG_B: case TAG_CITE: case TAG_CODE: case TAG_EM: case TAG_FONT: case TAG_I: case TAG_IMG: case TAG_INPUT: case TAG_LABEL:
    case TAG_Q: case TAG_S: case TAG_SMALL: case TAG_SPAN: case TAG_STRONG: case TAG_SUB: case TAG_SUP: case TAG_TIME: case TAG_U: case TAG_OTHER: case TAG_BR:
        return true;
    default: return false;
    }
}

typedef struct writer {
    page *p;
    html_block b;
    int32_t node, link, hidden; /* innermost block element; open <a> and hidden element, -1 */
    int breaks;
    bool blank, word;           /* a blank is due before the next letter; inside a word */
    uint32_t words, link_words;
} writer;

static void flush(writer *w) {
    buffer *prose = &w->p->prose;
    while (prose->len > w->b.start && (prose->ptr[prose->len - 1] == '\n' || prose->ptr[prose->len - 1] == ' ')) prose->len--;
    w->b.end = (uint32_t)prose->len;
    while (w->b.end - w->b.start >= 3 && memcmp(prose->ptr + w->b.start, "\xe3\x80\x80", 3) == 0) w->b.start += 3; /* Chinese indents by wide blanks */
    if (w->b.end > w->b.start) {
        w->b.words = (uint16_t)(w->words > 65535 ? 65535 : w->words);
        w->b.link_words = (uint16_t)(w->link_words > 65535 ? 65535 : w->link_words);
        w->b.node = w->node;
        buffer_add(&w->p->blocks, &w->b, sizeof w->b);
    }
    w->b = (html_block){.start = (uint32_t)prose->len, .hidden = w->hidden >= 0};
    w->blank = w->word = false;
    w->breaks = 0;
    w->words = w->link_words = 0;
}

static void line_break(writer *w) {
    if (w->p->prose.len == w->b.start) return;
    if (++w->breaks >= 2) {
        flush(w);
        return;
    }
    buffer_byte(&w->p->prose, '\n');
    w->blank = w->word = false;
}

/* Japanese and Chinese write no blanks: two of their characters count as a word. */
static uint32_t words_without_blanks(str s) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < s.len; i++) n += (unsigned char)s.ptr[i] >= 0xe3 && (unsigned char)s.ptr[i] <= 0xe9;
    return (n + 1) / 2;
}

/* White space collapses to one blank; no-break spaces count as such. */
static void write_text(writer *w, str s) {
    buffer *prose = &w->p->prose;
    for (uint32_t i = 0; i < s.len;) {
        uint32_t n = 0;
        while (i + n < s.len && (unsigned char)s.ptr[i + n] > ' ' && (unsigned char)s.ptr[i + n] != 0xc2 && (unsigned char)s.ptr[i + n] != 0xe2) n++;
        if (n == 0) {
            unsigned char c = (unsigned char)s.ptr[i];
            str rest = str_sub(s, i, s.len);
            if (c <= ' ') n = 1, w->blank = true, w->word = false;
            else if (str_starts(rest, "\xc2\xa0")) n = 2, w->blank = true, w->word = false;
            else if (str_starts(rest, "\xc2\xad") || str_starts(rest, "\xe2\x80\x8b")) n = c == 0xc2 ? 2 : 3; /* soft hyphen, zero width space */
            if (n) {
                i += n;
                continue;
            }
            utf8_at(s, i, &n);
        }
        if (w->blank && prose->len > w->b.start && prose->ptr[prose->len - 1] != '\n') buffer_byte(prose, ' ');
        w->breaks = 0;
        uint32_t fresh = words_without_blanks(str_sub(s, i, i + n));
        if (fresh == 0) fresh = !w->word;
        w->words += fresh;
        if (w->link >= 0) w->link_words += fresh;
        w->blank = false, w->word = true;
        buffer_add(prose, s.ptr + i, n);
        i += n;
    }
}

/* A row of figures is one line; a cell that holds a text is a block of its own. */
static bool is_short_cell(const writer *w, uint8_t t) { return (t == TAG_TD || t == TAG_TH) && w->words < 15; }

static void leave(writer *w, int32_t at) {
    const html_node *n = page_nodes(w->p) + at;
    if (w->link == at) w->link = -1;
    if (is_short_cell(w, n->tag)) w->blank = true, w->word = false;
    else if (!is_inline(n->tag)) {
        flush(w);
        w->node = n->parent;
        while (w->node >= 0 && is_inline(page_nodes(w->p)[w->node].tag)) w->node = page_nodes(w->p)[w->node].parent;
    }
    if (w->hidden == at) w->hidden = -1, w->b.hidden = false;
}

static void enter(writer *w, int32_t at) {
    const html_node *n = page_nodes(w->p) + at;
    if (n->tag == TAG_BR) {
        line_break(w);
        return;
    }
    if (is_short_cell(w, n->tag)) {
        w->blank = true, w->word = false;
        if (w->node < 0 || page_nodes(w->p)[w->node].tag != TAG_TR) w->node = at;
    } else if (!is_inline(n->tag)) flush(w), w->node = at;
    if (n->tag == TAG_A && w->link < 0) w->link = at;
    if ((n->flags & NODE_HIDDEN) && w->hidden < 0) w->hidden = at, w->b.hidden = w->b.start == w->p->prose.len;
}

rap_status page_blocks(page *p, rap_error *e) {
    writer w = {.p = p, .node = -1, .link = -1, .hidden = -1};
    int32_t open = -1, count = page_count(p);
    for (int32_t i = 0; i < count;) {
        const html_node *n = page_nodes(p) + i;
        while (open >= 0 && page_nodes(p)[open].end <= i) leave(&w, open), open = page_nodes(p)[open].parent;
        if (n->tag == TAG_TEXT) write_text(&w, (str){p->text.ptr + n->text, n->text_len});
        else if (is_skipped(n->tag)) {
            if (!is_inline(n->tag)) w.blank = true, w.word = false;
            i = n->end;
            continue;
        } else enter(&w, i), open = i;
        i++;
    }
    while (open >= 0) leave(&w, open), open = page_nodes(p)[open].parent;
    flush(&w);
    return out_of_memory(p) ? error_set(e, RAP_NO_MEMORY, "out of memory while reading a page") : RAP_OK;
}
