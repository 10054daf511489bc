/* The ledger's parts that need no reading of text: figures, times, names, signatures, records that go in and come out again. */
#include <math.h>
#include <unistd.h>

#include "check.h"
#include "ledger/copies.h"
#include "ledger/detail.h"
#include "ledger/filters.h"
#include "ledger/intake.h"
#include "ledger/stats.h"
#include "ledger/terms.h"
#include "base/timex_days.h"

static bool near(double a, double b, double by) { return fabs(a - b) <= by; }

static void figures(void) {
    double rate, low, high;
    wilson(8, 10, &low, &high);
    CHECK(near(low, 0.4902, 1e-3) && near(high, 0.9433, 1e-3), "%f %f", low, high);
    wilson(0, 0, &low, &high);
    CHECK(low <= 0 && high >= 1);
    jeffreys(0, 0, &rate, &low, &high);
    CHECK(near(rate, 0.5, 1e-9) && low <= 0 && high >= 1);
    jeffreys(2, 2, &rate, &low, &high);
    CHECK(near(rate, 2.5 / 3, 1e-9) && near(low, 0.3334, 2e-3) && high >= 1, "%f", low);
    jeffreys(3, 10, &rate, &low, &high);
    CHECK(near(low, 0.0927, 2e-3) && near(high, 0.6058, 2e-3), "%f %f", low, high);
    CHECK(near(beta_quantile(0.5, 2, 2), 0.5, 1e-9));
    /* two judges, ten items, one disagreement: by hand, Do = 0.1, De = 2*9*11/(20*19)... */
    int a[10] = {1, 1, 1, 1, 1, 0, 0, 0, 0, 0}, b[10] = {1, 1, 1, 1, 0, 0, 0, 0, 0, 0};
    double alpha = krippendorff((const int *const[]){a, b}, 10, 2);
    CHECK(near(alpha, 1 - 0.1 / (2.0 * 9 * 11 / (20 * 19)), 1e-9), "%f", alpha);
    CHECK(near(krippendorff((const int *const[]){a, a}, 10, 2), 1, 1e-9));
    int none[2] = {-1, -1};
    CHECK(isnan(krippendorff((const int *const[]){none, none}, 2, 2)));
}

static void times(void) {
    static const struct { const char *value, *from, *to; } cases[] = {
        {"2017-11-21", "2017-11-21", "2017-11-21"}, {"2017-11-21T16:00", "2017-11-21", "2017-11-21"}, {"2012-02", "2012-02-01", "2012-02-29"},
        {"2007", "2007-01-01", "2007-12-31"}, {"2017-W47", "2017-11-20", "2017-11-26"}, {"2015-Q4", "2015-10-01", "2015-12-31"},
        {"2021-W01", "2021-01-04", "2021-01-10"}, {"PRESENT_REF", "", ""}, {"P2Y", "", ""}, {"", "", ""}, {"2017-13", "", ""}, {"2017-02-30", "", ""}, {"XXXX-11-21", "", ""}};
    arena a;
    arena_init(&a);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        day from, to;
        timex_days(str_of(cases[i].value), &from, &to);
        str f = from == DAY_NONE ? STR("") : day_format(&a, from), t = to == DAY_NONE ? STR("") : day_format(&a, to);
        CHECK(str_is(f, cases[i].from) && str_is(t, cases[i].to), "%s: %.*s %.*s", cases[i].value, STR_ARG(f), STR_ARG(t));
    }
    day d;
    CHECK(date_bound("2017", true, &d) && d == day_of(2017, 12, 31));
    CHECK(date_bound("2017-11-22T10:00:00Z", false, &d) && d == day_of(2017, 11, 22));
    CHECK(!date_bound("yesterday", false, &d));
    arena_free(&a);
}

static void names(void) {
    arena a;
    arena_init(&a);
    CHECK(str_eq(fold_name(&a, STR("Kim Jong-un")), fold_name(&a, STR("kim  Jong Un"))));
    CHECK(str_is(fold_name(&a, STR("Erdoğan, R.T.")), "erdogan r t"));
    CHECK(name_matches(&a, "Song Tao", STR("Song Tao"), STR("CHN"), STR("CHNGOV")));
    CHECK(name_matches(&a, "Song", STR("Song Tao"), STR("CHN"), STR("CHNGOV")));
    CHECK(!name_matches(&a, "Song Tao", STR("Song"), STR("CHN"), STR("CHNGOV")));
    CHECK(name_matches(&a, "CHN", STR("Song Tao"), STR("CHN"), STR("CHNGOV")));
    CHECK(!name_matches(&a, "PRK", STR("Song Tao"), STR("CHN"), STR("CHNGOV")));
    arena_free(&a);
}

static int next(words *w, char *out) {
    uint32_t n = 0;
    if (!words_next(w, out, 60, &n)) return 0;
    out[n] = '\0';
    return 1;
}

static void word_reading(void) {
    char word[64];
    words w = {.text = STR("Kim’s “visit” to X-2. The 3rd day"), .opening = true};
    static const char *const expected[] = {"kim", "visit", "to", "x", "2", "the", "3rd", "day"};
    for (size_t i = 0; i < 8; i++) {
        CHECK(next(&w, word) && strcmp(word, expected[i]) == 0, "%zu: %s", i, word);
        if (i == 5) CHECK(w.opens && w.capital);
    }
    CHECK(!next(&w, word));
}

/* Frozen: signatures lie in ledgers. */
static void signatures(void) {
    arena a;
    arena_init(&a);
    str one = signature_pack(&a, STR("The envoy met the leader in the capital on Friday and left for home on Monday morning.")),
        same = signature_pack(&a, STR("THE ENVOY met the leader, in the capital, on Friday; and left for home on Monday morning")),
        other = signature_pack(&a, STR("Heavy rain closed the mountain road for a week, and the village waited for flour and for letters."));
    CHECK(one.len == PERMUTATIONS * 4 && str_eq(one, same) && !str_eq(one, other));
    CHECK(str_hash(one, 0) == str_hash(same, 0));
    CHECK(signature_pack(&a, STR("Too short to tell")).len == 0);
    CHECK(terms_pack(&a, STR(""), STR("")).len == 0);
    arena_free(&a);
}

static const char head[] = "{\"type\":\"document\",\"id\":\"d1\",\"outlet\":\"a.example\",\"published\":\"2017-11-22\",\"language\":\"en\",\"blocks\":{\"body\":\"Oslo met Lima. Nothing else.\"},"
                           "\"sentence_spans\":[[0,0,14],[0,15,28]],\"sentences\":2,\"statements\":1,\"skipped\":0,\"version\":\"v\"}";
static const char statement[] = "{\"type\":\"statement\",\"doc\":\"d1\",\"id\":\"s1\",\"block\":\"body\",\"sentence\":{\"start\":0,\"end\":14,\"text\":\"Oslo met Lima.\"},"
                                "\"trigger\":{\"start\":5,\"end\":8,\"text\":\"met\",\"lemma\":\"meet\"},\"event\":\"CONSULT\",\"mode\":\"\",\"context\":[\"diplomatic\"],"
                                "\"source\":{\"start\":0,\"end\":4,\"text\":\"Oslo\",\"name\":\"Norway\",\"country\":\"NOR\",\"sector\":[\"GOV\"],\"code\":\"NORGOV\",\"role\":\"\",\"id\":\"NOR\",\"corefers\":null,\"confidence\":0.9},"
                                "\"target\":{\"start\":9,\"end\":13,\"text\":\"Lima\",\"name\":\"Peru\",\"country\":\"PER\",\"sector\":[\"GOV\"],\"code\":\"PERGOV\",\"role\":\"\",\"id\":\"PER\",\"corefers\":null,\"confidence\":0.9},"
                                "\"others\":[],\"factuality\":\"CT+\",\"cues\":[],\"attribution\":[],\"time\":{\"value\":\"2017-11-21\",\"timex\":\"DATE\",\"basis\":\"text\"},\"background\":false,\"place\":null,\"links\":[],"
                                "\"rule\":\"frame meet/1\",\"confidence\":0.9,\"version\":\"v\"}";

static char *asked(rap_ledger *l, const char *question, rap_filters f) {
    char *text = NULL;
    size_t n = 0;
    rap_error e = {0};
    FILE *memory = open_memstream(&text, &n);
    rap_status s = rap_ask(l, question, &f, true, memory, &e);
    fclose(memory);
    CHECK(s == RAP_OK, "%s: %s", question, e.message);
    return text;
}

static void round_trip(void) {
    char path[] = "/tmp/rap-ledger-XXXXXX";
    rap_ledger *l;
    rap_error e = {0};
    bool fresh;
    close(mkstemp(path));
    CHECK(rap_ledger_open(&l, path, true, &e) == RAP_OK, "%s", e.message);
    coded c = {json_loads(head, 0, NULL), json_array(), json_array()};
    json_array_append_new(c.statements, json_loads(statement, 0, NULL));
    CHECK(ledger_store(l, &c, false, &fresh, &e) == RAP_OK && fresh, "%s", e.message);
    CHECK(ledger_store(l, &c, false, &fresh, &e) == RAP_OK && !fresh);
    char *out = asked(l, "statements", (rap_filters){.who = "Norway"});
    json_t *back = json_loads(out, 0, NULL), *want = json_loads(statement, 0, NULL);
    const char *key;
    json_t *value;
    json_object_foreach(want, key, value) CHECK(json_equal(value, json_object_get(back, key)), "%s", key);
    json_decref(back), json_decref(want), free(out);
    out = asked(l, "statements", (rap_filters){.who = "Norway", .whom = "PER", .root = "CONSULT", .from = "2017-11", .to = "2017-11-21", .outlet = "a.example", .factuality = "+", .words = "lima"});
    CHECK(strstr(out, "\"s1\""));
    free(out);
    static const rap_filters none[] = {{.who = "Chile"}, {.root = "ASSAULT"}, {.from = "2018"}, {.to = "2016"}, {.outlet = "b.example"}, {.factuality = "-"}, {.stance = "denies"}, {.voice = "Norway"}, {.words = "paris"}};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        out = asked(l, "statements", none[i]);
        CHECK(*out == '\0', "%zu: %s", i, out);
        free(out);
    }
    out = asked(l, "meetings", (rap_filters){0});
    CHECK(strstr(out, "\"verdict\":\"happened\",\"rule\":\"V1\"") && strstr(out, "\"independent_sources\":1"), "%s", out);
    free(out);
    out = asked(l, "why", (rap_filters){.item = "s1"});
    CHECK(strstr(out, "frame meet/1") && strstr(out, "Oslo met Lima."), "%s", out);
    free(out);
    rap_filters wrong = {.from = "soon"};
    CHECK(rap_ask(l, "statements", &wrong, true, stdout, &e) == RAP_USAGE && strstr(e.message, "soon"));
    CHECK(rap_ask(l, "weather", &(rap_filters){0}, true, stdout, &e) == RAP_USAGE);
    CHECK(rap_correct(l, "s1", "factuality", NULL, "CT-", "A. Reader", "misread", &e) == RAP_OK, "%s", e.message);
    CHECK(rap_correct(l, "s1", "factuality", NULL, "CT-", "", "", &e) == RAP_USAGE);
    CHECK(rap_correct(l, "nobody", "date", NULL, "2012", "A. Reader", "misread", &e) == RAP_USAGE);
    out = asked(l, "meetings", (rap_filters){0});
    CHECK(strstr(out, "did not happen"), "%s", out);
    free(out);
    CHECK(ledger_replace(l, &c, &e) == RAP_OK, "%s", e.message);
    out = asked(l, "meetings", (rap_filters){0});
    CHECK(strstr(out, "did not happen"), "corrections survive a new coding: %s", out);
    free(out);
    rap_ledger_close(l);
    json_decref(c.head), json_decref(c.statements), json_decref(c.skips);
    unlink(path);
}

int main(void) {
    figures();
    times();
    names();
    word_reading();
    signatures();
    round_trip();
    return check_done(70);
}
