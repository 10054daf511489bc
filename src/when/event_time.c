#include "when/stage.h"

event_time when_of(const when_stage *stage, document *doc, int32_t at) {
    (void)stage, (void)doc, (void)at;
    return (event_time){.value = STR(""), .timex = -1, .begin = DAY_NONE, .end = DAY_NONE};
}
