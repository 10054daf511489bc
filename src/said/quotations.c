/* The quotations layer: attributions with voice, stance, nesting and what they answer. */
#include "said/stage.h"

#include <stdlib.h>

static content bytes_of(const reading *r, tokens_span s) {
    content c = {.first = s.first, .last = s.last + 1};
    part_bytes(r, s, &c.start, &c.end);
    return c;
}

/* The cue's words: auxiliaries, negation and adverbs before it, particle and preposition behind it, as far as they touch. */
static tokens_span cue_words(const reading *r, int32_t t) {
    tokens_span s = {t, t};
    for (int32_t k = t - 1; k >= 0 && tok(r, k)->sentence == tok(r, t)->sentence; k--) {
        deprel b = rel_base(r, k);
        if (tok(r, k)->head != t || !(b == DEP_AUX || b == DEP_COP || b == DEP_ADVMOD)) break;
        s.first = k;
    }
    while (s.last + 1 < (int32_t)r->doc->token_count && tok(r, s.last + 1)->head == t &&
           (rel_base(r, s.last + 1) == DEP_COMPOUND || rel_base(r, s.last + 1) == DEP_FIXED)) s.last++;
    return s;
}

static int by_place(const void *a, const void *b) {
    const quotation *x = a, *y = b;
    if (x->block != y->block) return x->block < y->block ? -1 : 1;
    return x->parts[0].start < y->parts[0].start ? -1 : x->parts[0].start > y->parts[0].start;
}

static void push(reading *r, const found_attribution *f) {
    document *doc = r->doc;
    quotation q = {.block = doc->sentences[tok(r, f->cue)->sentence].block, .speaker = -1, .cue_token = f->cue, .outer = -1, .answers = -1,
                   .factuality = FACT_CT_PLUS, .stance = STANCE_ASSERTS, .quote = STR("indirect"), .voice = STR("")};
    q.has_cue = true;
    q.cue = bytes_of(r, cue_words(r, f->cue));
    q.has_source = f->source.parts > 0;
    if (q.has_source) q.source = bytes_of(r, f->source.part[0]), q.speaker = f->source.head;
    q.parts = arena_array(&doc->home, content, f->content.parts);
    for (int i = 0; i < f->content.parts; i++) q.parts[q.part_count++] = bytes_of(r, f->content.part[i]);
    arena_push(&doc->home, doc->quotations, doc->quotation_count, doc->quotation_capacity, q);
}

void quotations_read(const said_stage *stage, reading *r) {
    found_attribution *found;
    attribution_reading a = attribution_open(r);
    size_t n = attributions_find(&a, &stage->attribution, &found);
    for (size_t i = 0; i < n; i++) push(r, &found[i]);
    if (n) qsort(r->doc->quotations, r->doc->quotation_count, sizeof *r->doc->quotations, by_place);
}
