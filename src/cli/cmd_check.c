/* check: what lies in the input, before an hour is spent on coding it. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/cli.h"
#include "cli/tally.h"

DECLARE_COMMAND(check);

/* How long coding takes is measured here and now: some documents are coded, the first ones and then ever fewer over the whole input, a second's worth. */
typedef struct sample {
    rap_engine *engine;     /* NULL: why says why not */
    char why[300];
    unsigned long sentences, bytes; /* coded */
    double seconds, spent;          /* of processor, for these; for those that failed, too */
} sample;

typedef struct seen { uint64_t *keys; size_t count, room; } seen; /* an open-addressed set of hashes */

typedef struct survey {
    unsigned long documents, no_date, odd_date, no_outlet, damaged, doubles, empty, foreign;
    unsigned long long bytes, coded_bytes; /* of text; of that in languages that are coded */
    sample rate;
    tally_list outlets, languages;
    char first[32], last[32], odd[64];
    seen texts;
    bool json;
} survey;

static uint64_t hash(const char *text, size_t length) { /* FNV-1a, blanks aside */
    uint64_t h = 1469598103934665603ull;
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] > ' ') h = (h ^ (unsigned char)text[i]) * 1099511628211ull;
    return h ? h : 1;
}

static void place_key(uint64_t *keys, size_t room, uint64_t key) {
    size_t at = key & (room - 1);
    while (keys[at] && keys[at] != key) at = (at + 1) & (room - 1);
    keys[at] = key;
}

/* True if it was there. Without memory nothing counts as a double. */
static bool already(seen *s, uint64_t key) {
    if (s->count * 2 >= s->room) {
        size_t room = s->room ? s->room * 2 : 1024;
        uint64_t *bigger = calloc(room, sizeof *bigger);
        if (!bigger) return false;
        for (size_t i = 0; i < s->room; i++)
            if (s->keys[i]) place_key(bigger, room, s->keys[i]);
        free(s->keys);
        s->keys = bigger, s->room = room;
    }
    size_t at = key & (s->room - 1);
    while (s->keys[at] && s->keys[at] != key) at = (at + 1) & (s->room - 1);
    if (s->keys[at]) return true;
    s->keys[at] = key, s->count++;
    return false;
}

static void tally_view(tally_list *list, rap_view v, const char *none) {
    char text[TALLY_TEXT];
    snprintf(text, sizeof text, "%.*s", (int)(v.length < TALLY_TEXT - 1 ? v.length : TALLY_TEXT - 1), v.text);
    tally_add(list, v.length ? text : none, 1);
}

static double processor(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* number: of this document among those that would be coded, from 1. Takes the document's layers, so it comes last. */
static void code_sample(sample *r, rap_document *doc, unsigned long number) {
    rap_error ignored;
    if (!r->engine || r->spent > 1 || (r->spent > 0.3 && (number & (number - 1)) != 0)) return;
    double began = processor();
    rap_status status = rap_read(r->engine, doc, &ignored);
    double took = processor() - began;
    r->spent += took;
    if (status != RAP_OK) return;
    r->seconds += took;
    r->sentences += rap_document_count(doc, "sentences");
    r->bytes += rap_document_count(doc, "bytes");
}

/* Minutes to code everything, and how many sentences that will be; below 0 where nothing was measured. */
static double minutes_for(const survey *s, double *sentences) {
    const sample *r = &s->rate;
    double whole = r->bytes ? (double)s->coded_bytes / (double)r->bytes : 0;
    *sentences = whole * (double)r->sentences;
    return s->coded_bytes == 0 ? 0 : r->bytes == 0 ? -1 : (whole * r->seconds + processor() - r->spent) / 60;
}

static rap_status each(void *context, rap_document *doc, rap_error *e) {
    survey *s = context;
    rap_view date = rap_document_field(doc, "published"), given = rap_document_field(doc, "published as given"), outlet = rap_document_field(doc, "outlet");
    rap_view body = rap_document_field(doc, "body"), language = rap_document_field(doc, "language");
    (void)e;
    s->documents++;
    s->bytes += rap_document_count(doc, "bytes");
    s->damaged += rap_document_count(doc, "skipped") > 0;
    s->empty += body.length == 0;
    s->doubles += body.length > 0 && already(&s->texts, hash(body.text, body.length));
    s->no_outlet += outlet.length == 0;
    bool foreign = language.length > 0 && strncmp(language.text, "en", 2) != 0;
    s->foreign += foreign;
    if (!foreign) s->coded_bytes += rap_document_count(doc, "bytes");
    tally_view(&s->outlets, outlet, "(none)");
    tally_view(&s->languages, language, "(not told)");
    if (date.length == 0) {
        s->no_date++;
        if (given.length && !s->odd_date++) snprintf(s->odd, sizeof s->odd, "%.*s", (int)(given.length < 60 ? given.length : 60), given.text);
    } else {
        char day[32];
        snprintf(day, sizeof day, "%.*s", (int)(date.length < 10 ? date.length : 10), date.text);
        if (!s->first[0] || strcmp(day, s->first) < 0) strcpy(s->first, day);
        if (!s->last[0] || strcmp(day, s->last) > 0) strcpy(s->last, day);
    }
    if (!foreign) code_sample(&s->rate, doc, s->documents - s->foreign);
    return RAP_OK;
}

static int by_count(const void *a, const void *b) {
    const unsigned long x = ((const __typeof__(((tally_list *)0)->row[0]) *)a)->count, y = ((const __typeof__(((tally_list *)0)->row[0]) *)b)->count;
    return x < y ? 1 : x > y ? -1 : 0;
}

static void print_list(const char *name, tally_list *list) {
    qsort(list->row, (size_t)list->count, sizeof list->row[0], by_count);
    printf("%-16s", name);
    for (int i = 0; i < list->count && i < 8; i++) printf("%s%s %lu", i ? ", " : "", list->row[i].text, list->row[i].count);
    unsigned long rest = list->others;
    for (int i = 8; i < list->count; i++) rest += list->row[i].count;
    if (rest) printf(", others %lu", rest);
    putchar('\n');
}

static void print_survey(survey *s) {
    double sentences, minutes = minutes_for(s, &sentences);
    printf("%-16s%lu, %.1f MB of text\n", "documents", s->documents, (double)s->bytes / 1e6);
    if (s->documents == 0) return;
    print_list("outlets", &s->outlets);
    print_list("languages", &s->languages);
    if (s->first[0]) printf("%-16s%s to %s\n", "published", s->first, s->last);
    printf("%-16s%lu%s\n", "dates missing", s->no_date, s->no_date ? "  (their relative dates stay open, and they enter no series)" : "");
    if (s->odd_date) printf("%-16s%lu given but not understood, as \"%s\"\n", "", s->odd_date, s->odd);
    printf("%-16s%lu of the same text as another\n", "doubles", s->doubles);
    if (s->empty) printf("%-16s%lu\n", "without a body", s->empty);
    if (s->damaged) printf("%-16s%lu with bytes that could not be read\n", "damaged", s->damaged);
    if (s->foreign) printf("%-16s%lu not in English: passed on without statements\n", "not coded", s->foreign);
    if (minutes < 0) printf("%-16snot known: %s\n", "coding takes", s->rate.why[0] ? s->rate.why : "too little text to measure");
    else
        printf("%-16sabout %.*f minutes on one core of this machine, some %.0f sentences%s\n", "coding takes", minutes < 1 ? 2 : minutes < 10 ? 1 : 0, minutes, sentences,
               s->rate.seconds > 0 ? "" : " (too little text to measure)");
}

static void json_list(const char *name, const tally_list *list) {
    printf(",\"%s\":{", name);
    for (int i = 0; i < list->count; i++) {
        printf("%s\"", i ? "," : "");
        for (const char *c = list->row[i].text; *c; c++) {
            if (*c == '"' || *c == '\\') putchar('\\');
            putchar((unsigned char)*c < ' ' ? ' ' : *c);
        }
        printf("\":%lu", list->row[i].count);
    }
    printf("}");
}

static void print_json(const survey *s) {
    printf("{\"type\":\"check\",\"documents\":%lu,\"bytes\":%llu", s->documents, s->bytes);
    json_list("outlets", &s->outlets);
    json_list("languages", &s->languages);
    double sentences, minutes = minutes_for(s, &sentences);
    printf(",\"first\":\"%s\",\"last\":\"%s\",\"dates_missing\":%lu,\"dates_odd\":%lu,\"doubles\":%lu,\"empty\":%lu,\"damaged\":%lu,\"foreign\":%lu,", s->first,
           s->last, s->no_date, s->odd_date, s->doubles, s->empty, s->damaged, s->foreign);
    printf(minutes < 0 ? "\"minutes\":null,\"sentences\":null}\n" : "\"minutes\":%.2f,\"sentences\":%.0f}\n", minutes, sentences);
}

int cmd_check(int argc, char **argv) {
    enum { OPTION_COLUMNS = OPTION_OWN, OPTION_JSON };
    static const struct option table[] = {CLI_ENGINE_OPTIONS, {"columns", required_argument, NULL, OPTION_COLUMNS}, {"json", no_argument, NULL, OPTION_JSON}, {0}};
    rap_options options = {0};
    rap_error e = {0};
    rap_source_options source = {0};
    survey *s = calloc(1, sizeof *s);
    int c, status;
    if (!s) return 3;
    optind = 1;
    while ((c = getopt_long(argc, argv, "", table, NULL)) != -1) switch (c) {
        case OPTION_HELP: free(s); return cli_help(argv[0]);
        case OPTION_COLUMNS: source.columns = optarg; break;
        case OPTION_JSON: s->json = true; break;
        case OPTION_MODELS: options.models = optarg; break;
        case OPTION_LEXICON: options.lexicon = optarg; break;
        default: free(s); return cli_usage(argv[0], "wrong option");
        }
    if (rap_open(&s->rate.engine, &options, &e) != RAP_OK) s->rate.engine = NULL, snprintf(s->rate.why, sizeof s->rate.why, "%.250s", e.message);
    status = cli_documents(argv + optind, argc - optind, &source, each, s);
    if (s->json) print_json(s);
    else print_survey(s);
    rap_close(s->rate.engine);
    free(s->texts.keys);
    free(s);
    return cli_finish(status);
}
