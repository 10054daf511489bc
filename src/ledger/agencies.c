#include "ledger/agencies.h"

#include "base/lexicon.h"

enum { DATELINE = 160, CREDIT = 200 }; /* bytes from the beginning, from the end, in which credits stand */

static str key_of(arena *a, str name) {
    if (str_starts(name, "www.")) name = str_sub(name, 4, name.len);
    str fold = fold_name(a, name);
    return str_starts(fold, "the ") ? str_sub(fold, 4, fold.len) : fold;
}

static void learn(ledger *l, str name, str alias) { table_set(&l->agencies, key_of(&l->agency_home, alias), (uint32_t)l->agency_count - 1), (void)name; }

static void load(ledger *l) {
    if (l->agency_home_ready) return;
    arena_free(&l->agency_home); /* of a loading that memory ended */
    l->agency_home.escape = l->scratch.escape;
    l->agency_names = NULL, l->agency_count = l->agency_capacity = 0;
    table_init(&l->agencies, &l->agency_home, 512);
    lexicon_line line = {0};
    str text = ledger_knowledge(l, &l->agency_home, "agencies.tsv");
    if (l->error.status != RAP_OK) return;
    while (lexicon_next(text, &line)) {
        str rest = line.field[1], alias;
        arena_push(&l->agency_home, l->agency_names, l->agency_count, l->agency_capacity, line.field[0]);
        learn(l, line.field[0], line.field[0]);
        while (str_split(&rest, '|', &alias)) learn(l, line.field[0], alias);
        if (line.count > 2 && line.field[2].len == 3) learn(l, line.field[0], arena_format(&l->agency_home, "state media %.*s", STR_ARG(line.field[2])));
    }
    l->agency_home.escape = NULL;
    l->agency_home_ready = true;
}

static bool known(ledger *l, str name, str *canonical) {
    uint32_t i;
    load(l);
    if (!table_get(&l->agencies, key_of(&l->scratch, name), &i)) return false;
    *canonical = l->agency_names[i];
    return true;
}

str agency_name(ledger *l, str name) {
    str canonical;
    return known(l, name, &canonical) ? canonical : name;
}

str agency_spoken(ledger *l, str name, str country) {
    static const char *const general[] = {"media", "television", "news agency", "newspaper", "press", "radio", "reports"};
    str canonical, fold = fold_name(&l->scratch, name);
    bool at_large = str_empty(name);
    if (known(l, name, &canonical)) return canonical;
    for (size_t i = 0; i < sizeof general / sizeof *general; i++) at_large |= str_find(fold, str_of(general[i])) >= 0;
    if (!at_large && name.ptr[0] >= 'A' && name.ptr[0] <= 'Z') return name;
    if (!country.len) return STR("");
    str unnamed = arena_format(&l->scratch, "state media %.*s", STR_ARG(country)); /* the state's agency, where agencies.tsv names one */
    return known(l, unnamed, &canonical) ? canonical : unnamed;
}

/* "(Yonhap)", "(Reuters/Yonhap)": the first name in brackets that is known. */
static bool in_brackets(ledger *l, str text, str *name) {
    for (uint32_t i = 0; i < text.len; i++) {
        uint32_t end = i + 1;
        if (text.ptr[i] != '(') continue;
        while (end < text.len && text.ptr[end] != ')' && text.ptr[end] != '/' && text.ptr[end] != ',') end++;
        if (end < text.len && known(l, str_trim(str_sub(text, i + 1, end)), name)) return true;
    }
    return false;
}

static bool dash_behind(str text, uint32_t from) {
    str rest = str_sub(text, from, text.len);
    int32_t hyphen = str_find(rest, STR(" -")), dash = str_find(rest, STR("—")), other = str_find(rest, STR("–")), eq = str_find(rest, STR(" =")), colon = str_find(rest, STR("):"));
    return (hyphen >= 0 && hyphen < 24) || (dash >= 0 && dash < 24) || (other >= 0 && other < 24) || (eq >= 0 && eq < 24) || (colon >= 0 && colon < 24);
}

str agency_credit(ledger *l, str body) {
    str name = STR(""), head = str_sub(body, 0, body.len < DATELINE ? body.len : DATELINE),
        tail = str_sub(body, body.len > CREDIT ? body.len - CREDIT : 0, body.len);
    int32_t bracket = str_find(head, STR("("));
    if (bracket >= 0 && dash_behind(head, (uint32_t)bracket) && in_brackets(l, head, &name)) return name;
    /* the last line, when it is nothing but a credit */
    tail = str_trim(tail);
    for (uint32_t i = tail.len; i-- > 0;)
        if (tail.ptr[i] == '\n') {
            tail = str_trim(str_sub(tail, i + 1, tail.len));
            break;
        }
    if (tail.len > 60) return STR("");
    if (str_starts(tail, "Source: ") && known(l, str_sub(tail, 8, tail.len), &name)) return name;
    if (tail.len > 2 && tail.ptr[0] == '(' && in_brackets(l, tail, &name)) return name;
    return STR("");
}
