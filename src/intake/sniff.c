/* Kinds of input, told by their first bytes, never by their name. */
#include "intake/charset.h"
#include "intake/export.h"
#include "intake/heads.h"
#include "intake/reader.h"

typedef struct magic { const char *bytes; size_t length, offset; kind kind; const char *what; } magic;

static const magic magics[] = {
    {"\x1f\x8b", 2, 0, KIND_GZIP, "gzip"},
    {"PK\x03\x04", 4, 0, KIND_ARCHIVE, "zip"},
    {"PK\x05\x06", 4, 0, KIND_ARCHIVE, "zip"},
    {"BZh", 3, 0, KIND_ARCHIVE, "bzip2"},
    {"\xfd" "7zXZ", 5, 0, KIND_ARCHIVE, "xz"},
    {"\x28\xb5\x2f\xfd", 4, 0, KIND_ARCHIVE, "zstd"},
    {"ustar", 5, 257, KIND_ARCHIVE, "tar"},
    {"%PDF", 4, 0, KIND_BINARY, "a PDF file; save its text first (pdftotext FILE)"},
    {"\xd0\xcf\x11\xe0", 4, 0, KIND_BINARY, "an old Word or Excel file; save it as text or CSV first"},
    {"{\\rtf", 5, 0, KIND_BINARY, "an RTF file; save it as plain text first"},
    {"\x89PNG", 4, 0, KIND_BINARY, "a PNG image"},
    {"\xff\xd8\xff", 3, 0, KIND_BINARY, "a JPEG image"},
    {"GIF8", 4, 0, KIND_BINARY, "a GIF image"},
    {"\x7f" "ELF", 4, 0, KIND_BINARY, "a program"},
    {"SQLite format 3", 15, 0, KIND_BINARY, "an SQLite data base (a ledger is asked with `rapporteur ask -d LEDGER`)"},
    {"Rar!", 4, 0, KIND_BINARY, "a RAR archive; unpack it first"},
    {"7z\xbc\xaf", 4, 0, KIND_BINARY, "a 7z archive; unpack it first"},
};

static bool mostly_control(str head) {
    uint32_t bad = 0;
    for (uint32_t i = 0; i < head.len; i++) {
        unsigned char c = (unsigned char)head.ptr[i];
        if (c == 0) bad += 4;
        else if (c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b) bad++;
    }
    return bad * 20 > head.len;
}

static bool starts_nocase(str s, const char *prefix) {
    uint32_t n = (uint32_t)strlen(prefix);
    return s.len >= n && str_eq_nocase(str_sub(s, 0, n), str_of(prefix));
}

/* Steps over an XML declaration, comments and blanks. */
static str past_prolog(str s) {
    for (;;) {
        s = str_trim(s);
        const char *close = str_starts(s, "<?") ? "?>" : str_starts(s, "<!--") ? "-->" : NULL;
        int32_t at = close ? str_find(s, str_of(close)) : -1;
        if (at < 0) return s;
        s = str_sub(s, (uint32_t)at + (uint32_t)strlen(close), s.len);
    }
}

static bool has_tag(str head, const char *tag) {
    for (uint32_t i = 0; i < head.len; i++)
        if (head.ptr[i] == '<' && starts_nocase(str_sub(head, i, head.len), tag)) return true;
    return false;
}

static kind kind_of_markup(str head) {
    str s = past_prolog(head);
    if (starts_nocase(s, "<rss") || starts_nocase(s, "<feed") || starts_nocase(s, "<rdf:rdf")) return KIND_FEED;
    if (starts_nocase(s, "<!doctype html") || starts_nocase(s, "<html") || starts_nocase(s, "<head") || starts_nocase(s, "<body")) return KIND_HTML;
    if (starts_nocase(s, "<!doctype") && !has_tag(s, "<html")) return has_tag(s, "<rss") || has_tag(s, "<feed") || has_tag(s, "<!entity") ? KIND_FEED : KIND_HTML;
    if (has_tag(s, "<html") || has_tag(s, "<!doctype html")) return KIND_HTML;
    if (s.len && s.ptr[0] == '<' && (has_tag(s, "<p>") || has_tag(s, "<div") || has_tag(s, "<article") || has_tag(s, "<p ") || has_tag(s, "<meta"))) return KIND_HTML;
    return KIND_TEXT;
}

/* A browser's single file: mail's header lines, of a page with its parts. */
static bool is_mhtml(str head) {
    str first = str_sub(head, 0, head.len < 2048 ? head.len : 2048);
    bool opens = starts_nocase(head, "From:") || starts_nocase(head, "MIME-Version:") || starts_nocase(head, "Content-Type:") || starts_nocase(head, "Subject:") || starts_nocase(head, "Date:");
    return opens && heads_say(first, "MIME-Version:") && heads_say(first, "multipart/related");
}

kind kind_of_bytes(str head, bool has_columns, const char **what) {
    *what = "";
    if (head.len == 0) return KIND_EMPTY;
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        const magic *m = &magics[i];
        if (head.len < m->offset + m->length || memcmp(head.ptr + m->offset, m->bytes, m->length) != 0) continue;
        *what = m->what;
        return m->kind;
    }
    if (str_starts(head, "\xef\xbb\xbf")) head = str_sub(head, 3, head.len);
    if (str_starts(head, "WARC/1.") || str_starts(head, "WARC/0.")) return KIND_WARC;
    if (is_mhtml(head)) return KIND_MHTML;
    if (mostly_control(head)) {
        *what = "binary data, not text";
        return KIND_BINARY;
    }
    str s = str_trim(head);
    if (s.len == 0) return KIND_EMPTY;
    if (s.ptr[0] == '<') return kind_of_markup(s);
    if (s.ptr[0] == '{' || (s.ptr[0] == '[' && str_trim(str_sub(s, 1, s.len)).len && str_trim(str_sub(s, 1, s.len)).ptr[0] == '{')) return KIND_JSON;
    if (export_layout(s) != EXPORT_NONE) return KIND_EXPORT;
    if (table_delimiter(s, has_columns)) return KIND_TABLE;
    return has_tag(str_sub(s, 0, s.len < 2048 ? s.len : 2048), "<html") ? KIND_HTML : KIND_TEXT;
}
