#include "said/said.h"

#include "said/reading.h"

struct said_stage {
    knowledge know;
};

rap_status said_open(said_stage **out, const setup *with, rap_error *e) {
    said_stage *stage = arena_new(with->home, said_stage);
    rap_status status = knowledge_read(&stage->know, with, e);
    *out = stage;
    return status;
}

void said_close(said_stage *stage) { (void)stage; }

static reading reading_of(const said_stage *stage, document *doc) {
    reading r = {.know = &stage->know, .doc = doc};
    r.cue_at = arena_array(&doc->home, int32_t, doc->token_count + 1);
    for (size_t t = 0; t <= doc->token_count; t++) r.cue_at[t] = -1;
    return r;
}

void said_read(const said_stage *stage, const who_stage *who, document *doc) {
    (void)who;
    reading r = reading_of(stage, doc);
    cues_negation(&r);
    factuality_read(&r);
}

str said_voice(const said_stage *stage, const document *doc, const actor *speaker) {
    (void)stage, (void)doc, (void)speaker;
    return STR("");
}
