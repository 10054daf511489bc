#!/usr/bin/env bash
# The event tables from the samples' ledger against their readers' layouts (tests/exports.py), and read again: what goes out as GDELT,
# ICEWS or POLECAT comes in as one more outlet with the same pairs and roots.
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/ledger_common.bash
"$program" add --quiet -d "$work/all" samples/dispatches
for format in polecat icews gdelt gdelt2 gdelt-mentions phoenix cameo; do
    "$program" export -d "$work/all" --format $format -o "$work/$format.tab"
    check "a second file beside $format" test -s "$work/$format.unrealized.csv"
done
"$program" export -d "$work/all" --format csv -o "$work/events.csv"
out=$(python3 tests/exports.py "$work")
printf '%s\n' "$out" | grep -v ' passed, '
counts=$(printf '%s\n' "$out" | tail -n 1)
passed=$((passed + ${counts%% passed*})) rest=${counts#*, }
failed=$((failed + ${rest%% failed*}))
for format in polecat icews gdelt gdelt2; do
    "$program" add --quiet -d "$work/from-$format" "$work/$format.tab"
    ask "$work/from-$format" statements --json --limit -1 >"$work/back"
    check "$format read again: every row is a statement" test "$(wc -l <"$work/back")" -eq "$(grep -vc '^Event ID' "$work/$format.tab")"
    "$program" export -d "$work/from-$format" --format $format 2>/dev/null >"$work/again"
    check "$format read again: it has events" test -s "$work/again"
done
# an output that cannot be finished leaves what was there
echo "kept" >"$work/kept.tab"
( ulimit -f 1; "$program" export -d "$work/all" --format polecat -o "$work/kept.tab" ) 2>"$work/error"
check "a file that cannot be finished leaves the old one" grep -qx kept "$work/kept.tab"
check "nothing half-written stays" bash -c "! ls $work/kept.tab.* $work/kept.unrealized.csv"
mkdir "$work/folder"
"$program" export -d "$work/all" -o "$work/folder" 2>"$work/error"
check "a folder is no output: status 3" test $? -eq 3
check "and is named" has "folder: Is a directory" "$work/error"
done_checking
