/* rap_lexicon_diff: what a user's folder of knowledge adds, changes and takes away, fact by fact, against what is built in. */
#include <errno.h>

#include "base/error.h"
#include "base/table.h"
#include "rapporteur.h"
#include "who/knowledge.h"

/* The fields that together name a fact; the others are what it says. -1 ends the list. Files not listed are compared by whole lines. */
static const struct keyed {
    const char *file;
    int fields[5];
} keyed_files[] = {{"offices.tsv", {0, 1, 3, 6, -1}}, {"leaders.tsv", {0, 1, 2, -1}}, {"organizations.tsv", {0, 4, -1}}, {"groups.tsv", {0, 4, -1}},
                   {"institutions.tsv", {0, 4, -1}},  {"outlets.tsv", {0, -1}},       {"countries.tsv", {0, -1}},       {"roles.tsv", {0, 1, -1}},
                   {"regions.tsv", {0, 1, -1}}};

typedef struct facts {
    table at;            /* key: line */
    lexicon_line *lines; /* the last line of each key */
    str *keys;
    size_t count, capacity;
} facts;

static str key_of(arena *home, const char *file, const lexicon_line *line) {
    for (size_t i = 0; i < sizeof keyed_files / sizeof *keyed_files; i++) {
        if (strcmp(keyed_files[i].file, file) != 0) continue;
        str key = STR("");
        for (const int *f = keyed_files[i].fields; *f >= 0; f++) {
            str field = line->field[*f], first = field;
            if (*f == 0) str_split(&field, ';', &first); /* of several names the first */
            key = arena_format(home, "%.*s|%.*s", STR_ARG(key), STR_ARG(str_trim(first)));
        }
        return key;
    }
    return str_trim(line->whole);
}

static void read_facts(arena *home, const char *file, str text, facts *out) {
    lexicon_line line = {0};
    size_t keys = 0;
    *out = (facts){0};
    table_init(&out->at, home, 4096);
    while (lexicon_next(text, &line)) {
        bool fresh;
        str key = key_of(home, file, &line);
        uint32_t *at = table_at(&out->at, key, (uint32_t)out->count, &fresh);
        if (!fresh) {
            out->lines[*at] = line;
            continue;
        }
        size_t room = out->capacity;
        out->lines = arena_more(home, out->lines, out->count, &out->capacity, sizeof *out->lines);
        out->keys = arena_more(home, out->keys, out->count, &room, sizeof *out->keys);
        out->keys[out->count] = key;
        out->lines[out->count++] = line;
        keys++;
    }
}

static bool withdrawn(const lexicon_line *line) {
    for (int i = 0; i < line->count; i++)
        if (str_is(line->field[i], "withdrawn")) return true;
    return false;
}

static void say(FILE *out, const char *file, const char *what, const lexicon_line *line) {
    fprintf(out, "%s %s: %.*s\n", what, file, STR_ARG(str_trim(line->whole)));
}

static long compare(arena *home, const char *file, str before, str after, FILE *out) {
    facts old, new;
    long changes = 0;
    uint32_t at;
    read_facts(home, file, before, &old);
    read_facts(home, file, after, &new);
    for (size_t i = 0; i < new.count; i++) {
        bool known = table_get(&old.at, new.keys[i], &at);
        if (known && str_eq(str_trim(old.lines[at].whole), str_trim(new.lines[i].whole))) continue;
        changes++;
        if (!known) say(out, file, withdrawn(&new.lines[i]) ? "withdraws nothing in" : "adds to", &new.lines[i]);
        else if (withdrawn(&new.lines[i])) say(out, file, "withdraws from", &old.lines[at]);
        else {
            say(out, file, "was in", &old.lines[at]);
            say(out, file, "becomes in", &new.lines[i]);
        }
    }
    for (size_t i = 0; i < old.count; i++)
        if (!table_get(&new.at, old.keys[i], &at)) say(out, file, "takes out of", &old.lines[i]), changes++;
    return changes;
}

static rap_status diff(const lexicon *built_in, const lexicon *own, arena *home, FILE *out, rap_error *e) {
    const str *names, *texts;
    size_t n = lexicon_files(own, "", &names, &texts);
    long changes = 0;
    for (size_t i = 0; i < n; i++) {
        const char *file = arena_format(home, "%.*s", STR_ARG(names[i])).ptr;
        str before = lexicon_file(built_in, file);
        if (!str_eq(before, texts[i])) changes += compare(home, file, before, texts[i], out);
    }
    fprintf(out, "%ld change%s\n", changes, changes == 1 ? "" : "s");
    if (ferror(out)) return error_set(e, RAP_NO_SPACE, "output cannot be written: %s", strerror(errno));
    knowledge *check = arena_new(home, knowledge); /* and does it read? */
    return knowledge_load(check, own, home, e);
}

rap_status rap_lexicon_diff(const char *folder, FILE *out, rap_error *e) {
    lexicon *built_in = NULL, *own = NULL;
    arena home;
    if (!folder) return error_set(e, RAP_USAGE, "lexicon diff wants the folder of your files (--lexicon DIR)");
    arena_init(&home);
    jmp_buf escape;
    rap_status s = lexicon_open(&built_in, NULL, e);
    if (s == RAP_OK) s = lexicon_open(&own, folder, e);
    if (s == RAP_OK) {
        if (setjmp(escape)) s = error_set(e, RAP_NO_MEMORY, "out of memory while comparing");
        else {
            home.escape = &escape;
            s = diff(built_in, own, &home, out, e);
        }
    }
    arena_free(&home);
    lexicon_close(own);
    lexicon_close(built_in);
    return s;
}
