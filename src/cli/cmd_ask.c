/* ask: questions to a ledger. */
#include <string.h>

#include "cli/filters.h"

int cmd_ask(int argc, char **argv);
int cmd_ask(int argc, char **argv) {
    enum { OPTION_JSON = OPTION_OWN };
    static const struct option table[] = {{"help", no_argument, NULL, OPTION_HELP}, {"ledger", required_argument, NULL, 'd'}, {"json", no_argument, NULL, OPTION_JSON}, CLI_FILTERS, {0}};
    rap_filters f = {0};
    rap_error e = {0};
    rap_ledger *ledger;
    const char *path = NULL;
    bool json = false;
    int c;
    optind = 1;
    while ((c = getopt_long(argc, argv, "d:", table, NULL)) != -1) {
        if (c == OPTION_HELP) return cli_help("ask");
        if (c == 'd') path = optarg;
        else if (c == OPTION_JSON) json = true;
        else if (!cli_filter(&f, c, optarg)) return cli_usage("ask", "wrong option");
    }
    if (!path) return cli_usage("ask", "which ledger? give -d LEDGER");
    if (optind >= argc && !f.since) return cli_usage("ask", "ask what? one of:\n%s", rap_questions());
    const char *question = optind < argc ? argv[optind++] : "news";
    if (strcmp(question, "why") == 0 && optind < argc) f.item = argv[optind++];
    if (optind < argc) return cli_usage("ask", "what is \"%s\"? conditions are options, --who NAME", argv[optind]);
    if (rap_ledger_open(&ledger, path, false, &e) != RAP_OK) return cli_fail(&e);
    rap_status status = rap_ask(ledger, question, &f, json, stdout, &e);
    rap_ledger_close(ledger);
    return status == RAP_OK ? cli_finish(0) : cli_fail(&e);
}
