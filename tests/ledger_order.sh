#!/usr/bin/env bash
# The order of adding changes no answer, byte for byte: true random shuffles of all dispatches, one, several or all an `add`, coded there or
# before, by one thread or several; and what is derived step by step is what is derived from nothing.
# QUICK=1: fewer shuffles. SEED=N: other shuffles. Prints "N passed, M failed".
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/ledger_common.bash
seed=${SEED:-20171122}
all='*' least=400
[ -n "${SANITIZE:-}" ] && all='2017-1*' least=150 # sanitizers are slow: the twenty and some of one autumn
mkdir "$work/dispatches"
cp samples/dispatches/$all.txt "$work/dispatches"
shuffled() { # shuffled N: the dispatches in the N-th order of this seed
    python3 -c 'import glob, random, sys; files = sorted(glob.glob(sys.argv[2] + "/*.txt")); random.Random(int(sys.argv[1])).shuffle(files); print("\n".join(files))' $((seed + $1)) "$work/dispatches"
}
"$program" add -d "$work/all" "$work/dispatches" 2>/dev/null
answers "$work/all" >"$work/expected"
check "there is something to compare" test "$(wc -l <"$work/expected")" -gt $least
differs() { echo "seed $seed: first difference:"; cmp "$1" "$2"; diff "$1" "$2" | cut -c 1-300 | head -4; }
python3 tests/ledger_content.py "$work/all" >"$work/expected.tables"
compare() { # compare NAME LEDGER: every answer, and every table but for the file's own keys
    answers "$2" >"$work/got"
    python3 tests/ledger_content.py "$2" >"$work/got.tables" 2>&1
    check "$1: tables" same "$work/expected.tables" "$work/got.tables"
    check "$1" same "$work/expected" "$work/got"
    cmp -s "$work/expected" "$work/got" || differs "$work/expected" "$work/got"
}

# ---- all in one run, three orders ----
shuffles=3
[ -n "${QUICK:-}" ] && shuffles=1
for ((k = 1; k <= shuffles; k++)); do
    shuffled "$k" | xargs "$program" add -d "$work/run$k" 2>/dev/null
    compare "shuffle $k, one run" "$work/run$k"
done

# ---- several threads: who is first is chance ----
for j in 2 4; do
    shuffled $((10 + j)) | xargs "$program" add -j $j -d "$work/threads$j" 2>/dev/null
    compare "a shuffle by $j threads, file by file" "$work/threads$j"
    "$program" add -j $j -d "$work/folder$j" "$work/dispatches" 2>/dev/null
    compare "the folder by $j threads" "$work/folder$j"
    [ -n "${QUICK:-}" ] && break
done

# ---- several documents an `add`: the derived answers grow step by step ----
python3 -c 'import random, sys
r, files = random.Random(int(sys.argv[1])), sys.stdin.read().split()
while files:
    n = r.randint(1, 12)
    print(" ".join(files[:n]))
    files = files[n:]' $((seed + 20)) < <(shuffled 20) >"$work/parts"
while read -r part; do "$program" add -d "$work/parts.ledger" $part 2>/dev/null; done <"$work/parts"
compare "a shuffle in $(wc -l <"$work/parts") runs" "$work/parts.ledger"
forget_derived "$work/parts.ledger"
compare "derived from nothing, the same" "$work/parts.ledger"

# ---- one document an `add` ----
"$program" code --text "$work/dispatches" >"$work/coded.jsonl" 2>/dev/null
python3 - "$work" $((seed + 30)) <<'P'
import json, random, sys
work, seed = sys.argv[1], int(sys.argv[2])
documents = []
for line in open(work + "/coded.jsonl"):
    if json.loads(line)["type"] == "document": documents.append([])
    documents[-1].append(line)
random.Random(seed).shuffle(documents)
for i, d in enumerate(documents): open("%s/one%03d.jsonl" % (work, i), "w").writelines(d)
P
documents=$(ls "$work"/one*.jsonl | wc -l)
for one in "$work"/one*.jsonl; do "$program" add -d "$work/single" "$one" 2>/dev/null; done
compare "a shuffle of $documents documents, one an add" "$work/single"
forget_derived "$work/single"
compare "and derived from nothing" "$work/single"
check "no answer depends on when it is asked" bash -c "cmp '$work/expected' '$work/got'"

# ---- shards ----
for i in 1 2 3; do shuffled 40 | xargs "$program" add -d "$work/shards" --shard $i/3 2>"$work/said"; done
compare "three shards of one list" "$work/shards"
done_checking
