#include "what/match.h"

static const token *at(const document *doc, int32_t t) { return &doc->tokens[t]; }

static bool inside_name(const document *doc, int32_t t) {
    deprel d = at(doc, t)->deprel;
    return d == DEP_COMPOUND || d == DEP_FLAT || d == DEP_FIXED || d == DEP_GOESWITH;
}

char trigger_pos(const document *doc, int32_t t) {
    switch (at(doc, t)->upos) {
    case UPOS_VERB: return 'v';
    case UPOS_NOUN: return inside_name(doc, t) ? 0 : 'n';
    case UPOS_PROPN: return inside_name(doc, t) || at(doc, t)->mention >= 0 ? 0 : 'n';
    case UPOS_ADJ: return 'a';
    default: return 0;
    }
}

/* ---- conditions ---- */

static bool has_modal(const document *doc, int32_t v, const char *words) {
    for (int32_t c = tree_child(doc, v); c >= 0; c = tree_next(doc, c))
        if (at(doc, c)->deprel == DEP_AUX && str_in(at(doc, c)->lemma, words)) return true;
    return false;
}

static bool negated(const document *doc, int32_t v) {
    for (int32_t c = tree_child(doc, v); c >= 0; c = tree_next(doc, c))
        if (at(doc, c)->morph.negative || str_in(at(doc, c)->lemma, "not never n't no")) return true;
    return false;
}

static bool plural_subject(reading *in, const match *m) {
    fillers f;
    frame_place subj = {AT_SUBJ, STR("")};
    fill(in, m->trigger, m->pos, &subj, &f);
    return f.count > 1 || (f.count == 1 && (at(in->doc, f.at[0])->morph.number == 2 || at(in->doc, f.at[0])->upos == UPOS_NUM));
}

/* "will", and "would" where a report puts "will" into the past ("said it would attack"). */
static bool future(const document *doc, int32_t v) {
    if (has_modal(doc, v, "will shall")) return true;
    return has_modal(doc, v, "would") && doc->tokens[v].deprel == DEP_CCOMP;
}

/* Does the sentence end in a question mark? */
static bool asked(const document *doc, int32_t word) {
    const sentence *s = &doc->sentences[doc->tokens[word].sentence];
    for (int32_t t = s->last; t-- > s->first && doc->tokens[t].upos == UPOS_PUNCT;)
        if (str_is(doc->tokens[t].form, "?")) return true;
    return false;
}

static bool flag_holds(reading *in, const match *m, frame_flag flag) {
    switch (flag) {
    case FLAG_PASSIVE: return is_passive(in->doc, m->trigger);
    case FLAG_ACTIVE: return !is_passive(in->doc, m->trigger);
    case FLAG_NEGATED: return negated(in->doc, m->trigger);
    case FLAG_MODAL: return has_modal(in->doc, m->trigger, "can could may might would should must");
    case FLAG_FUTURE: return future(in->doc, m->trigger);
    case FLAG_PLURAL: return plural_subject(in, m);
    case FLAG_ASKED: return asked(in->doc, m->trigger);
    case FLAG_COPULAR: return tree_find(in->doc, m->trigger, DEP_COP) >= 0;
    case FLAG_NONE: break;
    }
    return false;
}

/* "to Nigeria's farmers", "with the army of Chad": what a preposition opens is somebody also where it only leads to somebody. */
static bool leads_to_actor(reading *in, const frame_place *where, int32_t t, const frame_need *n) {
    if (where->at != AT_PREP && where->at != AT_TO && where->at != AT_IOBJ) return false;
    for (int i = 0; i < n->value_count; i++)
        if (n->values[i].is == VALUE_KIND && n->values[i].number == KIND_ACTOR)
            return at(in->doc, t)->upos != UPOS_VERB && actor_in(in, t, true) >= 0;
    return false;
}

/* "Was flogged": who did it is not said; that somebody must be there who can is no condition then, where there is one on whom it is done to. */
static bool unsaid_doer(reading *in, const match *m, const frame_need *n) {
    if (n->negative || n->place_count != 1 || n->places[0].at != AT_SUBJ || m->pos != 'v' || !is_passive(in->doc, m->trigger)) return false;
    for (int i = 0; i < n->value_count; i++)
        if (n->values[i].is != VALUE_KIND || n->values[i].number != KIND_ACTOR) return false;
    if (n->value_count == 0 || logical_subject(in, m->trigger) >= 0) return false;
    for (int i = 0; i < m->frame->need_count; i++)
        if (m->frame->needs[i].place_count && m->frame->needs[i].places[0].at == AT_OBJ && !m->frame->needs[i].negative) return true;
    return false;
}

static bool need_holds(reading *in, const match *m, const frame_need *n) {
    if (n->flag != FLAG_NONE) return flag_holds(in, m, n->flag) != n->negative;
    if (unsaid_doer(in, m, n)) return true;
    for (int p = 0; p < n->place_count; p++) {
        fillers f;
        fill(in, m->trigger, m->pos, &n->places[p], &f);
        for (int i = 0; i < f.count; i++)
            if (filler_fits(in, f.at[i], n->values, n->value_count) || leads_to_actor(in, &n->places[p], f.at[i], n)) return !n->negative;
    }
    return n->negative;
}

/* ---- actors ---- */

static void add_actor(fillers *f, int32_t t) {
    for (int i = 0; i < f->count; i++)
        if (f->at[i] == t) return;
    if (f->count < MOST_FILLERS) f->at[f->count++] = t;
}

/* "The presidents of Serbia and Croatia", "Serbia's and Croatia's ministers". */
static bool add_each_of(reading *in, int32_t noun, fillers *out) {
    const document *doc = in->doc;
    if (at(doc, noun)->morph.number != 2 || at(doc, noun)->upos != UPOS_NOUN) return false;
    for (int32_t c = tree_child(doc, noun); c >= 0; c = tree_next(doc, c)) {
        bool of = (at(doc, c)->deprel == DEP_NMOD && opened_by(doc, c, STR("of"))) || at(doc, c)->deprel == DEP_NMOD_POSS;
        int32_t other = of ? tree_find(doc, c, DEP_CONJ) : -1;
        if (other < 0 || !(actor_flags(in, c) & ACTOR_STATE) || !(actor_flags(in, other) & ACTOR_STATE)) continue;
        fillers states = {0};
        fillers_add(doc, &states, c);
        for (int i = 0; i < states.count; i++) add_actor(out, states.at[i]);
        return true;
    }
    return false;
}

/* "the Turkish and Greek ministers" are two parties. */
static bool add_each_state(reading *in, int32_t noun, fillers *out) {
    const document *doc = in->doc;
    if (add_each_of(in, noun, out)) return true;
    for (int32_t c = tree_child(doc, noun); c >= 0; c = tree_next(doc, c)) {
        if ((at(doc, c)->deprel != DEP_AMOD && at(doc, c)->deprel != DEP_COMPOUND) || !(actor_flags(in, c) & (ACTOR_STATE | ACTOR_COUNTRY))) continue;
        for (int32_t k = tree_child(doc, c); k >= 0; k = tree_next(doc, k))
            if (at(doc, k)->deprel == DEP_CONJ && (actor_flags(in, k) & (ACTOR_STATE | ACTOR_COUNTRY))) {
                add_actor(out, c);
                add_actor(out, k);
                return true;
            }
    }
    return false;
}

/* "Demanded that Georgia return the officers": it is asked of the one who is to do it. */
static int32_t asked_to(reading *in, int32_t clause) {
    if (at(in->doc, clause)->upos != UPOS_VERB || is_passive(in->doc, clause)) return -1;
    int32_t doer = surface_subject(in, clause);
    return doer >= 0 && is_actor(in, doer) && !own_to_source(in, doer) ? doer : -1;
}

static void actors_of(reading *in, const match *m, const frame_slot *slots, int count, bool as_source, fillers *out) {
    out->count = 0;
    for (int s = 0; s < count && out->count == 0; s++) {
        fillers f;
        fill(in, m->trigger, m->pos, &slots[s].place, &f);
        for (int i = 0; i < f.count; i++) {
            if (!filler_fits(in, f.at[i], slots[s].values, slots[s].value_count)) continue;
            int32_t a = m->frame->root == REQUEST && slots[s].place.at == AT_THAT ? asked_to(in, f.at[i]) : -1;
            bool harm = (m->frame->root == ACCUSE || m->frame->root == THREATEN) && !as_source && (names_deed(in, f.at[i], ASSAULT) || names_deed(in, f.at[i], COERCE));
            if (a < 0) a = harm ? doer_of(in, f.at[i]) : actor_in(in, f.at[i], as_source);
            if (a < 0 || add_each_state(in, a, out)) continue;
            add_actor(out, a);
            for (int32_t c = tree_child(in->doc, a); a != f.at[i] && c >= 0; c = tree_next(in->doc, c)) /* "talks between A and B" leads to both */
                if (at(in->doc, c)->deprel == DEP_CONJ && is_actor(in, c)) add_actor(out, c);
        }
    }
}

/* "Croatia, Serbia sign": states side by side are coordinated, whatever the parser calls it. */
static void add_state_beside(reading *in, fillers *f) {
    const document *doc = in->doc;
    if (f->count != 1 || !(actor_flags(in, f->at[0]) & ACTOR_STATE)) return;
    for (int32_t c = tree_child(doc, f->at[0]); c >= 0; c = tree_next(doc, c))
        if ((at(doc, c)->deprel == DEP_APPOS || at(doc, c)->deprel == DEP_LIST || at(doc, c)->deprel == DEP_PARATAXIS) && at(doc, c)->upos == UPOS_PROPN &&
            (actor_flags(in, c) & ACTOR_STATE))
            add_actor(f, c);
}

/* A deed without a named sufferer is done to the state where it is done ("killed ten people in Kabul"). */
static bool falls_on_place(plover root) {
    return root == ASSAULT || root == COERCE || root == PROTEST || root == CONCEDE || root == MOBILIZE || root == AID || root == RETREAT;
}

static void add_place(reading *in, match *m) {
    static const frame_place where = {AT_PLACE, {"", 0}};
    fillers f;
    if (!falls_on_place(m->frame->root)) return;
    fill(in, m->trigger, m->pos, &where, &f);
    for (int i = 0; i < f.count && m->target.count == 0; i++)
        if (actor_flags(in, f.at[i]) & ACTOR_STATE) add_actor(&m->target, f.at[i]);
}

/* A subject that can do nothing ("Weeds invaded the garden", "Floods hit Georgia"): neither actor, nor weapon, nor somebody's words. */
static bool lifeless_subject(reading *in, const match *m) {
    fillers f;
    frame_place subj = {AT_SUBJ, STR("")};
    if (m->source.count || m->frame->source_count == 0 || m->frame->source[0].place.at != AT_SUBJ || m->pos != 'v') return false;
    fill(in, m->trigger, m->pos, &subj, &f);
    if (f.count == 0) return false;
    const token *s = at(in->doc, f.at[0]);
    if (s->upos == UPOS_PRON || s->upos == UPOS_DET || s->upos == UPOS_NUM) return false;
    return !frames_class_has(in->set, in->instrument_class, s->lemma);
}

static int32_t chain_of(const document *doc, int32_t t) { return at(doc, t)->mention >= 0 ? doc->mentions[at(doc, t)->mention].chain : -1; }

/* "Clashes between Thai and Cambodian troops", "Thais and Cambodians clashed": the same words for both sides, the first against the others. */
static void among_themselves(match *m) {
    if (m->source.count < 2 || m->target.count != m->source.count || m->frame->symmetric) return;
    for (int i = 0; i < m->source.count; i++)
        if (m->source.at[i] != m->target.at[i]) return;
    m->source.count = 1;
}

/* The doer is not the one it is done to, nor is a pronoun for the doer ("tightened its grip"). */
static void part_sides(const document *doc, match *m) {
    int kept = 0;
    for (int i = 0; i < m->target.count; i++) {
        bool both = at(doc, m->target.at[i])->morph.reflex && m->source.count, pronoun = at(doc, m->target.at[i])->upos == UPOS_PRON;
        for (int k = 0; k < m->source.count; k++)
            both |= m->source.at[k] == m->target.at[i] ||
                    (pronoun && chain_of(doc, m->target.at[i]) >= 0 && chain_of(doc, m->target.at[i]) == chain_of(doc, m->source.at[k]));
        if (!both) m->target.at[kept++] = m->target.at[i];
    }
    m->target.count = kept;
}

/* In a sentence of sport nobody attacks, arrests or retreats, unless somebody is hurt. */
static bool played(const reading *in, plover root) {
    if (in->vote && root == ASSAULT) return true;
    return in->sport && (root == ASSAULT || root == COERCE || root == MOBILIZE || root == RETREAT || root == THREATEN || root == CONCEDE);
}

static bool is_private(reading *in, int32_t t) { return frames_class_has(in->set, in->private_class, at(in->doc, t)->lemma); }

/* Somebody in private life, or "the Swedish rower", whose actor is Sweden. */
static bool private_source(reading *in, const match *m) {
    fillers f;
    frame_place subj = {AT_SUBJ, STR("")};
    fill(in, m->trigger, m->pos, &subj, &f);
    for (int i = 0; i < f.count; i++)
        if (!is_private(in, f.at[i])) return false;
    for (int i = 0; f.count == 0 && i < m->source.count; i++)
        if (!is_private(in, m->source.at[i])) return false;
    return m->source.count > 0;
}

/* A waiter who refuses a tip: words of people in private life to nobody of public life are no politics. */
static bool private_words(reading *in, const match *m) {
    plover r = m->frame->root;
    if ((r != REQUEST && r != ACCUSE && r != REJECT && r != THREATEN) || !private_source(in, m)) return false;
    for (int i = 0; i < m->target.count; i++) {
        if (!is_private(in, m->target.at[i]) && (actor_flags(in, m->target.at[i]) & (ACTOR_STATE | ACTOR_COUNTRY | ACTOR_ARMED | ACTOR_GROUP))) return false;
        if (str_in(at(in->doc, m->target.at[i])->lemma, "government authority parliament ministry president minister regime junta")) return false;
    }
    return true;
}

static bool any_public(reading *in, const fillers *f) {
    for (int i = 0; i < f->count; i++)
        if (of_public_life(in, f->at[i])) return true;
    return false;
}

/* Travellers and guests whom nobody can name: "visitors", "experts", "fans". */
static bool nameless(reading *in, const fillers *f) {
    for (int i = 0; i < f->count; i++) {
        const token *w = at(in->doc, f->at[i]);
        bool several = w->upos == UPOS_NOUN || (w->upos == UPOS_PROPN && w->morph.number == 2);
        if (!several || of_public_life(in, f->at[i])) return false;
    }
    return true;
}

/* What firms and private people settle among themselves (W57): an interview, a concert, a purchase. Force, accusation and protest are told of anybody. */
static bool private_affair(reading *in, const match *m) {
    plover r = m->frame->root;
    if (in->given) return false;
    if (r == EVENT_NONE) return nameless(in, &m->source);
    if (r == ASSAULT || r == ACCUSE || r == PROTEST) return false;
    if (any_public(in, &m->source) || any_public(in, &m->target)) return false;
    if (r == CONSULT || r == COOPERATE || r == SUPPORT) return true;
    for (int i = 0; i < m->source.count; i++)
        if (!is_firm(in, m->source.at[i])) return false;
    return m->source.count > 0;
}

static bool try_frame(reading *in, match *m) {
    const frame *f = m->frame;
    for (int i = 0; i < f->need_count; i++)
        if (!need_holds(in, m, &f->needs[i])) return m->why_not = "a condition is not met", false;
    if (f->none) return true;
    actors_of(in, m, f->source, f->source_count, true, &m->source);
    int32_t one = m->source.count == 1 ? at(in->doc, m->source.at[0])->mention : -1;
    in->source_chain = m->source.count > 1 ? MANY_SOURCES : one >= 0 ? in->doc->mentions[one].chain : -1;
    actors_of(in, m, f->target, f->target_count, false, &m->target);
    in->source_chain = -1;
    add_state_beside(in, &m->source);
    among_themselves(m);
    part_sides(in->doc, m);
    if (m->target.count == 0) add_place(in, m);
    if (m->source.count + m->target.count == 0) return m->why_not = "no actor", false;
    if (played(in, f->root)) return m->why_not = "a sentence of sport", false;
    if (private_words(in, m)) return m->why_not = "words of private life", false;
    if (private_affair(in, m)) return m->why_not = "an affair of private people or firms", false;
    if (lifeless_subject(in, m)) return m->why_not = "its subject cannot act", false;
    actors_of(in, m, f->other, f->other_count, false, &m->other);
    return true;
}

/* ---- choice ---- */

/* Where the uses of a word begin: by its lemma, and by its form where that is an entry of its own ("talks"). */
static void uses_of(reading *in, int32_t t, char pos, uint32_t start[2]) {
    const token *w = at(in->doc, t);
    start[0] = frames_of(in->set, w->lemma, pos);
    start[1] = 0;
    if (start[0] == 0 && pos == 'v') start[0] = frames_mended(in->set, w->lemma, pos);
    if ((pos == 'n' || (pos == 'a' && w->morph.verbform == 3)) && !str_eq_nocase(w->form, w->lemma)) start[1] = frames_of(in->set, w->form, pos);
    str whole = hyphenated(in->doc, t);
    uint32_t use = whole.len ? frames_of(in->set, whole, pos) : 0;
    if (!use && whole.len && whole.ptr[whole.len - 1] == 's') use = frames_of(in->set, str_sub(whole, 0, whole.len - 1), pos);
    if (use) start[0] = use, start[1] = 0; /* "cease-fire" is no fire */
}

/* What has been found while the frames of a trigger are tried. */
typedef struct choice {
    match best;
    bool found;
    const frame *failed, *runner_up;
    const char *why_not;
} choice;

static void try_use(reading *in, choice *c, uint32_t number, int32_t trigger, char pos) {
    match m = {.frame = &in->set->frames[number], .trigger = trigger, .pos = pos};
    if (m.frame == in->hidden) return;
    if (!try_frame(in, &m)) {
        if (!c->failed || m.frame->specificity > c->failed->specificity) c->failed = m.frame, c->why_not = m.why_not;
        return;
    }
    m.score = m.frame->specificity * 8 + (m.source.count ? 2 : 0) + (m.target.count ? 2 : 0) + (m.other.count ? 1 : 0);
    if (!c->found || m.score > c->best.score) {
        if (c->found) c->runner_up = c->best.frame;
        c->best = m;
        c->found = true;
    } else if (!c->runner_up || m.frame->specificity > c->runner_up->specificity) c->runner_up = m.frame;
}

bool match_trigger(reading *in, int32_t trigger, match *out) {
    char pos = trigger_pos(in->doc, trigger);
    choice c = {.why_not = ""};
    uint32_t start[2];
    if (!pos) return false;
    uses_of(in, trigger, pos, start);
    for (int w = 0; w < 2; w++)
        for (uint32_t use = start[w]; use; use = in->set->uses[use].next) try_use(in, &c, in->set->uses[use].frame, trigger, pos);
    if (!c.found) return false;
    *out = c.best;
    out->failed = c.failed, out->why_not = c.why_not, out->runner_up = c.runner_up;
    return true;
}
