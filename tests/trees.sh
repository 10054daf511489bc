#!/usr/bin/env bash
# Trees of news sentences, written for this file and corrected by hand (tests/cases/trees.conllu): at least 85 % of each one's words must have head
# and relation right, and a floor holds for all together. Relations count without their subtypes, as in the CoNLL shared tasks. A sentence that says
# `# weak = yes` is known to fall short: it counts only in the floor, and is named when it no longer does, so that the mark can go.
set -u
cd "$(dirname "$0")/.." || exit 1
exec python3 - "${BUILD:-build}/rapporteur" tests/cases/trees.conllu <<'PY'
import subprocess, sys

program, gold = sys.argv[1:]
FLOOR = 89.7  # LAS over all, in per cent: two points below what it was when this was written
passed = failed = 0


def check(ok, what):
    global passed, failed
    if ok: passed += 1
    else: failed += 1; print("not so:", what)


def read(text):
    S = []
    for block in text.strip().split("\n\n"):
        lines = block.split("\n")
        S.append((dict(l[2:].split(" = ", 1) for l in lines if l.startswith("# ") and " = " in l),
                  [l.split("\t") for l in lines if l[:1].isdigit()]))
    return S


def universal(w): return w[6], w[7].split(":")[0]


text = open(gold, encoding="utf-8").read()
blank = []
for l in text.split("\n"):
    c = l.split("\t")
    if len(c) == 10: c[2] = c[3] = c[5] = c[6] = c[7] = "_"
    blank.append("\t".join(c))
run = subprocess.run([program, "parse", "--conllu", "-"], input="\n".join(blank).encode(), stdout=subprocess.PIPE)
G, P = read(text), read(run.stdout.decode())
check(run.returncode == 0 and len(G) == len(P), "every sentence comes back")
right = words = weak = 0
for (about, g), (_, p) in zip(G, P):
    n = sum(a[1] == b[1] and universal(a) == universal(b) for a, b in zip(g, p))
    wrong = [f"{a[1]} {b[6]}:{b[7]} for {a[6]}:{a[7]}" for a, b in zip(g, p) if universal(a) != universal(b)]
    right += n; words += len(g)
    good = n >= 0.85 * len(g)
    if about.get("weak"):
        weak += 1
        if good: print("weak no longer:", about["sent_id"])
    else: check(good, f"{about['sent_id']}, {about['about']}: {n} of {len(g)} words; {', '.join(wrong)}")
las = 100 * right / max(words, 1)
check(las >= FLOOR, f"LAS over all is at least {FLOOR}")
print(f"LAS {las:.1f} over {words} words, floor {FLOOR}; {weak} sentences known to be weak")
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
PY
