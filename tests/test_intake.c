/* Intake: bytes to documents. Every text here is made up. */
#include <stdio.h>
#include <unistd.h>
#include <zlib.h>

#include "base/memory.h"
#include "check.h"

/* zlib brings unistd's link(), which document.h has another use for. */
#define link document_link
#include "document.h"
#undef link
#include "intake/charset.h"
#include "intake/dates.h"
#include "intake/fields.h"
#include "intake/language.h"
#include "intake/page.h"

static rap_document *doc;
static rap_error error;
static char path[64];

/* ---- helpers ---- */

static void write_file(const void *bytes, size_t n) {
    snprintf(path, sizeof path, "/tmp/rapporteur-intake-%d", (int)getpid());
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(bytes, 1, n, f) != n) exit(3);
    fclose(f);
}

static str view(const char *name) {
    rap_view v = rap_document_field(doc, name);
    return (str){v.text, (uint32_t)v.length};
}

#define IS(name, expected) CHECK(str_is(view(name), expected), "%s is \"%.*s\"", name, STR_ARG(view(name)))

typedef struct outcome { int documents, unreadable; rap_status last; } outcome;

/* Reads all of the file; `doc` holds the first document afterwards (or the n-th). */
static outcome read_all(const rap_source_options *options, int keep) {
    outcome o = {0};
    rap_source *s;
    rap_document *other;
    rap_document_new(&other, &error);
    o.last = rap_source_open(&s, path, options, &error);
    if (o.last != RAP_OK) {
        o.unreadable = o.last == RAP_UNREADABLE;
        rap_document_free(other);
        return o;
    }
    for (;;) {
        o.last = rap_source_next(s, o.documents == keep ? doc : other, &error);
        if (o.last == RAP_OK) o.documents++;
        else if (o.last == RAP_UNREADABLE) o.unreadable++;
        else break;
    }
    rap_source_close(s);
    rap_document_free(other);
    return o;
}

static outcome read_text(const char *text) {
    write_file(text, strlen(text));
    return read_all(NULL, 0);
}

/* ---- dates, charsets, languages ---- */

static void test_dates(void) {
    FILE *f = fopen("tests/cases/intake_dates.tsv", "r");
    char line[256];
    arena a;
    arena_init(&a);
    CHECK(f != NULL);
    while (f && fgets(line, sizeof line, f)) {
        char *tab = strchr(line, '\t');
        if (line[0] == '#' || !tab) continue;
        *tab = 0;
        tab[1 + strcspn(tab + 1, "\n")] = 0;
        moment m = MOMENT_NONE;
        bool found = date_whole(intake_words_get(), str_of(line), false, &m);
        str got = found ? moment_format(&a, m) : STR("-");
        CHECK(str_is(got, tab + 1), "%s is %.*s, not %s", line, STR_ARG(got), tab + 1);
    }
    if (f) fclose(f);
    moment m;
    CHECK(date_of_url(intake_words_get(), STR("https://a.example/world/2019/nov/18/talks"), &m) && m.date == day_of(2019, 11, 18));
    CHECK(date_of_url(intake_words_get(), STR("https://a.example/2019-11-08-talks-end"), &m) && m.date == day_of(2019, 11, 8));
    CHECK(!date_of_url(intake_words_get(), STR("https://a.example/news/talks-14848164.php"), &m));
    arena_free(&a);
}

static void test_charsets(void) {
    static const struct { const char *bytes, *declared, *text; bool repaired; } cases[] = {
        {"plain", "", "plain", false},
        {"\xef\xbb\xbfmarked", "", "marked", false},
        {"caf\xc3\xa9", "iso-8859-1", "caf\xc3\xa9", false},
        {"the caf\xe9 was open", "iso-8859-1", "the caf\xc3\xa9 was open", false},
        {"\x93quoted\x94 words in the report", "windows-1252", "\xe2\x80\x9cquoted\xe2\x80\x9d words in the report", false},
        {"\xc3\xa9t\xc3\xa9 cut off here: \xe2\x80", "", "\xc3\xa9t\xc3\xa9 cut off here: \xef\xbf\xbd", true},
        {"two good ones \xc3\xa9\xc3\xa9 and a bad \xff one", "", "two good ones \xc3\xa9\xc3\xa9 and a bad \xef\xbf\xbd one", true},
    };
    buffer room = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        decoded d = charset_decode(str_of(cases[i].bytes), str_of(cases[i].declared), &room);
        CHECK(str_is(d.text, cases[i].text) && d.repaired == cases[i].repaired, "case %zu: %.*s", i, STR_ARG(d.text));
    }
    decoded d = charset_decode((str){"\xff\xfeh\0i\0", 6}, STR(""), &room);
    CHECK(str_is(d.text, "hi"));
    buffer_free(&room);
}

static void test_languages(void) {
    static const struct { const char *text, *language; } cases[] = {
        {"The minister said that talks with the northern neighbour would go on after the summit, and that no date was set.", "en"},
        {"El ministro dijo que las conversaciones con el país vecino seguirán después de la cumbre, pero que no hay fecha según fuentes.", "es"},
        {"Der Minister sagte, dass die Gespräche mit dem Nachbarn nach dem Gipfel weitergehen und ein Termin noch nicht feststeht.", "de"},
        {"Le ministre a dit que les pourparlers avec le voisin se poursuivront après le sommet et que la date n'est pas fixée pour une rencontre.", "fr"},
        {"장관은 정상회담 이후에도 북쪽 이웃과의 회담이 계속될 것이라고 말했다.", "ko"},
        {"大臣は首脳会談の後も北の隣国との協議が続くと述べた。日程は決まっていない。", "ja"},
        {"部长说，峰会之后将继续与北方邻国会谈，日期尚未确定。", "zh"},
        {"Министр сказал, что переговоры с северным соседом продолжатся и после встречи, но дата не назначена.", "ru"},
        {"قال الوزير إن المحادثات مع الجارة الشمالية ستستمر بعد القمة", "ar"},
        {"Kim met Song.", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str got = language_of(intake_words_get(), str_of(cases[i].text));
        CHECK(str_is(got, cases[i].language), "%s: %.*s", cases[i].text, STR_ARG(got));
    }
}

static void test_bylines(void) {
    static const struct { const char *line, *writers[3]; } cases[] = {
        {"By Ana Ruiz", {"Ana Ruiz"}},
        {"By Ana Ruiz, Lima correspondent and Bo Li, staff reporter", {"Ana Ruiz, Lima correspondent", "Bo Li, staff reporter"}},
        {"By Ana Ruiz, Bo Li and Cy Oduya", {"Ana Ruiz", "Bo Li", "Cy Oduya"}},
        {"Ana Ruiz; Bo Li", {"Ana Ruiz", "Bo Li"}},
        {"BY ANA RUIZ", {"ANA RUIZ"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        document_clear(doc);
        document_add_byline(doc, str_of(cases[i].line));
        for (int k = 0; k < 3; k++) {
            const char *want = cases[i].writers[k];
            CHECK(want ? k < doc->byline_count && str_is(doc->bylines[k], want) : doc->byline_count <= k, "%s: writer %d", cases[i].line, k);
        }
    }
}

/* ---- formats ---- */

static void test_plain(void) {
    outcome o = read_text("Title: Envoy leaves\nOutlet: harbor.example\nPublished: Nov. 22, 2017 4:03 p.m. EST\nByline: By Ana Ruiz\n\nThe envoy left.\n\nHe was not seen.\n");
    CHECK(o.documents == 1);
    IS("title", "Envoy leaves");
    IS("outlet", "harbor.example");
    IS("published", "2017-11-22T16:03:00-05:00");
    IS("body", "The envoy left.\n\nHe was not seen.");
    read_text("The envoy left without a word.\r\nNobody knows why.\r\n");
    IS("body", "The envoy left without a word.\nNobody knows why.");
    IS("title", "");
    IS("published", "");
    read_text("HARBOR CITY, Nov. 21, 2017 (Agency) -- The envoy left the capital on Tuesday after three days of talks that brought no result.");
    IS("published", "2017-11-21");
    read_text("Note: this line is text\nand so is this one.\n\nThe end.");
    IS("title", "");
}

static const char saved_page[] =
    "Harbor Times\nHome\nWorld\nPresident said to have turned down a visit by the northern envoy : World : News : The Harbor Times\n\n"
    "Posted on : 2018-03-04 09:15 KST Modified on : 2018-03-05 10:00 KST\n"
    "Observers see a wish to talk to the southern neighbour first\n"
    "The president inspects a fish cannery in an undated picture\nThe president inspects a fish cannery in an undated picture\n\n"
    "The president appears to have turned down a visit by the envoy of the northern neighbour, three diplomats in the capital said on Sunday.\n\n"
    "“We were told that there was no time,” one of them said. The ministry did not answer questions.\n\nAdvertisement\n\n"
    "Relations have been cool since the fishing dispute of last year, when both sides seized boats and recalled their ambassadors.\n\n"
    "By Ana Ruiz, Lima correspondent and Bo Li, staff reporter\n\n"
    "Please direct questions or comments to [desk@harbor.example]\n\nRelated stories\n\nMinisters sign fishing pact\n\nMost viewed articles\n";

static void test_saved_page(void) {
    CHECK(read_text(saved_page).documents == 1);
    IS("title", "President said to have turned down a visit by the northern envoy");
    IS("subtitle", "Observers see a wish to talk to the southern neighbour first");
    IS("published", "2018-03-04T09:15:00+09:00");
    IS("modified", "2018-03-05T10:00:00+09:00");
    CHECK(doc->caption_count == 1 && str_starts(doc->captions[0], "The president inspects"));
    CHECK(doc->byline_count == 2 && str_is(doc->bylines[1], "Bo Li, staff reporter"));
    CHECK(str_starts(view("body"), "The president appears") && str_ends(view("body"), "recalled their ambassadors."), "%.*s", STR_ARG(view("body")));
    CHECK(str_find(view("body"), STR("Advertisement")) < 0);
}

static void test_json(void) {
    outcome o = read_text("{\"id\":7,\"text\":\"One.\",\"published\":\"2017-11-22T16:03:00+09:00\",\"byline\":[\"A B\",\"C D\"]}\n\n{bad\n{\"title\":\"no text\"}\n[1]\n"
                          "{\"type\":\"statement\",\"text\":\"x\"}\n{\"headline\":\"H\",\"body\":\"Two.\",\"date\":\"3 May 2021\"}\n");
    CHECK(o.documents == 2 && o.unreadable == 4, "%d and %d", o.documents, o.unreadable);
    IS("id", "7");
    IS("published", "2017-11-22T16:03:00+09:00");
    CHECK(doc->byline_count == 2);
    read_all(NULL, 1);
    IS("title", "H");
    IS("published", "2021-05-03");
    CHECK(read_text("[{\"text\":\"One.\"},\n {\"text\":\"A brace } and a quote \\\" in it.\"}]").documents == 2);
    CHECK(read_text("{\n  \"text\": \"over\",\n  \"title\": \"lines\"\n}\n{\n \"text\": \"again\"}").documents == 2);
    o = read_text("{\"text\":\"Two good ones \xc3\xa9\xc3\xa9 and a bad \xff one.\"}\n");
    CHECK(o.documents == 1 && doc->skip_count == 1 && doc->skips[0].start == 29 && doc->skips[0].end == 32, "%zu skips", doc->skip_count);
    CHECK(rap_document_from_json(doc, "{\"text\":5}", 10, &error) == RAP_UNREADABLE);
    CHECK(rap_document_from_text(doc, "a\xff", 2, NULL, &error) == RAP_UNREADABLE);
}

static void test_tables(void) {
    outcome o = read_text("\xef\xbb\xbfid;headline;date;body\r\n1;\"A; b\";22/11/2017;\"He said \"\"no\"\".\nShe left.\"\r\n2;x;05/11/2017\r\n3;c;03/11/2017;Text.\r\n");
    CHECK(o.documents == 2 && o.unreadable == 1);
    CHECK(strstr(error.message, "line 4") != NULL, "%s", error.message);
    IS("title", "A; b");
    IS("body", "He said \"no\".\nShe left.");
    read_all(NULL, 1);
    IS("published", "2017-11-03"); /* day first, as the first row shows */
    o = read_text("day\tstory\tpaper\n2017-11-22\tIt rained.\tHarbor Times\n");
    IS("body", "It rained.");
    write_file("a,b\n2017-11-22,It rained.\n", 25);
    CHECK(read_all(&(rap_source_options){.columns = "published=a,text=b"}, 0).documents == 1);
    IS("published", "2017-11-22");
    CHECK(read_all(&(rap_source_options){.columns = "text=nowhere"}, 0).last == RAP_USAGE);
    o = read_text("title,text\n\"never closed,x\nA,B.\n");
    CHECK(o.documents == 1 && o.unreadable == 1, "%d %d %s", o.documents, o.unreadable, error.message);
}

static const char html_page[] =
    "<!DOCTYPE html><html lang=en><head><title>Envoy leaves capital | Harbor Times</title><meta property='og:site_name' content='Harbor Times'>"
    "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Envoy leaves capital\",\"datePublished\":\"2018-03-04T09:15:00+09:00\",\"author\":{\"name\":\"Ana Ruiz\"}}</script>"
    "</head><body><nav><ul><li><a href=/>Home</a><li><a href=/w>World</a><li><a href=/s>Sport</a></ul></nav><article><h1>Envoy leaves capital</h1>"
    "<figure><img src=a><figcaption>The envoy boards his aeroplane on Sunday morning</figcaption></figure>"
    "<p>The envoy of the northern neighbour left the capital on Sunday, three days earlier than planned, and would not say why he did.</p>"
    "<p>Officials of the foreign ministry said that talks had gone well, but three diplomats spoke of a quarrel over fishing rights.</p>"
    "<p>&ldquo;There was shouting,&rdquo; said one of them, who was in the room. The ministry denied it on Monday, and called the report invented.</p>"
    "<p>The two countries have argued over the fishing grounds since the spring, when a patrol boat seized two trawlers and their crews.</p></article>"
    "<aside class='related'><h3>Related stories</h3><ul><li><a href=/1>Ministers sign fishing pact</a><li><a href=/2>Trawlers seized in the strait</a></ul></aside>"
    "<div id=comments><p>I was there myself and I can tell you that nobody shouted, it was all very friendly, says a reader of this page.</p></div>"
    "<footer><p>&copy; 2018 Harbor Times. All rights reserved.</p></footer></body></html>";

static void check_page(void) {
    IS("title", "Envoy leaves capital");
    IS("published", "2018-03-04T09:15:00+09:00");
    IS("outlet", "Harbor Times");
    IS("language", "en");
    CHECK(doc->byline_count == 1 && str_is(doc->bylines[0], "Ana Ruiz"));
    CHECK(doc->caption_count == 1 && str_starts(doc->captions[0], "The envoy boards"));
    CHECK(str_starts(view("body"), "The envoy of the northern") && str_ends(view("body"), "and their crews."), "%.*s", STR_ARG(view("body")));
}

static void test_html(void) {
    CHECK(read_text(html_page).documents == 1, "%s", error.message);
    check_page();
    buffer deep = {0};
    for (int i = 0; i < 100000; i++) buffer_text(&deep, "<div>");
    buffer_text(&deep, "The end.");
    write_file(deep.ptr, deep.len);
    outcome o = read_all(NULL, 0);
    CHECK(o.documents + o.unreadable == 1);
    buffer_free(&deep);
}

/* What <meta> declares is read once, not again by the parser that is handed UTF-8. */
static void test_declared(void) {
    static const char quotes[] = "<html><head><meta charset='windows-1252'><title>\x93No\x94</title></head><body><p>\x93We have agreed on nothing,\x94 said the envoy\x92s caf\xe9 guest on Sunday.</p></body></html>";
    static const char korean[] = "<html><head><meta http-equiv='Content-Type' content='text/html; charset=euc-kr'><title>\xb4\xeb\xc5\xeb\xb7\xc9</title></head><body><p>\xb4\xeb\xc5\xeb\xb7\xc9\xc0\xba \xc0\xcf\xbf\xe4\xc0\xcf\xbf\xa1 \xc5\xe4\xc0\xc7\xc7\xdf\xb4\xd9.</p></body></html>";
    CHECK(read_text(quotes).documents == 1, "%s", error.message);
    IS("title", "“No”");
    IS("body", "“We have agreed on nothing,” said the envoy’s café guest on Sunday.");
    CHECK(read_text(korean).documents == 1, "%s", error.message);
    IS("title", "대통령");
    IS("body", "대통령은 일요일에 토의했다.");
    IS("language", "ko");
}

#define PROSE "<p>The ministers of the two countries met in the old harbour town on Tuesday and spoke for three hours about the fishing grounds.</p>" \
    "<p>Neither side would say afterwards whether an agreement was near, but an aide called the talks the most serious in years.</p>" \
    "<p>Trawlers from both ports have been seized since March, and two sailors are still being held on an island in the strait.</p>"

/* Pages that are made otherwise: JSON-LD in a graph with lists and references, layout by tables, a filler for a date, times of which only some have a zone. */
static void test_odd_pages(void) {
    read_text("<html><head><title>x</title><script type='application/ld+json'>[{\"@graph\":[{\"@type\":[\"Article\",\"NewsArticle\"],\"headline\":\"Ministers meet over fish\",\"datePublished\":[\"2019-05-07T08:00:00Z\"],"
              "\"author\":{\"@id\":\"#a\"},\"publisher\":{\"@id\":\"#p\"}},{\"@type\":\"Person\",\"@id\":\"#a\",\"name\":\"Ana Ruiz\"},{\"@id\":\"#p\",\"name\":\"Harbor Post\"}]}]</script></head>"
              "<body><h1>Ministers meet over fish</h1>" PROSE "</body></html>");
    IS("published", "2019-05-07T08:00:00Z");
    IS("outlet", "Harbor Post");
    CHECK(doc->byline_count == 1 && str_is(doc->bylines[0], "Ana Ruiz"));
    read_text("<html><head><title>Harbor Post - Ministers meet over fish</title></head><body><table><tr><td colspan=2>Tuesday, November 5, 2002</td></tr><tr><td><font size=5><b>Ministers meet over fish</b></font><br>"
              "<font size=1>By Ana Ruiz<br>Posted: May 7, 2002</font><p><font size=2>" PROSE "</font></td></tr></table></body></html>");
    IS("published", "2002-05-07");
    IS("title", "Ministers meet over fish");
    CHECK(doc->byline_count == 1 && str_is(doc->bylines[0], "Ana Ruiz"));
    read_text("<html><head><title>Ministers meet over fish</title><meta property='article:published_time' content='0001-01-01T00:00:00Z'></head><body><h1>Ministers meet over fish</h1><div>Published 11:11 PM EST Nov 19, 2019</div>" PROSE "</body></html>");
    IS("published", "2019-11-19T23:11:00-05:00");
    read_text("<html><head><title>Ministers meet over fish</title><meta property='article:published_time' content='2019-11-20T04:26:47Z'></head><body><h1>Ministers meet over fish</h1><div class=date>11:26 pm EST, Tuesday, November 19, 2019</div>" PROSE "</body></html>");
    IS("published", "2019-11-19T23:26:00-05:00"); /* the day of the outlet, not of Greenwich */
    read_text("<html><head><title>Ministers meet over fish</title></head><body><h1>Ministers meet over fish</h1><time datetime='2019-05-07T10:00:00Z'>13:00, 7 May 2019</time>" PROSE "</body></html>");
    IS("published", "2019-05-07T13:00:00+03:00");
}

static size_t packed(const char *text, size_t n, unsigned char *out, size_t room) {
    z_stream z = {0};
    deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    z.next_in = (unsigned char *)(uintptr_t)text, z.avail_in = (unsigned)n;
    z.next_out = out, z.avail_out = (unsigned)room;
    deflate(&z, Z_FINISH);
    deflateEnd(&z);
    return room - z.avail_out;
}

static void add_record(buffer *warc, const char *type, const char *http, const void *body, size_t n, bool pack) {
    buffer one = {0};
    buffer_format(&one, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: http://h.example/2018/03/04/a\r\nContent-Length: %zu\r\n\r\n%s", type, strlen(http) + n, http);
    buffer_add(&one, body, n);
    buffer_text(&one, "\r\n\r\n");
    unsigned char small[20000];
    if (pack) buffer_add(warc, small, packed(one.ptr, one.len, small, sizeof small));
    else buffer_str(warc, buffer_view(&one));
    buffer_free(&one);
}

/* Seven responses of which five are pages. */
static void make_warc(buffer *warc, bool pack) {
    static const char ok[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
    unsigned char small[20000];
    size_t n = packed(html_page, sizeof html_page - 1, small, sizeof small);
    buffer chunks = {0};
    buffer_format(&chunks, "40\r\n%.64s\r\n%zx\r\n%s\r\n0\r\n\r\n", html_page, sizeof html_page - 1 - 64, html_page + 64);
    add_record(warc, "warcinfo", "", "software: none\r\n", 16, pack);
    add_record(warc, "request", "", "GET / HTTP/1.1\r\n\r\n", 18, pack);
    add_record(warc, "response", ok, html_page, sizeof html_page - 1, pack);
    add_record(warc, "response", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n", small, n, pack);
    add_record(warc, "response", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n", chunks.ptr, chunks.len, pack);
    add_record(warc, "response", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n", html_page, sizeof html_page - 1, pack);
    add_record(warc, "response", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n", "\x89PNG", 4, pack);
    add_record(warc, "response", ok, html_page, sizeof html_page - 1, pack);
    add_record(warc, "response", ok, html_page, sizeof html_page - 1, pack);
    buffer_free(&chunks);
}

static void test_warc(void) {
    for (int pack = 0; pack < 2; pack++) {
        buffer warc = {0};
        make_warc(&warc, pack);
        write_file(warc.ptr, warc.len);
        for (int k = 0; k < 5; k++) {
            outcome o = read_all(NULL, k);
            CHECK(o.documents == 5 && o.unreadable == 2, "packed %d: %d and %d (%s)", pack, o.documents, o.unreadable, error.message);
            check_page();
        }
        write_file(warc.ptr, warc.len - 300); /* cut off: the last record is lost, the others are not */
        outcome o = read_all(NULL, 0);
        CHECK(o.documents == 4 && o.unreadable >= 3, "cut, packed %d: %d and %d", pack, o.documents, o.unreadable);
        memset(warc.ptr + warc.len / 3, 0x55, 40); /* damaged within */
        write_file(warc.ptr, warc.len);
        o = read_all(NULL, 0);
        CHECK(o.documents >= 4 && o.documents + o.unreadable >= 6, "damaged, packed %d: %d and %d", pack, o.documents, o.unreadable);
        buffer_free(&warc);
    }
}

/* A page packed with Brotli (stored whole: 3 bytes of head, the page, 1 of end), as it is, called packed though it is not, cut. */
static void test_brotli(void) {
    static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\n", packed_page[] = "\x8f\x0d\x80<html><p>The envoy left.</p>\x03";
    buffer warc = {0};
    add_record(&warc, "response", head, packed_page, sizeof packed_page - 1, false);
    add_record(&warc, "response", head, packed_page, sizeof packed_page - 6, false);
    add_record(&warc, "response", head, packed_page + 3, sizeof packed_page - 5, false);
    write_file(warc.ptr, warc.len);
    CHECK(read_all(NULL, 0).documents == 2, "%s", error.message);
    IS("body", "The envoy left.");
    CHECK(strstr(error.message, "Brotli") != NULL, "%s", error.message);
    CHECK(read_all(NULL, 1).documents == 2);
    IS("body", "The envoy left.");
    buffer_free(&warc);
}

/* The same in Zstandard: 9 bytes of head, the page as it is. */
static void test_zstd(void) {
    static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: zstd\r\n\r\n", packed_page[] = "\x28\xb5\x2f\xfd\x20\x1c\xe1\0\0<html><p>The envoy left.</p>";
    buffer warc = {0};
    add_record(&warc, "response", head, packed_page, sizeof packed_page - 1, false);
    add_record(&warc, "response", head, packed_page, sizeof packed_page - 6, false);
    add_record(&warc, "response", head, "none of it is packed", 20, false);
    add_record(&warc, "response", head, packed_page + 9, sizeof packed_page - 10, false);
    write_file(warc.ptr, warc.len);
    outcome o = read_all(NULL, 0);
    CHECK(o.documents == 2 && o.unreadable == 2, "%d and %d: %s", o.documents, o.unreadable, error.message);
    IS("body", "The envoy left.");
    CHECK(strstr(error.message, "Zstandard") != NULL, "%s", error.message);
    CHECK(read_all(NULL, 1).documents == 2);
    IS("body", "The envoy left.");
    buffer_free(&warc);
}

static void test_feeds(void) {
    outcome o = read_text("<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Harbor Times</title>"
                          "<item><title>Envoy leaves</title><link>http://h.example/a</link><pubDate>Sun, 04 Mar 2018 09:15:00 +0900</pubDate><description>Short.</description>"
                          "<content:encoded><![CDATA[<p>The envoy left.</p><p>He was not seen &amp; not heard.</p>]]></content:encoded></item><item></item></channel></rss>");
    CHECK(o.documents == 1 && o.unreadable == 1);
    IS("title", "Envoy leaves");
    IS("outlet", "Harbor Times");
    IS("url", "http://h.example/a");
    IS("published", "2018-03-04T09:15:00+09:00");
    IS("body", "The envoy left.\n\nHe was not seen & not heard.");
    o = read_text("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Harbor</title><entry><title>Envoy</title><link rel=\"alternate\" href=\"http://h.example/b\"/>"
                  "<published>2018-03-04T09:15:00Z</published><summary>He left.</summary><author><name>Ana Ruiz</name></author></entry></feed>");
    CHECK(o.documents == 1 && doc->byline_count == 1);
    IS("url", "http://h.example/b");
    o = read_text("<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><rss><channel><item><title>&b;</title></item></channel></rss>");
    CHECK(o.documents == 0 && strstr(error.message, "entities") != NULL, "%s", error.message);
}

static void test_exports(void) {
    outcome o = read_text("Envoy Leaves Capital\n\nThe Harbor Times\n\nMarch 4, 2018 Sunday\n\nCopyright 2018 Harbor Times Company\n\nSection: FOREIGN\nLength: 20 words\nByline: By Ana Ruiz\n\n"
                          "Body\n\nThe envoy left the capital on Sunday.\n\nNobody gave a reason.\n\nLoad-Date: March 5, 2018\n\nEnd of Document\n\n"
                          "Ministers Sign Pact\n\nThe Harbor Times\n\nMarch 6, 2018 Tuesday\n\nBody\n\nTwo ministers signed a pact on Monday.\n\nEnd of Document\n");
    CHECK(o.documents == 2);
    IS("title", "Envoy Leaves Capital");
    IS("outlet", "The Harbor Times");
    IS("published", "2018-03-04");
    IS("body", "The envoy left the capital on Sunday.\n\nNobody gave a reason.");
    o = read_text("World News\nMinister visits neighbour for talks\nBy Bo Li\n210 words\n2 January 2019\n14:05\nAgency News\nAGNW\nEnglish\nCopyright 2019 Agency News.\n"
                  "HARBOR CITY, Jan 2 (Agency) - The foreign minister visited the northern neighbour on Wednesday for talks on trade and fishing.\n\nDocument AGNW000020190102ef12000a1\n");
    CHECK(o.documents == 1);
    IS("title", "Minister visits neighbour for talks");
    IS("outlet", "Agency News");
    IS("published", "2019-01-02");
    o = read_text("Document 1 of 2\n\nEnvoy leaves capital\n\nAuthor: Ruiz, Ana\nPublication title: Harbor Times\nPublication date: Mar 4, 2018\n\nFull text: The envoy left on Sunday.\n\n"
                  "ProQuest document ID: 123456789\nLast updated: 2018-03-06\n____________________________________________________________\n"
                  "Ministers sign pact\n\nPublication title: Harbor Times\nPublication date: Mar 6, 2018\nFull text: Two ministers signed a pact in the port on Monday.\n"
                  "____________________________________________________________\n");
    CHECK(o.documents == 2, "%d", o.documents);
    read_all(NULL, 1);
    IS("published", "2018-03-06");
    IS("body", "Two ministers signed a pact in the port on Monday.");
}

/* ---- shards, faults ---- */

static void test_shards(void) {
    buffer lines = {0};
    for (int i = 0; i < 50; i++) buffer_format(&lines, i % 10 == 3 ? "{broken\n" : "{\"id\":\"%d\",\"text\":\"Number %d.\"}\n", i, i);
    write_file(lines.ptr, lines.len);
    int documents = 0, unreadable = 0;
    for (unsigned k = 0; k < 4; k++) {
        outcome o = read_all(&(rap_source_options){.shard = k, .of = 4}, 0);
        documents += o.documents, unreadable += o.unreadable;
    }
    CHECK(documents == 45 && unreadable == 5, "%d and %d", documents, unreadable);
    read_all(&(rap_source_options){.shard = 2, .of = 4, .before = 1}, 0); /* the second source: counting goes on */
    IS("id", "1");
    buffer_free(&lines);
}

/* Fails every allocation in turn, until a run meets none. */
static void test_memory(const char *name, const void *bytes, size_t n) {
    write_file(bytes, n);
    outcome whole = read_all(NULL, 0);
    unsigned long at = 1, told = 0;
    for (; at < 20000; at++) {
        rap_source *s = NULL;
        rap_document *one = NULL;
        bool said = false;
        memory_fail(at);
        if (rap_document_new(&one, &error) == RAP_OK) {
            if (rap_source_open(&s, path, NULL, &error) == RAP_OK) {
                rap_status last;
                int rounds = 0;
                while ((last = rap_source_next(s, one, &error)) != RAP_END && rounds++ < 100)
                    if (last == RAP_NO_MEMORY) {
                        said = true;
                        break;
                    }
            } else said = error.status == RAP_NO_MEMORY;
        } else said = true;
        rap_source_close(s);
        rap_document_free(one);
        unsigned long refused = memory_refused();
        memory_fail(0);
        if (refused == 0) break;
        told += said;
    }
    CHECK(at > 3 && at < 20000 && told > 0, "%s: %lu allocations, %lu told", name, at, told);
    outcome again = read_all(NULL, 0);
    CHECK(again.documents == whole.documents, "%s: %d documents, %d before", name, again.documents, whole.documents);
}

int main(void) {
    if (rap_document_new(&doc, &error) != RAP_OK) return 3;
    test_dates();
    test_charsets();
    test_languages();
    test_bylines();
    test_plain();
    test_saved_page();
    test_json();
    test_tables();
    test_html();
    test_declared();
    test_odd_pages();
    test_warc();
    test_brotli();
    test_zstd();
    test_feeds();
    test_exports();
    test_shards();
    test_memory("text", saved_page, sizeof saved_page - 1);
    test_memory("json", "{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n", 32);
    test_memory("table", "title,text\nA,B.\n", 16);
    test_memory("html", html_page, sizeof html_page - 1);
    buffer warc = {0};
    make_warc(&warc, true);
    test_memory("warc", warc.ptr, warc.len);
    buffer_free(&warc);
    rap_document_free(doc);
    unlink(path);
    return check_done(240);
}
