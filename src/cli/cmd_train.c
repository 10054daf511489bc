/* train SUBJECT …: models made from treebanks and gold files. (The parser's network is trained by train/syntax; see models/MODEL_CARD.md.) */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

/* train relate [--folds N] [--write MODEL] GOLD… */
static int train_relate(int argc, char **argv) {
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
    if (rap_open(&engine, &options, &e) != RAP_OK) return cli_fail(&e);
    rap_status s = rap_train_relate(engine, argv + optind, argc - optind, folds, model, stdout, &e);
    rap_close(engine);
    return cli_finish(s == RAP_OK ? 0 : cli_fail(&e));
}

/* train confidence [--folds N] [--write MODEL] JUDGED FILE… */
static int train_confidence(int argc, char **argv) {
    enum { OPTION_FOLDS = OPTION_OWN, OPTION_MODEL, OPTION_NOTHING, OPTION_GOLD };
    static const struct option table[] = {CLI_ENGINE_OPTIONS,
                                          {"folds", required_argument, NULL, OPTION_FOLDS},
                                          {"write", required_argument, NULL, OPTION_MODEL},
                                          {"nothing", required_argument, NULL, OPTION_NOTHING},
                                          {"gold", required_argument, NULL, OPTION_GOLD},
                                          {0}};
    rap_options options = {.least = -1};
    rap_engine *engine;
    rap_error e = {0};
    rap_confidence_options how = {.folds = 10};
    int c;
    optind = 1;
    while ((c = getopt_long(argc, argv, "", table, NULL)) != -1) switch (c) {
        case OPTION_HELP: return cli_help("train");
        case OPTION_MODELS: options.models = optarg; break;
        case OPTION_LEXICON: options.lexicon = optarg; break;
        case OPTION_FOLDS: how.folds = atoi(optarg); break;
        case OPTION_MODEL: how.model = optarg; break;
        case OPTION_NOTHING: how.nothing = optarg; break;
        case OPTION_GOLD: how.gold = optarg; break;
        default: return cli_usage("train", "wrong option");
        }
    if (argc - optind < 2) return cli_usage("train", "confidence takes a table of verdicts and the documents that they are about");
    if (rap_open(&engine, &options, &e) != RAP_OK) return cli_fail(&e);
    rap_status s = rap_train_confidence(engine, argv[optind], argv + optind + 1, argc - optind - 1, &how, stdout, &e);
    rap_close(engine);
    return cli_finish(s == RAP_OK ? 0 : cli_fail(&e));
}

/* train text MODEL TREEBANK… */
static int train_text(int argc, char **argv) {
    rap_error e = {0};
    if (argc < 3) return cli_usage("train", "text takes the model file to write and CoNLL-U treebanks");
    if (rap_train_text((const char *const *)argv + 2, (size_t)argc - 2, argv[1], stderr, &e) != RAP_OK) return cli_fail(&e);
    return cli_finish(0);
}

typedef rap_status said_trainer(const rap_engine *, char **, int, const char *, FILE *, rap_error *);

/* train quotations|factuality [--write MODEL] GOLD… */
static int train_said(int argc, char **argv, said_trainer *trainer) {
    enum { OPTION_MODEL = OPTION_OWN };
    static const struct option table[] = {CLI_ENGINE_OPTIONS, {"write", required_argument, NULL, OPTION_MODEL}, {0}};
    rap_options options = {.states = true}; /* the taggers of said learn from them */
    rap_engine *engine;
    rap_error e = {0};
    const char *model = NULL;
    int c;
    optind = 1;
    while ((c = getopt_long(argc, argv, "", table, NULL)) != -1) switch (c) {
        case OPTION_HELP: return cli_help("train");
        case OPTION_MODELS: options.models = optarg; break;
        case OPTION_LEXICON: options.lexicon = optarg; break;
        case OPTION_MODEL: model = optarg; break;
        default: return cli_usage("train", "wrong option");
        }
    if (rap_open(&engine, &options, &e) != RAP_OK) return cli_fail(&e);
    rap_status s = trainer(engine, argv + optind, argc - optind, model, stdout, &e);
    rap_close(engine);
    return cli_finish(s == RAP_OK ? 0 : cli_fail(&e));
}

static int train_factuality(int argc, char **argv) { return train_said(argc, argv, rap_train_factuality); }
static int train_quotations(int argc, char **argv) { return train_said(argc, argv, rap_train_quotations); }

/* train names [--lists LISTS] --write EXAMPLES GOLD… */
static int train_names(int argc, char **argv) {
    enum { OPTION_MODEL = OPTION_OWN, OPTION_LISTS };
    static const struct option table[] = {CLI_ENGINE_OPTIONS,
                                          {"write", required_argument, NULL, OPTION_MODEL},
                                          {"lists", required_argument, NULL, OPTION_LISTS},
                                          {0}};
    rap_names_examples how = {0};
    rap_error e = {0};
    int c;
    optind = 1;
    while ((c = getopt_long(argc, argv, "", table, NULL)) != -1) switch (c) {
        case OPTION_HELP: return cli_help("train");
        case OPTION_MODELS: how.models = optarg; break;
        case OPTION_MODEL: how.write = optarg; break;
        case OPTION_LISTS: how.lists = optarg; break;
        default: return cli_usage("train", "wrong option");
        }
    how.gold = (const char *const *)argv + optind, how.gold_count = (size_t)(argc - optind);
    if (!how.write || how.gold_count == 0) return cli_usage("train", "names takes --write EXAMPLES and gold files: JSONL records with text and entities");
    if (rap_write_name_examples(&how, &e) != RAP_OK) return cli_fail(&e);
    return cli_finish(0);
}

static const struct subject {
    const char *name, *summary;
    int (*run)(int argc, char **argv); /* argv[0] is the subject */
} SUBJECTS[] = {
    {"relate", "GOLD…: the ranker of relate (--folds N, --write MODEL)", train_relate},
    {"confidence", "JUDGED FILE…: how likely a statement is right (--folds N, --write MODEL)", train_confidence},
    {"factuality", "GOLD…: readers' judgement, from UDS-IH2's records (--write MODEL)", train_factuality},
    {"quotations", "GOLD…: attributions, from PolNeAR's records (--write MODEL)", train_quotations},
    {"names", "GOLD…: examples for train/names/train.py (--write EXAMPLES, --lists LISTS)", train_names},
    {"text", "MODEL TREEBANK…: the reader of words and sentences", train_text},
    {NULL, NULL, NULL},
};

int cmd_train(int argc, char **argv);
int cmd_train(int argc, char **argv) {
    if (argc >= 2 && strcmp(argv[1], "--help") == 0) return cli_help("train");
    for (const struct subject *s = SUBJECTS; argc >= 2 && s->name; s++)
        if (strcmp(argv[1], s->name) == 0) return s->run(argc - 1, argv + 1);
    for (const struct subject *s = SUBJECTS; s->name; s++) fprintf(stderr, "  train %-8s %s\n", s->name, s->summary);
    return cli_usage("train", "what to train? (the parser's network: train/syntax)");
}
