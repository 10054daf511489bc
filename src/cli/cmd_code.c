/* code and annotate: documents to statements or to all layers, a pure filter. */
#include <string.h>

#include "cli/cli.h"

typedef struct job {
    rap_engine *engine;
    rap_format format;
    bool text, annotate;
} job;

static rap_status each(void *context, rap_document *doc, rap_error *e) {
    job *j = context;
    rap_status s = rap_read(j->engine, doc, e);
    if (s != RAP_OK) return s;
    return j->annotate ? rap_write_annotation(j->engine, doc, stdout, e)
                       : rap_write_statements(j->engine, doc, j->format, j->text, stdout, e);
}

static bool format_of(const char *name, rap_format *out) {
    static const char *const names[] = {"jsonl", "csv", "polecat", "icews", "gdelt", "cameo"};
    for (int i = 0; i < 6; i++)
        if (strcmp(name, names[i]) == 0) return *out = (rap_format)i, true;
    return false;
}

static int run(int argc, char **argv, bool annotate) {
    enum { OPTION_FORMAT = OPTION_OWN, OPTION_TEXT, OPTION_COLUMNS };
    static const struct option table[] = {CLI_ENGINE_OPTIONS,
                                          {"format", required_argument, NULL, OPTION_FORMAT},
                                          {"text", no_argument, NULL, OPTION_TEXT},
                                          {"columns", required_argument, NULL, OPTION_COLUMNS},
                                          {0}};
    rap_options options = {0};
    rap_source_options source = {0};
    rap_error e = {0};
    job j = {.annotate = annotate};
    const char *name = argv[0];
    int c;
    optind = 1;
    while ((c = getopt_long(argc, argv, "", table, NULL)) != -1) switch (c) {
        case OPTION_HELP: return cli_help(name);
        case OPTION_MODELS: options.models = optarg; break;
        case OPTION_LEXICON: options.lexicon = optarg; break;
        case OPTION_TEXT: j.text = true; break;
        case OPTION_COLUMNS: source.columns = optarg; break;
        case OPTION_FORMAT:
            if (!format_of(optarg, &j.format))
                return cli_usage(name, "unknown format \"%s\" (jsonl, csv, polecat, icews, gdelt or cameo)", optarg);
            break;
        default: return cli_usage(name, "wrong option");
        }
    if (rap_open(&j.engine, &options, &e) != RAP_OK) return cli_fail(&e);
    if (rap_write_header(j.engine, j.format, stdout, &e) != RAP_OK) return cli_fail(&e);
    int status = cli_documents(argv + optind, argc - optind, &source, each, &j);
    rap_close(j.engine);
    return cli_finish(status);
}

int cmd_code(int argc, char **argv);
int cmd_annotate(int argc, char **argv);
int cmd_code(int argc, char **argv) { return run(argc, argv, false); }
int cmd_annotate(int argc, char **argv) { return run(argc, argv, true); }
