/* rapporteur COMMAND …: finds the command and runs it. */
#include "cli/cli.h"

#include <signal.h>
#include <string.h>

#define COMMANDS                                                                                                       \
    COMMAND(code, "documents to statements")                                                                           \
    COMMAND(annotate, "documents to every layer of their reading")                                                     \
    COMMAND(relate, "the event between two given sides of a sentence")                                                 \
    COMMAND(parse, "text to CoNLL-U trees")                                                                            \
    COMMAND(who, "whom words mean on a date")                                                                          \
    COMMAND(extract, "an article's HTML to a document")                                                                \
    COMMAND(check, "what lies in the input, before coding it")                                                         \
    COMMAND(explain, "one sentence, its tree, and why each statement was made")                                        \
    COMMAND(add, "documents into a ledger")                                                                            \
    COMMAND(ask, "questions to a ledger")                                                                              \
    COMMAND(report, "a ledger's answers composed into a page")                                                         \
    COMMAND(export, "event tables from a ledger")                                                                      \
    COMMAND(sample, "sentences drawn from a ledger for people to judge")                                               \
    COMMAND(correct, "a person's correction of a ledger's row")                                                        \
    COMMAND(recode, "a ledger coded anew after a change of knowledge")                                                 \
    COMMAND(eval, "scores against a gold file or a judged sample")                                                     \
    COMMAND(train, "the models from treebanks and gold files")                                                         \
    COMMAND(lexicon, "for people who mend the knowledge: lint, try, coverage, diff")

#define COMMAND(name, summary) int cmd_##name(int argc, char **argv);
COMMANDS
#undef COMMAND

const command cli_commands[] = {
#define COMMAND(name, summary) {#name, summary, cmd_##name},
    COMMANDS
#undef COMMAND
    {NULL, NULL, NULL}};

static int overview(FILE *out) {
    fputs("usage: rapporteur COMMAND …      rapporteur COMMAND --help for each\n\n", out);
    for (const command *c = cli_commands; c->name; c++) fprintf(out, "  %-9s %s\n", c->name, c->summary);
    return out == stdout ? cli_finish(0) : 2;
}

int main(int argc, char **argv) {
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error of writing, told with exit status 3, */
    signal(SIGXFSZ, SIG_IGN); /* and so is a file that may not grow further (ulimit -f) */
    if (argc < 2) return overview(stderr);
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) return argc > 2 ? cli_help(argv[2]) : overview(stdout);
    if (strcmp(argv[1], "--version") == 0) {
        puts("rapporteur " RAP_VERSION);
        return cli_finish(0);
    }
    for (const command *c = cli_commands; c->name; c++)
        if (strcmp(c->name, argv[1]) == 0) return c->run(argc - 1, argv + 1);
    fprintf(stderr, "rapporteur: no command \"%s\"\n", argv[1]);
    return overview(stderr);
}
