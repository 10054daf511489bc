/* The network of train/syntax/network.py with its weights, and the desk one thread works at. Shapes: width, form, … as in the file's config;
 * N words of a batch of whole sentences, at most BATCH_WORDS. */
#ifndef RAP_SYNTAX_NETWORK_H
#define RAP_SYNTAX_NETWORK_H

#include "base/model_file.h"
#include "base/table.h"
#include "syntax/kernel.h"

enum { BATCH_WORDS = 256, MOST_LAYERS = 12, TAGS = 12, FORM_SLOTS = 4096, FORM_KEY = 44 };

typedef struct network {
    const kernel *kernel;
    int width, form, layers, vector, tag, arc, rel; /* sizes, see network.py */
    int upos, bundles, scripts, labels;             /* numbers of classes */
    int z;                                          /* tag + 2 arc + 2 rel */
    uint32_t words, vectors;
    const int8_t *rows;                             /* [words + HASHED_ROWS][form] */
    const float *row_scale;
    const int8_t *vector_rows;                      /* [vectors][vector]: pretrained */
    const float *vector_scale;
    const float *tag_bias;                          /* [TAGS][width] */
    const float *root_arc, *root_rel;               /* [arc], [rel]: the root as a head */
    float arc_factor, label_factor;                 /* of calibration */
    linear projection, convolution, unit[MOST_LAYERS], scorer, classes, dependent, label, label_dependent, label_head;
    table word_index, vector_index;
    str bundle_names, script_names, label_names;    /* one a line */
} network;

/* One word as the network is told of it. */
typedef struct net_word {
    str form;
    bool glued_before, glued_after; /* no space there */
} net_word;

/* Buffers of one thread: 17 MB with its cache of form vectors, reused from call to call. */
typedef struct desk {
    float *x, *u, *z, *classes, *dependents, *labels_dependent, *labels_head, *arcs, *label_rows, *cached, *product;
    uint8_t *q;
    float *scale;
    int8_t *packed;        /* heads of one sentence as a matrix */
    int32_t *packed_sum;
    float *packed_scale, *zeros;
    struct form_slot { uint64_t hash; uint32_t length; char key[FORM_KEY]; } *slots;
} desk;

/* Reads the weights of an open file, which must outlive the network. `home` keeps tables and sums. `name` is the file's, for errors. A second
 * network takes word lists, pretrained vectors and names of classes from the `first` one; that is NULL for the first. */
rap_status network_load(network *net, const char *name, const model_file *file, const network *first, arena *home, rap_error *e);
desk *desk_new(const network *net); /* NULL when memory is out */
void desk_free(desk *d);

/* desk.x [N][width]: states of the words of whole sentences. ends[s] is one past the last word of sentence s. bank: 0 unknown, 1 EWT, 2 GUM. */
void network_encode(const network *net, desk *d, const net_word *words, const int *ends, int sentences, int bank);
/* From desk.x: desk.z, classes [N][padded classes], label parts. */
void network_score(const network *net, desk *d, int words);
/* desk.arcs [n][stride]: head scores of the words [first, first + n); column 0 is the root. Returns the stride. */
int network_arcs(const network *net, desk *d, int first, int n);
/* desk.label_rows [n][padded labels] for the chosen heads (0 root, 1 … n). Returns the stride. */
int network_labels(const network *net, desk *d, int first, int n, const int *heads);

static inline int padded(int n) { return (n + LANES - 1) / LANES * LANES; }

#endif
