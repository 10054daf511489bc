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
CONTEXT, FEATURES = 110, 126  # as in src/intake/judge.h: of the first look, of both
MARGIN = 1.5
BARRED = 43 + 4, 43 + 14  # features: inside something for comments, for newsletters


def shingles(words):
    n = 4
    return collections.Counter(tuple(words[i:i + n]) for i in range(max(len(words) - n + 1, 1 if words else 0)))


def build(folder):
    flags = subprocess.check_output(["pkg-config", "--cflags", "--libs", "libxml-2.0", "jansson", "sqlite3", "zlib", "libarchive", "uchardet",
                                     "libutf8proc", "libxxhash", "libmd", "libbrotlidec"], text=True).split()
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


def run_features(folder, page, tools, *scores):
    raw = gzip.open(os.path.join(folder, "pages", page + ".html.gz")).read()
    out = subprocess.run([os.path.join(tools, "extract_features"), *scores], input=raw, stdout=subprocess.PIPE, check=True).stdout.decode("utf-8")
    rows = [r.split("\t", 1) for r in out.split("\n") if "\t" in r]
    return [r[0].strip() for r in rows], [r[1] for r in rows]


def load(folder, tools):
    pages = []
    for line in open(os.path.join(folder, "truth.jsonl"), encoding="utf-8"):
        t = json.loads(line)
        features, texts = run_features(folder, t["id"], tools)
        blocks = [WORD.findall(x) for x in texts]
        truth = WORD.findall(t["articleBody"])
        pages.append(dict(id=t["id"], url=t["url"], features=features, blocks=blocks, truth=truth, labels=label_blocks(blocks, truth)))
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


def trees(a, tmp, rows, seen, *fold):
    return subprocess.check_output([os.path.join(tmp, "extract_trees"), rows, a.trees, a.depth, a.rate, str(seen), *map(str, fold)], text=True).splitlines()


def cross(a, pages, owners, tmp, rows, seen):
    """Every block's score by trees that did not see its page."""
    logits = {}
    for fold in range(a.folds):
        logits.update((owners[int(i)], float(s)) for i, s in (l.split() for l in trees(a, tmp, rows, seen, fold, a.folds)))
    for p, b in logits:  # as barred() in src/intake/judge.c
        if any(float(pages[p]["features"][b].split()[k]) % 2 for k in BARRED):
            logits[p, b] = -20
    return logits


def report(name, pages, logits, verbose):
    top = [max((logits[p, b] for b in range(len(page["blocks"]))), default=0) for p, page in enumerate(pages)]
    for cut in (-0.5, 0, 0.5):
        # Where nothing is sure, what is surest: judge_cut in src/intake/judge.c does the same.
        p, r, f, bad = score(pages, {k for k, s in logits.items() if s > min(cut, top[k[0]] - MARGIN)})
        print(f"{name}, cross-validated, cut {cut}: P {p:.4f} R {r:.4f} F1 {f:.4f}", flush=True)
        if verbose and cut == 0:
            for x in bad[:16]:
                print("   F %.3f P %.3f R %.3f %s" % x)


def load_context(folder, tmp, pages, logits):
    """Features again, now with those of the second look, from scores that did not see the page."""
    for p, page in enumerate(pages):
        with open(os.path.join(tmp, "scores"), "w") as f:
            f.write("\n".join(str(logits[p, b]) for b in range(len(page["blocks"]))))
        page["features"] = run_features(folder, page["id"], tmp, os.path.join(tmp, "scores"))[0]


def write_model(a, tmp, rows):
    import model_file
    roots, splits = {}, []
    for name, seen in (("roots", CONTEXT), ("again", FEATURES)):
        base, roots[name] = len(splits), []
        for l in trees(a, tmp, rows, seen):
            w = l.split()
            if w[0] == "root":
                roots[name].append(base + int(w[1]))
            else:
                splits.append(struct.pack("<iiif", int(w[1]), base + int(w[2]) if int(w[1]) >= 0 else 0, base + int(w[3]) if int(w[1]) >= 0 else 0, float(w[4])))
    model_file.write(a.write, {"features": struct.pack("<i", FEATURES), "splits": b"".join(splits),
                               **{n: struct.pack(f"<{len(r)}i", *r) for n, r in roots.items()}})
    print(f"{a.write}: {sum(map(len, roots.values()))} trees, {len(splits)} nodes")


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
        first = cross(a, pages, owners, tmp, rows, CONTEXT)
        report("first look", pages, first, False)
        load_context(a.folder, tmp, pages, first)
        owners = write_rows(pages, rows)
        report("both looks", pages, cross(a, pages, owners, tmp, rows, FEATURES), a.verbose)
        if a.write:
            write_model(a, tmp, rows)


if __name__ == "__main__":
    main()
