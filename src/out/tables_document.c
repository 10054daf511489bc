#include "out/tables_document.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"

#include "out/tables.h"
#include "pipeline.h"

static rap_status maker(table_maker *m, const rap_engine *engine, rap_format format, arena *home, rap_error *e) {
    *m = (table_maker){.format = format, .countries = country_names_open(engine->lexicon, home)};
    return cameo_open(&m->cameo, engine->lexicon, home, e);
}

rap_status tables_header(const rap_engine *engine, rap_format format, FILE *out, rap_error *e) {
    table_maker m = {.format = format};
    (void)engine;
    table_header(&m, out);
    return ferror(out) ? error_set(e, RAP_NO_SPACE, "the table cannot be written") : RAP_OK;
}

/* The statements as records, then as rows: one reading of a record serves `code` and `export`. */
static void rows(table_maker *m, const char *text, FILE *out) {
    json_t *head = NULL;
    for (const char *at = text, *end; *at; at = end + (*end != '\0')) {
        end = strchrnul(at, '\n');
        json_t *o = json_read(at, (size_t)(end - at), 0, NULL);
        const char *type = json_string_value(json_object_get(o, "type"));
        if (type && strcmp(type, "document") == 0) json_decref(head), head = json_incref(o);
        if (type && head && strcmp(type, "statement") == 0) {
            static const char *const members[] = {"outlet", "published", "url"};
            for (int i = 0; i < 3; i++) {
                json_t *v = json_object_get(head, members[i]);
                if (v) json_object_set(o, members[i], v);
            }
            table_row(m, o, out);
        }
        json_decref(o);
    }
    json_decref(head);
}

static rap_status write_rows(table_maker *m, const rap_engine *engine, const document *doc, char **text, FILE *out, rap_error *e) {
    size_t length = 0;
    FILE *memory = open_memstream(text, &length);
    if (!memory) return error_set(e, RAP_NO_MEMORY, "out of memory");
    rap_status status = rap_write_statements(engine, doc, RAP_JSONL, false, memory, e);
    if ((fclose(memory) != 0 || !*text) && status == RAP_OK) status = error_set(e, RAP_NO_MEMORY, "out of memory");
    if (status == RAP_OK) rows(m, *text, out);
    return status;
}

rap_status tables_document(const rap_engine *engine, const document *doc, rap_format format, FILE *out, rap_error *e) {
    table_maker m = {0};
    arena home;
    jmp_buf escape;
    char *text = NULL;
    rap_status status;
    arena_init(&home), arena_init(&m.work);
    if (setjmp(escape)) status = error_set(e, RAP_NO_MEMORY, "out of memory");
    else {
        home.escape = &escape;
        status = maker(&m, engine, format, &home, e);
        arena_init(&m.work);
        m.work.escape = &escape;
        if (status == RAP_OK) status = write_rows(&m, engine, doc, &text, out, e);
    }
    free(text);
    arena_free(&m.work), arena_free(&home);
    if (status == RAP_OK && memory_ran_short()) status = error_set(e, RAP_NO_MEMORY, "out of memory");
    if (status == RAP_OK && ferror(out)) status = error_set(e, RAP_NO_SPACE, "the table cannot be written");
    return status;
}
