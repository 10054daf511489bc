/* Many documents through one engine: threads, shards, output in the order of the input, progress, and a summary of what was left out. */
#ifndef RAP_CLI_BATCH_H
#define RAP_CLI_BATCH_H

#include "rapporteur.h"

typedef struct batch {
    const rap_engine *engine;
    char **paths;              /* none: standard input */
    int path_count, threads;   /* threads ≥ 1 */
    rap_source_options source;
    bool quiet;                /* no progress, no summary */
    /* Writes the records of one document that has been read; called from any thread. */
    rap_status (*write)(void *context, rap_document *document, FILE *out, rap_error *error);
    void *context;
} batch;

/* Reads and writes all documents; what cannot be read is named on standard error. Output is the same bytes for every number of threads.
 * Returns the exit status. */
int batch_run(batch *b, const char *name);

/* "4" to a number of threads, "0" to as many as there are processors; false for anything else. */
bool batch_threads(const char *text, int *threads);
/* "1/4" to one of four shards (I modulo N, so counting from 0 or from 1 is the same); false for anything else. */
bool batch_shard(const char *text, rap_source_options *source);

#endif
