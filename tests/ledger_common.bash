# What the tests of the ledger share; read by tests/ledger*.sh, which cd to the project first.
export RAPPORTEUR_MODELS=${RAPPORTEUR_MODELS:-$PWD/models}
program=${BUILD:-build}/rapporteur
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
check() { # check NAME COMMAND…: passes when the command does
    local name=$1
    shift
    if "$@" >/dev/null 2>&1; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "failed: $name"; fi
}
ask() { "$program" ask -d "$@"; }
has() { grep -qE -- "$1" "$2"; }
lacks() { [ -s "$2" ] && ! grep -qE -- "$1" "$2"; } # of a file that is there and not empty
same() { [ -s "$1" ] && cmp -s "$1" "$2"; }
questions="documents meetings happenings stories contradictions precedents silences appearances gaps dyads explanations coverage agreement statements"
answers() { # every answer of a ledger
    for q in $questions; do ask "$1" "$q" --json --limit -1; done
    ask "$1" gaps --counting document --json --limit -1
    ask "$1" dyads --counting day --json --limit -1
    ask "$1" news --since 2012-01-01 --json --limit -1
    "$program" report -d "$1" --format html
    "$program" report -d "$1" --methods
    "$program" export -d "$1" --format gdelt
}
# Forgets all that is derived, so that the next question computes it from nothing.
forget_derived() { python3 - "$1" <<'P'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('copy', 'likeness', 'origin', 'story', 'story_member', 'happening', 'happening_member', 'answer', 'dyad', 'dyad_day', 'occasion')").fetchall():
    db.execute("DELETE FROM " + name)
db.execute("DELETE FROM meta WHERE name = 'derived'")
db.commit()
P
}
done_checking() { echo "$passed passed, $failed failed"; [ "$failed" -eq 0 ]; }
