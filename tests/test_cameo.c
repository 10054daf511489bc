/* Every root has a code, a quad class and an intensity; the refused meeting is 125; contexts and modes go before the general line. */
#include "check.h"
#include "what/cameo.h"

int main(void) {
    lexicon *lex;
    rap_error e;
    arena home;
    const cameo_table *table;
    arena_init(&home);
    CHECK(lexicon_open(&lex, NULL, &e) == RAP_OK);
    CHECK(cameo_open(&table, lex, &home, &e) == RAP_OK, "%s", e.message);
    for (int root = AGREE; root < PLOVER_COUNT; root++) {
        cameo c = cameo_of(table, (plover)root, STR(""), NULL, 0);
        CHECK(c.code.len >= 2 && c.quad >= 1 && c.quad <= 4, "%s", plover_name((plover)root));
        CHECK((c.quad <= 2) == (c.intensity > 0), "%s: sign of the intensity", plover_name((plover)root));
        CHECK(str_eq(c.code, cameo_of(table, (plover)root, STR("no such mode"), NULL, 0).code));
    }
    str legal = STR("legal"), military = STR("military");
    CHECK(str_is(cameo_of(table, REJECT, STR("meet"), NULL, 0).code, "125"));
    CHECK(str_is(cameo_of(table, RETREAT, STR("release"), NULL, 0).code, "0841"));
    CHECK(str_is(cameo_of(table, AID, STR(""), &military, 1).code, "072"));
    CHECK(str_is(cameo_of(table, COOPERATE, STR(""), &legal, 1).code, "063"));
    CHECK(str_is(cameo_of(table, CONSULT, STR("phone"), NULL, 0).code, "041"));
    CHECK(cameo_of(table, EVENT_NONE, STR("appear"), NULL, 0).quad == 0);
    lexicon_close(lex);
    arena_free(&home);
    return check_done(50);
}
