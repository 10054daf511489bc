#!/usr/bin/env bash
# One shard, four shards, and four of which two were killed with -9 and run again, coded and added to ledgers: the same sorted records, and ledgers of the same content.
set -u
cd "$(dirname "$0")/.." || exit 1
r=$PWD/${BUILD:-build}/rapporteur
export RAPPORTEUR_MODELS=${RAPPORTEUR_MODELS:-$PWD/models} RAPPORTEUR=$r
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
passed=0 failed=0
check() { # WHAT COMMAND…: passes when the command does
    local what=$1; shift
    if "$@" > /dev/null 2>&1; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "failed: $what"; fi
}

# A corpus with everything that makes counting hard: files, a table, lines that are broken, languages that are not coded, an archive, ten copies of one dispatch.
mkdir -p "$dir/corpus/deep/er" "$dir/corpus/mirrors"
cp samples/dispatches/*.txt "$dir/corpus/deep/er/"
[ -z "${SANITIZE:-}" ] || rm "$dir"/corpus/deep/er/201[3-9]*
{
    for i in $(seq 30); do printf '{"id":"line-%d","outlet":"harbor.example","section":"World","published":"2018-03-%02dT08:00:00Z","modified":"2018-04-01","text":"The envoy of country %d met the Norwegian foreign minister in Oslo on Monday. He refused to say why."}\n' "$i" $((i % 28 + 1)) "$i"; done
    echo '{broken'
    echo '{"text":"Le ministre a dit que les pourparlers avec le voisin se poursuivront après le sommet et que la date est fixée pour une rencontre."}'
    echo '{"title":"no text"}'
} > "$dir/corpus/lines.jsonl"
printf 'title,date,body\n"Talks, again",4 March 2018,"The two ministers met in Lima."\nshort row\nB,5 March 2018,Peru denied it.\n' > "$dir/corpus/table.csv"
for i in 1 2 3 4 5 6 7 8 9 10; do sed -e "s/^Outlet: .*/Outlet: mirror$i.example/" "$(ls samples/dispatches/2012-*.txt | head -n 1)" > "$dir/corpus/mirrors/$i.txt"; done
tar -C "$dir/corpus" -czf "$dir/corpus/mirrors.tar.gz" mirrors && rm -r "$dir/corpus/mirrors"

code() { # SHARD PARTS [IN THE BACKGROUND]
    SLURM_ARRAY_TASK_ID=$1 SLURM_ARRAY_TASK_COUNT=$3 setsid bash examples/slurm/code.sbatch "$dir/corpus" "$2" 2> /dev/null
}
content() { "$r" ask -d "$1" documents --json > /dev/null; python3 tests/ledger_content.py "$1"; }

"$r" code --text "$dir/corpus" > "$dir/one.jsonl" 2> "$dir/err"
check "the corpus is read whole" test "$(grep -c '"type":"document"' "$dir/one.jsonl")" -ge 50
check "what cannot be read is counted" grep -q 'not read: ' "$dir/err"
sort "$dir/one.jsonl" > "$dir/one.sorted"
"$r" add --quiet -d "$dir/one.ledger" "$dir/one.jsonl"

code 1 "$dir/single" 1
check "one shard: records" cmp "$dir/one.jsonl" "$dir/single/part-1-of-1.jsonl"

for i in 1 2 3 4; do code "$i" "$dir/four" 4; done
check "four shards: sorted records" cmp "$dir/one.sorted" <(sort "$dir"/four/part-*.jsonl)
check "four shards: every one has its share" test "$(grep -lc '"type":"document"' "$dir"/four/part-*-of-4.jsonl | wc -l)" -eq 4
"$r" add --quiet -d "$dir/four.ledger" "$dir"/four/part-{3,1,4,2}-of-4.jsonl

killed=0
for i in 2 3; do # killed while the part was being written: nothing stands under its name
    SLURM_ARRAY_TASK_ID=$i SLURM_ARRAY_TASK_COUNT=4 setsid bash examples/slurm/code.sbatch "$dir/corpus" "$dir/killed" 2> /dev/null &
    job=$!
    until [ -s "$dir/killed/part-$i-of-4.jsonl.new" ] || ! kill -0 $job 2> /dev/null; do sleep 0.002; done
    kill -9 -- -$job 2> /dev/null
    wait $job 2> /dev/null
    [ -e "$dir/killed/part-$i-of-4.jsonl" ] || killed=$((killed + 1))
done
check "two were killed in the middle" test "$killed" -eq 2
for i in 1 2 3 4; do code "$i" "$dir/killed" 4; done
check "four shards, two killed and run again: sorted records" cmp "$dir/one.sorted" <(sort "$dir"/killed/part-*-of-4.jsonl)
check "no half part is left" test -z "$(ls "$dir"/killed/*.new 2> /dev/null)"
# The ledger, too, is killed while shards go in, twice, and fed again.
for pause in 0.05 0.12; do
    "$r" add --quiet -d "$dir/killed.ledger" "$dir"/killed/part-{4,2,3,1}-of-4.jsonl 2> /dev/null &
    job=$!
    sleep "$pause"
    kill -9 $job 2> /dev/null
    wait $job 2> /dev/null
done
"$r" add --quiet -d "$dir/killed.ledger" "$dir"/killed/part-{4,2,3,1}-of-4.jsonl
# And once straight from the documents, coded by `add` itself.
"$r" add --quiet -d "$dir/direct.ledger" "$dir/corpus" 2> /dev/null

content "$dir/one.ledger" > "$dir/one.content"
check "the ledger has content" test "$(wc -l < "$dir/one.content")" -gt 1000
for other in four killed direct; do
    content "$dir/$other.ledger" > "$dir/$other.content"
    check "ledger of $other: content" cmp "$dir/one.content" "$dir/$other.content"
    for q in documents meetings happenings stories silences contradictions; do
        check "ledger of $other: $q" cmp <("$r" ask -d "$dir/one.ledger" $q --json --limit -1) <("$r" ask -d "$dir/$other.ledger" $q --json --limit -1)
    done
done
[ "$failed" -eq 0 ] || diff "$dir/one.content" "$dir/direct.content" | head -4 | cut -c 1-300
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
