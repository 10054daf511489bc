#!/usr/bin/env python3
"""models/extract.bin: which blocks of a web page are its article. Cross-validated, then trained on all pages.

usage: train/extract.py FOLDER [--folds 7] [--trees 250] [--depth 4] [--rate 0.06] [--write models/extract.bin]

FOLDER/pages/ID.html.gz and FOLDER/truth.jsonl (id, articleBody), as ../shared/data/html. Needs `make` first (build/librapporteur.a); compiles
train/extract_features.c and train/extract_trees.c with cc. The score is that of ../shared/tools/score_extract.py: precision and recall of
four-word runs, averaged over pages, over the blocks that the trees of the OTHER folds accept.
"""
import argparse, collections, gzip, json, os, re, struct, subprocess, sys, tempfile

sys.path.insert(0, os.path.dirname(__file__))
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
WORD = re.compile(r"\w+")
FEATURES = 112
MARGIN = 1.5


def shingles(words):
    n = 4
    return collections.Counter(tuple(words[i:i + n]) for i in range(max(len(words) - n + 1, 1 if words else 0)))


def build(folder):
    flags = subprocess.check_output(["pkg-config", "--cflags", "--libs", "libxml-2.0", "jansson", "sqlite3", "zlib", "libarchive", "uchardet",
                                     "libutf8proc", "libxxhash", "libmd"], text=True).split()
    for name, libs in (("extract_features", [os.path.join(ROOT, "build/librapporteur.a"), *flags]), ("extract_trees", [])):
        subprocess.check_call(["cc", "-std=gnu11", "-D_GNU_SOURCE", "-O2", "-I" + os.path.join(ROOT, "include"), "-I" + os.path.join(ROOT, "src"),
                               "-o", os.path.join(folder, name), os.path.join(ROOT, "train", name + ".c"), *libs, "-lm", "-pthread"])


def label_blocks(blocks, truth):
    """Share of each block's runs that the truth still has; long blocks take theirs first, so that a teaser does not rob the body."""
    left = shingles(truth)
    lines = collections.Counter()
    labels = [0.0] * len(blocks)
    order = sorted(range(len(blocks)), key=lambda i: -min(len(blocks[i]), 12))
    text = " ".join(truth)
    for i in order:
        words = blocks[i]
        if len(words) >= 4:
            mine = shingles(words)
            hit = sum(min(c, left[s]) for s, c in mine.items())
            labels[i] = hit / sum(mine.values())
            if labels[i] > 0.5:
                left -= mine
        elif words and lines[tuple(words)] == 0 and re.search(r"(?<!\w)" + " ".join(map(re.escape, words)) + r"(?!\w)", text):
            near = max((labels[k] for k in range(max(0, i - 2), min(len(blocks), i + 3)) if k != i and len(blocks[k]) >= 8), default=0)
            labels[i] = float(near > 0.5)
            lines[tuple(words)] += labels[i] > 0
    return labels


def load(folder, tools):
    pages = []
    for line in open(os.path.join(folder, "truth.jsonl"), encoding="utf-8"):
        t = json.loads(line)
        raw = gzip.open(os.path.join(folder, "pages", t["id"] + ".html.gz")).read()
        out = subprocess.run([os.path.join(tools, "extract_features")], input=raw, stdout=subprocess.PIPE, check=True).stdout.decode("utf-8")
        rows = [r.split("\t", 1) for r in out.split("\n") if "\t" in r]
        blocks = [WORD.findall(r[1]) for r in rows]
        truth = WORD.findall(t["articleBody"])
        pages.append(dict(id=t["id"], url=t["url"], features=[r[0].strip() for r in rows], blocks=blocks, truth=truth, labels=label_blocks(blocks, truth)))
    return pages


def write_rows(pages, path):
    owners = []
    with open(path, "w") as f:
        for p, page in enumerate(pages):
            size = max(len(page["truth"]), 60)
            for b, words in enumerate(page["blocks"]):
                weight = min((len(words) + 1) / size, 0.5)
                f.write(f"{p} {int(page['labels'][b] > 0.5)} {weight:.5f} {page['features'][b]}\n")
                owners.append((p, b))
    return owners


def score(pages, chosen):
    P, R, bad = [], [], []
    for p, page in enumerate(pages):
        words = [w for b in range(len(page["blocks"])) if (p, b) in chosen for w in page["blocks"][b]]
        g, m = shingles(page["truth"]), shingles(words)
        tp, fp, fn = sum((g & m).values()), sum((m - g).values()), sum((g - m).values())
        if tp + fp:
            P.append(tp / (tp + fp))
        R.append(tp / max(tp + fn, 1))
        bad.append((2 * tp / max(2 * tp + fp + fn, 1), tp / max(tp + fp, 1), R[-1], page["url"][:80]))
    p, r = sum(P) / len(P), sum(R) / len(R)
    return p, r, 2 * p * r / (p + r), sorted(bad)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folder")
    ap.add_argument("--folds", type=int, default=7)
    ap.add_argument("--trees", default="250")
    ap.add_argument("--depth", default="4")
    ap.add_argument("--rate", default="0.06")
    ap.add_argument("--write")
    ap.add_argument("-v", "--verbose", action="store_true")
    a = ap.parse_args()
    with tempfile.TemporaryDirectory() as tmp:
        build(tmp)
        pages = load(a.folder, tmp)
        rows = os.path.join(tmp, "rows")
        owners = write_rows(pages, rows)
        best = {(p, b) for p, b in owners if pages[p]["labels"][b] > 0.5}
        print("pages %d, blocks %d, of the article %d; perfect choice: P %.4f R %.4f F1 %.4f" % (len(pages), len(owners), len(best), *score(pages, best)[:3]))
        trees = [os.path.join(tmp, "extract_trees"), rows, a.trees, a.depth, a.rate]
        if a.folds > 1:
            logits = {}
            for fold in range(a.folds):
                out = subprocess.check_output([*trees, str(fold), str(a.folds)], text=True)
                logits.update((owners[int(i)], float(s)) for i, s in (l.split() for l in out.splitlines()))
            top = [max((logits[p, b] for b in range(len(page["blocks"]))), default=0) for p, page in enumerate(pages)]
            for cut in (-1, -0.5, 0, 0.5):
                # Where nothing is sure, what is surest: judge_cut in src/intake/judge.c does the same.
                p, r, f, bad = score(pages, {k for k, s in logits.items() if s > min(cut, top[k[0]] - MARGIN)})
                print(f"cross-validated, cut {cut}: P {p:.4f} R {r:.4f} F1 {f:.4f}")
                if a.verbose and cut == 0:
                    for x in bad[:16]:
                        print("   F %.3f P %.3f R %.3f %s" % x)
        if a.write:
            import model_file
            roots, splits = [], []
            for l in subprocess.check_output(trees, text=True).splitlines():
                w = l.split()
                if w[0] == "root":
                    roots.append(int(w[1]))
                else:
                    splits.append(struct.pack("<iiif", int(w[1]), int(w[2]), int(w[3]), float(w[4])))
            model_file.write(a.write, {"features": struct.pack("<i", FEATURES), "roots": struct.pack(f"<{len(roots)}i", *roots), "splits": b"".join(splits)})
            print(f"{a.write}: {len(roots)} trees, {len(splits)} nodes")


if __name__ == "__main__":
    main()
