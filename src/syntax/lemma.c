#include "syntax/lemma.h"

#include "base/utf8.h"

static int count_lines(str text) {
    int n = 0;
    for (uint32_t i = 0; i < text.len; i++) n += text.ptr[i] == '\n';
    return n;
}

static lemma_script parse_script(str s) {
    lemma_script out = {0};
    if (s.len && s.ptr[0] == '=') return out.whole = true, out.add = str_sub(s, 1, s.len), out;
    uint32_t i = 1;
    out.keep = s.len && s.ptr[0] == 'K';
    for (; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++) out.cut = out.cut * 10 + (uint32_t)(s.ptr[i] - '0');
    if (i < s.len) out.add = str_sub(s, i + 1, s.len);
    return out;
}

static void add_exceptions(lemmas *l, str lines, int *count) {
    str line;
    while (str_split(&lines, '\n', &line)) {
        uint32_t tab = line.len;
        while (tab > 0 && line.ptr[tab - 1] != '\t') tab--;
        if (tab == 0 || line.ptr[0] == '#') continue;
        l->values[*count] = str_sub(line, tab, line.len);
        table_set(&l->exceptions, str_sub(line, 0, tab - 1), (uint32_t)(*count)++);
    }
}

void lemmas_read(lemmas *l, arena *home, str script_names, str exceptions, str own) {
    str line;
    int n = count_lines(script_names), count = 0;
    l->scripts = arena_array(home, lemma_script, n + 1);
    for (l->count = 0; l->count < n && str_split(&script_names, '\n', &line);) l->scripts[l->count++] = parse_script(line);
    n = count_lines(exceptions) + count_lines(own);
    l->values = arena_array(home, str, n + 2);
    table_init(&l->exceptions, home, (uint32_t)n + 1);
    add_exceptions(l, exceptions, &count);
    add_exceptions(l, own, &count);
}

/* Bytes of the form without its last `cut` characters; form.len + 1 if it has fewer. */
static uint32_t without(str form, uint32_t cut) {
    uint32_t at = form.len;
    for (; cut > 0; cut--) {
        if (at == 0) return form.len + 1;
        do at--; while (at > 0 && ((unsigned char)form.ptr[at] & 0xC0) == 0x80);
    }
    return at;
}

bool lemma_fits(const lemma_script *s, str form) {
    if (s->whole) return !str_is(s->add, "_"); /* the treebanks' lemma of half a word; no reader wants it */
    return without(form, s->cut) <= form.len && (s->add.len || without(form, s->cut));
}

/* A curly apostrophe is a straight one in a lemma ("'s"). */
static str straighten(str form, arena *home) {
    int32_t at = str_find(form, STR("\xe2\x80\x99"));
    if (at < 0) return form;
    return arena_format(home, "%.*s'%.*s", (int)at, form.ptr, (int)(form.len - (uint32_t)at - 3), form.ptr + at + 3);
}

str lemma_apply(const lemma_script *s, str form, arena *home) {
    form = straighten(form, home);
    if (s->whole) return s->add;
    str base = s->keep ? form : utf8_lower(home, form);
    uint32_t keep = without(base, s->cut);
    if (keep > base.len) return base;
    base.len = keep;
    if (!s->add.len) return base;
    char *out = arena_alloc(home, (size_t)base.len + s->add.len);
    memcpy(out, base.ptr, base.len);
    memcpy(out + base.len, s->add.ptr, s->add.len);
    return (str){out, base.len + s->add.len};
}

str lemma_of_number(str form, arena *home) {
    char *out = arena_alloc(home, form.len);
    uint32_t n = 0;
    for (uint32_t i = 0; i < form.len; i++)
        if (form.ptr[i] != ',') out[n++] = form.ptr[i];
    return (str){out, n};
}

bool lemma_exception(const lemmas *l, str form, upos tag, str *out) {
    char key[80];
    const char *name = upos_name(tag);
    size_t length = strlen(name);
    if (form.len + length + 2 > sizeof key) return false;
    for (uint32_t i = 0; i < form.len; i++) {
        unsigned char c = (unsigned char)form.ptr[i];
        if (c >= 0x80) return false;
        key[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    key[form.len] = '\t';
    memcpy(key + form.len + 1, name, length);
    uint32_t at;
    if (!table_get(&l->exceptions, (str){key, form.len + 1 + (uint32_t)length}, &at)) return false;
    return *out = l->values[at], true;
}
