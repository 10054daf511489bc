#include "intake/fields.h"

#include "base/utf8.h"
#include "intake/dates.h"
#include "intake/language.h"

static const char *const names[FIELD_COUNT] = {"",        "id",       "url",      "outlet",  "title", "subtitle", "byline",
                                               "section", "published", "modified", "language", "caption", "text", "html"};

/* Folded: lower case, letters and digits only. In each list the likeliest first. */
static const char *const common[FIELD_COUNT] = {
    [FIELD_ID] = "id docid documentid articleid storyid guid uuid accessionnumber an recordid",
    [FIELD_URL] = "url link sourceurl articleurl permalink webpage href weburl canonicalurl",
    [FIELD_OUTLET] = "outlet source publisher publication newspaper media site journal sourcename publicationtitle medianame domain agency quelle zeitung fuente fonte",
    [FIELD_TITLE] = "title headline hed head articletitle heading subject webtitle titel titre ttulo titulo titolo berschrift schlagzeile otsikko",
    [FIELD_SUBTITLE] = "subtitle subheadline subhead deck dek standfirst kicker",
    [FIELD_BYLINE] = "byline bylines author authors writer creator reporter by autor auteur autore",
    [FIELD_SECTION] = "section category rubric desk",
    [FIELD_PUBLISHED] = "published date pubdate publicationdate publisheddate publishdate datepublished publishedat pubtime publishtime time "
                        "timestamp datetime storydate articledate dateline created createdat pubdatetime webpublicationdate seendate datum fecha",
    [FIELD_MODIFIED] = "modified updated datemodified lastmodified modifiedat updatedat updateddate",
    [FIELD_LANGUAGE] = "language lang languagecode",
    [FIELD_CAPTION] = "caption captions photocaption",
    [FIELD_TEXT] = "text body content article fulltext articlebody story maintext bodytext articletext rawtext sentence plaintext contents texte texto testo inhalt contenu contenido contenuto corps cuerpo",
    [FIELD_HTML] = "html rawhtml pagehtml",
};

const char *field_name(field f) { return names[f]; }

field field_exact(str name) {
    for (int f = 1; f < FIELD_COUNT; f++)
        if (str_is(name, names[f])) return (field)f;
    if (str_is(name, "captions")) return FIELD_CAPTION;
    return FIELD_NONE;
}

field field_common(str name) {
    char folded[40];
    uint32_t n = 0;
    name = str_trim(name);
    for (uint32_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
        if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) continue;
        if (n == sizeof folded) return FIELD_NONE;
        folded[n++] = c;
    }
    for (int f = 1; f < FIELD_COUNT && n; f++)
        if (str_in((str){folded, n}, common[f])) return (field)f;
    return FIELD_NONE;
}

str url_host(str url) {
    int32_t at = str_find(url, STR("://"));
    uint32_t from = at < 0 ? 0 : (uint32_t)at + 3, to = from;
    if (at < 0 && str_starts(url, "//")) from = to = 2;
    else if (at < 0) return STR("");
    while (to < url.len && url.ptr[to] != '/' && url.ptr[to] != ':' && url.ptr[to] != '?' && url.ptr[to] != '#') to++;
    str host = str_sub(url, from, to);
    return str_starts(host, "www.") ? str_sub(host, 4, host.len) : host;
}

void document_add_caption(document *doc, str caption) {
    caption = str_trim(caption);
    if (caption.len == 0) return;
    for (int i = 0; i < doc->caption_count; i++)
        if (str_eq(doc->captions[i], caption)) return;
    str *more = arena_array(&doc->home, str, doc->caption_count + 1);
    if (doc->caption_count) memcpy(more, doc->captions, sizeof(str) * (size_t)doc->caption_count);
    more[doc->caption_count++] = arena_copy(&doc->home, caption);
    doc->captions = more;
}

static void add_writer(document *doc, str writer) {
    writer = str_trim(writer);
    while (writer.len && strchr(",;|-", writer.ptr[writer.len - 1])) writer = str_trim(str_sub(writer, 0, writer.len - 1));
    if (str_starts(writer, "and ")) writer = str_sub(writer, 4, writer.len);
    if (writer.len < 2 || writer.len > 160) return;
    for (int i = 0; i < doc->byline_count; i++)
        if (str_eq_nocase(doc->bylines[i], writer)) return;
    str *more = arena_array(&doc->home, str, doc->byline_count + 1);
    if (doc->byline_count) memcpy(more, doc->bylines, sizeof(str) * (size_t)doc->byline_count);
    more[doc->byline_count++] = arena_copy(&doc->home, writer);
    doc->bylines = more;
}

/* Two to four capitalised words and no word for a job: another writer, not the first one's position. */
static bool looks_like_name(str s) {
    static const char jobs[] = "Staff Reporter Correspondent Editor Writer Senior Chief Bureau News Press Reuters AP AFP Yonhap Associated Special The University "
                               "Professor Contributor Columnist Times Post Herald Washington Beijing Seoul Tokyo London";
    int words = 0;
    str word;
    s = str_trim(s);
    while (str_split(&s, ' ', &word)) {
        if (word.len == 0) continue;
        uint32_t n;
        if (!unicode_upper(utf8_at(word, 0, &n)) || str_in(word, jobs)) return false;
        words++;
    }
    return words >= 2 && words <= 4;
}

/* The end of the writer that starts at `from`: before " and NAME", " & NAME", ";", or a comma behind which another name stands. */
static uint32_t writer_end(str line, uint32_t from, uint32_t *next) {
    for (uint32_t i = from; i < line.len; i++) {
        str rest = str_sub(line, i, line.len);
        uint32_t skip = str_starts(rest, " and ") ? 5 : str_starts(rest, " & ") ? 3 : line.ptr[i] == ';' || line.ptr[i] == '|' ? 1 : 0, n;
        if (skip && i + skip < line.len) {
            str behind = str_trim(str_sub(line, i + skip, line.len));
            if (skip == 1 || (behind.len && unicode_upper(utf8_at(behind, 0, &n)))) return *next = i + skip, i;
        }
        if (line.ptr[i] == ',') {
            uint32_t end = i + 1;
            while (end < line.len && line.ptr[end] != ',' && !str_starts(str_sub(line, end, line.len), " and ")) end++;
            if (looks_like_name(str_sub(line, i + 1, end))) return *next = i + 1, i;
        }
    }
    return *next = line.len, line.len;
}

void document_add_byline(document *doc, str line) {
    line = str_trim(line);
    if (line.len > 3 && str_eq_nocase(str_sub(line, 0, 3), STR("by "))) line = str_trim(str_sub(line, 3, line.len));
    else if (str_starts(line, "By: ")) line = str_trim(str_sub(line, 4, line.len));
    for (uint32_t from = 0, next; from < line.len; from = next) add_writer(doc, str_sub(line, from, writer_end(line, from, &next)));
}

void field_set(document *doc, const intake_words *words, field f, str value, bool day_first) {
    value = str_trim(value);
    if (value.len == 0) return;
    switch (f) {
    case FIELD_ID: doc->id = arena_copy(&doc->home, value); break;
    case FIELD_URL: doc->url = arena_copy(&doc->home, value); break;
    case FIELD_OUTLET: doc->outlet = arena_copy(&doc->home, value); break;
    case FIELD_TITLE: doc->title = arena_copy(&doc->home, value); break;
    case FIELD_SUBTITLE: doc->subtitle = arena_copy(&doc->home, value); break;
    case FIELD_SECTION: doc->section = arena_copy(&doc->home, value); break;
    case FIELD_LANGUAGE: doc->language = language_named(&doc->home, value); break;
    case FIELD_BYLINE: document_add_byline(doc, value); break;
    case FIELD_CAPTION: document_add_caption(doc, value); break;
    case FIELD_PUBLISHED:
        if (!date_whole(words, value, day_first, &doc->published)) doc->published_raw = arena_copy(&doc->home, value);
        break;
    case FIELD_MODIFIED:
        if (!date_whole(words, value, day_first, &doc->modified)) doc->modified_raw = arena_copy(&doc->home, value);
        break;
    default: break;
    }
}

/* Each run of U+FFFD that repairing left. */
static void mark_broken(document *doc) {
    for (int b = 0; b < doc->block_count; b++) {
        str text = doc->blocks[b].text;
        for (uint32_t i = 0; i < text.len; i++) {
            uint32_t end = i;
            while (str_starts(str_sub(text, end, text.len), "\xef\xbf\xbd")) end += 3;
            if (end == i) continue;
            document_skip(doc, b, i, end, "bytes that could not be read as text");
            i = end - 1;
        }
    }
}

void document_finish(document *doc, const intake_words *words, str body, str raw, bool repaired) {
    str host = url_host(doc->url);
    doc->domain = host;
    if (doc->outlet.len == 0) doc->outlet = host;
    if (doc->language.len == 0) doc->language = language_of(words, body.len ? body : doc->title);
    document_blocks(doc, body, raw);
    if (repaired) mark_broken(doc);
}
