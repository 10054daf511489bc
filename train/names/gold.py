#!/usr/bin/env python3
"""Names (PER, ORG, LOC) in running text out of GUM's entity annotation, as JSONL for `rapporteur train names`.

usage: gold.py [--guises] GUM.conllu > names.jsonl             one paragraph a line: {"text", "entities": [{"start", "end", "type"}]}, offsets in bytes

GUM marks every mention (MISC Entity=(3-person-…)); a name is what is left of one whose head is a proper noun when articles, titles (nmod:desc) and whatever
is not capitalised at its ends are cut off. Outermost names win, as in Universal NER. Demonyms in the plural ("Americans") are peoples, not persons, and no names.
With --guises one paragraph in eight comes again in title case, in capitals and in small letters.
"""
import json, random, re, sys

KIND = {"person": "PER", "organization": "ORG", "place": "LOC"}
INNER = {"of", "the", "and", "for", "de", "la", "le", "du", "des", "del", "da", "di", "von", "van", "al", "el", "bin", "ibn", "'s", "’s", "'", "’", "-", "–", "&", ".", "/", "y"}

TITLES = {"president", "secretary", "general", "minister", "senator", "governor", "king", "queen", "pope", "mayor", "chairman", "judge", "director", "professor", "doctor", "mom", "dad", "god"}

def paragraphs(path):
    """Lists of sentences; a sentence is (words, spaces), a word [id, form, lemma, upos, feats, head, deprel, misc, space_after]."""
    paragraph, sentence, fresh, skip, last_glued = [], [], False, 0, False
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc") or line == "# newpar": fresh = True
        elif not line:
            if sentence: paragraph.append(sentence); sentence, skip = [], 0
        elif line[0] != "#":
            c = line.split("\t")
            if fresh and not sentence:
                if paragraph: yield paragraph
                paragraph, fresh = [], False
            if "." in c[0]: continue
            if "-" in c[0]: skip, last_glued = int(c[0].split("-")[1]), "SpaceAfter=No" in c[9]; continue
            n = int(c[0]); glued = "SpaceAfter=No" in c[9]
            if n <= skip: glued = last_glued if n == skip else True
            sentence.append([n, c[1], c[2], c[3], c[5], int(c[6]), c[7], c[9], not glued])
    if paragraph: yield paragraph

def mentions(sentence, open_):
    """(first, last, type) of the mentions that open and close in this sentence, indices inclusive."""
    found = []
    for i, w in enumerate(sentence):
        m = re.search(r"(?:^|\|)Entity=([^|]+)", w[7])
        if not m: continue
        for part in re.findall(r"\(([^()]+)\)|\(([^()]+)|([^()]+)\)", m.group(1)):
            one, opening, closing = part
            if one or opening:
                f = (one or opening).split("-"); key = f[0]
                if one: found.append((i, i, f[1]))
                else: open_.setdefault(key, []).append((i, f[1], id(sentence)))
            elif closing:
                stack = open_.get(closing.split("-")[0])
                if stack:
                    first, kind, where = stack.pop()
                    if where == id(sentence): found.append((first, i, kind))
    return found

def capital(w): return any(ch.isupper() for ch in w[1][:2]) or w[1][0].isdigit()

def name_of(sentence, first, last):
    """The name inside a mention, (first, last) or None."""
    inside = range(first, last + 1); ids = {sentence[i][0] for i in inside}
    heads = [i for i in inside if sentence[i][5] not in ids]
    if not heads: return None
    h = heads[0]
    if sentence[h][3] != "PROPN": return None
    def good(i): return sentence[i][3] == "PROPN" or (capital(sentence[i]) and sentence[i][3] in ("NOUN", "ADJ", "NUM", "VERB", "ADV", "X")) or (sentence[i][3] == "NUM" and i > h)
    def title(i): return sentence[i][6] == "nmod:desc"
    a = b = h
    while True:
        i = a - 1
        while i >= first and not good(i) and sentence[i][1].lower() in INNER and a - i < 3: i -= 1
        if i >= first and good(i) and not title(i): a = i
        else: break
    while True:
        i = b + 1
        while i <= last and not good(i) and sentence[i][1].lower() in INNER and i - b < 4: i += 1
        if i <= last and good(i) and not title(i): b = i
        else: break
    return a, b

def names(paragraph):
    out = []
    for sentence in paragraph:
        taken = set(); found = []
        for first, last, kind in sorted(mentions(sentence, {}), key=lambda m: m[0] - m[1]):
            if kind not in KIND: continue
            n = name_of(sentence, first, last)
            if not n or taken & set(range(n[0], n[1] + 1)): continue
            a, b = n; head = sentence[b]
            if kind == "person" and "Number=Plur" in head[4]: continue
            if a == b and head[2].lower() in TITLES: continue
            if kind == "person":  # "Obama of Illinois": a person's name has no preposition
                for i in range(a, b + 1):
                    if sentence[i][1].lower() in ("of", "for", "and"): b = i - 1; break
                for i in range(a, b):
                    if sentence[i][1] in ("'s", "’s"): a = i + 1
            if a > b: continue
            taken |= set(range(a, b + 1)); found.append((a, b, KIND[kind]))
        out.append(found)
    return out

def record(paragraph, found_in=None):
    text, entities = "", []
    for sentence, found in zip(paragraph, found_in or names(paragraph)):
        starts, ends = [], []
        for w in sentence:
            starts.append(len(text.encode())); text += w[1]; ends.append(len(text.encode()))
            if w[8]: text += " "
        if not text.endswith(" "): text += " "
        entities += [{"start": starts[a], "end": ends[b], "type": k} for a, b, k in found]
    return {"text": text.rstrip(), "entities": entities}

def same_length(f, s):
    t = "".join(f(ch) if ord(ch) < 128 else ch for ch in s)
    return t
def title_case(s):
    small = {"a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "by", "with", "from", "as", "'s", "is"}
    return re.sub(r"[A-Za-z][A-Za-z]*", lambda m: m.group(0) if (m.start() and s[m.start() - 1] in "'’") or (m.group(0) in small and m.start()) else m.group(0)[0].upper() + m.group(0)[1:], s)

def guises(r):
    k = random.randrange(8)
    if k == 0: yield dict(r, text=title_case(r["text"]))
    elif k == 1: yield dict(r, text=same_length(str.upper, r["text"]))
    elif k == 2: yield dict(r, text=same_length(str.lower, r["text"]))

def main():
    random.seed(13); args = sys.argv[1:]
    more = args[:1] == ["--guises"]
    for paragraph in paragraphs(args[-1]):
        r = record(paragraph); print(json.dumps(r, ensure_ascii=False))
        if more:
            for g in guises(r): print(json.dumps(g, ensure_ascii=False))

if __name__ == "__main__":
    main()
