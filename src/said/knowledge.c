#include "said/knowledge.h"

#include "syntax/syntax.h"

#include "base/error.h"

factuality fact_make(int sign, int degree) {
    if (sign == 0 || degree == 0) return FACT_UU;
    return (factuality)(sign > 0 ? 4 - degree : 7 - degree);
}

bool fact_of(str name, factuality *out) {
    for (int f = FACT_UU; f <= FACT_PS_MINUS; f++)
        if (str_is(name, factuality_name((factuality)f))) {
            *out = (factuality)f;
            return true;
        }
    return false;
}

factuality fact_under(factuality a, factuality b) {
    int degree = fact_degree(a) < fact_degree(b) ? fact_degree(a) : fact_degree(b);
    return fact_make(fact_sign(a) * fact_sign(b), degree);
}

/* "verb\tmanage\tto": the key of a table, in a buffer of the caller. */
enum { KEY = 160 };
static str key_of(char *buffer, const char *pos, str lemma, str complement) {
    int n = snprintf(buffer, KEY, "%s\t%.*s\t%.*s", pos, STR_ARG(lemma), STR_ARG(complement));
    return (str){buffer, (uint32_t)(n < KEY ? n : KEY - 1)};
}

static uint32_t at(const table *t, str key) {
    uint32_t i;
    return table_get(t, key, &i) ? i : UINT32_MAX;
}

/* "barr" of "barred": lemmatizers leave the doubled consonant now and then. */
static bool doubled(str lemma) { return lemma.len > 3 && lemma.ptr[lemma.len - 1] == lemma.ptr[lemma.len - 2]; }

const signature *knowledge_signature(const knowledge *k, const char *pos, str lemma, str complement) {
    char buffer[KEY];
    uint32_t i = at(&k->signature_keys, key_of(buffer, pos, lemma, complement));
    if (i == UINT32_MAX && doubled(lemma)) i = at(&k->signature_keys, key_of(buffer, pos, str_sub(lemma, 0, lemma.len - 1), complement));
    return i == UINT32_MAX ? NULL : &k->signatures[i];
}

const reporting *knowledge_reporting(const knowledge *k, const char *pos, str lemma) {
    char buffer[KEY];
    uint32_t i = at(&k->reporting_keys, key_of(buffer, pos, lemma, STR("")));
    return i == UINT32_MAX ? NULL : &k->reports[i];
}

const modal *knowledge_modal(const knowledge *k, str lemma, bool with_have) {
    char buffer[KEY];
    int n = snprintf(buffer, KEY, "%.*s%s", STR_ARG(lemma), with_have ? " have" : "");
    uint32_t i = n < KEY ? at(&k->modal_keys, (str){buffer, (uint32_t)n}) : UINT32_MAX;
    return i == UINT32_MAX ? NULL : &k->modals[i];
}

const hedge *knowledge_hedge(const knowledge *k, const char *pos, str word) {
    char buffer[KEY];
    uint32_t i = at(&k->hedge_keys, key_of(buffer, pos, word, STR("")));
    return i == UINT32_MAX ? NULL : &k->hedges[i];
}

const negative_word *knowledge_negative(const knowledge *k, str lower) {
    uint32_t i = at(&k->negation_keys, lower);
    return i == UINT32_MAX ? NULL : &k->negatives[i];
}

bool knowledge_event_noun(const knowledge *k, str lemma) { return table_has(&k->event_keys, lemma); }

str knowledge_voice(const knowledge *k, str word) {
    uint32_t i = at(&k->voice_keys, word);
    return i == UINT32_MAX ? STR("") : k->voices[i];
}

/* ---- reading ---- */

static size_t lines_in(str text) {
    size_t n = 1;
    for (uint32_t i = 0; i < text.len; i++) n += text.ptr[i] == '\n';
    return n;
}

static rap_status value_field(const char *file, const lexicon_line *line, int field, factuality *out, rap_error *e) {
    if (fact_of(line->field[field], out)) return RAP_OK;
    return lexicon_error(e, file, line, line->field[field], "expected one of CT+ PR+ PS+ CT- PR- PS- Uu, found \"%.*s\"",
                         STR_ARG(line->field[field]));
}

static str stored_key(arena *home, str a, str b, str c) {
    return arena_format(home, "%.*s\t%.*s\t%.*s", STR_ARG(a), STR_ARG(b), STR_ARG(c));
}

static rap_status read_signatures(knowledge *k, const setup *with, rap_error *e) {
    str text = lexicon_file(with->lexicon, "signatures.tsv");
    size_t most = lines_in(text);
    k->signatures = arena_array(with->home, signature, most);
    table_init(&k->signature_keys, with->home, (uint32_t)most);
    lexicon_line line = {0};
    while (lexicon_next(text, &line)) {
        if (line.count < 6)
            return lexicon_error(e, "signatures.tsv", &line, line.whole, "expected lemma, part of speech, complement, two values, kind");
        signature *s = &k->signatures[k->signature_count];
        rap_status status = value_field("signatures.tsv", &line, 3, &s->positive, e);
        if (status == RAP_OK) status = value_field("signatures.tsv", &line, 4, &s->negative, e);
        if (status != RAP_OK) return status;
        s->kind = line.field[5];
        table_set(&k->signature_keys, stored_key(with->home, line.field[1], line.field[0], line.field[2]), k->signature_count++);
    }
    return RAP_OK;
}

static unsigned patterns_of(str words) {
    static const struct { const char *name; unsigned bit; } known[] = {
        {"clause", PATTERN_CLAUSE}, {"quote", PATTERN_QUOTE}, {"infinitive", PATTERN_INFINITIVE}, {"gerund", PATTERN_GERUND},
        {"object", PATTERN_OBJECT}, {"as", PATTERN_AS}, {"hedge", PATTERN_HEDGE}};
    unsigned bits = 0;
    str word;
    while (str_split(&words, ' ', &word)) {
        unsigned bit = PATTERN_PREPOSITION;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            if (str_is(word, known[i].name)) bit = known[i].bit;
        bits |= bit;
    }
    return bits;
}

static rap_status read_reporting(knowledge *k, const setup *with, rap_error *e) {
    str text = lexicon_file(with->lexicon, "reporting.tsv");
    size_t most = lines_in(text);
    k->reports = arena_array(with->home, reporting, most);
    table_init(&k->reporting_keys, with->home, (uint32_t)most);
    lexicon_line line = {0};
    while (lexicon_next(text, &line)) {
        if (line.count < 5)
            return lexicon_error(e, "reporting.tsv", &line, line.whole, "expected lemma, part of speech, stance, value, patterns");
        reporting *r = &k->reports[k->report_count];
        rap_status status = value_field("reporting.tsv", &line, 3, &r->value, e);
        if (status != RAP_OK) return status;
        int s = STANCE_ASSERTS;
        while (s <= STANCE_DECLINES && !str_is(line.field[2], stance_name((stance)s))) s++;
        if (s > STANCE_DECLINES)
            return lexicon_error(e, "reporting.tsv", &line, line.field[2], "unknown stance \"%.*s\" (asserts, denies, doubts, asks, "
                                 "expects, wishes, concedes, cites, omits or declines)", STR_ARG(line.field[2]));
        r->stance = (stance)s;
        r->patterns = patterns_of(line.field[4]);
        r->kind = line.field[5];
        table_set(&k->reporting_keys, stored_key(with->home, line.field[1], line.field[0], STR("")), k->report_count++);
    }
    return RAP_OK;
}

static rap_status read_modals(knowledge *k, const setup *with, rap_error *e) {
    str text = lexicon_file(with->lexicon, "modals.tsv");
    size_t most = lines_in(text);
    k->modals = arena_array(with->home, modal, most);
    table_init(&k->modal_keys, with->home, (uint32_t)most);
    lexicon_line line = {0};
    while (lexicon_next(text, &line)) {
        modal *m = &k->modals[k->modal_count];
        rap_status status = value_field("modals.tsv", &line, 1, &m->positive, e);
        if (status == RAP_OK) status = value_field("modals.tsv", &line, 2, &m->negative, e);
        if (status != RAP_OK) return status;
        m->kind = line.field[3];
        table_set(&k->modal_keys, line.field[0], k->modal_count++);
    }
    return RAP_OK;
}

static rap_status read_hedges(knowledge *k, const setup *with, rap_error *e) {
    str text = lexicon_file(with->lexicon, "hedges.tsv");
    size_t most = lines_in(text);
    k->hedges = arena_array(with->home, hedge, most);
    table_init(&k->hedge_keys, with->home, (uint32_t)most);
    lexicon_line line = {0};
    while (lexicon_next(text, &line)) {
        hedge *h = &k->hedges[k->hedge_count];
        rap_status status = value_field("hedges.tsv", &line, 2, &h->value, e);
        if (status != RAP_OK) return status;
        h->kind = line.field[3];
        table_set(&k->hedge_keys, stored_key(with->home, line.field[1], line.field[0], STR("")), k->hedge_count++);
    }
    return RAP_OK;
}

static rap_status read_negation(knowledge *k, const setup *with, rap_error *e) {
    str text = lexicon_file(with->lexicon, "negation.tsv");
    size_t most = lines_in(text);
    k->negatives = arena_array(with->home, negative_word, most);
    table_init(&k->negation_keys, with->home, (uint32_t)most);
    lexicon_line line = {0};
    while (lexicon_next(text, &line)) {
        if (line.count < 2) return lexicon_error(e, "negation.tsv", &line, line.whole, "expected a cue and its kind");
        negative_word *n = &k->negatives[k->negative_count];
        n->kind = line.field[1];
        str key = line.field[0];
        bool prefix = str_is(n->kind, "prefix"), suffix = str_is(n->kind, "suffix");
        if (prefix || suffix) {
            n->cut = (uint8_t)line.field[0].len;
            str a = prefix ? line.field[0] : line.field[2], b = prefix ? line.field[2] : line.field[0];
            key = arena_format(with->home, "%.*s%.*s", STR_ARG(a), STR_ARG(b));
        }
        table_set(&k->negation_keys, key, k->negative_count++);
    }
    return RAP_OK;
}

static rap_status read_voices(knowledge *k, const setup *with, rap_error *e) {
    str text = lexicon_file(with->lexicon, "voices.tsv");
    size_t most = lines_in(text);
    k->voices = arena_array(with->home, str, most);
    table_init(&k->voice_keys, with->home, (uint32_t)most);
    lexicon_line line = {0};
    while (lexicon_next(text, &line)) {
        if (line.count < 2) return lexicon_error(e, "voices.tsv", &line, line.whole, "expected a word and a kind of voice");
        k->voices[k->voice_count] = line.field[1];
        table_set(&k->voice_keys, line.field[0], k->voice_count++);
    }
    return RAP_OK;
}

static void read_events(knowledge *k, const setup *with) {
    str text = lexicon_file(with->lexicon, "event_nouns.txt");
    table_init(&k->event_keys, with->home, (uint32_t)lines_in(text));
    lexicon_line line = {0};
    while (lexicon_next(text, &line)) table_set(&k->event_keys, line.field[0], 1);
}

/* "pass+over" is looked up at "pass". */
static void add_silence(knowledge *k, const setup *with, silence_line line, str word) {
    for (uint32_t i = 0; i < word.len; i++)
        if (word.ptr[i] == '+') {
            line.companion = str_sub(word, i + 1, word.len);
            word = str_sub(word, 0, i);
            break;
        }
    uint32_t i;
    line.next = -1;
    int32_t here = (int32_t)k->silence_count;
    arena_push(with->home, k->silences, k->silence_count, k->silence_capacity, line);
    if (!table_get(&k->silence_keys, word, &i)) table_set(&k->silence_keys, word, (uint32_t)here);
    else {
        while (k->silences[i].next >= 0) i = (uint32_t)k->silences[i].next;
        k->silences[i].next = here;
    }
}

static rap_status read_silences(knowledge *k, const setup *with, rap_error *e) {
    static const char *const whens[] = {"-", "not", "none", "passive", "told"};
    str text = lexicon_file(with->lexicon, "silences.tsv");
    table_init(&k->silence_keys, with->home, 256);
    lexicon_line line = {0};
    while (lexicon_next(text, &line)) {
        silence_line s = {.objects = line.field[3], .behind = line.field[4], .companion = STR("")};
        if (line.count < 5) return lexicon_error(e, "silences.tsv", &line, line.whole, "expected stance, when, words, objects, what stands behind");
        if (str_is(line.field[0], "omits")) s.stance = STANCE_OMITS;
        else if (str_is(line.field[0], "declines")) s.stance = STANCE_DECLINES;
        else if (str_is(line.field[0], "silent")) s.stance = SILENT_BY_SPEAKER;
        else if (str_is(line.field[0], "medium")) s.stance = SILENT_MEDIUM;
        else return lexicon_error(e, "silences.tsv", &line, line.field[0], "unknown stance \"%.*s\" (omits, declines, silent or medium)", STR_ARG(line.field[0]));
        while (s.when <= SILENCE_TOLD && !str_is(line.field[1], whens[s.when])) s.when++;
        if (s.when > SILENCE_TOLD) return lexicon_error(e, "silences.tsv", &line, line.field[1], "unknown condition \"%.*s\" (-, not, none, passive or told)", STR_ARG(line.field[1]));
        str words = line.field[2], word;
        while (str_split(&words, ' ', &word)) add_silence(k, with, s, word);
    }
    return RAP_OK;
}

rap_status knowledge_read(knowledge *k, const setup *with, rap_error *e) {
    *k = (knowledge){0};
    rap_status status = read_signatures(k, with, e);
    if (status == RAP_OK) status = read_reporting(k, with, e);
    if (status == RAP_OK) status = read_modals(k, with, e);
    if (status == RAP_OK) status = read_hedges(k, with, e);
    if (status == RAP_OK) status = read_negation(k, with, e);
    if (status == RAP_OK) status = read_voices(k, with, e);
    if (status == RAP_OK) status = read_silences(k, with, e);
    if (status == RAP_OK) read_events(k, with);
    return status;
}

void knowledge_directions(knowledge *k) {
    uint64_t state = 0x9e3779b97f4a7c15u;
    for (int d = 0; d < SORTS * SORT_BITS; d++)
        for (int i = 0; i < 2 * HALF; i++) {
            state ^= state << 13, state ^= state >> 7, state ^= state << 17;
            k->direction[d][i] = (uint8_t)((state >> 33) % VECTOR);
        }
}

bool knowledge_sorts(const knowledge *k, str form, str lemma, uint8_t sort[SORTS]) {
    float scale;
    int width = 0;
    const int8_t *v = k->syntax ? syntax_word_vector(k->syntax, form, &scale, &width) : NULL;
    if (!v && k->syntax) v = syntax_word_vector(k->syntax, lemma, &scale, &width);
    if (!v || width != VECTOR) return false;
    for (int s = 0; s < SORTS; s++) {
        unsigned kind = 0;
        for (int b = 0; b < SORT_BITS; b++) {
            const uint8_t *at = k->direction[s * SORT_BITS + b];
            int sum = 0;
            for (int i = 0; i < HALF; i++) sum += v[at[i]] - v[at[HALF + i]];
            kind = kind * 2 + (sum > 0);
        }
        sort[s] = (uint8_t)kind;
    }
    return true;
}
