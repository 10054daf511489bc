#include "intake/furniture.h"

#include "base/utf8.h"
#include "intake/dates.h"

enum { LONG_LINE = 400 };

/* ASCII lower case of a line that is short enough to be furniture. */
static str lowered(str line, char room[LONG_LINE]) {
    if (line.len > LONG_LINE) line.len = LONG_LINE;
    for (uint32_t i = 0; i < line.len; i++) room[i] = line.ptr[i] >= 'A' && line.ptr[i] <= 'Z' ? (char)(line.ptr[i] + 32) : line.ptr[i];
    return (str){room, line.len};
}

int line_words(str line) { /* two characters of Japanese or Chinese, which writes no blanks, count as a word */
    int n = 0, han = 0;
    bool inside = false;
    for (uint32_t i = 0; i < line.len; i++) {
        unsigned char c = (unsigned char)line.ptr[i];
        bool letter = c >= 0x80 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '\'';
        if (letter && !inside) n++;
        inside = letter;
        han += c >= 0xe3 && c <= 0xe9;
    }
    return n + han / 2;
}

bool line_closed(str line) {
    static const char *const closing[] = {"\"", "\xe2\x80\x9d", "\xe2\x80\x99", "'", ")", "]", "\xc2\xbb", "*"};
    for (int again = 1; again;) {
        again = 0;
        line = str_trim(line);
        for (size_t i = 0; i < sizeof closing / sizeof *closing; i++)
            if (str_ends(line, closing[i])) line.len -= (uint32_t)strlen(closing[i]), again = 1;
    }
    return str_ends(line, ".") || str_ends(line, "!") || str_ends(line, "?") || str_ends(line, "\xe2\x80\xa6") || str_ends(line, "\xe3\x80\x82");
}

bool line_is_menu(const intake_words *w, str line) {
    char room[LONG_LINE];
    if (line.len > 40) return false;
    return table_has(&w->menus, lowered(str_trim(line), room));
}

bool line_ends_article(const intake_words *w, str line) {
    char room[LONG_LINE];
    if (line.len > 80 || line_words(line) > 8 || str_ends(line, ".")) return false;
    str low = lowered(line, room);
    for (int i = 0; i < w->end_count; i++) {
        str end = w->ends[i];
        if (low.len < end.len || memcmp(low.ptr, end.ptr, end.len) != 0) continue;
        if (low.len == end.len || low.ptr[end.len] == ' ' || low.ptr[end.len] == ':') {
            /* "Comments by the minister" is a line of text: single words must stand nearly alone. */
            if (str_find(end, STR(" ")) >= 0 || str_ends(end, ":") || line_words(line) <= 2) return true;
        }
    }
    return false;
}

bool line_is_furniture(const intake_words *w, str line) {
    char room[LONG_LINE];
    if (line.len > LONG_LINE - 1) return false;
    str low = lowered(line, room);
    for (int i = 0; i < w->line_count; i++)
        if (str_find(low, w->lines[i]) >= 0) return line_words(line) <= 40;
    return line_is_menu(w, line);
}

bool line_is_byline(str line) {
    uint32_t n, from = 0;
    if (line_words(line) > 25 || line.len > 240 || line.len < 6) return false;
    if (str_eq_nocase(str_sub(line, 0, 3), STR("by "))) from = 3;
    else if (str_eq_nocase(str_sub(line, 0, 3), STR("by:"))) from = 4;
    else if (line.len > 12 && str_eq_nocase(str_sub(line, 0, 11), STR("written by "))) from = 11;
    else if (line.len > 13 && str_eq_nocase(str_sub(line, 0, 12), STR("reported by "))) from = 12;
    else return false;
    return unicode_upper(utf8_at(line, from < line.len ? from : 0, &n)) && !line_closed(line);
}

bool line_is_credit(str line) {
    static const char *const opens[] = {"photo:", "photo by", "file photo", "image:", "image credit", "photograph:", "picture:", "credit:", "caption:", "photo credit"};
    static const char *const closes[] = {"getty images)", "/getty images", "getty images", "/reuters", "/reuters)", "reuters]", "[reuters]", "(reuters)", "/ap)", "(ap)",
                                         "/afp)", "(afp)", "(yonhap)", "(yonhap news)", "/yonhap", "yonhap news)", "[yonhap]", "/kcna)", "(kcna)", "file photo)", "[photo/xinhua]",
                                         "(xinhua)", "photo)", "/epa)", "(file)", "file photo"};
    char room[LONG_LINE];
    if (line.len > LONG_LINE || line_words(line) > 60) return false;
    str low = lowered(line, room);
    while (low.len && (low.ptr[low.len - 1] == '.' || low.ptr[low.len - 1] == ' ')) low.len--;
    for (size_t i = 0; i < sizeof opens / sizeof *opens; i++)
        if (str_starts(low, opens[i])) return true;
    for (size_t i = 0; i < sizeof closes / sizeof *closes; i++)
        if (str_ends(low, closes[i])) return true;
    return str_find(low, STR("(ap photo")) >= 0 || str_find(low, STR("(photo")) >= 0;
}

str line_without_site(str title) {
    static const char *const marks[] = {" | ", " - ", " \xe2\x80\x93 ", " \xe2\x80\x94 ", " \xc2\xab ", " :: ", " \xc2\xb7 "};
    int32_t cut = -1;
    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
        int32_t at = str_find(title, str_of(marks[m]));
        if (at < 0) continue;
        str tail = str_sub(title, (uint32_t)at + (uint32_t)strlen(marks[m]), title.len), head = str_sub(title, 0, (uint32_t)at);
        if (line_words(tail) <= 5 && line_words(head) >= 3 && (cut < 0 || at < cut)) cut = at;
    }
    /* "Headline : International : News : The Paper" */
    int32_t colon = str_find(title, STR(" : "));
    if (cut < 0 && colon > 0 && str_find(str_sub(title, (uint32_t)colon + 3, title.len), STR(" : ")) > 0 && line_words(str_sub(title, 0, (uint32_t)colon)) >= 3) cut = colon;
    return cut > 0 ? str_trim(str_sub(title, 0, (uint32_t)cut)) : title;
}

/* ---- dates ---- */

static bool letter_at(str s, int64_t i) {
    return i >= 0 && i < (int64_t)s.len && (((s.ptr[i] | 32) >= 'a' && (s.ptr[i] | 32) <= 'z') || (unsigned char)s.ptr[i] >= 0x80);
}

/* The label in a stretch before a date: 'm', 'p' or 0. Modified wins ("Published … last updated"): the stretch lies between two dates. */
static char role_of(const intake_words *w, str label) {
    char room[LONG_LINE], role = 0;
    str low = lowered(label, room);
    for (int i = 0; i < w->role_count; i++) {
        int32_t at = str_find(low, w->roles[i]);
        if (at < 0 || letter_at(low, at - 1) || letter_at(low, at + (int64_t)w->roles[i].len)) continue;
        if (w->role_modified[i]) return 'm';
        role = 'p';
    }
    return role;
}

bool line_says_published(const intake_words *w, str line) {
    date_hit h;
    uint32_t from = 0;
    if (line.len > LONG_LINE) return false;
    for (int found = 0; found < 8 && date_find(w, line, from, false, &h); from = h.end, found++)
        if (role_of(w, str_sub(line, from, h.start)) == 'p') return true;
    return false;
}

bool line_take_dates(document *doc, const intake_words *w, str line) {
    date_hit h;
    uint32_t from = 0, dated = 0;
    int found = 0, labels = 0;
    moment first = MOMENT_NONE, published = MOMENT_NONE, modified = MOMENT_NONE;
    if (line.len > LONG_LINE) return false;
    for (; found < 8 && date_find(w, line, from, false, &h); from = h.end, found++) {
        char role = role_of(w, str_sub(line, from, h.start));
        dated += h.end - h.start;
        labels += role != 0;
        if (role == 'm' && modified.date == DAY_NONE) modified = h.moment;
        if (role == 'p' && published.date == DAY_NONE) published = h.moment;
        if (role == 0 && first.date == DAY_NONE) first = h.moment;
        else if (role == 0 && modified.date == DAY_NONE) modified = h.moment;
    }
    if (found == 0 || (labels == 0 && line.len - dated > 40 + dated) || line_words(line) > 30) return false;
    if (labels && dated < line.len / 5) return false;
    if (published.date == DAY_NONE) published = first;
    if (published.offset == OFFSET_NONE && modified.offset != OFFSET_NONE && published.seconds >= 0) published.offset = modified.offset;
    if (doc->published.date == DAY_NONE) doc->published = published;
    if (doc->modified.date == DAY_NONE) doc->modified = modified;
    return true;
}

static bool looks_like_dateline(str body, const date_hit *h) {
    if (h->start > 60 || h->start == 0) return false;
    uint32_t n;
    if (!unicode_upper(utf8_at(body, 0, &n))) return false;
    for (uint32_t i = 0; i + 1 < h->start; i++)
        if (body.ptr[i] == ' ' && body.ptr[i + 1] >= 'a' && body.ptr[i + 1] <= 'z') return false;
    str behind = str_sub(body, h->end, h->end + 40 < body.len ? h->end + 40 : body.len);
    return str_find(behind, STR("\xe2\x80\x94")) >= 0 || str_find(behind, STR("\xe2\x80\x93")) >= 0 || str_find(behind, STR("--")) >= 0 ||
           str_find(behind, STR("(")) >= 0 || str_find(behind, STR(" - ")) >= 0;
}

void document_date_from_elsewhere(document *doc, const intake_words *w, str body) {
    date_hit h;
    if (doc->published.date != DAY_NONE) return;
    if (date_of_url(w, doc->url, &doc->published)) return;
    str head = str_sub(body, 0, body.len < 160 ? body.len : 160);
    if (date_find(w, head, 0, false, &h) && looks_like_dateline(body, &h)) {
        doc->published = h.moment;
        doc->published.seconds = -1;
        doc->published.offset = OFFSET_NONE;
    }
}
