/* What a word and its surroundings look like to the name finder. Frozen with models/names.bin: a change here asks for train/names/make. */
#include "base/utf8.h"
#include "syntax/syntax.h"
#include "who/name_model.h"

static uint64_t mix(uint64_t a, uint64_t b) {
    uint64_t x = (a ^ (b + 0x9E3779B97F4A7C15u + (a << 6) + (a >> 2))) * 0xBF58476D1CE4E5B9u;
    return x ^ x >> 29;
}
static uint32_t lower_into(str s, char buffer[64]) {
    uint32_t n = s.len < 64 ? s.len : 64;
    for (uint32_t i = 0; i < n; i++) buffer[i] = s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' ? (char)(s.ptr[i] + 32) : s.ptr[i];
    return n;
}
uint64_t name_hash(str s) {
    char buffer[64];
    return str_hash((str){buffer, lower_into(s, buffer)}, 17);
}

unsigned name_lists_get(const name_lists *lists, uint64_t hash) {
    uint32_t key = (uint32_t)(hash >> 32) | 1;
    for (uint32_t i = (uint32_t)hash & lists->mask;; i = (i + 1) & lists->mask) {
        if (lists->key[i] == key) return lists->bits[i];
        if (!lists->key[i]) return 0;
    }
}

bool name_tag_barred(int a, int b) {
    bool inside = b != NAME_OUT && b != NAME_TAGS && b % 2 == 0;
    return inside && a != b && a != b - 1;
}

/* Classes of characters, runs cut to two of a kind: "Kim" Xxx -> "Xxx"; "U.S." X.X. ; "2017" dd. */
static uint32_t shape_of(str s) {
    char shape[16];
    uint32_t n = 0, length;
    for (uint32_t i = 0; i < s.len && n < sizeof shape; i += length) {
        uint32_t c = utf8_at(s, i, &length);
        char k = unicode_upper(c) ? 'X' : unicode_letter(c) ? 'x' : unicode_digit(c) ? 'd' : c < 128 ? (char)c : '*';
        if (n >= 2 && shape[n - 1] == k && shape[n - 2] == k) continue;
        shape[n++] = k;
    }
    return (uint32_t)str_hash((str){shape, n}, 5);
}

static bool has_capital(str s) {
    uint32_t length;
    for (uint32_t i = 0; i < s.len && i < 64; i += length)
        if (unicode_upper(utf8_at(s, i, &length))) return true;
    return false;
}

static void look_at(const name_reader *r, const token *t, name_word *w) {
    char buffer[64];
    uint32_t n = lower_into(t->form, buffer);
    *w = (name_word){.lower = str_hash((str){buffer, n}, 17), .shape = shape_of(t->form)};
    for (uint32_t k = 0; k < 3; k++) {
        uint32_t m = k + 2 < n ? k + 2 : n;
        w->prefix[k] = (uint32_t)str_hash((str){buffer, m}, 100 + k);
        w->suffix[k] = (uint32_t)str_hash((str){buffer + n - m, m}, 200 + k);
    }
    w->lists = (uint8_t)name_lists_get(r->lists, w->lower);
    int width;
    w->vector = r->syntax ? syntax_word_vector(r->syntax, t->form, &w->vector_scale, &width) : NULL;
    if (w->vector && width < NAME_VECTOR) w->vector = NULL;
    w->capital = has_capital(t->form), w->run_last = -1;
    w->candidate = t->upos == UPOS_PROPN || w->capital || (w->lists & (LIST_COUNTRY | LIST_CITY));
}

uint64_t name_phrase_hash(uint64_t before, uint64_t word) { return mix(before, word); }

/* Listed phrases of two to four words: the longest from the left. */
static void find_phrases(const name_reader *r, int32_t count, name_word *words) {
    for (int32_t i = 0; i < count; i++) {
        if (!words[i].candidate) continue;
        uint64_t h = words[i].lower;
        int32_t longest = 0;
        unsigned bits = 0;
        for (int32_t k = 1; k < 4 && i + k < count; k++) {
            h = name_phrase_hash(h, words[i + k].lower);
            unsigned b = name_lists_get(r->lists, h);
            if (b) longest = k, bits = b;
        }
        for (int32_t k = 0; longest && k <= longest; k++) words[i + k].phrase = (uint8_t)bits, words[i + k].phrase_begin = k == 0, words[i + k].candidate = true;
        i += longest;
    }
}

/* Runs of capitalised words, with no more than two small words between them: "University of the District", "Ray's Pizza". */
static void find_runs(const document *doc, int32_t first, int32_t count, name_word *words) {
    for (int32_t i = 0, end; i < count; i = end) {
        end = i + 1;
        if (!words[i].capital) continue;
        int32_t last = i;
        for (int32_t k = i + 1; k < count && k - last <= 3; k++) {
            if (words[k].capital) last = k;
            else if (!str_in(doc->tokens[first + k].form, "of the and for & 's de la del")) break;
        }
        end = last + 1;
        for (int32_t k = i; k <= last; k++) words[k].run_first = i, words[k].run_last = last;
    }
}

/* The neighbours of candidates too: "Ray's pizza", "the Court of …", "orchestra hall". */
static void widen(const document *doc, int32_t first, int32_t count, name_word *words) {
    bool before = false; /* was the word before a candidate of its own? */
    for (int32_t i = 0; i < count; i++) {
        bool own = words[i].candidate, after = i + 1 < count && words[i + 1].candidate;
        uint32_t length;
        uint32_t c = utf8_at(doc->tokens[first + i].form, 0, &length);
        if (!own && (before || after) && (unicode_letter(c) || c == '\'' || c == 0x2019)) words[i].candidate = true;
        before = own;
    }
}

void name_words_read(const name_reader *r, const document *doc, int32_t first, int32_t last, name_word *words) {
    for (int32_t i = first; i < last; i++) look_at(r, &doc->tokens[i], &words[i - first]);
    find_phrases(r, last - first, words);
    find_runs(doc, first, last - first, words);
    /* Small words inside names ("of", "and the", "'s") stand between candidates. */
    for (int32_t i = 1; i + 1 < last - first; i++)
        if (!words[i].candidate && words[i - 1].candidate && (words[i + 1].candidate || (i + 2 < last - first && words[i + 2].candidate)) && doc->tokens[first + i].form.len < 5)
            words[i].candidate = true;
    widen(doc, first, last - first, words);
}

static void add(name_features *f, unsigned template, uint64_t a, uint64_t b) {
    uint64_t h = mix(mix(template * 0x94D049BB133111EBu, a), b);
    if (f->count < MOST_NAME_FEATURES) f->slot[f->count++] = (uint32_t)(h ^ h >> 32) & (NAME_SLOTS - 1);
}

/* How the sentence is written: mostly capitals, mostly capitalised, all small, or as usual. */
static unsigned manner(const document *doc, int32_t first, int32_t last) {
    int words = 0, capitalised = 0, capitals = 0;
    for (int32_t i = first; i < last; i++) {
        str s = doc->tokens[i].form;
        if (s.len < 4 || !((s.ptr[0] | 32) >= 'a' && (s.ptr[0] | 32) <= 'z')) continue;
        words++;
        bool up = s.ptr[0] >= 'A' && s.ptr[0] <= 'Z';
        capitalised += up, capitals += up && s.ptr[1] >= 'A' && s.ptr[1] <= 'Z' && s.ptr[2] >= 'A' && s.ptr[2] <= 'Z';
    }
    return words < 2 ? 0 : capitals * 4 >= words * 3 ? 1 : capitalised * 4 >= words * 3 ? 2 : capitalised == 0 ? 3 : 4;
}

/* The run that the word lies in: its ends, what the lists say of its words, what stands around it. */
static void add_run(const name_word *words, int32_t count, int32_t i, unsigned how, name_features *f) {
    static const name_word edge = {.lower = 1};
    const name_word *w = &words[i];
    if (w->run_last < w->run_first) return;
    const name_word *a = &words[w->run_first], *z = &words[w->run_last];
    const name_word *before = w->run_first > 0 ? a - 1 : &edge, *behind = w->run_last + 1 < count ? z + 1 : &edge;
    uint64_t length = (uint64_t)(w->run_last - w->run_first), at = (uint64_t)(i == w->run_first) | (uint64_t)(i == w->run_last) << 1;
    unsigned lists = 0;
    for (const name_word *k = a; k <= z; k++) lists |= k->lists;
    if (length > 5) length = 5;
    add(f, 44, z->lower, at);
    add(f, 45, z->lists, at << 8 | how);
    add(f, 46, a->lower, at);
    add(f, 47, lists, at << 8 | how);
    add(f, 48, length << 8 | how, mix(at, w->shape));
    add(f, 49, behind->lower, at);
    add(f, 50, before->lower, at);
    add(f, 51, mix(a->lists, z->lists), at << 8 | length);
    add(f, 52, z->suffix[1], at);
}

void name_features_read(const document *doc, const sentence *s, const name_word *words, int32_t first, int32_t last, int32_t i, name_features *f) {
    static const name_word edge = {.lower = 1, .shape = 1};
    static const token no_token = {.head = -1};
    int32_t count = last - first, at = first + i;
    const name_word *w = &words[i], *p = i > 0 ? w - 1 : &edge, *n = i + 1 < count ? w + 1 : &edge, *p2 = i > 1 ? w - 2 : &edge, *n2 = i + 2 < count ? w + 2 : &edge;
    const token *t = &doc->tokens[at], *tp = i > 0 ? t - 1 : &no_token, *tn = i + 1 < count ? t + 1 : &no_token;
    const token *head = t->head >= 0 ? &doc->tokens[t->head] : &no_token;
    unsigned how = (unsigned)manner(doc, s->first, s->last < s->first + 60 ? s->last : s->first + 60);
    uint64_t lists = w->lists | (uint64_t)w->phrase << 8 | (uint64_t)w->phrase_begin << 16;
    uint64_t tags = (uint64_t)tp->upos | (uint64_t)t->upos << 5 | (uint64_t)tn->upos << 10;
    uint64_t head_lemma = head->lemma.len ? name_hash(head->lemma) : 3;
    f->count = 0;
    add(f, 0, how, 0);
    add(f, 1, w->lower, 0);
    add(f, 2, p->lower, 0);
    add(f, 3, n->lower, 0);
    add(f, 4, p2->lower, 0);
    add(f, 5, n2->lower, 0);
    add(f, 6, p->lower, w->lower);
    add(f, 7, w->lower, n->lower);
    add(f, 8, w->shape, how);
    add(f, 9, mix(p->shape, w->shape), n->shape);
    add(f, 10, w->shape, p->lower);
    add(f, 11, w->shape, n->lower);
    for (unsigned k = 0; k < 3; k++) add(f, 12 + k, w->prefix[k], 0), add(f, 15 + k, w->suffix[k], 0);
    add(f, 18, p->suffix[1], 0);
    add(f, 19, n->suffix[1], 0);
    add(f, 20, t->upos, how);
    add(f, 21, tags, 0);
    add(f, 22, t->upos, t->deprel);
    add(f, 23, mix(t->upos, t->deprel), head->upos);
    add(f, 24, head_lemma, t->deprel);
    add(f, 25, lists, how);
    add(f, 26, mix(p->lists, w->lists), n->lists);
    add(f, 27, lists, t->upos);
    add(f, 28, lists, w->shape);
    add(f, 29, lists, p->lower);
    add(f, 30, lists, n->lower);
    add(f, 31, p->lists | (uint64_t)p->phrase << 8, t->upos);
    add(f, 32, n->lists | (uint64_t)n->phrase << 8, t->upos);
    add(f, 33, t->morph.number, mix(t->upos, w->suffix[1]));
    add(f, 34, i == 0, mix(t->upos, w->shape));
    add(f, 35, p2->lower, p->lower);
    add(f, 36, n->lower, n2->lower);
    if (t->head >= 0 && t->head >= first && t->head < last) {
        const name_word *h = &words[t->head - first];
        add(f, 37, h->lists, mix(t->deprel, w->lists));
        add(f, 38, h->shape, t->deprel);
    }
    str mark = tree_case(doc, at);
    add(f, 39, mark.len ? name_hash(mark) : 4, t->deprel);
    add(f, 40, mark.len ? name_hash(mark) : 4, mix(w->lists, t->upos));
    add(f, 41, w->vector == NULL, w->shape);
    add(f, 42, mix(w->shape, p->shape), t->upos);
    add(f, 43, mix(w->prefix[1], w->suffix[1]), 0);
    add_run(words, count, i, how, f);
}
