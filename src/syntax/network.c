#include "syntax/network.h"

#include <math.h>

#include "base/memory.h"
#include "syntax/features.h"

/* ---- reading the file ---- */

enum { CONFIG_FORMAT = 1, CONFIG_NUMBERS = 15 };

typedef struct reader {
    const char *name;
    const model_file *file;
    arena *home;
    rap_error *error;
    rap_status status;
} reader;

static const void *section(reader *r, const char *name, size_t length) {
    size_t got = 0;
    const void *data = r->status == RAP_OK ? model_section(r->file, name, 0, &got) : NULL;
    if (r->status == RAP_OK && (!data || got != length))
        r->status = error_set(r->error, RAP_UNREADABLE,
                              "%s: section %s has %zu bytes, expected %zu: the file was made for another version of the program; "
                              "put back the one that came with it",
                              r->name, name, got, length);
    return r->status == RAP_OK ? data : NULL;
}

static str lines(reader *r, const char *name) {
    size_t length = 0;
    const char *text = r->status == RAP_OK ? model_section(r->file, name, 1, &length) : NULL;
    if (r->status == RAP_OK && (!text || length > UINT32_MAX))
        r->status = error_set(r->error, RAP_UNREADABLE, "%s: the list \"%s\" is missing; put back the file that came with the program", r->name, name);
    return text ? (str){text, (uint32_t)length} : (str){"", 0};
}

static linear matrix(reader *r, const char *name, int inputs, int outputs) {
    linear l = {.inputs = padded(inputs), .outputs = padded(outputs)};
    char part[24];
    size_t columns = (size_t)l.inputs, out = (size_t)l.outputs;
    snprintf(part, sizeof part, "%s.w", name), l.w = section(r, part, columns * out);
    snprintf(part, sizeof part, "%s.scale", name), l.scale = section(r, part, out * sizeof(float));
    snprintf(part, sizeof part, "%s.bias", name), l.bias = section(r, part, out * sizeof(float));
    if (r->status != RAP_OK) return l;
    l.sum128 = arena_array(r->home, int32_t, out);
    for (size_t o = 0; o < out; o++)
        for (size_t k = 0; k < columns; k++) l.sum128[o] += 128 * l.w[(o / 16 * columns + k / 4 * 4) * 16 + o % 16 * 4 + k % 4];
    return l;
}

static void index_lines(reader *r, table *t, const char *name, uint32_t expected) {
    str text = lines(r, name), line;
    if (r->status != RAP_OK) return;
    table_init(t, r->home, expected);
    uint32_t count = 0;
    while (text.ptr && count < expected && str_split(&text, '\n', &line)) table_set(t, line, count++);
    if (count != expected) r->status = error_set(r->error, RAP_UNREADABLE, "%s: the list \"%s\" is short; put back the file that came with the program", r->name, name);
}

static void read_sizes(reader *r, network *net) {
    const int32_t *c = section(r, "config", CONFIG_NUMBERS * sizeof(int32_t));
    if (!c) return;
    if (c[0] != CONFIG_FORMAT || c[14] != HASHED_ROWS) {
        r->status = error_set(r->error, RAP_UNREADABLE, "%s has format %d, this program reads %d; put back the file that came with it", r->name, (int)c[0], CONFIG_FORMAT);
        return;
    }
    for (int i = 1; i < CONFIG_NUMBERS; i++)
        if (c[i] <= 0 || c[i] > 1 << 20) {
            r->status = error_set(r->error, RAP_UNREADABLE, "%s: size %d is %d: the file is damaged; put back the one that came with the program", r->name, i, (int)c[i]);
            return;
        }
    net->width = c[1], net->form = c[2], net->layers = c[3], net->vector = c[4], net->tag = c[5], net->arc = c[6], net->rel = c[7];
    net->upos = c[8], net->bundles = c[9], net->scripts = c[10], net->labels = c[11];
    net->words = (uint32_t)c[12], net->vectors = (uint32_t)c[13];
    net->z = net->tag + 2 * net->arc + 2 * net->rel;
    int odd = (net->width % 32) | (net->form % 16) | (net->tag % 16) | (net->arc % 16) | (net->rel % 16);
    if (odd || net->layers > MOST_LAYERS || net->width > 1024 || net->form > 1024 || net->vector > 512 || net->z > 4096 || net->labels > 512)
        r->status = error_set(r->error, RAP_UNREADABLE, "%s: its sizes do not fit together; put back the file that came with the program", r->name);
}

static void read_weights(reader *r, network *net) {
    size_t rows = net->words + HASHED_ROWS, form = (size_t)net->form;
    net->rows = section(r, "rows", rows * form), net->row_scale = section(r, "rows.scale", rows * sizeof(float));
    net->tag_bias = section(r, "tag_bias", TAGS * (size_t)net->width * sizeof(float));
    net->root_arc = section(r, "root_arc", (size_t)net->arc * sizeof(float)), net->root_rel = section(r, "root_rel", (size_t)net->rel * sizeof(float));
    const float *calibration = section(r, "calibration", 2 * sizeof(float));
    if (calibration) net->arc_factor = calibration[0], net->label_factor = calibration[1];
    net->projection = matrix(r, "projection", net->vector, net->form);
    net->convolution = matrix(r, "convolution", net->form, 3 * net->width);
    for (int i = 0; i < net->layers; i++) {
        char name[16];
        snprintf(name, sizeof name, "unit%d", i);
        net->unit[i] = matrix(r, name, net->width, 3 * net->width);
    }
    net->scorer = matrix(r, "scorer", net->width, net->z);
    net->classes = matrix(r, "classes", net->tag, net->upos + net->bundles + net->scripts);
    net->dependent = matrix(r, "dependent", net->arc, net->arc);
    net->label = matrix(r, "label", net->rel, net->labels);
    net->label_dependent = matrix(r, "label_dependent", net->rel, net->labels);
    net->label_head = matrix(r, "label_head", net->rel, net->labels);
}

static void read_lists(reader *r, network *net) {
    net->vector_rows = section(r, "vectors", net->vectors * (size_t)net->vector);
    net->vector_scale = section(r, "vectors.scale", net->vectors * sizeof(float));
    index_lines(r, &net->word_index, "words", net->words);
    index_lines(r, &net->vector_index, "vector_words", net->vectors);
    net->bundle_names = lines(r, "bundles"), net->script_names = lines(r, "scripts"), net->label_names = lines(r, "labels");
}

static void take_lists(reader *r, network *net, const network *first) {
    if (net->words != first->words || net->vectors != first->vectors || net->vector != first->vector || net->upos != first->upos ||
        net->bundles != first->bundles || net->scripts != first->scripts || net->labels != first->labels) {
        r->status = error_set(r->error, RAP_UNREADABLE, "%s does not belong to the syntax.bin beside it; put back the files that came with the program", r->name);
        return;
    }
    net->vector_rows = first->vector_rows, net->vector_scale = first->vector_scale;
    net->word_index = first->word_index, net->vector_index = first->vector_index;
    net->bundle_names = first->bundle_names, net->script_names = first->script_names, net->label_names = first->label_names;
}

rap_status network_load(network *net, const char *name, const model_file *file, const network *first, arena *home, rap_error *e) {
    reader r = {name, file, home, e, RAP_OK};
    *net = (network){.kernel = kernel_choose(NULL)};
    read_sizes(&r, net);
    if (r.status == RAP_OK) read_weights(&r, net);
    if (r.status == RAP_OK && !first) read_lists(&r, net);
    if (r.status == RAP_OK && first) take_lists(&r, net, first);
    return r.status;
}

/* ---- the desk ---- */

desk *desk_new(const network *net) {
    size_t n = BATCH_WORDS + 1, w = (size_t)net->width, labels = (size_t)padded(net->labels), arc = (size_t)net->arc, most = (size_t)padded((int)n);
    size_t z = (size_t)net->z, classes = (size_t)net->classes.outputs, widest = w > arc ? w : arc;
    if (widest < (size_t)net->form) widest = (size_t)net->form;
    if (widest < (size_t)net->projection.inputs) widest = (size_t)net->projection.inputs;
    desk *d = memory_new(sizeof *d);
    if (!d) return NULL;
    *d = (desk){0};
    struct { void **to; size_t size; } parts[] = {
        {(void **)&d->x, n * w * 4}, {(void **)&d->u, n * 3 * w * 4}, {(void **)&d->z, n * z * 4}, {(void **)&d->classes, n * classes * 4},
        {(void **)&d->dependents, n * arc * 4}, {(void **)&d->labels_dependent, n * labels * 4}, {(void **)&d->labels_head, n * labels * 4},
        {(void **)&d->arcs, n * most * 4}, {(void **)&d->label_rows, n * labels * 4}, {(void **)&d->product, n * (size_t)net->rel * 4},
        {(void **)&d->cached, FORM_SLOTS * 3 * w * 4}, {(void **)&d->q, n * widest}, {(void **)&d->scale, n * 4},
        {(void **)&d->packed, most * arc}, {(void **)&d->packed_sum, most * 4}, {(void **)&d->packed_scale, most * 4},
        {(void **)&d->zeros, most * 4}, {(void **)&d->slots, FORM_SLOTS * sizeof *d->slots}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!(*parts[i].to = memory_new(parts[i].size))) return desk_free(d), NULL;
    memset(d->zeros, 0, most * 4);
    memset(d->slots, 0, FORM_SLOTS * sizeof *d->slots);
    return d;
}

void desk_free(desk *d) {
    if (!d) return;
    void *parts[] = {d->x, d->u, d->z, d->classes, d->dependents, d->labels_dependent, d->labels_head, d->arcs, d->label_rows, d->product,
                     d->cached, d->q, d->scale, d->packed, d->packed_sum, d->packed_scale, d->zeros, d->slots};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) memory_free(parts[i]);
    memory_free(d);
}

/* ---- form vectors ---- */

/* out [3 width]: what the form adds to its right neighbour's, its own and its left neighbour's place in the convolution. */
static void form_vector(const network *net, desk *d, str form, float *out) {
    const kernel *k = net->kernel;
    spelling s;
    uint32_t hashed[MOST_FORM_ROWS], word = 0, vector = 0;
    spelling_of(form, &s);
    int count = spelling_rows(&s, hashed);
    float *e = d->u, *pretrained = d->u + net->form; /* u is free until the first unit */
    memset(e, 0, (size_t)net->form * sizeof *e);
    table_get(&net->word_index, (str){s.normal, s.normal_length}, &word);
    k->add_scaled(e, net->rows + (size_t)word * (size_t)net->form, net->row_scale[word], net->form);
    for (int i = 0; i < count; i++) {
        size_t row = net->words + hashed[i];
        k->add_scaled(e, net->rows + row * (size_t)net->form, net->row_scale[row], net->form);
    }
    if (table_get(&net->vector_index, (str){s.vector, s.vector_length}, &vector)) {
        const int8_t *row = net->vector_rows + (size_t)vector * (size_t)net->vector;
        memset(d->q, 128, (size_t)net->projection.inputs);
        for (int i = 0; i < net->vector; i++) d->q[i] = (uint8_t)(row[i] + 128);
        k->product(&net->projection, d->q, net->vector_scale + vector, 1, 0, pretrained, (size_t)net->form);
        k->add_row(e, pretrained, net->form);
    }
    k->quantise(e, (size_t)net->form, 1, net->form, 1, d->q, d->scale);
    k->product(&net->convolution, d->q, d->scale, 1, 0, out, (size_t)(3 * net->width));
}

/* From the cache, where a form that falls on another's slot takes it over: what it returns holds until the next call. */
static const float *cached_form(const network *net, desk *d, str form) {
    uint64_t hash = str_hash(form, 0);
    struct form_slot *slot = &d->slots[hash % FORM_SLOTS];
    float *row = d->cached + hash % FORM_SLOTS * 3 * (size_t)net->width;
    if (form.len <= FORM_KEY && slot->hash == hash && slot->length == form.len && memcmp(slot->key, form.ptr, form.len) == 0) return row;
    form_vector(net, d, form, row);
    slot->hash = hash, slot->length = form.len <= FORM_KEY ? form.len : UINT32_MAX;
    if (form.len <= FORM_KEY) memcpy(slot->key, form.ptr, form.len);
    return row;
}

/* ---- encoder ---- */

static void convolve(const network *net, desk *d, const net_word *words, int first, int end, int bank) {
    const kernel *k = net->kernel;
    int w = net->width;
    for (int t = first; t < end; t++) {
        int tag = bank * 4 + (words[t].glued_before ? 2 : 0) + (words[t].glued_after ? 1 : 0);
        memcpy(d->x + (size_t)t * (size_t)w, net->tag_bias + tag * w, (size_t)w * sizeof(float));
    }
    for (int t = first; t < end; t++) { /* order of additions into a word: from the left, its own, from the right */
        const float *row = cached_form(net, d, words[t].form);
        float *x = d->x + (size_t)t * (size_t)w;
        if (t > first) k->add_row(x - w, row + 2 * w, w), k->tanh_row(x - w, w);
        k->add_row(x, row + w, w);
        if (t + 1 < end) k->add_row(x + w, row, w);
    }
    k->tanh_row(d->x + (size_t)(end - 1) * (size_t)w, w);
}

void network_encode(const network *net, desk *d, const net_word *words, const int *ends, int sentences, int bank) {
    const kernel *k = net->kernel;
    size_t w = (size_t)net->width;
    int n = ends[sentences - 1];
    for (int s = 0; s < sentences; s++) convolve(net, d, words, s ? ends[s - 1] : 0, ends[s], bank);
    for (int layer = 0; layer < net->layers; layer++) {
        k->quantise(d->x, w, n, net->width, 1, d->q, d->scale);
        k->product(&net->unit[layer], d->q, d->scale, n, 0, d->u, 3 * w);
        for (int s = 0, first = 0; s < sentences; first = ends[s++])
            k->unit(d->x + (size_t)first * w, d->u + (size_t)first * 3 * w, ends[s] - first, net->width);
    }
}

/* ---- scorers ---- */

static void from_slice(const network *net, desk *d, const linear *l, int at, int words, float *out) {
    net->kernel->quantise(d->z + at, (size_t)net->z, words, l->inputs, 0, d->q, d->scale);
    net->kernel->product(l, d->q, d->scale, words, 0, out, (size_t)l->outputs);
}

static int slice_dependent(const network *net) { return net->tag; }
static int slice_head(const network *net) { return net->tag + net->arc; }
static int slice_label_dependent(const network *net) { return net->tag + 2 * net->arc; }
static int slice_label_head(const network *net) { return net->tag + 2 * net->arc + net->rel; }

void network_score(const network *net, desk *d, int words) {
    net->kernel->quantise(d->x, (size_t)net->width, words, net->width, 1, d->q, d->scale);
    net->kernel->product(&net->scorer, d->q, d->scale, words, 1, d->z, (size_t)net->z);
    from_slice(net, d, &net->classes, 0, words, d->classes);
    from_slice(net, d, &net->dependent, slice_dependent(net), words, d->dependents);
    from_slice(net, d, &net->label_dependent, slice_label_dependent(net), words, d->labels_dependent);
    from_slice(net, d, &net->label_head, slice_label_head(net), words, d->labels_head + net->label_head.outputs);
    net->kernel->quantise(net->root_rel, (size_t)net->rel, 1, net->rel, 0, d->q, d->scale); /* row 0: the root */
    net->kernel->product(&net->label_head, d->q, d->scale, 1, 0, d->labels_head, (size_t)net->label_head.outputs);
}

/* The sentence's heads, root first, as the matrix of a product. */
static linear pack_heads(const network *net, desk *d, int first, int n) {
    int arc = net->arc, outputs = padded(n + 1);
    uint8_t *q = d->q;
    net->kernel->quantise(net->root_arc, (size_t)arc, 1, arc, 0, q, d->packed_scale);
    net->kernel->quantise(d->z + (size_t)first * (size_t)net->z + slice_head(net), (size_t)net->z, n, arc, 0, q + arc, d->packed_scale + 1);
    for (int o = 0; o < outputs; o++) {
        int32_t sum = 0;
        int8_t *to = d->packed + o / 16 * 16 * arc + o % 16 * 4;
        if (o > n) d->packed_scale[o] = 0;
        for (int k = 0; k < arc; k++) {
            int8_t v = o > n ? 0 : (int8_t)(q[o * arc + k] - 128);
            sum += v, to[k / 4 * 64 + k % 4] = v;
        }
        d->packed_sum[o] = 128 * sum;
    }
    return (linear){arc, outputs, d->packed, d->packed_scale, d->zeros, d->packed_sum};
}

int network_arcs(const network *net, desk *d, int first, int n) {
    linear heads = pack_heads(net, d, first, n);
    net->kernel->quantise(d->dependents + (size_t)first * (size_t)net->arc, (size_t)net->arc, n, net->arc, 0, d->q, d->scale);
    net->kernel->product(&heads, d->q, d->scale, n, 0, d->arcs, (size_t)heads.outputs);
    return heads.outputs;
}

int network_labels(const network *net, desk *d, int first, int n, const int *heads) {
    const kernel *k = net->kernel;
    int stride = net->label.outputs, rel = net->rel;
    for (int i = 0; i < n; i++) {
        const float *dependent = d->z + (size_t)(first + i) * (size_t)net->z + slice_label_dependent(net);
        const float *head = heads[i] ? d->z + (size_t)(first + heads[i] - 1) * (size_t)net->z + slice_label_head(net) : net->root_rel;
        k->multiply_rows(d->product + i * rel, dependent, head, rel);
    }
    k->quantise(d->product, (size_t)rel, n, rel, 0, d->q, d->scale);
    k->product(&net->label, d->q, d->scale, n, 0, d->label_rows, (size_t)stride);
    for (int i = 0; i < n; i++) {
        float *row = d->label_rows + i * stride;
        k->add_row(row, d->labels_dependent + (first + i) * stride, stride);
        k->add_row(row, d->labels_head + (heads[i] ? first + heads[i] : 0) * stride, stride);
    }
    return stride;
}
