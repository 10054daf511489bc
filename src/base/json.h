/* JSON texts to values, by jansson, also where memory runs out. */
#ifndef RAP_BASE_JSON_H
#define RAP_BASE_JSON_H

#include <jansson.h>

#include "base/str.h"

/* Like json_loadb. NULL when it is no JSON or memory ran short (memory_short(), json_error_out_of_memory); why may be NULL. The value is the caller's.
 *
 * jansson (2.14) goes on when the text of a string finds no room, and then reads where nothing was written. So it always finds some: a block is set aside for each text,
 * large enough for its longest string; when the system refuses, it is given from that, the rest of the text is kept from jansson, and all that was read is given up. */
json_t *json_read(const char *bytes, size_t length, size_t flags, json_error_t *why);

/* A member of an object: its text, which lives as long as the object, "" where there is none; its whole number, `absent` where there is none. */
str json_get_str(const json_t *o, const char *key);
long json_get_long(const json_t *o, const char *key, long absent);

#endif
