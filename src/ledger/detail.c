#include "ledger/detail.h"

#include <stdlib.h>
#include <zlib.h>

#include "base/json.h"
#include "base/memory.h"

/* Frozen: every ledger written depends on these bytes (tests/test_ledger.c holds their hash). What is commonest stands last. */
static const char dictionary[] =
    "\"AGREE\",\"SUPPORT\",\"CONCEDE\",\"COOPERATE\",\"AID\",\"RETREAT\",\"REQUEST\",\"ACCUSE\",\"REJECT\",\"THREATEN\",\"PROTEST\",\"SANCTION\","
    "\"MOBILIZE\",\"COERCE\",\"ASSAULT\",\"negation\",\"condition\",\"question\",\"modal\",\"report\",\"refusal\",\"hedge\",\"wish\",\"plan\","
    "\"official\",\"state media\",\"party\",\"expert\",\"witness\",\"anonymous\",\"document\",\"denies\",\"doubts\",\"expects\",\"omits\",\"declines\","
    "\"military\",\"legislative\",\"economic\",\"nuclear\",\"territory\",\"diplomatic\",\"visit\",\"meet\",\"consult\",\"travel\",\"appear\",\"implies\",\"answers\",\"because\","
    "\"President\",\"Minister\",\"leader\",\"spokesperson\",\"United States\",\"North Korea\",\"China\",\"PRK\",\"KOR\",\"USA\",\"CHN\",\"PTY\",\"MIL\",\"GOV\","
    "{\"block\":\"title\",\"block\":\"body\",\"trigger\":{\"start\":0,\"end\":0,\"text\":\"\",\"lemma\":\"say\"},\"event\":\"CONSULT\",\"mode\":\"\",\"context\":[],"
    "\"source\":{\"start\":0,\"end\":0,\"text\":\"\",\"name\":\"\",\"country\":\"\",\"sector\":[\"GOV\"],\"code\":\"\",\"role\":\"\",\"id\":\"\",\"corefers\":null,\"confidence\":0.9},"
    "\"target\":{\"start\":0,\"end\":0,\"text\":\"\",\"name\":\"\",\"country\":\"\",\"sector\":[],\"code\":\"\",\"role\":\"\",\"id\":\"\",\"corefers\":{\"start\":0,\"end\":0,\"text\":\"\"},\"confidence\":0.8},"
    "\"others\":[],\"factuality\":\"CT+\",\"cues\":[{\"kind\":\"hedge\",\"start\":0,\"end\":0,\"text\":\"\"}],\"attribution\":[{\"speaker\":{\"start\":0,"
    "\"cue\":{\"start\":0,\"end\":0,\"text\":\"said\"},\"stance\":\"asserts\",\"quote\":\"indirect\",\"factuality\":\"CT+\",\"voice\":\"\"}],"
    "\"time\":{\"value\":\"2017-11-21\",\"timex\":\"DATE\",\"basis\":\"text\",\"start\":0,\"end\":0,\"text\":\"\"},\"time\":{\"value\":null,\"timex\":\"DATE\",\"basis\":\"none\"},\"background\":false,"
    "\"place\":{\"start\":0,\"end\":0,\"text\":\"\",\"name\":\"\",\"country\":\"\",\"lat\":0.0,\"lon\":0.0,\"geonames\":0},\"place\":null,\"links\":[{\"rel\":\"because\",\"to\":\"\"}],"
    "\"links\":[],\"rule\":\"frame meet/1\",\"confidence\":0.9}";

double json_get_real(const json_t *o, const char *key, double absent) {
    const json_t *v = json_object_get(o, key);
    return json_is_number(v) ? json_number_value(v) : absent;
}

void detail_end(ledger *l) {
    if (l->deflater) deflateEnd(l->deflater);
    memory_free(l->deflater);
    l->deflater = NULL;
}

/* Setting one up clears a quarter of a megabyte, so it is kept. */
static z_stream *deflater(ledger *l) {
    z_stream *z = l->deflater;
    if (!z) {
        z = l->deflater = memory_new(sizeof *z);
        if (!z) return NULL;
        *z = (z_stream){MEMORY_ZLIB};
        if (deflateInit2(z, 9, Z_DEFLATED, -13, 5, Z_DEFAULT_STRATEGY) != Z_OK) return memory_free(z), l->deflater = NULL;
    } else deflateReset(z);
    deflateSetDictionary(z, (const Bytef *)dictionary, sizeof dictionary - 1);
    return z;
}

str detail_pack(ledger *l, const json_t *statement) {
    static const char *const held[] = {"type", "doc", "id", "version", "sentence"};
    json_t *rest = json_copy((json_t *)statement); /* memory that runs out here is noted, and nothing is committed: base/memory.h */
    for (size_t i = 0; i < sizeof held / sizeof *held; i++) json_object_del(rest, held[i]);
    char *text = json_dumps(rest, JSON_COMPACT);
    json_decref(rest);
    z_stream *z = text ? deflater(l) : NULL;
    if (!z) return free(text), STR("");
    size_t length = strlen(text);
    uLong most = deflateBound(z, length) + 4;
    unsigned char *out = arena_alloc(&l->scratch, most);
    uint32_t plain = (uint32_t)length;
    memcpy(out, &plain, 4);
    z->next_in = (Bytef *)text, z->avail_in = plain, z->next_out = out + 4, z->avail_out = (uInt)(most - 4);
    deflate(z, Z_FINISH);
    free(text);
    return (str){(char *)out, (uint32_t)(4 + z->total_out)};
}

str text_pack(arena *a, str text) {
    uLongf most = compressBound(text.len);
    unsigned char *packed = arena_alloc(a, most + 4);
    memcpy(packed, &text.len, 4);
    if (compress2(packed + 4, &most, (const Bytef *)text.ptr, text.len, 1) != Z_OK) return memory_note(), STR("");
    return (str){(char *)packed, (uint32_t)most + 4};
}

str text_unpack(arena *a, str packed) {
    uint32_t plain = 0;
    if (packed.len <= 4) return STR("");
    memcpy(&plain, packed.ptr, 4);
    uLongf length = plain;
    char *out = plain <= (1u << 28) ? arena_alloc(a, plain + 1u) : NULL;
    int got = out ? uncompress((Bytef *)out, &length, (const Bytef *)packed.ptr + 4, packed.len - 4) : Z_DATA_ERROR;
    if (got == Z_MEM_ERROR) memory_note();
    if (got != Z_OK) return STR("");
    return (str){out, (uint32_t)length};
}

static json_t *inflate_json(str packed) {
    uint32_t plain;
    if (packed.len < 4) return NULL;
    memcpy(&plain, packed.ptr, 4);
    if (plain > (1u << 24)) return NULL;
    char *text = memory_new(plain + 1u);
    if (!text) return NULL;
    z_stream z = {MEMORY_ZLIB};
    inflateInit2(&z, -15);
    inflateSetDictionary(&z, (const Bytef *)dictionary, sizeof dictionary - 1);
    z.next_in = (Bytef *)packed.ptr + 4, z.avail_in = packed.len - 4, z.next_out = (Bytef *)text, z.avail_out = plain;
    int got = inflate(&z, Z_FINISH);
    inflateEnd(&z);
    json_t *o = got == Z_STREAM_END && z.total_out == plain ? json_read(text, plain, 0, NULL) : NULL;
    memory_free(text);
    return o;
}

static json_t *column_json(sqlite3_stmt *s, int column) {
    str v = db_str(s, column);
    json_t *o = json_stringn(v.ptr, v.len);
    return o ? o : json_string("");
}

json_t *detail_unpack(sqlite3_stmt *s, int first) {
    json_t *rest = inflate_json(db_str(s, first));
    if (!json_is_object(rest)) {
        json_decref(rest);
        return NULL;
    }
    json_t *o = json_object();
    json_object_set_new(o, "type", json_string("statement"));
    json_object_set_new(o, "doc", column_json(s, first + 2));
    json_object_set_new(o, "id", column_json(s, first + 1));
    json_object_set(o, "block", json_object_get(rest, "block"));
    if (sqlite3_column_type(s, first + 5) != SQLITE_NULL) {
        json_t *span = json_object();
        json_object_set_new(span, "start", json_integer(sqlite3_column_int(s, first + 5)));
        json_object_set_new(span, "end", json_integer(sqlite3_column_int(s, first + 6)));
        json_object_set_new(span, "text", column_json(s, first + 7));
        json_object_set_new(o, "sentence", span);
    }
    json_object_update(o, rest);
    json_object_set_new(o, "version", column_json(s, first + 3));
    json_decref(rest);
    return o;
}
