/* Bytes of any charset to UTF-8. Nothing is lost in silence: what cannot be read becomes U+FFFD and `repaired` says so. */
#ifndef RAP_INTAKE_CHARSET_H
#define RAP_INTAKE_CHARSET_H

#include "base/buffer.h"

typedef struct decoded {
    str text;      /* the input itself when it was UTF-8 already, else a view of the buffer; without a byte order mark */
    bool repaired; /* some bytes had no reading */
    bool failed;   /* out of memory, or over the buffer's ceiling */
} decoded;

/* declared: what a header or <meta> says, "" for nothing; believed only where the bytes are not valid UTF-8. `room` is overwritten. */
decoded charset_decode(str bytes, str declared, buffer *room);
/* "UTF-16LE" or the like by a byte order mark, of *length bytes, or (length 0) by every other byte's being zero; NULL for none. */
const char *charset_of_mark(str bytes, uint32_t *length);

#endif
