"""CoNLL-U sentences, lemma scripts and the disguises that news text wears (capitals, dashes, quotes, no final stop)."""
import random

class Sentence:
    """forms, lemmas, upos, feats: list of str; heads: list of int (0 root); deprels; glued: list of bool, no space after the word;
    parts: glued as seen when multiword tokens are not known; bank: 1 EWT, 2 GUM."""
    __slots__ = ("forms", "lemmas", "upos", "feats", "heads", "deprels", "glued", "parts", "bank")

def read(path, bank):
    sentences, cur, span_end, span_glued, first = [], None, 0, False, True
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            if cur: sentences.append(cur)
            cur, span_end = None, 0
            continue
        if line.startswith("#"): continue
        c = line.split("\t")
        if "." in c[0]: continue
        if cur is None:
            cur = Sentence()
            for k in Sentence.__slots__[:-1]: setattr(cur, k, [])
            cur.bank = bank
        if "-" in c[0]:
            span_end, span_glued = int(c[0].split("-")[1]), "SpaceAfter=No" in c[9]
            continue
        i = int(c[0]); no_space = "SpaceAfter=No" in c[9]
        cur.forms.append(c[1]); cur.lemmas.append(c[2]); cur.upos.append(c[3]); cur.feats.append(c[5])
        cur.heads.append(int(c[6])); cur.deprels.append(c[7]); cur.parts.append(no_space)
        cur.glued.append(i < span_end or (span_glued if i == span_end else no_space))
    if cur: sentences.append(cur)
    return sentences

# ---- lemma scripts: "l2+y" = lower-case the form, cut 2 characters, add y; "K0+" keeps its capitals; "=be" replaces the whole

def script(form, lemma):
    low, want = form.lower(), lemma.lower()
    n = 0
    while n < len(low) and n < len(want) and low[n] == want[n]: n += 1
    if n == 0: return "=" + lemma
    keep = form[:n] == lemma[:n] and form[:n] != low[:n]
    return f"{'K' if keep else 'l'}{len(low) - n}+{lemma[n:]}"

def apply_script(form, s):
    if s[0] == "=": return s[1:]
    cut, add = s[1:].split("+", 1)
    base = form if s[0] == "K" else form.lower()
    return base[:max(len(base) - int(cut), 0)] + add

# ---- disguises

QUOTES = {'"': ['"', "\u201c", "\u201d", "''", "``"], "\u201c": ['"'], "\u201d": ['"'], "''": ['"'], "``": ['"'],
          "'": ["'", "\u2019", "\u2018"], "\u2019": ["'"], "\u2018": ["'"]}
DASHES = ["-", "--", "\u2013", "\u2014"]
SMALL = {"a", "an", "the", "of", "in", "on", "to", "and", "for", "at", "by", "or", "as", "but", "with", "from", "vs", "nor"}

def title(form, first, rng):
    if not first and form.lower() in SMALL and rng: return form.lower()
    if form[:1] in "'\u2019" or form.lower() == "n't": return form
    return form[:1].upper() + form[1:]

def disguise(s, rng):
    """A copy of the sentence as another typesetter would print it, or the sentence itself."""
    r = rng.random()
    forms, n = s.forms, len(s.forms)
    kind = "upper" if r < .025 else "title" if r < .07 else "lower" if r < .10 else None
    if kind == "upper": forms = [f.upper() for f in forms]
    elif kind == "lower": forms = [f.lower() for f in forms]
    elif kind == "title":
        small = rng.random() < .6
        forms = [title(f, i == 0, small) for i, f in enumerate(forms)]
    if rng.random() < .25:
        curly = rng.random() < .5
        def swap(f):
            if "'" in f and curly: f = f.replace("'", "\u2019") if f != "''" else f
            if "\u2019" in f and not curly: f = f.replace("\u2019", "'")
            return rng.choice(QUOTES[f]) if f in QUOTES else f
        forms = [swap(f) for f in forms]
    if rng.random() < .2:
        dash = rng.choice(DASHES)
        forms = [dash if f in DASHES and not s.glued[i] else f for i, f in enumerate(forms)]
    drop = n > 3 and s.forms[-1] in ".!?" and (n not in s.heads) and rng.random() < (.5 if kind == "title" else .12)
    if forms is s.forms and not drop: return s
    t = Sentence(); m = n - 1 if drop else n
    for k in Sentence.__slots__[:-1]: setattr(t, k, list(getattr(s, k))[:m])
    t.forms, t.bank = list(forms[:m]), s.bank
    return t
