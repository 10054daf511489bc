#!/usr/bin/env bash
# What people correct, and what a change of knowledge changes. Corrections: signed, with a reason, seen in every answer, surviving a new coding.
# recode: only what the change touches, with the differences. Prints "N passed, M failed".
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/ledger_common.bash
l=$work/ledger
"$program" add -d "$l" samples/dispatches 2>/dev/null
id_of() { ask "$l" statements --json --limit 1 "$@" | sed -E 's/.*"type":"statement","doc":"[^"]*","id":"([^"]*)".*/\1/'; }
happening_of() { ask "$1" why "$2" | awk '$2 == "happening" { print $3 }'; }
correct() { "$program" correct -d "$l" "$@"; }

# ---- wrong actor ----
a=$(id_of --who "Li Jianguo" --root CONSULT --factuality + --from 2012-11 --to 2012-12)
check "a statement to correct" test "${#a}" -ge 8
ask "$l" statements --json --who "Choe Thae-bok" --limit -1 >"$work/before"
check "the right one is not in it yet" bash -c "! grep -qF '$a' '$work/before'"
correct actor "$a" --field target --to "Choe Thae-bok" --by "A. Reader" --reason "the paper mixed up two names"
ask "$l" statements --json --who "Choe Thae-bok" --limit -1 >"$work/after"
check "found under the right name" bash -c "grep -F '$a' '$work/after' | grep -qE '\"target\":\\{[^}]*Choe'"
check "and says that it was corrected, by whom and why" bash -c "grep -F '$a' '$work/after' | grep -q '\"corrected\":\\[{\"kind\":\"actor\",\"field\":\"target\".*\"by\":\"A. Reader\",\"reason\":\"the paper mixed up two names\"'"
ask "$l" meetings --json --who "Choe Thae-bok" >"$work/after"
check "meetings have it" has "\"target\":\"Choe Thae.bok\".*\"statement\":\"$a\"|\"source\":\"Choe Thae.bok\".*\"statement\":\"$a\"" "$work/after"
"$program" export -d "$l" --format csv >"$work/table"
check "the table has it" bash -c "grep -F '$a' '$work/table' | grep -q 'Choe Thae'"
ask "$l" why "$a" >"$work/why"
check "why shows it, signed" has "corrected +actor target Choe Thae-bok, says A. Reader: the paper mixed up two names" "$work/why"

# ---- wrong date ----
b=$(id_of --who "Liu Yunshan" --root CONSULT --factuality + --from 2007-10 --to 2007-10)
correct date "$b" --to 2007-10-29 --by "A. Reader" --reason "the calendar says so"
ask "$l" statements --json --from 2007-10-29 --to 2007-10-29 >"$work/after"
check "found on its right day" bash -c "grep -F '$b' '$work/after' | grep -q '\"value\":\"2007-10-29\"'"
ask "$l" happenings --json --from 2007-10-29 --to 2007-10-29 >"$work/after"
check "its happening, too" bash -c "grep -F '$b' '$work/after' | grep -q '\"date\":\"2007-10-2'"

# ---- not an event ----
c=$(id_of --root ACCUSE --country KOR)
held=$(ask "$l" statements --json --limit -1 | wc -l)
correct not-an-event "$c" --by "B. Reader" --reason "a figure of speech"
for q in statements happenings meetings; do
    ask "$l" $q --json --limit -1 >"$work/after"
    check "no event: gone from $q" lacks "\"$c\"" "$work/after"
done
check "and nothing else is" test "$(ask "$l" statements --json --limit -1 | wc -l)" -eq $((held - 1))
"$program" export -d "$l" --format jsonl >"$work/table"
check "gone from tables" lacks "\"id\":\"$c\"" "$work/table"
ask "$l" why "$c" >"$work/why"
check "why still has it, and who took it out" has "not-an-event.*says B. Reader: a figure of speech" "$work/why"

# ---- merge and split ----
d=$(id_of --who "Wu Dawei" --root CONSULT)
e=$(id_of --who "Li Yuanchao" --root CONSULT)
one=$(happening_of "$l" "$d") other=$(happening_of "$l" "$e")
check "two happenings" test -n "$one" -a -n "$other" -a "$one" != "$other"
correct merge "$d" --to "$e" --by "A. Reader" --reason "one and the same"
check "merged: one happening" test "$(happening_of "$l" "$d")" = "$(happening_of "$l" "$e")"
ask "$l" why "$d" >"$work/why"
check "because a person said so" has "merged because +M5 a person said so" "$work/why"
correct split "$d" --by "A. Reader" --reason "not after all"
check "split again: two" test "$(happening_of "$l" "$d")" != "$(happening_of "$l" "$e")"

# ---- factuality ----
f=$(id_of --root CONSULT --who "Li Jianguo" --factuality CT+)
correct factuality "$f" --to CT- --by "A. Reader" --reason "the sentence denies it"
ask "$l" statements --json --factuality CT- --limit -1 >"$work/after"
check "found among what did not happen" has "\"$f\"" "$work/after"

# ---- what is refused ----
for bad in "actor $a --to X --by A" "actor $a --to X --reason r" "actor $a --by A --reason r" "date $a --to soon --by A --reason r" "merge $a --to nothing --by A --reason r" "rename $a --by A --reason r" "date nobody --to 2012 --by A --reason r"; do
    correct $bad >/dev/null 2>"$work/error"
    check "refused with a remedy: $bad" bash -c "[ $? -eq 2 ] && [ -s '$work/error' ]"
done

# ---- a new coding: corrections stay ----
corrected() {
    for id in "$a" "$b" "$d" "$f"; do ask "$1" why "$id" | grep -E ' (corrected|merged because) '; done
    ask "$1" statements --json --limit -1 | grep -F '"corrected"' | sed -E 's/"version":"[^"]*"//'
    ask "$1" happenings --json --limit -1
}
corrected "$l" >"$work/before"
mkdir "$work/other"
printf '# ours\nVisitland\tthe visitland\n' >"$work/other/agencies.add.tsv"
"$program" recode --all -d "$l" --lexicon "$work/other" >"$work/said"
check "everything is coded anew" has '^7[0-9] documents coded anew: 0 statements changed, 0 new, 0 gone' "$work/said"
corrected "$l" >"$work/after"
check "and every correction stands" same "$work/before" "$work/after"

# ---- a change of knowledge: what it touches, and the differences ----
n=$work/news
mkdir "$n" "$work/frames"
story() { printf 'Outlet: northcoast.example\nPublished: 2016-0%d-11\n\n%s\n' "$1" "$2" >"$n/$1.txt"; }
story 1 "The government of Norway glimmered the government of Peru on Tuesday."
story 2 "Chile glimmers Peru again, the paper wrote."
story 3 "The foreign minister of Kenya met his Ghanaian counterpart in Accra on Monday."
story 4 "Denmark sold two ships to Iceland, a spokesman said."
t=$work/touch
"$program" add -d "$t" "$n" 2>/dev/null
printf 'glimmer/accuse\tglimmer.v\tsubj=@actor obj=@actor\tsubj\tobj\t-\tACCUSE\t-\t-\t-\t[Lima] glimmered <Quito>.\t-\n' >"$work/frames/frames-accuse.add.tsv"
"$program" recode -d "$t" --lexicon "$work/frames" >"$work/said"
check "only the two documents with the word are coded anew" has '^2 documents coded anew' "$work/said"
check "the new statement is printed" has '^\+ .* ACCUSE .*NOR.* -> .*PER' "$work/said"
check "the others stay as they were, and that is said" has '^2 documents stay as they were coded before' "$work/said"
ask "$t" statements --root ACCUSE --json >"$work/after"
check "and asked for, it is there" has '"event":"ACCUSE"' "$work/after"
"$program" recode -d "$t" --lexicon "$work/frames" >"$work/said"
check "a second time there is nothing to do" has '^0 documents coded anew' "$work/said"
"$program" recode -d "$t" >"$work/said"
check "taken back: gone again" bash -c "grep -q '^2 documents coded anew' '$work/said' && grep -q '^- .* ACCUSE' '$work/said'"
mkdir "$work/irregular"
printf 'meet/reject-test\tmeet.v\tsubj=@actor obj=@actor\tsubj\tobj\t-\tREJECT\t-\t-\t9\t[Lima] met <Quito>.\t-\n' >"$work/irregular/frames-reject.add.tsv"
"$program" recode -d "$t" --lexicon "$work/irregular" >"$work/said"
check "irregular forms are found: met" has '^1 documents coded anew' "$work/said"
"$program" recode -d "$t" --only ships >"$work/said"
check "--only: by words of one's own" has '^0 documents coded anew|^1 documents coded anew' "$work/said"
"$program" recode --all -d "$t" >"$work/said"
check "--all brings every document to this knowledge" bash -c "! grep -q 'stay as they were' '$work/said'"
done_checking
