/* lexicon diff: what a folder of one's own changes of the knowledge. */
#include "cli/cli.h"

int lexicon_diff(int argc, char **argv, const rap_options *options);
int lexicon_diff(int argc, char **argv, const rap_options *options) {
    rap_error e = {0};
    const char *folder = argc > 1 ? argv[1] : options->lexicon;
    if (!folder) return cli_usage("lexicon diff", "wants the folder of your files: rapporteur lexicon diff DIR");
    return cli_finish(rap_lexicon_diff(folder, stdout, &e) == RAP_OK ? 0 : cli_fail(&e));
}
