#!/usr/bin/env bash
# kill -9 at 200 random moments: while documents are stored, while what follows from them is derived, while a ledger is coded anew. Whatever was
# cut off, the same command then ends where an undisturbed one ends: no document lost or doubled, every answer the same.
# QUICK=1: 20 kills. SEED=N: other moments. Prints "N passed, M failed".
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/ledger_common.bash
adding=120 deriving=40 recoding=40
[ -n "${QUICK:-}" ] && adding=10 deriving=5 recoding=5
RANDOM=${SEED:-7}
brief() { for q in documents happenings stories precedents silences appearances explanations dyads; do ask "$1" $q --json --limit -1; done; }
millis() { local began=$(date +%s%N); "$@" >/dev/null 2>&1; echo $((($(date +%s%N) - began) / 1000000)); }
# killed LIMIT COMMAND…: kill -9 after a random part of LIMIT milliseconds; true when it was still at work
killed() {
    local wait=$((RANDOM * 32768 + RANDOM))
    wait=$((wait % ($1 * 1000) + 500))
    shift
    "$@" >/dev/null 2>&1 &
    local job=$!
    sleep "$(printf '%d.%06d' $((wait / 1000000)) $((wait % 1000000)))"
    kill -9 $job 2>/dev/null
    wait $job 2>/dev/null
    [ $? -eq 137 ]
}

# ---- while documents go in: one ledger is killed again and again until it is full, then the next ----
"$program" code --text samples/dispatches >"$work/coded.jsonl" 2>/dev/null
documents=$(grep -c '"type":"document"' "$work/coded.jsonl")
span=$(millis "$program" add -d "$work/whole" "$work/coded.jsonl")
brief "$work/whole" >"$work/expected"
undone=0 lives=0 bad=0 most=0
life=$work/life
while [ "$undone" -lt "$adding" ] && [ "$lives" -lt $((adding * 4)) ]; do
    if killed "$span" "$program" add -d "$life" "$work/coded.jsonl"; then undone=$((undone + 1)); else most=$((most + 1)); fi
    # every third time at least it may end; what is there by then must be whole
    if [ $((RANDOM % 3)) -eq 0 ]; then
        lives=$((lives + 1))
        "$program" add -d "$life" "$work/coded.jsonl" >/dev/null 2>&1
        n=$(ask "$life" documents --json --limit -1 | sed -E 's/.*"id":"([^"]*)".*/\1/' | sort | uniq | wc -l)
        all=$(ask "$life" documents --json --limit -1 | wc -l)
        brief "$life" >"$work/got"
        if [ "$n" -ne "$documents" ] || [ "$all" -ne "$documents" ] || ! same "$work/expected" "$work/got"; then
            bad=$((bad + 1))
            echo "kill $undone: $n of $documents documents, $all rows"
        fi
        rm -f "$life"*
    fi
done
check "killed $undone times while documents were stored: $lives ledgers whole" test "$bad" -eq 0
check "$adding kills fell into the work" test "$undone" -ge "$adding"

# ---- while answers are derived ----
cp "$work/whole" "$work/bare"
forget_derived "$work/bare"
cp "$work/bare" "$work/d"
span=$(millis "$program" ask -d "$work/d" happenings --json)
undone=0 bad=0 tries=0
while [ "$undone" -lt "$deriving" ] && [ "$tries" -lt $((deriving * 10)) ]; do
    tries=$((tries + 1))
    rm -f "$work/d"*
    cp "$work/bare" "$work/d"
    killed "$span" "$program" ask -d "$work/d" happenings --json && undone=$((undone + 1))
    brief "$work/d" >"$work/got"
    same "$work/expected" "$work/got" || bad=$((bad + 1))
done
check "killed $undone times while answers were derived: the next question has them" test "$bad" -eq 0
check "$deriving kills fell into the work" test "$undone" -ge "$deriving"

# ---- while a ledger is coded anew after a change of knowledge ----
mkdir "$work/knowledge"
ls samples/dispatches/2017-11-*.txt >"$work/some"
xargs "$program" add -d "$work/old" <"$work/some" 2>/dev/null
printf '# ours\nVisitland\tthe visitland\n' >"$work/knowledge/agencies.add.tsv" # another version of the knowledge: all is coded anew
cp "$work/old" "$work/new"
span=$(millis "$program" recode --all -d "$work/new" --lexicon "$work/knowledge")
"$program" recode --all -d "$work/new" --lexicon "$work/knowledge" >"$work/said"
check "coded anew, there is nothing more to do" has '^0 documents coded anew' "$work/said"
brief "$work/new" >"$work/expected"
undone=0 bad=0 tries=0
while [ "$undone" -lt "$recoding" ] && [ "$tries" -lt $((recoding * 10)) ]; do
    tries=$((tries + 1))
    rm -f "$work/r" "$work/r"-*
    cp "$work/old" "$work/r"
    killed "$span" "$program" recode --all -d "$work/r" --lexicon "$work/knowledge" && undone=$((undone + 1))
    [ $((RANDOM % 2)) -eq 0 ] && killed "$span" "$program" recode --all -d "$work/r" --lexicon "$work/knowledge" && undone=$((undone + 1))
    "$program" recode --all -d "$work/r" --lexicon "$work/knowledge" >/dev/null 2>&1
    brief "$work/r" >"$work/got"
    same "$work/expected" "$work/got" || bad=$((bad + 1))
done
check "killed $undone times while coding anew: the same command ends it" test "$bad" -eq 0
check "$recoding kills fell into the work" test "$undone" -ge "$recoding"
done_checking
