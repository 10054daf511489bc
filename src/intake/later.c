#include "intake/html.h"
#include "intake/reader.h"
#include "intake/export.h"
rap_status html_document(document *doc, const intake_words *words, str html, str raw, bool repaired, rap_error *e) {
    (void)doc, (void)words, (void)html, (void)raw, (void)repaired;
    return error_set(e, RAP_UNREADABLE, "HTML is not read yet");
}
str html_charset(str bytes) { return (void)bytes, STR(""); }
rap_status reader_html(reader *me, rap_error *e) { return reader_text(me, e); }
rap_status reader_warc(reader *me, rap_error *e) { return reader_text(me, e); }
rap_status reader_feed(reader *me, rap_error *e) { return reader_text(me, e); }
rap_status reader_export(reader *me, rap_error *e) { return reader_text(me, e); }
export_kind export_layout(str head) { return (void)head, EXPORT_NONE; }
