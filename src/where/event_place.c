/* The place of an event: named in its clause, else in what governs it, else the dateline's where its country has a part in the event. */
#include "when/clause.h"
#include "where/stage.h"

enum { DATELINE_SENTENCES = 5 };

/* Verbs whose object is where it happens. */
static const char reaches[] = "visit tour enter leave bomb attack invade seize capture shell occupy storm raid reach hit strike overrun retake liberate besiege evacuate "
                              "cross rock blockade bombard recapture control quit flee";

typedef struct search {
    const document *doc;
    int32_t best;
    int rank; /* lower is better; 100 nothing yet */
} search;

static void offer(search *s, int32_t at, int rank) {
    const place *p = &s->doc->places[s->doc->tokens[at].place];
    if (!p->exact) rank += 2; /* the town rather than the country */
    if (rank < s->rank) s->rank = rank, s->best = s->doc->tokens[at].place;
}

static int rank_of_case(str preposition) {
    if (str_in(preposition, "in at near outside inside around off across along throughout within on over above aboard through beside")) return 0;
    if (str_in(preposition, "to into from towards toward onto via out")) return 4;
    return str_is(preposition, "during") ? 6 : -1; /* "during a protest in Minsk" */
}

/* Places below a phrase that itself tells where: "in the city of Aleppo", "at a hotel in Vienna". */
static void look_in_phrase(search *s, int32_t t, int rank, int depth) {
    const document *doc = s->doc;
    if (doc->tokens[t].place >= 0) offer(s, t, rank);
    if (depth > 3) return;
    for (int32_t c = tree_child(doc, t); c >= 0; c = tree_next(doc, c)) {
        deprel d = doc->tokens[c].deprel, base = deprel_base(d);
        bool inside = base == DEP_NMOD || base == DEP_APPOS || base == DEP_COMPOUND || base == DEP_FLAT || base == DEP_CONJ || base == DEP_AMOD;
        if (!inside || (base == DEP_NMOD && !str_empty(tree_case(doc, c)) && rank_of_case(tree_case(doc, c)) != 0 && !str_is(tree_case(doc, c), "of"))) continue;
        if (base == DEP_APPOS || base == DEP_CONJ) look_in_phrase(s, c, rank + 2, depth + 1);
        else look_in_phrase(s, c, rank + 1, depth + 1);
    }
}

static void look(search *s, int32_t t) {
    const document *doc = s->doc;
    bool reached = str_in(doc->tokens[t].lemma, reaches);
    for (int32_t c = tree_child(doc, t); c >= 0; c = tree_next(doc, c)) {
        deprel d = doc->tokens[c].deprel, base = deprel_base(d);
        if (clause_opens(d)) continue;
        int rank = rank_of_case(tree_case(doc, c));
        if ((base == DEP_OBL || base == DEP_NMOD) && d != DEP_NMOD_POSS) {
            if (rank >= 0) look_in_phrase(s, c, rank, 0);
            else if (d == DEP_OBL_UNMARKED || d == DEP_NMOD_UNMARKED) look_in_phrase(s, c, 6, 1);
            else if (base == DEP_NMOD && !clause_verb(doc, t) && str_is(tree_case(doc, c), "of") && doc->tokens[c].place >= 0) offer(s, c, 5); /* the shelling of Homs */
        } else if (base == DEP_OBJ || d == DEP_NSUBJ_PASS) {
            if (reached) look_in_phrase(s, c, 1, 2);
            for (int32_t n = tree_child(doc, c); n >= 0; n = tree_next(doc, n)) /* "killed ten people in Homs" */
                if (deprel_base(doc->tokens[n].deprel) == DEP_NMOD && str_in(tree_case(doc, n), "in at near outside inside around")) look_in_phrase(s, n, 5, 1);
        } else if (base == DEP_NSUBJ) {
            for (int32_t n = tree_child(doc, c); n >= 0; n = tree_next(doc, n))
                if (deprel_base(doc->tokens[n].deprel) == DEP_NMOD && str_in(tree_case(doc, n), "in at near outside inside around")) look_in_phrase(s, n, 8, 1);
        } else if (base == DEP_ADVMOD || base == DEP_PARATAXIS) {
            if (doc->tokens[c].place >= 0) offer(s, c, 7);
        } else if (base == DEP_COMPOUND && doc->tokens[c].place >= 0 && !clause_verb(doc, t)) offer(s, c, 3); /* the Paris talks */
        else if (d == DEP_NMOD_POSS && doc->tokens[c].place >= 0 && doc->places[doc->tokens[c].place].exact) offer(s, c, 9);
    }
}

/* The place with which the body opens ("NICOSIA, March 3 (AFP) -"), -1 if it opens otherwise. */
static int32_t dateline(const document *doc) {
    for (size_t i = 0; i < doc->place_count; i++) {
        const place *p = &doc->places[i];
        const sentence *s = &doc->sentences[doc->tokens[p->head].sentence];
        if (doc->blocks[p->block].kind != BLOCK_BODY) continue;
        if (p->first != s->first || p->start > 80) return -1;
        str text = doc->blocks[p->block].text;
        uint32_t end = p->end + 60 < text.len ? p->end + 60 : text.len;
        str ahead = str_sub(text, p->end, end);
        int32_t dash = str_find(ahead, STR(" - ")), longer = str_find(ahead, STR("\xE2\x80\x94")), shorter = str_find(ahead, STR("\xE2\x80\x93")), two = str_find(ahead, STR("--"));
        bool loud = p->end - p->start > 3 && text.ptr[p->start + 1] >= 'A' && text.ptr[p->start + 1] <= 'Z' && text.ptr[p->end - 1] >= 'A' && text.ptr[p->end - 1] <= 'Z';
        bool agency = str_find(ahead, STR("(")) >= 0 && str_find(ahead, STR(")")) >= 0;
        return (dash >= 0 || longer >= 0 || shorter >= 0 || two >= 0 || agency) && (loud || agency) ? (int32_t)i : -1;
    }
    return -1;
}

/* "condemned the attack in Nairobi": parsers hang the place on the verb, readers on the noun right before it. */
static int32_t behind_noun(const document *doc, int32_t t) {
    int32_t verb = doc->tokens[t].head;
    if (clause_verb(doc, t) || verb < 0) return -1;
    for (int32_t c = tree_child(doc, verb); c >= 0; c = tree_next(doc, c)) {
        if (c < t || deprel_base(doc->tokens[c].deprel) != DEP_OBL || doc->tokens[c].left != doc->tokens[t].right + 1 || rank_of_case(tree_case(doc, c)) != 0) continue;
        search s = {doc, -1, 100};
        look_in_phrase(&s, c, 0, 0);
        return s.best;
    }
    return -1;
}

int32_t where_of(const where_stage *stage, const document *doc, int32_t at, const str *countries, int count) {
    (void)stage;
    int32_t t = at;
    for (int steps = 0; t >= 0 && steps < 5; steps++) {
        search s = {doc, -1, 100};
        look(&s, t);
        if (s.best >= 0) return s.best;
        int32_t beside = behind_noun(doc, t);
        if (beside >= 0) return beside;
        t = clause_above(doc, t);
    }
    int32_t opened = dateline(doc), own = doc->tokens[at].sentence;
    if (opened < 0 || doc->places[opened].block != doc->sentences[own].block || own - doc->tokens[doc->places[opened].head].sentence >= DATELINE_SENTENCES) return -1;
    /* once the text has gone elsewhere in that country, what follows is no longer where the dispatch was filed */
    for (size_t i = (size_t)opened + 1; i < doc->place_count; i++) {
        const place *p = &doc->places[i];
        if (p->block != doc->places[opened].block || doc->tokens[p->head].sentence >= own) break;
        if (p->geonames && p->geonames != doc->places[opened].geonames && str_eq(p->country, doc->places[opened].country)) return -1;
    }
    for (int i = 0; i < count; i++)
        if (str_eq(countries[i], doc->places[opened].country)) return opened;
    return count == 0 ? opened : -1;
}
