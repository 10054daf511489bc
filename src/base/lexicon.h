/* The knowledge as text: every .tsv and .txt of lexicon/, embedded in the program at build time, or read from a folder at run time.
 * The stages parse their own files at start-up; the text stays alive as long as the lexicon, so that they may point into it. */
#ifndef RAP_BASE_LEXICON_H
#define RAP_BASE_LEXICON_H

#include "base/arena.h"
#include "base/error.h"

typedef struct lexicon lexicon;

/* folder NULL: the embedded files. Otherwise a folder whose files replace the embedded ones of the same name; a file that is
 * called `NAME.add.tsv` is read behind NAME.tsv (a user's additions and corrections). */
rap_status lexicon_open(lexicon **out, const char *folder, rap_error *e);
void lexicon_close(lexicon *lex);
arena *lexicon_arena(const lexicon *lex); /* lives as long as the lexicon: for the stages' own tables */

/* The text of a file ("frames.tsv"); empty when there is none. */
str lexicon_file(const lexicon *lex, const char *name);
/* All files whose name starts with `prefix`, in order of name. Returns how many; *names and *texts are arrays of that length. */
size_t lexicon_files(const lexicon *lex, const char *prefix, const str **names, const str **texts);
/* First 8 hex digits of the XXH3 hash of all names and texts: the lexicon's version in every record. */
const char *lexicon_version(const lexicon *lex);

/* Reading lines: skips blank lines and those that open with '#'. Fields are separated by tabs, trimmed; missing ones are empty.
 *     lexicon_line line = {0};
 *     while (lexicon_next(text, &line)) … line.field[0] … line.count … line.number */
enum { LEXICON_FIELDS = 16 };
typedef struct lexicon_line {
    str field[LEXICON_FIELDS];
    int count, number; /* of fields; of the line, from 1 */
    str whole;
    uint32_t next;
} lexicon_line;
bool lexicon_next(str text, lexicon_line *line);

/* An error that names file and line, quotes the line and underlines `what` (a part of it):
 *     frames.tsv:12: unknown event "CONSULTT" (one of AGREE, …)\n    meet  CONSULTT …\n          ^~~~~~~~ */
rap_status lexicon_error(rap_error *e, const char *file, const lexicon_line *line, str what, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

#endif
