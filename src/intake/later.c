#include "intake/reader.h"
#include "intake/export.h"
rap_status reader_export(reader *me, rap_error *e) { return reader_text(me, e); }
export_kind export_layout(str head) { return (void)head, EXPORT_NONE; }
