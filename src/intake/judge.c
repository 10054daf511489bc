#include "intake/judge.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>

#include "base/memory.h"
#include "base/model_file.h"
#include "base/table.h"
#include "base/utf8.h"
#include "intake/furniture.h"

/* ---- the page as a whole ---- */

/* Text under an element, itself included. */
typedef struct extent { uint32_t words, link_words, prose_words; uint16_t blocks, prose_blocks; } extent;

typedef struct view {
    const page *p;
    const html_node *nodes;
    const html_block *blocks;
    int32_t count;
    extent *under;          /* [nodes] */
    uint32_t *path;         /* [nodes] groups of itself and of all around it that does not hold the headline */
    uint64_t *tags;         /* [nodes] kinds of elements above and itself: see above_bit */
    int32_t *signature;     /* [nodes] hash of tag and groups: siblings made alike */
    uint32_t *prose_before; /* [blocks + 1] words of running text in the blocks before */
    bool *prose;            /* [blocks] looks like running text */
    uint8_t *style;         /* [blocks] bits of what the line says */
    table repeats;          /* text of a block -> how often it stands on the page */
    table known;            /* hashes of the known article's four-word runs */
    int32_t trunk, first_prose, last_prose, headline, ender;
    str title;
    arena *scratch;
} view;

enum { STYLE_MENU = 1, STYLE_END = 2, STYLE_FURNITURE = 4, STYLE_BYLINE = 8, STYLE_CREDIT = 16, STYLE_CLOSED = 32 };

/* Kinds of elements worth knowing above a block. */
static int above_bit(uint8_t t) {
    switch (t) {
    case TAG_ARTICLE: return 0;
    case TAG_MAIN: return 1;
    case TAG_ASIDE: return 2;
    case TAG_NAV: return 3;
    case TAG_FOOTER: return 4;
    case TAG_HEADER: return 5;
    case TAG_FIGURE: return 6;
    case TAG_FORM: return 7;
    case TAG_TABLE: return 8;
    case TAG_UL: case TAG_OL: case TAG_DL: return 9;
    case TAG_BLOCKQUOTE: return 10;
    case TAG_SECTION: return 11;
    case TAG_FIGCAPTION: return 12;
    case TAG_LABEL: return 13;
    default: return -1;
    }
}
enum { ABOVE_BITS = 14 };

static uint8_t style_of(const intake_words *w, str line) {
    uint8_t s = 0;
    if (line_is_menu(w, line)) s |= STYLE_MENU;
    if (line_ends_article(w, line)) s |= STYLE_END;
    if (line_is_furniture(w, line)) s |= STYLE_FURNITURE;
    if (line_is_byline(line)) s |= STYLE_BYLINE;
    if (line_is_credit(line)) s |= STYLE_CREDIT;
    if (line_closed(line)) s |= STYLE_CLOSED;
    return s;
}

static void look_at_blocks(view *v) {
    uint32_t prose = 0;
    v->first_prose = v->last_prose = v->ender = -1;
    for (int32_t i = 0; i < v->count; i++) {
        const html_block *b = &v->blocks[i];
        str text = page_prose(v->p, b);
        uint32_t *times = table_at(&v->repeats, text, 0, NULL);
        ++*times;
        v->style[i] = style_of(v->p->words, text);
        v->prose[i] = b->words >= 12 && b->link_words * 3 < b->words && !b->hidden && (v->style[i] & STYLE_CLOSED) && !(v->style[i] & (STYLE_FURNITURE | STYLE_CREDIT));
        v->prose_before[i] = prose;
        if (v->prose[i]) {
            prose += b->words;
            if (v->first_prose < 0) v->first_prose = i;
            v->last_prose = i;
        }
        for (int32_t n = b->node; n >= 0; n = -1) {
            extent *x = &v->under[n];
            x->words += b->words, x->link_words += b->link_words, x->blocks++;
            if (v->prose[i]) x->prose_words += b->words, x->prose_blocks++;
        }
    }
    v->prose_before[v->count] = prose;
}

static void add_up(view *v) {
    for (int32_t i = page_count(v->p) - 1; i > 0; i--) {
        int32_t up = v->nodes[i].parent;
        if (up < 0) continue;
        extent *x = &v->under[up];
        const extent *y = &v->under[i];
        x->words += y->words, x->link_words += y->link_words, x->prose_words += y->prose_words;
        x->blocks = (uint16_t)(x->blocks + y->blocks), x->prose_blocks = (uint16_t)(x->prose_blocks + y->prose_blocks);
    }
    for (int32_t i = 0; i < page_count(v->p); i++) {
        const html_node *n = &v->nodes[i];
        int bit = above_bit(n->tag);
        /* What holds the headline holds the whole article: its classes tell nothing apart. */
        int32_t h = v->headline < 0 ? -1 : v->blocks[v->headline].node;
        v->path[i] = h >= i && h < n->end ? 0 : n->groups | (n->parent >= 0 ? v->path[n->parent] : 0);
        v->tags[i] = (bit >= 0 ? 1ull << bit : 0) | (n->flags & NODE_BODY_PROP ? 1ull << 20 : 0) | (n->parent >= 0 ? v->tags[n->parent] : 0);
        v->signature[i] = (int32_t)((n->groups * 2654435761u) ^ n->tag);
    }
}

/* Down from the root into the child that holds most of the running text, while it holds nearly all of it. */
static void find_trunk(view *v) {
    int32_t at = 0;
    v->trunk = -1;
    if (page_count(v->p) == 0) return;
    for (;;) {
        int32_t best = -1;
        for (int32_t c = at + 1; c < v->nodes[at].end; c = v->nodes[c].end > c ? v->nodes[c].end : c + 1)
            if (best < 0 || v->under[c].prose_words > v->under[best].prose_words) best = c;
        if (best < 0 || v->under[best].prose_words == 0 || v->under[best].prose_words * 10 < v->under[at].prose_words * 6) break;
        at = best;
    }
    v->trunk = at;
}

static void find_headline(view *v) {
    v->headline = -1;
    for (int32_t i = 0; i < v->count && v->headline < 0; i++)
        if (v->title.len && str_eq(page_prose(v->p, &v->blocks[i]), v->title)) v->headline = i;
    for (int32_t i = 0; i < v->count && v->headline < 0; i++)
        if (v->blocks[i].node >= 0 && v->nodes[v->blocks[i].node].tag == TAG_H1 && v->blocks[i].words >= 4) v->headline = i;
}

static bool in_word(char c) { return (unsigned char)c >= 0x80 || ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9'); }

/* Hashes of runs of four words, letters only. */
static uint32_t runs(str text, uint64_t *out, uint32_t most) {
    uint64_t last[4] = {0};
    uint32_t words = 0, n = 0;
    for (uint32_t i = 0; i < text.len && n < most;) {
        uint32_t from = i;
        while (i < text.len && in_word(text.ptr[i])) i++;
        if (i > from) {
            last[words++ % 4] = str_hash(str_sub(text, from, i), 0);
            if (words >= 4) out[n++] = last[words % 4] ^ (last[(words + 1) % 4] << 1) ^ (last[(words + 2) % 4] << 2) ^ (last[(words + 3) % 4] << 3);
        } else i++;
    }
    return n;
}

enum { MOST_RUNS = 40000 };

static void learn_known(view *v, str known) {
    uint64_t *keys = known.len > 200 ? arena_array(v->scratch, uint64_t, MOST_RUNS) : NULL;
    uint32_t n = keys ? runs(known, keys, MOST_RUNS) : 0;
    table_init(&v->known, v->scratch, n + 1);
    for (uint32_t i = 0; i < n; i++) table_set(&v->known, (str){(const char *)&keys[i], 8}, 1);
}

/* Share of the block's four-word runs that the known text has; -1 when nothing is known. */
static float known_share(const view *v, str text) {
    uint64_t keys[256];
    uint32_t n, hit = 0;
    if (v->known.count == 0) return -1;
    n = runs(text, keys, 256);
    for (uint32_t i = 0; i < n; i++) hit += table_has(&v->known, (str){(const char *)&keys[i], 8});
    return n ? (float)hit / (float)n : -0.5f;
}

/* ---- features of one block ---- */

typedef struct out { float *f; int n; } out;
static void put(out *o, double v) {
    if (o->n < JUDGE_FEATURES) o->f[o->n++] = (float)v;
}
static double ratio(double a, double b) { return b > 0 ? a / b : 0; }

static void text_features(const view *v, int32_t i, out *o) {
    const html_block *b = &v->blocks[i];
    str s = page_prose(v->p, b);
    uint32_t upper = 0, digit = 0, letter = 0, comma = 0, stops = 0, bar = 0, capital_words = 0;
    bool fresh = true;
    for (uint32_t k = 0; k < s.len; k++) {
        char c = s.ptr[k];
        bool up = c >= 'A' && c <= 'Z';
        upper += up, digit += c >= '0' && c <= '9', letter += (c | 32) >= 'a' && (c | 32) <= 'z', comma += c == ',', bar += c == '|' || c == '/' || c == '@';
        if (c == '.' && (k + 1 == s.len || s.ptr[k + 1] == ' ')) stops++;
        if (up && fresh) capital_words++;
        fresh = c == ' ' || c == '\n';
    }
    uint32_t times = 0;
    table_get(&v->repeats, s, &times);
    put(o, log1p(b->words));
    put(o, log1p(s.len));
    put(o, ratio(b->link_words, b->words));
    put(o, b->link_words);
    put(o, ratio(s.len, b->words));
    put(o, ratio(upper, letter + 1));
    put(o, ratio(capital_words, b->words + 1));
    put(o, ratio(digit, s.len));
    put(o, ratio(comma, b->words + 1));
    put(o, stops);
    put(o, bar);
    put(o, times);
    put(o, b->hidden);
    for (int bit = 0; bit < 6; bit++) put(o, (v->style[i] >> bit) & 1);
    put(o, v->title.len > 0 && str_eq(s, v->title));
    put(o, known_share(v, s));
    put(o, s.len && (unsigned char)s.ptr[0] < 0x80 && (s.ptr[0] | 32) >= 'a' && (s.ptr[0] | 32) <= 'z' && (s.ptr[0] & 32)); /* starts small */
    put(o, s.len && s.ptr[s.len - 1] == ':');
    put(o, s.len && s.ptr[s.len - 1] == '?');
}

static double tag_class(uint8_t t) {
    switch (t) {
    case TAG_P: return 1;
    case TAG_H1: return 2;
    case TAG_H2: return 3;
    case TAG_H3: case TAG_H4: case TAG_H5: case TAG_H6: return 4;
    case TAG_LI: return 5;
    case TAG_TD: case TAG_TH: case TAG_TR: return 6;
    case TAG_BLOCKQUOTE: return 7;
    case TAG_FIGCAPTION: return 8;
    case TAG_DD: case TAG_DT: return 9;
    case TAG_PRE: return 10;
    default: return 0;
    }
}

static void place_features(const view *v, int32_t i, out *o) {
    const html_block *b = &v->blocks[i];
    int32_t n = b->node < 0 ? 0 : b->node, up = v->nodes[n].parent < 0 ? 0 : v->nodes[n].parent, upper = v->nodes[up].parent < 0 ? 0 : v->nodes[up].parent;
    put(o, tag_class(v->nodes[n].tag));
    put(o, v->nodes[n].tag == TAG_P);
    put(o, tag_class(v->nodes[n].tag) >= 2 && tag_class(v->nodes[n].tag) <= 4);
    put(o, v->nodes[n].depth);
    for (int bit = 0; bit < ABOVE_BITS; bit++) put(o, (double)((v->tags[n] >> bit) & 1));
    put(o, (double)((v->tags[n] >> 20) & 1));
    uint32_t near = v->nodes[n].groups | v->nodes[up].groups | v->nodes[upper].groups, path = v->path[n];
    for (int group = 0; group < 30; group++) put(o, ((near >> group) & 1) * 2 + ((path >> group) & 1));
}

static void around_features(const view *v, int32_t i, out *o) {
    const html_block *b = &v->blocks[i];
    int32_t n = b->node < 0 ? 0 : b->node;
    double all = v->prose_before[v->count];
    int32_t level = n;
    for (int k = 0; k < 3; k++) { /* the element, what is around it, what is around that */
        const extent *x = &v->under[level];
        put(o, ratio(x->prose_words, all));
        put(o, ratio(x->link_words, x->words));
        put(o, log1p(x->words));
        level = v->nodes[level].parent < 0 ? level : v->nodes[level].parent;
    }
    bool in_trunk = v->trunk >= 0 && n >= v->trunk && n < v->nodes[v->trunk].end;
    put(o, in_trunk);
    int32_t up = n, steps = 0; /* how far up until the trunk's parts hold it */
    while (up >= 0 && !(v->trunk >= up && v->trunk < v->nodes[up].end)) up = v->nodes[up].parent, steps++;
    put(o, steps);
    put(o, v->trunk >= 0 ? v->nodes[n].depth - v->nodes[v->trunk].depth : 0);
    put(o, ratio(v->prose_before[i], all));
    put(o, log1p(v->prose_before[i]));
    put(o, log1p(all - v->prose_before[i + 1]));
    put(o, ratio(i, v->count));
    put(o, v->headline < 0 ? -1 : i > v->headline);
    put(o, v->first_prose >= 0 && i >= v->first_prose && i <= v->last_prose);
    put(o, v->ender >= 0 && i > v->ender);
    put(o, all);
}

static void neighbour_features(const view *v, int32_t i, out *o) {
    static const int steps[] = {-2, -1, 1, 2};
    for (int k = 0; k < 4; k++) {
        int32_t at = i + steps[k];
        bool there = at >= 0 && at < v->count;
        const html_block *b = there ? &v->blocks[at] : NULL;
        put(o, there ? log1p(b->words) : -1);
        put(o, there ? ratio(b->link_words, b->words) : -1);
        if (k == 1 || k == 2) {
            int32_t mine = v->blocks[i].node, other = there ? b->node : -1;
            put(o, there && mine >= 0 && other >= 0 && v->signature[mine] == v->signature[other] && v->nodes[mine].parent == v->nodes[other].parent);
            put(o, there && (v->style[at] & STYLE_CLOSED));
        }
    }
    int32_t from = i < 3 ? 0 : i - 3, to = i + 4 > v->count ? v->count : i + 4;
    put(o, log1p(v->prose_before[to] - v->prose_before[from]));
    int32_t far = 0;
    while (far < 20 && !((i - far >= 0 && v->prose[i - far]) || (i + far < v->count && v->prose[i + far]))) far++;
    put(o, far);
}

/* The first closing heading ("Related stories") behind a third of the running text. */
static void find_ender(view *v) {
    for (int32_t i = 0; i < v->count; i++)
        if ((v->style[i] & STYLE_END) && v->prose_before[i] * 3 > v->prose_before[v->count]) {
            v->ender = i;
            return;
        }
}

/* ---- the second look: what the first made of the blocks around ---- */

static double chance(float score) { return 1 / (1 + exp(-(double)score)); }

/* Runs of accepted blocks, gaps of two allowed: the number of each block's run (-1 outside) and the words of each run. */
static int32_t find_runs(const view *v, const judged *marks, int32_t *run, uint32_t *run_words) {
    int32_t runs_found = 0, gap = 99;
    for (int32_t i = 0; i < v->count; i++) {
        run[i] = -1;
        if (marks[i].score <= 0) {
            gap++;
            continue;
        }
        if (gap > 2) run_words[runs_found++] = 0;
        gap = 0;
        run[i] = runs_found - 1;
        run_words[runs_found - 1] += v->blocks[i].words;
    }
    return runs_found;
}

/* Words, weighed by the chance that they are the article's, under every element. */
static void weigh_elements(const view *v, const judged *marks, float *likely) {
    for (int32_t i = 0; i < v->count; i++)
        if (v->blocks[i].node >= 0) likely[v->blocks[i].node] += (float)(v->blocks[i].words * chance(marks[i].score));
    for (int32_t i = page_count(v->p) - 1; i > 0; i--)
        if (v->nodes[i].parent >= 0) likely[v->nodes[i].parent] += likely[i];
}

static void context_features(const view *v, judged *marks) {
    int32_t *run = arena_array(v->scratch, int32_t, v->count), main_run = -1, first = -1, last = -1;
    uint32_t *words = arena_array(v->scratch, uint32_t, v->count + 1), accepted = 0, before = 0;
    float *likely = arena_array(v->scratch, float, page_count(v->p)), best = -99;
    int32_t found = find_runs(v, marks, run, words);
    weigh_elements(v, marks, likely);
    for (int32_t r = 0; r < found; r++) {
        accepted += words[r];
        if (main_run < 0 || words[r] > words[main_run]) main_run = r;
    }
    for (int32_t i = 0; i < v->count; i++) {
        if (marks[i].score > best) best = marks[i].score;
        if (run[i] >= 0 && run[i] == main_run) last = i, first = first < 0 ? i : first;
    }
    for (int32_t i = 0; i < v->count; i++) {
        out o = {marks[i].features, JUDGE_CONTEXT};
        int32_t n = v->blocks[i].node < 0 ? 0 : v->blocks[i].node;
        static const int steps[] = {0, -3, -2, -1, 1, 2, 3};
        for (int k = 0; k < 7; k++) put(&o, i + steps[k] >= 0 && i + steps[k] < v->count ? marks[i + steps[k]].score : -9);
        for (int k = 0; k < 3; k++) {
            put(&o, ratio(likely[n] - (k ? 0 : v->blocks[i].words * chance(marks[i].score)), v->under[n].words - (k ? 0u : v->blocks[i].words)));
            n = v->nodes[n].parent < 0 ? n : v->nodes[n].parent;
        }
        put(&o, best);
        put(&o, ratio(before, accepted));
        put(&o, run[i] < 0 ? 0 : ratio(words[run[i]], accepted));
        put(&o, first < 0 ? 99 : i < first ? first - i : i > last ? last - i : 0); /* before, inside, behind the longest run */
        put(&o, log1p(accepted));
        if (marks[i].score > 0) before += v->blocks[i].words;
    }
}

/* ---- the model ---- */

typedef struct split { int32_t feature, left, right; float value; } split; /* feature -1: a leaf, value its weight; else x < value goes left */

struct judge_model {
    model_file file;
    const split *splits;
    const int32_t *roots, *again; /* of the first and of the second look */
    size_t split_count, tree_count, again_count;
};

/* Distrusts the file: features and indices in range, children behind their parent, so that every walk ends. */
static bool sound(const judge_model *m) {
    for (size_t i = 0; i < m->split_count; i++) {
        const split *s = &m->splits[i];
        if (s->feature < -1 || s->feature >= JUDGE_FEATURES) return false;
        if (s->feature >= 0 && (s->left <= (int32_t)i || s->right <= (int32_t)i || (size_t)s->left >= m->split_count || (size_t)s->right >= m->split_count)) return false;
    }
    for (size_t i = 0; i < m->tree_count; i++)
        if (m->roots[i] < 0 || (size_t)m->roots[i] >= m->split_count) return false;
    for (size_t i = 0; i < m->again_count; i++)
        if (m->again[i] < 0 || (size_t)m->again[i] >= m->split_count) return false;
    return m->tree_count > 0 && m->again_count > 0;
}

judge_model *judge_open(rap_error *e) {
    judge_model *m = memory_new(sizeof *m);
    size_t length;
    if (!m) return error_set(e, RAP_NO_MEMORY, "out of memory"), NULL;
    *m = (judge_model){0};
    if (model_open(&m->file, NULL, "extract.bin", e) != RAP_OK) {
        memory_free(m);
        return NULL;
    }
    m->splits = model_section(&m->file, "splits", sizeof(split), &length);
    m->split_count = length / sizeof(split);
    m->roots = model_section(&m->file, "roots", sizeof(int32_t), &length);
    m->tree_count = length / sizeof(int32_t);
    m->again = model_section(&m->file, "again", sizeof(int32_t), &length);
    m->again_count = length / sizeof(int32_t);
    const int32_t *width = model_section(&m->file, "features", sizeof(int32_t), &length);
    if (m->splits && m->roots && m->again && width && *width == JUDGE_FEATURES && sound(m)) return m;
    error_set(e, RAP_UNREADABLE, "models/extract.bin does not fit this program; make it anew with train/extract.py");
    model_close(&m->file);
    memory_free(m);
    return NULL;
}

void judge_close(judge_model *m) {
    if (!m) return;
    model_close(&m->file);
    memory_free(m);
}

const judge_model *judge_get(rap_error *e) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static _Atomic(judge_model *) ready;
    judge_model *m = atomic_load(&ready);
    if (m) return m;
    pthread_mutex_lock(&lock);
    m = atomic_load(&ready);
    if (!m) atomic_store(&ready, m = judge_open(e));
    pthread_mutex_unlock(&lock);
    return m;
}

static float weigh(const judge_model *m, const int32_t *roots, size_t count, const float *f) {
    float sum = 0;
    for (size_t t = 0; t < count; t++) {
        const split *s = &m->splits[roots[t]];
        while (s->feature >= 0) s = &m->splits[f[s->feature] < s->value ? s->left : s->right];
        sum += s->value;
    }
    return sum;
}

float judge_cut(const judged *blocks, int32_t count) {
    float best = -1e9f;
    for (int32_t i = 0; i < count; i++)
        if (blocks[i].score > best) best = blocks[i].score;
    return best - 1.5f < 0 ? best - 1.5f : 0;
}

/* Readers' comments and newsletter forms hold sentences like an article's, often more of them. An element named so beside the headline, not around
 * it, never held any of the articles that the model was trained on: no need to weigh. */
static bool barred(const view *v, int32_t i) {
    enum { GROUP_COMMENT = 4, GROUP_NEWSLETTER = 14 };
    int32_t n = v->blocks[i].node;
    return n >= 0 && (v->path[n] >> GROUP_COMMENT & 1 || v->path[n] >> GROUP_NEWSLETTER & 1);
}

static void look(const judge_model *m, const view *v, const int32_t *roots, size_t count, judged *result) {
    for (int32_t i = 0; i < v->count; i++) result[i].score = barred(v, i) ? JUDGE_BARRED : weigh(m, roots, count, result[i].features);
}

void judge_blocks(const judge_model *model, const page *p, str title, str known, arena *scratch, judged *result) {
    size_t nodes = (size_t)page_count(p), count = (size_t)page_block_count(p);
    view v = {.p = p, .nodes = page_nodes(p), .blocks = page_block(p), .count = (int32_t)count, .title = title, .scratch = scratch};
    if (count == 0 || nodes == 0) return;
    v.under = arena_array(scratch, extent, nodes);
    v.path = arena_array(scratch, uint32_t, nodes);
    v.tags = arena_array(scratch, uint64_t, nodes);
    v.signature = arena_array(scratch, int32_t, nodes);
    v.prose_before = arena_array(scratch, uint32_t, count + 1);
    v.prose = arena_array(scratch, bool, count);
    v.style = arena_array(scratch, uint8_t, count);
    table_init(&v.repeats, scratch, (uint32_t)count);
    learn_known(&v, known);
    look_at_blocks(&v);
    find_headline(&v);
    add_up(&v);
    find_trunk(&v);
    find_ender(&v);
    for (int32_t i = 0; i < v.count; i++) {
        out o = {result[i].features, 0};
        text_features(&v, i, &o);
        place_features(&v, i, &o);
        around_features(&v, i, &o);
        neighbour_features(&v, i, &o);
        while (o.n < JUDGE_CONTEXT) o.f[o.n++] = 0;
    }
    if (model) look(model, &v, model->roots, model->tree_count, result);
    context_features(&v, result);
    if (model) look(model, &v, model->again, model->again_count, result);
}
