/* Live blogs: elements made alike, side by side, each with its time and some lines. Where the judge has taken text from a quarter of them, the rest of their
 * text is the article's too, though it is short or said before. */
#ifndef RAP_INTAKE_LIVE_H
#define RAP_INTAKE_LIVE_H

#include "intake/judge.h"

/* Raises the scores of the entries' paragraphs and headings just above `cut`, and takes lone clocks away. scratch: memory for one page. */
void live_take_entries(const page *p, judged *marks, float cut, arena *scratch);

#endif
