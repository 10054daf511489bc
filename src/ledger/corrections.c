/* People's corrections: signed, with a reason, kept apart from what was coded, and applied again after every coding. */
#include <time.h>

#include "ledger/ledger.h"
#include "ledger/times.h"

static bool known_kind(const char *kind) { return str_in(str_of(kind), "actor date not-an-event factuality merge split"); }

static rap_status check(ledger *l, const char *item, const char *kind, const char *field, const char *value, const char *by, const char *reason, rap_error *e) {
    day from, to;
    if (!known_kind(kind)) return error_set(e, RAP_USAGE, "no kind of correction \"%s\" (actor, date, not-an-event, factuality, merge, split)", kind);
    if (!*by || !*reason) return error_set(e, RAP_USAGE, "a correction is signed and has a reason: --by NAME --reason TEXT");
    if (!db_number(l, "SELECT 1 FROM statement WHERE id = ?", "z", item)) return error_set(e, RAP_USAGE, "no statement with the id %s in this ledger", item);
    if (strcmp(kind, "merge") == 0 && !db_number(l, "SELECT 1 FROM statement WHERE id = ?", "z", value)) return error_set(e, RAP_USAGE, "merge with what? --to takes the id of another statement; %s is none", value);
    if (strcmp(kind, "actor") == 0 && (!*value || !str_in(str_of(field), "source target"))) return error_set(e, RAP_USAGE, "actor: say which (--field source or target) and who it is (--to NAME)");
    if (strcmp(kind, "factuality") == 0 && !str_in(str_of(value), "CT+ PR+ PS+ CT- PR- PS- Uu")) return error_set(e, RAP_USAGE, "factuality: --to takes CT+, PR+, PS+, CT-, PR-, PS- or Uu");
    if (strcmp(kind, "date") == 0) {
        timex_days(str_of(value), &from, &to);
        if (from == DAY_NONE) return error_set(e, RAP_USAGE, "date: --to takes YYYY-MM-DD, YYYY-MM or YYYY; \"%s\" is none", value);
    }
    return RAP_OK;
}

rap_status rap_correct(rap_ledger *l, const char *item, const char *kind, const char *field, const char *value, const char *by, const char *reason, rap_error *e) {
    char made[32];
    time_t now = time(NULL);
    struct tm utc;
    field = field ? field : "", value = value ? value : "", by = by ? by : "", reason = reason ? reason : "";
    rap_status status = check(l, item, kind, field, value, by, reason, e);
    if (status != RAP_OK) return status;
    strftime(made, sizeof made, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
    db_exec(l, "BEGIN IMMEDIATE");
    db_run(l, "INSERT INTO correction (item, kind, field, value, signed, reason, made) VALUES (?, ?, ?, ?, ?, ?, ?)", "zzzzzzz", item, kind, field, value, by, reason, made);
    ledger_touch(l);
    db_exec(l, l->error.status == RAP_OK ? "COMMIT" : "ROLLBACK");
    return ledger_status(l, e);
}
