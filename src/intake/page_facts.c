#include "intake/page_facts.h"

#include <stdlib.h>

#include "base/json.h"
#include "base/utf8.h"
#include "intake/dates.h"
#include "intake/fields.h"
#include "intake/furniture.h"

/* ---- small helpers ---- */

static void set_if_none(document *doc, str *to, str value) {
    value = str_trim(value);
    if (to->len == 0 && value.len && value.len < 2000) *to = arena_copy(&doc->home, value);
}

/* The better of two statements of one moment: a time over a bare date, a zone over none, as long as they are of about the same day. */
static void refine(moment *known, moment more) {
    if (known->date == DAY_NONE) {
        *known = more;
        return;
    }
    int32_t apart = known->date - more.date;
    if (apart < -1 || apart > 1) return;
    if (known->seconds < 0 && more.seconds >= 0 && apart == 0) *known = more;
    else if (known->offset == OFFSET_NONE && more.offset != OFFSET_NONE && more.seconds >= 0 && known->seconds >= 0 && apart == 0 &&
             known->seconds / 60 == more.seconds / 60) *known = more;
}

/* What systems write where no date was ever put in: the year 1, the beginning of Unix time. */
static bool is_filler(moment m) { return m.date < day_of(1600, 1, 1) || (m.date == day_of(1970, 1, 1) && m.seconds <= 0); }

static void take_date(const intake_words *w, moment *to, str value) {
    moment m;
    if (value.len && date_whole(w, value, false, &m) && !is_filler(m)) refine(to, m);
}

/* Days are local to the outlet, and metadata often give the moment in UTC (or what is UTC under a local offset). The line on the page knows better: the same moment with
 * a zone, or without one, from which the offset follows, or only the day, which then is all that is known. */
static void localise(moment *known, moment seen) {
    enum { DAY = 24 * 3600, HALF_DAY = DAY / 2, QUARTER = 900, FARTHEST_EAST = 14 * 3600 };
    if (known->date == DAY_NONE || known->seconds < 0 || seen.date == DAY_NONE || seen.date < known->date - 2 || seen.date > known->date + 2) return;
    int32_t wall = known->seconds, utc = wall - (known->offset == OFFSET_NONE ? 0 : known->offset) * 60, there = (seen.date - known->date) * DAY + seen.seconds;
    if (seen.seconds >= 0 && seen.offset != OFFSET_NONE) {
        int32_t moment_there = there - seen.offset * 60;
        bool same = abs(moment_there - utc) < 120, mislabelled = abs(moment_there - wall) < 120;
        if ((same && known->offset == seen.offset) || (!same && !mislabelled && known->offset != 0)) return;
        if (same || mislabelled) *known = seen;
        else { /* another moment, of a change: but the outlet's zone */
            int32_t local = wall + seen.offset * 60, days = local < 0 ? -1 : local >= DAY;
            *known = (moment){known->date + days, local - days * DAY, seen.offset};
        }
    } else if (known->offset == 0 && seen.seconds >= 0) {
        int32_t apart = there - utc, offset = (apart + (apart < 0 ? -QUARTER : QUARTER) / 2) / QUARTER * QUARTER;
        if (offset != 0 && abs(apart - offset) < 62 && offset >= -HALF_DAY && offset <= FARTHEST_EAST) *known = (moment){seen.date, seen.seconds, offset / 60};
    } else if ((known->offset == 0 || known->offset == OFFSET_NONE) && seen.date == known->date - 1 && wall < HALF_DAY) {
        *known = (moment){seen.date, -1, OFFSET_NONE}; /* west of Greenwich */
    }
}

/* A string, or the first of a list of them. */
static str value_of(const json_t *v) {
    if (json_is_array(v)) v = json_array_get(v, 0);
    return json_is_string(v) ? (str){json_string_value(v), (uint32_t)json_string_length(v)} : STR("");
}

/* ---- JSON-LD ---- */

enum { MOST_ENTRIES = 16 << 20 }; /* bytes of a live blog */

static bool names_article(const json_t *type) {
    if (json_is_array(type)) {
        size_t i;
        json_t *one;
        json_array_foreach(type, i, one) if (names_article(one)) return true;
        return false;
    }
    str t = value_of(type);
    return str_ends(t, "Article") || str_ends(t, "BlogPosting") || str_ends(t, "Report") || str_ends(t, "Review") || str_ends(t, "Posting");
}

/* {"@id": …} stands for the object of that id anywhere in the script. */
static const json_t *referred(const json_t *v, const char *id, int depth) {
    const json_t *found = NULL;
    const char *own = json_string_value(json_object_get(v, "@id")), *key;
    size_t i;
    json_t *one;
    if (depth > 4) return NULL;
    if (own && strcmp(own, id) == 0 && json_object_get(v, "name")) return v;
    if (json_is_array(v)) json_array_foreach(v, i, one) if (!found) found = referred(one, id, depth + 1);
    if (json_is_object(v)) json_object_foreach((json_t *)v, key, one) if (!found) found = referred(one, id, depth + 1);
    return found;
}

static const json_t *resolved(const page_facts *facts, const json_t *v) {
    const char *id = json_string_value(json_object_get(v, "@id"));
    const json_t *found = id && !json_object_get(v, "name") ? referred(facts->script, id, 0) : NULL;
    return found ? found : v;
}

static void take_authors(document *doc, const page_facts *facts, const json_t *author) {
    if (json_is_array(author)) {
        size_t i;
        json_t *one;
        json_array_foreach(author, i, one) take_authors(doc, facts, one);
        return;
    }
    if (json_is_object(author)) {
        take_authors(doc, facts, json_object_get(resolved(facts, author), "name"));
        return;
    }
    str name = str_trim(value_of(author));
    if (name.len && !str_starts(name, "http") && name.len < 120) document_add_byline(doc, name);
}

/* Entries of a live blog, newest first as they stand: headline and text of each. */
static str live_entries(document *doc, const json_t *updates) {
    static const char *const parts[] = {"headline", "articleBody"};
    size_t i, all = 0;
    const json_t *one;
    json_array_foreach(updates, i, one) for (int k = 0; k < 2; k++) all += value_of(json_object_get(one, parts[k])).len + 2;
    if (all > MOST_ENTRIES) return STR("");
    char *to = arena_alloc(&doc->home, all + 1);
    uint32_t n = 0;
    json_array_foreach(updates, i, one) for (int k = 0; k < 2; k++) {
        str text = value_of(json_object_get(one, parts[k]));
        if (n && text.len) to[n++] = '\n', to[n++] = '\n';
        if (text.len) memcpy(to + n, text.ptr, text.len), n += text.len;
    }
    return (str){to, n};
}

static void take_body(document *doc, const json_t *o, page_facts *facts) {
    str body = value_of(json_object_get(o, "articleBody")), entries = live_entries(doc, json_object_get(o, "liveBlogUpdate"));
    if (body.len > facts->body.len) facts->body = arena_copy(&doc->home, body);
    if (entries.len > facts->body.len) facts->body = entries;
}

static void take_article(document *doc, const intake_words *w, json_t *o, page_facts *facts) {
    take_date(w, &doc->published, value_of(json_object_get(o, "datePublished")));
    take_date(w, &doc->modified, value_of(json_object_get(o, "dateModified")));
    set_if_none(doc, &facts->headline, value_of(json_object_get(o, "headline")));
    take_body(doc, o, facts);
    json_t *section = json_object_get(o, "articleSection");
    set_if_none(doc, &facts->section, value_of(json_is_array(section) ? json_array_get(section, 0) : section));
    set_if_none(doc, &facts->outlet, value_of(json_object_get(resolved(facts, json_object_get(o, "publisher")), "name")));
    set_if_none(doc, &facts->language, value_of(json_object_get(o, "inLanguage")));
    if (doc->byline_count == 0) take_authors(doc, facts, json_object_get(o, "author"));
}

/* Articles at the top, in arrays, in @graph, as somebody's mainEntity. jansson has limited the depth. */
static void find_articles(document *doc, const intake_words *w, json_t *v, page_facts *facts, int depth) {
    size_t i;
    json_t *one;
    if (depth > 4) return;
    if (json_is_array(v)) {
        json_array_foreach(v, i, one) find_articles(doc, w, one, facts, depth + 1);
    } else if (json_is_object(v)) {
        if (names_article(json_object_get(v, "@type"))) take_article(doc, w, v, facts);
        find_articles(doc, w, json_object_get(v, "@graph"), facts, depth + 1);
        find_articles(doc, w, json_object_get(v, "mainEntity"), facts, depth + 1);
    }
}

/* "datePublished": "…" in a script that is not quite JSON. */
static str quoted_after(str data, const char *key) {
    int32_t at = str_find(data, str_of(key));
    if (at < 0) return STR("");
    uint32_t i = (uint32_t)at + (uint32_t)strlen(key);
    while (i < data.len && strchr("\" :\t\n", data.ptr[i])) i++;
    uint32_t from = i;
    while (i < data.len && data.ptr[i] != '"' && i - from < 60) i++;
    return str_sub(data, from, i);
}

/* False when it is not JSON. The parsed value is not the arena's: freed also when the arena takes its way out. */
static bool read_script(document *doc, const intake_words *w, str script, page_facts *facts) {
    json_t *v = json_read(script.ptr, script.len, JSON_DISABLE_EOF_CHECK, NULL);
    jmp_buf escape, *outer = doc->home.escape;
    if (!v) return false;
    if (setjmp(escape)) {
        json_decref(v);
        doc->home.escape = outer;
        if (outer) longjmp(*outer, 1);
        return true;
    }
    doc->home.escape = outer ? &escape : NULL;
    facts->script = v;
    find_articles(doc, w, v, facts, 0);
    facts->script = NULL;
    doc->home.escape = outer;
    json_decref(v);
    return true;
}

static void read_json_ld(document *doc, const page *p, page_facts *facts) {
    str data = buffer_view(&p->data), one;
    while (str_split(&data, 0, &one)) {
        one = str_trim(one);
        if (one.len == 0) continue;
        if (read_script(doc, p->words, one, facts)) continue;
        take_date(p->words, &doc->published, quoted_after(one, "\"datePublished\""));
        take_date(p->words, &doc->modified, quoted_after(one, "\"dateModified\""));
    }
}

/* ---- the head ---- */

static void read_head(document *doc, const page *p, const page_facts *facts) {
    static const char published[] = "article:published_time og:article:published_time datepublished article.published published_time published-date "
                                    "parsely-pub-date sailthru.date pubdate publishdate publish-date publish_date date.published rnews:datepublished "
                                    "dc.date.issued dcterms.created dcterms.date dc.date dcterms.issued cxenseparse:recs:publishtime "
                                    "article_date_original originalpublicationdate date displaydate article.created creation_date og:published_time";
    static const char modified[] = "article:modified_time og:article:modified_time og:updated_time datemodified article.updated dcterms.modified "
                                   "dc.date.modified lastmod last-modified revision_date";
    take_date(p->words, &doc->published, page_meta(p, published));
    take_date(p->words, &doc->modified, page_meta(p, modified));
    set_if_none(doc, &doc->url, page_meta(p, "canonical og:url twitter:url"));
    set_if_none(doc, &doc->outlet, page_meta(p, "og:site_name application-name"));
    set_if_none(doc, &doc->outlet, facts->outlet);
    set_if_none(doc, &doc->section, page_meta(p, "article:section section parsely-section"));
    set_if_none(doc, &doc->section, facts->section);
}

static void read_authors(document *doc, const page *p) {
    static const char names[] = "author article:author parsely-author sailthru.author dc.creator byl byline article.author og:article:author";
    str rest = str_of(names), one;
    while (doc->byline_count == 0 && str_split(&rest, ' ', &one)) {
        char name[40];
        snprintf(name, sizeof name, "%.*s", STR_ARG(one));
        str value = page_meta(p, name);
        if (value.len && value.len < 120 && str_find(value, STR("://")) < 0) document_add_byline(doc, value);
    }
}

static str title_element(const page *p) {
    const html_node *n = page_nodes(p);
    for (int32_t i = 0; i < page_count(p); i++)
        if (n[i].tag == TAG_TITLE && i + 1 < n[i].end && n[i + 1].tag == TAG_TEXT) return str_trim((str){p->text.ptr + n[i + 1].text, n[i + 1].text_len});
    return STR("");
}

double shared_words(str a, str b) {
    int all = 0, hit = 0;
    str word;
    while (str_split(&a, ' ', &word)) {
        if (word.len < 3) continue;
        all++;
        hit += str_find(b, word) >= 0;
    }
    return all ? (double)hit / all : 0;
}

static str best_heading(const page *p, str stated) {
    const html_block *b = page_block(p);
    str best = {0};
    double most = 0.55;
    for (int32_t i = 0; i < page_block_count(p); i++) {
        if (b[i].node < 0 || b[i].words < 2 || b[i].words > 60) continue;
        uint8_t t = page_nodes(p)[b[i].node].tag;
        if (t != TAG_H1 && t != TAG_H2 && !(page_nodes(p)[b[i].node].flags & NODE_HEADLINE)) continue;
        double s = shared_words(page_prose(p, &b[i]), stated) * 0.6 + shared_words(stated, page_prose(p, &b[i])) * 0.4 + (t == TAG_H1 ? 0.1 : 0);
        if (s > most) most = s, best = page_prose(p, &b[i]);
    }
    return best;
}

static str one_line(document *doc, str s) {
    str copy = arena_copy(&doc->home, s);
    char *to = (char *)copy.ptr;
    uint32_t n = 0;
    for (uint32_t i = 0; i < copy.len; i++) {
        char c = copy.ptr[i] == '\n' || copy.ptr[i] == '\t' ? ' ' : copy.ptr[i];
        if (c == ' ' && n && to[n - 1] == ' ') continue;
        to[n++] = c;
    }
    return (str){copy.ptr, n};
}

/* Old pages have no headings: the line that is one part of <title>, with the paper's name before or behind it. */
static str line_of_title(const page *p, str title) {
    const html_block *b = page_block(p);
    for (int32_t i = 0; i < page_block_count(p); i++) {
        str lines = page_prose(p, &b[i]), line;
        str_split(&lines, '\n', &line);
        if (line_words(line) < 3 || line.len + 3 > title.len) continue;
        bool front = str_eq(str_sub(title, 0, line.len), line), back = str_eq(str_sub(title, title.len - line.len, title.len), line);
        str rest = front ? str_trim(str_sub(title, line.len, title.len)) : str_trim(str_sub(title, 0, title.len - line.len));
        if ((front || back) && rest.len && strchr("|-:\xc2\xe2", front ? rest.ptr[0] : rest.ptr[rest.len - 1])) return line;
        if (back && rest.len > 3 && (str_ends(rest, "\xe2\x80\x93") || str_ends(rest, "\xe2\x80\x94") || str_ends(rest, "\xc2\xbb"))) return line;
    }
    return STR("");
}

str page_headline(document *doc, const page *p, const page_facts *facts) {
    str stated = line_without_site(page_meta(p, "og:title twitter:title"));
    str element = title_element(p), whole = stated.len ? stated : facts->headline.len ? facts->headline : element;
    str heading = best_heading(p, whole.len ? whole : element);
    if (heading.len) return one_line(doc, heading);
    if (facts->headline.len) return one_line(doc, facts->headline);
    if (stated.len) return one_line(doc, stated);
    if ((heading = line_of_title(p, element)).len) return one_line(doc, heading);
    return one_line(doc, line_without_site(element));
}

/* ---- what is visible ---- */

static str node_text(document *doc, const page *p, int32_t at) {
    const html_node *n = page_nodes(p);
    buffer b = {.ceiling = 400};
    for (int32_t i = at; i < n[at].end && !b.failed; i++)
        if (n[i].tag == TAG_TEXT) buffer_add(&b, p->text.ptr + n[i].text, n[i].text_len), buffer_byte(&b, ' ');
    str copy = one_line(doc, str_trim(buffer_view(&b)));
    buffer_free(&b);
    return copy;
}

static void microdata(document *doc, const page *p) {
    const html_node *n = page_nodes(p);
    for (int32_t i = 0; i < page_count(p); i++) {
        if (n[i].tag == TAG_TEXT || !n[i].flags) continue;
        str value = (str){p->text.ptr + n[i].text, n[i].text_len};
        if (n[i].flags & (NODE_PUBLISHED | NODE_MODIFIED)) {
            if (value.len == 0) value = node_text(doc, p, i);
            take_date(p->words, n[i].flags & NODE_PUBLISHED ? &doc->published : &doc->modified, value);
        }
        if ((n[i].flags & NODE_AUTHOR) && doc->byline_count == 0) {
            str name = node_text(doc, p, i);
            if (name.len > 2 && line_words(name) <= 12) document_add_byline(doc, name);
        }
    }
}

/* <time> elements before the body's end; the first is the publication unless its line says otherwise. */
static void time_elements(document *doc, const page *p) {
    const html_node *n = page_nodes(p);
    for (int32_t i = 0; i < page_count(p) && doc->published.date == DAY_NONE; i++)
        if (n[i].tag == TAG_TIME && n[i].text_len) take_date(p->words, &doc->published, (str){p->text.ptr + n[i].text, n[i].text_len});
}

/* The line has hour and minute, an element beside it the same moment with its zone. */
static void zone_of_elements(document *doc, const page *p) {
    const html_node *n = page_nodes(p);
    moment known = doc->published, m;
    for (int32_t i = 0; i < page_count(p) && known.seconds >= 0 && known.offset == OFFSET_NONE; i++) {
        if (n[i].tag != TAG_TIME || !n[i].text_len || !date_whole(p->words, (str){p->text.ptr + n[i].text, n[i].text_len}, false, &m) || m.seconds < 0 || m.offset == OFFSET_NONE) continue;
        moment local = m;
        localise(&local, known);
        if (local.date == known.date && local.seconds / 60 == known.seconds / 60) known = local;
    }
    doc->published = known;
}

enum { GROUP_BYLINE = 17, GROUP_DATE = 18, GROUP_SUMMARY = 21, AROUND = 30 };

static uint32_t groups_near(const page *p, int32_t node) {
    uint32_t g = 0;
    for (int k = 0; k < 2 && node >= 0; k++, node = page_nodes(p)[node].parent) g |= page_nodes(p)[node].groups;
    return g;
}

static void visible_dates(document *doc, const page *p, int32_t first) {
    const html_block *b = page_block(p);
    int32_t from = first > AROUND ? first - AROUND : 0, to = first + 3 < page_block_count(p) ? first + 3 : page_block_count(p);
    for (int pass = 0; pass < 3; pass++) /* lines that say "published" first, then those that are made for it */
        for (int32_t i = from; i < to && doc->published.date == DAY_NONE; i++) {
            bool made = b[i].node >= 0 && (groups_near(p, b[i].node) >> GROUP_DATE & 1);
            if (b[i].words > 40 || (pass == 0 && !line_says_published(p->words, page_prose(p, &b[i]))) || (pass == 1 && !made)) continue;
            line_take_dates(doc, p->words, page_prose(p, &b[i]));
        }
}

static void visible_byline(document *doc, const page *p, int32_t first) {
    const html_block *b = page_block(p);
    int32_t from = first > AROUND ? first - AROUND : 0, to = first + 2 < page_block_count(p) ? first + 2 : page_block_count(p);
    for (int32_t i = from; i < to && doc->byline_count == 0; i++) {
        str rest = page_prose(p, &b[i]), line;
        while (b[i].words < 40 && doc->byline_count == 0 && str_split(&rest, '\n', &line))
            if (line_is_byline(line)) document_add_byline(doc, line);
    }
}

/* The standfirst: between headline and body, a line of a summary's class, or the page's own description. */
static void visible_subtitle(document *doc, const page *p, int32_t first) {
    const html_block *b = page_block(p);
    str description = page_meta(p, "og:description description twitter:description");
    int32_t from = first > AROUND ? first - AROUND : 0;
    for (int32_t i = first - 1; i >= from && doc->subtitle.len == 0; i--) {
        str line = page_prose(p, &b[i]);
        if (b[i].words < 4 || b[i].words > 60 || b[i].link_words * 2 > b[i].words || b[i].hidden || str_eq(line, doc->title)) continue;
        if (line_is_byline(line) || line_is_furniture(p->words, line) || line_is_credit(line)) continue;
        bool summary = b[i].node >= 0 && (groups_near(p, b[i].node) >> GROUP_SUMMARY & 1);
        uint8_t t = b[i].node >= 0 ? page_nodes(p)[b[i].node].tag : TAG_OTHER;
        if (t == TAG_FIGCAPTION) continue;
        if (summary || str_eq(line, description) || (t == TAG_H2 && first - i < 8)) doc->subtitle = one_line(doc, line);
    }
}

void page_facts_read(document *doc, const page *p, page_facts *facts) {
    *facts = (page_facts){0};
    read_json_ld(doc, p, facts);
    read_head(doc, p, facts);
    microdata(doc, p);
    read_authors(doc, p);
}

void page_facts_visible(document *doc, const page *p, int32_t first) {
    if (first >= 0) {
        visible_subtitle(doc, p, first);
        visible_byline(doc, p, first);
    }
    moment stated = doc->published, address = MOMENT_NONE;
    date_of_url(p->words, doc->url, &address);
    if (stated.date == DAY_NONE) stated = address;
    doc->published = MOMENT_NONE;
    if (first >= 0) visible_dates(doc, p, first);
    moment seen = doc->published;
    doc->published = stated;
    /* An address tells the day, the line on the page the hour. */
    if (seen.date != DAY_NONE) refine(&doc->published, seen);
    localise(&doc->published, seen);
    if (seen.date == DAY_NONE) localise(&doc->published, address);
    zone_of_elements(doc, p);
    if (doc->published.date == DAY_NONE) time_elements(doc, p);
}
