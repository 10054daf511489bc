/* What a line of a page is, by its words: shared by pages saved as text and by HTML. */
#ifndef RAP_INTAKE_FURNITURE_H
#define RAP_INTAKE_FURNITURE_H

#include "document.h"
#include "intake/words.h"

bool line_is_menu(const intake_words *w, str line);      /* the whole line is a button or a heading of navigation */
bool line_ends_article(const intake_words *w, str line); /* a short heading behind which no article goes on ("Related stories") */
bool line_is_furniture(const intake_words *w, str line); /* asks for a subscription, states a copyright … and is not long */
bool line_is_byline(str line);                           /* "By A. Writer, staff reporter" */
bool line_is_credit(str line);                           /* a caption by its photo credit: "… (AP Photo/X)", "Photo: …" */
int line_words(str line);
str line_without_site(str title); /* "Headline | The Paper" to "Headline" */
bool line_closed(str line); /* ends like a sentence, closing quotes and brackets aside */

bool line_says_published(const intake_words *w, str line); /* has a date behind "published", "posted" or the like */
/* Dates in a line like "Posted on : 2017-11-22 16:03 KST Modified on : …". Sets published and modified where they are still unknown.
 * Returns false, and changes nothing, when the line is not chiefly about dates. */
bool line_take_dates(document *doc, const intake_words *w, str line);
/* `published` from what the page itself says elsewhere: its address, the dateline that opens the body ("SEOUL, Nov. 21, 2017 (Agency) --"). */
void document_date_from_elsewhere(document *doc, const intake_words *w, str body);

#endif
