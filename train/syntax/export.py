#!/usr/bin/env python3
"""Quantise a trained network and write it as the program reads it (src/syntax/network.c).

usage: export.py model.pt --ud DIR --vectors v50k.npz --out models/syntax.bin [--calibration 1.0 1.0]
Matrices: int8, one scale an output (largest weight = 127), packed [outputs/16][inputs/4][16][4]. Tables: int8, one scale a row.
"""
import argparse, collections, math, os, sys
import numpy as np
import torch
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from model_file import write
import features, treebank
from train import load, UPOS

up16 = lambda n: (n + 15) // 16 * 16

def rows_int8(x):
    """int8 rows and their scales."""
    scale = np.abs(x).max(1) / 127 + 1e-12
    return np.rint(x / scale[:, None]).clip(-127, 127).astype(np.int8), scale.astype(np.float32)

def matrix(sections, name, w, b=None):
    o, k = w.shape
    full = np.zeros((up16(o), up16(k)), np.float32); full[:o, :k] = w
    q, scale = rows_int8(full); scale[o:] = 0
    packed = q.reshape(up16(o) // 16, 16, up16(k) // 4, 4).transpose(0, 2, 1, 3)
    bias = np.zeros(up16(o), np.float32)
    if b is not None: bias[:o] = b
    sections[name + ".w"] = np.ascontiguousarray(packed).tobytes(); sections[name + ".scale"] = scale.tobytes(); sections[name + ".bias"] = bias.tobytes()

HOUSE = {("people", "NOUN"): "people"}      # where the two treebanks differ: EWT people, GUM person

def exceptions(sentences, coder):
    """Forms of the training data whose lemma, given the part of speech, is certain and not the form itself (or is, against its ending)."""
    seen, ending = collections.defaultdict(collections.Counter), collections.defaultdict(collections.Counter)
    for s in sentences:
        for f, l, u in zip(s.forms, s.lemmas, s.upos):
            if f.isascii() and "\t" not in l and len(f) <= 60: seen[f.lower(), u][l] += 1
    for (f, u), c in seen.items():
        ending[f[-3:], u][treebank.script(f, c.most_common(1)[0][0])[1:]] += 1
    out = []
    for (f, u), c in seen.items():
        lemma, n = c.most_common(1)[0]
        if u in ("PROPN", "NUM", "SYM", "PUNCT", "X") or n < .97 * sum(c.values()): continue
        odd = ending[f[-3:], u].most_common(1)[0][0] != treebank.script(f, lemma)[1:]
        changed = lemma.lower() != f
        if (n >= 2 and (changed or odd)) or (changed and lemma.lower() in coder.vec_ix): out.append((f, u, lemma))
    return sorted([e for e in out if e[:2] not in HOUSE] + [k + (v,) for k, v in HOUSE.items()])

def weights(s, net, coder, cfg):
    """The sections of one network: sizes, tables, matrices."""
    w = {k: v.detach().numpy() for k, v in net.state_dict().items()}; rel = cfg["rel"]
    s["config"] = np.array([1, cfg["width"], cfg["form"], cfg["layers"], cfg["vector"], cfg["tag"], cfg["arc"], rel, cfg["upos"], cfg["bundles"], cfg["scripts"],
                            cfg["labels"], len(coder.words), len(coder.vec_words), features.HASHED_ROWS], np.int32).tobytes()
    q, scale = rows_int8(w["table.weight"]); s["rows"], s["rows.scale"] = q.tobytes(), scale.tobytes()
    s["tag_bias"] = w["bias"].astype(np.float32).tobytes(); s["root_arc"] = w["root_arc"].tobytes(); s["root_rel"] = w["root_rel"].tobytes()
    matrix(s, "projection", w["p"]); matrix(s, "convolution", w["conv"])
    for i in range(cfg["layers"]): matrix(s, f"unit{i}", w[f"units.{i}.w"], w[f"units.{i}.b"])
    matrix(s, "scorer", w["z"], w["zb"]); matrix(s, "classes", w["out"], w["outb"])
    root = math.sqrt(cfg["arc"]); matrix(s, "dependent", w["bi"] / root, w["bib"] / root)
    matrix(s, "label", w["lab"][:, :rel], w["labb"]); matrix(s, "label_dependent", w["lab"][:, rel:2 * rel]); matrix(s, "label_head", w["lab"][:, 2 * rel:])

def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("model"); ap.add_argument("--ud", required=True); ap.add_argument("--vectors", required=True); ap.add_argument("--out", required=True)
    ap.add_argument("--second", help="a second network that votes with the first; goes to syntax-2.bin beside OUT")
    ap.add_argument("--calibration", type=float, nargs=2, default=[1.0, 1.0])
    a = ap.parse_args()
    net, coder, cfg = load(a.model); s = {}
    vectors = np.load(a.vectors)["vectors"]
    weights(s, net, coder, cfg)
    factors = np.array(a.calibration, np.float32).tobytes()      # the last network's are used
    s["calibration"] = np.array([1, 1], np.float32).tobytes() if a.second else factors; s["members"] = np.array([2 if a.second else 1], np.int32).tobytes()
    text = lambda items: ("\n".join(items) + "\n").encode()
    s["upos"] = text(UPOS); s["bundles"] = text(coder.bundles); s["scripts"] = text(coder.scripts); s["labels"] = text(coder.labels)
    s["words"] = text(coder.words); s["vector_words"] = text(coder.vec_words)
    train = treebank.read(f"{a.ud}/ewt-train.conllu", 1) + treebank.read(f"{a.ud}/gum-train.conllu", 2)
    ex = exceptions(train, coder); s["lemmas"] = text("\t".join(e) for e in ex)
    q, scale = rows_int8(vectors); s["vectors"], s["vectors.scale"] = q.tobytes(), scale.tobytes()
    write(a.out, s)
    if a.second:
        net, other, cfg = load(a.second); t = {}
        assert other.state() == coder.state(), "the second network was trained with other word lists"
        t["calibration"] = factors
        weights(t, net, other, cfg); write(a.out.replace(".bin", "-2.bin"), t)
    print(f"{a.out}: {os.path.getsize(a.out)/1e6:.1f} MB, {len(ex)} lemma exceptions")

if __name__ == "__main__":
    main()
