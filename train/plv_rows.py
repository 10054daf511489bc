#!/usr/bin/env python3
"""Turns a table of marked sentences (columns marked_sentence with <s>…</s> and <t>…</t>, gold_root) into the JSON Lines that
`rapporteur train relate` reads: {"id", "text", "source": [[start, end]…], "target": […], "event"}; offsets are bytes.

usage: plv_rows.py TABLE.tsv > rows.jsonl
"""
import csv, json, re, sys

def unmark(marked):
    text, spans, start = b"", {"s": [], "t": []}, {}
    for piece in re.split(r"(</?[st]>)", marked):
        tag = re.fullmatch(r"<(/?)([st])>", piece)
        if not tag:
            text += piece.encode()
        elif tag[1]:
            spans[tag[2]].append([start[tag[2]], len(text)])
        else:
            start[tag[2]] = len(text)
    return text.decode(), spans

for i, row in enumerate(csv.DictReader(open(sys.argv[1], encoding="utf-8"), delimiter="\t")):
    text, spans = unmark(row["marked_sentence"])
    spans = {k: [s for s in v if s[1] > s[0]] for k, v in spans.items()}
    print(json.dumps({"id": str(i), "text": text, "source": spans["s"], "target": spans["t"], "event": row["gold_root"]}))
