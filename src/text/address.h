/* Things written without spaces that are one word whatever marks they hold: web and mail addresses, @names, #tags, faces like ":-)". */
#ifndef RAP_TEXT_ADDRESS_H
#define RAP_TEXT_ADDRESS_H

#include "base/str.h"

/* Bytes of the address that begins at text[start]; 0 if none does. Looks no further than `end`, and at most some 2,000 bytes. Closing marks
 * and stops behind an address are not of it. */
uint32_t address_length(str text, uint32_t start, uint32_t end);

#endif
