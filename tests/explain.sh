#!/usr/bin/env bash
# What `explain` owes a reader of each statement: the frame, both sides, the ranker's three best, what decided for the root (signed, the weightiest
# first) and what its confidence rests on; and that it shows, marked, what `code` leaves out.
set -u
cd "$(dirname "$0")/.." || exit 1
exec python3 - "${BUILD:-build}/rapporteur" <<'PY'
import re, subprocess, sys

program = sys.argv[1]
passed = failed = 0


def check(ok, what):
    global passed, failed
    if ok: passed += 1
    else: failed += 1; print("not so:", what)


def explain(sentence): return subprocess.run([program, "explain", "--published", "2019-03-08", sentence], stdout=subprocess.PIPE, text=True).stdout


SIGNED = re.compile(r" ([+-]\d+\.\d\d)(?:,|$)")
for sentence, root, frame, source, target in (
        ("Kenya condemned Ethiopia's attack on the border town.", "ACCUSE", "condemn/", "Kenya [KEN]", "Ethiopia [ETH]"),
        ("Peru will withdraw its ambassador from Caracas, the foreign ministry said.", "SANCTION", "frame ", "[PER", "[VEN"),
        ("Turkish jets bombed a Kurdish camp in northern Iraq.", "ASSAULT", "frame ", "[TUR", "Kurdish")):
    parts = re.split(r"\n(?=\d+\. )", explain(sentence))
    mine = [p for p in parts if re.match(rf"\d+\. {root}\b", p)]
    check(mine, f"{root} in: {sentence}")
    if not mine: continue
    text = mine[0]
    lines = {l.split()[0]: l for l in text.split("\n")[1:] if l.strip()}
    check(frame in lines.get("trigger", ""), f"frame named: {sentence}")
    check(source in lines.get("source", "") and target in lines.get("target", ""), f"sides: {sentence}")
    check(re.search(r"ranker: [A-Z]+ [01]\.\d\d, [A-Z]+ [01]\.\d\d, [A-Z]+ [01]\.\d\d", lines.get("nearly", "")), f"the three best: {sentence}")
    decided = lines.get("decided", "")
    adds = [abs(float(x)) for x in SIGNED.findall(decided)]
    check(re.search(rf"decided +{root} against [A-Z]+:", decided) and len(adds) >= 3, f"what decided, against what: {sentence}")
    check(adds == sorted(adds, reverse=True), f"the weightiest first: {sentence}")
    trusted = lines.get("trusted", "")
    check(re.search(r"trusted +0\.\d\d:", trusted) and len(SIGNED.findall(trusted)) >= 3, f"what confidence rests on: {sentence}")
    check("too doubtful" not in text, f"coded: {sentence}")

# What code writes is what explain shows without the mark.
for text in ("Our chef offers guests a free dessert, and the chain plans to open in Lyon.", "She agreed that the diet had helped her, and ignored the cake.",
             "Kenya condemned Ethiopia's attack on the border town.", "The company declined to comment on its offer to fans."):
    shown = re.findall(r"^\d+\. .*$", explain(text), re.M)
    coded = subprocess.run([program, "code", "--quiet", "-"], input=text, stdout=subprocess.PIPE, text=True).stdout.count('"statement"')
    check(coded == sum("too doubtful for code" not in l for l in shown), f"code writes what explain does not mark: {text} ({coded}, {len(shown)} shown)")
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
PY
