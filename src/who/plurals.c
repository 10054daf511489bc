/* Plurals that stand for several parties: "the two leaders", "both sides", "the two met", "they". Coordinated names before them are taken first
 * ("Peru and Chile … they"); a plural that counts its parts takes the nearest parties of its kind. A plain "they" without a coordination stays what its chain says. */
#include "who/stage.h"

enum { MOST_PARTS = 4, REACH = 6, NEAR = 2 };

typedef enum party_kind { PARTY_ANY, PARTY_STATE, PARTY_PERSON } party_kind;

typedef struct parts {
    int32_t mention[MOST_PARTS];
    str what[MOST_PARTS]; /* the state of each, "" of persons */
    int count;
} parts;

static const token *head_of(const document *doc, int32_t m) { return &doc->tokens[doc->mentions[m].head]; }

/* The state that a mention's own words name. */
static str state_of(const who_stage *stage, const document *doc, int32_t m) {
    static const entry_kind kinds[] = {ENTRY_COUNTRY, ENTRY_SEAT, ENTRY_DEMONYM};
    const notes *n = doc->who_notes;
    const mention *x = &doc->mentions[m];
    for (int32_t t = x->first; t < x->last; t++)
        for (int k = 0; k < 3 && n->at[t] >= 0; k++) {
            const entry *e = match_kind(&stage->knowledge, doc, &n->matches[n->at[t]], kinds[k]);
            if (e && !str_empty(e->country)) return e->country;
        }
    return STR("");
}

static bool fits(const who_stage *stage, const document *doc, int32_t m, party_kind kind) {
    const mention *x = &doc->mentions[m];
    if (x->kind == MENTION_PRONOUN) return false;
    bool person = x->type == ENTITY_PERSON && head_of(doc, m)->morph.number != 2;
    bool body = x->type == ENTITY_ORGANIZATION || x->type == ENTITY_GROUP || x->type == ENTITY_PARTY || x->type == ENTITY_COUNTRY;
    bool state = !str_empty(state_of(stage, doc, m)) && (x->type == ENTITY_COUNTRY || x->type == ENTITY_CITY || x->type == ENTITY_ORGANIZATION || x->type == ENTITY_PEOPLE || x->kind == MENTION_NOMINAL);
    return kind == PARTY_PERSON ? person : kind == PARTY_STATE ? state : person || body || state;
}

static void take(const who_stage *stage, const document *doc, parts *p, int32_t m, party_kind kind) {
    str what = kind == PARTY_PERSON ? STR("") : state_of(stage, doc, m);
    for (int i = 0; i < p->count; i++)
        if (doc->mentions[p->mention[i]].chain == doc->mentions[m].chain || (what.len && str_eq(p->what[i], what))) return;
    if (p->count == MOST_PARTS) return;
    p->what[p->count] = what;
    p->mention[p->count++] = m;
}

/* The nearest names joined by "and" before a mention, whose list does not hold the mention itself. */
static void coordinated(const who_stage *stage, const document *doc, int32_t m, party_kind kind, int reach, parts *out) {
    const token *own = head_of(doc, m);
    for (int32_t j = m - 1; j >= 0 && own->sentence - head_of(doc, j)->sentence <= reach; j--) {
        const token *h = head_of(doc, j);
        if (doc->tokens[doc->mentions[j].head].mention != j || h->deprel == DEP_CONJ || !fits(stage, doc, j, kind)) continue;
        *out = (parts){.count = 0};
        take(stage, doc, out, j, kind);
        for (int32_t c = tree_child(doc, doc->mentions[j].head); c >= 0; c = tree_next(doc, c)) {
            int32_t k = doc->tokens[c].deprel == DEP_CONJ ? doc->tokens[c].mention : -1;
            if (k >= 0 && k < m && fits(stage, doc, k, kind)) take(stage, doc, out, k, kind);
        }
        if (out->count > 1) return;
    }
    out->count = 0;
}

static void nearest(const who_stage *stage, const document *doc, int32_t m, party_kind kind, int wanted, parts *out) {
    out->count = 0;
    for (int32_t j = m - 1; j >= 0 && out->count < wanted && head_of(doc, m)->sentence - head_of(doc, j)->sentence < REACH; j--)
        if (doc->mentions[j].kind == MENTION_NAME && fits(stage, doc, j, kind)) take(stage, doc, out, j, kind);
    for (int32_t j = m - 1; j >= 0 && out->count < wanted && head_of(doc, m)->sentence - head_of(doc, j)->sentence < REACH; j--)
        if (doc->mentions[j].kind == MENTION_NOMINAL && kind == PARTY_STATE && fits(stage, doc, j, kind)) take(stage, doc, out, j, kind);
}

/* How many a plural says it stands for: "both", "the two" 2; 0 where it does not say. */
static int counted(const document *doc, const mention *m) {
    int n = 0;
    bool definite = false;
    for (int32_t t = m->first; t < m->last; t++) {
        str f = doc->tokens[t].form;
        if (str_in(f, "both Both")) return 2;
        definite |= str_in(f, "the The these These those Those");
        if (str_in(f, "two Two pair duo")) n = 2;
        if (str_in(f, "three Three trio")) n = 3;
    }
    if (m->last == m->first + 1 && tree_find(doc, m->head, DEP_DET) >= 0) definite = true;
    return definite ? n : 0;
}

static party_kind kind_of(const document *doc, const mention *m) {
    str w = doc->tokens[m->head].lemma;
    if (str_in(w, "country side nation government neighbor neighbour state ally rival capital Koreas foe enemy power republic army force delegation team party")) return PARTY_STATE;
    if (str_in(w, "leader man woman president minister official diplomat general brother politician premier envoy chief monarch candidate negotiator pair duo")) return PARTY_PERSON;
    return PARTY_ANY;
}

static bool alone(const document *doc, const mention *m) { return str_in(doc->tokens[m->head].form, "two three both Both pair duo"); }

/* Is something that "they" may well mean nearer than the list? A plural noun that is a subject. */
static bool plural_between(const document *doc, int32_t from, int32_t m) {
    for (int32_t j = from + 1; j < m; j++)
        if (doc->mentions[j].kind == MENTION_NOMINAL && head_of(doc, j)->morph.number == 2 && deprel_base(head_of(doc, j)->deprel) == DEP_NSUBJ && doc->mentions[j].type != ENTITY_OTHER) return true;
    return false;
}

static void part(const who_stage *stage, document *doc, int32_t at) {
    mention *m = &doc->mentions[at];
    parts found = {0};
    if (m->kind == MENTION_PRONOUN) {
        if (!str_in(doc->tokens[m->head].form, "they They them their Their")) return;
        coordinated(stage, doc, at, PARTY_ANY, 1, &found);
        if (found.count && (plural_between(doc, found.mention[0], at) || deprel_base(head_of(doc, found.mention[0])->deprel) != DEP_NSUBJ)) found.count = 0;
    } else if (m->kind == MENTION_NOMINAL) {
        int wanted = counted(doc, m);
        party_kind kind = kind_of(doc, m);
        if (!wanted || (kind == PARTY_ANY && !alone(doc, m))) return;
        coordinated(stage, doc, at, kind, NEAR + 1, &found);
        if (found.count != wanted) nearest(stage, doc, at, kind == PARTY_ANY ? PARTY_PERSON : kind, wanted, &found);
        if (found.count != wanted && kind == PARTY_ANY) nearest(stage, doc, at, PARTY_STATE, wanted, &found);
        if (found.count != wanted) return;
    }
    if (found.count < 2) return;
    for (int i = 0; i < found.count; i++) { /* in the order of the text */
        int before = 0;
        for (int k = 0; k < found.count; k++) before += found.mention[k] < found.mention[i];
        m->parts[before] = doc->mentions[found.mention[i]].chain;
    }
}

void plurals_part(const who_stage *stage, document *doc) {
    if (!doc->who_notes) return;
    for (int32_t i = 0; i < (int32_t)doc->mention_count; i++) part(stage, doc, i);
}
