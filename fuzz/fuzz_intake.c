/* Every reader of foreign bytes through the one door they share: the first byte chooses whether columns are named, the rest is a file. */
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "rapporteur.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* A file that lives in memory: /dev/fd names a pipe, so that streams that cannot be wound back are met, too. */
static void read_all(const uint8_t *bytes, size_t size, const rap_source_options *options) {
    int ends[2];
    char path[32];
    rap_source *source;
    rap_document *doc;
    rap_error error;
    if (size > 60000 || pipe(ends) != 0) return;
    ssize_t put = write(ends[1], bytes, size);
    close(ends[1]);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    if (put == (ssize_t)size && rap_document_new(&doc, &error) == RAP_OK) {
        if (rap_source_open(&source, path, options, &error) == RAP_OK) {
            for (int i = 0; i < 1000; i++) {
                rap_status s = rap_source_next(source, doc, &error);
                if (s != RAP_OK && s != RAP_UNREADABLE) break;
            }
            rap_source_close(source);
        }
        rap_document_free(doc);
    }
    close(ends[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    if (size == 0) return 0;
    rap_source_options options = {.columns = bytes[0] == 'c' ? "text=text,published=date" : NULL};
    read_all(bytes + 1, size - 1, &options);
    return 0;
}
