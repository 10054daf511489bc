/* The side that a frame left open, looked for in the rest of the clause. A frame names the places where a side usually stands; here follow those that hold for all verbs
 * alike: the words of the complement ("agreed to send ships to Chad"), what an object belongs to ("closed the station of a Chadian party"), the state that a condition
 * names ("threatened to cut the gas unless Kyiv paid"), the place ("raided a camp near Bangui"); for the source the subject of the verb that carries the noun
 * ("ordered the arrest of"), and the state where somebody is arrested. The nearest wins, by the lengths of the arcs below. */
#include "what/sides.h"

static const token *at(const document *doc, int32_t t) { return &doc->tokens[t]; }

enum { MOST_DEPTH = 6 };

typedef struct search {
    reading *in;
    const event *ev;
    bool places;     /* may a mere place be the side? */
    int32_t best;
    float cost;
} search;

/* ---- targets ---- */

static bool party_to(const search *s, int32_t t) {
    const document *doc = s->in->doc;
    int32_t m = at(doc, t)->mention;
    for (int i = 0; i < s->ev->source_count; i++) {
        int32_t own = at(doc, s->ev->source[i])->mention;
        bool around = tree_under(doc, s->ev->trigger, s->ev->source[i]); /* a clause hung on its own subject */
        if (s->ev->source[i] == t || (!around && tree_under(doc, t, s->ev->source[i]))) return true;
        if (m >= 0 && own >= 0 && doc->mentions[m].chain == doc->mentions[own].chain) return true;
    }
    return own_to_source(s->in, t);
}

static bool same_state(search *s, int32_t t) {
    for (int i = 0; i < s->ev->source_count; i++)
        if (actors_share_country(s->in, t, s->ev->source[i])) return true;
    return false;
}

/* Lengths of arcs: what a verb is done to, before whom it is done for, before where; a clause costs a step. Negative: not that way. */
static const float OWN_ARC = 0.6f, PHRASE_ARC = 0.8f, PLACE_ARC = 2.2f, CLAUSE_ARC = 1.0f, CONDITION_ARC = 2.0f, FOREIGN_CLAUSE_ARC = 2.4f, REASON_ARC = 2.6f, PRIVATE_COST = 1.5f, HOME_COST = 3.0f;

static bool condition(str mark) { return str_in(mark, "if unless until while"); }
static bool reason(str mark) { return str_in(mark, "after following over because amid"); }

/* Deeds that answer somebody: what they come after tells whom. */
static bool answers(plover root) { return root == SANCTION || root == MOBILIZE || root == THREATEN || root == PROTEST; }

/* "Praised a bill to weaken the bureau", "called for troops to deter Moscow": whom help is to hurt is not whom it is for, nor of whom it is asked. */
static bool against_another(const search *s, int32_t clause) {
    plover r = s->ev->root;
    if (r != SUPPORT && r != AID && r != AGREE && r != COOPERATE && r != REQUEST) return false;
    return str_in(at(s->in->doc, clause)->lemma, "deter counter counteract fight combat hamstring stop prevent block curb contain oppose defeat resist punish weaken undermine topple overthrow oust isolate destroy "
                                                 "dislodge repel confront pressure pressurise pressurize sanction bomb attack condemn");
}

static float arc(const search *s, int32_t c, bool *is_place) {
    const document *doc = s->in->doc;
    const token *t = at(doc, c);
    str prep = tree_case(doc, c);
    *is_place = false;
    if (t->timex >= 0 || t->upos == UPOS_PUNCT) return -1;
    if (str_is(tree_case(doc, c), "whether") || (str_in(prep, "into over") && t->upos == UPOS_VERB)) return CLAUSE_ARC; /* "an inquiry into whether the governor took bribes" */
    deprel clause = deprel_base(t->deprel);
    if ((clause == DEP_ACL || clause == DEP_ADVCL || clause == DEP_XCOMP) && c != s->ev->trigger && t->head != s->ev->trigger && against_another(s, c)) return -1;
    switch (t->deprel) {
    case DEP_OBJ: case DEP_IOBJ: return 0;
    case DEP_NMOD_POSS: return OWN_ARC;
    case DEP_AMOD: case DEP_COMPOUND: case DEP_FLAT: return OWN_ARC;
    case DEP_XCOMP: case DEP_CCOMP: return CLAUSE_ARC;
    case DEP_ACL_RELCL: return FOREIGN_CLAUSE_ARC;
    case DEP_ACL: return is_infinitive(doc, c) ? CLAUSE_ARC : is_passive(doc, c) ? PHRASE_ARC : -1;
    case DEP_ADVCL: return condition(prep) ? CONDITION_ARC : reason(prep) && answers(s->ev->root) ? REASON_ARC : is_infinitive(doc, c) || str_in(prep, "of from for by") ? CLAUSE_ARC + 0.5f : -1;
    case DEP_NSUBJ: case DEP_NSUBJ_PASS:
        if (s->ev->root == REQUEST && at(doc, t->head)->deprel == DEP_CCOMP) return 0; /* "demanded that Minsk free them" */
        if (at(doc, t->head)->deprel == DEP_ACL_RELCL) return 0.2f;
        if (reason(tree_case(doc, t->head)) || str_in(tree_case(doc, t->head), "whether into over")) return 0.2f;
        return condition(tree_case(doc, t->head)) ? 0.2f : is_passive(doc, t->head) && t->head != s->ev->trigger ? 0.5f : -1;
    default: break;
    }
    if (deprel_base(t->deprel) != DEP_OBL && deprel_base(t->deprel) != DEP_NMOD) return -1;
    int32_t object = s->ev->root == ACCUSE ? tree_find(doc, t->head, DEP_OBJ) : -1; /* "condemned the attack on a church": hung too high, still a victim */
    if (object >= 0 && object < c && str_in(prep, "on against of in at near") && (names_deed(s->in, object, ASSAULT) || names_deed(s->in, object, COERCE))) return -1;
    if (str_is(prep, "by") && (at(doc, t->head)->upos == UPOS_NOUN || (t->head != s->ev->trigger && is_passive(doc, t->head)))) return 0.3f; /* "the closure of a post by China" */
    if (str_in(prep, "against to with toward towards of on upon over between among into from for")) return PHRASE_ARC;
    if (reason(prep) && answers(s->ev->root)) return REASON_ARC;
    if (str_in(prep, "in at near inside outside across off around along within throughout")) {
        *is_place = true;
        return PLACE_ARC;
    }
    return -1;
}

static int32_t state_below(reading *in, int32_t t, str wanted, int depth) {
    const document *doc = in->doc;
    for (int32_t c = tree_child(doc, t); c >= 0 && depth > 0; c = tree_next(doc, c)) {
        deprel d = deprel_base(at(doc, c)->deprel);
        if ((d != DEP_OBL && d != DEP_NMOD) || at(doc, c)->timex >= 0 || c < t) continue;
        if (str_eq(tree_case(doc, c), wanted) && (actor_flags(in, c) & ACTOR_STATE)) return c;
        int32_t found = state_below(in, c, wanted, depth - 1);
        if (found >= 0) return found;
    }
    return -1;
}

static void look(search *s, int32_t above, float so_far, bool in_place, int depth) {
    const document *doc = s->in->doc;
    if (depth == 0) return;
    for (int32_t c = tree_child(doc, above); c >= 0; c = tree_next(doc, c)) {
        bool located;
        float cost = arc(s, c, &located);
        if (cost < 0) continue;
        cost += so_far;
        if (cost >= s->cost || (located && !s->places)) continue;
        uint8_t f = actor_flags(s->in, c);
        located |= in_place;
        bool fits = located ? (f & ACTOR_COUNTRY) != 0 : (f & ACTOR_YES) != 0;
        float all = cost + (f & ACTOR_COUNTRY ? 0 : PRIVATE_COST);
        if (s->ev->root == MOBILIZE && (f & ACTOR_ARMED) && !(f & ACTOR_COUNTRY)) fits = false;
        if (fits && all < s->cost && !party_to(s, c)) {
            if (same_state(s, c)) all += HOME_COST;
            if (all < s->cost) s->best = c, s->cost = all;
        }
        bool coerced = s->ev->root == ACCUSE && names_deed(s->in, c, COERCE), victims = s->ev->root == ACCUSE && !coerced && names_deed(s->in, c, ASSAULT);
        if (coerced) { /* "criticised the closure of a station in Russia": states close and arrest on their soil */
            int32_t state = state_below(s->in, c, STR("in"), 3);
            if (state >= 0 && cost + PLACE_ARC < s->cost && !party_to(s, state)) s->best = state, s->cost = cost + PLACE_ARC;
        } else if (!victims) look(s, c, cost, located, depth - 1);
    }
}

/* Talks in Oslo are not with Oslo. */
static bool falls_on_place(const event *ev) { return ev->root != CONSULT && ev->root != SUPPORT && !ev->symmetric; }

/* Returns how far it was, large where there is none. */
static float find_target(reading *in, event *ev) {
    const document *doc = in->doc;
    search s = {.in = in, .ev = ev, .places = falls_on_place(ev), .best = -1, .cost = 6};
    int32_t m = ev->source_count == 1 ? at(doc, ev->source[0])->mention : -1;
    in->source_chain = ev->source_count > 1 ? MANY_SOURCES : m >= 0 ? doc->mentions[m].chain : -1;
    look(&s, ev->trigger, 0, false, MOST_DEPTH);
    light_kind kind;
    int32_t verb = at(doc, ev->trigger)->upos == UPOS_NOUN ? light_verb_of(in, ev->trigger, &kind) : -1;
    int32_t up = at(doc, ev->trigger)->head;
    if (verb < 0 && at(doc, ev->trigger)->upos == UPOS_NOUN && at(doc, ev->trigger)->deprel == DEP_NSUBJ && up >= 0 && at(doc, up)->upos == UPOS_VERB) verb = up; /* "a raid destroyed a plant in Yemen" */
    if (verb >= 0) look(&s, verb, 0.5f, false, MOST_DEPTH);
    in->source_chain = -1;
    if (s.best < 0) return s.cost;
    fillers f = {0};
    fillers_add(doc, &f, s.best);
    ev->target = arena_array(&in->doc->home, int32_t, f.count);
    for (int i = 0; i < f.count; i++)
        if (is_actor(in, f.at[i]) && !party_to(&s, f.at[i])) ev->target[ev->target_count++] = f.at[i];
    if (ev->target_count) ev->confidence += 0.1f;
    return s.cost;
}

/* "Called for the release of a blogger held by Saudi Arabia": it is asked of, or held against, those who did it to somebody nobody knows. */
static void turn_to_doer(reading *in, event *ev) {
    const document *doc = in->doc;
    if ((ev->root != REQUEST && ev->root != ACCUSE) || ev->target_count != 1 || (actor_flags(in, ev->target[0]) & ACTOR_COUNTRY)) return;
    for (int32_t c = tree_child(doc, ev->target[0]); c >= 0; c = tree_next(doc, c)) {
        if (deprel_base(at(doc, c)->deprel) != DEP_ACL || !is_passive(doc, c)) continue;
        int32_t doer = logical_subject(in, c);
        if (doer >= 0 && (actor_flags(in, doer) & ACTOR_COUNTRY)) ev->target[0] = doer;
    }
}

/* "Mobilised the army": with whom, not against whom. */
static bool only_own_arms(reading *in, const event *ev) {
    for (int i = 0; i < ev->target_count; i++) {
        uint8_t f = actor_flags(in, ev->target[i]);
        if (!(f & ACTOR_ARMED) || (f & ACTOR_COUNTRY)) return false;
    }
    return true;
}

/* "Complained to the Council that Thai soldiers had shelled the temple": accused is whom the clause is about, not who is told. */
static void accuse_clause(reading *in, event *ev) {
    const document *doc = in->doc;
    if (ev->root != ACCUSE || at(doc, ev->trigger)->upos != UPOS_VERB) return;
    int32_t clause = tree_find(doc, ev->trigger, DEP_CCOMP);
    for (int32_t c = tree_child(doc, ev->trigger); c >= 0 && clause < 0; c = tree_next(doc, c)) /* "complained to the Council that …", hung on the Council */
        for (int32_t k = tree_child(doc, c); k >= 0 && opened_by(doc, c, STR("to")); k = tree_next(doc, k))
            if (deprel_base(at(doc, k)->deprel) == DEP_ACL && str_is(tree_case(doc, k), "that") && tree_find(doc, k, DEP_NSUBJ) >= 0) clause = k;
    int32_t doer = clause >= 0 && at(doc, clause)->upos == UPOS_VERB ? logical_subject(in, clause) : -1;
    int32_t m = ev->source_count == 1 ? at(doc, ev->source[0])->mention : -1;
    if (doer < 0 || (ev->target_count && !str_is(tree_case(doc, ev->target[0]), "to"))) return;
    in->source_chain = m >= 0 ? doc->mentions[m].chain : -1;
    if (is_actor(in, doer) && !own_to_source(in, doer) && at(doc, doer)->upos != UPOS_PRON) {
        if (!ev->target_count) ev->target = arena_array(&in->doc->home, int32_t, 1);
        ev->target[0] = doer, ev->target_count = 1;
    }
    in->source_chain = -1;
}

/* "Sent frigates to the Aegean after a Turkish ship entered it", "offered two ships to Manila", "refused to hand over two sailors to Russia": a state rather than one's
 * own arms, a sea, or somebody nobody knows. */
static void find_better_target(reading *in, event *ev) {
    bool arms = only_own_arms(in, ev);
    int32_t *told = ev->target;
    int count = arms && ev->root == MOBILIZE ? 0 : ev->target_count;
    float kept = ev->confidence, cost;
    ev->target_count = 0;
    cost = find_target(in, ev);
    bool near = ev->root == MOBILIZE || cost <= 2;
    if (ev->target_count == 0 || !near || !(actor_flags(in, ev->target[0]) & ACTOR_COUNTRY)) ev->target = told, ev->target_count = count, ev->confidence = kept;
}

static bool wants_better(reading *in, const event *ev) {
    if (ev->target_count != 1 || ev->symmetric || (actor_flags(in, ev->target[0]) & (ACTOR_COUNTRY | ACTOR_STATE))) return false;
    return ev->root == MOBILIZE || ev->root == AID || ev->root == AGREE || ev->root == REJECT;
}

/* ---- sources ---- */

/* "Ordered nine ministers jailed", "put out a report accusing the army", "announced the arrest of": who carries the deed is who does it. */
static int32_t carrier(reading *in, int32_t t, bool speaking) {
    const document *doc = in->doc;
    int32_t up = at(doc, t)->head;
    if (up < 0) return -1;
    if (at(doc, t)->deprel == DEP_XCOMP && is_passive(doc, t) && str_in(at(doc, up)->lemma, "order have get demand want")) return logical_subject(in, up);
    if (at(doc, t)->deprel == DEP_ACL && !is_passive(doc, t) && frames_class_has(in->set, in->instrument_class, at(doc, up)->lemma)) {
        int32_t verb = at(doc, up)->head;
        if (verb >= 0 && at(doc, verb)->upos == UPOS_VERB && at(doc, up)->deprel == DEP_OBJ) return logical_subject(in, verb);
    }
    if (at(doc, t)->upos == UPOS_NOUN && at(doc, t)->deprel == DEP_OBJ && frames_class_has(in->set, in->carry_class, at(doc, up)->lemma)) return logical_subject(in, up);
    if (at(doc, t)->deprel == DEP_CCOMP && speaking) return logical_subject(in, up); /* "said Israel had violated the truce" */
    if (at(doc, t)->upos == UPOS_NOUN && str_in(at(doc, up)->lemma, "responsible guilty behind engage engaged involve involved complicit implicated") && at(doc, t)->deprel != DEP_NSUBJ) return surface_subject(in, up);
    return -1;
}

/* "Has been accused of misusing funds by the new government": the agent hung deeper than its passive. */
static int32_t far_agent(const document *doc, int32_t above, int depth) {
    int32_t found = -1;
    for (int32_t c = tree_child(doc, above); c >= 0 && found < 0 && depth > 0; c = tree_next(doc, c)) {
        deprel d = deprel_base(at(doc, c)->deprel);
        if (c > above && (d == DEP_OBL || d == DEP_NMOD) && opened_by(doc, c, STR("by")) && at(doc, c)->timex < 0) found = c;
        else if (c > above && at(doc, c)->deprel != DEP_ACL_RELCL) found = far_agent(doc, c, depth - 1);
    }
    return found;
}

/* "Arrested in Iran", "expelled from Chad": states arrest, try and expel on their soil; who kills there is not said by that. */
static int32_t state_of_place(reading *in, const event *ev) {
    const document *doc = in->doc;
    if (ev->root != COERCE && !str_is(ev->mode, "expel")) return -1;
    if (!is_passive(doc, ev->trigger)) return -1;
    if (str_in(ev->mode, "expel deport")) return state_below(in, ev->trigger, STR("from"), 1);
    static const char *const where[] = {"in", "at", "near", "inside"};
    int32_t found = -1;
    for (int i = 0; i < 4 && found < 0; i++) found = state_below(in, ev->trigger, str_of(where[i]), 4);
    return found;
}

static void find_source(reading *in, event *ev) {
    int32_t found = carrier(in, ev->trigger, ev->root == ACCUSE);
    if (found < 0 && is_passive(in->doc, ev->trigger)) found = far_agent(in->doc, ev->trigger, 4);
    if (found >= 0) found = actor_in(in, found, true);
    bool surely = found >= 0;
    if (found < 0) found = state_of_place(in, ev);
    for (int i = 0; i < ev->target_count; i++)
        if (found == ev->target[i]) found = -1;
    if (found < 0) return;
    fillers f = {0};
    fillers_add(in->doc, &f, found);
    ev->source = arena_array(&in->doc->home, int32_t, f.count);
    memcpy(ev->source, f.at, sizeof *ev->source * (size_t)f.count);
    ev->source_count = f.count;
    if (surely) ev->confidence += 0.1f;
}

/* "Chad and Niger agreed to share the river": two sides of one agreement. */
static void pair_up(reading *in, event *ev) {
    const token *word = at(in->doc, ev->trigger);
    bool truce = ev->root == CONCEDE && word->upos == UPOS_VERB && str_in(word->lemma, "agree sign reach accept negotiate conclude"); /* what two sides agree is an agreement */
    int sides = ev->source_count == 1 ? who_parts(in->doc, ev->source[0]) : ev->source_count;
    if (ev->target_count || sides < 2 || ev->symmetric) return;
    if (ev->root != AGREE && ev->root != COOPERATE && ev->root != CONSULT && !truce) return;
    for (int i = 0; i < ev->source_count; i++)
        if (!(actor_flags(in, ev->source[i]) & (ACTOR_STATE | ACTOR_ORG | ACTOR_GROUP | ACTOR_COUNTRY))) return;
    if (truce) ev->root = AGREE, ev->mode = STR("");
    ev->symmetric = true;
}

/* "Flew to Rome for talks with the pope", "said after a meeting with Modi": who goes, stays or speaks is the other party. */
static void find_other_party(reading *in, event *ev) {
    const document *doc = in->doc;
    int32_t up = at(doc, ev->trigger)->head, with = -1;
    if (!ev->symmetric || ev->root != CONSULT || ev->source_count + ev->target_count != 1 || at(doc, ev->trigger)->upos != UPOS_NOUN) return;
    for (int32_t c = tree_child(doc, ev->trigger); c >= 0; c = tree_next(doc, c))
        if (opened_by(doc, c, STR("with"))) with = c;
    deprel d = deprel_base(at(doc, ev->trigger)->deprel);
    if (with < 0 || up < 0 || (d != DEP_OBL && d != DEP_NMOD) || !str_in(tree_case(doc, ev->trigger), "for during after before ahead following at in without")) return;
    for (int step = 0; step < 3 && at(doc, up)->upos != UPOS_VERB && tree_find_base(doc, up, DEP_NSUBJ) < 0; step++) {
        if (at(doc, up)->head < 0) return;
        up = at(doc, up)->head;
    }
    int32_t subject = surface_subject(in, up);
    if (subject >= 0) subject = actor_in(in, subject, true);
    int32_t known = ev->source_count ? ev->source[0] : ev->target[0];
    if (subject < 0 || subject == known || tree_under(doc, subject, known)) return;
    int32_t a = at(doc, subject)->mention, b = at(doc, known)->mention;
    if (a >= 0 && b >= 0 && doc->mentions[a].chain == doc->mentions[b].chain) return;
    fillers f = {0};
    fillers_add(doc, &f, subject);
    if (ev->source_count) ev->target = ev->source, ev->target_count = ev->source_count;
    ev->source = arena_array(&in->doc->home, int32_t, f.count);
    memcpy(ev->source, f.at, sizeof *ev->source * (size_t)f.count);
    ev->source_count = f.count;
    ev->confidence += 0.2f;
}

/* What neither of two did, each did not: "neither Peru nor Paraguay signed". */
static void part_neither(const document *doc, event *ev) {
    if (!ev->symmetric || ev->source_count < 2) return;
    for (int32_t c = tree_child(doc, ev->source[0]); c >= 0; c = tree_next(doc, c))
        if (str_in(at(doc, c)->lemma, "neither") && (deprel_base(at(doc, c)->deprel) == DEP_CC || at(doc, c)->deprel == DEP_DET)) ev->symmetric = false;
}

void complete_sides(reading *in, size_t from) {
    document *doc = in->doc;
    if (in->given) return; /* relate is told its sides */
    for (size_t i = from; i < doc->event_count; i++) {
        event *ev = &doc->events[i];
        if (ev->confidence <= 0 || ev->root == EVENT_NONE) continue;
        part_neither(doc, ev);
        if (ev->source_count == 0 && !ev->symmetric) find_source(in, ev);
        pair_up(in, ev);
        find_other_party(in, ev);
        turn_to_doer(in, ev);
        accuse_clause(in, ev);
        if (wants_better(in, ev)) find_better_target(in, ev);
        if (ev->target_count == 0 && !ev->symmetric && ev->source_count && !str_in(ev->mode, "resign")) find_target(in, ev);
    }
}
