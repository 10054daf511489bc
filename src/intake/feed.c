/* RSS 0.9 to 2.0 and Atom: each item is a document. Feeds hold summaries or whole articles; the fullest text that an item carries is taken. */
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <ctype.h>

#include "base/memory.h"
#include "intake/charset.h"
#include "intake/dates.h"
#include "intake/fields.h"
#include "intake/furniture.h"
#include "intake/html.h"
#include "intake/reader.h"

typedef struct feed {
    xmlDoc *doc;
    xmlNode *next;
    xmlChar *title, *language;
    xmlChar *held[2]; /* what libxml2 lent while the arena was asked: freed in the end should that have jumped away */
    size_t number;
    buffer mended; /* the feed's bytes, where they had to be changed to be XML */
} feed;

static bool named(const xmlNode *n, const char *name) { return n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0; }
static bool is_item(const xmlNode *n) { return named(n, "item") || named(n, "entry"); }

static xmlNode *child(xmlNode *n, const char *name) {
    for (xmlNode *c = n ? n->children : NULL; c; c = c->next)
        if (named(c, name)) return c;
    return NULL;
}

/* An entity that is made of entities is the billion-laughs attack; feeds have no use for their own entities. */
static bool declares_entities(str xml) {
    int32_t doctype = str_find(xml, STR("<!DOCTYPE"));
    return doctype >= 0 && str_find(str_sub(xml, (uint32_t)doctype, xml.len), STR("<!ENTITY")) >= 0;
}

/* ---- what is nearly XML ---- */

/* The length of an entity that XML has ("&amp;", "&#233;") at s.ptr[0] == '&', 0 for none; *value: of one that only HTML has. */
static uint32_t entity_length(str s, unsigned *value) {
    char name[32];
    uint32_t n = 1;
    *value = 0;
    while (n < s.len && n < sizeof name && (isalnum((unsigned char)s.ptr[n]) || (n == 1 && s.ptr[n] == '#'))) name[n - 1] = s.ptr[n], n++;
    if (n >= s.len || n < 3 || n >= sizeof name || s.ptr[n] != ';') return 0;
    name[n - 1] = 0;
    if (name[0] == '#' || str_in(str_of(name), "amp lt gt quot apos")) return n + 1;
    const htmlEntityDesc *known = htmlEntityLookup((const xmlChar *)name);
    if (!known) return 0;
    *value = known->value;
    return n + 1;
}

/* Feeds are often written by programs that know HTML: "&nbsp;", and "&" alone. CDATA stays as it is. */
static str mended(feed *f, str xml) {
    uint32_t from = 0, mark;
    if (charset_of_mark(xml, &mark)) return xml;
    for (uint32_t i = 0; i < xml.len; i++) {
        unsigned value;
        if (xml.ptr[i] == '<' && str_starts(str_sub(xml, i, xml.len), "<![CDATA[")) {
            const char *end = memmem(xml.ptr + i, xml.len - i, "]]>", 3);
            i = end ? (uint32_t)(end - xml.ptr) + 2 : xml.len - 1;
        }
        if (xml.ptr[i] != '&') continue;
        uint32_t n = entity_length(str_sub(xml, i, xml.len), &value);
        if (n && !value) continue;
        buffer_add(&f->mended, xml.ptr + from, i - from);
        if (n) buffer_format(&f->mended, "&#%u;", value);
        else buffer_text(&f->mended, "&amp;");
        from = i + (n ? n : 1);
    }
    if (from == 0) return xml;
    buffer_add(&f->mended, xml.ptr + from, xml.len - from);
    return buffer_view(&f->mended);
}

static rap_status parse(reader *me, rap_error *e) {
    feed *f = me->own;
    str xml;
    rap_status s = stream_all(me->in, &xml, e);
    if (s != RAP_OK) return s;
    if (declares_entities(xml)) return error_set(e, RAP_UNREADABLE, "a feed that declares entities of its own (as in the billion-laughs attack): refused");
    xml = mended(f, xml);
    if (f->mended.failed) return error_set(e, RAP_NO_MEMORY, "out of memory while reading a feed");
    f->doc = xmlReadMemory(xml.ptr, (int)xml.len, "feed", NULL, XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
    xmlNode *root = f->doc ? xmlDocGetRootElement(f->doc) : NULL;
    if (!root) return error_set(e, RAP_UNREADABLE, "the feed's XML cannot be read");
    xmlNode *channel = child(root, "channel"), *about = channel ? channel : root;
    if (child(about, "title")) f->title = xmlNodeGetContent(child(about, "title"));
    if (child(about, "language")) f->language = xmlNodeGetContent(child(about, "language"));
    f->next = channel && !child(root, "item") ? channel->children : root->children;
    return RAP_OK;
}

static rap_status take_item(reader *me, record *r, rap_error *e) {
    feed *f = me->own;
    if (!f->doc) {
        rap_status s = me->done ? RAP_END : parse(me, e);
        me->done = true;
        if (s != RAP_OK) return s;
    }
    while (f->next && !is_item(f->next)) f->next = f->next->next;
    if (!f->next) return RAP_END;
    r->item = f->next;
    r->number = ++f->number;
    f->next = f->next->next;
    return RAP_OK;
}

static void release(feed *f) {
    for (int i = 0; i < 2; i++) {
        if (f->held[i]) xmlFree(f->held[i]);
        f->held[i] = NULL;
    }
}

static str element_text(feed *f, document *doc, xmlNode *n) {
    f->held[0] = n ? xmlNodeGetContent(n) : NULL;
    if (!f->held[0]) return STR("");
    size_t length = strlen((const char *)f->held[0]);
    str copy = length > RECORD_LIMIT ? STR("") : arena_copy(&doc->home, (str){(const char *)f->held[0], (uint32_t)length});
    release(f);
    return str_trim(copy);
}

/* A title is text, or HTML written as text ("Bread &amp; water" behind one reading): one line of it. */
static str title_text(feed *f, document *doc, const intake_words *w, xmlNode *n) {
    rap_error ignored;
    str title = element_text(f, doc, n), plain;
    int32_t from = str_find(title, STR("&")), to = from < 0 ? -1 : str_find(str_sub(title, (uint32_t)from, title.len), STR(";"));
    if (str_find(title, STR("</")) < 0 && (to < 2 || to > 10)) return title;
    return html_text(doc, w, title, &plain, &ignored) == RAP_OK && plain.len && !memchr(plain.ptr, '\n', plain.len) ? plain : title;
}

/* A text that is XHTML by its elements: with them, so that paragraphs stay apart. */
static str element_markup(feed *f, document *doc, xmlNode *n) {
    xmlBufferPtr b = xmlBufferCreate();
    if (b && xmlNodeDump(b, f->doc, n, 0, 0) > 0) f->held[0] = xmlBufferDetach(b);
    if (b) xmlBufferFree(b);
    size_t length = f->held[0] ? strlen((const char *)f->held[0]) : 0;
    str copy = length == 0 || length > RECORD_LIMIT ? STR("") : arena_copy(&doc->home, (str){(const char *)f->held[0], (uint32_t)length});
    release(f);
    return copy;
}

static void take_link(feed *f, document *doc, const intake_words *w, xmlNode *n) {
    f->held[0] = xmlGetProp(n, (const xmlChar *)"href"), f->held[1] = xmlGetProp(n, (const xmlChar *)"rel");
    if (f->held[0] && (!f->held[1] || strcmp((const char *)f->held[1], "alternate") == 0)) field_set(doc, w, FIELD_URL, str_of((const char *)f->held[0]), false);
    release(f);
    if (doc->url.len == 0) field_set(doc, w, FIELD_URL, element_text(f, doc, n), false);
}

static void take_member(feed *f, document *doc, const intake_words *w, xmlNode *n, str *longest) {
    if (n->type != XML_ELEMENT_NODE) return;
    if (named(n, "title")) {
        if (doc->title.len == 0) field_set(doc, w, FIELD_TITLE, title_text(f, doc, w, n), false);
    } else if (named(n, "link")) {
        if (doc->url.len == 0) take_link(f, doc, w, n);
    } else if (named(n, "pubDate") || named(n, "published") || named(n, "date") || named(n, "issued")) {
        field_set(doc, w, FIELD_PUBLISHED, element_text(f, doc, n), false);
    } else if (named(n, "updated") || named(n, "modified")) {
        field_set(doc, w, FIELD_MODIFIED, element_text(f, doc, n), false);
    } else if (named(n, "author") || named(n, "creator")) {
        field_set(doc, w, FIELD_BYLINE, element_text(f, doc, child(n, "name") ? child(n, "name") : n), false);
    } else if (named(n, "category")) {
        if (doc->section.len == 0) field_set(doc, w, FIELD_SECTION, element_text(f, doc, n), false);
    } else if (named(n, "guid") || named(n, "id")) {
        str id = element_text(f, doc, n);
        if (doc->url.len == 0 && str_starts(id, "http")) field_set(doc, w, FIELD_URL, id, false);
    } else if (named(n, "encoded") || named(n, "content") || named(n, "description") || named(n, "summary")) {
        str text = xmlFirstElementChild(n) ? element_markup(f, doc, n) : element_text(f, doc, n);
        if (text.len > longest->len) *longest = text;
    }
}

static bool has_markup(str s) {
    for (uint32_t i = 0; i + 1 < s.len; i++)
        if ((s.ptr[i] == '<' && ((s.ptr[i + 1] | 32) >= 'a' && (s.ptr[i + 1] | 32) <= 'z')) || (s.ptr[i] == '&' && s.ptr[i + 1] != ' ')) return true;
    return false;
}

static rap_status make_item(reader *me, const record *r, document *doc, rap_error *e) {
    feed *f = me->own;
    str longest = {"", 0}, body;
    for (xmlNode *n = ((xmlNode *)r->item)->children; n; n = n->next) take_member(f, doc, me->words, n, &longest);
    if (doc->published.date == DAY_NONE && doc->modified.date != DAY_NONE) doc->published = doc->modified;
    if (f->title) field_set(doc, me->words, FIELD_OUTLET, str_of((const char *)f->title), false);
    if (longest.len == 0 && doc->title.len == 0) return error_set(e, RAP_UNREADABLE, "the item has no text");
    str raw = arena_format(&doc->home, "%.*s\n%.*s", STR_ARG(doc->title), STR_ARG(longest));
    if (!has_markup(longest)) body = longest;
    else {
        rap_status s = html_text(doc, me->words, longest, &body, e);
        if (s != RAP_OK) return s;
    }
    if (line_words(body) < 12 && f->language) field_set(doc, me->words, FIELD_LANGUAGE, str_of((const char *)f->language), false);
    document_date_from_elsewhere(doc, me->words, body);
    document_finish(doc, me->words, body, raw, false);
    return RAP_OK;
}

static void close_feed(reader *me) {
    feed *f = me->own;
    if (!f) return;
    release(f);
    xmlFree(f->title);
    xmlFree(f->language);
    xmlFreeDoc(f->doc);
    buffer_free(&f->mended);
    memory_free(f);
}

rap_status reader_feed(reader *me, rap_error *e) {
    feed *f = memory_new(sizeof *f);
    if (!f) return error_set(e, RAP_NO_MEMORY, "out of memory");
    *f = (feed){0};
    me->own = f;
    me->take = take_item, me->make = make_item, me->close = close_feed, me->unit = "item";
    return RAP_OK;
}
