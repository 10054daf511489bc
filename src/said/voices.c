/* What kind of voice speaks: by lexicon/voices.tsv on the words for the source, from names and phrases to the head's lemma. */
#include "said/stage.h"

static bool anonymous_words(str s) {
    static const char *const marks[] = {"not to be named", "not be named", "not be identified", "not to be identified", "condition of anonymity", "anonymity",
                                        "unnamed", "unidentified", "anonymous", "requested anonymity", "declined to be named", "asked not to"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_find(s, str_of(marks[i])) >= 0) return true;
    return false;
}

static bool state_medium(str lower, str kind) {
    static const char *const owners[] = {"state ", "state-run", "state-owned", "official ", "government-run", "party newspaper", "party paper", "party daily", "party organ"};
    if (!str_is(kind, "media")) return false;
    for (size_t i = 0; i < sizeof owners / sizeof *owners; i++)
        if (str_find(lower, str_of(owners[i])) >= 0) return true;
    return false;
}

static str lower_copy(char *buffer, uint32_t size, str s) {
    uint32_t n = s.len < size ? s.len : size;
    for (uint32_t i = 0; i < n; i++) buffer[i] = (char)(s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' ? s.ptr[i] + 32 : s.ptr[i]);
    return (str){buffer, n};
}

/* A name or phrase of two words in the lexicon that the words contain. */
static str by_phrase(const knowledge *k, str words) {
    for (uint32_t start = 0; start < words.len;) {
        uint32_t end = start;
        for (int n = 0; n < 4 && end <= words.len; n++) {
            while (end < words.len && words.ptr[end] != ' ') end++;
            str kind = end > start ? knowledge_voice(k, str_sub(words, start, end)) : STR("");
            if (kind.len && (n > 0 || (words.ptr[start] >= 'A' && words.ptr[start] <= 'Z'))) return kind;
            if (end >= words.len) break;
            end++;
        }
        while (start < words.len && words.ptr[start] != ' ') start++;
        start++;
    }
    return STR("");
}

static str by_head(const knowledge *k, const document *doc, int32_t head) {
    if (head < 0) return STR("");
    char buffer[64];
    const token *t = &doc->tokens[head];
    str kind = knowledge_voice(k, lower_copy(buffer, sizeof buffer, t->lemma));
    if (kind.len) return kind;
    for (int32_t c = tree_child(doc, head); c >= 0; c = tree_next(doc, c)) { /* "Foreign Minister Wang Yi", "Lee, an analyst" */
        deprel b = deprel_base(doc->tokens[c].deprel);
        if (b != DEP_COMPOUND && b != DEP_APPOS && b != DEP_FLAT && b != DEP_AMOD && b != DEP_NMOD && b != DEP_LIST) continue;
        if (b == DEP_NMOD && doc->tokens[c].deprel != DEP_NMOD_DESC) continue;
        kind = knowledge_voice(k, lower_copy(buffer, sizeof buffer, doc->tokens[c].lemma));
        if (kind.len) return kind;
    }
    return STR("");
}

str voice_of(const knowledge *k, const document *doc, int32_t head, str words) {
    char buffer[256];
    str lower = lower_copy(buffer, sizeof buffer, words);
    if (anonymous_words(lower)) return STR("anonymous");
    str kind = by_phrase(k, words);
    if (!kind.len) kind = by_phrase(k, lower);
    if (!kind.len || str_is(kind, "party")) {
        str head_kind = by_head(k, doc, head);
        if (head_kind.len) kind = head_kind;
    }
    if (!kind.len && (str_find(words, STR(" University")) >= 0 || str_find(words, STR(" Institute")) >= 0 || str_find(words, STR(" Centre for")) >= 0 || str_find(words, STR(" Center for")) >= 0 ||
                      str_find(words, STR("Centre in ")) >= 0 || str_find(words, STR("Center in ")) >= 0 || str_find(lower, STR("think tank")) >= 0 || str_find(lower, STR("who teaches ")) >= 0 || str_find(lower, STR("who lectures ")) >= 0 ||
                      str_find(lower, STR("who studies ")) >= 0))
        kind = STR("expert"); /* "Maria Pohl of Bonn University" */
    if (!kind.len && head >= 0 && doc->tokens[head].mention >= 0 && doc->mentions[doc->tokens[head].mention].type == ENTITY_OUTLET) kind = STR("media"); /* a paper that voices.tsv does not name */
    if (str_is(kind, "official") && (str_find(lower, STR("university")) >= 0 || str_find(lower, STR("institute")) >= 0 || str_find(lower, STR("think tank")) >= 0 ||
                                     str_find(lower, STR("research")) >= 0)) kind = STR("expert"); /* the director of an institute */
    if (state_medium(lower, kind)) return STR("state media");
    return kind;
}

str said_voice(const said_stage *stage, const document *doc, const actor *speaker) {
    return voice_of(&stage->know, doc, speaker->head, speaker->text);
}
