/* export: event tables from a ledger. */
#include <errno.h>
#include <string.h>

#include "cli/filters.h"

static bool format_of(const char *name, rap_format *out) {
    static const char *const names[] = {"jsonl", "csv", "polecat", "icews", "gdelt", "cameo"};
    for (int i = 0; i < 6; i++)
        if (strcmp(name, names[i]) == 0) return *out = (rap_format)i, true;
    return false;
}

static int close_file(FILE *f, const char *path) {
    if (f && fclose(f) != 0) return fprintf(stderr, "rapporteur export: %s: %s\n", path, strerror(errno)), 3;
    return 0;
}

int cmd_export(int argc, char **argv);
int cmd_export(int argc, char **argv) {
    enum { OPTION_FORMAT = OPTION_OWN };
    static const struct option table[] = {{"help", no_argument, NULL, OPTION_HELP}, {"ledger", required_argument, NULL, 'd'}, {"format", required_argument, NULL, OPTION_FORMAT},
                                          {"output", required_argument, NULL, 'o'}, CLI_FILTERS, {0}};
    rap_filters f = {0};
    rap_format format = RAP_CSV;
    rap_error e = {0};
    rap_ledger *ledger;
    const char *path = NULL, *output = NULL;
    char rest[4096];
    FILE *out = stdout, *unrealized = NULL;
    int c;
    optind = 1;
    while ((c = getopt_long(argc, argv, "d:o:", table, NULL)) != -1) {
        if (c == OPTION_HELP) return cli_help("export");
        if (c == 'd') path = optarg;
        else if (c == 'o') output = optarg;
        else if (c == OPTION_FORMAT) {
            if (!format_of(optarg, &format)) return cli_usage("export", "unknown format \"%s\" (jsonl, csv, polecat, icews, gdelt or cameo)", optarg);
        } else if (!cli_filter(&f, c, optarg)) return cli_usage("export", "wrong option");
    }
    if (!path) return cli_usage("export", "which ledger? give -d LEDGER");
    if (rap_ledger_open(&ledger, path, false, &e) != RAP_OK) return cli_fail(&e);
    if (output) {
        const char *dot = strrchr(output, '.');
        snprintf(rest, sizeof rest, "%.*s.unrealized.csv", dot && !strchr(dot, '/') ? (int)(dot - output) : (int)strlen(output), output);
        out = fopen(output, "wb");
        if (out && format != RAP_JSONL) unrealized = fopen(rest, "wb");
        if (!out || (format != RAP_JSONL && !unrealized)) {
            fprintf(stderr, "rapporteur export: %s: %s\n", out ? rest : output, strerror(errno));
            rap_ledger_close(ledger);
            return 3;
        }
    }
    rap_status status = rap_export(ledger, &f, format, out, unrealized, &e);
    rap_ledger_close(ledger);
    int result = status == RAP_OK ? 0 : cli_fail(&e);
    if (output) result = cli_worse(result, cli_worse(close_file(out, output), close_file(unrealized, rest)));
    return cli_finish(result);
}
