#!/usr/bin/env python3
"""Trains the finder of names: models/names.bin.

usage: train.py --target ewt-dev ewt gum [--folds N] [--free] [--out models/names.bin]
Each NAME stands for NAME.jsonl and NAME.ex, which `rapporteur train names --lists LISTS --write NAME.ex NAME.jsonl` makes of it. The target is the file whose manner is followed.
--folds N: cross-validation on the target in N blocks of its order (documents stay together), all else in training; --free: trained without the target, measured on it.

A conditional random field over runs of words that can be of a name. Scores of a word's tags are the sum of the weights of its hashed features (dropped at random in
training) and of a hidden layer over three words: their vectors (GloVe), the bits of their lists. One more input of the hidden layer tells GUM from EWT,
whose annotations differ; in use it is EWT's, and folded into the bias. Adam, cosine, a fixed seed; a machine's arithmetic may differ in the last bits.
"""
import argparse, json, math, os, random, struct, sys
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from model_file import write

TAGS, LANES, SLOTS, VECTOR, BITS, VIEW, HIDDEN = 7, 8, 1 << 17, 100, 17, 120, 128   # as in src/who/name_model.h
KINDS = {1: "PER", 3: "ORG", 5: "LOC"}
WORD = np.dtype([("record", "<u4"), ("sentence", "<u4"), ("start", "<u4"), ("end", "<u4"), ("first", "<u4"), ("slots", "<u4"), ("gold", "u1"), ("candidate", "u1"),
                 ("lists", "u1"), ("phrase", "u1"), ("begin", "u1"), ("padding", "u1", 3), ("scale", "<f4"), ("vector", "i1", VECTOR)])

def sections(path):
    b = open(path, "rb").read(); (n,) = struct.unpack_from("<I", b, 12); out = {}
    for i in range(n):
        name, at, size = struct.unpack_from("<24sQQ", b, 32 + 40 * i); out[name.rstrip(b"\0").decode()] = b[at:at + size]
    return out

class Set:
    def __init__(self, name, weight, bank):
        s = sections(name + ".ex"); w = np.frombuffer(s["words"], WORD); self.weight, self.bank, self.lists = weight, bank, (s["keys"], s["bits"])
        self.record, self.start, self.end = w["record"].tolist(), w["start"].tolist(), w["end"].tolist()
        bits = lambda x: np.unpackbits(x[:, None].copy(), axis=1, bitorder="little")
        t = torch.from_numpy
        self.view = t(np.concatenate([w["vector"] * w["scale"][:, None] * 3, bits(w["lists"]), bits(w["phrase"]), w["begin"][:, None]], 1).astype(np.float32))
        self.gold, self.first, self.count = t(w["gold"].astype(np.int64)), t(w["first"].astype(np.int64)), t(w["slots"].astype(np.int64))
        self.slot = t(np.frombuffer(s["slots"], "<u4").astype(np.int64)); sentence = w["sentence"]
        self.before, self.behind = t(np.r_[False, sentence[1:] == sentence[:-1]]), t(np.r_[sentence[1:] == sentence[:-1], False])
        self.runs, i, c = [], 0, w["candidate"]
        while i < len(w):
            if not c[i]: i += 1; continue
            j = i
            while j < len(w) and c[j] and sentence[j] == sentence[i] and j - i < 64: j += 1
            self.runs.append((i, j)); i = j
        self.names = [{(e["start"], e["end"], e["type"]) for e in json.loads(l)["entities"]} for l in open(name + ".jsonl", encoding="utf-8")]

class Finder(nn.Module):
    def __init__(self, drop=.4, drop_slots=.3):
        super().__init__(); self.drop, self.drop_slots = drop, drop_slots
        self.hidden, self.out = nn.Linear(3 * (VECTOR + BITS) + 2, HIDDEN), nn.Linear(HIDDEN, TAGS)
        self.table = nn.EmbeddingBag(SLOTS, LANES, mode="sum", sparse=True, include_last_offset=True); nn.init.zeros_(self.table.weight)
        self.steps = nn.Parameter(torch.zeros(TAGS + 1, TAGS + 1)); barred = torch.zeros(TAGS + 1, TAGS + 1)
        for a in range(TAGS + 1):
            for b in range(2, TAGS, 2):
                if a not in (b, b - 1): barred[a, b] = -1e4
        self.register_buffer("barred", barred)
    def links(self): return self.steps + self.barred
    def forward(self, s, i):
        """Words i [n] of set s -> scores of their tags [n, TAGS]."""
        n, n_all = s.count[i], int(s.count[i].sum()); own = torch.repeat_interleave(torch.arange(len(i)), n); at = torch.cat([torch.zeros(1, dtype=torch.long), n.cumsum(0)])
        slot = s.slot[(s.first[i] - at[:-1])[own] + torch.arange(n_all)]
        if self.training:
            keep = torch.rand(n_all) >= self.drop_slots; slot = slot[keep]
            at = torch.cat([torch.zeros(1, dtype=torch.long), torch.bincount(own[keep], minlength=len(i)).cumsum(0)])
        scores = self.table(slot, at)[:, :TAGS] / (1 - self.drop_slots if self.training else 1)
        last = len(s.gold) - 1
        window = [s.view[(i - 1).clamp(min=0)] * s.before[i].unsqueeze(1), s.view[i], s.view[(i + 1).clamp(max=last)] * s.behind[i].unsqueeze(1)]
        bank = torch.zeros(len(i), 2); bank[:, s.bank] = 1
        x = [torch.cat([F.dropout(w[:, :VECTOR], self.drop, self.training), F.dropout(w[:, VECTOR:], .1, self.training)], 1) for w in window]
        return scores + self.out(F.dropout(F.relu(self.hidden(torch.cat(x + [bank], 1))), self.drop, self.training))

def words(runs): return torch.cat([torch.arange(a, b) for a, b in runs])

def loss_of(net, s, runs):
    i = words(runs); length = max(b - a for a, b in runs); links = net.links()
    row = torch.cat([torch.full((b - a,), k, dtype=torch.long) for k, (a, b) in enumerate(runs)]); column = torch.cat([torch.arange(b - a) for a, b in runs])
    scores = torch.zeros(len(runs), length, TAGS).index_put((row, column), net(s, i)); there = torch.zeros(len(runs), length, dtype=torch.bool); there[row, column] = True
    gold = torch.zeros(len(runs), length, dtype=torch.long); gold[row, column] = s.gold[i]
    first = gold[:, 0]; gold[:, 0] = torch.where((first > 0) & (first % 2 == 0), first - 1, first)
    every = links[TAGS, :TAGS] + scores[:, 0]; right = links[TAGS, gold[:, 0]] + scores[:, 0].gather(1, gold[:, :1])[:, 0]
    for k in range(1, length):
        more = torch.logsumexp(every.unsqueeze(2) + links[:TAGS, :TAGS], 1) + scores[:, k]
        every = torch.where(there[:, k:k + 1], more, every)
        right = right + torch.where(there[:, k], links[gold[:, k - 1], gold[:, k]] + scores[:, k].gather(1, gold[:, k:k + 1])[:, 0], torch.zeros(()))
    last = gold.gather(1, there.sum(1, keepdim=True) - 1)[:, 0]
    return (torch.logsumexp(every + links[:TAGS, TAGS], 1) - right - links[last, TAGS]).sum()

def train(sets, seed, epochs):
    """sets: [(set, weight, runs)]"""
    torch.manual_seed(seed); rng = random.Random(seed); net = Finder(); dense = [p for n, p in net.named_parameters() if n != "table.weight"]
    adam, sparse = torch.optim.Adam(dense, betas=(.9, .98)), torch.optim.SparseAdam([net.table.weight]); batches = []
    for s, weight, runs in sets:
        runs = sorted(runs, key=lambda r: (r[1] - r[0], rng.random()))
        batches += [(s, weight, runs[k:k + 64]) for k in range(0, len(runs), 64)]
    step = 0
    for epoch in range(epochs):
        net.train(); rng.shuffle(batches); total = 0
        for s, weight, runs in batches:
            pace = .5 + .5 * math.cos(math.pi * step / epochs / len(batches)); step += 1
            adam.param_groups[0]["lr"], sparse.param_groups[0]["lr"] = 1e-3 * pace + 1e-5, 3e-3 * pace + 1e-5
            adam.zero_grad(); sparse.zero_grad(); loss = loss_of(net, s, runs) * weight / 16; loss.backward()
            nn.utils.clip_grad_norm_(dense, 5.0); adam.step(); sparse.step(); total += float(loss.detach())
        print(f"epoch {epoch + 1} loss {total / len(batches):.3f}", file=sys.stderr, flush=True)
    return net.eval()

def shorten(net):
    """The table as it is shipped: bytes times a scale."""
    with torch.no_grad():
        scale = min(float(net.table.weight.abs().max()), 3.0) / 127
        bytes_ = (net.table.weight / scale).round().clamp(-127, 127); net.table.weight.copy_(bytes_ * scale)
    return bytes_.numpy().astype(np.int8), scale

def find(net, s, runs):
    """{(record, start, end, type)}: the best path."""
    links, out = net.links().detach(), set()
    with torch.no_grad(): scores, at = net(s, words(runs)), 0
    for a, b in runs:
        x = scores[at:at + b - a]; at += b - a; best, back = links[TAGS, :TAGS] + x[0], []
        for k in range(1, b - a): value, source = (best.unsqueeze(1) + links[:TAGS, :TAGS]).max(0); best = value + x[k]; back.append(source)
        path = [int((best + links[:TAGS, TAGS]).argmax())]
        for source in reversed(back): path.append(int(source[path[-1]]))
        path.reverse(); k = 0
        while k < b - a:
            end = k + 1
            if path[k]:
                while end < b - a and path[end] == path[k] + 1: end += 1
                if path[k] in KINDS: out.add((s.record[a + k], s.start[a + k], s.end[a + end - 1], KINDS[path[k]]))
            k = end
    return out

def report(gold, given):
    f1 = lambda g, p: 200 * len(g & p) / max(1, len(g) + len(p)); right = len(gold & given)
    kinds = " ".join(f"{k} {f1({g for g in gold if g[3] == k}, {p for p in given if p[3] == k}):.2f}" for k in ("PER", "ORG", "LOC"))
    return f"gold {len(gold)} given {len(given)} P {100 * right / max(1, len(given)):.2f} R {100 * right / max(1, len(gold)):.2f} {kinds} F1 {f1(gold, given):.2f}"

def save(net, s, path):
    table, scale = shorten(net); p = {k: v.detach().numpy() for k, v in net.state_dict().items()}
    hidden = np.zeros((3, VIEW, HIDDEN), np.float32); w = p["hidden.weight"].T
    for k in range(3): hidden[k, :VECTOR + BITS] = w[k * (VECTOR + BITS):(k + 1) * (VECTOR + BITS)]
    hidden[:, :VECTOR] *= 3
    bias = p["hidden.bias"] + w[3 * (VECTOR + BITS)]
    out = np.zeros((HIDDEN + 1, LANES), np.float32); out[:HIDDEN, :TAGS] = p["out.weight"].T; out[HIDDEN, :TAGS] = p["out.bias"]
    steps = np.zeros((TAGS + 1, LANES), np.float32); steps[:, :TAGS + 1] = p["steps"]
    write(path, {"weights": table.tobytes(), "hidden": np.concatenate([hidden.ravel(), bias]).astype(np.float32).tobytes(), "out": out.tobytes(),
                 "chain": np.float32(scale).tobytes() + steps.tobytes(), "keys": s.lists[0], "bits": s.lists[1]})

def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("gold", nargs="*", help="more gold; a name that begins with gum is weighed by half and told apart"); ap.add_argument("--target", required=True)
    ap.add_argument("--folds", type=int, default=0); ap.add_argument("--free", action="store_true"); ap.add_argument("--out"); ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--epochs", type=int, default=4); ap.add_argument("--weight", type=float, default=1.5, help="of the target"); ap.add_argument("--threads", type=int, default=1)
    a = ap.parse_args(); torch.set_num_threads(a.threads)
    gum = lambda name: os.path.basename(name).startswith("gum")
    target = Set(a.target, a.weight, 0); rest = [Set(n, .5 if gum(n) else 1.0, int(gum(n))) for n in a.gold]; base = [(s, s.weight, s.runs) for s in rest]
    gold = lambda records: {(r,) + n for r in records for n in target.names[r]}
    every, n = set(range(len(target.names))), len(target.names)
    if a.free:
        net = train(base, a.seed, a.epochs); shorten(net)
        print("without the target:", report(gold(every), find(net, target, target.runs)))
    found = set()
    for k in range(a.folds):
        held = {r for r in every if r * a.folds // n == k}; inside = lambda run: target.record[run[0]] in held
        net = train(base + [(target, a.weight, [r for r in target.runs if not inside(r)])], a.seed, a.epochs); shorten(net)
        part = find(net, target, [r for r in target.runs if inside(r)]); found |= part
        print(f"fold {k + 1}:", report(gold(held), part), flush=True)
    if a.folds: print("cross-validation:", report(gold(every), found))
    if a.out:
        net = train(base + [(target, a.weight, target.runs)], a.seed, a.epochs); save(net, target, a.out)
        print("on what it was trained on:", report(gold(every), find(net, target, target.runs)))

if __name__ == "__main__":
    main()
