#!/usr/bin/env python3
"""Coreference against entities annotated in a CoNLL-U treebank (GUM's Entity= in MISC): mention F1, MUC, B3, CEAFe and their mean (CoNLL F1).

usage: tests/score_coref.py GOLD.conllu [-c 'COMMAND'] [--people]      default command: build/rapporteur annotate -

Each document's text goes through the command; its mentions are aligned with the gold's: equal bytes, else (mentions of ours are the
words of a name or a head with its close modifiers) the widest of ours that lies inside a gold span and covers that span's minimal
words. Beside it stand two baselines that link equal strings: over our mentions, and over the gold's own spans. --people keeps the gold's persons,
organisations and places. Singletons count, as GUM annotates them; a second line leaves them out. Exit 0: it measures.
"""
import argparse, json, re, shlex, subprocess
from collections import defaultdict

def documents(path):
    doc = None
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"): doc = {"text": b"", "tokens": []}; yield doc
        elif line and not line.startswith("#") and doc is not None:
            f = line.split("\t")
            if f[0].isdigit():
                start = len(doc["text"])
                if doc.get("until", 0) and int(f[0]) <= doc["until"]:
                    doc["tokens"].append((doc["range"][0], doc["range"][1], f[9])); continue
                doc["text"] += f[1].encode(); doc["tokens"].append((start, len(doc["text"]), f[9]))
                if "SpaceAfter=No" not in f[9]: doc["text"] += b" "
            elif "-" in f[0]:
                start = len(doc["text"]); doc["text"] += f[1].encode(); doc["range"] = (start, len(doc["text"])); doc["until"] = int(f[0].split("-")[1])
                if "SpaceAfter=No" not in f[9]: doc["text"] += b" "
        elif not line and doc is not None: doc["until"] = 0

def gold(doc, people):
    opened, out = defaultdict(list), []
    for i, (start, end, misc) in enumerate(doc["tokens"]):
        m = re.search(r"(?:^|\|)Entity=([^|]+)", misc)
        for part in re.findall(r"\([^()]+\)?|[^()]+\)", m.group(1)) if m else []:
            if part.startswith("("):
                body = part.strip("()").split("-"); opened[body[0]].append((i, body))
                if not part.endswith(")"): continue
                key = body[0]
            else: key = part.rstrip(")").split("-")[0]
            if not opened[key]: continue
            first, body = opened[key].pop()
            if people and body[1] not in ("person", "organization", "place"): continue
            words = [int(x) - 1 for x in body[5].split(",") if x.isdigit()] if len(body) > 5 else [0]
            heads = [doc["tokens"][first + w] for w in words if first + w <= i]
            out.append((doc["tokens"][first][0], end, key, heads or [doc["tokens"][first]]))
    return out

def chains(pairs):
    c = defaultdict(set)
    for mention, key in pairs: c[key].add(mention)
    return list(c.values())

def muc(key, response):
    of = {m: i for i, c in enumerate(response) for m in c}; num = den = 0
    for c in key:
        parts = {of.get(m, ("alone", m)) for m in c}; num += len(c) - len(parts); den += len(c) - 1
    return num, den
def b3(key, response):
    of = {m: c for c in response for m in c}; num = sum(len(c & of.get(m, set())) / len(c) for c in key for m in c)
    return num, sum(len(c) for c in key)
def ceafe(key, response):
    """The best one-to-one matching, by greedy choice of the most alike first (within a point of the optimum on chains of this size)."""
    of = defaultdict(set)
    for i, c in enumerate(response):
        for m in c: of[m].add(i)
    scored = sorted(((2 * len(c & response[i]) / (len(c) + len(response[i])), k, i) for k, c in enumerate(key) for i in {i for m in c for i in of[m]}), reverse=True)
    k_used, r_used, total = set(), set(), 0.0
    for s, k, i in scored:
        if k in k_used or i in r_used: continue
        k_used.add(k); r_used.add(i); total += s
    return total
def f1(p, r): return 2 * p * r / (p + r) if p + r else 0.0

class Sum:
    def __init__(self): self.v = defaultdict(float)
    def add(self, key, response):
        for name, f in (("muc", muc), ("b3", b3)):
            n, d = f(key, response); self.v[name + "rn"] += n; self.v[name + "rd"] += d
            n, d = f(response, key); self.v[name + "pn"] += n; self.v[name + "pd"] += d
        self.v["ce"] += ceafe(key, response); self.v["cek"] += len(key); self.v["cer"] += len(response)
        k, r = set().union(*key) if key else set(), set().union(*response) if response else set()
        self.v["mt"] += len(k & r); self.v["mk"] += len(k); self.v["mr"] += len(r)
    def line(self):
        v = self.v; d = lambda a, b: a / b if b else 0.0
        m = f1(d(v["mt"], v["mr"]), d(v["mt"], v["mk"])); s = [f1(d(v[x + "pn"], v[x + "pd"]), d(v[x + "rn"], v[x + "rd"])) for x in ("muc", "b3")]
        s.append(f1(d(v["ce"], v["cer"]), d(v["ce"], v["cek"])))
        return f"mention F1 {m:.4f}  MUC {s[0]:.4f}  B3 {s[1]:.4f}  CEAFe {s[2]:.4f}  CoNLL {sum(s)/3:.4f}"

def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("gold"); ap.add_argument("-c", "--command", default="build/rapporteur annotate -"); ap.add_argument("--people", action="store_true"); a = ap.parse_args()
    docs = list(documents(a.gold)); golds = [gold(d, a.people) for d in docs]
    rows = "".join(json.dumps({"type": "document", "id": str(i), "text": d["text"].decode()}) + "\n" for i, d in enumerate(docs))
    run = subprocess.run(shlex.split(a.command), input=rows.encode(), stdout=subprocess.PIPE)
    got = {o["id"]: o.get("entities", []) for o in map(json.loads, run.stdout.decode().splitlines()) if o.get("type") == "annotation"}
    sums = {k: (Sum(), Sum()) for k in ("ours", "same string", "gold spans")}
    for i, (d, g) in enumerate(zip(docs, golds)):
        ours, exact, taken = [(e["start"], e["end"], e["chain"]) for e in got.get(str(i), [])], {}, set()
        for n, e in enumerate(ours): exact.setdefault((e[0], e[1]), n)
        named = {}
        for n, x in enumerate(g):
            if (x[0], x[1]) in exact and exact[x[0], x[1]] not in taken: named[exact[x[0], x[1]]] = n; taken.add(exact[x[0], x[1]])
        for n, x in enumerate(g):
            if n in named.values(): continue
            fit = [(e[1] - e[0], -j) for j, e in enumerate(ours) if j not in taken and x[0] <= e[0] and e[1] <= x[1] and all(e[0] <= h[0] and h[1] <= e[1] for h in x[3])]
            if fit: j = -max(fit)[1]; named[j] = n; taken.add(j)
        key = chains((n, x[2]) for n, x in enumerate(g))
        response = chains((named.get(j, -1 - j), e[2]) for j, e in enumerate(ours))
        text = lambda x: d["text"][x[0]:x[1]].lower()
        plain = chains((named.get(j, -1 - j), text(e)) for j, e in enumerate(ours))
        if a.people: # what of ours matches nothing that was kept asks nothing there
            response, plain = ([c for c in ({m for m in c if m >= 0} for c in r) if c] for r in (response, plain))
        same = chains((n, text(x)) for n, x in enumerate(g))
        for name, r in (("ours", response), ("same string", plain), ("gold spans", same)):
            sums[name][0].add(key, r); sums[name][1].add([c for c in key if len(c) > 1], [c for c in r if len(c) > 1])
    for name, (with_single, without) in sums.items():
        print(f"{name:12} {with_single.line()}"); print(f"{'':12} {without.line()}   (without singletons)")

if __name__ == "__main__": main()
