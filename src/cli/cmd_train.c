/* train relate: the weights of the ranker from gold records. (The parser's network is trained by train/syntax; see models/MODEL_CARD.md.) */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

int cmd_train(int argc, char **argv);
int cmd_train(int argc, char **argv) {
    enum { OPTION_FOLDS = OPTION_OWN, OPTION_MODEL };
    static const struct option table[] = {CLI_ENGINE_OPTIONS,
                                          {"folds", required_argument, NULL, OPTION_FOLDS},
                                          {"write", required_argument, NULL, OPTION_MODEL},
                                          {0}};
    rap_options options = {0};
    rap_engine *engine;
    rap_error e = {0};
    const char *model = NULL;
    int c, folds = 5;
    optind = 1;
    while ((c = getopt_long(argc, argv, "", table, NULL)) != -1) switch (c) {
        case OPTION_HELP: return cli_help("train");
        case OPTION_MODELS: options.models = optarg; break;
        case OPTION_LEXICON: options.lexicon = optarg; break;
        case OPTION_FOLDS: folds = atoi(optarg); break;
        case OPTION_MODEL: model = optarg; break;
        default: return cli_usage("train", "wrong option");
        }
    if (optind >= argc || strcmp(argv[optind], "relate") != 0)
        return cli_usage("train", "what to train? (relate; the parser's network: train/syntax)");
    if (rap_open(&engine, &options, &e) != RAP_OK) return cli_fail(&e);
    rap_status s = rap_train_relate(engine, argv + optind + 1, argc - optind - 1, folds, model, stdout, &e);
    rap_close(engine);
    return cli_finish(s == RAP_OK ? 0 : cli_fail(&e));
}
