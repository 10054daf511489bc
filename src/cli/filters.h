/* The conditions that ask, report, export and sample take alike. */
#ifndef RAP_CLI_FILTERS_H
#define RAP_CLI_FILTERS_H

#include "cli/cli.h"

enum { FILTER_FIRST = 2000, FILTER_WHO = FILTER_FIRST, FILTER_WHOM, FILTER_COUNTRY, FILTER_ROOT, FILTER_FROM, FILTER_TO, FILTER_OUTLET, FILTER_FACTUALITY,
       FILTER_VOICE, FILTER_STANCE, FILTER_WORDS, FILTER_SINCE, FILTER_COUNTING, FILTER_LIMIT, FILTER_LAST };

#define CLI_FILTERS                                                                                                    \
    {"who", required_argument, NULL, FILTER_WHO}, {"whom", required_argument, NULL, FILTER_WHOM},                      \
        {"country", required_argument, NULL, FILTER_COUNTRY}, {"root", required_argument, NULL, FILTER_ROOT},          \
        {"from", required_argument, NULL, FILTER_FROM}, {"to", required_argument, NULL, FILTER_TO},                    \
        {"outlet", required_argument, NULL, FILTER_OUTLET}, {"factuality", required_argument, NULL, FILTER_FACTUALITY}, \
        {"voice", required_argument, NULL, FILTER_VOICE}, {"stance", required_argument, NULL, FILTER_STANCE},          \
        {"words", required_argument, NULL, FILTER_WORDS}, {"since", required_argument, NULL, FILTER_SINCE},            \
        {"counting", required_argument, NULL, FILTER_COUNTING}, {"limit", required_argument, NULL, FILTER_LIMIT}

/* Takes an option of the table above; false when it is none of them. */
bool cli_filter(rap_filters *f, int option, const char *value);

#endif
