#!/usr/bin/env python3
"""Table of confidence against truth: reliability.py GOLD.conllu SYSTEM.conllu (Conf= in its MISC column; same words)."""
import sys

def words(path):
    for line in open(path, encoding="utf-8"):
        c = line.rstrip("\n").split("\t")
        if len(c) == 10 and c[0].isdigit(): yield c

cut = lambda r: r.split(":")[0]; edges = [0, .3, .5, .7, .8, .9, .95, .98, 1.01]; rows = [[0, 0, 0.0] for _ in edges[1:]]
for g, s in zip(words(sys.argv[1]), words(sys.argv[2])):
    conf = float(s[9].split("Conf=")[1].split("|")[0]); k = max(i for i in range(len(edges) - 1) if conf >= edges[i])
    rows[k][0] += 1; rows[k][1] += g[6] == s[6] and cut(g[7]) == cut(s[7]); rows[k][2] += conf
print("| confidence | arcs | mean confidence | right |\n|---|---|---|---|")
for lo, hi, (n, ok, c) in zip(edges, edges[1:], rows):
    if n: print(f"| {lo:.2f} to {min(hi, 1):.2f} | {n} | {c/n:.3f} | {ok/n:.3f} |")
total = sum(r[0] for r in rows); print(f"\nexpected calibration error {sum(abs(r[2] - r[1]) for r in rows) / total:.4f}")
