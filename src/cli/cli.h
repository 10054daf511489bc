/* What the commands share. A command parses its own options with getopt_long and returns an exit status of CONTRACT: 0 done, 1 some input
 * unreadable, 2 wrong usage, 3 out of memory or disk. It knows only the public header. */
#ifndef RAP_CLI_H
#define RAP_CLI_H

#include <getopt.h>

#include "rapporteur.h"

typedef struct command {
    const char *name, *summary;
    int (*run)(int argc, char **argv); /* argv[0] is the command's name */
} command;
#define DECLARE_COMMAND(name) int cmd_##name(int argc, char **argv)
extern const command cli_commands[]; /* ended by a NULL name */

/* Prints the command's page of the manual (docs/man/rapporteur-NAME.1.md). Returns 0. */
int cli_help(const char *name);
/* "rapporteur NAME: message" and a hint at --help on standard error. Returns 2. */
int cli_usage(const char *name, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Prints "rapporteur: message" and gives the exit status. */
int cli_fail(const rap_error *e);
/* The worse of two exit statuses (3 over 2 over 1 over 0). */
int cli_worse(int a, int b);

/* Options that every command which opens the engine takes: use in the table given to getopt_long. */
enum { OPTION_MODELS = 1000, OPTION_LEXICON, OPTION_HELP, OPTION_OWN };
#define CLI_ENGINE_OPTIONS                                                                                             \
    {"models", required_argument, NULL, OPTION_MODELS}, {"lexicon", required_argument, NULL, OPTION_LEXICON},          \
        {"help", no_argument, NULL, OPTION_HELP}

/* Calls `each` for every document of every path (none: standard input). A record that cannot be read is named on standard error and the
 * rest goes on; a non-OK return of `each` ends it. Returns the exit status. */
int cli_documents(char **paths, int count, const rap_source_options *options,
                  rap_status (*each)(void *context, rap_document *document, rap_error *error), void *context);

/* Flushes standard output; status 3 with a message when it cannot be written (a full disk, a closed pipe). */
int cli_finish(int status);

#endif
