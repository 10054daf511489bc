/* correct: a person's correction of a ledger's row. */
#include "cli/cli.h"

int cmd_correct(int argc, char **argv);
int cmd_correct(int argc, char **argv) {
    enum { OPTION_FIELD = OPTION_OWN, OPTION_TO, OPTION_BY, OPTION_REASON };
    static const struct option table[] = {{"help", no_argument, NULL, OPTION_HELP}, {"ledger", required_argument, NULL, 'd'}, {"field", required_argument, NULL, OPTION_FIELD},
                                          {"to", required_argument, NULL, OPTION_TO}, {"by", required_argument, NULL, OPTION_BY}, {"reason", required_argument, NULL, OPTION_REASON}, {0}};
    const char *path = NULL, *field = NULL, *value = NULL, *by = NULL, *reason = NULL;
    rap_error e = {0};
    rap_ledger *ledger;
    int c;
    optind = 1;
    while ((c = getopt_long(argc, argv, "d:", table, NULL)) != -1) switch (c) {
        case OPTION_HELP: return cli_help("correct");
        case 'd': path = optarg; break;
        case OPTION_FIELD: field = optarg; break;
        case OPTION_TO: value = optarg; break;
        case OPTION_BY: by = optarg; break;
        case OPTION_REASON: reason = optarg; break;
        default: return cli_usage("correct", "wrong option");
        }
    if (!path) return cli_usage("correct", "which ledger? give -d LEDGER");
    if (argc - optind != 2) return cli_usage("correct", "expected the kind of correction and a statement's id: correct -d LEDGER date ID --to 2012-11-30 --by NAME --reason TEXT");
    if (rap_ledger_open(&ledger, path, false, &e) != RAP_OK) return cli_fail(&e);
    rap_status status = rap_correct(ledger, argv[optind + 1], argv[optind], field, value, by, reason, &e);
    rap_ledger_close(ledger);
    return status == RAP_OK ? cli_finish(0) : cli_fail(&e);
}
