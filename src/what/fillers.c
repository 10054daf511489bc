/* What stands in a place of a trigger: the table of docs/frames.md, "Places". */
#include "what/reading.h"

static const token *at(const document *doc, int32_t t) { return &doc->tokens[t]; }

static bool nominal(const document *doc, int32_t t) {
    upos u = at(doc, t)->upos;
    return u == UPOS_NOUN || u == UPOS_PROPN || u == UPOS_PRON || u == UPOS_NUM || u == UPOS_ADJ || u == UPOS_DET || u == UPOS_X || u == UPOS_SYM;
}

void fillers_add(const document *doc, fillers *f, int32_t t) {
    if (t < 0 || f->count == MOST_FILLERS) return;
    for (int i = 0; i < f->count; i++)
        if (f->at[i] == t) return;
    f->at[f->count++] = t;
    for (int32_t c = tree_child(doc, t); c >= 0; c = tree_next(doc, c))
        if (at(doc, c)->deprel == DEP_CONJ && nominal(doc, c) && nominal(doc, t)) fillers_add(doc, f, c);
}

/* ---- phrases and clauses under a word ---- */

static void add_phrases(const document *doc, int32_t of, str prep, fillers *out) {
    for (int32_t c = tree_child(doc, of); c >= 0; c = tree_next(doc, c)) {
        deprel d = deprel_base(at(doc, c)->deprel);
        if (d != DEP_OBL && d != DEP_NMOD && d != DEP_ADVCL && d != DEP_ACL && d != DEP_XCOMP && d != DEP_ADVMOD && d != DEP_CCOMP) continue;
        if (at(doc, c)->deprel == DEP_NMOD_POSS || !opened_by(doc, c, prep)) continue;
        if ((d == DEP_ADVCL || d == DEP_ACL || d == DEP_XCOMP || d == DEP_CCOMP) && str_is(prep, "to")) continue; /* that is an infinitive */
        fillers_add(doc, out, relative_head(doc, c));
    }
}

static void add_clauses(const document *doc, int32_t of, bool infinitive, fillers *out) {
    for (int32_t c = tree_child(doc, of); c >= 0; c = tree_next(doc, c)) {
        deprel d = at(doc, c)->deprel;
        if (d == DEP_ACL_RELCL || (d != DEP_XCOMP && d != DEP_CCOMP && d != DEP_ADVCL && d != DEP_ACL && d != DEP_CSUBJ)) continue;
        bool inf = is_infinitive(doc, c);
        if (infinitive ? inf : (!inf && d == DEP_CCOMP)) fillers_add(doc, out, c);
    }
}

static void add_relation(const document *doc, int32_t of, deprel d, fillers *out) {
    for (int32_t c = tree_child(doc, of); c >= 0; c = tree_next(doc, c))
        if (at(doc, c)->deprel == d) fillers_add(doc, out, c);
}

static bool placed(const document *doc, int32_t c) {
    static const char *const preps[] = {"in", "at", "near", "inside", "over", "outside", "around", "across", "off", "within", "along", "throughout"};
    if (at(doc, c)->timex >= 0) return false;
    for (int i = 0; i < 12; i++)
        if (opened_by(doc, c, str_of(preps[i]))) return true;
    return false;
}

/* `to` is the infinitive, or failing that the phrase with "to". */
static void add_to(const document *doc, int32_t of, fillers *out) {
    add_clauses(doc, of, true, out);
    if (out->count == 0) add_phrases(doc, of, STR("to"), out);
}

static void add_places(const document *doc, int32_t of, fillers *out) {
    for (int32_t c = tree_child(doc, of); c >= 0; c = tree_next(doc, c)) {
        deprel d = deprel_base(at(doc, c)->deprel);
        if ((d == DEP_OBL || d == DEP_NMOD) && placed(doc, c)) fillers_add(doc, out, c);
    }
}

/* ---- verbs ---- */

/* The clause that shares what stands before or behind it: "met and held talks with". */
static int32_t coordinated_with(const document *doc, int32_t v) {
    return at(doc, v)->deprel == DEP_CONJ ? at(doc, v)->head : tree_find(doc, v, DEP_CONJ);
}

/* Its object; the noun that a flattened clause hangs it on ("Riyadh severed ties with Tehran", read as one noun phrase). */
static int32_t own_object(const document *doc, int32_t v) {
    int32_t o = tree_find(doc, v, DEP_OBJ), up = at(doc, v)->head;
    bool flat = (at(doc, v)->deprel == DEP_AMOD || at(doc, v)->deprel == DEP_COMPOUND) && up > v && !is_passive(doc, v);
    return o < 0 && flat ? up : o;
}

/* "pulled out of Lebanon" read as "pulled out" and "of Lebanon". */
static void add_divided(const document *doc, int32_t v, str prep, fillers *out) {
    str rest = prep, first;
    str_split(&rest, ' ', &first);
    if (!rest.ptr) return;
    for (int32_t c = tree_child(doc, v); c >= 0; c = tree_next(doc, c))
        if (c > v && c - v <= 2 && str_eq(at(doc, c)->lemma, first)) add_phrases(doc, v, rest, out);
}

/* "Food donated by Canada reached Madagascar": what is given to a place arrives there. */
static void add_destination(const document *doc, int32_t thing, fillers *out) {
    static const char *const preps[] = {"in", "at", "to", "into"};
    int32_t verb = at(doc, thing)->head;
    if (verb < 0 || deprel_base(at(doc, thing)->deprel) != DEP_NSUBJ || !str_in(at(doc, verb)->lemma, "reach arrive land come go fly ship")) return;
    if (str_is(at(doc, verb)->lemma, "reach")) fillers_add(doc, out, tree_find(doc, verb, DEP_OBJ));
    for (int i = 0; i < 4 && out->count == 0; i++) add_phrases(doc, verb, str_of(preps[i]), out);
}

static void fill_prep(const document *doc, int32_t v, str prep, fillers *out) {
    add_phrases(doc, v, prep, out);
    for (int32_t c = tree_child(doc, v); out->count == 0 && c >= 0; c = tree_next(doc, c)) /* "handed a post back | to Ethiopia" */
        if (at(doc, c)->deprel == DEP_ADVMOD && c > v && str_in(at(doc, c)->lemma, "back home over off away down up out")) add_phrases(doc, c, prep, out);
    if (out->count == 0) add_divided(doc, v, prep, out);
    if (out->count == 0 && own_object(doc, v) >= 0) add_phrases(doc, own_object(doc, v), prep, out);
    if (out->count == 0) {
        int32_t x = tree_find(doc, v, DEP_XCOMP);
        if (x >= 0 && nominal(doc, x)) add_phrases(doc, x, prep, out);
    }
    if (out->count == 0) {
        int32_t s = tree_find(doc, v, DEP_NSUBJ_PASS);
        if (s >= 0) add_phrases(doc, s, prep, out);
    }
    for (int32_t c = tree_child(doc, v); out->count == 0 && c >= 0; c = tree_next(doc, c)) /* "pulled out of talks with" */
        if (deprel_base(at(doc, c)->deprel) == DEP_OBL && c > v && at(doc, c)->timex < 0) add_phrases(doc, c, prep, out);
    if (out->count == 0) {
        int32_t other = coordinated_with(doc, v);
        if (other > v && at(doc, other)->upos == UPOS_VERB && other - v <= 4) add_phrases(doc, other, prep, out);
    }
    if (out->count == 0 && str_is(prep, "to") && at(doc, v)->deprel == DEP_ACL) add_destination(doc, at(doc, v)->head, out);
    if (out->count == 0 && at(doc, v)->deprel == DEP_ACL_RELCL && str_eq(prep, STR("in")) == false) {
        /* "the minister he spoke to": a stranded preposition */
        for (int32_t c = tree_child(doc, v); c >= 0; c = tree_next(doc, c))
            if (at(doc, c)->upos == UPOS_ADP && str_eq(at(doc, c)->lemma, prep) && tree_child(doc, c) < 0 && at(doc, c)->deprel != DEP_COMPOUND_PRT)
                fillers_add(doc, out, at(doc, v)->head);
    }
}

static void fill_particle(const document *doc, int32_t v, fillers *out) {
    int32_t o = tree_find(doc, v, DEP_OBJ); /* "forced the airliner | down" */
    for (int32_t c = tree_child(doc, v); c >= 0; c = tree_next(doc, c)) {
        const token *t = at(doc, c);
        if (t->deprel == DEP_COMPOUND_PRT) fillers_add(doc, out, c);
        else if ((t->deprel == DEP_ADVMOD || t->deprel == DEP_CASE || t->deprel == DEP_OBL) && tree_child(doc, c) < 0 && c > v && (c - v <= 2 || (o > v && c == at(doc, o)->right + 1)) &&
                 (t->upos == UPOS_ADP || str_in(t->lemma, "back away down off out up apart together home")))
            fillers_add(doc, out, c);
        else if (deprel_base(t->deprel) == DEP_OBL || t->deprel == DEP_ADVCL) { /* "out of": the parser may hang both on the noun */
            int32_t first = tree_find(doc, c, DEP_CASE);
            if (first >= 0 && first - v <= 2 && str_in(at(doc, first)->lemma, "back away down off out up apart")) fillers_add(doc, out, first);
        }
    }
}

static void fill_comp(const document *doc, int32_t v, fillers *out) {
    int32_t o = tree_find(doc, v, DEP_OBJ), next = o > v + 1 ? v + 1 : -1;
    if (next >= 0 && at(doc, next)->head == o && at(doc, next)->deprel == DEP_AMOD && str_in(at(doc, v)->lemma, "set let leave make keep hold")) fillers_add(doc, out, next); /* "set free fifteen sailors" */
    int objects = 0;
    for (int32_t c = tree_child(doc, v); c >= 0; c = tree_next(doc, c)) {
        deprel d = at(doc, c)->deprel;
        if (d == DEP_XCOMP && !is_infinitive(doc, c)) fillers_add(doc, out, c);
        if (d == DEP_OBJ && ++objects == 2) fillers_add(doc, out, c); /* "took two drivers prisoner" */
    }
}

static bool only_purposes(const document *doc, const fillers *f) {
    for (int i = 0; i < f->count; i++)
        if (at(doc, f->at[i])->deprel != DEP_ADVCL) return false;
    return f->count > 0;
}

static void fill_verb(reading *in, int32_t v, const frame_place *where, fillers *out) {
    const document *doc = in->doc;
    switch (where->at) {
    case AT_SUBJ:
        fillers_add(doc, out, logical_subject(in, v));
        for (int32_t c = tree_child(doc, v); c >= 0; c = tree_next(doc, c)) /* "Croatia, Serbia sign": two subjects */
            if (at(doc, c)->deprel == DEP_NSUBJ && at(doc, c)->upos == UPOS_PROPN && !is_passive(doc, v)) fillers_add(doc, out, c);
        break;
    case AT_OBJ: fillers_add(doc, out, logical_object(in, v)); break;
    case AT_IOBJ:
        if (is_passive(doc, v) && own_object(doc, v) >= 0) fillers_add(doc, out, surface_subject(in, v));
        else add_relation(doc, v, DEP_IOBJ, out);
        break;
    case AT_PRT: fill_particle(doc, v, out); break;
    case AT_TO:
        add_clauses(doc, v, true, out);
        if (only_purposes(doc, out)) { /* "took to the streets to demand": the phrase is the verb's, the clause its purpose */
            fillers phrases = {0};
            add_phrases(doc, v, STR("to"), &phrases);
            if (phrases.count) *out = phrases;
        }
        if (out->count == 0) fill_prep(doc, v, STR("to"), out);
        break;
    case AT_THAT: add_clauses(doc, v, false, out); break;
    case AT_COMP: fill_comp(doc, v, out); break;
    case AT_PREP: fill_prep(doc, v, where->prep, out); break;
    case AT_PLACE:
        add_places(doc, v, out);
        if (out->count == 0 && logical_object(in, v) >= 0) add_places(doc, logical_object(in, v), out);
        break;
    case AT_POSS: case AT_MOD: case AT_VERB: break;
    }
}

/* ---- nouns ---- */

/* Adjectives and nouns before it that are actors or not ("US-China talks" has two). */
static void add_modifiers(reading *in, int32_t n, bool actors, fillers *out) {
    const document *doc = in->doc;
    for (int32_t c = tree_child(doc, n); c >= 0; c = tree_next(doc, c)) {
        deprel d = at(doc, c)->deprel;
        if (d != DEP_COMPOUND && d != DEP_AMOD && d != DEP_NMOD_DESC && !(deprel_base(d) == DEP_NMOD && c < n && d != DEP_NMOD_POSS)) continue;
        if (!actors && d == DEP_AMOD) continue;
        if (actors && d == DEP_AMOD && str_is(at(doc, c)->lemma, "lead")) add_modifiers(in, c, true, out); /* "US-led bombing" */
        if (actors && at(doc, c)->upos == UPOS_ADJ && token_lemma(doc, c, "military")) continue; /* a manner, nobody's army */
        if (is_actor(in, c) != actors) {
            if (actors && d == DEP_COMPOUND) add_modifiers(in, c, true, out);
            continue;
        }
        if (actors && d == DEP_COMPOUND) add_modifiers(in, c, true, out);
        fillers_add(doc, out, c);
    }
}

static void add_actors(reading *in, int32_t n, deprel d, fillers *out) {
    for (int32_t c = tree_child(in->doc, n); c >= 0; c = tree_next(in->doc, c))
        if (at(in->doc, c)->deprel == d && actor_in(in, c, true) >= 0) fillers_add(in->doc, out, c);
}

static bool has_copula(const document *doc, int32_t t) { return tree_find(doc, t, DEP_COP) >= 0; }

static void light_subject(reading *in, int32_t n, bool as_doer, fillers *out) {
    light_kind kind;
    int32_t v = light_verb_of(in, n, &kind);
    if (v < 0) return;
    bool undergoes = kind == LIGHT_UNDERGOES;
    if (undergoes == as_doer) {
        if (as_doer) {
            fill_prep(in->doc, v, STR("from"), out);
            if (out->count == 0) fill_prep(in->doc, v, STR("by"), out);
        }
        return;
    }
    int32_t s = undergoes && is_passive(in->doc, v) ? surface_subject(in, v) : logical_subject(in, v); /* "was met with condemnation" */
    if (s >= 0 && s != n) fillers_add(in->doc, out, s);
}

static void noun_subject(reading *in, int32_t n, fillers *out) {
    const document *doc = in->doc;
    int32_t whose = tree_find(doc, n, DEP_NMOD_POSS);
    if (whose >= 0 && at(doc, whose)->upos == UPOS_PRON) light_subject(in, n, true, out); /* "the two ministers held their first meeting" */
    if (out->count == 0) add_actors(in, n, DEP_NMOD_POSS, out);
    if (out->count == 0) add_phrases(doc, n, STR("by"), out);
    if (out->count == 0) light_subject(in, n, true, out);
    if (out->count == 0 && has_copula(doc, n)) fillers_add(doc, out, surface_subject(in, n));
    if (out->count == 0) add_modifiers(in, n, true, out);
    if (out->count == 0) add_phrases(doc, n, STR("from"), out);
    if (out->count == 0 && at(doc, n)->deprel == DEP_CONJ && at(doc, n)->head >= 0 && at(doc, at(doc, n)->head)->upos == UPOS_NOUN)
        noun_subject(in, at(doc, n)->head, out);
}

static void noun_object(reading *in, int32_t n, fillers *out) {
    const document *doc = in->doc;
    add_phrases(doc, n, STR("of"), out);
    if (out->count == 0) light_subject(in, n, false, out);
    if (out->count == 0) add_modifiers(in, n, false, out);
    if (out->count == 0) {
        fillers subjects = {0}, modifiers = {0};
        noun_subject(in, n, &subjects);
        add_modifiers(in, n, true, &modifiers);
        for (int i = 0; i < modifiers.count; i++) {
            bool taken = false;
            for (int k = 0; k < subjects.count; k++) taken |= subjects.at[k] == modifiers.at[i];
            if (!taken) fillers_add(doc, out, modifiers.at[i]);
        }
    }
}

static void noun_prep(reading *in, int32_t n, str prep, fillers *out) {
    const document *doc = in->doc;
    light_kind kind;
    add_phrases(doc, n, prep, out);
    bool reaches = !str_is(prep, "of") && !str_is(prep, "in");
    for (int32_t c = tree_child(doc, n); reaches && out->count == 0 && c >= 0; c = tree_next(doc, c)) /* "the surrender of the rebels to the army" */
        if (at(doc, c)->deprel == DEP_NMOD && opened_by(doc, c, STR("of"))) add_phrases(doc, c, prep, out);
    for (int32_t c = tree_child(doc, n); out->count == 0 && c >= 0; c = tree_next(doc, c)) /* "a visit by the minister | to Tehran" hung on the minister */
        if (at(doc, c)->deprel == DEP_NMOD && (opened_by(doc, c, STR("by")) || opened_by(doc, c, STR("of"))) && str_in(prep, "to with against on"))
            add_phrases(doc, c, prep, out);
    if (out->count) return;
    int32_t v = light_verb_of(in, n, &kind);
    if (v >= 0) fill_prep(doc, v, prep, out);
    int32_t up = at(doc, n)->head;
    bool taking_place = up >= 0 && deprel_base(at(doc, n)->deprel) == DEP_NSUBJ && str_in(at(doc, up)->lemma, "take occur happen begin start resume continue break end open erupt flare rage escalate intensify collapse stall");
    if (out->count == 0 && up >= 0 && at(doc, up)->upos == UPOS_VERB && (n > up || taking_place) && at(doc, n)->deprel != DEP_CONJ) { /* hung one step too high */
        fillers f = {0};
        add_phrases(doc, up, prep, &f);
        for (int i = 0; i < f.count; i++)
            if (f.at[i] > n) fillers_add(doc, out, f.at[i]);
    }
    if (out->count == 0 && at(doc, n)->deprel == DEP_CONJ && up >= 0 && at(doc, up)->upos == UPOS_NOUN) add_phrases(doc, up, prep, out);
    for (int32_t c = tree_child(doc, n); out->count == 0 && c >= 0; c = tree_next(doc, c)) /* "talks and contacts with" */
        if (at(doc, c)->deprel == DEP_CONJ && at(doc, c)->upos == UPOS_NOUN) add_phrases(doc, c, prep, out);
    if (out->count == 0 && has_copula(doc, n)) add_phrases(doc, n, prep, out);
}

static void noun_clause(reading *in, int32_t n, bool infinitive, fillers *out) {
    light_kind kind;
    add_clauses(in->doc, n, infinitive, out);
    int32_t v = out->count ? -1 : light_verb_of(in, n, &kind);
    if (v >= 0) add_clauses(in->doc, v, infinitive, out);
}

static void fill_noun(reading *in, int32_t n, const frame_place *where, fillers *out) {
    const document *doc = in->doc;
    light_kind kind;
    int32_t v;
    switch (where->at) {
    case AT_SUBJ: noun_subject(in, n, out); break;
    case AT_OBJ: noun_object(in, n, out); break;
    case AT_POSS: add_relation(doc, n, DEP_NMOD_POSS, out); break;
    case AT_MOD:
        add_modifiers(in, n, true, out); /* actors first: "Iranian cyber attacks" */
        add_relation(doc, n, DEP_COMPOUND, out);
        add_relation(doc, n, DEP_AMOD, out);
        add_relation(doc, n, DEP_NMOD_DESC, out);
        break;
    case AT_TO:
        noun_clause(in, n, true, out);
        if (out->count == 0) noun_prep(in, n, STR("to"), out);
        break;
    case AT_THAT: noun_clause(in, n, false, out); break;
    case AT_VERB:
        if ((v = light_verb_of(in, n, &kind)) >= 0) fillers_add(doc, out, v);
        else if (at(doc, n)->head >= 0 && at(doc, at(doc, n)->head)->upos == UPOS_VERB && at(doc, n)->deprel == DEP_OBJ) fillers_add(doc, out, at(doc, n)->head);
        break;
    case AT_PLACE:
        add_places(doc, n, out);
        if (out->count == 0 && (v = light_verb_of(in, n, &kind)) >= 0) add_places(doc, v, out);
        break;
    case AT_PREP: noun_prep(in, n, where->prep, out); break;
    case AT_IOBJ:
        if ((v = light_verb_of(in, n, &kind)) >= 0) fill_verb(in, v, where, out);
        break;
    case AT_PRT: case AT_COMP: break;
    }
}

/* ---- adjectives ---- */

static int32_t described(reading *in, int32_t a) {
    const document *doc = in->doc;
    int32_t up = at(doc, a)->head;
    if (at(doc, a)->deprel == DEP_AMOD && tree_find(doc, a, DEP_NSUBJ) < 0) return up;
    if (at(doc, a)->deprel == DEP_CONJ && up >= 0 && at(doc, up)->upos == UPOS_ADJ && tree_find(doc, a, DEP_NSUBJ) < 0) return described(in, up);
    return surface_subject(in, a);
}

static void fill_adjective(reading *in, int32_t a, const frame_place *where, fillers *out) {
    switch (where->at) {
    case AT_SUBJ: fillers_add(in->doc, out, described(in, a)); break;
    case AT_TO: add_to(in->doc, a, out); break;
    case AT_THAT: add_clauses(in->doc, a, false, out); break;
    case AT_PREP: add_phrases(in->doc, a, where->prep, out); break;
    case AT_PLACE: add_places(in->doc, a, out); break;
    default: break;
    }
}

void fill(reading *in, int32_t trigger, char pos, const frame_place *where, fillers *out) {
    out->count = 0;
    if (pos == 'v') fill_verb(in, trigger, where, out);
    else if (pos == 'n') fill_noun(in, trigger, where, out);
    else fill_adjective(in, trigger, where, out);
}
