/* export: event tables from a ledger. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/filters.h"

/* A file under its name only when it is whole: it is written beside it as NAME.part. What is no plain file (/dev/stdout) is written as it is. */
typedef struct output {
    FILE *file;
    char path[4096], part[4096];
} output;

static bool output_open(output *o) {
    struct stat held;
    bool plain = stat(o->path, &held) != 0 || S_ISREG(held.st_mode);
    snprintf(o->part, sizeof o->part, "%.4080s%s", o->path, plain ? ".part" : "");
    o->file = fopen(o->part, "wb");
    if (!o->file) fprintf(stderr, "rapporteur export: %s: %s\n", o->path, strerror(errno));
    return o->file;
}

static int output_close(output *o, int status) {
    if (!o->file) return status;
    bool part = strcmp(o->part, o->path) != 0;
    if (fclose(o->file) != 0 && status == 0) status = (fprintf(stderr, "rapporteur export: %s: %s\n", o->path, strerror(errno)), 3);
    o->file = NULL;
    if (part && status == 0 && rename(o->part, o->path) != 0) status = (fprintf(stderr, "rapporteur export: %s: %s\n", o->path, strerror(errno)), 3);
    if (part && status != 0) remove(o->part);
    return status;
}

/* "events.tab" has "events.unrealized.csv" beside it. */
static void name_outputs(const char *path, output *main, output *rest) {
    const char *dot = strrchr(path, '.');
    int stem = dot && !strchr(dot, '/') ? (int)(dot - path) : (int)strlen(path);
    snprintf(main->path, sizeof main->path, "%s", path);
    snprintf(rest->path, sizeof rest->path, "%.*s.unrealized.csv", stem, path);
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
    const char *path = NULL, *path_out = NULL;
    output main = {0}, rest = {0};
    int c;
    optind = 1;
    while ((c = getopt_long(argc, argv, "d:o:", table, NULL)) != -1) {
        if (c == OPTION_HELP) return cli_help("export");
        if (c == 'd') path = optarg;
        else if (c == 'o') path_out = optarg;
        else if (c == OPTION_FORMAT) {
            if (!rap_format_of(optarg, &format)) return cli_usage("export", "unknown format \"%s\" (jsonl, csv, polecat, icews, gdelt, gdelt2, gdelt-mentions, phoenix or cameo)", optarg);
        } else if (!cli_filter(&f, c, optarg)) return cli_usage("export", "wrong option");
    }
    if (!path) return cli_usage("export", "which ledger? give -d LEDGER");
    if (rap_ledger_open(&ledger, path, false, &e) != RAP_OK) return cli_fail(&e);
    if (path_out) {
        name_outputs(path_out, &main, &rest);
        if (!output_open(&main) || (format != RAP_JSONL && !output_open(&rest))) {
            output_close(&main, 3);
            rap_ledger_close(ledger);
            return 3;
        }
    }
    rap_status status = rap_export(ledger, &f, format, path_out ? main.file : stdout, rest.file, &e);
    rap_ledger_close(ledger);
    int result = status == RAP_OK ? 0 : cli_fail(&e);
    result = output_close(&rest, result);
    return cli_finish(output_close(&main, result));
}
