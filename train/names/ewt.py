#!/usr/bin/env python3
"""Names in EWT's train set, as JSONL for `rapporteur train names`, from our own annotation of them.

usage: ewt.py [--guises] ewt-train.conllu > ewt.jsonl          one sentence a line: {"text", "entities": [{"start", "end", "type"}]}, offsets in bytes

ewt-names.tsv: number of the sentence in the treebank, then its names, each first-last:TYPE by number of word (multiword tokens not counted). How it was made: runs of
proper nouns and what belongs to them were cut out of the treebank's trees by rule, then each distinct run of each genre was given a type, or none, or other
bounds, by a reader of its first occurrence in context, following Universal NER as seen on EWT's dev set: no titles, articles, demonyms, products, events, works, dates;
restaurants, shops and hotels one goes to are places, companies and institutions organisations. One reading, not checked by a second reader.

--guises: one sentence in five comes again in small letters, title case or capitals, and one in three with "City, State" again without its comma.
"""
import json, os, random, re, sys
import gold

def sentences(path):
    for paragraph in gold.paragraphs(path):
        yield from paragraph

def without_commas(r):
    """The record without commas between two places, or None where there are none."""
    text, names = r["text"].encode(), r["entities"]
    cuts = [(a["end"], b["start"]) for a, b in zip(names, names[1:]) if a["type"] == b["type"] == "LOC" and text[a["end"]:b["start"]].strip() == b","]
    if not cuts: return None
    out, at, moved = b"", 0, []
    for start, end in cuts:
        out += text[at:start] + b" "; at = end; moved.append((end, len(out) - end))
    out += text[at:]
    shift = lambda o: o + next((d for end, d in reversed(moved) if o >= end), 0)
    return {"text": out.decode(), "entities": [dict(n, start=shift(n["start"]), end=shift(n["end"])) for n in names]}

def guises(r):
    if random.random() < .35 and (w := without_commas(r)): yield w
    if not r["entities"] and random.random() < .6: return
    k = random.random()
    if k < .14: yield dict(r, text=gold.same_length(str.lower, r["text"]))
    elif k < .18: yield dict(r, text=gold.title_case(r["text"]))
    elif k < .22: yield dict(r, text=gold.same_length(str.upper, r["text"]))

CLITICS = {"'s", "’s", "s", "n't", "n’t", "'m", "'re", "'ve", "'ll", "'d", "’m", "’re", "’ve", "’ll", "’d", "'"}

def apart(sentence):
    """Universal NER's texts have their clitics apart ("do n't"): half of the sentences here too."""
    if random.random() < .5:
        for before, w in zip(sentence, sentence[1:]):
            if w[1].lower() in CLITICS: before[8] = True

def main():
    random.seed(7); args = sys.argv[1:]; more = args[:1] == ["--guises"]; names = {}
    for line in open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "ewt-names.tsv"), encoding="utf-8"):
        if line[0] == "#": continue
        number, spans = line.rstrip("\n").split("\t")
        names[int(number)] = [(int(a) - 1, int(b) - 1, kind) for a, b, kind in re.findall(r"(\d+)-(\d+):(\w+)", spans)]
    for number, sentence in enumerate(sentences(args[-1]), 1):
        if more: apart(sentence)
        r = gold.record([sentence], [names.get(number, [])])
        print(json.dumps(r, ensure_ascii=False))
        if more:
            for g in guises(r): print(json.dumps(g, ensure_ascii=False))

if __name__ == "__main__":
    main()
