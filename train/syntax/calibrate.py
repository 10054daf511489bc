#!/usr/bin/env python3
"""Find the two factors that make the confidence of arcs a probability, by cross-validation on the dev files.

usage: calibrate.py model.pt [second.pt] --ud DIR --vectors v50k.npz
Confidence = softmax(a * arc scores)[head] * softmax(l * label scores)[label], a and l least in log loss of "head and label are right".
Prints the factors fitted on all of dev, for export.py --calibration, and the log loss when each fifth is scored with the factors of the other four.
"""
import argparse, random
import numpy as np
import torch
import torch.nn.functional as F
import treebank
from train import load, Batcher, batches, masked_arcs

def collect(nets, batcher, sentences, factors):
    """[words, factors, 2]: log probability of chosen head and label under each factor; right or wrong; sentence number."""
    logs, right, number = [], [], []; cut = lambda r: r.split(":")[0]; c = batcher.coder; at = 0
    with torch.no_grad():
        for group in batches(sentences, 4000, random.Random(0)):
            b = batcher.make(group, bank=0); parts = [(n, *n.scores(n.encode(b))[1:]) for n in nets]      # scores of all networks are summed
            arcs = masked_arcs(sum(p[1] for p in parts), b["mask"]).permute(1, 0, 2); heads = arcs.argmax(-1)
            lab = sum(n.labels(rd, rh, heads) for n, _, rd, rh in parts); best = lab.argmax(-1)
            la = torch.stack([F.log_softmax(arcs * f, -1).gather(-1, heads[..., None])[..., 0] for f in factors], -1)
            ll = torch.stack([F.log_softmax(lab * f, -1).gather(-1, best[..., None])[..., 0] for f in factors], -1)
            for j, s in enumerate(group):
                at += 1
                for i in range(len(s.forms)):
                    h = int(heads[i, j])
                    logs.append(torch.stack([la[i, j], ll[i, j] if h else torch.zeros(len(factors))], -1).numpy())
                    right.append(h == s.heads[i] and cut(c.labels[best[i, j]]) == cut(s.deprels[i])); number.append(at)
    return np.array(logs), np.array(right), np.array(number)

def loss(logs, right, ia, il):
    p = np.exp(logs[:, ia, 0] + logs[:, il, 1]).clip(1e-6, 1 - 1e-6)
    return -np.where(right, np.log(p), np.log(1 - p)).mean()

def fit(logs, right, factors):
    return min(((loss(logs, right, i, j), i, j) for i in range(len(factors)) for j in range(len(factors))))

def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("models", nargs="+"); ap.add_argument("--ud", required=True); ap.add_argument("--vectors", required=True)
    a = ap.parse_args()
    loaded = [load(m) for m in a.models]; nets, coder = [m[0].eval() for m in loaded], loaded[0][1]; batcher = Batcher(coder, np.load(a.vectors)["vectors"])
    dev = treebank.read(f"{a.ud}/ewt-dev.conllu", 1) + treebank.read(f"{a.ud}/gum-dev.conllu", 2)
    factors = [.25, .3, .35, .4, .5, .6, .7, .8, .9, 1.0, 1.15, 1.3, 1.5]
    logs, right, number = collect(nets, batcher, dev, factors)
    held = plain = 0.0; one = factors.index(1.0)
    for fold in range(5):
        out = number % 5 == fold
        _, i, j = fit(logs[~out], right[~out], factors)
        held += loss(logs[out], right[out], i, j) * out.mean(); plain += loss(logs[out], right[out], one, one) * out.mean()
    _, i, j = fit(logs, right, factors)
    print(f"factors {factors[i]} {factors[j]}; log loss {held:.4f} on the fifths left out, {plain:.4f} without factors; right {right.mean():.4f}")

if __name__ == "__main__":
    main()
