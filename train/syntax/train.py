#!/usr/bin/env python3
"""Train the syntax network on EWT and GUM.

usage: train.py --ud DIR --vectors v50k.npz --out model.pt [--minutes 50] [--seed 1] [--threads 1] [--teachers a.pt b.pt]
DIR holds ewt-train, gum-train, ewt-dev, gum-dev .conllu; the dev files are only measured, never trained on.
The learning rate follows a cosine over the run (by steps, or by minutes when --minutes is given; the first is reproducible to the bit).
Weights are averaged (EMA); what is saved is the average.
"""
import argparse, collections, math, os, random, sys, time
import numpy as np
import torch
import torch.nn.functional as F
import features, treebank
from network import Network
import network

UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()

class Coder:
    """Inventories from the training sentences, and forms to rows."""
    def __init__(self, sentences, vec_words, min_word=2, min_class=3):
        words, bundles, scripts, labels = (collections.Counter() for _ in range(4))
        for s in sentences:
            for f, l, u, m, d in zip(s.forms, s.lemmas, s.upos, s.feats, s.deprels):
                words[features.normal(f)] += 1; bundles[u + "|" + m] += 1; scripts[treebank.script(f, l)] += 1; labels[d] += 1
        self.words = ["<unk>"] + sorted(w for w, c in words.items() if c >= min_word)
        self.bundles = ["_"] + sorted(b for b, c in bundles.items() if c >= min_class)
        self.scripts = ["l0+"] + sorted(s for s, c in scripts.items() if c >= min_class and s != "l0+")
        self.labels = sorted(l for l, c in labels.items() if c >= 3)
        self.vec_words = list(vec_words)
        self.index()
    def index(self):
        ix = lambda l: {w: i for i, w in enumerate(l)}
        self.word_ix, self.bundle_ix, self.script_ix, self.label_ix, self.vec_ix = map(ix, (self.words, self.bundles, self.scripts, self.labels, self.vec_words))
        self.upos_ix = ix(UPOS); self.cache = {}
    def state(self): return {k: getattr(self, k) for k in ("words", "bundles", "scripts", "labels", "vec_words")}
    @classmethod
    def restore(cls, state):
        self = cls.__new__(cls); self.__dict__.update(state); self.index(); return self
    def form(self, f):
        """(word row, hashed rows, vector row or -1)"""
        got = self.cache.get(f)
        if got is None:
            base = len(self.words)
            got = self.cache[f] = (self.word_ix.get(features.normal(f), 0), [base + r for r in features.hashed_rows(f)],
                                   self.vec_ix.get(features.vector_key(f), -1))
        return got

class Batcher:
    def __init__(self, coder, vectors):
        self.coder, self.vectors = coder, np.concatenate([vectors, np.zeros((1, vectors.shape[1]), np.float32)])
    def make(self, sentences, rng=None, bank=None, unk=0.0, targets=True):
        c = self.coder; T, B = max(len(s.forms) for s in sentences), len(sentences)
        index, tag, mask = np.zeros((T, B), np.int64), np.zeros((T, B), np.int64), np.zeros((T, B, 1), np.float32)
        heads, rels, upos, bundle, script = (np.full((T, B), -1, np.int64) for _ in range(5))
        seen, rows, offsets, vec = {}, [], [0], []
        for j, s in enumerate(sentences):
            t = bank if bank is not None else (s.bank if rng and rng.random() < .6 else 0)
            glue = s.parts if (rng is None or rng.random() < .5) else s.glued
            n = len(s.forms); mask[:n, j] = 1
            for i, f in enumerate(s.forms):
                dropped = unk and rng.random() < unk
                k = (f, 1) if dropped else f
                at = seen.get(k)
                if at is None:
                    w, h, v = c.form(f)
                    if dropped: w, v = 0, (-1 if rng.random() < .5 else v)
                    at = seen[k] = len(vec); rows.append(w); rows.extend(h); offsets.append(len(rows)); vec.append(v)
                index[i, j] = at; tag[i, j] = t * 4 + (2 if i and glue[i - 1] else 0) + (1 if glue[i] else 0)
            if targets:
                heads[:n, j] = s.heads
                rels[:n, j] = [c.label_ix.get(d, c.label_ix.get(d.split(":")[0], 0)) for d in s.deprels]
                upos[:n, j] = [c.upos_ix[u] for u in s.upos]
                bundle[:n, j] = [c.bundle_ix.get(u + "|" + m, -1) for u, m in zip(s.upos, s.feats)]
                script[:n, j] = [c.script_ix.get(treebank.script(f, l), -1) for f, l in zip(s.forms, s.lemmas)]
        tt = torch.from_numpy
        return dict(rows=torch.tensor(rows), offsets=torch.tensor(offsets), vec=tt(self.vectors[vec]), index=tt(index), tag=tt(tag), mask=tt(mask),
                    heads=tt(heads), rels=tt(rels), upos=tt(upos), bundle=tt(bundle), script=tt(script), words=int(mask.sum()))

def batches(sentences, words, rng):
    """Sentences of like length together, some `words` a batch, in random order."""
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i].forms) + rng.random() * 3)
    out, cur, longest = [], [], 0
    for i in order:
        n = len(sentences[i].forms)
        if cur and max(longest, n) * (len(cur) + 1) > words: out.append(cur); cur, longest = [], 0
        cur.append(sentences[i]); longest = max(longest, n)
    if cur: out.append(cur)
    rng.shuffle(out)
    return out

def ce(logits, target, smooth): return F.cross_entropy(logits.reshape(-1, logits.shape[-1]), target.reshape(-1), ignore_index=-1, label_smoothing=smooth, reduction="sum")

def masked_arcs(arcs, mask):
    """Columns beyond the sentence, and a word as its own head, are out."""
    b, t, _ = arcs.shape
    m = torch.cat([mask.new_ones(1, b), mask[..., 0]]).t().unsqueeze(1)
    arcs = arcs.masked_fill(m == 0, -1e4)
    own = torch.cat([torch.zeros(t, 1), torch.eye(t)], 1).bool()
    return arcs.masked_fill(own, -1e4)

def loss_of(net, b, cfg, teach=None):
    x = net.encode(b); tags, arcs, rd, rh = net.scores(x, cfg["drop"])
    arcs = masked_arcs(arcs, b["mask"])
    sizes = [cfg["upos"], cfg["bundles"], cfg["scripts"]]
    u, m, l = tags.split(sizes, -1)
    heads = b["heads"].clamp(min=0); lab = net.labels(rd, rh, heads)
    sm = cfg["smooth"]
    loss = ce(arcs, b["heads"].t(), 0.0) + ce(lab, b["rels"], sm) + .7 * ce(u, b["upos"], sm) + .3 * ce(m, b["bundle"], sm) + .3 * ce(l, b["script"], sm)
    if teach:
        mask = b["mask"][..., 0]; ta, tl, tu, tm, ts = teach
        def kd(student, teacher, where): return -((teacher * F.log_softmax(student, -1)).sum(-1) * where).sum()
        soft = kd(arcs, ta, mask.t()) + kd(lab, tl, mask) + .7 * kd(u, tu, mask) + .3 * kd(m, tm, mask) + .3 * kd(l, ts, mask)
        loss = .4 * loss + .6 * soft
    return loss / b["words"]

def teach_of(teachers, b, cfg):
    """Averaged probabilities of the teachers."""
    out = None
    with torch.no_grad():
        heads = b["heads"].clamp(min=0); sizes = [cfg["upos"], cfg["bundles"], cfg["scripts"]]
        for t in teachers:
            tags, arcs, rd, rh = t.scores(t.encode(b)); u, m, l = tags.split(sizes, -1)
            p = [F.softmax(y, -1) for y in (masked_arcs(arcs, b["mask"]), t.labels(rd, rh, heads), u, m, l)]
            out = p if out is None else [a + q for a, q in zip(out, p)]
    return [a / len(teachers) for a in out]

def evaluate(net, batcher, sentences, bank):
    """UPOS, lemma, UAS, LAS (universal relation) with greedy heads and float weights."""
    net.eval(); c = batcher.coder; n = hu = hl = up = le = 0; cut = lambda r: r.split(":")[0]
    with torch.no_grad():
        for group in batches(sentences, 4000, random.Random(0)):
            b = batcher.make(group, bank=bank)
            x = net.encode(b); tags, arcs, rd, rh = net.scores(x)
            heads = masked_arcs(arcs, b["mask"]).argmax(-1).t()
            lab = net.labels(rd, rh, heads).argmax(-1)
            u, m, l = tags.split([net.cfg["upos"], net.cfg["bundles"], net.cfg["scripts"]], -1)
            u, l = u.argmax(-1), l.argmax(-1)
            for j, s in enumerate(group):
                for i in range(len(s.forms)):
                    n += 1; ok = int(heads[i, j]) == s.heads[i]; hu += ok
                    hl += ok and cut(c.labels[lab[i, j]]) == cut(s.deprels[i]); up += UPOS[u[i, j]] == s.upos[i]
                    le += treebank.apply_script(s.forms[i], c.scripts[l[i, j]]).lower() == s.lemmas[i].lower()
    net.train()
    return f"UPOS {up/n:.4f} lemma {le/n:.4f} UAS {hu/n:.4f} LAS {hl/n:.4f}"

def save(path, net, ema, coder, cfg):
    torch.save({"cfg": cfg, "coder": coder.state(), "weights": {k: v.clone() for k, v in ema.items()}}, path + ".new"); os.replace(path + ".new", path)

def load(path):
    d = torch.load(path); net = Network(d["cfg"]); net.load_state_dict(d["weights"]); return net, Coder.restore(d["coder"]), d["cfg"]

def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--ud", required=True); ap.add_argument("--vectors", help="of vectors.py; without them the network does with what it learns"); ap.add_argument("--out", required=True)
    ap.add_argument("--minutes", type=float); ap.add_argument("--epochs", type=int, default=25); ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--threads", type=int, default=1); ap.add_argument("--words", type=int, default=2000); ap.add_argument("--lr", type=float, default=2.5e-3)
    ap.add_argument("--rows", type=float, default=5.0, help="learning rate of table rows, times that of the rest: a row is seen rarely")
    ap.add_argument("--layers", type=int, default=5); ap.add_argument("--width", type=int, default=256); ap.add_argument("--form", type=int, default=192)
    ap.add_argument("--drop", type=float, default=.28); ap.add_argument("--smooth", type=float, default=.03); ap.add_argument("--unk", type=float, default=.12)
    ap.add_argument("--ema", type=float, default=.9985); ap.add_argument("--every", type=int, default=5); ap.add_argument("--limit", type=int)
    ap.add_argument("--teachers", nargs="*", default=[]); ap.add_argument("--start", help="go on from this network (a warm restart)")
    ap.add_argument("--news", help="further sentences to train on (news.py makes them), which add no words of their own to the vocabulary")
    ap.add_argument("--plain", action="store_true", help="no disguises: capitals, dashes, quotation marks and stops as printed")
    ap.add_argument("--float", action="store_true", help="no bfloat16")
    a = ap.parse_args()
    network.HALF = not a.float
    torch.set_num_threads(a.threads); torch.manual_seed(a.seed); rng = random.Random(a.seed)
    train = treebank.read(f"{a.ud}/ewt-train.conllu", 1) + treebank.read(f"{a.ud}/gum-train.conllu", 2)
    dev = {k: treebank.read(f"{a.ud}/{k}-dev.conllu", i) for i, k in ((1, "ewt"), (2, "gum"))}
    z = np.load(a.vectors) if a.vectors else {"words": np.array(["<none>"]), "vectors": np.zeros((1, 100), np.float32)}; coder = Coder(train, z["words"].tolist())
    if a.news: train += treebank.read(a.news, 1)
    if a.limit: train = train[:a.limit]
    train = [s for s in train if len(s.forms) <= 160]
    batcher = Batcher(coder, z["vectors"])
    cfg = dict(rows=len(coder.words) + features.HASHED_ROWS, form=a.form, width=a.width, layers=a.layers, vector=z["vectors"].shape[1], tag=128, arc=160, rel=128,
               upos=len(UPOS), bundles=len(coder.bundles), scripts=len(coder.scripts), labels=len(coder.labels), drop=a.drop, smooth=a.smooth)
    net = Network(cfg)
    if a.start: net.load_state_dict(torch.load(a.start)["weights"])
    teachers = [load(t)[0].eval() for t in a.teachers]
    print(f"{len(train)} sentences", {k: v for k, v in cfg.items()}, sum(p.numel() for p in net.parameters()), "weights", flush=True)
    dense = [p for n, p in net.named_parameters() if n != "table.weight"]
    opt = torch.optim.Adam(dense, lr=a.lr, betas=(.9, .98), eps=1e-8); sparse = torch.optim.SparseAdam([net.table.weight], lr=a.lr, betas=(.9, .98))
    ema = {k: v.clone() for k, v in net.state_dict().items()}; state = net.state_dict()
    t0, step, words, total, epoch, done = time.time(), 0, 0, 0.0, 0, 0.0
    while done < 1:
        epoch += 1; plan = batches(train, a.words, rng)
        for k, group in enumerate(plan):
            done = (time.time() - t0) / 60 / a.minutes if a.minutes else (epoch - 1 + k / len(plan)) / a.epochs
            if done >= 1: break
            lr = a.lr * min(1, (step + 1) / 300) * (.5 + .5 * math.cos(math.pi * done)) + 1e-6
            for o, times in ((opt, 1), (sparse, a.rows)):
                for g in o.param_groups: g["lr"] = lr * times
            b = batcher.make(group if a.plain else [treebank.disguise(s, rng) for s in group], rng, unk=a.unk)
            opt.zero_grad(); sparse.zero_grad()
            loss = loss_of(net, b, cfg, teach_of(teachers, b, cfg) if teachers else None); loss.backward()
            torch.nn.utils.clip_grad_norm_(dense, 3.0); opt.step(); sparse.step()
            step += 1; words += b["words"]; total += float(loss.detach())
            with torch.no_grad():
                m = min(a.ema, (step + 1) / (step + 10))
                for n, v in state.items():
                    if n != "table.weight": ema[n].lerp_(v, 1 - m)
                    elif step % 20 == 0: ema[n].lerp_(v, 1 - m ** 20)
            if step % 100 == 0: print(f"epoch {epoch} step {step} done {done:.3f} loss {total/100:.3f} {words/(time.time()-t0):.0f} words/s", flush=True); total = 0.0
        if not a.minutes and epoch >= a.epochs: done = 1
        if epoch % a.every == 0 or done >= 1:
            keep = {k: v.clone() for k, v in state.items()}; net.load_state_dict(ema)
            if a.limit: save(a.out, net, ema, coder, cfg); net.load_state_dict(keep); continue
            print(f"epoch {epoch} minutes {(time.time()-t0)/60:.1f}", *(f"{k}: bank {evaluate(net, batcher, dev[k], i)}; none {evaluate(net, batcher, dev[k], 0)}" for i, k in ((1, "ewt"), (2, "gum"))), sep="\n  ", flush=True)
            net.load_state_dict(keep); save(a.out, net, ema, coder, cfg)

if __name__ == "__main__":
    main()
