/* who: whom words mean on a date; one answer a line, in order. */
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static int answer_lines(rap_engine *engine, rap_document *doc, FILE *in, const char *path) {
    rap_error e = {0};
    char *line = NULL;
    size_t room = 0, number = 0;
    ssize_t n;
    int status = 0;
    while ((n = getline(&line, &room, in)) >= 0) {
        number++;
        if (strspn(line, " \t\r\n") == (size_t)n) continue;
        rap_status s = rap_who(engine, doc, line, (size_t)n, stdout, &e);
        if (s == RAP_OK) continue;
        fprintf(stderr, "rapporteur who: %s:%zu: %s\n", path, number, e.message);
        status = cli_worse(status, s == RAP_UNREADABLE ? 1 : 3);
        if (s != RAP_UNREADABLE) break;
    }
    free(line);
    return status;
}

/* Words that are written like a file's name are taken for one, so that a slip in a path is told and not answered. */
static bool like_file(const char *words) {
    static const char *const endings[] = {".jsonl", ".json", ".txt"};
    size_t n = strlen(words);
    if (words[0] == '/' || strncmp(words, "./", 2) == 0 || strncmp(words, "../", 3) == 0) return true;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (n > strlen(endings[i]) && strcmp(words + n - strlen(endings[i]), endings[i]) == 0) return true;
    return false;
}

static int answer_file(rap_engine *engine, rap_document *doc, const char *path, const char *on, const char *context) {
    rap_error e = {0};
    FILE *in = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    int status;
    if (!in && like_file(path)) {
        fprintf(stderr, "rapporteur who: %s: %s\n", path, strerror(errno));
        return 1;
    }
    if (!in) /* no such file: the words themselves */
        return rap_who_words(engine, doc, path, context, on, stdout, &e) == RAP_OK ? 0 : cli_fail(&e);
    status = answer_lines(engine, doc, in, path);
    if (in != stdin) fclose(in);
    return status;
}

int cmd_who(int argc, char **argv);
int cmd_who(int argc, char **argv) {
    enum { OPTION_ON = OPTION_OWN, OPTION_CONTEXT };
    static const struct option table[] = {CLI_ENGINE_OPTIONS, {"on", required_argument, NULL, OPTION_ON}, {"context", required_argument, NULL, OPTION_CONTEXT}, {0}};
    rap_options options = {0};
    rap_engine *engine;
    rap_document *doc;
    rap_error e = {0};
    const char *on = NULL, *context = NULL;
    int c, status = 0;
    optind = 1;
    while ((c = getopt_long(argc, argv, "", table, NULL)) != -1) switch (c) {
        case OPTION_HELP: return cli_help("who");
        case OPTION_MODELS: options.models = optarg; break;
        case OPTION_LEXICON: options.lexicon = optarg; break;
        case OPTION_ON: on = optarg; break;
        case OPTION_CONTEXT: context = optarg; break;
        default: return cli_usage("who", "wrong option");
        }
    if (rap_open(&engine, &options, &e) != RAP_OK) return cli_fail(&e);
    if (rap_document_new(&doc, &e) != RAP_OK) return cli_fail(&e);
    if (optind == argc) status = answer_lines(engine, doc, stdin, "-");
    for (int i = optind; i < argc; i++) status = cli_worse(status, answer_file(engine, doc, argv[i], on, context));
    rap_document_free(doc);
    rap_close(engine);
    return cli_finish(status);
}
