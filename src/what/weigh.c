/* The ranker's view of what the frames found. */
#include <stdlib.h>

#include "what/ranker.h"
#include "what/stage.h"

enum { ALTERNATIVES = 3 };
/* How much of an event's confidence is the frame's and how much the ranker's: the frame names the arguments, the ranker has seen the words. */
static const float FRAME_SHARE = 0.6f;

static void mark(reading *in, const int32_t *heads, int count, int32_t number) {
    const document *doc = in->doc;
    for (int i = 0; i < count; i++) {
        int32_t m = doc->tokens[heads[i]].mention;
        in->side[heads[i]] = number;
        for (int32_t t = m >= 0 ? doc->mentions[m].first : 0; m >= 0 && t < doc->mentions[m].last; t++) in->side[t] = number;
    }
}

static str name_of(int class) { return str_of(class == rank_class(RETREAT) ? "YIELD" : plover_name(rank_root(class))); }

/* "ranker: ASSAULT 0.71, COERCE 0.12, ACCUSE 0.04" */
static void tell_alternatives(document *doc, event *ev, const float *p) {
    int best[ALTERNATIVES] = {-1, -1, -1};
    for (int c = 0; c < RANK_CLASSES; c++)
        for (int i = 0; i < ALTERNATIVES; i++)
            if (best[i] < 0 || p[c] > p[best[i]]) {
                for (int k = ALTERNATIVES - 1; k > i; k--) best[k] = best[k - 1];
                best[i] = c;
                break;
            }
    str a = name_of(best[0]), b = name_of(best[1]), c = name_of(best[2]);
    ev->nearly = arena_format(&doc->home, "%.*s%sranker: %.*s %.2f, %.*s %.2f, %.*s %.2f", STR_ARG(ev->nearly), ev->nearly.len ? "; " : "", STR_ARG(a),
                              (double)p[best[0]], STR_ARG(b), (double)p[best[1]], STR_ARG(c), (double)p[best[2]]);
}

/* What the ranker gives to an event. Of a deed that is told as coming the words say the intention (AGREE, THREATEN …): both are meant. */
static float given_to(const document *doc, size_t first, const event *ev, const float *p) {
    float sum = p[rank_class(ev->root)];
    for (size_t k = first; k < doc->event_count; k++) {
        const event *other = &doc->events[k];
        if (other != ev && other->trigger == ev->trigger && other->root != ev->root && (other->intention || ev->intention) && rank_class(other->root) >= 0)
            sum += p[rank_class(other->root)];
    }
    return sum > 1 ? 1 : sum;
}

/* The ranker's probabilities of what lies between an event's sides; evidence goes to in->evidence. `first`: first event of its sentence. */
static void ask(reading *in, const event *ev, size_t first, float *p) {
    int32_t target = ev->target_count ? ev->target[0] : ev->symmetric && ev->source_count > 1 ? ev->source[1] : -1;
    mark(in, ev->source, ev->source_count, 1);
    mark(in, ev->target, ev->target_count, 2);
    if (!ev->target_count && target >= 0) mark(in, &target, 1, 2);
    sides between = {in->side, ev->source_count ? ev->source[0] : -1, target};
    evidence_gather(in, &between, first, in->evidence);
    ranker_score(in->ranker, in->evidence, p);
    mark(in, ev->source, ev->source_count, 0);
    mark(in, ev->target, ev->target_count, 0);
}

void weigh_events(reading *in, size_t first) {
    document *doc = in->doc;
    if (!in->ranker || in->given) return;
    for (size_t i = first; i < doc->event_count; i++) {
        event *ev = &doc->events[i];
        ev->framed = ev->confidence, ev->ranked = -1;
        if (rank_class(ev->root) < 0 || ev->implied_by >= 0) continue; /* of an implied event the words say the opposite */
        float p[RANK_CLASSES];
        ask(in, ev, first, p);
        ev->ranked = given_to(doc, first, ev, p);
        ev->confidence = FRAME_SHARE * ev->framed + (1 - FRAME_SHARE) * ev->ranked;
        tell_alternatives(doc, ev, p);
    }
}

/* ---- reasons ---- */

static void add_reason(what_reasons *all, str name, float adds) {
    for (int i = 0; i < all->count; i++)
        if (str_eq(all->reason[i].name, name)) {
            all->reason[i].adds += adds;
            return;
        }
    if (all->count < MOST_REASONS) all->reason[all->count++] = (what_reason){name, adds};
}

static int by_size(const void *a, const void *b) {
    float x = ((const what_reason *)a)->adds, y = ((const what_reason *)b)->adds;
    x = x < 0 ? -x : x, y = y < 0 ? -y : y;
    return (x < y) - (x > y);
}

static size_t first_of_sentence(const document *doc, int32_t at) {
    size_t first = (size_t)at;
    while (first > 0 && doc->tokens[doc->events[first - 1].trigger].sentence == doc->tokens[doc->events[at].trigger].sentence) first--;
    return first;
}

void what_reasons_of(const what_stage *stage, const who_stage *who, document *doc, int32_t at, what_reasons *out) {
    static const char *const parts[DENSE_PARTS] = {"vectors of the path", "vector of the top", "vectors of the sentence"};
    const event *ev = &doc->events[at];
    reading in;
    float p[RANK_CLASSES];
    int class = rank_class(ev->root), other = -1;
    *out = (what_reasons){0};
    if (!stage->ranker || class < 0 || ev->ranked < 0) return;
    what_begin(&in, stage, who, doc);
    in.ranker = stage->ranker;
    in.side = arena_array(&doc->home, int32_t, doc->token_count);
    evidence *e = in.evidence = arena_new(&doc->home, evidence);
    e->names = arena_array(&doc->home, str, MOST_FEATURES), e->home = &doc->home;
    ask(&in, ev, first_of_sentence(doc, at), p);
    for (int c = 0; c < RANK_CLASSES; c++)
        if (c != class && (other < 0 || p[c] > p[other])) other = c;
    out->against = name_of(other);
    for (int i = 0; i < e->count; i++)
        add_reason(out, e->names[i], e->value[i] * (ranker_weight(stage->ranker, e->feature[i], class) - ranker_weight(stage->ranker, e->feature[i], other)));
    for (int d = 0; d < e->dense_count; d++)
        add_reason(out, str_of(parts[d * DENSE_PARTS / e->dense_count]), e->dense[d] * (ranker_dense(stage->ranker, d, class) - ranker_dense(stage->ranker, d, other)));
    qsort(out->reason, (size_t)out->count, sizeof *out->reason, by_size);
}
