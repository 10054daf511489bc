#include "who/names.h"

#include "who/name_chain.h"

struct names {
    model_file file;
    name_lists lists;
    name_reader reader;
    const int8_t *weights;   /* [NAME_SLOTS][NAME_LANES], times scale */
    float scale;
    const float *hidden;     /* [NAME_WINDOW][NAME_VIEW][NAME_HIDDEN], then a bias [NAME_HIDDEN] */
    const float *out;        /* [NAME_HIDDEN][NAME_LANES], then a bias [NAME_LANES] */
    name_steps steps;
};

static rap_status refuse(rap_error *e) {
    return error_set(e, RAP_UNREADABLE, "models/names.bin: parts are missing or of another size; put back the file that came with the program");
}

rap_status names_open(names **out, const struct setup *with, rap_error *e) {
    names *n = arena_new(with->home, names);
    *out = n;
    rap_status s = model_open(&n->file, with->models, "names.bin", e);
    if (s != RAP_OK) return s;
    size_t length, keys;
    n->weights = model_section(&n->file, "weights", (size_t)NAME_SLOTS * NAME_LANES, &length);
    n->hidden = model_section(&n->file, "hidden", sizeof(float) * (NAME_WINDOW * NAME_VIEW + 1) * NAME_HIDDEN, &length);
    n->out = model_section(&n->file, "out", sizeof(float) * (NAME_HIDDEN + 1) * NAME_LANES, &length);
    const float *links = model_section(&n->file, "chain", sizeof(name_steps) + sizeof(float), &length);
    n->lists.key = model_section(&n->file, "keys", 1024, &keys);
    n->lists.bits = model_section(&n->file, "bits", 256, &length);
    if (!n->weights || !n->hidden || !n->out || !links || !n->lists.key || !n->lists.bits) return refuse(e);
    keys /= sizeof(uint32_t);
    if (keys & (keys - 1) || length < keys) return refuse(e);
    n->lists.mask = (uint32_t)keys - 1;
    n->scale = links[0];
    memcpy(&n->steps, links + 1, sizeof n->steps);
    n->reader = (name_reader){&n->lists, with->syntax};
    setup_stamp(with, &n->file);
    return RAP_OK;
}

void names_close(names *n) {
    if (n) model_close(&n->file);
}

/* ---- scores ---- */

typedef float lanes __attribute__((vector_size(32)));
enum { BLOCKS = NAME_HIDDEN / NAME_LANES };

/* sum += x * row, a row of the hidden layer's weights. */
static void add_row(lanes sum[BLOCKS], const float *row, float x) {
    lanes w;
    for (int b = 0; b < BLOCKS; b++) {
        memcpy(&w, row + b * NAME_LANES, sizeof w);
        sum[b] += w * x;
    }
}

static void add_bits(lanes sum[BLOCKS], const float *rows, unsigned bits) {
    for (int i = 0; bits; i++, bits >>= 1)
        if (bits & 1) add_row(sum, rows + i * NAME_HIDDEN, 1);
}

/* What one word of the window gives to the hidden layer. */
static void add_word(const name_word *w, const float *rows, lanes sum[BLOCKS]) {
    for (int d = 0; w->vector && d < NAME_VECTOR; d++) add_row(sum, rows + d * NAME_HIDDEN, (float)w->vector[d] * w->vector_scale);
    rows += NAME_VECTOR * NAME_HIDDEN;
    add_bits(sum, rows, w->lists | (unsigned)w->phrase << 8 | (unsigned)w->phrase_begin << 16);
}

/* The hidden layer's part of the scores of word i. */
static lanes hidden_scores(const names *n, const name_word *words, int32_t count, int32_t i) {
    lanes sum[BLOCKS], all, row;
    memcpy(sum, n->hidden + NAME_WINDOW * NAME_VIEW * NAME_HIDDEN, sizeof sum);
    for (int p = 0; p < NAME_WINDOW; p++) {
        int32_t j = i + p - NAME_WINDOW / 2;
        if (j >= 0 && j < count) add_word(&words[j], n->hidden + (size_t)p * NAME_VIEW * NAME_HIDDEN, sum);
    }
    memcpy(&all, n->out + NAME_HIDDEN * NAME_LANES, sizeof all);
    for (int h = 0; h < NAME_HIDDEN; h++) {
        float x = sum[h / NAME_LANES][h % NAME_LANES];
        if (x <= 0) continue;
        memcpy(&row, n->out + h * NAME_LANES, sizeof row);
        all += row * x;
    }
    return all;
}

static void emissions(const names *n, const document *doc, const sentence *s, const name_word *words, int32_t first, int32_t last, int32_t i, float out[NAME_LANES]) {
    name_features f;
    name_features_read(doc, s, words, first, last, i, &f);
    int32_t sum[NAME_LANES] = {0};
    for (uint32_t k = 0; k < f.count; k++)
        for (int t = 0; t < NAME_LANES; t++) sum[t] += n->weights[(size_t)f.slot[k] * NAME_LANES + (size_t)t];
    lanes all = hidden_scores(n, words, last - first, i);
    for (int t = 0; t < NAME_LANES; t++) out[t] = (float)sum[t] * n->scale + all[t];
}

/* ---- mentions ---- */

/* The word of the span whose head lies outside of it. */
static int32_t head_of(const document *doc, int32_t first, int32_t last) {
    for (int32_t i = first; i < last; i++)
        if (doc->tokens[i].head < first || doc->tokens[i].head >= last) return i;
    return last - 1;
}

static void add_name(document *doc, int32_t first, int32_t last, int tag, float confidence) {
    static const entity_type TYPES[] = {[NAME_PER] = ENTITY_PERSON, [NAME_ORG] = ENTITY_ORGANIZATION, [NAME_LOC] = ENTITY_PLACE};
    int32_t head = head_of(doc, first, last);
    mention m = {.first = first, .last = last, .start = doc->tokens[first].start, .end = doc->tokens[last - 1].end, .head = head, .type = TYPES[tag],
                 .kind = MENTION_NAME, .chain = -1, .antecedent = -1, .parts = {-1, -1, -1, -1}, .confidence = confidence};
    doc->tokens[head].mention = (int32_t)doc->mention_count;
    arena_push(&doc->home, doc->mentions, doc->mention_count, doc->mention_capacity, m);
}

static void add_run(document *doc, int32_t at, const name_cell *cells, int32_t count) {
    for (int32_t i = 0, end; i < count; i = end) {
        end = i + 1;
        int tag = cells[i].tag;
        if (tag == NAME_OUT) continue;
        float sure = cells[i].posterior[tag];
        for (; end < count && cells[end].tag == tag + 1; end++)
            if (cells[end].posterior[tag + 1] < sure) sure = cells[end].posterior[tag + 1];
        add_name(doc, at + i, at + end, tag, sure);
    }
}

enum { PIECE = 512, MOST_RUN = 64 };

static void read_piece(const names *n, document *doc, const sentence *s, int32_t first, int32_t last, name_word *words) {
    name_cell cells[MOST_RUN];
    name_words_read(&n->reader, doc, first, last, words);
    for (int32_t i = 0, end; i < last - first; i = end + 1) {
        for (end = i; end < last - first && end - i < MOST_RUN && words[end].candidate; end++)
            emissions(n, doc, s, words, first, last, end, cells[end - i].emission);
        if (end == i) continue;
        name_chain_best(&n->steps, cells, end - i);
        name_chain_sum(&n->steps, cells, end - i);
        add_run(doc, first + i, cells, end - i);
        if (end - i == MOST_RUN) end--;
    }
}

void names_read(const names *n, document *doc) {
    name_word *words = arena_array(&doc->home, name_word, PIECE);
    for (size_t k = 0; k < doc->sentence_count; k++) {
        const sentence *s = &doc->sentences[k];
        for (int32_t first = s->first; first < s->last; first += PIECE)
            read_piece(n, doc, s, first, s->last < first + PIECE ? s->last : first + PIECE, words);
    }
}
