#include "where/where.h"

struct where_stage {
    const lexicon *lexicon;
};

rap_status where_open(where_stage **out, const setup *with, rap_error *e) {
    (void)e;
    where_stage *stage = arena_new(with->home, where_stage);
    stage->lexicon = with->lexicon;
    *out = stage;
    return RAP_OK;
}

void where_close(where_stage *stage) { (void)stage; }

void where_read(const where_stage *stage, document *doc) { (void)stage, (void)doc; }

int32_t where_of(const where_stage *stage, const document *doc, int32_t at, const str *countries, int count) {
    (void)stage, (void)doc, (void)at, (void)countries, (void)count;
    return -1;
}
