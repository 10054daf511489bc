/* report: a ledger's answers composed into a page. */
#include <string.h>

#include "cli/filters.h"

int cmd_report(int argc, char **argv);
int cmd_report(int argc, char **argv) {
    enum { OPTION_FORMAT = OPTION_OWN, OPTION_METHODS };
    static const struct option table[] = {{"help", no_argument, NULL, OPTION_HELP}, {"ledger", required_argument, NULL, 'd'}, {"format", required_argument, NULL, OPTION_FORMAT},
                                          {"methods", no_argument, NULL, OPTION_METHODS}, CLI_FILTERS, {0}};
    rap_filters f = {0};
    rap_error e = {0};
    rap_ledger *ledger;
    rap_page dress = RAP_PAGE_TEXT;
    const char *path = NULL;
    bool methods = false;
    int c;
    optind = 1;
    while ((c = getopt_long(argc, argv, "d:", table, NULL)) != -1) {
        if (c == OPTION_HELP) return cli_help("report");
        if (c == 'd') path = optarg;
        else if (c == OPTION_METHODS) methods = true;
        else if (c == OPTION_FORMAT) {
            if (strcmp(optarg, "text") == 0) dress = RAP_PAGE_TEXT;
            else if (strcmp(optarg, "markdown") == 0 || strcmp(optarg, "md") == 0) dress = RAP_PAGE_MARKDOWN;
            else if (strcmp(optarg, "html") == 0) dress = RAP_PAGE_HTML;
            else return cli_usage("report", "unknown format \"%s\" (text, markdown or html)", optarg);
        } else if (!cli_filter(&f, c, optarg)) return cli_usage("report", "wrong option");
    }
    if (!path) return cli_usage("report", "which ledger? give -d LEDGER");
    if (rap_ledger_open(&ledger, path, false, &e) != RAP_OK) return cli_fail(&e);
    rap_status status = methods ? rap_report_methods(ledger, &f, stdout, &e) : rap_report(ledger, &f, dress, stdout, &e);
    rap_ledger_close(ledger);
    return status == RAP_OK ? cli_finish(0) : cli_fail(&e);
}
