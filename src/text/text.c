#include "text/text.h"

#include "text/lists.h"
#include "text/model.h"
#include "text/reading.h"

struct text_stage {
    word_lists lists;
    text_model model;
    model_file file;
};

/* Points the model into its mapped file. */
static rap_status open_model(text_stage *stage, const struct setup *with, rap_error *e) {
    size_t length;
    rap_status s = model_open(&stage->file, with->models, "text.bin", e);
    if (s != RAP_OK) return s;
    const void *cuts = model_section(&stage->file, "cuts", CUT_WEIGHTS * sizeof(int16_t), &length);
    const void *ends = model_section(&stage->file, "ends", END_WEIGHTS * sizeof(int16_t), &length);
    const float *scales = model_section(&stage->file, "scales", 2 * sizeof(float), &length);
    const uint8_t *known = model_section(&stage->file, "known", KNOWN_BITS / 8, &length);
    if (!cuts || !ends || !scales || !known)
        return error_set(e, RAP_UNREADABLE, "models/text.bin: parts are missing or too short; make it again with `rapporteur train text`");
    stage->model = (text_model){.cuts = {cuts, CUT_WEIGHTS - 1, scales[0]}, .ends = {ends, END_WEIGHTS - 1, scales[1]}, .known = known};
    setup_stamp(with, &stage->file);
    return RAP_OK;
}

rap_status text_open(text_stage **out, const struct setup *with, rap_error *e) {
    text_stage *stage = arena_new(with->home, text_stage);
    word_lists_read(&stage->lists, with->lexicon, with->home);
    *out = stage;
    return open_model(stage, with, e);
}

void text_close(text_stage *stage) {
    if (stage) model_close(&stage->file);
}

static bool judge_cut(void *model, const cut_site *site) { return cut_decide(model, site); }
static bool judge_end(void *model, const end_site *site) { return end_decide(model, site); }

void text_read(const text_stage *stage, document *doc) {
    text_model model = stage->model;
    text_judge judge = {judge_cut, judge_end, &model};
    text_read_blocks(&stage->lists, &judge, doc);
}
