/* What is known of actors: the files of lexicon/ that belong to who, behind one table of names.
 *
 * A key is a name folded by name_fold: lower case, without diacritics, full stops and apostrophes, hyphens as spaces. One key may
 * mean several things (Georgia, PPP, Kim); `alias` chains them, in the order of the files. */
#ifndef RAP_WHO_KNOWLEDGE_H
#define RAP_WHO_KNOWLEDGE_H

#include "base/date.h"
#include "base/lexicon.h"
#include "base/table.h"
#include "document.h"

typedef enum entry_kind {
    ENTRY_NONE, ENTRY_COUNTRY, ENTRY_DEMONYM, ENTRY_SEAT /* capital, the Kremlin */, ENTRY_PLACE, ENTRY_PEOPLE, ENTRY_ORG, ENTRY_PERSON,
    ENTRY_ROLE
} entry_kind;

/* roles.tsv tells what each is. */
typedef enum role_kind { ROLE_NONE, ROLE_OFFICE, ROLE_PLAIN, ROLE_AGENT, ROLE_MOD, ROLE_PAST } role_kind;

typedef struct sectors {
    str code[MOST_SECTORS];
    int count;
} sectors;

typedef struct entry {
    entry_kind kind;
    role_kind role;
    entity_type type;
    str name;           /* the usual one */
    str id;             /* stable: "CHN", "org:al-qaeda", "person:wang-yi" */
    str country;        /* "" unknown */
    sectors sectors;
    str office;         /* of a role: key of an office */
    str also;           /* of a people: the other states it lives in, by spaces */
    str owner, language; /* of an outlet */
    bool only_of_state; /* the sector of a plain role holds only where a state is named */
    bool capital;       /* of a seat: it is the city itself */
    day start, end;     /* an organisation is this from … to; open: DAY_NONE */
    int32_t first_fact; /* of a person, -1 */
    bool weak;          /* a person known by the family name alone */
} entry;

/* One term of office or standing of one person. */
typedef struct fact {
    int32_t person;     /* entry */
    str country, role, office, organization;
    sectors sectors;
    day start, end;     /* inclusive; DAY_NONE open */
    float sure;         /* 0 withdrawn … 1 */
    int32_t next;       /* of the same person */
    int32_t next_holder; /* of the same office */
} fact;

/* How a name must be written to be meant. */
typedef enum name_case { CASE_ANY, CASE_FIRST /* "US-led coalition" */, CASE_CAPITAL, CASE_UPPER } name_case;

typedef struct alias {
    int32_t entry, next; /* next: alias of the same key, -1 */
    name_case letters;
    bool surname;        /* the family name alone */
} alias;

typedef struct state_row {
    str iso3, iso2, cow, fips, name;
} state_row;

typedef struct knowledge {
    arena *home;
    table keys;      /* folded name: first alias */
    table openers;   /* first word of keys: most words of a key that starts with it */
    table offices;   /* "KOR/president": first fact */
    table states;    /* ISO alpha-3: country */
    entry *entries;
    size_t entry_count, entry_capacity;
    alias *aliases;
    size_t alias_count, alias_capacity;
    fact *facts;
    size_t fact_count, fact_capacity;
    state_row *countries;
    size_t country_count, country_capacity;
} knowledge;

enum { LONGEST_NAME = 160 }; /* bytes of a folded key */

/* Folds one word or name into `to` (of LONGEST_NAME bytes); its length, 0 when nothing is left or it is too long. */
uint32_t name_fold(str name, char *to);

rap_status knowledge_load(knowledge *k, const lexicon *lex, arena *home, rap_error *e);

/* First alias of a folded key, -1. */
int32_t knowledge_find(const knowledge *k, str key);
/* The entry of that kind among those of a key, -1. */
int32_t knowledge_find_kind(const knowledge *k, str key, entry_kind kind);

/* The term that a person was serving on a date: the surest and weightiest. *past: none then, this is the last before; *future: the first after. */
const fact *knowledge_term(const knowledge *k, const entry *person, day date, bool *past, bool *future);
/* Who held an office (of a country, or of an organisation) on a date; NULL when not known. */
const fact *knowledge_holder(const knowledge *k, str country, str organization, str office, day date);
void sectors_add(sectors *s, str code);
bool sectors_has(const sectors *s, const char *code);
void sectors_join(sectors *s, const sectors *more);

#endif
