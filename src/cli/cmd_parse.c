/* parse: text, or CoNLL-U with its own words, to CoNLL-U with trees. */
#include <errno.h>
#include <string.h>

#include "cli/cli.h"

typedef struct job {
    rap_engine *engine;
    FILE *states;
} job;

static rap_status put_states(const job *j, const rap_document *doc, rap_error *e) {
    return j->states ? rap_write_states(doc, j->states, e) : RAP_OK;
}

static rap_status each(void *context, rap_document *doc, rap_error *e) {
    job *j = context;
    rap_status s = rap_parse(j->engine, doc, e);
    if (s == RAP_OK) s = rap_write_conllu(doc, stdout, e);
    return s == RAP_OK ? put_states(j, doc, e) : s;
}

static rap_status each_batch(const job *j, rap_conllu *stream, rap_document *doc, rap_error *e) {
    rap_status s;
    while ((s = rap_conllu_next(stream, doc, e)) == RAP_OK) {
        if ((s = rap_parse_tokens(j->engine, doc, e)) != RAP_OK) return s;
        if ((s = rap_conllu_write(stream, doc, stdout, e)) != RAP_OK) return s;
        if ((s = put_states(j, doc, e)) != RAP_OK) return s;
    }
    return s == RAP_END ? RAP_OK : s;
}

static int retag(const job *j, const char *path) {
    bool standard = strcmp(path, "-") == 0;
    FILE *in = standard ? stdin : fopen(path, "r");
    if (!in) {
        fprintf(stderr, "rapporteur: %s: %s\n", path, strerror(errno));
        return 1;
    }
    rap_conllu *stream = NULL;
    rap_document *doc = NULL;
    rap_error e = {0};
    rap_status s = rap_document_new(&doc, &e);
    if (s == RAP_OK) s = rap_conllu_open(&stream, in, &e);
    if (s == RAP_OK) s = each_batch(j, stream, doc, &e);
    int status = s == RAP_OK ? 0 : cli_fail(&e);
    rap_conllu_close(stream);
    rap_document_free(doc);
    if (!standard) fclose(in);
    return status;
}

int cmd_parse(int argc, char **argv);
int cmd_parse(int argc, char **argv) {
    enum { OPTION_CONLLU = OPTION_OWN, OPTION_STATES, OPTION_COLUMNS };
    static const struct option table[] = {CLI_ENGINE_OPTIONS,
                                          {"conllu", no_argument, NULL, OPTION_CONLLU},
                                          {"states", required_argument, NULL, OPTION_STATES}, /* float32 rows: to train heads on */
                                          {"columns", required_argument, NULL, OPTION_COLUMNS},
                                          {0}};
    rap_options options = {0};
    rap_source_options source = {.as_it_stands = true};
    rap_error e = {0};
    job j = {0};
    bool conllu = false;
    const char *states = NULL;
    int c, status = 0;
    optind = 1;
    while ((c = getopt_long(argc, argv, "", table, NULL)) != -1) switch (c) {
        case OPTION_HELP: return cli_help("parse");
        case OPTION_MODELS: options.models = optarg; break;
        case OPTION_LEXICON: options.lexicon = optarg; break;
        case OPTION_CONLLU: conllu = true; break;
        case OPTION_COLUMNS: source.columns = optarg; break;
        case OPTION_STATES: states = optarg, options.states = true; break;
        default: return cli_usage("parse", "wrong option");
        }
    if (states && !(j.states = fopen(states, "wb"))) return cli_usage("parse", "%s: %s", states, strerror(errno));
    if (rap_open(&j.engine, &options, &e) != RAP_OK) return cli_fail(&e);
    if (!conllu) status = cli_documents(argv + optind, argc - optind, &source, each, &j);
    else if (optind == argc) status = retag(&j, "-");
    for (; conllu && optind < argc; optind++) status = cli_worse(status, retag(&j, argv[optind]));
    rap_close(j.engine);
    if (j.states && fclose(j.states) != 0) status = cli_worse(status, 3);
    return cli_finish(status);
}
