#!/usr/bin/env bash
# Analyses of the kind in which nothing happened: an envoy not received, a visit not shown, somebody not seen (tests/cases/analyses/*.txt, all made up),
# each with a table of what must and must not come out, written before the program was run on it.
#
# NAME.tsv, tabs between:
#   must|never  root  mode  source  target  factuality  voice  stance  date  words of the sentence
#       a statement that must, or must not, be there. "*" is anything, "-" nothing or nobody; several of a kind with commas. root "-" is an appearance or a
#       journey; a side is a country or a part of words, name or role; sides of CONSULT, AGREE, COOPERATE may be swapped; a voice is any of the chain;
#       factuality is a value or a sign (+, -, u); a date is a beginning of it.
#   quote       speaker  words of the content
#   omission    outlet                     in `ask silences`
#   precedent   who  host  outcomes  date  in `ask precedents`
#   explains    speaker  words             in `ask explanations`; the speaker may be the words before the name
#   appears|unseen  person  date  place    in `ask appearances`, or not
#
# tests/analyses.sh [-v] [NAME…]: -v names each row that is not met.
set -u
cd "$(dirname "$0")/.." || exit 1
exec python3 - "${BUILD:-build}/rapporteur" "$@" <<'PY'
import glob, json, os, subprocess, sys, tempfile

LEAST = 310  # rows met, of all
SYMMETRIC = {"CONSULT", "AGREE", "COOPERATE"}
program, arguments = sys.argv[1], sys.argv[2:]
verbose = "-v" in arguments
names = [a for a in arguments if a != "-v"]


def lines(*command): return [json.loads(l) for l in subprocess.run([program, *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode().splitlines()]
def words_of(actor): return [(actor or {}).get(k) or "" for k in ("name", "text", "role")]
def has(text, part): return part.lower() in (text or "").lower()


def is_party(actor, want):
    if want == "*": return True
    if want == "-" or not actor: return want == "-" and not actor
    return any(actor["country"] == w if len(w) == 3 and w.isupper() else any(has(t, w) for t in words_of(actor)) for w in want.split(","))


def sides_fit(s, source, target):
    def fit(a, b):
        return any(is_party(p, source) and (target == "*" or any(is_party(q, target) for q in b if q is not p)) for p in a) if source != "*" else any(is_party(q, target) for q in b)
    if s["event"] in SYMMETRIC:
        parties = [s["source"], s["target"], *s["others"]]
        return fit(parties, parties)
    return is_party(s["source"], source) and is_party(s["target"], target)


def fact_fits(value, want): return want == "*" or any(value == w or (len(w) == 1 and value[-1] == w) for w in want.split(","))


def voice_fits(s, want, stance):
    chain = s["attribution"]
    if want == "-": return not chain
    return (want == "*" or any(is_party(v["speaker"], want) for v in chain)) and (stance == "*" or any(v["stance"] in stance.split(",") for v in chain))


def statement_fits(s, root, mode, source, target, fact, voice, stance, date, within):
    return ((root == "*" or (s["event"] or "-") in root.split(",")) and (mode == "*" or s["mode"] == mode) and sides_fit(s, source, target) and fact_fits(s["factuality"], fact)
            and voice_fits(s, voice, stance) and (date == "*" or (s["time"]["value"] or "").startswith(date)) and (within == "*" or within in s["sentence"]["text"]))


def met(row, got):
    kind, *f = row
    if kind in ("must", "never"): return any(statement_fits(s, *f) for s in got["statements"]) == (kind == "must")
    if kind == "quote": return any(any(f[1] in c["text"] for c in q["content"]) and any(has(t, f[0]) for t in words_of(q["speaker"]) + [(q["source"] or {}).get("text")]) for q in got["quotations"])
    if kind == "omission": return any(has(r.get("omitted_by"), f[0]) for r in got["silences"])
    if kind == "precedent": return any(has(r["who"], f[0]) and r["host"] == f[1] and r["outcome"] in f[2].split(",") and (r["date"] or "").startswith(f[3]) for r in got["precedents"])
    if kind == "explains": return any(f[1] in r["sentence"] and has(r["speaker"], f[0]) for r in got["explanations"])
    if kind in ("appears", "unseen"):
        return any(has(r["person"], f[0]) and (r["date"] or "").startswith(f[1]) and (len(f) < 3 or f[2] == "*" or has(r["place"], f[2])) for r in got["appearances"]) == (kind == "appears")
    raise SystemExit("unknown kind of row: " + kind)


passed = failed = 0
for path in sorted(glob.glob("tests/cases/analyses/*.txt")):
    name = os.path.basename(path)[:-4]
    if names and name not in names: continue
    annotation = lines("annotate", path)[0]
    got = {"statements": [s for s in lines("code", path) if s["type"] == "statement"], "quotations": annotation["quotations"]}
    with tempfile.TemporaryDirectory() as folder:
        ledger = os.path.join(folder, "ledger")
        subprocess.run([program, "add", "-d", ledger, path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for question in ("silences", "precedents", "explanations", "appearances"): got[question] = lines("ask", "-d", ledger, question, "--json")
    tally = {}
    with open(path[:-4] + ".tsv", encoding="utf-8") as table:
        for line in table:
            row = line.rstrip("\n").split("\t")
            if not row[0] or row[0].startswith("#"): continue
            ok = met(row, got)
            count = tally.setdefault(row[0], [0, 0])
            count[0] += ok; count[1] += 1
            passed += ok; failed += not ok
            if verbose and not ok: print(f"{name}: not met:", "  ".join(row))
    print(f"{name}: {sum(c[0] for c in tally.values())} of {sum(c[1] for c in tally.values())};", ", ".join(f"{k} {a}/{b}" for k, (a, b) in tally.items()))
print(f"{passed} of {passed + failed} rows met, at least {LEAST} asked for" if not names else f"{passed} of {passed + failed} rows met")
print(f"{int(passed >= LEAST)} passed, {int(passed < LEAST and not names)} failed")
sys.exit(passed < LEAST and not names)
PY
