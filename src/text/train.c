/* Training of models/text.bin: logistic regression by stochastic gradient with a step of its own for each weight (J. Duchi et al. 2011, AdaGrad), over treebanks
 * written out in the guises that text takes (paragraph marks lost, quotes straight or curly, datelines, words run together). Deterministic. */
#include <math.h>

#include "base/memory.h"
#include "document.h"
#include "text/lists.h"
#include "text/model.h"
#include "text/reading.h"
#include "text/treebank.h"

enum { EPOCHS = 16, KNOWN_FROM = 3, DROPPED = 15 };

typedef struct learner {
    float *weight, *gradient; /* [slots]; sum of squared gradients */
    double *sum;              /* of weights over the last epochs */
    uint32_t mask;
    float rate;
    uint64_t asked, wrong, seed;
} learner;

static bool learner_open(learner *l, uint32_t slots, float rate) {
    *l = (learner){.mask = slots - 1, .rate = rate};
    l->weight = memory_new(slots * sizeof(float)), l->gradient = memory_new(slots * sizeof(float)), l->sum = memory_new(slots * sizeof(double));
    if (!l->weight || !l->gradient || !l->sum) return false;
    for (uint32_t i = 0; i < slots; i++) l->weight[i] = 0, l->gradient[i] = 1e-4f, l->sum[i] = 0;
    return true;
}
static void learner_close(learner *l) { memory_free(l->weight), memory_free(l->gradient), memory_free(l->sum); }

/* DROPPED of 100 features are left out at random, so that none is leant on alone (that of the rules least of all). */
static void learn(learner *l, const features *all, bool yes) {
    float score = 0;
    features kept = {0}, *f = &kept;
    for (uint32_t i = 0; i < all->count; i++)
        if (chance(&l->seed, 100) >= DROPPED) kept.key[kept.count++] = all->key[i];
    for (uint32_t i = 0; i < f->count; i++) score += l->weight[feature_slot(f->key[i], l->mask)];
    l->asked++, l->wrong += (score > 0) != yes;
    float error = (yes ? 1.0f : 0.0f) - 1.0f / (1.0f + expf(-score));
    if (fabsf(error) < 0.002f) return;
    for (uint32_t i = 0; i < f->count; i++) {
        uint32_t k = feature_slot(f->key[i], l->mask);
        float g = error - 1e-5f * l->weight[k];
        l->gradient[k] += g * g;
        l->weight[k] += l->rate * g / sqrtf(l->gradient[k]);
    }
}

typedef struct lesson {
    learner cuts, ends;
    uint8_t *known;
    const char *marks; /* of the document's text */
    const char *text;
} lesson;

static bool gold_cut(void *context, const cut_site *site) {
    lesson *l = context;
    int bits = l->marks[site->atoms[site->right].start];
    if (bits & UNKNOWN) return cut_by_rule(site);
    bool yes = bits & AFTER_WORD;
    features f;
    cut_features(site, l->known, &f);
    learn(&l->cuts, &f, yes);
    return yes;
}

static bool gold_end(void *context, const end_site *site) {
    lesson *l = context;
    bool yes = l->marks[site->tokens[site->next - 1].end] & AFTER_SENTENCE;
    features f;
    if (end_features(site, l->known, &f)) learn(&l->ends, &f, yes);
    return yes;
}

/* Words that begin with a small letter in the treebanks at least KNOWN_FROM times. */
static void learn_words(const treebank *bank, uint8_t *known, arena *home) {
    table seen;
    table_init(&seen, home, 1 << 16);
    for (size_t i = 0; i < bank->count; i++) {
        str form = bank->words[i].form;
        if (form.len < 1 || form.ptr[0] < 'a' || form.ptr[0] > 'z') continue;
        if (++*table_at(&seen, form, 0, NULL) == KNOWN_FROM) word_learn(known, lower_hash(form));
    }
}

static guise choose_guise(uint64_t *seed) {
    guise how = {.paragraph = "\n\n", .glue = 15, .abbreviated = 15, .unstopped = 20};
    uint32_t k = chance(seed, 10);
    if (k == 0) how.paragraph = " ";
    if (k < 4) how.quotes = 1;
    else if (k < 7) how.quotes = 2;
    how.capitals = chance(seed, 40) == 0;
    how.dateline = chance(seed, 4) == 0;
    return how;
}

static size_t document_end(const treebank *bank, size_t first) {
    while (first < bank->count && !bank->words[first].document_end) first++;
    return first < bank->count ? first + 1 : first;
}

static rap_status teach(lesson *l, const word_lists *lists, const treebank *bank, FILE *log, rap_error *e) {
    document *doc;
    rap_status s = rap_document_new(&doc, e);
    if (s != RAP_OK) return s;
    buffer text = {0}, marks = {0};
    text_judge judge = {gold_cut, gold_end, l};
    uint64_t seed = 20171122;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        l->cuts.asked = l->cuts.wrong = l->ends.asked = l->ends.wrong = 0;
        for (size_t first = 0, last; first < bank->count; first = last) {
            last = document_end(bank, first);
            guise how = choose_guise(&seed);
            if (epoch == 0 || epoch == EPOCHS - 1) how = (guise){.paragraph = "\n\n"};
            treebank_write(bank, first, last, &how, &seed, &text, &marks);
            l->marks = marks.ptr, l->text = text.ptr;
            document_clear(doc);
            document_blocks(doc, buffer_view(&text), buffer_view(&text));
            text_read_blocks(lists, &judge, doc);
        }
        fprintf(log, "epoch %2d: of %llu word boundaries in doubt %.3f %% wrong, of %llu sentence boundaries %.3f %%\n", epoch + 1, (unsigned long long)l->cuts.asked,
                100.0 * (double)l->cuts.wrong / (double)l->cuts.asked, (unsigned long long)l->ends.asked, 100.0 * (double)l->ends.wrong / (double)l->ends.asked);
        if (epoch >= EPOCHS / 2)
            for (uint32_t i = 0; i <= l->ends.mask; i++) {
                l->ends.sum[i] += l->ends.weight[i];
                if (i <= l->cuts.mask) l->cuts.sum[i] += l->cuts.weight[i];
            }
    }
    buffer_free(&text), buffer_free(&marks);
    rap_document_free(doc);
    return RAP_OK;
}

/* Weights as 16-bit numbers, the largest at 32,000. */
static float quantise(const learner *l, int16_t *out) {
    double most = 1e-9;
    for (uint32_t i = 0; i <= l->mask; i++) most = fmax(most, fabs(l->sum[i]));
    double scale = most / 32000;
    for (uint32_t i = 0; i <= l->mask; i++) out[i] = (int16_t)lround(l->sum[i] / scale);
    return (float)(scale / (EPOCHS - EPOCHS / 2));
}

static rap_status save(const lesson *l, const char *out, rap_error *e) {
    int16_t *cuts = memory_new(CUT_WEIGHTS * sizeof *cuts), *ends = memory_new(END_WEIGHTS * sizeof *ends);
    rap_status s = cuts && ends ? RAP_OK : error_set(e, RAP_NO_MEMORY, "out of memory while saving the weights");
    if (s == RAP_OK) {
        float scales[2] = {quantise(&l->cuts, cuts), quantise(&l->ends, ends)};
        model_part parts[] = {{"cuts", cuts, CUT_WEIGHTS * sizeof *cuts}, {"ends", ends, END_WEIGHTS * sizeof *ends}, {"scales", scales, sizeof scales}, {"known", l->known, KNOWN_BITS / 8}};
        s = model_write(out, parts, sizeof parts / sizeof *parts, e);
    }
    memory_free(cuts), memory_free(ends);
    return s;
}

static rap_status train(const char *const *files, size_t count, const char *out, arena *home, FILE *log, rap_error *e) {
    lexicon *lex = NULL;
    lesson l = {0};
    treebank bank = {0};
    word_lists lists;
    rap_status s = lexicon_open(&lex, NULL, e);
    if (s == RAP_OK) word_lists_read(&lists, lex, home);
    for (size_t i = 0; s == RAP_OK && i < count; i++) s = treebank_read(&bank, home, files[i], e);
    if (s == RAP_OK && (!learner_open(&l.cuts, CUT_WEIGHTS, 0.15f) || !learner_open(&l.ends, END_WEIGHTS, 0.1f))) s = error_set(e, RAP_NO_MEMORY, "out of memory while training");
    if (s == RAP_OK) {
        l.known = arena_alloc(home, KNOWN_BITS / 8);
        learn_words(&bank, l.known, home);
        s = teach(&l, &lists, &bank, log, e);
    }
    if (s == RAP_OK) s = save(&l, out, e);
    learner_close(&l.cuts), learner_close(&l.ends);
    lexicon_close(lex);
    return s;
}

rap_status rap_train_text(const char *const *treebanks, size_t count, const char *out, FILE *log, rap_error *e) {
    arena home;
    jmp_buf escape;
    arena_init(&home);
    rap_status s;
    if (setjmp(escape)) s = error_set(e, RAP_NO_MEMORY, "out of memory while training");
    else {
        home.escape = &escape;
        s = train(treebanks, count, out, &home, log, e);
    }
    arena_free(&home);
    return s;
}
