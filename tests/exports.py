#!/usr/bin/env python3
"""The event tables against what their readers expect: columns, dates, codes, ids, and one table against the other.

usage: exports.py FOLDER      with polecat, icews, gdelt, gdelt2, gdelt-mentions, phoenix, cameo (.tab) and events.csv with its .unrealized.csv
"""
import csv, os, re, sys

folder = sys.argv[1]
ICEWS = "Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,Intensity,Target Name,Target Sectors,Target Country,Story ID,Sentence Number,Publisher,City,District,Province,Country,Latitude,Longitude".split(",")
POLECAT = ("Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts,Actor Name,Actor Country,Actor COW,Primary Actor Sector,Actor Sectors,Actor Title,Actor Name Raw,Wikipedia Actor ID,"
           "Recipient Name,Recipient Country,Recipient COW,Primary Recipient Sector,Recipient Sectors,Recipient Title,Recipient Name Raw,Wikipedia Recipient ID,Placename,City,District,Province,Country,Latitude,"
           "Longitude,GeoNames ID,Raw Placename,Feature Type,Source,Publication Date,Story People,Story Organizations,Story Locations,Language,Version").split(",")
passed = failed = 0


def check(ok, what):
    global passed, failed
    if ok: passed += 1
    else: failed += 1; print("failed:", what)


def rows(name): return [line.rstrip("\n").split("\t") for line in open(os.path.join(folder, name), encoding="utf-8", newline="")]
def all_fit(pattern, values, blank=False): return all((blank and v == "") or re.fullmatch(pattern, v) for v in values)


DAY, CAMEO, PLACE = r"(19|20)\d\d-[01]\d-[0-3]\d", r"(0[1-9]|1\d|20)\d{0,2}", r"-?\d+\.\d{1,5}"
icews, polecat = rows("icews.tab"), rows("polecat.tab")
check(icews[0] == ICEWS, "ICEWS: the heading")
check(polecat[0] == POLECAT, "POLECAT: the heading")
icews, polecat = icews[1:], polecat[1:]
gdelt, gdelt2, mentions, phoenix, cameo = (rows(n + ".tab") for n in ("gdelt", "gdelt2", "gdelt-mentions", "phoenix", "cameo"))
for name, table, columns in (("ICEWS", icews, 20), ("POLECAT", polecat, 40), ("GDELT 1.0", gdelt, 58), ("GDELT 2.0", gdelt2, 61), ("mentions", mentions, 16), ("Phoenix", phoenix, 26), ("CAMEO", cameo, 6)):
    check(table and all(len(r) == columns for r in table), f"{name}: {columns} columns in every row")
    check(not any("\r" in f or '"\t' in f for r in table for f in r), f"{name}: no line end in a field")
check(len({len(icews), len(polecat), len(gdelt), len(gdelt2), len(phoenix), len(cameo)}) == 1, "every layout has the same events")
check(all_fit(DAY, [r[1] for r in icews + polecat]), "ICEWS, POLECAT: days as YYYY-MM-DD")
check(all_fit(r"(19|20)\d{6}", [r[1] for r in gdelt + gdelt2 + phoenix]), "GDELT, Phoenix: days as YYYYMMDD")
check(all(r[2] == r[1][:6] and r[3] == r[1][:4] and abs(float(r[4]) - int(r[3]) - (int(r[1][4:6]) * 30 + int(r[1][6:])) / 365) < 1e-3 for r in gdelt + gdelt2), "GDELT: month, year, fraction agree with the day")
check(all((r[2], r[3], r[4]) == (r[1][:4], r[1][4:6], r[1][6:]) for r in phoenix), "Phoenix: year, month, day agree")
check(all_fit(CAMEO, [r[6] for r in icews] + [r[26] for r in gdelt + gdelt2] + [r[13] for r in phoenix] + [r[3] for r in cameo]), "CAMEO codes keep their zeros")
check(all(r[26].startswith(r[28]) and len(r[28]) == 2 and r[26].startswith(r[27]) for r in gdelt + gdelt2), "GDELT: base and root code are the code's")
quads = {**{f"{n:02d}": "1" for n in range(1, 6)}, "06": "2", "07": "2", "08": "2", **{f"{n:02d}": "3" for n in range(9, 14)}, **{str(n): "4" for n in range(14, 21)}}
check(all(r[29] in "1234" for r in gdelt + gdelt2) and all(r[29] == quads[r[28]] for r in gdelt), "GDELT: the quad class is the root code's")
check(all(-10 <= float(r[30]) <= 10 for r in gdelt + gdelt2), "GDELT: Goldstein's scale")
check(len({r[0] for r in gdelt}) == len(gdelt) and all_fit(r"\d{1,15}", [r[0] for r in gdelt]), "GDELT: ids are unique, and exact in a double")
check([r[0] for r in gdelt] == [r[0] for r in gdelt2], "GDELT 1.0 and 2.0 give an event one id")
check({r[0] for r in mentions} == {r[0] for r in gdelt2}, "every mention has its event, every event its mention")
count = {}
for r in mentions: count.setdefault(r[0], set()).add(r[5])
check(all(len(count[r[0]]) == int(r[33]) for r in gdelt2), "NumArticles counts the mentions' articles")
check(all(int(r[33]) <= int(r[31]) and int(r[32]) <= int(r[31]) for r in gdelt), "no more articles or sources than mentions")
check(all_fit(r"\d{14}", [r[59] for r in gdelt2] + [r[k] for r in mentions for k in (1, 2)]), "GDELT 2.0: seconds as YYYYMMDDHHMMSS")
check(all(r[1] <= r[2] for r in mentions), "an event is first recorded with its first mention")
check(all_fit(r"\d{8}", [r[56] for r in gdelt]), "GDELT 1.0: DATEADDED as YYYYMMDD")
check(all_fit("[A-Z]{2}", [r[51] for r in gdelt], True) and any(r[51] == "KN" for r in gdelt) and not any(r[51] == "KP" for r in gdelt), "GDELT's places have FIPS codes")
check(all((r[49] == "0") == (r[50] == "") for r in gdelt), "GDELT: no place has type 0")
check(all_fit(PLACE, [r[k] for r in gdelt for k in (53, 54)] + [r[k] for r in icews for k in (18, 19)], True), "coordinates are numbers")
check(all_fit(r"[A-Z]{3}", [r[k] for r in gdelt for k in (7, 17)] + [r[k] for r in phoenix for k in (6, 10)], True), "states by three letters")
check(not any(re.fullmatch("[A-Z]{3}", r[k]) for r in icews for k in (4, 10)), "ICEWS names states")
check(len({(r[0], r[1]) for r in icews}) == len(icews), "ICEWS: id and date are unique")
check({r[2] for r in polecat} <= set("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()), "POLECAT: roots of PLOVER")
events = list(csv.DictReader(open(os.path.join(folder, "events.csv"), encoding="utf-8", newline=""), strict=True))
rest = list(csv.DictReader(open(os.path.join(folder, "events.unrealized.csv"), encoding="utf-8", newline=""), strict=True))
check({r["factuality"] for r in events} <= {"CT+", "PR+"}, "events.csv holds what is reported to have happened")
check(rest and not {r["factuality"] for r in rest} & {"CT+", "PR+"}, "the other file holds the rest, with its factuality")
known = {r["statement_id"] for r in events}
check({i for r in phoenix for i in r[23].split(";")} <= known, "the events rest on statements of the table")
check(not {r["statement_id"] for r in rest} & {i for r in phoenix for i in r[23].split(";")}, "and on none of the other file")
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
