#include "document.h"

#include <stdio.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sha256.h"
#include "base/utf8.h"

/* ---- names of the enumerations ---- */

static const char *const upos_names[UPOS_COUNT] = {"_",    "ADJ", "ADP",  "ADV",  "AUX",   "CCONJ", "DET",   "INTJ", "NOUN",
                                                   "NUM",  "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM",  "VERB", "X"};

static const char *const relation_names[DEP_COUNT] = {
    "_",        "root",     "acl",      "acl:relcl",     "advcl",     "advcl:relcl", "advmod",        "amod",       "appos",
    "aux",      "aux:pass", "case",     "cc",            "cc:preconj", "ccomp",      "compound",      "compound:prt", "conj",
    "cop",      "csubj",    "csubj:outer", "csubj:pass", "dep",       "det",         "det:predet",    "discourse",  "dislocated",
    "expl",     "fixed",    "flat",     "goeswith",      "iobj",      "list",        "mark",          "nmod",       "nmod:desc",
    "nmod:poss", "nmod:unmarked", "nsubj", "nsubj:outer", "nsubj:pass", "nummod",     "obj",           "obl",        "obl:agent",
    "obl:unmarked", "orphan", "parataxis", "punct",      "reparandum", "vocative",   "xcomp"};

static const char *const plover_names[PLOVER_COUNT] = {"",        "AGREE",  "CONSULT",  "SUPPORT", "CONCEDE",  "COOPERATE",
                                                       "AID",     "RETREAT", "REQUEST", "ACCUSE",  "REJECT",   "THREATEN",
                                                       "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"};

static int position(str name, const char *const *names, int count) {
    for (int i = 0; i < count; i++)
        if (str_is(name, names[i])) return i;
    return -1;
}

const char *upos_name(upos u) { return upos_names[u]; }
upos upos_of(str name) {
    int i = position(name, upos_names, UPOS_COUNT);
    return i < 0 ? UPOS_NONE : (upos)i;
}

const char *deprel_name(deprel d) { return relation_names[d]; }
deprel deprel_of(str name) {
    int i = position(name, relation_names, DEP_COUNT);
    if (i >= 0) return (deprel)i;
    str base;
    str_split(&name, ':', &base);
    i = position(base, relation_names, DEP_COUNT);
    return i < 0 ? DEP_DEP : (deprel)i;
}

deprel deprel_base(deprel d) {
    switch (d) {
    case DEP_ACL_RELCL: return DEP_ACL;
    case DEP_ADVCL_RELCL: return DEP_ADVCL;
    case DEP_AUX_PASS: return DEP_AUX;
    case DEP_CC_PRECONJ: return DEP_CC;
    case DEP_COMPOUND_PRT: return DEP_COMPOUND;
    case DEP_CSUBJ_OUTER: case DEP_CSUBJ_PASS: return DEP_CSUBJ;
    case DEP_DET_PREDET: return DEP_DET;
    case DEP_NMOD_DESC: case DEP_NMOD_POSS: case DEP_NMOD_UNMARKED: return DEP_NMOD;
    case DEP_NSUBJ_OUTER: case DEP_NSUBJ_PASS: return DEP_NSUBJ;
    case DEP_OBL_AGENT: case DEP_OBL_UNMARKED: return DEP_OBL;
    default: return d;
    }
}

const char *plover_name(plover p) { return plover_names[p]; }
plover plover_of(str name) {
    int i = position(name, plover_names, PLOVER_COUNT);
    return i < 0 ? EVENT_NONE : (plover)i;
}

const char *entity_type_name(entity_type t) {
    static const char *const names[] = {"other", "person", "organization", "outlet", "party", "group", "place", "country",
                                        "city", "region", "facility", "people", "product", "event", "other"};
    return names[t];
}
const char *mention_kind_name(mention_kind k) {
    static const char *const names[] = {"name", "nominal", "pronoun"};
    return names[k];
}
const char *factuality_name(factuality f) {
    static const char *const names[] = {"Uu", "CT+", "PR+", "PS+", "CT-", "PR-", "PS-"};
    return names[f];
}
const char *stance_name(stance s) {
    static const char *const names[] = {"asserts", "denies", "doubts", "asks", "expects", "wishes", "concedes", "cites", "omits", "declines"};
    return names[s];
}

morph morph_of(str feats) {
    morph m = {0};
    str one, name;
    while (str_split(&feats, '|', &one)) {
        if (!str_split(&one, '=', &name)) continue;
        str v = one.ptr ? one : STR("");
#define IS(text) str_is(v, text)
        if (str_is(name, "Number")) m.number = IS("Sing") ? 1 : IS("Plur") ? 2 : 3;
        else if (str_is(name, "Person")) m.person = IS("1") ? 1 : IS("2") ? 2 : 3;
        else if (str_is(name, "Gender")) m.gender = IS("Masc") ? 1 : IS("Fem") ? 2 : 3;
        else if (str_is(name, "Tense")) m.tense = IS("Past") ? 1 : 2;
        else if (str_is(name, "VerbForm")) m.verbform = IS("Fin") ? 1 : IS("Inf") ? 2 : IS("Part") ? 3 : 4;
        else if (str_is(name, "Mood")) m.mood = IS("Ind") ? 1 : IS("Imp") ? 2 : 3;
        else if (str_is(name, "Voice")) m.voice = IS("Pass");
        else if (str_is(name, "Degree")) m.degree = IS("Pos") ? 1 : IS("Cmp") ? 2 : 3;
        else if (str_is(name, "PronType"))
            m.prontype = (unsigned)(IS("Prs") ? 1 : IS("Rel") ? 2 : IS("Int") ? 3 : IS("Dem") ? 4 : IS("Art") ? 5 : IS("Ind") ? 6
                                    : IS("Neg") ? 7 : IS("Tot") ? 8 : IS("Rcp") ? 9 : 10) & 15u;
        else if (str_is(name, "Poss")) m.poss = 1;
        else if (str_is(name, "Reflex")) m.reflex = 1;
        else if (str_is(name, "Definite")) m.definite = IS("Def") ? 1 : 2;
        else if (str_is(name, "Polarity")) m.negative = IS("Neg");
        else if (str_is(name, "Case")) m.pronoun_case = IS("Nom") ? 1 : IS("Acc") ? 2 : 3;
        else if (str_is(name, "NumType")) m.numtype = IS("Card") ? 1 : IS("Ord") ? 2 : 3;
#undef IS
    }
    return m;
}

/* ---- the document ---- */

rap_status rap_document_new(rap_document **out, rap_error *e) {
    document *doc = memory_new(sizeof *doc);
    if (!doc) return error_set(e, RAP_NO_MEMORY, "out of memory for a document");
    memset(doc, 0, sizeof *doc);
    arena_init(&doc->home);
    document_clear(doc);
    *out = doc;
    return RAP_OK;
}

void rap_document_free(rap_document *doc) {
    if (!doc) return;
    arena_free(&doc->home);
    memory_free(doc);
}

void document_clear(document *doc) {
    arena home = doc->home;
    arena_reset(&home);
    home.escape = NULL;
    *doc = (document){.home = home, .published = MOMENT_NONE, .modified = MOMENT_NONE};
}

static void hash_field(sha256 *hash, str s) {
    sha256_add(hash, s);
    sha256_add(hash, (str){"", 1});
}

static str content_id(document *doc, str raw) {
    sha256 hash;
    char *hex = arena_alloc(&doc->home, SHA256_HEX);
    sha256_begin(&hash);
    hash_field(&hash, doc->outlet);
    hash_field(&hash, doc->url);
    hash_field(&hash, moment_format(&doc->home, doc->published));
    sha256_add(&hash, raw);
    sha256_end(&hash, hex);
    return str_of(hex);
}

static void add_block(document *doc, block_kind kind, str name, str text) {
    if (str_trim(text).len) doc->blocks[doc->block_count++] = (block){kind, name, text};
}

void document_blocks(document *doc, str body, str raw) {
    doc->blocks = arena_array(&doc->home, block, 3 + doc->caption_count);
    doc->block_count = 0;
    add_block(doc, BLOCK_TITLE, STR("title"), doc->title);
    add_block(doc, BLOCK_SUBTITLE, STR("subtitle"), doc->subtitle);
    for (int i = 0; i < doc->caption_count; i++)
        add_block(doc, BLOCK_CAPTION, arena_format(&doc->home, "caption/%d", i), doc->captions[i]);
    add_block(doc, BLOCK_BODY, STR("body"), body);
    if (doc->id.len == 0) doc->id = content_id(doc, raw);
}

void document_skip(document *doc, int32_t at, uint32_t start, uint32_t end, const char *reason) {
    skipped s = {at, start, end, arena_copy(&doc->home, str_of(reason))};
    arena_push(&doc->home, doc->skips, doc->skip_count, doc->skip_capacity, s);
}

str document_span(const document *doc, int32_t at, uint32_t start, uint32_t end) {
    return str_sub(doc->blocks[at].text, start, end);
}

/* ---- trees ---- */

void tree_link(document *doc, sentence *s) {
    token *t = doc->tokens;
    s->root = -1;
    for (int32_t i = s->first; i < s->last; i++) {
        t[i].child = t[i].sibling = -1;
        t[i].left = t[i].right = i;
    }
    for (int32_t i = s->last - 1; i >= s->first; i--) {
        if (t[i].head < 0) {
            s->root = i;
            continue;
        }
        t[i].sibling = t[t[i].head].child;
        t[t[i].head].child = i;
    }
    /* Bounds climb from every token; a cycle would not end, so no path is followed longer than the sentence. */
    for (int32_t i = s->first; i < s->last; i++) {
        int32_t steps = s->last - s->first;
        for (int32_t a = t[i].head; a >= 0 && steps-- > 0; a = t[a].head) {
            if (t[a].left <= i && t[a].right >= i) break;
            if (i < t[a].left) t[a].left = i;
            if (i > t[a].right) t[a].right = i;
        }
    }
}

int32_t tree_find(const document *doc, int32_t t, deprel d) {
    for (int32_t c = tree_child(doc, t); c >= 0; c = tree_next(doc, c))
        if (doc->tokens[c].deprel == d) return c;
    return -1;
}

int32_t tree_find_base(const document *doc, int32_t t, deprel base) {
    for (int32_t c = tree_child(doc, t); c >= 0; c = tree_next(doc, c))
        if (deprel_base(doc->tokens[c].deprel) == base) return c;
    return -1;
}

str tree_case(const document *doc, int32_t t) {
    for (int32_t c = tree_child(doc, t); c >= 0; c = tree_next(doc, c))
        if (doc->tokens[c].deprel == DEP_CASE || doc->tokens[c].deprel == DEP_MARK) return doc->tokens[c].lemma;
    return STR("");
}

int32_t tree_top(const document *doc, int32_t first, int32_t last) {
    for (int32_t t = first; t < last; t++)
        if (doc->tokens[t].head < first || doc->tokens[t].head >= last) return t;
    return last - 1;
}

bool tree_under(const document *doc, int32_t t, int32_t above) {
    for (int32_t steps = 0; t >= 0 && steps < 4096; t = doc->tokens[t].head, steps++)
        if (t == above) return true;
    return false;
}

bool sentence_is_dateline(const document *doc, const sentence *s) {
    if (doc->blocks[s->block].kind != BLOCK_BODY || s->first >= s->last || s->last - s->first > 20) return false;
    bool opens = s == doc->sentences || s[-1].block != s->block;
    return opens && s->last - s->first > 1 && str_in(doc->tokens[s->last - 1].form, "-- \xE2\x80\x94 \xE2\x80\x93 - \xE2\x80\x95 _");
}
