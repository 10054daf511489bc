#!/usr/bin/env bash
# Every record against the contract: samples and odd documents through every command, checked by tests/contract.py, which was written
# apart from the program.
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/ledger_common.bash
contract() { # contract NAME KIND [--input FILE] <RECORDS
    local name=$1
    shift
    if ! python3 tests/contract.py "$@" >"$work/findings"; then head -n 10 "$work/findings"; fi
    check "$name" grep -q ", 0 findings" "$work/findings"
    check "$name: has records" lacks "^0 records" "$work/findings"
}
exits() { # exits STATUS COMMAND…
    local want=$1
    shift
    "$@" >/dev/null 2>"$work/errors" </dev/null
    [ $? -eq "$want" ]
}
python3 tests/contract_odd.py "$work"
cp -r samples/dispatches "$work/dispatches"

for input in dispatches odd.jsonl; do
    "$program" extract "$work/$input" >"$work/in" 2>/dev/null
    [ $input = odd.jsonl ] && cp "$work/odd.jsonl" "$work/in"
    "$program" code --text --least 0 "$work/$input" >"$work/coded" 2>/dev/null
    contract "code $input" code --input "$work/in" <"$work/coded"
    "$program" annotate "$work/$input" 2>/dev/null >"$work/out"
    contract "annotate $input" annotate --input "$work/in" <"$work/out"
    "$program" code --format csv "$work/$input" 2>/dev/null >"$work/out"
    contract "csv $input" csv <"$work/out"
    "$program" extract "$work/$input" 2>/dev/null >"$work/out"
    contract "extract $input" extract <"$work/out"
    "$program" parse "$work/$input" 2>/dev/null >"$work/out"
    contract "parse $input" parse <"$work/out"
    "$program" add --quiet -d "$work/$input.ledger" "$work/coded" 2>/dev/null
    for question in statements documents meetings happenings stories appearances; do
        ask "$work/$input.ledger" $question --json --limit -1 >"$work/out"
        [ $input-$question = odd.jsonl-stories ] || [ $input-$question = odd.jsonl-appearances ] || contract "ask $question of $input" "ask:$question" <"$work/out"
    done
done
"$program" relate "$work/relate.jsonl" >"$work/out" 2>/dev/null
contract relate relate --input "$work/relate.jsonl" <"$work/out"
"$program" who "$work/who.jsonl" >"$work/out" 2>/dev/null
contract who who --input "$work/who.jsonl" <"$work/out"

# What is no document is named with its line, the rest is done, and the status says so.
check "broken lines: status 1" exits 1 "$program" code "$work/broken.jsonl"
check "broken lines: each named" has "broken.jsonl: *line 1|broken.jsonl:1" "$work/errors"
check "broken lines: the good one" sh -c "'$program' code '$work/broken.jsonl' 2>/dev/null | grep -q '\"id\":\"good\"'"
for command in code annotate relate parse who extract check explain add ask report export sample eval correct recode train lexicon; do
    check "$command --help" exits 0 "$program" $command --help
    check "$command: an unknown option is status 2" exits 2 "$program" $command --no-such-option
    [ $command = train ] || check "$command: and is named" has "no-such-option" "$work/errors" # train takes what to train first
done
for command in code annotate relate parse who extract check; do
    check "$command: a missing file is status 1" exits 1 "$program" $command "$work/not-there"
    check "$command: and is named" has "not-there" "$work/errors"
done
check "no command is status 2" exits 2 "$program"
check "an unknown command is status 2" exits 2 "$program" frobnicate
for question in statements meetings; do check "ask $question of no ledger" exits 2 "$program" ask -d "$work/not-there.ledger" $question; done
check "no ledger is made by asking" [ ! -e "$work/not-there.ledger" ]
ledger=$work/dispatches.ledger
for wrong in "--root FROB" "--limit x" "--stance frob" "--factuality X" "--from yesterday" "--counting year"; do
    check "ask $wrong is status 2" exits 2 "$program" ask -d "$ledger" statements $wrong
    check "ask $wrong: and is named" has "${wrong#* }" "$work/errors"
done
check "words that are no query are status 2" exits 2 "$program" ask -d "$ledger" statements --words '"unclosed'
check "and are named" has 'no query like' "$work/errors"
check "who: a name of a file that is none is status 1" exits 1 "$program" who ./none.jsonl
done_checking
