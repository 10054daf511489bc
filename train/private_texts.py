#!/usr/bin/env python3
"""Documents in which hardly any political event happens, for `rapporteur train confidence --nothing`: reviews, questions and answers, e-mail of the English Web
Treebank; academic texts, conversation, podcasts, textbooks, vlogs and travel guides of GUM. One JSON document a line.

usage: private_texts.py UD-FOLDER > nothing.jsonl       (ewt-train.conllu and gum-train.conllu in it)
"""
import json, sys

WANTED = {"ewt-train": ("reviews", "answers", "email"), "gum-train": ("GUM_academic", "GUM_conversation", "GUM_podcast", "GUM_textbook", "GUM_vlog", "GUM_voyage")}

def documents(path, genres):
    name, text = None, []
    for line in open(path, encoding="utf-8"):
        if line.startswith("# newdoc id"):
            if name and text: yield name, " ".join(text)
            name = line.split("= ", 1)[1].strip()
            if not name.startswith(genres): name = None
            text = []
        elif line.startswith("# text =") and name:
            text.append(line[8:].strip())
    if name and text: yield name, " ".join(text)

for treebank, genres in WANTED.items():
    for name, text in documents(f"{sys.argv[1]}/{treebank}.conllu", genres):
        print(json.dumps({"id": "private-" + name, "published": "2012-01-01", "text": text}))
