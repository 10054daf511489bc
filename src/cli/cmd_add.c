/* add: documents into a ledger. */
#include "cli/batch.h"
#include "cli/cli.h"
#include "cli/tally.h"

static void note(void *reasons, const rap_error *e) {
    char reason[TALLY_TEXT];
    cli_fail(e);
    tally_reason(e->message, reason);
    tally_add(reasons, reason, 1);
}

static void summary(const rap_added *a, const tally_list *reasons) {
    fprintf(stderr, "%ld documents added with %ld statements, %ld held before, %ld unreadable\n", a->documents, a->statements, a->held, a->unreadable);
    if (a->unreadable) tally_print("not read: ", reasons);
    if (a->foreign) fprintf(stderr, "  in languages that are not coded, held without statements: %ld\n", a->foreign);
}

int cmd_add(int argc, char **argv);
int cmd_add(int argc, char **argv) {
    enum { OPTION_COLUMNS = OPTION_OWN, OPTION_SHARD, OPTION_QUIET };
    static const struct option table[] = {CLI_ENGINE_OPTIONS, {"ledger", required_argument, NULL, 'd'}, {"columns", required_argument, NULL, OPTION_COLUMNS},
                                          {"shard", required_argument, NULL, OPTION_SHARD}, {"threads", required_argument, NULL, 'j'}, {"quiet", no_argument, NULL, OPTION_QUIET}, {0}};
    static char *standard_input[] = {"-"};
    rap_options options = {0};
    rap_source_options source = {0};
    rap_added added = {0};
    tally_list reasons = {0};
    rap_error e = {0};
    const char *path = NULL;
    bool quiet = false;
    int c, status = 0;
    optind = 1;
    while ((c = getopt_long(argc, argv, "d:j:", table, NULL)) != -1) switch (c) {
        case OPTION_HELP: return cli_help("add");
        case OPTION_MODELS: options.models = optarg; break;
        case OPTION_LEXICON: options.lexicon = optarg; break;
        case OPTION_COLUMNS: source.columns = optarg; break;
        case OPTION_QUIET: quiet = true; break;
        case OPTION_SHARD:
            if (!batch_shard(optarg, &source)) return cli_usage("add", "--shard wants I/N, as 2/4 for the second of four, not \"%s\"", optarg);
            break;
        case 'j':
            if (!batch_threads(optarg, &source.threads)) return cli_usage("add", "-j wants a number of threads (0: one a processor), not \"%s\"", optarg);
            break;
        case 'd': path = optarg; break;
        default: return cli_usage("add", "wrong option");
        }
    if (!path) return cli_usage("add", "which ledger? give -d LEDGER");
    rap_engine *engine;
    rap_ledger *ledger;
    if (rap_open(&engine, &options, &e) != RAP_OK) return cli_fail(&e);
    if (rap_ledger_open(&ledger, path, true, &e) != RAP_OK) {
        rap_close(engine);
        return cli_fail(&e);
    }
    char **paths = argc > optind ? argv + optind : standard_input;
    int count = argc > optind ? argc - optind : 1;
    for (int i = 0; i < count && status < 2; i++) {
        rap_status got = rap_ledger_add_path(ledger, engine, paths[i], &source, note, &reasons, &added, &e);
        if (got == RAP_UNREADABLE) status = 1;
        else if (got != RAP_OK) status = cli_fail(&e);
    }
    if (status < 2 && rap_ledger_refresh(ledger, &e) != RAP_OK) status = cli_worse(status, cli_fail(&e));
    if (!quiet) summary(&added, &reasons);
    rap_ledger_close(ledger);
    rap_close(engine);
    return cli_finish(status);
}
