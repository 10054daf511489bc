/* Paragraphs of a block: by blank lines, and by every line's end unless the text is one whose lines were broken at a fixed width. */
#ifndef RAP_TEXT_PARAGRAPHS_H
#define RAP_TEXT_PARAGRAPHS_H

#include "base/str.h"

/* Were the lines broken by width, so that a single line's end is only a space? */
bool lines_are_wrapped(str text);
/* The next paragraph at or after *at: [*start, *end) without the white space around; false when there is none. Moves *at behind it. */
bool paragraph_next(str text, bool wrapped, uint32_t *at, uint32_t *start, uint32_t *end);

/* White space and marks that nobody sees (zero-width space, byte order mark, controls). */
bool blank_at(str text, uint32_t i, uint32_t *length);

#endif
