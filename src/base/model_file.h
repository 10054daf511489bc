/* Weights on disk: one format for all models, mapped read-only.
 *
 *   offset 0   "RAPMODEL"                   8 bytes
 *          8   uint32 version (1)           little endian, as all that follows
 *         12   uint32 number of sections
 *         16   uint64 size of the file
 *         24   uint64 XXH3 of all bytes from 32 on
 *         32   sections: char name[24], uint64 offset, uint64 length    (40 bytes each; offsets are multiples of 64)
 *
 * train/model_file.py writes it (checksum included), this reads it and refuses what does not fit. What a section holds is its reader's affair. */
#ifndef RAP_BASE_MODEL_FILE_H
#define RAP_BASE_MODEL_FILE_H

#include "base/error.h"
#include "base/str.h"

typedef struct model_file {
    const unsigned char *bytes;
    size_t size;
    char version[9]; /* first 8 hex digits of the checksum */
} model_file;

/* Where models lie: `folder` if given, else $RAPPORTEUR_MODELS, else beside the program (../models, ../share/rapporteur/models),
 * else where `make install` put them. The error names every place that was tried. */
rap_status model_open(model_file *m, const char *folder, const char *name, rap_error *e);
void model_close(model_file *m);

/* A section's bytes; NULL (and *length 0) when it is not there or shorter than `at_least`. 64-byte aligned. */
const void *model_section(const model_file *m, const char *name, size_t at_least, size_t *length);

/* For training in C: collects sections and writes the file whole (to NAME.new, then renamed). Section data are lent until then. */
typedef struct model_part {
    const char *name;
    const void *data;
    size_t length;
} model_part;
rap_status model_write(const char *path, const model_part *parts, size_t count, rap_error *e);

#endif
