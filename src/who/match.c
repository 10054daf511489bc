#include "who/match.h"

static bool capital(str form) {
    if (form.len == 0) return false;
    unsigned char c = (unsigned char)form.ptr[0];
    if (c < 0x80) return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (c == 0xC3 && form.len > 1) return (unsigned char)form.ptr[1] < 0x9F;
    return form.len > 1;
}

static bool all_upper(str form) {
    bool seen = false;
    for (uint32_t i = 0; i < form.len; i++) {
        if (form.ptr[i] >= 'a' && form.ptr[i] <= 'z') return false;
        seen |= form.ptr[i] >= 'A' && form.ptr[i] <= 'Z';
    }
    return seen;
}

static bool small_word(str w) { return str_in(w, "of the The and for in on de del la al el bin ibn van von und der di da dos e du des y i ul ad as ash ar wal wa ud"); }

/* Is the writing of tokens [first, last) what an alias asks for? */
static bool letters_fit(const document *doc, const match *m, name_case letters) {
    if (letters == CASE_ANY) return true;
    if (letters == CASE_UPPER) {
        for (int32_t t = m->first; t < m->last; t++) {
            str f = doc->tokens[t].form;
            if (!all_upper(f) && !str_is(f, "-") && !(m->last - m->first > 1 && (str_is(f, "'s") || (f.len == 1 && (f.ptr[0] == 's' || (f.ptr[0] >= '0' && f.ptr[0] <= '9')))))) {
                bool digits = f.len > 0;
                for (uint32_t i = 0; i < f.len; i++) digits &= (f.ptr[i] >= '0' && f.ptr[i] <= '9') || f.ptr[i] == '-' || f.ptr[i] == '+';
                if (!digits) return false;
            }
        }
        return true;
    }
    bool opens = capital(doc->tokens[m->first].form);
    if (opens && (m->last - m->first == 1 || letters == CASE_FIRST)) return true;
    int big = 0, words = 0;
    for (int32_t t = m->first + !opens; t < m->last; t++) {
        str f = doc->tokens[t].form;
        if (f.len < 3 || small_word(f)) continue;
        words++;
        big += capital(f);
    }
    return opens ? 2 * big >= words : big > 0 && big == words; /* "the Fed", "judges in The Hague" */
}

const entry *match_next(const knowledge *k, const document *doc, const match *m, int32_t *cursor, bool *surname) {
    int32_t a = *cursor == -1 ? m->alias : k->aliases[*cursor].next;
    for (; a >= 0; a = k->aliases[a].next)
        if (k->entries[k->aliases[a].entry].kind != ENTRY_NONE && letters_fit(doc, m, k->aliases[a].letters)) {
            *cursor = a;
            if (surname) *surname = k->aliases[a].surname;
            return &k->entries[k->aliases[a].entry];
        }
    *cursor = -2;
    return NULL;
}

/* SANA in capitals is the agency, Sana the town. */
static bool acronym(const knowledge *k, const document *doc, const match *m) {
    if (m->last - m->first != 1 || doc->tokens[m->first].form.len < 3 || !all_upper(doc->tokens[m->first].form) || doc->sentences[doc->tokens[m->first].sentence].headline) return false;
    for (int32_t a = m->alias; a >= 0; a = k->aliases[a].next)
        if (k->entries[k->aliases[a].entry].kind == ENTRY_ORG && k->aliases[a].letters == CASE_UPPER) return true;
    return false;
}

const entry *match_kind(const knowledge *k, const document *doc, const match *m, entry_kind kind) {
    int32_t cursor = -1;
    if ((kind == ENTRY_SEAT || kind == ENTRY_PLACE) && acronym(k, doc, m)) return NULL;
    for (const entry *e; (e = match_next(k, doc, m, &cursor, NULL));) {
        if (e->kind == kind) return e;
    }
    return NULL;
}

static bool clitic(str form) { return form.len && (form.ptr[0] == '\'' || (form.len > 2 && memcmp(form.ptr, "\xE2\x80\x99", 3) == 0)); }

/* Appends a token's folded form to the key; a clitic ("'s") glues to the word before, a mark adds nothing. */
static uint32_t extend(const document *doc, const notes *n, int32_t t, char *key, uint32_t length, bool first) {
    str folded = n->folded[t];
    if (str_empty(folded)) return length;
    if (length + folded.len + 1 >= LONGEST_NAME) return 0;
    if (!first && !clitic(doc->tokens[t].form)) key[length++] = ' ';
    memcpy(key + length, folded.ptr, folded.len);
    return length + folded.len;
}

static uint32_t words_in(str s) {
    uint32_t n = 1;
    for (uint32_t i = 0; i < s.len; i++) n += s.ptr[i] == ' ';
    return n;
}

static bool usable(const knowledge *k, const document *doc, const match *m) {
    int32_t cursor = -1;
    return match_next(k, doc, m, &cursor, NULL) != NULL;
}

/* "The opposition's" is no plural: a name may end with a clitic only where it is written so ("Lloyd's"). */
static bool ends_well(const knowledge *k, const document *doc, const match *m) {
    str f = doc->tokens[m->last - 1].form;
    bool clitic = m->last - m->first > 1 && f.len && (f.ptr[0] == '\'' || str_starts(f, "\xE2\x80\x99"));
    return !clitic || match_kind(k, doc, m, ENTRY_ORG) != NULL;
}

enum { SHORT_NAME = 3 };

/* A word inside a personal name is none of our words: "Pak Jong Gun" is no Pakistani, "Kim Man Jo" no man. By the tree: a name's first word has
   the others flat on it. */
static bool inside_name(const knowledge *k, const document *doc, const match *m) {
    if (m->last - m->first != 1 || doc->tokens[m->first].upos != UPOS_PROPN) return false;
    bool people = match_kind(k, doc, m, ENTRY_DEMONYM) != NULL, common = true, surname;
    int32_t cursor = -1;
    for (const entry *e; (e = match_next(k, doc, m, &cursor, &surname));) common &= e->kind == ENTRY_DEMONYM || e->kind == ENTRY_ROLE || (people && surname);
    if (!common || all_upper(doc->tokens[m->first].form)) return false;
    const token *t = &doc->tokens[m->first];
    if (t->deprel == DEP_FLAT && t->head == m->first - 1 && t->form.len <= SHORT_NAME) return true; /* a longer one is an office, in spite of the tree ("DPRK Ambassador") */
    for (int32_t c = tree_child(doc, m->first); c >= 0; c = tree_next(doc, c))
        if (c == m->last && doc->tokens[c].deprel == DEP_FLAT && doc->tokens[c].upos == UPOS_PROPN) return people && !all_upper(doc->tokens[c].form);
    return false;
}

static bool longest(const knowledge *k, const document *doc, const notes *n, int32_t first, int32_t limit, match *out) {
    char key[LONGEST_NAME];
    str opener = n->folded[first], rest = opener;
    uint32_t most, words = 0, length = 0;
    bool found = false;
    if (str_empty(opener)) return false;
    str_split(&rest, ' ', &opener);
    if (!table_get(&k->openers, opener, &most)) return false;
    for (int32_t t = first; t < limit && t < first + 14; t++) {
        if (t > first && clitic(doc->tokens[t].form) && doc->tokens[t].upos == UPOS_AUX) break; /* "I'm" is nobody called Im */
        length = extend(doc, n, t, key, length, t == first);
        if (length == 0) break;
        if (str_empty(n->folded[t])) { /* a hyphen or a comma inside a name; nothing ends with it */
            str f = doc->tokens[t].form;
            if (!str_is(f, "-") && !str_is(f, ",") && !str_is(f, "/") && !str_is(f, "\xE2\x80\x93") && !str_is(f, "'") && !str_is(f, "\xE2\x80\x99")) break;
            if (str_is(f, ",") && words < 1) break;
            continue;
        }
        if (t == first || !clitic(doc->tokens[t].form)) words += words_in(n->folded[t]);
        if (words > most) break;
        int32_t a = knowledge_find(k, (str){key, length});
        if (a < 0) continue;
        match m = {first, t + 1, a};
        if (usable(k, doc, &m) && ends_well(k, doc, &m) && !inside_name(k, doc, &m)) *out = m, found = true;
    }
    return found;
}

void match_tokens(const knowledge *k, document *doc, notes *n, int32_t first, int32_t last) {
    char key[LONGEST_NAME];
    for (int32_t t = first; t < last; t++) {
        n->at[t] = -1;
        uint32_t length = name_fold(doc->tokens[t].form, key);
        n->folded[t] = length ? arena_copy(&doc->home, (str){key, length}) : STR("");
    }
    for (int32_t t = first; t < last;) {
        int32_t limit = t;
        while (limit < last && doc->tokens[limit].sentence == doc->tokens[t].sentence) limit++;
        match m;
        if (!longest(k, doc, n, t, limit, &m)) {
            t++;
            continue;
        }
        match inner; /* "the Guardian Council" is no newspaper */
        if (m.last - m.first > 1 && str_in(doc->tokens[t].form, "the The") && longest(k, doc, n, t + 1, limit, &inner) && inner.last > m.last) {
            t++;
            continue;
        }
        for (int32_t i = m.first; i < m.last; i++) n->at[i] = (int32_t)n->match_count;
        arena_push(&doc->home, n->matches, n->match_count, n->match_capacity, m);
        t = m.last;
    }
}
