/* UTF-8 and the little of Unicode that reading news needs. */
#ifndef RAP_BASE_UTF8_H
#define RAP_BASE_UTF8_H

#include "base/arena.h"

/* Length of the longest valid prefix of s (Unicode 15, table 3-7: no surrogates, no overlong forms); s.len when all is valid. */
uint32_t utf8_valid(str s);

/* The code point at byte i and, in *length, its bytes (1 and U+FFFD where the bytes are broken). i < s.len. */
uint32_t utf8_at(str s, uint32_t i, uint32_t *length);

/* Does the word begin with a capital letter? "Élysée" does, "’s" does not. */
bool utf8_capital(str word);

bool unicode_letter(uint32_t c);
bool unicode_upper(uint32_t c);
bool unicode_lower(uint32_t c);
bool unicode_digit(uint32_t c);
bool unicode_space(uint32_t c); /* with no-break space and the like */

/* Lower-cased copy (simple folding; ASCII fast path). */
str utf8_lower(arena *a, str s);
/* Lower-cased, without diacritics (é to e, ö to o, ø to o, ß to ss): the key under which names are looked up. */
str utf8_fold(arena *a, str s);

#endif
