/* Inside where/: the gazetteer, a table from folded names to what they may mean.
 *
 * From places.tsv (GeoNames), place-names.tsv, place-regions.tsv, place-not.txt, place-countries.tsv and the names and adjectives of countries.tsv. Lines are kept
 * as text and read only when a name is met: 27,000 of them cost some milliseconds at start-up. */
#ifndef RAP_WHERE_GAZETTEER_H
#define RAP_WHERE_GAZETTEER_H

#include "base/setup.h"
#include "base/table.h"
#include "document.h"

typedef enum spot_kind {
    SPOT_CITY,    /* of places.tsv or place-names.tsv */
    SPOT_REGION,  /* a part of a country, disputed land, an island */
    SPOT_WATER,   /* sea, strait, river */
    SPOT_AREA,    /* larger than countries */
    SPOT_COUNTRY,
    SPOT_SHORT,   /* "Fla.": a region, only behind a comma */
    SPOT_WORD     /* an adjective or a people: no place, but it tells which country is spoken of */
} spot_kind;

typedef struct spot {
    str name, country, second; /* second country of a shared name or disputed land */
    str rest;                  /* of a city: the columns behind the country, unread */
    double lat, lon;           /* of all but the cities of places.tsv; use spot_read */
    int32_t people, geonames;
    spot_kind kind;
    bool capital, read;
    str hints;                 /* words that tell it from a namesake, separated by ";" */
    uint32_t next;             /* another spot of the same key, 0 none */
} spot;

typedef struct gazetteer {
    arena *home;
    table keys;    /* folded name: first spot */
    table openers; /* first word of a key: most words of such keys */
    spot *spots;   /* [1 …] */
    size_t count, capacity;
    char *letters; /* room for folded keys */
    size_t left;
    table not_places; /* folded names that are nearly always something else */
} gazetteer;

rap_status gazetteer_open(gazetteer *g, const setup *with, rap_error *e);

/* The key of a name: lower case, without diacritics, apostrophes, full stops; hyphens and runs of blanks as one blank. Writes at most `room` bytes to `to`
 * and returns how many, 0 if it does not fit. `scratch` is used only for letters beyond ASCII. */
uint32_t place_fold(arena *scratch, str name, char *to, uint32_t room);
/* First spot of a key, 0 none. */
uint32_t gazetteer_find(const gazetteer *g, str key);
/* The spot with its numbers read. */
spot spot_read(const gazetteer *g, uint32_t at);

#endif
