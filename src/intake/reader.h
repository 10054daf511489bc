/* A reader cuts one stream into records (cheap: enough for sharding and counting) and makes a document of a record. One per format. */
#ifndef RAP_INTAKE_READER_H
#define RAP_INTAKE_READER_H

#include "base/buffer.h"
#include "document.h"
#include "intake/stream.h"
#include "intake/words.h"

typedef struct record {
    str bytes;      /* until the next take */
    size_t number;  /* of the line where it begins, or of the record, from 1 */
    str url, charset; /* as a container states them; may be empty */
    moment date;    /* of the crawl; never a publication date */
    void *item;     /* the reader's own */
} record;

typedef struct reader reader;
struct reader {
    /* RAP_OK; RAP_END; RAP_UNREADABLE: this one record is lost, call again; others end it. `*r` comes zeroed. */
    rap_status (*take)(reader *me, record *r, rap_error *e);
    /* Fills the cleared document, whose arena has its way out set. */
    rap_status (*make)(reader *me, const record *r, document *doc, rap_error *e);
    void (*close)(reader *me); /* of `own`; may be NULL */
    const char *unit;          /* what record.number counts: "line", "record", "item"; "" when the stream is one document */
    stream *in;
    const intake_words *words;
    const char *columns;       /* the user's --columns, or NULL */
    buffer *room;              /* for decoding, shared by all readers of a source */
    const char *name;          /* for HTML pages without an address of their own */
    void *own;
    bool as_it_stands;         /* plain text is all body */
    bool done, passes_gaps;    /* goes on behind a damaged stretch of the stream */
};

/* What a stream holds, by its first bytes. */
typedef enum kind {
    KIND_EMPTY, KIND_TEXT, KIND_HTML, KIND_MHTML, KIND_JSON, KIND_TABLE, KIND_WARC, KIND_FEED, KIND_EXPORT, KIND_GZIP, KIND_ARCHIVE, KIND_BINARY
} kind;

/* The kind of the visible bytes; for KIND_BINARY *what names it ("a PDF file"). has_columns: the user says that it is a table. */
kind kind_of_bytes(str head, bool has_columns, const char **what);

/* Each sets take, make, close and unit (and own, when it needs one); in, words, columns, room, name are set. */
rap_status reader_text(reader *me, rap_error *e);
rap_status reader_json(reader *me, rap_error *e);
rap_status reader_table(reader *me, rap_error *e);
rap_status reader_html(reader *me, rap_error *e);
rap_status reader_mhtml(reader *me, rap_error *e);
rap_status reader_warc(reader *me, rap_error *e);
rap_status reader_feed(reader *me, rap_error *e);
rap_status reader_export(reader *me, rap_error *e);

/* The delimiter of a table whose first lines these are, 0 if they are none. */
char table_delimiter(str head, bool has_columns);

/* One JSON document record into a cleared document; bytes: valid UTF-8; raw: the bytes they came from. */
rap_status json_document(document *doc, const intake_words *words, str bytes, str raw, bool repaired, rap_error *e);

/* A whole stream as one record: take of text and HTML. */
rap_status take_whole(reader *me, record *r, rap_error *e);

#endif
