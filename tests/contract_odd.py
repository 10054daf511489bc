#!/usr/bin/env python3
"""Writes documents that are odd and right by the contract, as JSON Lines, and files that are odd in other ways, into a folder.

usage: contract_odd.py FOLDER
"""
import json, os, sys

folder = sys.argv[1]
said = "Norway's foreign minister said on Thursday that Oslo had refused to receive the Belarusian envoy."
documents = [
    {"text": ""},
    {"text": "   \n\n \t "},
    {"text": said},
    {"title": said, "text": ""},
    {"title": said, "subtitle": "Envoy waits at the border", "captions": ["The envoy meets reporters in Oslo.", ""], "byline": ["A. Writer"], "text": said},
    {"text": "\ufeff" + said},
    {"text": "  " + said + "  \r\n\r\n" + said.replace(" ", "  ") + "\r\n"},
    {"text": said.replace(" ", "\u00a0")},
    {"text": "\u201cWe met,\u201d said Zo\u00eb Kova\u010d, Croatia\u2019s envoy \u2014 twice \U0001f600 \U0001f1f3\U0001f1f4 in Oslo\u2026 e\u0301t\u00e9 \u200d\u200b\u2028\u2029 The minister denied it."},
    {"text": "The minister met \u0000 the envoy. \u0001\u001f The envoy left Oslo."},
    {"text": said.upper()}, {"text": said.lower()}, {"title": said.title(), "text": said},
    {"text": "a " * 3000 + "."}, {"text": "x" * 20000}, {"text": "." * 5000}, {"text": "\"" * 999 + said}, {"text": "(" * 500 + said + ")" * 500},
    {"text": " ".join([said] * 40)},
    {"text": said, "published": "2019-03-08"}, {"text": said, "published": "2019-03-08T23:59:59Z"},
    {"text": said, "published": "2019-03-08T01:00:00+14:00"}, {"text": said, "published": "2019"}, {"text": said, "published": "yesterday"},
    {"text": said, "published": "2019-02-30"}, {"text": said, "published": ""}, {"text": said, "published": None}, {"text": said, "language": "nb"},
    {"text": "Der Minister traf am Dienstag den Gesandten in Oslo und reiste am Abend wieder ab, wie sein Amt mitteilte."},
    {"text": "\u5916\u4ea4\u90e8\u957f\u661f\u671f\u4e8c\u5728\u5317\u4eac\u4f1a\u89c1\u4e86\u7279\u4f7f\u3002"},
    {"html": "<html><head><title>x</title></head><body><article><h1>Envoy refused</h1><p>" + said + "</p><p>" + said + "</p></article></body></html>"},
    {"text": said, "url": "https://news.example/a?b=c&d=%20", "outlet": "n\u00e9ws.example", "section": "World", "modified": "2019-03-09T10:00:00+01:00"},
    {"text": said, "strange": {"deep": [1, 2, {"x": None}]}, "captions": [], "byline": []},
]
with open(os.path.join(folder, "odd.jsonl"), "w", encoding="utf-8") as out:
    for i, d in enumerate(documents): out.write(json.dumps({"id": f"odd-{i}", **d}, ensure_ascii=i % 2 == 0) + "\n")

# what no document of the contract is: told as unreadable, the good one among them coded
with open(os.path.join(folder, "broken.jsonl"), "wb") as out:
    for line in (b'{"id": "b1", "text": 5}', b'{"id": "b2", "title": ["x"], "text": "The envoy left."}', b'{"id": 7, "text": "The envoy left."}', b'[]', b'"text"', b'null', b'{"id": "b3"',
                 b'{"id": "b4"}', b'{"id": "b5", "text": "\\ud800 alone"}', b'{"id": "b6", "text": "\xff\xfe broken bytes"}',
                 json.dumps({"id": "good", "text": said}).encode()): out.write(line + b"\n")

questions = [{"id": "r1", "text": said, "source": [[48, 52]], "target": [[80, 96]]}, {"id": "r2", "text": said, "source": [], "target": []},
             {"id": "r3", "text": said, "source": [[0, len(said)]], "target": [[0, len(said)]]}, {"id": "r4", "text": "", "source": [], "target": []}]
with open(os.path.join(folder, "relate.jsonl"), "w", encoding="utf-8") as out: out.writelines(json.dumps(q) + "\n" for q in questions)
whom = [{"id": "w1", "text": "the Norwegian foreign minister", "published": "2019-03-08"}, {"id": "w2", "text": ""}, {"id": "w3", "text": "nobody in particular", "context": said},
        {"id": "w4", "text": "Oslo", "context": said, "published": "soon"}]
with open(os.path.join(folder, "who.jsonl"), "w", encoding="utf-8") as out: out.writelines(json.dumps(q) + "\n" for q in whom)
