#!/usr/bin/env python3
"""Prints everything that a ledger holds and derives, sorted, without the keys that follow the order of adding: two ledgers hold the same when these are the same bytes.

usage: tests/ledger_content.py LEDGER
"""
import sqlite3, sys

TABLES = {
    "document": "SELECT d.id, url, outlet, title, language, section, published, day, modified, c.version, sentences, statements, skipped, words, readable, credit, hex(terms), hex(signature), imported FROM document d JOIN coding c ON c.key = d.coding",
    "block": "SELECT d.id, b.ordinal, b.name, b.text FROM block b JOIN document d ON d.key = b.document",
    "sentence": 'SELECT d.id, s.block, s.start, s."end" FROM sentence s JOIN document d ON d.key = s.document',
    "skipped": 'SELECT d.id, s.block, s.start, s."end", s.reason FROM skipped s JOIN document d ON d.key = s.document',
    "actor": "SELECT name, country, sector, code, role, id, fold, who FROM actor",
    "place": "SELECT name, country, lat, lon, geonames FROM place",
    "statement": "SELECT st.id, d.id, se.block, se.start, event, mode, context, a.name, a.country, a.code, a.role, b.name, b.country, b.code, b.role, factuality, day_from, day_to, basis, background, dropped, sort_day, p.name, p.geonames, origin, confidence, c.version, hex(detail)"
                 " FROM statement st JOIN document d ON d.key = st.document LEFT JOIN sentence se ON se.key = st.sentence LEFT JOIN actor a ON a.key = st.source LEFT JOIN actor b ON b.key = st.target LEFT JOIN place p ON p.key = st.place JOIN coding c ON c.key = st.coding",
    "participant": "SELECT st.id, p.role, a.name, a.country, a.sector, a.code, a.role, a.id FROM participant p JOIN statement st ON st.key = p.statement JOIN actor a ON a.key = p.actor",
    "voice": "SELECT st.id, depth, a.name, a.code, a.role, stance, quote, v.factuality, voice, cue FROM voice v JOIN statement st ON st.key = v.statement LEFT JOIN actor a ON a.key = v.speaker",
    "link": "SELECT st.id, rel, l.target FROM link l JOIN statement st ON st.key = l.statement",
    "correction": "SELECT item, kind, field, value, signed, reason FROM correction",
    "judgement": "SELECT * FROM judgement",
    "copy": "SELECT d.id, original, jaccard, containment, relation FROM copy JOIN document d ON d.key = copy.document",
    "origin": "SELECT d.id, name FROM origin o JOIN document d ON d.key = o.document",
    "claim": "SELECT d.id, s.block, s.start, f.start, kind, cue FROM claim c JOIN sentence s ON s.key = c.sentence JOIN sentence f ON f.key = c.first JOIN document d ON d.key = s.document",
    "speaker": "SELECT d.id, s.block, s.start, f.start, p.name, p.view FROM speaker p JOIN sentence s ON s.key = p.sentence JOIN sentence f ON f.key = p.first JOIN document d ON d.key = s.document",
    "story": "SELECT key, first_day, last_day, outlets, title, row FROM story",
    "story_member": "SELECT story, d.id FROM story_member m JOIN document d ON d.key = m.document",
    "happening": "SELECT key, event, mode, day_from, day_to, precise, source, source_country, target, target_country, place, verdict, sources, did, did_not, maybe, open, statements, known FROM happening",
    "happening_member": "SELECT happening, st.id, reason FROM happening_member m JOIN statement st ON st.key = m.statement",
    "dyad": "SELECT one, other FROM dyad",
    "dyad_day": "SELECT * FROM dyad_day",
    "answer": "SELECT question, place, day, known, who, outlet, row FROM answer",
}

# What was looked at before and need not be looked at again, and the knowledge of each coding: no answer shows them.
MEMORIES = {"meta", "coding", "likeness", "occasion", "knowledge", "coding_knowledge"}


def main():
    base = sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True)
    assert base.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    listed = {name for name, in base.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sentence_words%' AND name NOT LIKE 'sqlite%'")}
    assert listed == set(TABLES) | MEMORIES, "tables that are not compared: %s" % sorted(listed ^ set(TABLES) ^ MEMORIES)
    for name, query in TABLES.items():
        for row in sorted(map(repr, base.execute(query))):
            print(name, row)
    # The words of sentences: as many as there are sentences, and each found by its own first words.
    words, sentences = (base.execute("SELECT count(*) FROM " + t).fetchone()[0] for t in ("sentence_words", "sentence"))
    assert words == sentences, "%d sentences, %d of them to be found by their words" % (sentences, words)


main()
