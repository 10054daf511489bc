/* relate: which event lies between two given sides; exactly one answer a line, in order. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static int answer_lines(rap_engine *engine, FILE *in, const char *path) {
    rap_document *doc;
    rap_error e = {0};
    char *line = NULL;
    size_t room = 0, number = 0;
    ssize_t n;
    int status = 0;
    if (rap_document_new(&doc, &e) != RAP_OK) return cli_fail(&e);
    while ((n = getline(&line, &room, in)) >= 0) {
        number++;
        if (strspn(line, " \t\r\n") == (size_t)n) continue;
        rap_status s = rap_relate(engine, doc, line, (size_t)n, stdout, &e);
        if (s == RAP_OK) continue;
        fprintf(stderr, "rapporteur relate: %s:%zu: %s\n", path, number, e.message);
        status = cli_worse(status, s == RAP_UNREADABLE ? 1 : 3);
        if (s != RAP_UNREADABLE) break;
    }
    free(line);
    rap_document_free(doc);
    return status;
}

int cmd_relate(int argc, char **argv);
int cmd_relate(int argc, char **argv) {
    static const struct option table[] = {CLI_ENGINE_OPTIONS, {0}};
    rap_options options = {0};
    rap_engine *engine;
    rap_error e = {0};
    int c, status = 0;
    optind = 1;
    while ((c = getopt_long(argc, argv, "", table, NULL)) != -1) switch (c) {
        case OPTION_HELP: return cli_help("relate");
        case OPTION_MODELS: options.models = optarg; break;
        case OPTION_LEXICON: options.lexicon = optarg; break;
        default: return cli_usage("relate", "wrong option");
        }
    if (rap_open(&engine, &options, &e) != RAP_OK) return cli_fail(&e);
    if (optind == argc) status = answer_lines(engine, stdin, "-");
    for (int i = optind; i < argc; i++) {
        FILE *in = strcmp(argv[i], "-") == 0 ? stdin : fopen(argv[i], "rb");
        if (!in) {
            perror(argv[i]);
            status = cli_worse(status, 1);
            continue;
        }
        status = cli_worse(status, answer_lines(engine, in, argv[i]));
        if (in != stdin) fclose(in);
    }
    rap_close(engine);
    return cli_finish(status);
}
