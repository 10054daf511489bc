#!/usr/bin/env bash
# The ledger from outside: the demo's questions, idempotence, order, copies, export, samples. Prints "N passed, M failed".
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/ledger_common.bash

# ---- the demo's questions ----
demo=$work/demo.ledger
"$program" add -d "$demo" samples/dispatches 2>"$work/added" || { echo "add failed"; cat "$work/added"; }
check "all dispatches are in" has '^7[0-9] documents added' "$work/added"
ask "$demo" meetings --who "Kim Jong Un" --whom "Song Tao" --from 2017-11 --to 2017-11 --json >"$work/song"
check "no report of its own says that Kim met Song in 2017" has '"verdict":"(disputed|did not happen)"' "$work/song"
check "and it never counts as having happened" bash -c "! grep -q '\"verdict\":\"happened\"' $work/song"
ask "$demo" precedents --json >"$work/visits"
visit() { grep -E "\"who\":\"$1\"" "$work/visits" | grep -E "\"date\":\"$2" ; }
check "Liu Yunshan was received in 2007" bash -c "$(declare -f visit); work=$work; visit 'Liu Yunshan' 2007-10 | grep -q '\"outcome\":\"received\"'"
check "Li Jianguo was received in 2012" bash -c "$(declare -f visit); work=$work; visit 'Li Jianguo' 2012-1 | grep -q '\"outcome\":\"received\"'"
check "Song Tao was not in 2017" bash -c "$(declare -f visit); work=$work; visit 'Song Tao' 2017-11 | grep -qE '\"outcome\":\"(not received|refused|no meeting reported)\"'"
check "Song Tao was received in 2018" bash -c "$(declare -f visit); work=$work; visit 'Song Tao' 2018-04 | grep -q '\"outcome\":\"received\"'"
check "Wu Dawei was not in 2016" bash -c "$(declare -f visit); work=$work; visit 'Wu Dawei' 2016-02 | grep -qE '\"outcome\":\"(not received|no meeting reported)\"'"
check "classes say how unexpected, in bits" bash -c "$(declare -f visit); work=$work; visit 'Song Tao' 2017-11 | grep -qE '\"class\":\"same pair of states\".*\"surprise_bits\":[0-9]'"
ask "$demo" silences --from 2017-11 --to 2017-11 --json >"$work/silences"
check "an outlet that printed other things was silent" has '"silent":\[\{"outlet":"peninsulamonitor.example"' "$work/silences"
check "an outlet of which nothing is held cannot be judged" has '"unknown":\[.*"liaoningcourier.example"' "$work/silences"
check "it is never silent" bash -c "! grep -E '\"outlet\":\"liaoningcourier.example\",\"mentions' $work/silences"
ask "$demo" contradictions --json >"$work/contradictions"
check "outlets disagree whether Kim met Song" has '"about":"whether it happened".*Song Tao' "$work/contradictions"
check "and in which year Li Yuanchao came" has '"about":"the year".*"date":"2013-07-25".*"other_side":"2012-07"' "$work/contradictions"
ask "$demo" gaps --who "Kim Jong Un" --json >"$work/gaps"
check "the forty days of 2014" has '"last_seen":"2014-09-0[34]".*"seen_again":"2014-10-1[34]".*"days":(39|40|41).*"p":0\.' "$work/gaps"
ask "$demo" explanations --json >"$work/why"
check "somebody says why" has '"cue":"because".*refused to meet' "$work/why"
ask "$demo" appearances --who "Kim Jong Un" --from 2017-11-21 --to 2017-11-21 --json >"$work/seen"
check "where was Kim that day" has '"category":"field guidance"' "$work/seen"
ask "$demo" documents --json >"$work/documents"
check "three copies of one dispatch are found" test "$(grep -c '"relation":"copy"' "$work/documents")" -eq 3
"$program" report -d "$demo" >"$work/report"
check "the report has its parts" bash -c "for h in Meetings 'What did not happen' Refused Appearances Disputed 'Who says why'; do grep -qF \"\$h\" $work/report || exit 1; done"

# ---- the same twice, in another order ----
coded=$work/coded.jsonl
"$program" code --text samples/dispatches >"$coded" 2>/dev/null
answers "$demo" >"$work/first"
"$program" add -d "$demo" samples/dispatches 2>"$work/added"
check "adding again adds nothing" has '^0 documents added' "$work/added"
answers "$demo" >"$work/again"
check "and changes no answer" same "$work/first" "$work/again"
ls samples/dispatches/*.txt | sort -r >"$work/list"
xargs "$program" add -d "$work/reverse.ledger" <"$work/list" 2>/dev/null
answers "$work/reverse.ledger" >"$work/other"
check "the order of adding changes no answer, byte for byte" same "$work/first" "$work/other"
"$program" add -d "$work/coded.ledger" "$coded" 2>/dev/null
for q in meetings happenings precedents; do ask "$work/coded.ledger" $q --json --limit -1; done >"$work/from_coded"
for q in meetings happenings precedents; do ask "$demo" $q --json --limit -1; done >"$work/from_text"
check "what was coded before goes in alike" same "$work/from_coded" "$work/from_text"

# ---- ten copies ----
for i in 1 2 3 4 5 6 7 8 9 10; do
    sed -e "s/^Outlet: .*/Outlet: mirror$i.example/" -e "s/^URL: .*/URL: https:\/\/mirror$i.example\/1/" samples/dispatches/2012-12-01-hanriverherald.txt >"$work/mirror$i.txt"
done
counts() { ask "$1" meetings --json --limit -1 | sed -E 's/.*"id":"([^"]*)".*"date":"([^"]*)".*"source":"([^"]*)".*"target":"([^"]*)".*"verdict":"([^"]*)".*"independent_sources":([0-9]+).*/\2 \3 \4 \5 \6/' | sort; }
counts "$demo" >"$work/before"
"$program" add -d "$demo" "$work"/mirror*.txt 2>/dev/null
counts "$demo" >"$work/after"
check "ten copies leave the counts of independent sources as they were" same "$work/before" "$work/after"

# ---- export, sample, errors ----
"$program" export -d "$demo" --format icews -o "$work/events.tab" 2>/dev/null
check "an event table has its columns" bash -c "[ \$(head -1 $work/events.tab | awk -F'\t' '{print NF}') -eq 20 ] && awk -F'\t' 'NF != 20 { exit 1 }' $work/events.tab"
check "what did not happen lies in its own file" bash -c "grep -q 'CT-' $work/events.unrealized.csv"
"$program" export -d "$demo" --format gdelt >"$work/gdelt" 2>/dev/null
check "58 columns" bash -c "[ -s $work/gdelt ] && awk -F'\t' 'NF != 58 { exit 1 }' $work/gdelt"
"$program" sample -d "$demo" -n 20 --by root >"$work/sample.csv"
check "a sample of twenty" test "$(wc -l <"$work/sample.csv")" -eq 21
sed -E '2,$ s/,,,,\r?$/,y,0,Anna,/' "$work/sample.csv" >"$work/anna.csv"
sed -E '2,$ s/,,,,\r?$/,y,0,Bo,/; 3 s/,y,0,Bo,/,n,1,Bo,/' "$work/sample.csv" >"$work/bo.csv"
"$program" eval sample "$work/anna.csv" "$work/bo.csv" >"$work/judged" 2>&1
check "precision and agreement" has "Krippendorff's alpha of right" "$work/judged"
"$program" ask -d "$work/none.ledger" meetings >/dev/null 2>"$work/error"
check "no ledger: wrong usage, with a remedy" bash -c "[ $? -eq 2 ] && grep -q 'no such ledger' $work/error"
echo "not a ledger, and far too long to be taken for one" >"$work/text"
"$program" ask -d "$work/text" meetings >/dev/null 2>"$work/error"
check "a file that is none" test $? -eq 1
done_checking
