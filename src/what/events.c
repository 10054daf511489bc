/* From matched frames to the document's events: spans, complements, doubles. */
#include "what/match.h"
#include "what/sides.h"

static const token *at(const document *doc, int32_t t) { return &doc->tokens[t]; }

static int32_t *keep_heads(document *doc, const fillers *f, int *count) {
    *count = f->count;
    if (f->count == 0) return NULL;
    int32_t *heads = arena_array(&doc->home, int32_t, f->count);
    memcpy(heads, f->at, sizeof *heads * (size_t)f->count);
    return heads;
}

/* The whole trigger: the word with its particle. */
static void span_of(const document *doc, int32_t trigger, event *ev) {
    ev->first = trigger, ev->last = trigger + 1;
    for (int32_t c = tree_child(doc, trigger); c >= 0; c = tree_next(doc, c))
        if (at(doc, c)->deprel == DEP_COMPOUND_PRT && c == trigger + 1) ev->last = c + 1;
}

static float confidence_of(const match *m) {
    float c = 0.5f + 0.04f * (float)(m->frame->specificity > 4 ? 4 : m->frame->specificity);
    if (m->source.count && m->target.count) c += 0.25f;
    else if (m->frame->target_count == 0) c += 0.15f;
    return c > 0.97f ? 0.97f : c;
}

static void add_event(reading *in, const match *m) {
    document *doc = in->doc;
    const frame *f = m->frame;
    event ev = {.trigger = m->trigger, .root = f->root, .mode = f->mode, .context_count = f->context_count, .symmetric = f->symmetric, .absent = f->absent,
                .implied_by = -1, .relation = STR(""), .rule = f->rule, .frame = (uint32_t)(f - in->set->frames), .confidence = confidence_of(m),
                .nearly = STR("")};
    memcpy(ev.context, f->context, sizeof ev.context);
    span_of(doc, m->trigger, &ev);
    ev.source = keep_heads(doc, &m->source, &ev.source_count);
    ev.target = keep_heads(doc, &m->target, &ev.target_count);
    ev.other = keep_heads(doc, &m->other, &ev.other_count);
    if (f->symmetric && ev.source_count == 0 && ev.target_count > 1) { /* "talks between A and B broke down" */
        ev.source = ev.target++, ev.source_count = 1;
        ev.target_count--;
    }
    if (m->runner_up) ev.nearly = arena_format(&doc->home, "frame %.*s (fits, less specific)", STR_ARG(m->runner_up->id));
    else if (m->failed) ev.nearly = arena_format(&doc->home, "frame %.*s (%s)", STR_ARG(m->failed->id), m->why_not);
    doc->tokens[m->trigger].event = (int32_t)doc->event_count;
    arena_push(&doc->home, doc->events, doc->event_count, doc->event_capacity, ev);
}

/* ---- complements ---- */

/* The event that a complement tells: its own, or that of the noun it carries ("to hold talks"). */
static int32_t event_in(const document *doc, int32_t t, int depth) {
    if (at(doc, t)->event >= 0) return at(doc, t)->event;
    if (depth == 0) return -1;
    for (int32_t c = tree_child(doc, t); c >= 0; c = tree_next(doc, c)) {
        deprel d = at(doc, c)->deprel;
        bool inward = d == DEP_OBJ || d == DEP_XCOMP || d == DEP_NSUBJ_PASS || d == DEP_CCOMP || (d == DEP_ACL && is_infinitive(doc, c)) || (d == DEP_NMOD && opened_by(doc, c, STR("of"))) ||
                      (deprel_base(d) == DEP_OBL && at(doc, c)->upos == UPOS_NOUN && at(doc, c)->timex < 0);
        int32_t found = inward ? event_in(doc, c, depth - 1) : -1;
        if (found >= 0) return found;
    }
    return -1;
}

static char pos_of(const document *doc, int32_t t) { return trigger_pos(doc, t) ? trigger_pos(doc, t) : 'n'; }

static void imply(document *doc, int32_t outer, int32_t inner, frame_sign sign) {
    event *ev = &doc->events[inner];
    if (inner == outer || ev->implied_by >= 0) return;
    if (sign == SIGN_DROP) {
        doc->tokens[ev->trigger].event = -1;
        ev->confidence = 0;
    } else if (sign == SIGN_NEG || sign == SIGN_POS) {
        ev->implied_by = outer;
        ev->relation = STR("implies");
        ev->implied_polarity = sign == SIGN_NEG ? -1 : 0;
    }
}

/* A noun in the complement is done by those of the outer event: "cancelled a summit with Modi" leaves the caller-off in the summit. */
static void inherit(document *doc, const event *outer, event *inner, frame_sign sign) {
    if (sign == SIGN_FACT || at(doc, inner->trigger)->upos == UPOS_VERB) return;
    if (inner->source_count == 0 && outer->source_count) {
        bool other_side = false;
        for (int i = 0; i < inner->target_count; i++)
            for (int k = 0; k < outer->source_count; k++) other_side |= inner->target[i] == outer->source[k];
        if (!other_side) inner->source = outer->source, inner->source_count = outer->source_count;
    } else if (inner->symmetric && inner->target_count == 0 && inner->source_count == 1 && outer->source_count && inner->source[0] != outer->source[0]) {
        inner->target = inner->source, inner->target_count = inner->source_count;
        inner->source = outer->source, inner->source_count = outer->source_count;
    }
    if (inner->target_count == 0 && outer->target_count && inner->source_count && inner->source[0] != outer->target[0])
        inner->target = outer->target, inner->target_count = outer->target_count;
}

static void mode_from(event *outer, const event *inner) {
    static const char *const shared[PLOVER_COUNT] = {[CONSULT] = "meet", [AID] = "assist", [COOPERATE] = "assist", [SUPPORT] = "assist",
                                                     [RETREAT] = "yield", [CONCEDE] = "yield"};
    static const char *const threats[PLOVER_COUNT] = {[ASSAULT] = "violence", [MOBILIZE] = "violence", [COERCE] = "restrict", [PROTEST] = "restrict",
                                                      [SANCTION] = "relations", [REJECT] = "relations"};
    const char *mode = outer->root == THREATEN ? threats[inner->root] : shared[inner->root];
    if (outer->root == THREATEN && (str_is(inner->mode, "arrest") || str_is(inner->mode, "expel"))) outer->mode = inner->mode;
    else if (mode) outer->mode = str_of(mode);
    else if (outer->root != THREATEN && inner->root != EVENT_NONE) outer->mode = STR("change");
}

static bool among(const int32_t *heads, int count, int32_t t) {
    for (int i = 0; i < count; i++)
        if (heads[i] == t) return true;
    return false;
}

/* "halted its bombing of Yemen", "called for sanctions against Minsk", "demanded Ankara's withdrawal": who else has a part in the inner event is the
 * target of the outer one that has none. */
static void adopt_target(document *doc, event *outer, const event *inner) {
    const int32_t *from = inner->target_count ? inner->target : inner->source;
    int count = inner->target_count ? inner->target_count : inner->source_count, kept = 0;
    if (outer->target_count || outer->symmetric || count == 0) return;
    int32_t *target = arena_array(&doc->home, int32_t, count);
    for (int i = 0; i < count; i++)
        if (!among(outer->source, outer->source_count, from[i]) && at(doc, from[i])->upos != UPOS_PRON) target[kept++] = from[i];
    outer->target = target, outer->target_count = kept;
}

/* The inner events that the places of a target hold, where the frame says nothing of what they imply. */
static void adopt_targets(reading *in, int32_t outer) {
    document *doc = in->doc;
    const frame *f = &in->set->frames[doc->events[outer].frame];
    for (int i = 0; i < f->target_count && doc->events[outer].target_count == 0; i++) {
        fillers found;
        fill(in, doc->events[outer].trigger, pos_of(doc, doc->events[outer].trigger), &f->target[i].place, &found);
        for (int k = 0; k < found.count; k++) {
            int32_t inner = event_in(doc, found.at[k], 2);
            if (inner >= 0 && inner != outer) adopt_target(doc, &doc->events[outer], &doc->events[inner]);
        }
    }
}

static void read_complements(reading *in, int32_t outer) {
    document *doc = in->doc;
    const frame *f = &in->set->frames[doc->events[outer].frame];
    int32_t trigger = doc->events[outer].trigger;
    for (int i = 0; i < f->implies_count; i++) {
        fillers found;
        fill(in, trigger, pos_of(doc, trigger), &f->implies[i].place, &found);
        for (int k = 0; k < found.count; k++) {
            int32_t inner = event_in(doc, found.at[k], 3);
            if (inner < 0) continue;
            if (f->open_mode && doc->events[outer].mode.len == 0) mode_from(&doc->events[outer], &doc->events[inner]);
            if (inner != outer) inherit(doc, &doc->events[outer], &doc->events[inner], f->implies[i].sign);
            imply(doc, outer, inner, f->implies[i].sign);
            for (int32_t c = tree_child(doc, found.at[k]); c >= 0; c = tree_next(doc, c))
                if (at(doc, c)->deprel == DEP_CONJ && at(doc, c)->upos == UPOS_VERB && (inner = event_in(doc, c, 2)) >= 0)
                    imply(doc, outer, inner, f->implies[i].sign);
        }
    }
    adopt_targets(in, outer);
}

/* "hold talks" by a frame of "hold" and by one of "talks" is one event: the better filled stays. */
static bool same_event(const document *doc, const event *a, const event *b) {
    if (a->root != b->root || !str_eq(a->mode, b->mode)) return false;
    int32_t up = at(doc, b->trigger)->head;
    return up == a->trigger && (at(doc, b->trigger)->deprel == DEP_OBJ || deprel_base(at(doc, b->trigger)->deprel) == DEP_OBL ||
                                at(doc, b->trigger)->deprel == DEP_NSUBJ_PASS || at(doc, b->trigger)->deprel == DEP_XCOMP);
}

static void drop_doubles(document *doc, size_t from) {
    for (size_t i = from; i < doc->event_count; i++)
        for (size_t k = from; k < doc->event_count; k++) {
            event *a = &doc->events[i], *b = &doc->events[k];
            if (i == k || a->confidence <= 0 || b->confidence <= 0 || !same_event(doc, a, b)) continue;
            bool keep_b = (b->source_count > 0) + (b->target_count > 0) > (a->source_count > 0) + (a->target_count > 0);
            (keep_b ? a : b)->confidence = 0;
        }
}

/* W31: what a demonstration demands is not coded beside it. */
static void drop_demands_of_protests(document *doc, size_t from) {
    enum { STEPS = 3 };
    for (size_t i = from; i < doc->event_count; i++) {
        event *ev = &doc->events[i];
        int32_t up = at(doc, ev->trigger)->head;
        if (ev->root != REQUEST) continue;
        for (int step = 0; step < STEPS && up >= 0; step++, up = at(doc, up)->head) {
            bool protest = at(doc, up)->event >= 0 && doc->events[at(doc, up)->event].root == PROTEST;
            int32_t o = tree_find(doc, up, DEP_OBJ); /* "held a rally to demand" */
            protest |= o >= 0 && o != ev->trigger && at(doc, o)->event >= 0 && doc->events[at(doc, o)->event].root == PROTEST;
            if (protest) ev->confidence = 0;
        }
    }
}

/* ---- intentions ---- */

/* The codebook's rule: an act told as coming is an intention. Cooperation to come is AGREE, a retreat to come CONCEDE, conflict to come THREATEN. */
static plover intention_of(plover root) {
    switch (root) {
    case CONSULT: case SUPPORT: case COOPERATE: case AID: return AGREE;
    case RETREAT: return CONCEDE;
    case ASSAULT: case COERCE: case SANCTION: case MOBILIZE: case PROTEST: return THREATEN;
    default: return EVENT_NONE;
    }
}

static int32_t future_word(const document *doc, int32_t v) {
    for (int32_t c = tree_child(doc, v); c >= 0; c = tree_next(doc, c))
        if (at(doc, c)->deprel == DEP_AUX && str_in(at(doc, c)->lemma, "will shall would 'll")) return c;
    return -1;
}

static bool has_future(const document *doc, int32_t v) { return future_word(doc, v) >= 0; }

/* The verb whose tense an event has: its own, or that of the verb that carries the noun ("will extend the curfew"). */
static int32_t tensed(const document *doc, int32_t trigger) {
    int32_t up = at(doc, trigger)->head;
    if (at(doc, trigger)->upos == UPOS_VERB) return trigger;
    return up >= 0 && at(doc, up)->upos == UPOS_VERB && at(doc, trigger)->deprel == DEP_OBJ ? up : -1;
}

static bool may_if(const document *doc, int32_t v) {
    bool may = false, condition = false;
    for (int32_t c = tree_child(doc, v); c >= 0; c = tree_next(doc, c)) {
        may |= at(doc, c)->deprel == DEP_AUX && str_in(at(doc, c)->lemma, "may might could");
        condition |= at(doc, c)->deprel == DEP_ADVCL && str_in(tree_case(doc, c), "if unless");
    }
    return may && condition;
}

static bool intended(const document *doc, const event *ev) {
    int32_t verb = tensed(doc, ev->trigger), p = verb >= 0 ? at(doc, verb)->predicate : -1;
    bool plan = false, may = verb >= 0 && may_if(doc, verb) && intention_of(ev->root) == THREATEN;
    if (p >= 0 && may) return true; /* "may shell the port if": that it may is the threat */
    if (p < 0 || doc->predicates[p].factuality != FACT_UU || !has_future(doc, verb)) return false;
    for (int i = 0; i < doc->predicates[p].cue_count; i++) {
        str kind = doc->cues[doc->predicates[p].cue[i]].kind;
        if (str_is(kind, "question") || str_is(kind, "negation") || str_is(kind, "wish") || str_is(kind, "hedge")) return false;
        plan |= str_is(kind, "plan");
        plan |= str_is(kind, "condition");
    }
    return plan;
}

static void add_intentions(reading *in, size_t from) {
    document *doc = in->doc;
    size_t until = doc->event_count;
    for (size_t i = from; i < until; i++) {
        event ev = doc->events[i];
        plover root = intention_of(ev.root);
        if (root == EVENT_NONE || ev.source_count == 0 || ev.implied_by >= 0 || ev.confidence <= 0 || !intended(doc, &ev)) continue;
        event meant = ev;
        meant.root = root;
        meant.mode = STR("");
        meant.symmetric = ev.symmetric && ev.target_count == 0; /* "the two sides will meet" */
        meant.intention = true;
        int32_t will = future_word(doc, tensed(doc, ev.trigger));
        if (will >= 0 && will < meant.first) meant.first = will;
        if (root == THREATEN) mode_from(&meant, &ev);
        meant.rule = arena_format(&doc->home, "intention of %.*s", STR_ARG(ev.rule));
        doc->events[i].confidence *= 0.6f;
        arena_push(&doc->home, doc->events, doc->event_count, doc->event_capacity, meant);
    }
}

/* ---- refusals ---- */

static bool negated(const document *doc, int32_t v) {
    for (int32_t c = tree_child(doc, v); c >= 0; c = tree_next(doc, c))
        if (str_in(at(doc, c)->lemma, "not n't never no longer") && (at(doc, c)->deprel == DEP_ADVMOD || at(doc, c)->upos == UPOS_PART)) return true;
    return false;
}

static bool kindly(plover root) { return root == AID || root == COOPERATE || root == SUPPORT || root == CONSULT || root == AGREE || root == CONCEDE || root == RETREAT; }

/* "Japan will not give food to North Korea": what a state says it will not do for another it refuses (the codebook's REJECT); the deed itself did not happen. */
static void add_refusals(reading *in, size_t from) {
    document *doc = in->doc;
    size_t until = doc->event_count;
    for (size_t i = from; i < until; i++) {
        const event *ev = &doc->events[i];
        int32_t v = tensed(doc, ev->trigger), will = v >= 0 ? future_word(doc, v) : -1;
        if (!kindly(ev->root) || ev->confidence <= 0 || ev->implied_by >= 0 || ev->source_count == 0 || ev->target_count == 0 || will < 0 || !negated(doc, v) || is_passive(doc, v)) continue;
        if (!(actor_flags(in, ev->source[0]) & (ACTOR_STATE | ACTOR_ORG | ACTOR_GROUP | ACTOR_COUNTRY))) continue;
        event refusal = *ev;
        refusal.root = REJECT, refusal.symmetric = false, refusal.intention = true, refusal.implied_by = -1, refusal.relation = STR("");
        refusal.mode = ev->root == CONSULT ? STR("meet") : ev->root == CONCEDE || ev->root == RETREAT ? STR("yield") : ev->root == AGREE ? STR("") : STR("assist");
        refusal.rule = arena_format(&doc->home, "refusal of %.*s", STR_ARG(ev->rule));
        if (will < refusal.first) refusal.first = will;
        int32_t outer = (int32_t)doc->event_count;
        arena_push(&doc->home, doc->events, doc->event_count, doc->event_capacity, refusal);
        event *inner = &doc->events[i];
        inner->implied_by = outer, inner->relation = STR("implies"), inner->implied_polarity = -1;
    }
}

/* ---- demands ---- */

static int32_t must_word(const document *doc, int32_t v) {
    for (int32_t c = tree_child(doc, v); c >= 0; c = tree_next(doc, c))
        if (at(doc, c)->deprel == DEP_AUX && str_in(at(doc, c)->lemma, "must should")) return c;
    return -1;
}

/* "Straw said Khartoum must disarm them": to say what another state, body or force must do is to ask it of them (the codebook's REQUEST). */
static void add_demand(reading *in, int32_t v) {
    document *doc = in->doc;
    const token *t = at(doc, v);
    int32_t must = must_word(doc, v), up = t->head;
    if (must < 0 || up < 0 || t->deprel != DEP_CCOMP || is_passive(doc, v)) return;
    if (!str_in(at(doc, up)->lemma, "say tell insist stress declare state warn reiterate maintain emphasize emphasise announce")) return;
    int32_t source = logical_subject(in, up), target = surface_subject(in, v);
    if (source < 0 || target < 0 || source == target || !is_actor(in, source)) return;
    if (!(actor_flags(in, target) & (ACTOR_STATE | ACTOR_ORG | ACTOR_ARMED | ACTOR_GROUP))) return;
    fillers asked = {0};
    fillers_add(doc, &asked, target);
    event ev = {.trigger = v, .first = must < v ? must : v, .last = v + 1, .root = REQUEST, .mode = STR("change"), .implied_by = -1, .relation = STR(""),
                .rule = STR("construction must"), .confidence = 0.6f, .nearly = STR(""), .intention = true};
    ev.source = arena_array(&doc->home, int32_t, 1), ev.source[0] = source, ev.source_count = 1;
    ev.target = arena_array(&doc->home, int32_t, asked.count);
    memcpy(ev.target, asked.at, sizeof *ev.target * (size_t)asked.count);
    ev.target_count = asked.count;
    arena_push(&doc->home, doc->events, doc->event_count, doc->event_capacity, ev);
}

/* Removes events whose confidence was set to 0, and renumbers. */
static void compact(document *doc, size_t from) {
    int32_t *moved = arena_array(&doc->home, int32_t, doc->event_count + 1);
    size_t kept = from;
    for (size_t i = 0; i < from; i++) moved[i] = (int32_t)i;
    for (size_t i = from; i < doc->event_count; i++) {
        moved[i] = doc->events[i].confidence > 0 ? (int32_t)kept : -1;
        int32_t trigger = doc->events[i].trigger;
        if (moved[i] < 0) {
            if (doc->tokens[trigger].event == (int32_t)i) doc->tokens[trigger].event = -1;
            continue;
        }
        doc->tokens[trigger].event = moved[i];
        doc->events[kept++] = doc->events[i];
    }
    doc->event_count = kept;
    for (size_t i = from; i < kept; i++)
        if (doc->events[i].implied_by >= 0) doc->events[i].implied_by = moved[doc->events[i].implied_by];
}

/* "Croatia 3-0": a score behind a name. */
static bool score_at(const document *doc, const sentence *s, int32_t t) {
    if (t == s->first || t + 2 >= s->last || at(doc, t)->upos != UPOS_NUM || at(doc, t + 2)->upos != UPOS_NUM || !str_in(at(doc, t + 1)->form, "- – —")) return false;
    if (at(doc, t)->form.len > 3 || at(doc, t + 2)->form.len > 3 || at(doc, t)->space_after) return false;
    if (at(doc, t - 1)->upos != UPOS_PROPN && !str_in(at(doc, t - 1)->lemma, "win lose draw beat lead away out off aside apart")) return false;
    return t + 3 >= s->last || at(doc, t + 3)->upos != UPOS_NOUN;
}

/* "Hurricanes 4, Senators 2": two names with a number each. */
static bool result_at(const document *doc, const sentence *s, int32_t t) {
    return t > s->first && t + 3 < s->last && at(doc, t)->upos == UPOS_NUM && at(doc, t + 1)->form.len == 1 && str_is(at(doc, t + 1)->form, ",") &&
           at(doc, t - 1)->upos == UPOS_PROPN && at(doc, t + 2)->upos == UPOS_PROPN && at(doc, t)->form.len <= 3 && at(doc, t)->timex < 0 &&
           (at(doc, t + 3)->upos == UPOS_NUM || (t + 4 < s->last && at(doc, t + 3)->upos == UPOS_PROPN && at(doc, t + 4)->upos == UPOS_NUM));
}

/* Polls, primaries and delegates: there nobody is beaten but at the ballot. */
static bool of_vote(const reading *in, const sentence *s) {
    bool vote = false;
    for (int32_t t = s->first; t < s->last; t++) {
        str lemma = at(in->doc, t)->lemma;
        if (frames_class_has(in->set, in->harm_class, lemma)) return false;
        vote |= frames_class_has(in->set, in->contest_class, lemma);
    }
    return vote;
}

static bool of_sport(const reading *in, const sentence *s) {
    int sport = 0;
    for (int32_t t = s->first; t < s->last; t++) {
        str lemma = at(in->doc, t)->lemma;
        if (frames_class_has(in->set, in->harm_class, lemma)) return false;
        if (score_at(in->doc, s, t) || result_at(in->doc, s, t)) sport += 2;
        if (at(in->doc, t)->upos == UPOS_PROPN && str_in(at(in->doc, t)->form, "Cup Olympics Olympic Championship Championships Trophy Wimbledon Wembley Twickenham")) sport += 2;
        if (at(in->doc, t)->upos != UPOS_NOUN) continue;
        if (str_in(lemma, "goal try wicket") && tree_find(in->doc, t, DEP_NUMMOD) >= 0) sport++; /* "three late goals" */
        sport += frames_class_has(in->set, in->sport_class, lemma) ? 2 : frames_class_has(in->set, in->play_class, lemma) ? 1 : 0;
    }
    return sport >= 2;
}

void read_events(reading *in, const sentence *s) {
    document *doc = in->doc;
    in->sport = of_sport(in, s), in->vote = of_vote(in, s);
    size_t from = doc->event_count;
    for (int32_t t = s->first; t < s->last; t++) {
        match m = {0};
        doc->tokens[t].event = -1;
        if (match_trigger(in, t, &m) && !m.frame->none) add_event(in, &m);
    }
    size_t framed = doc->event_count;
    for (int32_t t = s->first; t < s->last; t++)
        if (at(doc, t)->upos == UPOS_VERB) add_demand(in, t);
    if (doc->event_count == from) return;
    for (size_t i = from; i < framed; i++) read_complements(in, (int32_t)i);
    complete_sides(in, from);
    drop_doubles(doc, from);
    drop_demands_of_protests(doc, from);
    add_refusals(in, from);
    add_intentions(in, from);
    compact(doc, from);
    weigh_events(in, from);
}

