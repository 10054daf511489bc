/* sample: sentences drawn from a ledger for people to judge. */
#include <stdlib.h>
#include <string.h>

#include "cli/filters.h"

int cmd_sample(int argc, char **argv);
int cmd_sample(int argc, char **argv) {
    enum { OPTION_BY = OPTION_OWN, OPTION_SEED };
    static const struct option table[] = {{"help", no_argument, NULL, OPTION_HELP}, {"ledger", required_argument, NULL, 'd'}, {"number", required_argument, NULL, 'n'},
                                          {"by", required_argument, NULL, OPTION_BY}, {"seed", required_argument, NULL, OPTION_SEED}, CLI_FILTERS, {0}};
    rap_filters f = {0};
    rap_error e = {0};
    rap_ledger *ledger;
    const char *path = NULL;
    long n = 100;
    uint64_t seed = 1;
    bool by_root = false;
    int c;
    optind = 1;
    while ((c = getopt_long(argc, argv, "d:n:", table, NULL)) != -1) {
        if (c == OPTION_HELP) return cli_help("sample");
        if (c == 'd') path = optarg;
        else if (c == 'n') n = strtol(optarg, NULL, 10);
        else if (c == OPTION_SEED) seed = strtoull(optarg, NULL, 10);
        else if (c == OPTION_BY) {
            if (strcmp(optarg, "root") != 0) return cli_usage("sample", "--by \"%s\": only root is known", optarg);
            by_root = true;
        } else if (!cli_filter(&f, c, optarg)) return cli_usage("sample", "wrong option");
    }
    if (!path) return cli_usage("sample", "which ledger? give -d LEDGER");
    if (n < 2) return cli_usage("sample", "-n takes a number of rows, at least 2");
    if (rap_ledger_open(&ledger, path, false, &e) != RAP_OK) return cli_fail(&e);
    rap_status status = rap_sample(ledger, &f, n, by_root, seed, stdout, &e);
    rap_ledger_close(ledger);
    return status == RAP_OK ? cli_finish(0) : cli_fail(&e);
}
