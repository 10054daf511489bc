#include "base/json.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* What is set aside for the text that this thread reads. */
static _Thread_local struct spare { char *start; size_t size, used; } spare;

static bool of_spare(const void *p) { return (uintptr_t)p - (uintptr_t)spare.start < spare.size; }

static void *take(size_t size) {
    void *p = memory_new(size);
    if (p || size > SIZE_MAX / 2) return p;
    size_t whole = (size + 15) & ~(size_t)15;
    if (whole > spare.size - spare.used) return NULL;
    p = spare.start + spare.used;
    spare.used += whole;
    return p;
}

static void give(void *p) {
    if (!of_spare(p)) memory_free(p);
}

/* Outside of json_read blocks are malloc's, so a program that links us and uses jansson itself is not concerned; where it has an allocator of its own, that stays. */
__attribute__((constructor)) static void watch_jansson(void) {
    json_malloc_t given;
    json_free_t taken;
    json_get_alloc_funcs(&given, &taken);
    if (given == malloc && taken == free) json_set_alloc_funcs(take, give);
}

typedef struct feed { const char *bytes; size_t left; } feed;

static size_t next_piece(void *to, size_t room, void *context) {
    feed *f = context;
    if (spare.used) return (size_t)-1;
    size_t n = f->left < room ? f->left : room;
    memcpy(to, f->bytes, n);
    f->bytes += n, f->left -= n;
    return n;
}

static void out_of_memory(json_error_t *why) {
    if (!why) return;
    *why = (json_error_t){.line = -1, .column = -1};
    strcpy(why->text, "out of memory");
    why->text[JSON_ERROR_TEXT_LENGTH - 1] = (char)json_error_out_of_memory; /* as json_error_code reads it */
}

json_t *json_read(const char *bytes, size_t length, size_t flags, json_error_t *why) {
    size_t size = 3 * length + (1 << 15); /* the growing text of a string, twice its size, and the string made of it; small things before the feed ends */
    char *start = memory_new(size);
    if (!start) return out_of_memory(why), NULL;
    spare = (struct spare){start, size, 0};
    json_t *value = json_load_callback(next_piece, &(feed){bytes, length}, flags, why);
    if (spare.used) {
        json_decref(value);
        value = NULL;
        out_of_memory(why);
    }
    spare = (struct spare){0};
    memory_free(start);
    return value;
}

str json_get_str(const json_t *o, const char *key) {
    const json_t *v = json_object_get(o, key);
    return json_is_string(v) ? (str){json_string_value(v), (uint32_t)json_string_length(v)} : STR("");
}

long json_get_long(const json_t *o, const char *key, long absent) {
    const json_t *v = json_object_get(o, key);
    return json_is_integer(v) ? (long)json_integer_value(v) : absent;
}
