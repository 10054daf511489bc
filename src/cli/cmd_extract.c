/* extract: whatever holds articles to document records, boilerplate gone. */
#include "cli/cli.h"

DECLARE_COMMAND(extract);

static rap_status each(void *context, rap_document *doc, rap_error *e) {
    (void)context;
    return rap_write_document(doc, stdout, e);
}

int cmd_extract(int argc, char **argv) {
    enum { OPTION_COLUMNS = OPTION_OWN };
    static const struct option table[] = {{"help", no_argument, NULL, OPTION_HELP}, {"columns", required_argument, NULL, OPTION_COLUMNS}, {0}};
    rap_source_options source = {0};
    int c;
    optind = 1;
    while ((c = getopt_long(argc, argv, "", table, NULL)) != -1) switch (c) {
        case OPTION_HELP: return cli_help(argv[0]);
        case OPTION_COLUMNS: source.columns = optarg; break;
        default: return cli_usage(argv[0], "wrong option");
        }
    return cli_finish(cli_documents(argv + optind, argc - optind, &source, each, NULL));
}
