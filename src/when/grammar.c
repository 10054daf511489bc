/* Reads lexicon/time-words.tsv and times.tsv into tables. */
#include "when/grammar.h"

static const char *const class_names[CLASS_COUNT] = {
    "MONTH", "WEEKDAY", "ABBRDAY", "WEEKDAYS", "UNIT", "UNITS", "LONG", "SHIFT", "PART", "SEASON", "EDGE", "CARDINAL", "MANY", "ORDINAL",
    "DECADEWORD", "DAYWORD", "ZONE", "FEAST", "EVERY", "FREQUENT", "APPROX", "LESS", "MORE",
    "YEAR", "YY", "DAY", "NTH", "NTHDAY", "NTHC", "HOUR", "MINUTE", "AMPM", "HUNDRED", "CARD", "NUM", "MM", "DD", "NN", "HHMM", "WORD", "ASIDE"};

static const char *const action_names[ACTION_COUNT] = {
    "=", "date", "slashes", "juche", "year", "fiscal", "month", "monthday", "monthyear", "range", "this", "quarter", "half", "season", "decade", "century",
    "weekday", "dayword", "day", "part", "night", "contextpart", "feast", "lately", "ago", "hence", "context", "before", "after", "clock",
    "duration", "vague", "set", "setday", "setmonth", "setpart", "setseason", "frequent", "rate"};

static int name_in(str s, const char *const *names, int count) {
    for (int i = 0; i < count; i++)
        if (str_is(s, names[i])) return i;
    return -1;
}

static uint32_t word_number(grammar *g, str text) {
    bool fresh;
    uint32_t *at = table_at(&g->index, text, (uint32_t)g->word_count, &fresh);
    uint32_t number = *at;
    if (fresh) arena_push(g->home, g->words, g->word_count, g->word_capacity, ((time_word){.text = text}));
    return number;
}

const sense *grammar_sense(const grammar *g, uint32_t word, time_class class) {
    if (!(g->words[word].classes & CLASS_BIT(class))) return NULL;
    for (uint32_t s = g->words[word].sense; s; s = g->senses[s].next)
        if (g->senses[s].class == class) return &g->senses[s];
    return NULL;
}

static rap_status words_read(grammar *g, str text, rap_error *e) {
    lexicon_line line = {0};
    while (lexicon_next(text, &line)) {
        int class = name_in(line.field[0], class_names, CLASS_LEXICAL);
        if (class < 0 || line.count < 3)
            return lexicon_error(e, "time-words.tsv", &line, line.field[0], "expected class, value, words, the class one of those at the top");
        long number = 0;
        str_to_long(line.field[1], &number);
        str rest = line.field[2], word;
        while (str_split(&rest, ' ', &word)) {
            if (str_empty(word)) continue;
            uint32_t n = word_number(g, word);
            sense s = {(time_class)class, (int)number, line.field[1], g->words[n].sense};
            g->words[n].sense = (uint32_t)g->sense_count;
            g->words[n].classes |= CLASS_BIT(class);
            arena_push(g->home, g->senses, g->sense_count, g->sense_capacity, s);
        }
    }
    return RAP_OK;
}

/* One element, without brackets: "+MONTH|the?" */
static bool element_read(grammar *g, str text, element *out) {
    *out = (element){0};
    for (; text.len > 1 && (text.ptr[0] == '+' || text.ptr[0] == '!'); text = str_sub(text, 1, text.len))
        *(text.ptr[0] == '+' ? &out->glued : &out->refused) = true;
    if (text.len > 1 && text.ptr[text.len - 1] == '?') out->optional = true, text.len--;
    str alternative;
    while (str_split(&text, '|', &alternative)) {
        int class = name_in(alternative, class_names, CLASS_COUNT);
        if (class >= 0) out->classes |= CLASS_BIT(class);
        else if (str_empty(alternative) || out->word_count == MOST_ALTERNATIVES) return false;
        else out->words[out->word_count++] = word_number(g, alternative);
    }
    return true;
}

static bool pattern_read(grammar *g, str text, time_rule *rule) {
    str part;
    rule->close = -1;
    while (str_split(&text, ' ', &part)) {
        if (str_empty(part)) continue;
        if (str_is(part, "[")) rule->open = rule->element_count;
        else if (str_is(part, "]")) rule->close = rule->element_count;
        else if (rule->element_count == MOST_ELEMENTS || !element_read(g, part, &rule->elements[rule->element_count++])) return false;
    }
    if (rule->close < 0) rule->close = rule->element_count;
    return rule->open < rule->close;
}

/* Under which words and classes the rule is looked for: its first element, and the next ones while they may be missing. */
static void rule_index(grammar *g, int32_t number) {
    const time_rule *rule = &g->rules[number];
    for (int i = 0; i < rule->element_count; i++) {
        const element *x = &rule->elements[i];
        for (int w = 0; w < x->word_count; w++) {
            time_word *word = &g->words[x->words[w]];
            arena_push(g->home, word->rules, word->rule_count, word->rule_capacity, number);
        }
        for (int c = 0; c < CLASS_COUNT; c++)
            if (x->classes & CLASS_BIT(c)) arena_push(g->home, g->by_class[c], g->by_class_count[c], g->by_class_capacity[c], number);
        if (!x->optional) break;
    }
}

static rap_status rules_read(grammar *g, str text, rap_error *e) {
    static const char *const types[] = {"DATE", "TIME", "DURATION", "SET"};
    lexicon_line line = {0};
    while (lexicon_next(text, &line)) {
        time_rule rule = {.line = line.number, .example = line.field[3], .value = line.field[4]};
        int type = name_in(line.field[0], types, 4);
        if (type < 0) return lexicon_error(e, "times.tsv", &line, line.field[0], "expected DATE, TIME, DURATION or SET");
        rule.type = (timex_type)type;
        if (!pattern_read(g, line.field[1], &rule))
            return lexicon_error(e, "times.tsv", &line, line.field[1], "a pattern has 1 to %d elements of at most %d words each", MOST_ELEMENTS,
                                 MOST_ALTERNATIVES);
        str action = line.field[2];
        int32_t colon = str_find(action, STR(":"));
        if (str_starts(action, "=")) rule.argument = str_sub(action, 1, action.len), action.len = 1;
        else if (colon >= 0) rule.argument = str_sub(action, (uint32_t)colon + 1, action.len), action.len = (uint32_t)colon;
        int act = name_in(action, action_names, ACTION_COUNT);
        if (act < 0) return lexicon_error(e, "times.tsv", &line, line.field[2], "no such action; the README of lexicon/ lists them");
        rule.action = (time_action)act;
        arena_push(g->home, g->rules, g->rule_count, g->rule_capacity, rule);
        rule_index(g, (int32_t)g->rule_count - 1);
    }
    return RAP_OK;
}

rap_status grammar_open(grammar *g, const setup *with, rap_error *e) {
    *g = (grammar){.home = with->home};
    table_init(&g->index, g->home, 1024);
    arena_push(g->home, g->words, g->word_count, g->word_capacity, (time_word){0});
    arena_push(g->home, g->senses, g->sense_count, g->sense_capacity, (sense){0});
    rap_status status = words_read(g, lexicon_file(with->lexicon, "time-words.tsv"), e);
    return status ? status : rules_read(g, lexicon_file(with->lexicon, "times.tsv"), e);
}
