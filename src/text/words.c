#include "text/words.h"

#include "base/utf8.h"

static str lower_small(str s, char buffer[32]) {
    if (s.len > 31) return (str){"", 0};
    for (uint32_t i = 0; i < s.len; i++) buffer[i] = s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' ? (char)(s.ptr[i] + 32) : s.ptr[i];
    return (str){buffer, s.len};
}

/* "J", "U.S", "a.m": letters one by one, with stops between. */
static bool dotted(str s) {
    uint32_t i = 0, length, letters = 0;
    while (i < s.len) {
        if (!unicode_letter(utf8_at(s, i, &length))) return false;
        i += length, letters++;
        if (i == s.len) break;
        if (s.ptr[i++] != '.') return false;
    }
    return letters > 0;
}

abbreviation_kind abbreviation_of(const word_lists *lists, str word) {
    if (word.len < 2 || word.ptr[word.len - 1] != '.') return ABBREVIATION_NONE;
    char buffer[32];
    uint32_t kind;
    word.len--;
    if (table_get(&lists->abbreviations, lower_small(word, buffer), &kind)) return (abbreviation_kind)kind;
    return dotted(word) && word.ptr[0] < 'a' ? ABBREVIATION_OTHER : ABBREVIATION_NONE;
}

static str atom_text(const cut_site *s, int i) { return str_sub(s->text, s->atoms[i].start, s->atoms[i].end); }
static atom_kind kind_at(const cut_site *s, int i) { return i >= 0 && i < s->count ? (atom_kind)s->atoms[i].kind : ATOM_KINDS; }
static str word_so_far(const cut_site *s) { return str_sub(s->text, s->atoms[s->word].start, s->atoms[s->right - 1].end); }

/* Before a single stop: does it belong to the word? */
static bool cut_before_stop(const cut_site *s) {
    str word = word_so_far(s);
    char buffer[32];
    uint32_t kind;
    bool at_end = s->right + 1 == s->count;
    if (kind_at(s, s->right - 1) == ATOM_DIGITS)
        return kind_at(s, s->right + 1) != ATOM_DIGITS && !(s->right == 1 && at_end && !s->last_chunk && s->previous.len == 0 && word.len <= 2);
    if (kind_at(s, s->right - 1) != ATOM_LETTERS) return true;
    if (table_get(&s->lists->abbreviations, lower_small(word, buffer), &kind)) {
        /* "no." and "fig." are words too: an abbreviation only before a number; "mar", "sun", "may" with a capital. */
        if (str_in((str){buffer, word.len}, "no fig co al p est ed ill ind la ore wash miss mar del mt ch min")) {
            bool number = s->next.len && s->next.ptr[0] >= '0' && s->next.ptr[0] <= '9';
            if (str_in((str){buffer, word.len}, "no fig p ch min")) return !number || !at_end;
            return !s->atoms[s->word].upper && !str_in((str){buffer, word.len}, "al est ed");
        }
        return false;
    }
    if (dotted(word)) {
        if (word.len == 1 && !at_end) return kind_at(s, s->right + 1) == ATOM_LETTERS && s->atoms[s->right + 1].end - s->atoms[s->right + 1].start > 3 && word.ptr[0] >= 'a';
        if (word.len == 1) return word.ptr[0] >= 'a' || s->last_chunk || (word.ptr[0] == 'I' && s->previous.len && s->previous.ptr[0] >= 'a');
        return false;
    }
    return true;
}

/* Behind a single stop: "U.|S", "3.|5", "said.|The". */
static bool cut_after_stop(const cut_site *s) {
    if (s->word == s->right - 1) /* the stop was cut off: ".5", ".com" go on */
        return !(kind_at(s, s->right) == ATOM_DIGITS && s->right == 1);
    if (kind_at(s, s->right) == ATOM_DIGITS) return kind_at(s, s->right - 2) != ATOM_DIGITS;
    if (kind_at(s, s->right) != ATOM_LETTERS) return true;
    str word = word_so_far(s);
    word.len--;
    if (!dotted(word)) {
        char buffer[32];
        return !str_in(lower_small(word, buffer), "ph m b");
    }
    return s->atoms[s->right].end - s->atoms[s->right].start > 2 && (word.len > 1 || s->atoms[s->right].upper);
}

static bool clitic(str s) {
    char buffer[32];
    return str_in(lower_small(s, buffer), "s m d re ve ll");
}

static bool cut_at_apostrophe(const cut_site *s) {
    int mark = kind_at(s, s->right) == ATOM_APOSTROPHE ? s->right : s->right - 1;
    bool before = mark == s->right;
    bool letters_after = kind_at(s, mark + 1) == ATOM_LETTERS, letters_before = kind_at(s, mark - 1) == ATOM_LETTERS;
    if (mark > 0 && s->atoms[mark - 1].cut == CUT_CLITIC) return false; /* n|'|t */
    if (letters_after && mark > 0) {
        str after = atom_text(s, mark + 1);
        bool ends = kind_at(s, mark + 2) != ATOM_APOSTROPHE || true;
        if (clitic(after) && ends) return before;
        return !letters_before;
    }
    if (mark == 0 && letters_after) {
        str after = atom_text(s, 1);
        char buffer[32];
        return !(clitic(after) || str_in(lower_small(after, buffer), "em tis twas til cause n bout round"));
    }
    if (mark == 0 && kind_at(s, 1) == ATOM_DIGITS) return atom_text(s, 1).len != 2;
    return true;
}

/* Korean and Chinese given names behind a family name: "Kim Jong-un", "Ban Ki-moon". */
static bool given_name(const cut_site *s, int mark) {
    if (mark < 1 || kind_at(s, mark - 1) != ATOM_LETTERS || kind_at(s, mark + 1) != ATOM_LETTERS) return false;
    const atom *a = &s->atoms[mark - 1], *b = &s->atoms[mark + 1];
    bool begins = mark == 1 || kind_at(s, mark - 2) == ATOM_OPEN || kind_at(s, mark - 2) == ATOM_QUOTE;
    return begins && a->upper && !a->capitals && b->lower && a->end - a->start <= 5 && b->end - b->start <= 5 && s->previous.len > 1 && s->previous.len <= 5 &&
           s->previous.ptr[0] >= 'A' && s->previous.ptr[0] <= 'Z';
}

/* "president-elect", "prime minister-designate": one word, as trees read an office and its holder well then only. */
static bool office_to_come(const cut_site *s, int mark) {
    char buffer[32];
    return kind_at(s, mark - 1) == ATOM_LETTERS && kind_at(s, mark + 1) == ATOM_LETTERS &&
           str_in(lower_small(atom_text(s, mark + 1), buffer), "elect designate");
}

static bool cut_at_hyphen(const cut_site *s) {
    int mark = kind_at(s, s->right) == ATOM_HYPHEN ? s->right : s->right - 1;
    atom_kind left = kind_at(s, mark - 1), right = kind_at(s, mark + 1);
    if (mark == 0) return !(right == ATOM_DIGITS && s->count == 2);
    if (left == ATOM_DIGITS && right == ATOM_DIGITS) { /* telephone numbers and ISO dates, not ranges */
        uint32_t l = atom_text(s, mark - 1).len, r = atom_text(s, mark + 1).len;
        bool more = (kind_at(s, mark + 2) == ATOM_HYPHEN && kind_at(s, mark + 3) == ATOM_DIGITS) || (kind_at(s, mark - 2) == ATOM_HYPHEN && kind_at(s, mark - 3) == ATOM_DIGITS);
        return !(more || (l == 3 && r == 4));
    }
    if (left == ATOM_LETTERS && right == ATOM_LETTERS) {
        char buffer[32];
        bool begins = mark == 1 || kind_at(s, mark - 2) == ATOM_OPEN || kind_at(s, mark - 2) == ATOM_QUOTE;
        if (begins && table_has(&s->lists->prefixes, lower_small(atom_text(s, mark - 1), buffer))) return false;
        return !given_name(s, mark);
    }
    return true;
}

static bool short_capitals(const cut_site *s, int i) {
    return kind_at(s, i) == ATOM_LETTERS && s->atoms[i].capitals && s->atoms[i].end - s->atoms[i].start <= 3;
}

/* "20th", "1990s", "5G", "F16", but "5|pm", "10|km". */
static bool cut_digits_letters(const cut_site *s) {
    char buffer[32];
    str word = lower_small(atom_text(s, s->right), buffer);
    if (str_in(word, "st nd rd th s")) return false;
    if (str_in(word, "am pm km kg cm mm mph kph hrs hr mg ft lb lbs min mins sec nm bn mn m k yr yrs")) return true;
    return s->atoms[s->right].lower && word.len > 3;
}

cut_certainty cut_for_sure(const cut_site *s, bool (*common)(const void *, str), const void *context) {
    atom_kind a = kind_at(s, s->right - 1), b = kind_at(s, s->right);
    if (b == ATOM_STOP && a == ATOM_LETTERS) { /* "P.K|." */
        str word = word_so_far(s);
        if (word.len >= 3 && word.ptr[0] >= 'A' && word.ptr[0] <= 'Z' && dotted(word)) return CUT_NEVER;
    }
    if (a == ATOM_HYPHEN || b == ATOM_HYPHEN) {
        int mark = b == ATOM_HYPHEN ? s->right : s->right - 1;
        if (office_to_come(s, mark)) return CUT_NEVER;
        if (given_name(s, mark) && !common(context, atom_text(s, mark - 1))) return CUT_NEVER;
    }
    return CUT_ASK;
}

bool cut_by_rule(const cut_site *s) {
    const atom *right = &s->atoms[s->right];
    atom_kind a = kind_at(s, s->right - 1), b = (atom_kind)right->kind;
    if (a == ATOM_WHOLE || b == ATOM_WHOLE) return true;
    if (right->cut) return right->cut != CUT_CAMEL || (right->end - right->start >= 3 && (right - 1)->end - (right - 1)->start > 3);
    if (a == ATOM_APOSTROPHE || b == ATOM_APOSTROPHE) return cut_at_apostrophe(s);
    if (b == ATOM_STOP) return cut_before_stop(s);
    if (a == ATOM_STOP) return cut_after_stop(s);
    if (a == ATOM_HYPHEN || b == ATOM_HYPHEN) return cut_at_hyphen(s);
    if (a == ATOM_DIGITS && b == ATOM_LETTERS) return cut_digits_letters(s);
    if (a == ATOM_LETTERS && b == ATOM_DIGITS) return false;
    if (a == ATOM_LETTERS && b == ATOM_LETTERS) return false;
    if (b == ATOM_COMMA || b == ATOM_COLON || b == ATOM_SLASH)
        return !(a == ATOM_DIGITS && kind_at(s, s->right + 1) == ATOM_DIGITS);
    if (a == ATOM_COMMA || a == ATOM_COLON || a == ATOM_SLASH) return !(b == ATOM_DIGITS && kind_at(s, s->right - 2) == ATOM_DIGITS && s->word < s->right - 1);
    if (b == ATOM_AMPERSAND) return !(short_capitals(s, s->right - 1) && short_capitals(s, s->right + 1));
    if (a == ATOM_AMPERSAND) return !(short_capitals(s, s->right) && short_capitals(s, s->right - 2));
    if (b == ATOM_MONEY && a == ATOM_LETTERS) return !str_in(atom_text(s, s->right - 1), "US A C HK NZ S NT");
    if (a == ATOM_UNDERSCORE || b == ATOM_UNDERSCORE) return !((a == ATOM_LETTERS || a == ATOM_DIGITS || b == ATOM_LETTERS || b == ATOM_DIGITS));
    return true;
}
