/* Blocks of "Name: value" lines ended by an empty one, as HTTP, WARC and MIME have them. */
#ifndef RAP_INTAKE_HEADS_H
#define RAP_INTAKE_HEADS_H

#include "base/str.h"

uint32_t heads_length(str s);                   /* of the block with its empty line; 0 when it does not end in s */
str heads_value(str heads, const char *name);   /* of the first line named so, in any case; "" for none */
bool heads_say(str value, const char *word);    /* does it stand in the value, in any case? */

#endif
