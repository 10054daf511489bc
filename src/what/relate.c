/* The event between two given sides: always an answer. */
#include "what/stage.h"

static const token *at(const document *doc, int32_t t) { return &doc->tokens[t]; }

static int32_t head_of(const document *doc, const int32_t *side, int32_t number) {
    for (size_t t = 0; t < doc->token_count; t++)
        if (side[t] == number && (at(doc, (int32_t)t)->head < 0 || side[at(doc, (int32_t)t)->head] != number) && at(doc, (int32_t)t)->upos != UPOS_PUNCT)
            return (int32_t)t;
    return -1;
}

static void mark(document *doc, int32_t *side, const content *spans, int count, int32_t number) {
    for (int i = 0; i < count; i++)
        for (size_t t = 0; t < doc->token_count; t++)
            if (doc->tokens[t].start < spans[i].end && doc->tokens[t].end > spans[i].start) side[t] = number;
}

void sides_of(document *doc, const content *source, int sources, const content *target, int targets, sides *between) {
    int32_t *side = arena_array(&doc->home, int32_t, doc->token_count);
    mark(doc, side, source, sources, 1);
    mark(doc, side, target, targets, 2);
    *between = (sides){side, head_of(doc, side, 1), head_of(doc, side, 2)};
}

size_t relate_evidence(reading *in, const sides *between, evidence *out) {
    document *doc = in->doc;
    int32_t anchor = between->source >= 0 ? between->source : between->target;
    size_t first = doc->event_count;
    in->given = between->side;
    if (anchor >= 0) read_events(in, &doc->sentences[at(doc, anchor)->sentence]);
    evidence_gather(in, between, first, out);
    return first;
}

static bool touches(const sides *s, const event *ev) {
    for (int i = 0; i < ev->source_count; i++)
        if (s->side[ev->source[i]]) return true;
    for (int i = 0; i < ev->target_count; i++)
        if (s->side[ev->target[i]]) return true;
    return false;
}

/* The event of that root that lies best between the sides: gives mode, factuality, and parts CONCEDE from RETREAT. */
static const event *best_event(const document *doc, size_t first, const sides *s, int class) {
    const event *best = NULL;
    for (size_t i = first; i < doc->event_count; i++) {
        const event *ev = &doc->events[i];
        if (rank_class(ev->root) == class && (!best || (touches(s, ev) && !touches(s, best)))) best = ev;
    }
    return best;
}

/* Without a model: the frame that joins the sides, else any. */
static int by_frames(const document *doc, size_t first, const sides *s) {
    int any = -1;
    for (size_t i = first; i < doc->event_count; i++) {
        int class = rank_class(doc->events[i].root);
        if (class >= 0 && touches(s, &doc->events[i])) return class;
        if (class >= 0 && any < 0) any = class;
    }
    return any >= 0 ? any : rank_class(CONSULT);
}

what_answer what_relate(const what_stage *stage, const who_stage *who, document *doc, const content *source, int sources, const content *target,
                        int targets) {
    reading in;
    sides between;
    evidence *ev = arena_new(&doc->home, evidence);
    float p[RANK_CLASSES] = {0};
    what_begin(&in, stage, who, doc);
    sides_of(doc, source, sources, target, targets, &between);
    size_t first = relate_evidence(&in, &between, ev);
    int best = 0;
    if (stage->ranker) {
        ranker_score(stage->ranker, ev, p);
        for (int c = 1; c < RANK_CLASSES; c++)
            if (p[c] > p[best]) best = c;
    } else p[best = by_frames(doc, first, &between)] = 0.5f;
    what_answer answer = {.root = rank_root(best), .mode = STR(""), .factuality = FACT_CT_PLUS, .confidence = p[best]};
    const event *chosen = best_event(doc, first, &between, best);
    if (chosen) {
        int32_t pr = at(doc, chosen->trigger)->predicate;
        answer.root = chosen->root, answer.mode = chosen->mode;
        if (pr >= 0) answer.factuality = doc->predicates[pr].factuality;
    }
    return answer;
}
