/* code and annotate: documents to statements or to all layers, a pure filter. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "cli/batch.h"
#include "cli/cli.h"

typedef struct job {
    rap_engine *engine;
    rap_format format;
    bool text, annotate;
    _Atomic uint64_t time[RAP_STAGES];
} job;

static rap_status write_document(void *context, rap_document *doc, FILE *out, rap_error *e) {
    job *j = context;
    for (int i = 0; i < RAP_STAGES; i++) j->time[i] += rap_stage_time(doc, i);
    return j->annotate ? rap_write_annotation(j->engine, doc, out, e) : rap_write_statements(j->engine, doc, j->format, j->text, out, e);
}

static void show_times(job *j) {
    uint64_t all = 0;
    for (int i = 0; i < RAP_STAGES; i++) all += j->time[i];
    for (int i = 0; i < RAP_STAGES; i++)
        fprintf(stderr, "%-10s %8.3f s %5.1f %%\n", rap_stage_name(i), (double)j->time[i] / 1e9, all ? 100.0 * (double)j->time[i] / (double)all : 0);
}

/* The option's 0, everything, is the library's -1, since its 0 is "as the model has it". */
static bool least_of(const char *given, float *out) {
    char *end;
    *out = strtof(given, &end);
    if (end == given || *end || !(*out >= 0 && *out <= 1)) return false;
    if (*out == 0) *out = -1;
    return true;
}

static int run(int argc, char **argv, bool annotate) {
    enum { OPTION_FORMAT = OPTION_OWN, OPTION_TEXT, OPTION_COLUMNS, OPTION_SHARD, OPTION_QUIET, OPTION_TIMES, OPTION_LEAST };
    static const struct option table[] = {CLI_ENGINE_OPTIONS,
                                          {"format", required_argument, NULL, OPTION_FORMAT},
                                          {"text", no_argument, NULL, OPTION_TEXT},
                                          {"columns", required_argument, NULL, OPTION_COLUMNS},
                                          {"shard", required_argument, NULL, OPTION_SHARD},
                                          {"threads", required_argument, NULL, 'j'},
                                          {"quiet", no_argument, NULL, OPTION_QUIET},
                                          {"least", required_argument, NULL, OPTION_LEAST},
                                          {"times", no_argument, NULL, OPTION_TIMES},
                                          {0}};
    rap_options options = {0};
    batch all = {.threads = 1, .write = write_document};
    rap_error e = {0};
    job j = {.annotate = annotate};
    const char *name = argv[0];
    bool times = false;
    int c;
    optind = 1;
    while ((c = getopt_long(argc, argv, "j:", table, NULL)) != -1) switch (c) {
        case OPTION_HELP: return cli_help(name);
        case OPTION_MODELS: options.models = optarg; break;
        case OPTION_LEXICON: options.lexicon = optarg; break;
        case OPTION_TEXT: j.text = true; break;
        case OPTION_COLUMNS: all.source.columns = optarg; break;
        case OPTION_QUIET: all.quiet = true; break;
        case OPTION_LEAST:
            if (!least_of(optarg, &options.least)) return cli_usage(name, "--least takes a probability from 0 (everything) to 1");
            break;
        case OPTION_TIMES: times = true; break;
        case OPTION_SHARD:
            if (!batch_shard(optarg, &all.source)) return cli_usage(name, "--shard wants I/N, as 2/4 for the second of four, not \"%s\"", optarg);
            break;
        case 'j':
            if (!batch_threads(optarg, &all.threads)) return cli_usage(name, "-j wants a number of threads (0: one a processor), not \"%s\"", optarg);
            break;
        case OPTION_FORMAT:
            if (!rap_format_of(optarg, &j.format))
                return cli_usage(name, "unknown format \"%s\" (jsonl, csv, polecat, icews, gdelt, gdelt2, gdelt-mentions, phoenix or cameo)", optarg);
            break;
        default: return cli_usage(name, "wrong option");
        }
    if (rap_open(&j.engine, &options, &e) != RAP_OK) return cli_fail(&e);
    if (rap_write_header(j.engine, j.format, stdout, &e) != RAP_OK) return cli_fail(&e);
    all.engine = j.engine, all.context = &j;
    all.paths = argv + optind, all.path_count = argc - optind;
    int status = batch_run(&all, name);
    if (times) show_times(&j);
    rap_close(j.engine);
    return cli_finish(status);
}

int cmd_code(int argc, char **argv);
int cmd_annotate(int argc, char **argv);
int cmd_code(int argc, char **argv) { return run(argc, argv, false); }
int cmd_annotate(int argc, char **argv) { return run(argc, argv, true); }
