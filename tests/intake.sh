#!/usr/bin/env bash
# Bad input, closed pipes, full disks, shards and threads, on the command itself: the message, the exit status, and that the rest is done.
set -u
cd "$(dirname "$0")/.." || exit 1
r=$PWD/${BUILD:-build}/rapporteur
export RAPPORTEUR_MODELS=${RAPPORTEUR_MODELS:-$PWD/models}
dir=$(mktemp -d); trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
passed=0 failed=0
is() { # WHAT EXPECTED GOT
    if [ "$2" = "$3" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "$1: \"$3\" instead of \"$2\""; fi
}
has() { # WHAT PATTERN: in the messages of the last call
    if grep -q -- "$2" "$dir/err"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "$1: no \"$2\" in: $(head -c 300 "$dir/err")"; fi
}

# A good document behind each bad one: it must come out, the bad one must be named, the status is 1.
echo "The envoy left the capital on Sunday." > "$dir/good.txt"
bad() { # NAME PATTERN
    lines=$("$r" extract "$dir/$1" "$dir/good.txt" 2> "$dir/err" | grep -c 'The envoy left the capital')
    is "$1: the good document" 1 "$lines"
    "$r" extract "$dir/$1" "$dir/good.txt" > /dev/null 2>&1
    is "$1: status" 1 $?
    has "$1: message" "$2"
}
: > "$dir/empty.txt"; bad empty.txt 'empty.txt: empty'
head -c 5000 /dev/zero > "$dir/zero.bin"; bad zero.bin 'binary data'
printf '%%PDF-1.4 x' > "$dir/a.pdf"; bad a.pdf 'pdftotext'
printf 'title,text\nA,B\nC\nD,E,F\n' > "$dir/ragged.csv"; bad ragged.csv 'line 3: 1 fields where the header has 2'; has 'ragged: third row' 'line 4: 3 fields'
printf 'a,b\n1,2\n' > "$dir/nocolumn.csv"
printf '{"text":"x"\n' > "$dir/cut.jsonl"; bad cut.jsonl 'line 1: not JSON'
bad missing.txt 'missing.txt: No such file'
printf 'The envoy left.' | gzip | head -c 20 > "$dir/cut.gz"; bad cut.gz 'gzip data'
head -c 200000000 /dev/zero | tr '\0' a | gzip > "$dir/bomb.gz"; bad bomb.gz 'at most\|most that one\|decompression bomb'
python3 - "$dir" <<'PY'
import sys, zipfile
d = sys.argv[1]
with zipfile.ZipFile(d + "/bomb.zip", "w", zipfile.ZIP_DEFLATED) as z: z.writestr("a.jsonl", ('{"text":"' + "a" * 1000 + '"}\n') * 200000)
with zipfile.ZipFile(d + "/two.zip", "w", zipfile.ZIP_DEFLATED) as z: z.writestr("a.txt", "One envoy left."); z.writestr("b/c.txt", "Another envoy stayed.")
open(d + "/laughs.xml", "w").write('<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98+i)} "&{chr(97+i)};&{chr(97+i)};">' for i in range(20)) + "]><rss><channel><item><title>&u;</title></item></channel></rss>")
open(d + "/long.txt", "w").write("a" * 100_000_000)
open(d + "/long.jsonl", "w").write('{"text":"' + "a" * 40_000_000 + '"}\n{"text":"The envoy left."}\n')
open(d + "/deep.html", "w").write("<html><body>" + "<div>" * 200000 + "<p>The envoy left the capital.</p>" + "</p>" * 20000)
PY
bad bomb.zip 'decompression bomb'
bad laughs.xml 'billion-laughs'
bad long.txt '32 MB'
bad long.jsonl '32 MB'
is 'long.jsonl: the line behind' 1 "$("$r" extract "$dir/long.jsonl" 2>/dev/null | grep -c 'envoy')"
is 'two.zip' 2 "$("$r" extract "$dir/two.zip" | wc -l)"
timeout 60 "$r" extract "$dir/deep.html" "$dir/good.txt" > "$dir/out" 2> "$dir/err"; [ $? -le 1 ]; is 'deep.html: ended' 0 $?
is 'deep.html: the good document' 1 "$(grep -c 'left the capital on Sunday' "$dir/out")"
printf 'caf\303\251 and caf\303\251, cut: \303' > "$dir/cututf8.txt"; "$r" extract "$dir/cututf8.txt" > "$dir/out" 2>&1; is 'cut UTF-8: status' 0 $?
is 'cut UTF-8: kept' 1 "$(grep -c 'café and café' "$dir/out")"
if [ "$(id -u)" -ne 0 ]; then cp "$dir/good.txt" "$dir/locked.txt"; chmod 0 "$dir/locked.txt"; bad locked.txt 'Permission denied'; fi

"$r" extract --columns text=nowhere "$dir/nocolumn.csv" > /dev/null 2> "$dir/err"; is 'wrong column: status' 2 $?; has 'wrong column' 'no column "nowhere" in the header (a, b)'
"$r" extract --nonsense > /dev/null 2>&1; is 'wrong option' 2 $?
"$r" code --shard 9/4 "$dir/good.txt" > /dev/null 2>&1; is 'wrong shard' 2 $?
"$r" code -j many "$dir/good.txt" > /dev/null 2>&1; is 'wrong threads' 2 $?
for i in $(seq 3000); do cat "$dir/good.txt"; echo; done > "$dir/many.txt"
"$r" extract "$dir/many.txt" > /dev/full 2> "$dir/err"; is 'full disk: status' 3 $?; has 'full disk' 'No space left'
"$r" code --quiet "$dir/many.txt" > /dev/full 2> "$dir/err"; is 'full disk, code: status' 3 $?; has 'full disk, code' 'No space left'
# Files that may not grow: every limit tells so, until none is met; a ledger takes the rest afterwards.
for i in $(seq 60); do printf '{"id":"%d","text":"The envoy of country %d left the capital on Sunday, and the minister refused to meet her."}\n' "$i" "$i"; done > "$dir/sixty.jsonl"
"$r" add --quiet -d "$dir/whole.ledger" "$dir/sixty.jsonl"
limits=0 told=0
for k in 1 3 9 27 81 243 729 2187; do
    (ulimit -f $k; "$r" code --quiet "$dir/sixty.jsonl" > "$dir/limited") 2> "$dir/err"; code_status=$?
    rm -f "$dir"/limited.ledger*
    (ulimit -f $k; "$r" add --quiet -d "$dir/limited.ledger" "$dir/sixty.jsonl") 2> "$dir/add_err"; add_status=$?
    [ $code_status -ne 0 ] && { limits=$((limits + 1)); [ $code_status -eq 3 ] && grep -q 'File too large' "$dir/err" && told=$((told + 1)); }
    [ $add_status -ne 0 ] && { limits=$((limits + 1)); [ $add_status -eq 3 ] && grep -q 'limited.ledger' "$dir/add_err" && told=$((told + 1)); }
    "$r" add --quiet -d "$dir/limited.ledger" "$dir/sixty.jsonl" 2> "$dir/err"
    is "limit of $k KB: the ledger afterwards" 0 "$(cmp <("$r" ask -d "$dir/whole.ledger" statements --json --limit -1) <("$r" ask -d "$dir/limited.ledger" statements --json --limit -1) > /dev/null; echo $?)"
    [ $code_status -eq 0 ] && [ $add_status -eq 0 ] && break
done
is 'limits met and told' "$limits" "$told"
[ "$limits" -gt 4 ]; is 'some limits were met' 0 $?
for i in $(seq 400); do printf '{"id":"%d","text":"The envoy of country %d left the capital on Sunday."}\n' "$i" "$i"; done > "$dir/many.jsonl"
(set +o pipefail; "$r" extract "$dir/many.jsonl"; echo $? > "$dir/status") 2> "$dir/err" | head -1 > /dev/null
is 'closed pipe: ended' 1 "$(grep -c '^[03]$' "$dir/status")"

# Threads: the same bytes for any number (shards: tests/shards.sh).
head -40 "$dir/many.jsonl" > "$dir/some.jsonl"; echo '{broken' >> "$dir/some.jsonl"; echo '{"text":"Le ministre a dit que les pourparlers avec le voisin se poursuivront après le sommet et que la date est fixée pour une rencontre."}' >> "$dir/some.jsonl"
"$r" code "$dir/some.jsonl" > "$dir/one" 2> "$dir/err"; is 'a broken line: status' 1 $?
has 'summary' 'not read: '; has 'summary of languages' 'fr 1'
"$r" code -j 3 "$dir/some.jsonl" > "$dir/three" 2>/dev/null; is 'three threads' 0 "$(cmp "$dir/one" "$dir/three" > /dev/null; echo $?)"
is 'check' 1 "$("$r" check "$dir/some.jsonl" 2>/dev/null | grep -c '^dates missing')"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
