#!/usr/bin/env bash
# A ledger of an older schema is migrated when it is opened, and then answers as one that was made today; one of a newer program is refused.
# Prints "N passed, M failed".
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/ledger_common.bash
# Who speaks in a sentence is held since version 3; a ledger of before has it of no document, so those of this comparison go in without it.
without_speakers() { "$program" code --text "$@" | python3 -c '
import json, sys
for line in sys.stdin:
    record = json.loads(line)
    record.pop("speakers", None)
    print(json.dumps(record))'; }
without_speakers samples/dispatches/2017-1*.txt >"$work/coded.jsonl"
"$program" add -d "$work/now" "$work/coded.jsonl" 2>/dev/null
answers "$work/now" >"$work/expected"
# Version 1: the same documents in the first schema, without what later versions keep.
python3 - "$work/now" "$work/old" <<'P'
import sqlite3, sys
base = sqlite3.connect(sys.argv[2])
base.executescript(open("src/ledger/schema.sql").read())
base.execute("ATTACH ? AS now", (sys.argv[1],))
for table in ("coding", "document", "block", "sentence", "skipped", "actor", "place", "statement", "participant", "voice", "link", "correction", "judgement"):
    columns = ", ".join('"%s"' % row[1] for row in base.execute("PRAGMA main.table_info(%s)" % table))
    base.execute("INSERT INTO main.%s (%s) SELECT %s FROM now.%s" % (table, columns, columns, table))
base.execute("INSERT INTO meta VALUES ('revision', 1)")
for key, text, start, end in base.execute('SELECT se.key, b.text, se.start, se."end" FROM main.sentence se JOIN main.block b ON b.document = se.document AND b.ordinal = se.block').fetchall():
    base.execute("INSERT INTO main.sentence_words (rowid, text) VALUES (?, ?)", (key, text.encode()[start:end].decode()))
base.execute("PRAGMA user_version = 1")
base.execute("PRAGMA application_id = 1380012112")
base.commit()
P
answers "$work/old" >"$work/got"
check "version 1, migrated: every answer" same "$work/expected" "$work/got"
python3 tests/ledger_content.py "$work/now" >"$work/expected.tables"
python3 tests/ledger_content.py "$work/old" >"$work/got.tables"
check "and every table" same "$work/expected.tables" "$work/got.tables"
"$program" add -d "$work/old" samples/dispatches 2>/dev/null
"$program" add -d "$work/all" "$work/coded.jsonl" 2>/dev/null
"$program" add -d "$work/all" samples/dispatches 2>/dev/null
answers "$work/all" >"$work/expected"
answers "$work/old" >"$work/got"
check "it takes more documents" same "$work/expected" "$work/got"
python3 -c 'import sqlite3, sys; base = sqlite3.connect(sys.argv[1]); base.execute("PRAGMA user_version = 99"); base.commit()' "$work/old"
ask "$work/old" meetings >/dev/null 2>"$work/error"
check "a newer one is refused, with a remedy" bash -c "[ $? -eq 1 ] && grep -q 'written by a newer rapporteur' '$work/error'"
done_checking
