"""The network: form vectors, one window convolution, a stack of bidirectional simple recurrent units, scorers.

B sentences, T words, D hidden width (two directions of D/2), E width of a form vector.
    form vector  e = dropout(sum of table rows + P v), v the pretrained vector               [T,B,E], free of context
    convolution  x = tanh(A e(t-1) + M e(t) + Z e(t+1) + bias[tag]), tag = treebank x spaces    [T,B,D]
    unit         [u f r] = W norm(x) + b; c(t) = f c(t-1) + (1-f) u; x' = r c + (1-r) x      (Lei et al. 2018, without v)
    scorers      z = relu(W norm(x)): tag 128 -> UPOS, bundle of features, lemma script; arcs bilinear (Dozat & Manning 2017);
                 labels W [d*h, d, h] from the products of two projections
norm(x) = x / sqrt(mean(x^2) + 1e-6). All matrix products run in bfloat16 when training, in int8 when shipped.
"""
import math
import torch
import torch.nn as nn
import torch.nn.functional as F

class Scan(torch.autograd.Function):
    """c(t) = f(t) c(t-1) + b(t) along dimension 0, c(-1) = 0."""
    @staticmethod
    def forward(ctx, f, b):
        c = torch.empty_like(b); c[0].copy_(b[0])
        for t in range(1, f.shape[0]): torch.addcmul(b[t], f[t], c[t - 1], out=c[t])
        ctx.save_for_backward(f, c)
        return c
    @staticmethod
    def backward(ctx, g):
        f, c = ctx.saved_tensors
        d = torch.empty_like(c); d[-1].copy_(g[-1])
        for t in range(f.shape[0] - 2, -1, -1): torch.addcmul(g[t], f[t + 1], d[t + 1], out=d[t])
        df = torch.zeros_like(f); torch.mul(d[1:], c[:-1], out=df[1:])
        return df, d

HALF = True
def linear(x, w, b=None):
    if HALF and torch.is_grad_enabled(): y = F.linear(x.bfloat16(), w.bfloat16()).float()
    else: y = F.linear(x, w)
    return y if b is None else y + b

def norm(x):
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-6)

def drop_time(x, p):
    """One mask for all words of a sentence."""
    return x * x.new_empty(1, *x.shape[1:]).bernoulli_(1 - p).div_(1 - p)

def weight(o, i, gain=1.0):
    return nn.Parameter(torch.randn(o, i) * gain / math.sqrt(i))

class Unit(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.w = weight(3 * d, d)                      # rows: u of both directions, f, r
        self.b = nn.Parameter(torch.cat([torch.zeros(d), torch.rand(d) * 3 - .5, torch.zeros(d)]))
    def forward(self, x, mask, p):
        t, b, d = x.shape
        y = norm(x)
        if p: y = drop_time(y, p)
        u, f, r = linear(y, self.w, self.b).split(d, -1)
        f, r = torch.sigmoid(f), torch.sigmoid(r)
        v = (1 - f) * u * mask
        h = d // 2
        fs = torch.stack([f[..., :h], f[..., h:].flip(0)], 2); vs = torch.stack([v[..., :h], v[..., h:].flip(0)], 2)
        c = Scan.apply(fs.contiguous(), vs.contiguous())
        c = torch.cat([c[:, :, 0], c[:, :, 1].flip(0)], -1)
        return (r * (c - x) + x) * mask

class Network(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.cfg = cfg; d, e = cfg["width"], cfg["form"]
        self.table = nn.EmbeddingBag(cfg["rows"], e, mode="sum", sparse=True, include_last_offset=True)
        nn.init.normal_(self.table.weight, std=.15)
        self.p = weight(e, cfg["vector"], .5 * math.sqrt(cfg["vector"]) / 3)
        self.conv = weight(3 * d, e, .6); self.bias = nn.Parameter(torch.randn(12, d) * .05)
        self.units = nn.ModuleList([Unit(d) for _ in range(cfg["layers"])])
        self.tag, self.arc, self.rel = cfg["tag"], cfg["arc"], cfg["rel"]
        self.sizes = [self.tag, self.arc, self.arc, self.rel, self.rel]     # tag, arc as dependent, as head, label as dependent, as head
        n = sum(self.sizes); self.z = weight(n, d, 1.2); self.zb = nn.Parameter(torch.zeros(n))
        out = cfg["upos"] + cfg["bundles"] + cfg["scripts"]
        self.out = weight(out, self.tag); self.outb = nn.Parameter(torch.zeros(out))
        self.bi = weight(self.arc, self.arc, .5); self.bib = nn.Parameter(torch.zeros(self.arc))
        self.lab = weight(cfg["labels"], 3 * self.rel); self.labb = nn.Parameter(torch.zeros(cfg["labels"]))
        self.root_arc = nn.Parameter(torch.randn(self.arc) * .3); self.root_rel = nn.Parameter(torch.randn(self.rel) * .3)

    def encode(self, batch):
        """batch: rows, offsets, vec of the distinct forms; index [T,B] into them; tag [T,B]; mask [T,B,1]."""
        p = self.cfg["drop"] if self.training else 0.0
        e = norm(self.table(batch["rows"], batch["offsets"]) + linear(batch["vec"], self.p))
        e = F.embedding(batch["index"], e) * batch["mask"]
        if p: e = drop_time(F.dropout(e, p * .6), p * .4)
        y = linear(e, self.conv); a, m, z = y.split(self.cfg["width"], -1)
        x = m + F.embedding(batch["tag"], self.bias)
        x = torch.cat([x[:1], x[1:] + a[:-1]]) ; x = torch.cat([x[:-1] + z[1:], x[-1:]])
        x = torch.tanh(x) * batch["mask"]
        for u in self.units: x = u(x, batch["mask"], p)
        return x

    def scores(self, x, p=0.0):
        """tags [T,B,*]; arcs [B,T,T+1] with column 0 the root; projections for labels [T+1,B,rel]."""
        y = norm(x)
        if p: y = drop_time(y, p)
        z = F.relu(linear(y, self.z, self.zb))
        if p: z = drop_time(z, p)
        tag, ad, ah, rd, rh = z.split(self.sizes, -1)
        b = x.shape[1]
        ah = torch.cat([self.root_arc.expand(1, b, -1), ah]); rh = torch.cat([self.root_rel.expand(1, b, -1), rh])
        q = linear(ad, self.bi, self.bib)
        arcs = torch.einsum("tbk,sbk->bts", q, ah) / math.sqrt(self.arc)
        return linear(tag, self.out, self.outb), arcs, rd, rh

    def labels(self, rd, rh, heads):
        """heads [T,B] in 0..T -> label scores [T,B,L]."""
        h = torch.gather(rh, 0, heads.unsqueeze(-1).expand(-1, -1, rh.shape[-1]))
        return linear(torch.cat([rd * h, rd, h], -1), self.lab, self.labb)
