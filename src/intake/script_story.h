/* Articles that a page holds only as data for its scripts (Next.js' __NEXT_DATA__, window.__PRELOADED_STATE__ = {…}, JSON.parse("…")): found by
 * their headline, whatever the members are called around it.
 *
 *   an object whose title is the page's, and in it the member of a content's name ("body", "content_elements", "blocks" …) with most words;
 *   or such a member anywhere whose text opens with the page's title. */
#ifndef RAP_INTAKE_SCRIPT_STORY_H
#define RAP_INTAKE_SCRIPT_STORY_H

#include "base/buffer.h"
#include "base/str.h"

typedef struct script_story {
    buffer html;        /* of the text: a <p> for each paragraph that the data tell apart; owned */
    char published[48]; /* as stated beside it, "" where it is not */
    long words;
    long left;          /* how much of the page's data may still be looked at */
} script_story;

/* Looks through all <script> of a page (UTF-8) for the article of that title. False: no such article, or no memory (s->html.failed). */
bool script_story_find(str html, str title, script_story *s);

#endif
