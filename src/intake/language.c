#include "intake/language.h"

#include "base/utf8.h"

enum { SAMPLE = 6000 };

typedef struct script { uint32_t first, last; const char *language; } script;

/* Ordered; Han is decided last, since Japanese and Korean texts hold it too. */
static const script scripts[] = {
    {0x0370, 0x03ff, "el"}, {0x0590, 0x05ff, "he"}, {0x0600, 0x06ff, "ar"}, {0x0900, 0x097f, "hi"}, {0x0980, 0x09ff, "bn"},
    {0x0a80, 0x0aff, "gu"}, {0x0b80, 0x0bff, "ta"}, {0x0c00, 0x0c7f, "te"}, {0x0e00, 0x0e7f, "th"}, {0x10a0, 0x10ff, "ka"},
    {0x0530, 0x058f, "hy"}, {0x1000, 0x109f, "my"}, {0x1780, 0x17ff, "km"}, {0x3040, 0x30ff, "ja"}, {0xac00, 0xd7af, "ko"},
    {0x1100, 0x11ff, "ko"}, {0x4e00, 0x9fff, "zh"}};
enum { SCRIPTS = sizeof scripts / sizeof *scripts };

typedef struct count {
    unsigned latin, cyrillic, persian, script[SCRIPTS];
    unsigned word[MOST_LANGUAGES], words;
} count;

static void count_word(count *c, const intake_words *w, str word) {
    char lower[32];
    uint32_t bits = 0;
    c->words++;
    if (word.len >= sizeof lower) return;
    for (uint32_t i = 0; i < word.len; i++) lower[i] = word.ptr[i] >= 'A' && word.ptr[i] <= 'Z' ? (char)(word.ptr[i] + 32) : word.ptr[i];
    table_get(&w->languages, (str){lower, word.len}, &bits);
    for (int i = 0; bits; i++, bits >>= 1) c->word[i] += bits & 1u;
}

static void count_letter(count *c, uint32_t code) {
    if ((code < 0x250 && code > 0x40) || (code >= 0x1e00 && code < 0x1f00)) c->latin++;
    else if (code >= 0x400 && code < 0x530) c->cyrillic++;
    else if (code == 0x67e || code == 0x686 || code == 0x6af || code == 0x6cc || code == 0x6a9) c->persian++;
    for (int i = 0; i < SCRIPTS; i++)
        if (code >= scripts[i].first && code <= scripts[i].last) c->script[i]++;
}

static void count_text(count *c, const intake_words *w, str s) {
    uint32_t start = 0;
    bool inside = false;
    for (uint32_t i = 0, n; i < s.len; i += n) {
        uint32_t code = utf8_at(s, i, &n);
        bool letter = unicode_letter(code);
        if (letter) count_letter(c, code);
        if (letter && !inside) start = i;
        if (!letter && inside) count_word(c, w, str_sub(s, start, i));
        inside = letter;
    }
    if (inside) count_word(c, w, str_sub(s, start, s.len));
}

/* The language whose letters are most of the text; NULL when Latin or Cyrillic letters are. */
static const char *by_letters(const count *c) {
    unsigned all = c->latin + c->cyrillic, best = 0;
    int at = -1;
    for (int i = 0; i < SCRIPTS; i++) {
        all += c->script[i];
        if (c->script[i] > best) best = c->script[i], at = i;
    }
    if (at < 0) return NULL;
    unsigned kana = c->script[SCRIPTS - 4], hangul = c->script[SCRIPTS - 3], han = c->script[SCRIPTS - 1];
    if (han + kana + hangul > all / 3) return kana > han / 10 && kana > hangul ? "ja" : hangul > han / 4 ? "ko" : "zh";
    if (best <= all / 2) return NULL;
    if (strcmp(scripts[at].language, "ar") == 0 && c->persian > best / 40) return "fa";
    return scripts[at].language;
}

str language_of(const intake_words *words, str text) {
    count c = {0};
    if (text.len == 0) return STR("");
    uint32_t n = text.len < SAMPLE ? text.len : SAMPLE;
    count_text(&c, words, str_sub(text, 0, n));
    const char *letters = by_letters(&c);
    if (letters && c.latin < 400) return str_of(letters);
    int best = -1;
    unsigned english = 0;
    for (int i = 0; i < words->language_count; i++) {
        if (str_is(words->language[i], "en")) english = c.word[i];
        if (best < 0 || c.word[i] > c.word[best]) best = i;
    }
    bool cyrillic = c.cyrillic > c.latin;
    if (best < 0 || c.word[best] < 2) return cyrillic ? STR("ru") : STR("");
    if (!cyrillic && english * 10 >= c.word[best] * 6) return english * 12 >= c.words || c.words < 40 ? STR("en") : STR("");
    if (!cyrillic && (c.words < 12 || c.word[best] < 4)) return STR("");
    return words->language[best];
}

str language_named(arena *home, str stated) {
    static const char *const names[][2] = {{"english", "en"}, {"eng", "en"},    {"korean", "ko"},  {"kor", "ko"},     {"chinese", "zh"},
                                           {"japanese", "ja"}, {"spanish", "es"}, {"french", "fr"}, {"german", "de"},  {"russian", "ru"},
                                           {"arabic", "ar"},   {"portuguese", "pt"}, {"spa", "es"}, {"fra", "fr"},     {"deu", "de"},
                                           {"rus", "ru"},      {"ara", "ar"},     {"zho", "zh"},    {"jpn", "ja"}};
    stated = str_trim(stated);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is_nocase(stated, names[i][0])) return str_of(names[i][1]);
    if (stated.len > 12) return STR("");
    str copy = arena_copy(home, stated);
    for (uint32_t i = 0; i < copy.len; i++) {
        char *p = (char *)copy.ptr + i;
        if (*p == '_') *p = '-';
        if (i < 2 && *p >= 'A' && *p <= 'Z') *p = (char)(*p + 32);
    }
    return copy;
}
