#include "text/atoms.h"

#include "base/utf8.h"
#include "text/address.h"

static atom_kind kind_of(uint32_t c) {
    switch (c) {
    case '.': return ATOM_STOP;
    case ',': return ATOM_COMMA;
    case '\'': case '`': case 0x2018: case 0x2019: case 0x2BC: case 0x2BB: return ATOM_APOSTROPHE;
    case '-': case 0x2010: case 0x2011: return ATOM_HYPHEN;
    case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212: return ATOM_DASH;
    case '/': case '\\': return ATOM_SLASH;
    case ':': return ATOM_COLON;
    case '!': case '?': case 0x203C: case 0x2049: case 0xBF: case 0xA1: return ATOM_END;
    case 0x2026: return ATOM_DOTS;
    case '(': case '[': case '{': case 0x201C: case 0x201E: case 0xAB: case 0x3008: case 0x300A: case 0x300C: return ATOM_OPEN;
    case ')': case ']': case '}': case 0x201D: case 0xBB: case 0x3009: case 0x300B: case 0x300D: return ATOM_CLOSE;
    case '"': return ATOM_QUOTE;
    case '$': case 0x20AC: case 0xA3: case 0xA5: case 0x20A9: case 0x20B9: return ATOM_MONEY;
    case '%': return ATOM_PERCENT;
    case '&': return ATOM_AMPERSAND;
    case '_': return ATOM_UNDERSCORE;
    default: return unicode_letter(c) ? ATOM_LETTERS : unicode_digit(c) ? ATOM_DIGITS : ATOM_MARK;
    }
}

/* Combining marks and soft hyphens stay with the letters before them. */
static bool joins_letters(uint32_t c) { return (c >= 0x300 && c <= 0x36F) || c == 0xAD || c == 0x200D || c == 0x200C; }

/* May this mark be one of a run that makes one word: "--", "...", "!?", "***"? */
static bool runs_on(atom_kind kind, uint32_t first, uint32_t next) {
    if (kind == ATOM_END) return next == '!' || next == '?';
    return (kind == ATOM_STOP || kind == ATOM_HYPHEN || kind == ATOM_DASH || kind == ATOM_MARK || kind == ATOM_UNDERSCORE ||
            kind == ATOM_APOSTROPHE || kind == ATOM_DOTS) && next == first;
}

static atom read_letters(str text, uint32_t start, uint32_t end) {
    atom a = {.start = start, .kind = ATOM_LETTERS, .lower = true, .capitals = true};
    uint32_t i = start, length;
    for (; i < end && i - start < 200; i += length) {
        uint32_t c = utf8_at(text, i, &length);
        if (!unicode_letter(c)) {
            if (joins_letters(c)) continue;
            break;
        }
        bool up = unicode_upper(c);
        if (i == start) a.upper = up;
        if (up) a.lower = false;
        else a.capitals = false;
    }
    a.end = i;
    return a;
}

static atom read_run(str text, uint32_t start, uint32_t end) {
    uint32_t length, first = utf8_at(text, start, &length), i = start + length;
    atom a = {.start = start, .kind = (uint8_t)kind_of(first)};
    for (; i < end && i - start < 200; i += length) {
        uint32_t c = utf8_at(text, i, &length);
        if (!(a.kind == ATOM_DIGITS ? unicode_digit(c) || joins_letters(c) : runs_on(a.kind, first, c) || joins_letters(c))) break;
    }
    a.end = i;
    if (a.kind == ATOM_STOP && a.end - a.start > 1) a.kind = ATOM_DOTS;
    if (a.kind == ATOM_HYPHEN && a.end - a.start > 1 && first == '-') a.kind = ATOM_DASH;
    if (a.kind == ATOM_APOSTROPHE && a.end - a.start > 1 && (first == '\'' || first == '`')) a.kind = ATOM_QUOTE;
    return a;
}

/* Lower-cases ASCII into a small buffer; longer words are no entry of any list. */
static str small(str s, char buffer[32]) {
    if (s.len > 31) return (str){"", 0};
    for (uint32_t i = 0; i < s.len; i++) buffer[i] = s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' ? (char)(s.ptr[i] + 32) : s.ptr[i];
    return (str){buffer, s.len};
}

/* Where a second word begins inside the letters: "don" before "'t", "cannot", "ComradeKim", "Unvisited"; 0 if nowhere. */
static uint32_t inner_cut(const word_lists *lists, str text, const atom *a, uint32_t end, atom_cut *why) {
    str s = str_sub(text, a->start, a->end);
    char buffer[32];
    uint32_t at;
    if (s.len > 1 && (s.ptr[s.len - 1] | 32) == 'n' && a->end < end) { /* n't, n’t */
        uint32_t length, mark = utf8_at(text, a->end, &length), t = a->end + length;
        bool is_t = kind_of(mark) == ATOM_APOSTROPHE && t < end && (text.ptr[t] | 32) == 't' &&
                    (t + 1 == end || !unicode_letter(utf8_at(text, t + 1, &length)));
        if (is_t) return *why = CUT_CLITIC, s.len - 1;
    }
    if (table_get(&lists->contractions, small(s, buffer), &at) && at < s.len) return *why = CUT_CONTRACTION, at;
    if (!a->lower && !a->capitals)
        for (uint32_t i = 1; i + 1 < s.len; i++)
            if (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' && s.ptr[i - 1] >= 'a' && s.ptr[i - 1] <= 'z' && s.ptr[i + 1] >= 'a' && s.ptr[i + 1] <= 'z')
                return *why = CUT_CAMEL, i;
    for (uint32_t i = 2; a->upper && i <= 6 && i + 1 < s.len; i++) {
        str rest = str_sub(s, i, s.len);
        if (table_has(&lists->glued, str_sub(s, 0, i)) && rest.len <= 31 && table_has(&lists->common, rest)) return *why = CUT_GLUED, i;
    }
    return 0;
}

static int push_letters(const word_lists *lists, str text, atom a, uint32_t end, atom *out, int room) {
    int n = 0;
    atom_cut why = CUT_NONE, next = CUT_NONE;
    for (;;) {
        uint32_t at = n + 1 < room ? inner_cut(lists, text, &a, end, &next) : 0;
        atom piece = read_letters(text, a.start, at ? a.start + at : a.end);
        piece.cut = (uint8_t)why;
        out[n++] = piece;
        if (!at) return n;
        why = next;
        uint32_t stop = a.end;
        a = read_letters(text, a.start + at, stop);
    }
}

int atoms_read(const word_lists *lists, str text, uint32_t start, uint32_t end, atom *out, uint32_t *reached) {
    int n = 0;
    uint32_t i = start;
    while (i < end && n < MOST_ATOMS) {
        uint32_t whole = n == 0 || out[n - 1].kind != ATOM_LETTERS ? address_length(text, i, end) : 0;
        if (whole) out[n++] = (atom){.start = i, .end = i + whole, .kind = ATOM_WHOLE};
        else {
            uint32_t length;
            if (unicode_letter(utf8_at(text, i, &length)))
                n += push_letters(lists, text, read_letters(text, i, end), end, out + n, MOST_ATOMS - n);
            else out[n++] = read_run(text, i, end);
        }
        i = out[n - 1].end;
    }
    *reached = i;
    return n;
}
