/* syntax/: frozen features, equal arithmetic on every machine, trees that are trees, lemmas, CoNLL-U, damaged model files. */
#include "base/setup.h"
#include "check.h"
#include "pipeline.h"
#include "syntax/conllu.h"
#include "syntax/features.h"
#include "syntax/kernel.h"
#include "syntax/lemma.h"
#include "syntax/tree.h"

static rap_engine *engine; /* of the test's own main, opened once */

/* ---- frozen: the weights depend on these ---- */

static void features(void) {
    static const struct { const char *form, *normal, *vector, *shape; uint32_t rows[3]; } cases[] = {
#include "cases/syntax_features.inc"
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        spelling s;
        uint32_t rows[MOST_FORM_ROWS];
        spelling_of(str_of(cases[i].form), &s);
        int n = spelling_rows(&s, rows);
        CHECK(str_is((str){s.normal, s.normal_length}, cases[i].normal), "%s", cases[i].form);
        CHECK(str_is((str){s.vector, s.vector_length}, cases[i].vector), "%s", cases[i].form);
        CHECK(str_is((str){s.shape, s.shape_length}, cases[i].shape), "%s", cases[i].form);
        CHECK(rows[0] == cases[i].rows[0] && rows[n - 2] == cases[i].rows[1] && rows[n - 1] == cases[i].rows[2], "%s: %u %u %u", cases[i].form, rows[0],
              rows[n - 2], rows[n - 1]);
    }
}

/* ---- the three builds of the arithmetic ---- */

enum { ROWS = 21, INPUTS = 112, OUTPUTS = 48, WORDS = 9, WIDTH = 64 };

static uint32_t seed = 12345;
static float noise(void) {
    seed = seed * 1664525u + 1013904223u;
    return (float)(int32_t)seed / 1e9f;
}

static void run_all(const kernel *k, float *out, size_t *length) {
    static float x[ROWS * INPUTS], u[WORDS * 3 * WIDTH], scale[OUTPUTS], bias[OUTPUTS], row_scale[ROWS], y[ROWS * OUTPUTS];
    static int8_t w[OUTPUTS * INPUTS];
    static uint8_t q[ROWS * INPUTS];
    static int32_t sum128[OUTPUTS];
    seed = 99;
    for (int i = 0; i < ROWS * INPUTS; i++) x[i] = noise() * (float)(1 + i % 7);
    for (int i = 0; i < OUTPUTS * INPUTS; i++) w[i] = (int8_t)((int32_t)(noise() * 50) % 127);
    for (int i = 0; i < OUTPUTS; i++) scale[i] = noise() * .01f, bias[i] = noise(), sum128[i] = 0;
    for (int o = 0; o < OUTPUTS; o++)
        for (int j = 0; j < INPUTS; j++) sum128[o] += 128 * w[(o / 16 * INPUTS + j / 4 * 4) * 16 + o % 16 * 4 + j % 4];
    for (int i = 0; i < WORDS * 3 * WIDTH; i++) u[i] = noise() * 6;
    linear l = {INPUTS, OUTPUTS, w, scale, bias, sum128};
    size_t n = 0;
    k->quantise(x, INPUTS, ROWS, INPUTS, 1, q, row_scale);
    k->product(&l, q, row_scale, ROWS, 0, y, OUTPUTS);
    memcpy(out + n, y, sizeof y), n += ROWS * OUTPUTS;
    memcpy(out + n, row_scale, sizeof row_scale), n += ROWS;
    k->unit(x, u, WORDS, WIDTH);
    k->tanh_row(x, INPUTS);
    k->add_row(x, y, 48), k->multiply_rows(x + 64, x, y, 48), k->add_scaled(x, w, .37f, 96);
    out[n++] = k->probability(x, 101, 3, .8f);
    memcpy(out + n, x, sizeof x), n += ROWS * INPUTS;
    *length = n;
}

static void kernels(void) {
    static float plain[ROWS * (INPUTS + OUTPUTS + 1) + 1], fast[ROWS * (INPUTS + OUTPUTS + 1) + 1];
    static const char *const names[] = {"avx2", "avx512"};
    size_t n, m;
    run_all(kernel_choose("portable"), plain, &n);
    for (int i = 0; i < 2; i++) {
        const kernel *k = kernel_choose(names[i]);
        if (!k) continue; /* not on this machine */
        run_all(k, fast, &m);
        CHECK(n == m && memcmp(plain, fast, n * sizeof(float)) == 0, "%s differs from the plain build", names[i]);
    }
    CHECK(kernel_choose("abacus") == NULL);
}

/* The plain product against a sum written out. */
static void naive_product(void) {
    int8_t w[16 * 16];
    uint8_t q[16];
    float scale[16], bias[16] = {0}, y[16], row = .5f;
    int32_t sum128[16] = {0};
    for (int i = 0; i < 256; i++) w[i] = (int8_t)(i * 37 % 251 - 125);
    for (int i = 0; i < 16; i++) q[i] = (uint8_t)(i * 29 % 255 + 1), scale[i] = 1;
    for (int o = 0; o < 16; o++)
        for (int k = 0; k < 16; k++) sum128[o] += 128 * w[k / 4 * 64 + o * 4 + k % 4];
    linear l = {16, 16, w, scale, bias, sum128};
    kernel_choose(NULL)->product(&l, q, &row, 1, 0, y, 16);
    for (int o = 0; o < 16; o++) {
        int sum = 0;
        for (int k = 0; k < 16; k++) sum += (q[k] - 128) * w[k / 4 * 64 + o * 4 + k % 4];
        CHECK(y[o] == (float)sum * .5f, "output %d", o);
    }
}

/* ---- trees ---- */

static bool is_tree(const int *heads, int n) {
    int roots = 0;
    for (int d = 0; d < n; d++) {
        roots += heads[d] == 0;
        int at = d, steps = 0;
        while (heads[at] && steps++ <= n) at = heads[at] - 1;
        if (heads[at]) return false;
    }
    return roots == 1;
}

static void decoding(void) {
    enum { MOST = 40 };
    float scores[MOST * (MOST + 1)];
    int heads[MOST], room[3 * MOST];
    seed = 7;
    for (int round = 0; round < 2000; round++) {
        int n = 1 + round % MOST;
        for (int i = 0; i < n * (n + 1); i++) scores[i] = noise();
        tree_decode(scores, n + 1, n, heads, room);
        CHECK(is_tree(heads, n), "round %d", round);
    }
    /* 1 and 2 like each other best, 3 is the root; opening at 2 costs least. */
    float cycle[3 * 4] = {0, 0, 9, 5, 0, 9, 0, 8, 9, 0, 0, 0};
    tree_decode(cycle, 4, 3, heads, room);
    CHECK(heads[0] == 2 && heads[1] == 3 && heads[2] == 0, "%d %d %d", heads[0], heads[1], heads[2]);
}

/* ---- lemmas ---- */

static void lemma_scripts(void) {
    static const struct { const char *script, *form, *lemma; } cases[] = {
        {"l0+", "Envoys", "envoys"}, {"l1+", "Envoys", "envoy"}, {"l3+y", "armies", "army"}, {"K1+", "Americans", "American"},
        {"=be", "were", "be"}, {"l1+", "cafe\xcc\x81", "cafe"}, {"l0+", "isn\xe2\x80\x99", "isn'"},
    };
    arena a;
    lemmas l = {0};
    str found;
    arena_init(&a);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        lemmas_read(&l, &a, arena_format(&a, "%s\n", cases[i].script), STR("went\tVERB\tgo\n"), STR("# ours\nfled\tVERB\tflee\n"));
        str got = lemma_apply(&l.scripts[0], str_of(cases[i].form), &a);
        CHECK(str_is(got, cases[i].lemma), "%s: %.*s", cases[i].form, STR_ARG(got));
    }
    CHECK(lemma_exception(&l, STR("Went"), UPOS_VERB, &found) && str_is(found, "go"));
    CHECK(lemma_exception(&l, STR("fled"), UPOS_VERB, &found) && str_is(found, "flee"));
    CHECK(!lemma_exception(&l, STR("went"), UPOS_NOUN, &found));
    CHECK(!lemma_fits(&(lemma_script){.cut = 3}, STR("is")) && !lemma_fits(&(lemma_script){.cut = 2}, STR("is")));
    CHECK(str_is(lemma_of_number(STR("1,250,000"), &a), "1250000"));
    arena_free(&a);
}

/* ---- CoNLL-U ---- */

static const char treebank[] = "# sent_id = 1\n# text = They cannot wait.\n"
                               "1\tThey\t_\t_\t_\t_\t_\t_\t_\t_\n2-3\tcannot\t_\t_\t_\t_\t_\t_\t_\t_\n2\tcan\t_\t_\t_\t_\t_\t_\t_\t_\n"
                               "3\tnot\t_\t_\t_\t_\t_\t_\t_\t_\n3.1\twish\t_\t_\t_\t_\t_\t_\t_\t_\n4\twait\t_\t_\tVB\t_\t_\t_\t_\tSpaceAfter=No|Gloss=x\n"
                               "5\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n";

static rap_status through(const char *text, char **out, rap_error *e) {
    size_t length;
    FILE *in = fmemopen((void *)(uintptr_t)text, strlen(text), "r"), *to = open_memstream(out, &length);
    rap_conllu *stream = NULL;
    rap_document *doc = NULL;
    rap_status s = rap_document_new(&doc, e);
    if (s == RAP_OK) s = rap_conllu_open(&stream, in, e);
    while (s == RAP_OK && (s = rap_conllu_next(stream, doc, e)) == RAP_OK)
        if ((s = rap_parse_tokens(engine, doc, e)) == RAP_OK) s = rap_conllu_write(stream, doc, to, e);
    rap_conllu_close(stream);
    rap_document_free(doc);
    fclose(in), fclose(to);
    return s;
}

static void conllu(void) {
    char *out = NULL;
    rap_error e = {0};
    CHECK(through(treebank, &out, &e) == RAP_END, "%s", e.message);
    CHECK(strncmp(out, treebank, strlen("# sent_id = 1\n# text = They cannot wait.\n")) == 0);
    CHECK(strstr(out, "\n2-3\tcannot\t_\t") && strstr(out, "\n3.1\twish\t_") && strstr(out, "\n4\twait\twait\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No|Gloss=x|Conf="),
          "%s", out);
    CHECK(strstr(out, "\n3\tnot\tnot\tPART\t_\tPolarity=Neg\t4\tadvmod\t"), "%s", out);
    free(out);
    CHECK(through("1\tone\n", &out, &e) == RAP_UNREADABLE && strstr(e.message, "line 1 is not CoNLL-U"), "%s", e.message);
    free(out);
    CHECK(through("2\tone\t_\t_\t_\t_\t_\t_\t_\t_\n", &out, &e) == RAP_UNREADABLE && strstr(e.message, "id 2 where 1"), "%s", e.message);
    free(out);
    CHECK(through("1\tone\t_\t_\t_\t_\t_\t_\t_\t_\n", &out, &e) == RAP_END && strstr(out, "\troot\t"), "no blank line at the end");
    free(out);
}

static char *file_with(const char *text) {
    static char names[3][40];
    static int at;
    char *name = names[at++ % 3];
    strcpy(name, "/tmp/rapporteur-test-XXXXXX");
    int fd = mkstemp(name);
    FILE *f = fdopen(fd, "w");
    CHECK(f && fputs(text, f) >= 0 && fclose(f) == 0);
    return name;
}

static void evaluation(void) {
    char *out = NULL;
    size_t length;
    rap_error e = {0};
#define LINE(id, form, lemma, tag, head, rel) id "\t" form "\t" lemma "\t" tag "\t_\t_\t" head "\t" rel "\t_\t_\n"
    char *gold = file_with(LINE("1", "He", "he", "PRON", "3", "nsubj") "2-3\tcannot\t_\t_\t_\t_\t_\t_\t_\t_\n" LINE("2", "can", "can", "AUX", "0", "root")
                               LINE("3", "not", "not", "PART", "2", "advmod") "\n");
    char *system = file_with(LINE("1", "He", "He", "PRON", "2", "nsubj:pass") LINE("2", "can", "can", "VERB", "0", "root") "\n" LINE("1", "not", "no", "PART", "0", "root") "\n");
    FILE *to = open_memstream(&out, &length);
    CHECK(rap_eval_conllu(gold, system, to, &e) == RAP_OK, "%s", e.message);
    fclose(to);
    CHECK(strstr(out, "words         1.0000    1.0000    1.0000"), "%s", out);
    CHECK(strstr(out, "sentences     0.0000    0.0000    0.0000"), "%s", out);
    CHECK(strstr(out, "UPOS          0.6667") && strstr(out, "lemma         0.6667") && strstr(out, "UAS           0.3333"), "%s", out);
    free(out);
    remove(system);
    system = file_with(LINE("1", "She", "she", "PRON", "0", "root") "\n");
    CHECK(rap_eval_conllu(gold, system, stdout, &e) == RAP_UNREADABLE && strstr(e.message, "the texts differ at character 0"), "%s", e.message);
    remove(gold), remove(system);
#undef LINE
}

/* ---- reading ---- */

static const char news[] = "The foreign minister refused to meet the envoy, two officials said on Tuesday. Seoul denied the report. \"We will not negotiate "
                           "under threat,\" Ms. Park told reporters in Geneva. MINISTER TO VISIT CAPITAL. Troops were withdrawn from the border after the "
                           "ceasefire, which both sides had signed, collapsed.";

static bool same_trees(const document *a, const document *b) {
    if (a->token_count != b->token_count) return false;
    for (size_t i = 0; i < a->token_count; i++) {
        const token *x = &a->tokens[i], *y = &b->tokens[i];
        if (x->upos != y->upos || x->head != y->head || x->deprel != y->deprel || x->confidence != y->confidence || !str_eq(x->lemma, y->lemma) || !str_eq(x->feats, y->feats))
            return false;
    }
    return true;
}

static void equal_readings(void) {
    static const char *const names[] = {"portable", "avx2", "avx512"};
    rap_error e = {0};
    rap_document *docs[3] = {0};
    for (int i = 0; i < 3; i++) {
        if (!syntax_force_kernel(engine->syntax, names[i])) continue;
        CHECK(rap_document_new(&docs[i], &e) == RAP_OK && rap_document_from_text(docs[i], news, strlen(news), NULL, &e) == RAP_OK, "%s", e.message);
        CHECK(rap_parse(engine, docs[i], &e) == RAP_OK, "%s", e.message);
        CHECK(docs[i]->token_count > 40);
        CHECK(same_trees(docs[0], docs[i]), "%s", names[i]);
    }
    const token *refused = &docs[0]->tokens[3];
    CHECK(str_is(refused->form, "refused") && refused->upos == UPOS_VERB && str_is(refused->lemma, "refuse") && refused->morph.tense == 1);
    for (int i = 0; i < 3; i++) rap_document_free(docs[i]);
}

/* A line of a thousand and more words is read in pieces, and still is one tree. */
static void long_sentences(void) {
    static char text[200000];
    size_t n = 0;
    for (int i = 0; i < 1500; i++) n += (size_t)sprintf(text + n, i % 20 == 19 ? "and, " : "rice %d ", i);
    rap_error e = {0};
    rap_document *doc = NULL;
    CHECK(rap_document_new(&doc, &e) == RAP_OK && rap_document_from_text(doc, text, n, NULL, &e) == RAP_OK);
    document_blocks(doc, (str){text, (uint32_t)n}, (str){text, (uint32_t)n});
    CHECK(rap_parse(engine, doc, &e) == RAP_OK, "%s", e.message);
    for (size_t s = 0; s < doc->sentence_count; s++) {
        int roots = 0;
        for (int32_t t = doc->sentences[s].first; t < doc->sentences[s].last; t++) {
            int32_t at = t, steps = 0;
            while (doc->tokens[at].head >= 0 && steps++ < 5000) at = doc->tokens[at].head;
            if (doc->tokens[at].head >= 0) CHECK(false, "a cycle at %d", t);
            roots += doc->tokens[t].head < 0;
            float c = doc->tokens[t].confidence;
            if (!(c >= 0 && c <= 1)) CHECK(false, "confidence %g", (double)c);
        }
        CHECK(roots == 1, "%d roots", roots);
    }
    rap_document_free(doc);
}

static void vectors(void) {
    float scale;
    int width;
    const int8_t *the = syntax_word_vector(engine->syntax, STR("The"), &scale, &width);
    CHECK(the && width > 0);
    double length = 0;
    for (int i = 0; the && i < width; i++) length += (double)(the[i] * scale) * (double)(the[i] * scale);
    CHECK(length > .9 && length < 1.1, "%g", length);
    CHECK(!syntax_word_vector(engine->syntax, STR("qzxvwk"), &scale, &width));
}

/* Asked for, the encoder's states stand beside the tokens, and the trees are the same. */
static void states(void) {
    rap_error e = {0};
    rap_engine *with = NULL;
    rap_document *a = NULL, *b = NULL;
    rap_options options = {.states = true};
    CHECK(rap_open(&with, &options, &e) == RAP_OK && rap_document_new(&a, &e) == RAP_OK && rap_document_new(&b, &e) == RAP_OK, "%s", e.message);
    CHECK(rap_document_from_text(a, news, strlen(news), NULL, &e) == RAP_OK && rap_document_from_text(b, news, strlen(news), NULL, &e) == RAP_OK);
    CHECK(rap_parse(with, a, &e) == RAP_OK && rap_parse(engine, b, &e) == RAP_OK, "%s", e.message);
    CHECK(same_trees(a, b) && a->states && a->state_width > 0 && !b->states);
    float most = 0;
    for (size_t i = 0; a->states && i < a->token_count * (size_t)a->state_width; i++) most = a->states[i] > most ? a->states[i] : most;
    CHECK(most > .1f && most < 10000, "%g", (double)most);
    rap_document_free(a), rap_document_free(b), rap_close(with);
}

/* ---- damaged files ---- */

/* keep: bytes left of the file, 0 all; flip: the byte whose lowest bit is turned, -1 none. */
static void refuses(const char *folder, const char *what, size_t keep, long flip) {
    static char bytes[32 << 20];
    char path[300];
    rap_error e = {0};
    syntax_stage *other = NULL;
    arena home;
    uint64_t stamp = 0;
    FILE *in = fopen("models/syntax.bin", "rb");
    size_t size = in ? fread(bytes, 1, sizeof bytes, in) : 0;
    CHECK(size > 1000000 && size < sizeof bytes);
    if (in) fclose(in);
    if (flip >= 0) bytes[flip] ^= 1;
    snprintf(path, sizeof path, "%s/syntax.bin", folder);
    FILE *to = fopen(path, "wb");
    CHECK(to && fwrite(bytes, 1, keep ? keep : size, to) == (keep ? keep : size) && fclose(to) == 0);
    arena_init(&home);
    setup given = {.home = &home, .models = folder, .stamp = &stamp};
    CHECK(syntax_open(&other, &given, &e) != RAP_OK, "a file that is %s was taken", what);
    CHECK(strstr(e.message, "syntax.bin"), "%s: %s", what, e.message);
    arena_free(&home);
}

static void damaged_files(void) {
    char folder[] = "/tmp/rapporteur-test-XXXXXX", command[100];
    CHECK(mkdtemp(folder) != NULL);
    snprintf(command, sizeof command, "cp models/text.bin %s", folder); /* the stage before must open */
    CHECK(system(command) == 0);
    refuses(folder, "cut short", 100000, -1);
    refuses(folder, "empty but for its head", 32, -1);
    refuses(folder, "flipped in one bit of its weights", 0, 5000000);
    refuses(folder, "of another kind", 0, 0);
    refuses(folder, "flipped in its table of sections", 0, 40);
    snprintf(command, sizeof command, "rm -r %s", folder);
    CHECK(system(command) == 0);
}

int main(void) {
    rap_error e = {0};
    features(), kernels(), naive_product(), decoding(), lemma_scripts();
    CHECK(rap_open(&engine, NULL, &e) == RAP_OK, "%s", e.message);
    if (engine) conllu(), evaluation(), equal_readings(), long_sentences(), vectors(), states(), damaged_files();
    rap_close(engine);
    return check_done(2050);
}
