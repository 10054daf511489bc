/* Statements: rules S1–S9 of docs/coding.md, in that order. */
#include "statement/statement.h"
#include "statement/parties.h"
#include "statement/trust.h"

#include <math.h>
#include <stdio.h>

enum { MOST_PAIRS = 4, MOST_VOICES = 8 };

typedef struct joining {
    const rap_engine *engine;
    document *doc;
    int32_t *first; /* first statement of every event, -1 if it made none */
    int32_t *count; /* how many it made */
    trust_view view;
} joining;

/* The day on which its actors' offices are asked for: the middle of the event's time ("in 2006"), but none after the publication. */
static day acting_day(const document *doc, const event_time *t) {
    if (t->begin == DAY_NONE || t->end == DAY_NONE) return t->begin;
    day middle = t->begin + (t->end - t->begin) / 2, told = doc->published.date;
    return told != DAY_NONE && middle > told && told >= t->begin ? told : middle;
}

/* ---- S1: how sure the innermost voice is ---- */

static factuality opposite(factuality f) {
    static const factuality other[] = {FACT_UU, FACT_CT_MINUS, FACT_PR_MINUS, FACT_PS_MINUS, FACT_CT_PLUS, FACT_PR_PLUS, FACT_PS_PLUS};
    return other[f];
}

/* Who disputes or doubts it holds the opposite for likely. */
static factuality doubted(factuality f) {
    factuality other = opposite(f);
    return other == FACT_CT_MINUS ? FACT_PR_MINUS : other == FACT_CT_PLUS ? FACT_PR_PLUS : other;
}

static bool positive(factuality f) { return f == FACT_CT_PLUS || f == FACT_PR_PLUS || f == FACT_PS_PLUS; }

/* Does this voice leave something out, or say that it will not speak? It then commits to nothing. */
static bool silent(const quotation *q) { return q->stance == STANCE_OMITS || q->stance == STANCE_DECLINES; }

static const predicate *predicate_of(const document *doc, int32_t word) {
    int32_t p = doc->tokens[word].predicate;
    return p >= 0 ? &doc->predicates[p] : NULL;
}

/* An event that another implies not to have happened takes the opposite of how sure that one is ("may have refused": PS-). */
static factuality how_sure(const document *doc, const event *ev) {
    const predicate *own = predicate_of(doc, ev->trigger);
    if (own && own->quotation >= 0 && silent(&doc->quotations[own->quotation])) return FACT_UU;
    if (ev->intention) return FACT_CT_PLUS;
    if (ev->implied_by >= 0 && ev->implied_polarity < 0) {
        const predicate *outer = predicate_of(doc, doc->events[ev->implied_by].trigger);
        factuality of_outer = outer ? outer->factuality : FACT_CT_PLUS;
        if (positive(of_outer)) return opposite(of_outer);
        if (of_outer == FACT_UU) return FACT_UU;
    }
    factuality value = own ? own->factuality : FACT_CT_PLUS;
    return ev->absent ? opposite(value) : value;
}

/* ---- S2: whose words ---- */

static int chain_of_voices(joining *j, int32_t innermost, int32_t trigger, factuality event_value, day date, voice_link **out) {
    document *doc = j->doc;
    int32_t path[MOST_VOICES];
    int n = 0;
    for (int32_t q = innermost; q >= 0 && n < MOST_VOICES; q = doc->quotations[q].outer)
        if (doc->quotations[q].cue_token != trigger) path[n++] = q;
    voice_link *voices = n ? arena_array(&doc->home, voice_link, n) : NULL;
    for (int i = 0; i < n; i++) {
        voice_link *v = &voices[i];
        v->quotation = path[n - 1 - i];
        const quotation *q = &doc->quotations[v->quotation];
        if (q->speaker >= 0) {
            who_actor(j->engine->who, doc, q->speaker, date, &v->speaker);
            v->has_speaker = true;
        }
        v->factuality = i == n - 1 ? event_value : doc->quotations[path[n - 2 - i]].factuality;
    }
    *out = voices;
    return n;
}

/* ---- S3: actors on the date of the event: parties.c ---- */

/* ---- S4: a name that lasts: spans and heads, never coded values ---- */

static void name_statement(document *doc, statement *s) {
    uint64_t h = str_hash(doc->id, 0);
    const sentence *in = &doc->sentences[s->sentence];
    uint32_t spans[8] = {(uint32_t)in->block, s->trigger_start, s->trigger_end,
                         s->has_source ? doc->tokens[s->source.head].start + 1 : 0,
                         s->has_target ? doc->tokens[s->target.head].start + 1 : 0, (uint32_t)s->voice_count,
                         s->has_source ? (uint32_t)s->source.part : 0, s->has_target ? (uint32_t)s->target.part : 0};
    h = str_hash((str){(const char *)spans, sizeof spans}, h);
    for (int i = 0; i < s->voice_count; i++) {
        const quotation *q = &doc->quotations[s->voices[i].quotation];
        uint32_t at[2] = {q->has_source ? q->source.start + 1 : 0, q->has_cue ? q->cue.start + 1 : 0};
        h = str_hash((str){(const char *)at, sizeof at}, h);
    }
    s->id = arena_format(&doc->home, "%016llx", (unsigned long long)h);
}

static bool known(const document *doc, str id) {
    for (size_t i = doc->statement_count; i-- > 0 && doc->statement_count - i < 64;)
        if (str_eq(doc->statements[i].id, id)) return true;
    return false;
}

static int32_t keep(document *doc, statement s) {
    name_statement(doc, &s);
    if (known(doc, s.id)) return -1;
    arena_push(&doc->home, doc->statements, doc->statement_count, doc->statement_capacity, s);
    return (int32_t)doc->statement_count - 1;
}

/* ---- S5: when and where ---- */

static void set_place(joining *j, statement *s) {
    str countries[2];
    int n = 0;
    if (s->has_source && s->source.country.len == 3) countries[n++] = s->source.country;
    if (s->has_target && s->target.country.len == 3) countries[n++] = s->target.country;
    s->place = where_of(j->engine->where, j->doc, s->trigger, countries, n);
}

/* ---- S6: how much to trust it: the event, weighed down by doubtful actors and arcs, and all else that is known of it (trust.h) ---- */

/* What is said not to have happened is rare and sought, what a state's people are alleged to have done is sought too: they are kept at half the limit. */
static const float LESS_FOR_NOT = 0.5f;
static bool not_or_alleged(const statement *s) {
    bool state = (s->has_source && s->source.country.len == 3) || (s->has_target && s->target.country.len == 3);
    return s->factuality >= FACT_CT_MINUS || (state && (s->factuality == FACT_PR_PLUS || s->factuality == FACT_PS_PLUS));
}
/* A text of a lead's length was picked for what it tells, and shows little of what else a document is known by. */
static const float LESS_IN_A_LEAD = 0.7f;
enum { SENTENCES_OF_A_LEAD = 3 };
/* Between two states that are named, or whose people are, a frame is seldom wrong about there being something to tell, and a question or a mere possibility
 * is sought like the rest: the readers, who judged general news, saw few of them. */
static const float LESS_BETWEEN_STATES = 0.15f;
static bool between_states(const statement *s) {
    if (!s->has_source || !s->has_target || s->root == EVENT_NONE || str_eq(s->source.country, s->target.country)) return false;
    bool both = s->source.country.len == 3 && s->target.country.len == 3;
    bool one = s->source.country.len == 3 ? s->target.name.len || s->target.sector_count : s->target.country.len == 3 && (s->source.name.len || s->source.sector_count);
    return both || (one && s->factuality != FACT_CT_PLUS);
}
/* Without a model. */
static const float LEAST_WEIGHT = 0.25f;
static float plain_probability(float weight) { return 1.0f / (1.0f + expf(1.24f - 1.3f * weight)); }

static float weigh(const document *doc, const event *ev, const statement *s) {
    float c = ev->confidence > 0 ? ev->confidence : 0.5f;
    float actors = 1, arc = doc->tokens[ev->trigger].confidence;
    if (s->has_source && s->source.confidence < actors) actors = s->source.confidence;
    if (s->has_target && s->target.confidence < actors) actors = s->target.confidence;
    if (arc <= 0 || arc > 1) arc = 1;
    return c * (0.6f + 0.4f * actors) * (0.8f + 0.2f * arc);
}

static statement begin(joining *j, int32_t at) {
    document *doc = j->doc;
    const event *ev = &doc->events[at];
    const predicate *p = predicate_of(doc, ev->trigger);
    statement s = {.sentence = doc->tokens[ev->trigger].sentence, .event = at, .trigger = ev->trigger, .root = ev->root, .mode = ev->mode,
                   .context_count = ev->context_count, .rule = ev->rule, .place = -1};
    memcpy(s.context, ev->context, sizeof s.context);
    s.trigger_start = doc->tokens[ev->first].start;
    s.trigger_end = doc->tokens[ev->last - 1].end;
    s.factuality = how_sure(doc, ev);
    if (p) s.cue = p->cue, s.cue_count = p->cue_count;
    s.time = when_of(j->engine->when, doc, ev->trigger);
    s.time.background |= ev->noevent_background;
    s.voice_count = chain_of_voices(j, p ? p->quotation : -1, ev->trigger, s.factuality, acting_day(j->doc, &s.time), &s.voices);
    return s;
}

/* Is it to be trusted enough to be said? One that another implies stands and falls with that; what a voice leaves out is told for its own sake. */
static bool finish(joining *j, const event *ev, statement *s) {
    float weight = weigh(j->doc, ev, s), x[MOST_TRUST];
    const trust_model *model = j->engine->trust;
    bool reason = ev->implied_by >= 0 || (s->voice_count && silent(&j->doc->quotations[s->voices[s->voice_count - 1].quotation]));
    set_place(j, s);
    s->weight = weight;
    if (!model) {
        s->confidence = plain_probability(weight);
        return reason || ev->root == EVENT_NONE || weight >= LEAST_WEIGHT || j->engine->least < 0;
    }
    int n = trust_features(j->engine, j->doc, &j->view, s, weight, x);
    trust_few_sentences(model, x, n, j->doc->sentence_count);
    s->confidence = trust_of(model, x, n, s->rule);
    float usual = trust_least(model) * (between_states(s) ? LESS_BETWEEN_STATES : not_or_alleged(s) ? LESS_FOR_NOT : j->doc->sentence_count <= SENTENCES_OF_A_LEAD ? LESS_IN_A_LEAD : 1), least = j->engine->least;
    s->faint = !reason && s->confidence < usual;
    return least == 0 ? !s->faint : reason || s->confidence >= least;
}

/* ---- S7: one statement a pair; symmetric events one for all parties ---- */

static void state_parties(joining *j, int32_t at, statement s) {
    document *doc = j->doc;
    const event *ev = &doc->events[at];
    parties all = {0};
    parties_add(j->engine, doc, ev->source, ev->source_count, acting_day(j->doc, &s.time), &all);
    parties_add(j->engine, doc, ev->target, ev->target_count, acting_day(j->doc, &s.time), &all);
    parties_add(j->engine, doc, ev->other, ev->other_count, acting_day(j->doc, &s.time), &all);
    actor *each = all.count ? arena_array(&doc->home, actor, all.count) : NULL;
    int n = 0;
    for (int i = 0; i < all.count; i++) {
        bool twice = false;
        for (int m = 0; m < n; m++) twice |= same_party(&each[m], &all.is[i]);
        if (!twice) each[n++] = all.is[i];
    }
    int against = -1; /* "A and B met C": the first of those met is the other side */
    parties met = {0};
    if (ev->source_count > 1 && ev->target_count) parties_add(j->engine, doc, ev->target, ev->target_count, acting_day(j->doc, &s.time), &met);
    for (int i = 1; met.count && i < n && against < 0; i++)
        if (same_party(&each[i], &met.is[0])) against = i;
    if (against > 1) {
        actor other = each[against];
        for (int i = against; i > 1; i--) each[i] = each[i - 1];
        each[1] = other;
    }
    if (n == 0) return;
    s.source = each[0], s.has_source = true;
    if (n > 1) s.target = each[1], s.has_target = true;
    if (n > 2) s.others = each + 2, s.other_count = n - 2;
    if (!finish(j, ev, &s)) return;
    int32_t made = keep(doc, s);
    if (made >= 0) j->first[at] = made, j->count[at] = 1;
}

static void state_pair(joining *j, int32_t at, statement s, const actor *source, const actor *target) {
    document *doc = j->doc;
    const event *ev = &doc->events[at];
    if (source) s.source = *source, s.has_source = true;
    if (target) s.target = *target, s.has_target = true;
    if (!s.has_source && !s.has_target) return;
    /* Whatever coreference says, an object that is no reflexive is somebody else than the subject (Chomsky's principle B). */
    if (s.has_source && s.has_target && same_party(&s.source, &s.target) && !doc->tokens[s.target.head].morph.reflex) s.has_target = false;
    set_place(j, &s); /* whoever is struck may be of the place; set anew when both sides are known */
    share_country(doc, &s);
    parties others = {0};
    parties_add(j->engine, doc, ev->other, ev->other_count, acting_day(j->doc, &s.time), &others);
    s.others = others.count ? arena_array(&doc->home, actor, others.count) : NULL, s.other_count = others.count;
    if (others.count) memcpy(s.others, others.is, sizeof(actor) * (size_t)others.count);
    if (!finish(j, ev, &s)) return;
    imply_target(doc, &s); /* after the trust: what is only understood makes what is said no surer and no less sure */
    int32_t made = keep(doc, s);
    if (made < 0) return;
    if (j->count[at]++ == 0) j->first[at] = made;
}

static void state(joining *j, int32_t at) {
    const event *ev = &j->doc->events[at];
    statement s = begin(j, at);
    if (ev->symmetric) {
        state_parties(j, at, s);
        return;
    }
    parties sources = {0}, targets = {0};
    parties_add(j->engine, j->doc, ev->source, ev->source_count, acting_day(j->doc, &s.time), &sources);
    bool mutual = ev->target_count == 1 && is_reciprocal(j->doc, ev->target[0]);
    if (mutual) targets = sources;
    else parties_add(j->engine, j->doc, ev->target, ev->target_count, acting_day(j->doc, &s.time), &targets);
    int made = 0;
    for (int a = 0; a < (sources.count ? sources.count : 1); a++)
        for (int b = 0; b < (targets.count ? targets.count : 1); b++) {
            if ((mutual && a == b) || made++ >= MOST_PAIRS) continue;
            state_pair(j, at, s, sources.count ? &sources.is[a] : NULL, targets.count ? &targets.is[b] : NULL);
        }
}

/* ---- S8: a voice that would not say ---- */

static bool spoken_in(const document *doc, int32_t q) {
    for (size_t i = 0; i < doc->statement_count; i++)
        for (int v = 0; v < doc->statements[i].voice_count; v++)
            if (doc->statements[i].voices[v].quotation == q) return true;
    return false;
}

/* Of such statements people found right 8 of 11 that somebody declined to speak, and 1 of 15 that somebody left something out: the verbs of leaving out
 * ("ignored", "did not say") are rarely about a report. A medium's are: what it did not show is why it is named at all. */
static const float DECLINED = 0.7f, LEFT_OUT = 0.1f, LEFT_OUT_BY_MEDIUM = 0.6f, LEFT_OUT_BY_OFFICE = 0.4f;

static float trust_of_silence(const document *doc, const quotation *q) {
    if (q->stance == STANCE_DECLINES) return DECLINED;
    float most = LEFT_OUT;
    for (size_t i = 0; i < doc->quotation_count; i++) { /* who is silent beside a paper is a paper */
        const quotation *beside = &doc->quotations[i];
        if (beside->cue_token != q->cue_token) continue;
        bool medium = str_in(beside->voice, "media document") || str_is(beside->voice, "state media");
        float trust = medium ? LEFT_OUT_BY_MEDIUM : str_is(beside->voice, "official") ? LEFT_OUT_BY_OFFICE : LEFT_OUT;
        if (trust > most) most = trust;
    }
    return most;
}

/* "declined to comment": a stance without an event keeps its own statement, with the cue for its trigger. */
static void state_silence(joining *j, int32_t at) {
    document *doc = j->doc;
    const quotation *q = &doc->quotations[at];
    if (!silent(q) || q->cue_token < 0 || q->speaker < 0 || spoken_in(doc, at)) return;
    const token *word = &doc->tokens[q->cue_token];
    float usual = j->engine->trust ? trust_least(j->engine->trust) : 0, limit = j->engine->least == 0 ? usual : j->engine->least;
    statement s = {.sentence = word->sentence, .event = -1, .trigger = q->cue_token, .mode = STR(""), .factuality = FACT_UU,
                   .rule = STR("stance"), .place = -1, .confidence = trust_of_silence(doc, q)};
    if (s.confidence < limit) return;
    s.faint = s.confidence < usual;
    s.trigger_start = q->has_cue ? q->cue.start : word->start;
    s.trigger_end = q->has_cue ? q->cue.end : word->end;
    s.time = when_of(j->engine->when, doc, q->cue_token);
    s.voice_count = chain_of_voices(j, at, -1, FACT_UU, acting_day(j->doc, &s.time), &s.voices);
    keep(doc, s);
}

/* "Neither paper mentioned a meeting": voices that share their words are two quotations with one content, each with statements of its own. */
static void state_sharers(joining *j, int32_t at) {
    document *doc = j->doc;
    const quotation *q = &doc->quotations[at];
    if (q->part_count == 0 || spoken_in(doc, at)) return;
    size_t before = doc->statement_count;
    for (size_t i = 0; i < before; i++) {
        statement s = doc->statements[i];
        if (s.voice_count == 0) continue;
        const quotation *other = &doc->quotations[s.voices[s.voice_count - 1].quotation];
        if (other == q || other->block != q->block || other->part_count == 0 || other->cue_token != q->cue_token ||
            other->parts[0].start != q->parts[0].start)
            continue;
        s.voice_count = chain_of_voices(j, at, -1, s.factuality, acting_day(j->doc, &s.time), &s.voices);
        s.links = NULL, s.link_count = 0;
        keep(doc, s);
    }
}

/* ---- S9: links ---- */

static void add_link(document *doc, int32_t from, const char *rel, int32_t to) {
    statement *s = &doc->statements[from];
    link *links = arena_array(&doc->home, link, s->link_count + 1);
    if (s->link_count) memcpy(links, s->links, sizeof(link) * (size_t)s->link_count);
    links[s->link_count] = (link){str_of(rel), to};
    s->links = links;
    s->link_count++;
}

static void link_implied(joining *j) {
    document *doc = j->doc;
    for (size_t i = 0; i < doc->event_count; i++) {
        int32_t from = doc->events[i].implied_by;
        if (from < 0 || j->count[from] == 0) continue;
        const str rel = doc->events[i].relation;
        for (int k = 0; k < j->count[i]; k++) add_link(doc, j->first[from], rel.len ? rel.ptr : "implies", j->first[i] + k);
    }
}

/* "A says so; B denies it": B's voice takes up every statement of A's, with B's value. */
static void answer(joining *j, int32_t at) {
    document *doc = j->doc;
    const quotation *q = &doc->quotations[at];
    if (q->answers < 0) return;
    size_t before = doc->statement_count;
    bool spoken = spoken_in(doc, at);
    for (size_t i = 0; i < before; i++) {
        statement s = doc->statements[i];
        if (s.voice_count == 0 || s.voices[s.voice_count - 1].quotation != q->answers) continue;
        if (spoken) {
            for (size_t k = 0; k < before; k++) {
                const statement *mine = &doc->statements[k];
                if (mine->voice_count && mine->voices[mine->voice_count - 1].quotation == at && mine->root == s.root)
                    add_link(doc, (int32_t)k, "answers", (int32_t)i);
            }
            continue;
        }
        factuality f = q->stance == STANCE_DENIES ? opposite(s.factuality) : q->stance == STANCE_ASSERTS || q->stance == STANCE_CONCEDES ? s.factuality : q->stance == STANCE_DOUBTS ? doubted(s.factuality) : FACT_UU;
        s.factuality = f;
        s.voice_count = chain_of_voices(j, at, -1, f, acting_day(j->doc, &s.time), &s.voices);
        s.links = NULL, s.link_count = 0;
        int32_t made = keep(doc, s);
        if (made >= 0) add_link(doc, made, "answers", (int32_t)i);
    }
}

/* An event in a clause of reason explains the one above it. */
static void link_reasons(joining *j) {
    document *doc = j->doc;
    for (size_t i = 0; i < doc->event_count; i++) {
        int32_t t = doc->events[i].trigger, head = doc->tokens[t].head;
        if (head < 0 || doc->tokens[t].deprel != DEP_ADVCL || !str_in(tree_case(doc, t), "because since as")) continue;
        int32_t above = doc->tokens[head].event;
        if (str_is(tree_case(doc, t), "because") && above >= 0 && j->count[above] && j->count[i])
            add_link(doc, j->first[above], "because", j->first[i]);
    }
}

/* ---- who speaks in each sentence, whether or not it holds a statement: for those who ask who says why ---- */

static str name_of_speaker(joining *j, const quotation *q) {
    actor a = {0};
    if (q->speaker >= 0) who_actor(j->engine->who, j->doc, q->speaker, j->doc->published.date, &a);
    if (a.name.len) return a.name;
    return document_span(j->doc, q->block, q->source.start, q->source.end);
}

static bool speaks_in(const document *doc, const quotation *q, int32_t at) {
    const sentence *s = &doc->sentences[at];
    if (q->cue_token >= s->first && q->cue_token < s->last) return true;
    for (int i = 0; i < q->part_count; i++)
        if (q->parts[i].first < s->last && q->parts[i].last > s->first) return true;
    return false;
}

static void name_speakers(joining *j) {
    document *doc = j->doc;
    size_t from = 0; /* quotations are in text order, one seldom reaches over more than a few sentences */
    for (int32_t at = 0; at < (int32_t)doc->sentence_count; at++) {
        const quotation *best = NULL;
        for (size_t i = from; i < doc->quotation_count; i++) {
            const quotation *q = &doc->quotations[i];
            if (!q->link || !q->has_source || silent(q) || !speaks_in(doc, q, at)) continue;
            if (!best || (q->view && !best->view) || (q->view == best->view && best->outer == (int32_t)i)) best = q;
        }
        while (from + 40 < doc->quotation_count && doc->quotations[from].cue_token >= 0 && doc->tokens[doc->quotations[from].cue_token].sentence + 8 < at) from++;
        if (best) arena_push(&doc->home, doc->speakings, doc->speaking_count, doc->speaking_capacity, ((struct speaking){at, name_of_speaker(j, best), best->view}));
    }
}

void statement_read(const rap_engine *engine, document *doc) {
    joining j = {engine, doc, arena_array(&doc->home, int32_t, doc->event_count + 1), arena_array(&doc->home, int32_t, doc->event_count + 1), {.first_person = 0}};
    for (size_t i = 0; i < doc->event_count; i++) j.first[i] = -1;
    if (engine->trust) trust_look(engine, doc, &j.view);
    for (size_t i = 0; i < doc->event_count; i++) state(&j, (int32_t)i);
    for (size_t i = 0; i < doc->quotation_count; i++) state_sharers(&j, (int32_t)i);
    for (size_t i = 0; i < doc->quotation_count; i++) state_silence(&j, (int32_t)i);
    link_implied(&j);
    link_reasons(&j);
    for (size_t i = 0; i < doc->quotation_count; i++) answer(&j, (int32_t)i);
    name_speakers(&j);
}
