/* eval SUITE …: scores against a gold file. A suite is a function with its own arguments; new ones go into the table. */
#include <string.h>

#include "cli/cli.h"

static int eval_conllu(int argc, char **argv) {
    rap_error e = {0};
    if (argc != 3) return cli_usage("eval", "conllu takes a gold file and a system's file, both CoNLL-U");
    if (rap_eval_conllu(argv[1], argv[2], stdout, &e) != RAP_OK) return cli_fail(&e);
    return cli_finish(0);
}

static int eval_sample(int argc, char **argv) {
    rap_error e = {0};
    rap_ledger *ledger = NULL;
    int first = 1;
    if (argc > 2 && strcmp(argv[1], "-d") == 0) {
        if (rap_ledger_open(&ledger, argv[2], false, &e) != RAP_OK) return cli_fail(&e);
        first = 3;
    }
    if (argc <= first) return cli_usage("eval", "sample takes the files that were filled in (from `rapporteur sample`), -d LEDGER before them to keep the judgements");
    rap_status status = rap_eval_sample(ledger, (const char *const *)argv + first, argc - first, stdout, &e);
    rap_ledger_close(ledger);
    return status == RAP_OK ? cli_finish(0) : cli_fail(&e);
}

/* argv[0] is the suite's name. */
static const struct suite {
    const char *name, *summary;
    int (*run)(int argc, char **argv);
} suites[] = {
    {"conllu", "GOLD SYSTEM: sentences, words, UPOS, lemma, UAS, LAS, CLAS", eval_conllu},
    {"sample", "[-d LEDGER] FILE…: a judged sample: precision, recall, Krippendorff's alpha", eval_sample},
};

int cmd_eval(int argc, char **argv);
int cmd_eval(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "--help") == 0) return cli_help("eval");
    for (size_t i = 0; argc > 1 && i < sizeof suites / sizeof *suites; i++)
        if (strcmp(argv[1], suites[i].name) == 0) return suites[i].run(argc - 1, argv + 1);
    cli_usage("eval", argc > 1 ? "no suite \"%s\"" : "which suite?", argc > 1 ? argv[1] : "");
    for (size_t i = 0; i < sizeof suites / sizeof *suites; i++) fprintf(stderr, "  %-10s %s\n", suites[i].name, suites[i].summary);
    return 2;
}
