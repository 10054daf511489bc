#include "who/knowledge.h"

#include "base/utf8.h"
#include "who/load.h"

/* ---- sectors ---- */

bool sectors_has(const sectors *s, const char *code) {
    for (int i = 0; i < s->count; i++)
        if (str_is(s->code[i], code)) return true;
    return false;
}

void sectors_add(sectors *s, str code) {
    if (str_empty(code) || s->count == MOST_SECTORS) return;
    for (int i = 0; i < s->count; i++)
        if (str_eq(s->code[i], code)) return;
    s->code[s->count++] = code;
}

void sectors_join(sectors *s, const sectors *more) {
    for (int i = 0; i < more->count; i++) sectors_add(s, more->code[i]);
}

/* ---- names ---- */

/* Letters without diacritics for the Latin blocks that names of persons and places use (U+00C0 to U+024F, U+1E00 to U+1EFF go by
 * utf8_fold, which needs an arena; this is the same for what the lexicon and news hold, into a buffer of the caller's). */
static uint32_t fold_letter(uint32_t c, char *to) {
    static const char latin1[] = "aaaaaaaceeeeiiiidnooooo*ouuuuyts"; /* U+00C0 … U+00DF, and U+00E0 … as lower case */
    static const char extended[] =
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiijjjkkklllllll"
        "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
    if (c >= 0xC0 && c <= 0xFF) {
        uint32_t i = (c - 0xC0) & 31;
        if (c == 0xDF) { to[0] = 's', to[1] = 's'; return 2; }
        if (c == 0xFF) { to[0] = 'y'; return 1; }
        if (latin1[i] == '*') return 0;
        to[0] = latin1[i];
        return 1;
    }
    if (c >= 0x100 && c < 0x100 + sizeof extended - 1) { to[0] = extended[c - 0x100]; return 1; }
    if (c >= 0x218 && c <= 0x21B) { to[0] = c < 0x21A ? 's' : 't'; return 1; }
    if (c >= 0x1EA0 && c <= 0x1EF9) { to[0] = c < 0x1EB8 ? 'a' : c < 0x1EC8 ? 'e' : c < 0x1ECC ? 'i' : c < 0x1EE4 ? 'o' : c < 0x1EF2 ? 'u' : 'y'; return 1; }
    return 0;
}

uint32_t name_fold(str name, char *to) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < name.len;) {
        unsigned char c = (unsigned char)name.ptr[i];
        if (n + 8 >= LONGEST_NAME) return 0;
        if (c < 0x80) {
            i++;
            if (c >= 'A' && c <= 'Z') to[n++] = (char)(c + 32);
            else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) to[n++] = (char)c;
            else if (c == '&') {
                if (n && to[n - 1] != ' ') to[n++] = ' ';
                memcpy(to + n, "and ", 4), n += 4;
            } else if (c == '.' || c == '\'' || c == '`') {
                if (c == '.' && i < name.len && name.ptr[i] != '.' && n && to[n - 1] != ' ' && i >= 3 && name.ptr[i - 3] != '.' && name.ptr[i - 2] >= 'a' && name.ptr[i] >= 'A')
                    to[n++] = ' '; /* "St.Petersburg" */
            } else if (n && to[n - 1] != ' ') to[n++] = ' ';
            continue;
        }
        uint32_t length, code = utf8_at(name, i, &length), m;
        if (code == 0x2019 || code == 0x2018 || code == 0x02BC) {
        } else if ((m = fold_letter(code, to + n))) n += m;
        else if (code >= 0x0300 && code <= 0x036F) { /* combining marks vanish */
        } else if (code >= 0x2010 && code <= 0x2015) {
            if (n && to[n - 1] != ' ') to[n++] = ' ';
        } else {
            memcpy(to + n, name.ptr + i, length);
            n += length;
        }
        i += length;
    }
    while (n && to[n - 1] == ' ') n--;
    return n;
}

int32_t knowledge_find(const knowledge *k, str key) {
    uint32_t at;
    return table_get(&k->keys, key, &at) ? (int32_t)at : -1;
}

int32_t knowledge_find_kind(const knowledge *k, str key, entry_kind kind) {
    for (int32_t a = knowledge_find(k, key); a >= 0; a = k->aliases[a].next)
        if (k->entries[k->aliases[a].entry].kind == kind) return k->aliases[a].entry;
    return -1;
}

/* ---- terms of office ---- */

static int weight(const fact *f) {
    int w = sectors_has(&f->sectors, "GOV") ? 8 : 4;
    if (!str_empty(f->office)) w += 2;
    if (str_is(f->office, "leader")) w -= 1; /* a fuller fact says more than REIGN's */
    return w;
}

static bool covers(const fact *f, day date) {
    return f->sure > 0 && (f->start == DAY_NONE || f->start <= date) && (f->end == DAY_NONE || f->end >= date);
}

const fact *knowledge_term(const knowledge *k, const entry *person, day date, bool *past, bool *future) {
    const fact *best = NULL, *before = NULL, *after = NULL;
    *past = *future = false;
    for (int32_t i = person->first_fact; i >= 0; i = k->facts[i].next) {
        const fact *f = &k->facts[i];
        if (f->sure <= 0) continue;
        if (date == DAY_NONE ? f->end == DAY_NONE : covers(f, date)) {
            if (!best || weight(f) > weight(best) || (weight(f) == weight(best) && f->start > best->start)) best = f;
        } else if (date == DAY_NONE || (f->end != DAY_NONE && f->end < date)) {
            /* REIGN's terms end with their month: the fuller fact about the same term says more */
            bool same_term = before && f->end - before->end < 32 && before->end - f->end < 32;
            if (!before || (same_term ? weight(f) > weight(before) : f->end > before->end)) before = f;
        } else if (!after || f->start < after->start) after = f;
    }
    if (best) return best;
    if (date == DAY_NONE) return before; /* no date: the last that is known */
    if (before) return *past = true, before;
    if (after) *future = true;
    return after;
}

const fact *knowledge_holder(const knowledge *k, str state, str organization, str office, day date) {
    char key[LONGEST_NAME * 2], folded[LONGEST_NAME];
    str of = state;
    if (!str_empty(organization)) of = (str){folded, name_fold(organization, folded)};
    int n = snprintf(key, sizeof key, "%.*s/%.*s", STR_ARG(of), STR_ARG(office));
    uint32_t at;
    if (n <= 0 || n >= (int)sizeof key || !table_get(&k->offices, (str){key, (uint32_t)n}, &at)) return NULL;
    const fact *best = NULL;
    for (int32_t i = (int32_t)at; i >= 0; i = k->facts[i].next_holder) {
        const fact *f = &k->facts[i];
        if (date == DAY_NONE ? f->sure <= 0 || f->end != DAY_NONE : !covers(f, date)) continue;
        if (!best || f->start > best->start) best = f;
    }
    return best;
}
