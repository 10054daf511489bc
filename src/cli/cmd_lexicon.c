/* lexicon: for people who mend the knowledge. lint tells what is wrong with the frames, try what a file of frames would change, coverage how
 * many of a corpus's verbs and event nouns they know. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

enum { OPTION_TOP = OPTION_OWN };

/* Another part of the lexicon may add `diff` (weak: absent until then). */
__attribute__((weak)) int lexicon_diff(int argc, char **argv, const rap_options *options);

static int lint(const rap_options *options) {
    rap_error e = {0};
    int problems;
    if (rap_lexicon_lint(options->lexicon, stdout, &problems, &e) != RAP_OK) return cli_finish(cli_fail(&e));
    return cli_finish(problems ? 1 : 0);
}

static int try_frames(int argc, char **argv, const rap_options *options) {
    rap_error e = {0};
    int status = 0;
    if (argc < 2) return cli_usage("lexicon try", "wants a file of frames and at least one file of documents");
    for (int i = 1; i < argc; i++) {
        rap_source *source;
        if (rap_source_open(&source, argv[i], NULL, &e) != RAP_OK || rap_lexicon_try(argv[0], options, source, stdout, &e) != RAP_OK)
            status = cli_worse(status, cli_fail(&e));
        else rap_source_close(source);
    }
    return cli_finish(status);
}

static rap_status count_document(void *coverage, rap_document *document, rap_error *e) { return rap_coverage_add(coverage, document, e); }

static int coverage(int argc, char **argv, size_t most, const rap_options *options) {
    rap_error e = {0};
    rap_coverage *of = NULL;
    int status = rap_coverage_open(&of, options, &e) == RAP_OK ? cli_documents(argv, argc, NULL, count_document, of) : cli_fail(&e);
    if (status != 3 && of) rap_coverage_write(of, most, stdout);
    rap_coverage_close(of);
    return cli_finish(status);
}

int cmd_lexicon(int argc, char **argv);
int cmd_lexicon(int argc, char **argv) {
    static const struct option table[] = {CLI_ENGINE_OPTIONS, {"top", required_argument, NULL, OPTION_TOP}, {0}};
    rap_options options = {0};
    long top = 40;
    char *end;
    int c;
    optind = 1;
    while ((c = getopt_long(argc, argv, "", table, NULL)) != -1) switch (c) {
        case OPTION_HELP: return cli_help("lexicon");
        case OPTION_MODELS: options.models = optarg; break;
        case OPTION_LEXICON: options.lexicon = optarg; break;
        case OPTION_TOP:
            top = strtol(optarg, &end, 10);
            if (end == optarg || *end || top < 0) return cli_usage("lexicon", "--top wants a whole number, not \"%s\"", optarg);
            break;
        default: return cli_usage("lexicon", "wrong option");
        }
    const char *what = optind < argc ? argv[optind] : "";
    if (strcmp(what, "lint") == 0) return lint(&options);
    if (strcmp(what, "try") == 0) return try_frames(argc - optind - 1, argv + optind + 1, &options);
    if (strcmp(what, "coverage") == 0) return coverage(argc - optind - 1, argv + optind + 1, (size_t)top, &options);
    if (strcmp(what, "diff") == 0 && lexicon_diff) return lexicon_diff(argc - optind, argv + optind, &options);
    return cli_usage("lexicon", "what to do? (lint, try FRAMES CORPUS, coverage CORPUS, diff)");
}
