/* Writing JSON, straight into a buffer: one record a line. Values are escaped as RFC 8259 asks; text is valid UTF-8 by intake's word. */
#ifndef RAP_OUT_JSON_H
#define RAP_OUT_JSON_H

#include "base/buffer.h"

void json_text(buffer *b, str s);                          /* a quoted, escaped string */
void json_key(buffer *b, const char *name);                /* ,"name": with the comma unless first in its object */
void json_member(buffer *b, const char *name, str value);  /* key and string */
void json_number(buffer *b, const char *name, long value);
void json_decimal(buffer *b, const char *name, double value, int decimals);
void json_flag(buffer *b, const char *name, bool value);
void json_absent(buffer *b, const char *name);

#endif
