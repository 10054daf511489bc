/* explain "SENTENCE": a person's view of one sentence. */
#include <string.h>

#include "cli/cli.h"

DECLARE_COMMAND(explain);

int cmd_explain(int argc, char **argv) {
    enum { OPTION_PUBLISHED = OPTION_OWN };
    static const struct option table[] = {CLI_ENGINE_OPTIONS, {"published", required_argument, NULL, OPTION_PUBLISHED}, {0}};
    rap_options options = {.least = -1}; /* what code leaves out is shown too, and marked */
    rap_error e = {0};
    const char *published = NULL;
    int c;
    optind = 1;
    while ((c = getopt_long(argc, argv, "", table, NULL)) != -1) switch (c) {
        case OPTION_HELP: return cli_help("explain");
        case OPTION_MODELS: options.models = optarg; break;
        case OPTION_LEXICON: options.lexicon = optarg; break;
        case OPTION_PUBLISHED: published = optarg; break;
        default: return cli_usage("explain", "wrong option");
        }
    if (argc - optind != 1) return cli_usage("explain", "wants one sentence, in quotes");
    rap_engine *engine = NULL;
    rap_document *doc = NULL;
    int status = 0;
    if (rap_open(&engine, &options, &e) != RAP_OK || rap_document_new(&doc, &e) != RAP_OK ||
        rap_document_from_text(doc, argv[optind], strlen(argv[optind]), published, &e) != RAP_OK || rap_read(engine, doc, &e) != RAP_OK ||
        rap_write_explanation(engine, doc, 80, stdout, &e) != RAP_OK)
        status = cli_fail(&e);
    rap_document_free(doc);
    rap_close(engine);
    return cli_finish(status);
}
