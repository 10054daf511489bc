#include "intake/script_story.h"

#include "base/json.h"
#include "intake/furniture.h"
#include "intake/page_facts.h"

/* Scripts larger, deeper or with more values than any article's are left alone. */
enum { MOST_SCRIPT = 8 << 20, LEAST_SCRIPT = 300, MOST_SCRIPTS = 60, MOST_TRIES = 12, MOST_LEVELS = 48, MOST_VALUES = 2000000, LEAST_WORDS = 60, MOST_BLOCKS = 4000 };

typedef struct search {
    str title;
    const json_t *best;    /* the content with most words so far … */
    const json_t *owner;   /* … and the object with the page's title that it stands in, NULL */
    long words, left;      /* left: values, and pieces of 64 bytes of text, that may still be looked at */
} search;

static str text_of(const json_t *v) { return json_is_string(v) ? (str){json_string_value(v), (uint32_t)json_string_length(v)} : STR(""); }

static bool has_any(const char *name, const char *const *parts, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (strcasestr(name, parts[i])) return true;
    return false;
}
#define HAS_ANY(name, list) has_any((name), (list), sizeof(list) / sizeof *(list))

/* Members that hold a text, or what it is made of. */
static bool holds_text(const char *key) {
    return str_in(str_of(key), "text content html value body rendered children paragraphs paragraph model blocks data components elements content_elements items sections fragments "
                               "articleBody article_body bodyText body_text bodyHtml bodyHTML body_html contentHtml content_html fullText full_text storyBody copy document richText raw");
}

/* Members and kinds that hold other texts than the article's. */
static bool beside(const char *name) {
    static const char *const parts[] = {"image", "video", "advert", "promo", "newsletter", "related", "recommend", "gallery", "caption", "audio", "comment", "teaser", "interstitial",
                                        "author", "byline", "latest", "popular", "trending", "footer", "config", "translation", "cookie", "navigation", "menu"};
    return HAS_ANY(name, parts);
}

static bool is_beside(const json_t *o) {
    static const char *const kinds[] = {"type", "_type", "__typename", "nodeType", "kind"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const char *kind = json_string_value(json_object_get(o, kinds[i]));
        if (kind && beside(kind)) return true;
    }
    return false;
}

/* An object's headline, written plainly or as {"rendered": …}, {"basic": …}. */
static str headline_of(const json_t *o) {
    static const char *const keys[] = {"headline", "title", "headlines", "hed", "name"}, *const inner[] = {"rendered", "basic", "text", "main", "long"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const json_t *v = json_object_get(o, keys[i]);
        for (size_t k = 0; json_is_object(v) && k < sizeof inner / sizeof *inner; k++)
            if (text_of(json_object_get(v, inner[k])).len) v = json_object_get(v, inner[k]);
        if (text_of(v).len) return text_of(v);
    }
    return STR("");
}

static bool has_address(const json_t *o) {
    return text_of(json_object_get(o, "url")).len || text_of(json_object_get(o, "link")).len || text_of(json_object_get(o, "slug")).len || text_of(json_object_get(o, "path")).len ||
           text_of(json_object_get(o, "href")).len || text_of(json_object_get(o, "canonical_url")).len;
}

/* ---- what a value says, as HTML ---- */

static long gather(search *s, const json_t *v, buffer *out, int depth);

static const json_t *wordiest(search *s, const json_t *o, int depth, long *words) {
    const json_t *best = NULL, *v;
    const char *key;
    *words = 0;
    json_object_foreach((json_t *)o, key, v) {
        if (!holds_text(key)) continue;
        long n = gather(s, v, NULL, depth + 1);
        if (n > *words) *words = n, best = v;
    }
    return best;
}

/* Do most of its parts end as sentences do, so that each is a paragraph? Else they are pieces of one: "He said ", "no", ".". */
static bool of_paragraphs(search *s, const json_t *list, int depth) {
    size_t i;
    long parts = 0, closed = 0;
    const json_t *one;
    json_array_foreach(list, i, one) {
        buffer b = {.ceiling = 1 << 20};
        if (i >= MOST_BLOCKS || gather(s, one, &b, depth + 1) == 0) {
            buffer_free(&b);
            continue;
        }
        str text = str_trim(buffer_view(&b));
        parts++;
        closed += line_closed(text) || str_ends(text, ">");
        buffer_free(&b);
    }
    return parts == 0 || closed * 2 >= parts;
}

static long gather_list(search *s, const json_t *list, buffer *out, int depth) {
    size_t i;
    long words = 0;
    const json_t *one;
    bool paragraphs = out && of_paragraphs(s, list, depth);
    json_array_foreach(list, i, one) {
        if (i >= MOST_BLOCKS) break;
        if (paragraphs) buffer_text(out, "<p>");
        words += gather(s, one, out, depth + 1);
        if (paragraphs) buffer_text(out, "</p>");
    }
    return words;
}

/* Words of v; written where there is an `out`. */
static long gather(search *s, const json_t *v, buffer *out, int depth) {
    long words = 0;
    if (depth > MOST_LEVELS || s->left-- <= 0) return 0;
    if (json_is_string(v)) {
        str text = text_of(v);
        bool address = str_starts(text, "http") && !memchr(text.ptr, ' ', text.len);
        if (address || text.len == 0) return 0;
        if (out) buffer_str(out, text);
        s->left -= text.len / 64;
        return line_words(text);
    }
    if (json_is_array(v)) return gather_list(s, v, out, depth);
    if (!json_is_object(v) || is_beside(v) || (has_address(v) && headline_of(v).len)) return 0; /* another article, pointed at */
    const json_t *best = wordiest(s, v, depth, &words);
    return best && out ? gather(s, best, out, depth + 1) : words;
}

/* ---- which value ---- */

static bool same_title(str a, str b) { return a.len && b.len && shared_words(a, b) >= 0.6 && shared_words(b, a) >= 0.6; }

static void consider(search *s, const json_t *v, const json_t *owner, int depth) {
    long words = gather(s, v, NULL, depth);
    if (words >= LEAST_WORDS && ((owner && !s->owner) || (!owner == !s->owner && words > s->words))) s->best = v, s->owner = owner, s->words = words;
}

static void look(search *s, const json_t *v, const json_t *owner, int depth) {
    const char *key;
    const json_t *one;
    size_t i;
    if (depth > MOST_LEVELS || s->left-- <= 0) return;
    if (json_is_array(v)) json_array_foreach(v, i, one) look(s, one, owner, depth + 1);
    if (!json_is_object(v)) return;
    if (same_title(headline_of(v), s->title)) owner = v;
    json_object_foreach((json_t *)v, key, one) {
        if (beside(key)) continue;
        if (holds_text(key)) consider(s, one, owner, depth + 1);
        look(s, one, owner, depth + 1);
    }
}

static void take_date(script_story *found, const json_t *owner) {
    static const char *const keys[] = {"datePublished", "firstPublishedAt", "publishedAt", "published_at", "firstPublished", "publishDate", "publish_date", "publicationDate", "published",
                                       "display_date", "first_publish_date", "pubDate", "date_gmt", "date", "createdAt"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys && !found->published[0]; i++) {
        str value = text_of(json_object_get(owner, keys[i]));
        if (value.len && value.len < sizeof found->published) memcpy(found->published, value.ptr, value.len), found->published[value.len] = 0;
    }
}

/* The article in one script's data, if it is better than what was found before. */
static void read_data(const json_t *data, str title, script_story *found) {
    search s = {.title = title, .left = found->left};
    look(&s, data, NULL, 0);
    found->left = s.left;
    if (!s.best || s.words <= found->words) return;
    buffer b = {.ceiling = MOST_SCRIPT};
    s.left = 4 * MOST_VALUES;
    gather(&s, s.best, &b, 0);
    int32_t at = str_find(str_sub(buffer_view(&b), 0, b.len < 600 ? (uint32_t)b.len : 600), title);
    if (b.failed || (!s.owner && (at < 0 || title.len < 12))) {
        buffer_free(&b);
        return;
    }
    buffer_free(&found->html);
    found->html = b, found->words = s.words, found->published[0] = 0;
    if (s.owner) take_date(found, s.owner);
}

/* ---- scripts ---- */

/* A string of JavaScript, from its opening quote on, as the text that it stands for; \u stays as it is, JSON knows it. */
static void unquote(str s, buffer *out) {
    char quote = s.ptr[0];
    for (uint32_t i = 1; i < s.len && s.ptr[i] != quote && !out->failed; i++) {
        char c = s.ptr[i];
        if (c != '\\' || i + 1 >= s.len) {
            buffer_byte(out, c);
            continue;
        }
        c = s.ptr[++i];
        if (c == 'u') buffer_text(out, "\\u");
        else if (c == 'x') buffer_text(out, "\\u00");
        else buffer_byte(out, c == 'n' || c == 't' || c == 'r' ? ' ' : c);
    }
}

static json_t *load(str data) { return json_read(data.ptr, data.len, JSON_DISABLE_EOF_CHECK, NULL); }

/* Data behind an assignment: an object, or a string that holds one, by itself or inside JSON.parse(…). False: neither. */
static bool try_data(str from, str title, script_story *found) {
    json_t *data = NULL;
    from = str_trim(from);
    if (str_starts(from, "JSON.parse(")) from = str_trim(str_sub(from, 11, from.len));
    if (from.len < LEAST_SCRIPT) return false;
    if (from.ptr[0] == '{' || from.ptr[0] == '[') data = load(from);
    else if (from.ptr[0] == '"' || from.ptr[0] == '\'') {
        buffer b = {.ceiling = MOST_SCRIPT};
        unquote(from, &b);
        if (!b.failed && b.len >= LEAST_SCRIPT) data = load(buffer_view(&b));
        buffer_free(&b);
    }
    if (data) read_data(data, title, found);
    json_decref(data);
    return data != NULL;
}

static void read_script(str attributes, str body, str title, script_story *found) {
    body = str_trim(body);
    if (body.len < LEAST_SCRIPT || body.len > MOST_SCRIPT || str_find(attributes, STR("ld+json")) >= 0) return;
    if (body.ptr[0] == '{' || body.ptr[0] == '[') {
        try_data(body, title, found);
        return;
    }
    int tries = 0;
    for (uint32_t i = 0; i + LEAST_SCRIPT < body.len && tries < MOST_TRIES; i++) {
        if (body.ptr[i] != '=' || body.ptr[i + 1] == '=') continue;
        uint32_t at = i + 1;
        while (at < body.len && (body.ptr[at] == ' ' || body.ptr[at] == '\n')) at++;
        if (at >= body.len || !strchr("{\"'J", body.ptr[at])) continue;
        tries++;
        if (try_data(str_sub(body, at, body.len), title, found)) return;
    }
}

bool script_story_find(str html, str title, script_story *s) {
    static const char open[] = "<script", close[] = "</script";
    *s = (script_story){.left = MOST_VALUES};
    for (int n = 0; n < MOST_SCRIPTS; n++) {
        const char *at = html.len ? memmem(html.ptr, html.len, open, sizeof open - 1) : NULL;
        if (!at) break;
        html = str_sub(html, (uint32_t)(at - html.ptr), html.len);
        const char *end = memchr(html.ptr, '>', html.len), *behind = end ? memmem(end, html.len - (size_t)(end - html.ptr), close, sizeof close - 1) : NULL;
        if (!behind) break;
        uint32_t from = (uint32_t)(end - html.ptr) + 1, to = (uint32_t)(behind - html.ptr);
        read_script(str_sub(html, 0, from), str_sub(html, from, to), title, s);
        html = str_sub(html, to, html.len);
    }
    return s->words >= LEAST_WORDS && !s->html.failed;
}
