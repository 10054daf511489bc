/* recode: a ledger coded anew after a change of knowledge. */
#include "cli/cli.h"

int cmd_recode(int argc, char **argv);
int cmd_recode(int argc, char **argv) {
    enum { OPTION_ONLY = OPTION_OWN, OPTION_ALL };
    static const struct option table[] = {CLI_ENGINE_OPTIONS, {"ledger", required_argument, NULL, 'd'}, {"only", required_argument, NULL, OPTION_ONLY}, {"all", no_argument, NULL, OPTION_ALL}, {0}};
    rap_options options = {0};
    rap_error e = {0};
    rap_engine *engine;
    rap_ledger *ledger;
    const char *path = NULL, *only = NULL;
    int c;
    optind = 1;
    while ((c = getopt_long(argc, argv, "d:", table, NULL)) != -1) switch (c) {
        case OPTION_HELP: return cli_help("recode");
        case OPTION_MODELS: options.models = optarg; break;
        case OPTION_LEXICON: options.lexicon = optarg; break;
        case OPTION_ONLY: only = optarg; break;
        case OPTION_ALL: only = ""; break;
        case 'd': path = optarg; break;
        default: return cli_usage("recode", "wrong option");
        }
    if (!path) return cli_usage("recode", "which ledger? give -d LEDGER");
    if (rap_open(&engine, &options, &e) != RAP_OK) return cli_fail(&e);
    if (rap_ledger_open(&ledger, path, false, &e) != RAP_OK) return cli_fail(&e);
    rap_status status = rap_recode(ledger, engine, only, stdout, &e);
    rap_ledger_close(ledger);
    rap_close(engine);
    return status == RAP_OK ? cli_finish(0) : cli_fail(&e);
}
