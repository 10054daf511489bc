#include "syntax/mend.h"
#include "syntax/syntax.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/memory.h"
#include "syntax/features.h"
#include "syntax/lemma.h"
#include "syntax/network.h"
#include "syntax/tree.h"

typedef struct bundle {
    str feats;
    morph morph;
} bundle;

enum { MOST_NETWORKS = 2 };

/* The buffers of one thread: a desk for each network. */
typedef struct team {
    struct team *next;
    desk *desk[MOST_NETWORKS];
} team;

struct syntax_stage {
    model_file file[MOST_NETWORKS];
    network net[MOST_NETWORKS];  /* that vote with the sum of their scores; lists are the first one's, calibration the last one's */
    int networks;
    lemmas lemmas;
    upos *upos;                  /* of the network's classes */
    deprel *deprel;
    bundle *bundles;             /* of the network's classes, those of one part of speech together */
    struct { int from, to; } range[UPOS_COUNT];
    int root_label;
    bool states;
    syntax_viewer viewer;
    pthread_mutex_t *lock;       /* of the store */
    team **store;                /* of teams that no thread uses just now */
};

/* ---- opening ---- */

static void read_bundles(syntax_stage *stage, arena *home, str text) {
    str line;
    stage->bundles = arena_array(home, bundle, stage->net->bundles);
    for (int i = 0; i < stage->net->bundles && str_split(&text, '\n', &line); i++) {
        str tag = {0};
        if (!str_split(&line, '|', &tag)) continue;
        stage->bundles[i].feats = line.ptr && line.len ? line : STR("_");
        stage->bundles[i].morph = morph_of(stage->bundles[i].feats);
        upos u = upos_of(tag);
        if (stage->range[u].to == 0) stage->range[u].from = i;
        stage->range[u].to = i + 1;
    }
}

static void read_names(syntax_stage *stage, arena *home, str upos_text) {
    str text = stage->net->label_names, line;
    stage->deprel = arena_array(home, deprel, stage->net->labels);
    for (int i = 0; i < stage->net->labels && str_split(&text, '\n', &line); i++) {
        stage->deprel[i] = deprel_of(line);
        if (stage->deprel[i] == DEP_ROOT) stage->root_label = i;
    }
    stage->upos = arena_array(home, upos, stage->net->upos);
    for (int i = 0; i < stage->net->upos && str_split(&upos_text, '\n', &line); i++) stage->upos[i] = upos_of(line);
    read_bundles(stage, home, stage->net->bundle_names);
}

/* syntax.bin says how many networks vote; the second one is in syntax-2.bin. */
static rap_status open_networks(syntax_stage *stage, const setup *given, rap_error *e) {
    static const char *const names[MOST_NETWORKS] = {"syntax.bin", "syntax-2.bin"};
    int32_t members = 1;
    for (int i = 0; i < members; i++) {
        rap_status status = model_open(&stage->file[i], given->models, names[i], e);
        if (status != RAP_OK) return status;
        stage->networks = i + 1;
        status = network_load(&stage->net[i], names[i], &stage->file[i], i ? stage->net : NULL, given->home, e);
        if (status != RAP_OK) return status;
        setup_stamp(given, &stage->file[i]);
        const int32_t *said = model_section(&stage->file[0], "members", sizeof *said, NULL);
        members = said && *said > 1 ? MOST_NETWORKS : 1;
    }
    stage->net->arc_factor = stage->net[stage->networks - 1].arc_factor; /* fitted on all of them together */
    stage->net->label_factor = stage->net[stage->networks - 1].label_factor;
    return RAP_OK;
}

static void close_files(syntax_stage *stage) {
    for (int i = 0; i < stage->networks; i++) model_close(&stage->file[i]);
}

rap_status syntax_open(syntax_stage **out, const setup *given, rap_error *e) {
    syntax_stage *stage = arena_new(given->home, syntax_stage);
    rap_status status = open_networks(stage, given, e);
    size_t tags = 0, exceptions = 0;
    const char *tag_text = status == RAP_OK ? model_section(stage->file, "upos", 1, &tags) : NULL;
    if (status == RAP_OK && !tag_text) status = error_set(e, RAP_UNREADABLE, "syntax.bin: the list \"upos\" is missing; put back the file that came with the program");
    if (status != RAP_OK) {
        close_files(stage);
        return status;
    }
    const char *exception_text = model_section(stage->file, "lemmas", 1, &exceptions);
    read_names(stage, given->home, (str){tag_text, (uint32_t)tags});
    lemmas_read(&stage->lemmas, given->home, stage->net->script_names, (str){exception_text ? exception_text : "", (uint32_t)exceptions},
                lexicon_file(given->lexicon, "lemmas.tsv"));
    stage->states = given->states;
    stage->lock = arena_new(given->home, pthread_mutex_t);
    stage->store = arena_new(given->home, team *);
    pthread_mutex_init(stage->lock, NULL);
    *out = stage;
    return RAP_OK;
}

static void team_free(team *t) {
    if (!t) return;
    for (int i = 0; i < MOST_NETWORKS; i++) desk_free(t->desk[i]);
    memory_free(t);
}

static team *team_new(const syntax_stage *stage) {
    team *t = memory_new(sizeof *t);
    if (!t) return NULL;
    *t = (team){0};
    for (int i = 0; i < stage->networks; i++)
        if (!(t->desk[i] = desk_new(&stage->net[i]))) return team_free(t), NULL;
    return t;
}

void syntax_close(syntax_stage *stage) {
    if (!stage) return;
    for (team *t = *stage->store, *next; t; t = next) next = t->next, team_free(t);
    pthread_mutex_destroy(stage->lock);
    close_files(stage);
}

bool syntax_force_kernel(syntax_stage *stage, const char *name) {
    const kernel *k = kernel_choose(name);
    for (int i = 0; k && i < stage->networks; i++) stage->net[i].kernel = k;
    return k != NULL;
}

void syntax_attach(syntax_stage *stage, const syntax_viewer *viewer) { stage->viewer = *viewer; }

const int8_t *syntax_word_vector(const syntax_stage *stage, str form, float *scale, int *width) {
    spelling s;
    uint32_t row;
    spelling_of(form, &s);
    if (!table_get(&stage->net->vector_index, (str){s.vector, s.vector_length}, &row)) return NULL;
    *scale = stage->net->vector_scale[row], *width = stage->net->vector;
    return stage->net->vector_rows + (size_t)row * (size_t)stage->net->vector;
}

/* ---- one batch of pieces ---- */

typedef struct piece {
    int first, end; /* words of the batch */
    int32_t token;  /* of the document */
    int32_t under;  /* token that this piece's root hangs on: the root of the sentence's first piece; -1 it is the first */
} piece;

typedef struct batch {
    piece pieces[BATCH_WORDS];
    net_word words[BATCH_WORDS];
    int ends[BATCH_WORDS];
    int piece_count, word_count;
} batch;

static int best_of(const float *x, int from, int to) {
    int best = from;
    for (int i = from + 1; i < to; i++)
        if (x[i] > x[best]) best = i;
    return best;
}

/* Is it a word that the pretrained vectors know? "refuse" is, "refus" is not. */
static bool known_word(const syntax_stage *stage, str word) {
    spelling s;
    spelling_of(word, &s);
    return table_has(&stage->net->vector_index, (str){s.vector, s.vector_length});
}

/* The list's lemma, else the best script's; where that makes no known word, the best of the next likely ones that does. */
static str choose_lemma(const syntax_stage *stage, document *doc, const token *t, const float *scores) {
    enum { TRIES = 4 };
    const float least = 6; /* nats below the best */
    const lemmas *l = &stage->lemmas;
    str found, first = t->form;
    if (t->upos == UPOS_NUM && str_find(t->form, STR(",")) > 0) return lemma_of_number(t->form, &doc->home);
    if (lemma_exception(l, t->form, t->upos, &found)) return found;
    float ceiling = 1e30f, best = 0;
    for (int tries = 0; tries < TRIES; tries++) {
        int next = -1;
        for (int i = 0; i < l->count; i++)
            if (scores[i] < ceiling && (next < 0 || scores[i] > scores[next]) && lemma_fits(&l->scripts[i], t->form)) next = i;
        if (next < 0 || (tries && scores[next] < best - least)) break;
        found = lemma_apply(&l->scripts[next], t->form, &doc->home);
        bool open = t->upos == UPOS_VERB || t->upos == UPOS_NOUN || t->upos == UPOS_ADJ || t->upos == UPOS_ADV;
        if (!open || known_word(stage, found)) return found;
        if (tries == 0) first = found, best = scores[next];
        ceiling = scores[next];
    }
    return first;
}

static void write_classes(const syntax_stage *stage, document *doc, token *t, const float *classes) {
    const network *net = stage->net;
    const float *bundles = classes + net->upos, *scripts = bundles + net->bundles;
    t->upos = stage->upos[best_of(classes, 0, net->upos)];
    t->feats = STR("_"), t->morph = (morph){0};
    if (stage->range[t->upos].to) {
        const bundle *b = &stage->bundles[best_of(bundles, stage->range[t->upos].from, stage->range[t->upos].to)];
        t->feats = b->feats, t->morph = b->morph;
    }
    t->lemma = choose_lemma(stage, doc, t, scripts);
}

/* Labels of a word: root for the root and for nothing else. */
static int choose_label(const syntax_stage *stage, const float *row, int head) {
    if (head == 0) return stage->root_label;
    int best = -1;
    for (int i = 0; i < stage->net->labels; i++)
        if (i != stage->root_label && (best < 0 || row[i] > row[best])) best = i;
    return best;
}

/* Scores of all networks, summed into the first one's rows: the product of their probabilities. */
static int summed_arcs(const syntax_stage *stage, team *crew, int first, int n) {
    int stride = network_arcs(stage->net, crew->desk[0], first, n);
    for (int i = 1; i < stage->networks; i++) {
        network_arcs(&stage->net[i], crew->desk[i], first, n);
        stage->net->kernel->add_row(crew->desk[0]->arcs, crew->desk[i]->arcs, n * stride);
    }
    return stride;
}

static int summed_labels(const syntax_stage *stage, team *crew, int first, int n, const int *heads) {
    int stride = network_labels(stage->net, crew->desk[0], first, n, heads);
    for (int i = 1; i < stage->networks; i++) {
        network_labels(&stage->net[i], crew->desk[i], first, n, heads);
        stage->net->kernel->add_row(crew->desk[0]->label_rows, crew->desk[i]->label_rows, n * stride);
    }
    return stride;
}

static void write_piece(const syntax_stage *stage, document *doc, team *crew, const piece *p, int32_t *first_root) {
    const network *net = stage->net;
    desk *d = crew->desk[0];
    int n = p->end - p->first, heads[BATCH_WORDS], room[3 * BATCH_WORDS], stride = summed_arcs(stage, crew, p->first, n);
    tree_decode(d->arcs, stride, n, heads, room);
    int labels = summed_labels(stage, crew, p->first, n, heads);
    for (int i = 0; i < n; i++) {
        token *t = &doc->tokens[p->token + i];
        float *arcs = d->arcs + i * stride, *row = d->label_rows + i * labels;
        int label = choose_label(stage, row, heads[i]);
        write_classes(stage, doc, t, d->classes + (size_t)(p->first + i) * (size_t)net->classes.outputs);
        arcs[i + 1] = -1e30f; /* a word is not its own head */
        t->confidence = net->kernel->probability(arcs, n + 1, heads[i], net->arc_factor);
        if (heads[i]) t->confidence *= net->kernel->probability(row, net->labels, label, net->label_factor);
        t->deprel = stage->deprel[label], t->head = heads[i] ? p->token + heads[i] - 1 : -1;
        if (heads[i]) continue;
        if (p->under < 0) *first_root = p->token + i;
        else t->head = *first_root, t->deprel = DEP_PARATAXIS;
    }
}

static void run_batch(const syntax_stage *stage, document *doc, team *crew, batch *b, int32_t *first_root) {
    if (b->word_count == 0) return;
    size_t width = (size_t)stage->net->width;
    desk *d = crew->desk[0];
    for (int i = 0; i < stage->networks; i++) {
        network_encode(&stage->net[i], crew->desk[i], b->words, b->ends, b->piece_count, 0);
        network_score(&stage->net[i], crew->desk[i], b->word_count);
        if (i) stage->net->kernel->add_row(d->classes, crew->desk[i]->classes, b->word_count * stage->net->classes.outputs);
    }
    for (int i = 0; i < b->piece_count; i++) {
        piece *p = &b->pieces[i];
        write_piece(stage, doc, crew, p, first_root);
        if (stage->states) memcpy(doc->states + (size_t)p->token * width, d->x + (size_t)p->first * width, (size_t)(p->end - p->first) * width * sizeof(float));
        for (int32_t k = p->first; stage->viewer.width && k < p->end; k++)
            stage->viewer.read(stage->viewer.model, d->x + (size_t)k * width, doc->views + (size_t)(p->token + k - p->first) * (size_t)stage->viewer.width);
    }
    b->piece_count = b->word_count = 0;
}

/* ---- a document ---- */

static bool breaks(str form) { return str_in(form, ", ; : . - -- \xe2\x80\x93 \xe2\x80\x94 ) ? !"); }

/* End of the piece that begins at `from`: the sentence's, or behind the last punctuation mark within reach. */
static int32_t piece_end(const document *doc, int32_t from, int32_t last) {
    if (last - from <= LONGEST_SENTENCE) return last;
    for (int32_t t = from + LONGEST_SENTENCE - 1; t > from + LONGEST_SENTENCE / 2; t--)
        if (breaks(doc->tokens[t].form)) return t + 1;
    return from + LONGEST_SENTENCE;
}

static void add_piece(document *doc, batch *b, const sentence *s, int32_t from, int32_t end) {
    b->pieces[b->piece_count] = (piece){b->word_count, b->word_count + end - from, from, from == s->first ? -1 : 0};
    for (int32_t t = from; t < end; t++)
        b->words[b->word_count++] = (net_word){doc->tokens[t].form, t > s->first && !doc->tokens[t - 1].space_after, !doc->tokens[t].space_after};
    b->ends[b->piece_count++] = b->word_count;
}

static void read_sentences(const syntax_stage *stage, document *doc, team *crew) {
    enum { FULL = 128 }; /* words that make a batch: enough rows for the products, few enough for the cache */
    batch *b = arena_new(&doc->home, batch);
    int32_t first_root = -1;
    for (size_t i = 0; i < doc->sentence_count; i++) {
        const sentence *s = &doc->sentences[i];
        for (int32_t from = s->first, end; from < s->last; from = end) {
            end = piece_end(doc, from, s->last);
            if (b->word_count + end - from > BATCH_WORDS) run_batch(stage, doc, crew, b, &first_root);
            add_piece(doc, b, s, from, end);
            if (b->word_count >= FULL) run_batch(stage, doc, crew, b, &first_root);
        }
    }
    run_batch(stage, doc, crew, b, &first_root);
    for (size_t i = 0; i < doc->sentence_count; i++) {
        tree_mend(doc, &doc->sentences[i]);
        tree_link(doc, &doc->sentences[i]);
    }
}

static team *take_team(const syntax_stage *stage) {
    pthread_mutex_lock(stage->lock);
    team *t = *stage->store;
    if (t) *stage->store = t->next;
    pthread_mutex_unlock(stage->lock);
    return t ? t : team_new(stage);
}

static void return_team(const syntax_stage *stage, team *crew) {
    pthread_mutex_lock(stage->lock);
    crew->next = *stage->store, *stage->store = crew;
    pthread_mutex_unlock(stage->lock);
}

/* The arena jumps out when memory ends: then the team goes back to the store before the jump goes on. False then. */
static bool read_with(const syntax_stage *stage, document *doc, team *crew) {
    jmp_buf escape;
    if (setjmp(escape)) return false;
    doc->home.escape = &escape;
    if (stage->states && doc->token_count) {
        doc->state_width = stage->net->width;
        doc->states = arena_array(&doc->home, float, doc->token_count * (size_t)stage->net->width);
    }
    if (stage->viewer.width) doc->views = arena_array(&doc->home, float, (doc->token_count + 1) * (size_t)stage->viewer.width);
    read_sentences(stage, doc, crew);
    return true;
}

void syntax_read(const syntax_stage *stage, document *doc) {
    jmp_buf *outer = doc->home.escape;
    team *crew = take_team(stage);
    bool done = crew && read_with(stage, doc, crew);
    doc->home.escape = outer;
    if (crew) return_team(stage, crew);
    if (done) return;
    if (outer) longjmp(*outer, 1);
    abort(); /* as the arena itself would */
}
