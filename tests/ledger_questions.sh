#!/usr/bin/env bash
# What the ledger says together, seen from outside: copies and origins, revisions, silences and blanks, all reference classes, both sides' words,
# voices of explanations, series with their rates, what is new since a day, the paragraph on methods; event tables out and in, and their agreement.
# Prints "N passed, M failed".
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/ledger_common.bash
demo=$work/demo
"$program" add -d "$demo" samples/dispatches 2>/dev/null
python_check() { # python_check NAME FILE CODE: CODE sees rows, the objects of the file
    local name=$1 file=$2
    check "$name" python3 -c "import json, math, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
assert rows, 'no rows'
$3" "$file"
}
mkdir "$work/d"
dispatch() { # dispatch NAME OUTLET PUBLISHED TITLE TEXT [URL]
    printf 'Title: %s\nOutlet: %s\nPublished: %s\nURL: %s\n\n%b\n' "$4" "$2" "$3" "${6:-https://$2/$1}" "$5" >"$work/d/$1.txt"
}

# ---- one agency, many papers: one source; and ten papers of their own: ten ----
n=0
for city in Lima Quito Bogota Caracas Havana Managua Panama Santiago Asuncion Montevideo; do
    n=$((n + 1))
    case $n in
    1) lead="The foreign minister of Peru met the foreign minister of Chile in Lima on Monday" ;;
    2) lead="Peru's foreign minister held talks with Chile's foreign minister on Monday in the Peruvian capital" ;;
    3) lead="Chile's foreign minister met his colleague, the Peruvian foreign minister, on Monday" ;;
    4) lead="On Monday the Peruvian foreign minister met the Chilean foreign minister" ;;
    *) lead="The foreign minister of Peru met the foreign minister of Chile on Monday, and paper number $n of $city had a view of its own on it" ;;
    esac
    dispatch "agency$n" "paper$n.example" "2015-03-03T0$((n % 10)):00:00Z" "Ministers meet ($city)" "LIMA, March 3 (Reuters) -- $lead. The weather in $city was fair, the paper of $city added for its $n hundred readers."
done
"$program" add -d "$work/agency" "$work/d" 2>/dev/null
ask "$work/agency" meetings --json --who PER --whom CHL >"$work/rows"
python_check "ten papers that credit one agency are one source" "$work/rows" 'best = max(rows, key=lambda r: r["statements"]); assert best["statements"] >= 4 and best["independent_sources"] == 1, best'
sed -i 's/(Reuters) //' "$work"/d/agency*.txt
"$program" add -d "$work/papers" "$work/d" 2>/dev/null
ask "$work/papers" meetings --json --who PER --whom CHL >"$work/rows"
python_check "and without the credit they are as many sources as papers" "$work/rows" 'best = max(rows, key=lambda r: r["statements"]); assert best["independent_sources"] >= 4, best'
rm "$work"/d/*

# ---- a text that changed under its address ----
long="The delegation of Kenya left Accra on Tuesday. It had talks with the foreign minister of Ghana. The talks were held behind closed doors. Trade was discussed for two hours. The two ministers will meet again in spring. The press was not admitted."
dispatch first "gulfpost.example" "2016-05-04T08:00:00Z" "Delegation leaves" "$long" "https://gulfpost.example/a"
dispatch second "gulfpost.example" "2016-05-05T08:00:00Z" "Delegation leaves" "$long\nGhana accused Kenya of bad faith." "https://gulfpost.example/a"
r=$work/revised
"$program" add -d "$r" "$work/d" 2>/dev/null
ask "$r" documents --json >"$work/rows"
python_check "both texts are kept; the later is a revision, with what came" "$work/rows" 'two = [r for r in rows if r["relation"] == "revision"]; assert len(rows) == 2 and len(two) == 1 and "bad faith" in two[0]["changes"]["added"][0] and not two[0]["changes"]["gone"], rows'
ask "$r" --since 2016-05-05 --json >"$work/rows"
python_check "what is new since then: the changed text" "$work/rows" 'assert any(r["kind"] == "changed text" for r in rows)'
python_check "and who said the accusation first" "$work/rows" 'assert any(r["kind"] == "first report" and r["event"] == "ACCUSE" and r["first"]["outlet"] == "gulfpost.example" and r["first"]["sentence"] for r in rows)'
ask "$r" --since 2016-06-01 --json >"$work/rows"
check "nothing is new after the last report" test ! -s "$work/rows"
rm "$work"/d/*

# ---- since: a new contradiction ----
s=$work/since
dispatch one "northpost.example" "2016-02-02T08:00:00Z" "Envoy received" "The Norwegian foreign minister met the president of Ghana in Accra on Monday."
"$program" add -d "$s" "$work/d" 2>/dev/null
ask "$s" --since 2016-02-03 --json >"$work/before"
dispatch two "southpost.example" "2016-02-04T08:00:00Z" "No meeting" "The Norwegian foreign minister did not meet the president of Ghana on Monday, a spokesman said."
"$program" add -d "$s" "$work/d" 2>/dev/null
ask "$s" --since 2016-02-03 --json >"$work/rows"
check "before, there was none" test ! -s "$work/before"
python_check "since the second report there is a contradiction, with both sides' words" "$work/rows" 'c = [r for r in rows if r["kind"] == "contradiction"]; assert c and "met the president" in c[0]["for_one"][0]["sentence"] and "did not meet" in c[0]["for_other"][0]["sentence"], rows'
rm "$work"/d/*

# ---- contradictions of the demo: words on both sides, from different papers ----
ask "$demo" contradictions --json >"$work/rows"
python_check "every contradiction has both sides' words" "$work/rows" 'assert all(r["for_one"] and r["for_other"] and all(e["sentence"] and e["outlet"] and e["statement"] for e in r["for_one"] + r["for_other"]) for r in rows)'
python_check "two outlets disagree about a year" "$work/rows" 'y = [r for r in rows if r["about"] == "the year"]; assert y and {e["outlet"] for e in y[0]["for_one"]} != {e["outlet"] for e in y[0]["for_other"]}'

# ---- precedents: every class, k of n, rate, interval, bits ----
ask "$demo" precedents --json >"$work/rows"
python_check "all five classes are shown for every visit" "$work/rows" 'assert all([c["class"] for c in r["classes"]] == ["same office", "same rank", "same pair of states", "same host", "any envoy"] for r in rows)'
python_check "classes widen: never fewer members" "$work/rows" '
for r in rows:
    n = {c["class"]: c["of"] for c in r["classes"]}
    assert n["same office"] <= n["same pair of states"] <= n["same host"] <= n["any envoy"] and n["same rank"] <= n["same pair of states"], r'
python_check "rate, interval and bits are those of the Beta-Binomial with Jeffreys prior" "$work/rows" '
told = 0
for r in rows:
    for c in r["classes"]:
        rate = (c["received"] + .5) / (c["of"] + 1)
        assert abs(c["rate"] - rate) < .001 and c["low"] <= c["rate"] <= c["high"], c
        if c["of"] == 0: assert c["low"] == 0 and c["high"] == 1
        if c["surprise_bits"] is not None:
            told += 1
            assert abs(c["surprise_bits"] + math.log2(rate if r["outcome"] == "received" else 1 - rate)) < .01, c
assert told > 20'
python_check "members of a class are earlier visits, named with what became of them" "$work/rows" '
for r in rows:
    for c in r["classes"]:
        assert len(c["members"]) == min(c["of"], 60) and sum(m["outcome"] == "received" for m in c["members"]) == c["received"]
        assert all(m["date"][:10] <= r["date"][:10] for m in c["members"])'
"$program" report -d "$demo" >"$work/report"
check "the page shows the classes without members, too" has 'same office: no earlier case held' "$work/report"

# ---- silences: blank a month of an outlet, and it is unknown, never silent ----
ask "$demo" silences --json --limit -1 >"$work/rows"
outlet=$(python3 -c 'import json, sys
from collections import Counter
c = Counter((s["outlet"], r["from"][:7]) for r in map(json.loads, open(sys.argv[1])) for s in r.get("silent", []))
print(*max(c, key=c.get))' "$work/rows")
read -r outlet month <<<"$outlet"
check "an outlet that was silent in a month" test -n "$month"
grep -lx "Outlet: $outlet" samples/dispatches/*.txt | xargs grep -lE "^Published: $month" >"$work/blank"
ls samples/dispatches/*.txt | grep -vxFf "$work/blank" | xargs "$program" add -d "$work/blanked" 2>/dev/null
ask "$work/blanked" silences --json --limit -1 >"$work/blanked.rows"
held=$(ask "$work/blanked" documents --json --limit -1 | grep -F "\"outlet\":\"$outlet\"" | sed -E 's/.*"published":"([^T"]*).*/\1/' | sort | tr '\n' ' ')
python_check "blank $month of $outlet: unknown, never silent, where nothing is held" "$work/blanked.rows" "
import datetime
held = [datetime.date.fromisoformat(d) for d in '$held'.split()]
day, two = datetime.date.fromisoformat, datetime.timedelta(days=2)
blank = 0
for r in rows:
    if r['kind'] != 'silence': continue
    near = any(day(r['from']) - two <= d <= day(r['to']) + two for d in held)
    if not near:
        blank += r['from'].startswith('$month')
        assert '$outlet' in r['unknown'] and '$outlet' not in [s['outlet'] for s in r['silent']], r
assert blank"
python_check "nobody is in two of the three groups" "$work/rows" 'assert all(len(m) == len(set(m)) for r in rows if r["kind"] == "silence" for m in [r["mentioned"] + r["unknown"] + [s["outlet"] for s in r["silent"]]])'
python_check "a reported omission is a row of its own" "$work/rows" 'assert any(r["kind"] == "reported omission" and r["omitted_by"] and r["evidence"]["sentence"] for r in rows)'

# ---- appearances and gaps ----
ask "$demo" appearances --json --who "Kim Jong Un" >"$work/rows"
python_check "date, report, place, category, company, documents of each" "$work/rows" 'assert all({"date", "reported", "place", "category", "company", "documents"} <= set(r) for r in rows) and all(r["date"] is None or r["date"] <= r["reported"] for r in rows)'
python_check "company: whom the leader met" "$work/rows" 'assert any("Song Tao" in r["company"] for r in rows) and not any("Kim Jong-un" in r["company"] for r in rows)'
ask "$demo" gaps --json --who "Kim Jong Un" >"$work/rows"
ask "$demo" gaps --json --who "Kim Jong Un" --counting document >"$work/by_document"
python_check "the rule of counting is printed" "$work/rows" 'assert {r["counting"] for r in rows} == {"one appearance a day"}'
python_check "and can be switched" "$work/by_document" 'assert {r["counting"] for r in rows} == {"every report of its own"}'
python_check "p = (1 + gaps at least as long) / (others + 1)" "$work/rows" '
judged = [r for r in rows if r["judged"]]
assert judged
for r in judged: assert abs(r["p"] - (1 + r["gaps_at_least_as_long"]) / (r["other_gaps"] + 1)) < 1e-3 and r["gaps_at_least_as_long"] == sum(o["days"] >= r["days"] for o in judged if o is not r)'

# ---- explanations: under their voices ----
ask "$demo" explanations --json >"$work/rows"
python_check "each is tied to a happening, with its words, and none is merged with another" "$work/rows" 'assert all(r["happening"] and r["cue"] in r["sentence"].lower() and (r["kind"] in ("cause", "meaning") or (r["kind"] == "view" and r["speaker"])) for r in rows) and len({(r["doc"], r["sentence"]) for r in rows}) == len(rows)'
python_check "somebody is named for a reason" "$work/rows" 'assert any(r["speaker"] for r in rows)'

# ---- dyads: rates by what is held; days add up to months ----
ask "$demo" dyads --json --limit -1 >"$work/rows"
ask "$demo" dyads --json --limit -1 --counting day >"$work/days"
ask "$demo" documents --json --limit -1 >"$work/documents"
python_check "per 100 documents held in that month" "$work/rows" "
from collections import Counter
held = Counter(json.loads(line)['published'][:7] for line in open('$work/documents'))
for r in rows:
    assert r['documents_held'] == held[r['period']], r
    assert r['per_100_documents'] is None if not held[r['period']] else abs(r['per_100_documents'] - 100 * r['happenings'] / held[r['period']]) < .01, r"
python_check "days add up to months" "$work/days" "
from collections import Counter
months, days = Counter(), Counter()
for line in open('$work/rows'):
    r = json.loads(line); months[r['pair'], r['period']] += r['happenings']
for r in rows: days[r['pair'], r['period'][:7]] += r['happenings']
assert months == days"
ask "$demo" dyads --json --who "North Korea" >"$work/rows"
python_check "asked for by a state's name" "$work/rows" 'assert all("PRK" in r["pair"] for r in rows)'

# ---- methods: judged precision with its interval ----
"$program" report -d "$demo" --methods >"$work/methods"
check "methods: versions, lexicon, documents, outlets, dates, skipped" has '7[0-9] documents of 7 outlets published from 20[0-9-]+ to 20[0-9-]+ .*rapporteur 0[0-9.]+ lexicon [0-9a-f]+ model .*could not be read' "$work/methods"
check "not judged yet: it says so" has 'has not been judged' "$work/methods"
"$program" sample -d "$demo" -n 20 --by root >"$work/sample.csv"
sed -E '2,$ s/,,,,\r?$/,y,0,Anna,/; 4 s/,y,0,Anna,/,n,0,Anna,/' "$work/sample.csv" >"$work/anna.csv"
"$program" eval sample -d "$demo" "$work/anna.csv" >"$work/judged" 2>&1
"$program" report -d "$demo" --methods >"$work/methods"
check "judged: precision with its interval" has 'judgements found the statement right \(precision 0\.[0-9]+, 95 % interval 0\.[0-9]+ to [01]\.[0-9]+, Wilson\)' "$work/methods"

# ---- tables out ----
"$program" export -d "$demo" --format icews -o "$work/icews.tab" 2>/dev/null
"$program" export -d "$demo" --format polecat -o "$work/polecat.tab" 2>/dev/null
"$program" export -d "$demo" --format gdelt -o "$work/gdelt.tab" 2>/dev/null
check "ICEWS: states by name" python3 -c "
import csv
rows = list(csv.DictReader(open('$work/icews.tab'), delimiter='\t', quoting=csv.QUOTE_NONE))
names = {r[c] for r in rows for c in ('Source Country', 'Target Country', 'Country')}
assert 'North Korea' in names and 'China' in names and not any(len(n) == 3 and n.isupper() for n in names), names"
check "POLECAT: forty columns, states by code, dates by the day" python3 -c "
import csv, re
rows = list(csv.DictReader(open('$work/polecat.tab'), delimiter='\t', quoting=csv.QUOTE_NONE))
assert len(rows[0]) == 40 and all(re.fullmatch(r'\d{4}-\d\d-\d\d|', r['Event Date']) for r in rows) and {'PRK', 'CHN'} <= {r['Actor Country'] for r in rows} | {r['Recipient Country'] for r in rows}"
check "GDELT: FIPS geography, days as YYYYMMDD, roots with their zeros" python3 -c "
import re
rows = [line.rstrip('\n').split('\t') for line in open('$work/gdelt.tab')]
assert all(re.fullmatch(r'\d{8}', r[1]) and re.fullmatch(r'[01]\d|20', r[28]) and r[26].startswith(r[28]) for r in rows)
assert 'KN' in {r[51] for r in rows}"
for t in icews polecat gdelt; do
    check "$t: what did not happen is in the other file, never in this one" bash -c "grep -q ',CT-,\|,PR-,' '$work/$t.unrealized.csv'"
done

# ---- tables in: each of them as one more outlet, and how they agree ----
cp "$demo" "$work/agree"
"$program" add -d "$work/agree" "$work/icews.tab" "$work/gdelt.tab" "$work/polecat.tab" 2>"$work/added"
ask "$work/agree" agreement --json --limit -1 >"$work/rows"
python_check "agreement by pair and month with each of the three" "$work/rows" 'assert {r["outlet"] for r in rows} == {"ICEWS", "GDELT", "POLECAT"} and all(len(r["period"]) == 7 and len(r["pair"]) == 7 for r in rows)'
python_check "our own tables agree with us" "$work/rows" '
for outlet in ("ICEWS", "POLECAT"):
    mine = [r for r in rows if r["outlet"] == outlet]
    both, ours = sum(r["both"] for r in mine), sum(r["ours"] for r in mine)
    assert ours and both >= .8 * ours, (outlet, both, ours)'
"$program" add -d "$work/agree" "$work/icews.tab" "$work/gdelt.tab" 2>"$work/added"
check "rows that are held stay single" has '^0 documents added' "$work/added"
ask "$work/agree" statements --json --outlet GDELT --limit -1 >"$work/rows"
python_check "GDELT's places come in, with their states" "$work/rows" 'p = [r["place"] for r in rows if r["place"]]; assert any(x["name"] == "Pyongyang" and x["country"] == "PRK" and 38 < x["lat"] < 40 for x in p), p[:3]'
python_check "and its links" "$work/rows" 'assert all(r["url"].startswith("https://") for r in rows)'
ask "$work/agree" coverage --json --limit -1 >"$work/rows"
python_check "event files are no outlets whose silence counts" "$work/rows" 'assert not {"ICEWS", "GDELT", "POLECAT"} & {r["outlet"] for r in rows}'
two=$(awk -F'\t' -v OFS='\t' 'NR == 1 { out = $1; for (i = 2; i <= 58; i++) { out = out OFS $i; if (i == 39 || i == 46 || i == 53) out = out OFS "" } print out }' "$work/gdelt.tab")
printf '%s\n' "$two" | sed 's/^[0-9]*/777/' >"$work/gdelt2.tab"
check "GDELT 2.0 has 61 columns" test "$(awk -F'\t' '{ print NF }' "$work/gdelt2.tab")" -eq 61
"$program" add -d "$work/two" "$work/gdelt2.tab" 2>/dev/null
ask "$work/two" statements --json >"$work/rows"
python_check "and is read as such" "$work/rows" 'assert len(rows) == 1 and rows[0]["url"].startswith("https://") and (rows[0]["place"] is None or rows[0]["place"]["country"])'
done_checking
