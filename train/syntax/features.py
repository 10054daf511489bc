"""What the network sees of a word form, free of context: the same in Python here and in C (src/syntax/features.c).

A form gives a list of rows of one table: word, prefixes and suffixes of 1..5 characters, shape. Hashes are FNV-1a, 32 bits, over
UTF-8 bytes with the kind of feature as first byte. Both sides are tested against the same frozen values.
"""
AFFIX_BUCKETS = (256, 1024, 4096, 4096, 4096)     # for lengths 1..5, prefixes and suffixes alike
SHAPE_BUCKETS = 512
AFFIX_ROWS = sum(AFFIX_BUCKETS)
HASHED_ROWS = 2 * AFFIX_ROWS + SHAPE_BUCKETS

def fnv(data, kind):
    h = ((2166136261 ^ kind) * 16777619) & 0xffffffff
    for b in data:
        h = ((h ^ b) * 16777619) & 0xffffffff
    return h

def lower_char(c):
    """ASCII and Latin-1 capitals only: frozen, not Unicode's moving tables."""
    o = ord(c)
    if 65 <= o <= 90 or (0xC0 <= o <= 0xDE and o != 0xD7): return chr(o + 32)
    return c

def normal_char(c):
    """Curly quotes are straight ones, odd hyphens are hyphens, digits are 0."""
    if c in "\u2018\u2019\u201a\u201b\u0060\u00b4": return "'"
    if c in "\u201c\u201d\u201e\u201f\u00ab\u00bb": return '"'
    if c in "\u2010\u2011\u2212": return "-"
    if c in "\u2012\u2013\u2014\u2015": return "\u2013"
    if c in "0123456789": return "0"
    return c

def normal(form):
    """Lower-cased, normalised: the key of the word table."""
    s = "".join(normal_char(lower_char(c)) for c in form)
    if s == "''" or s == '``': return '"'
    if s == "--" or s == "---": return "\u2013"
    return s

def vector_key(form):
    """The key of the pretrained vectors: lower-cased, quotes straightened, digits kept."""
    s = "".join(c if c in "0123456789" else normal_char(lower_char(c)) for c in form)
    if s == "''" or s == '``': return '"'
    if s == "---": return "--"
    return s

def shape(form):
    """Classes of characters, runs longer than two cut to two."""
    out = []
    for c in form:
        o = ord(c)
        if 65 <= o <= 90 or (0xC0 <= o <= 0xDE and o != 0xD7): k = "X"
        elif 97 <= o <= 122 or o >= 0xDF and o < 0x2000: k = "x"
        elif 48 <= o <= 57: k = "d"
        elif o >= 0x2000: k = normal_char(c) if ord(normal_char(c)) < 128 else "u"
        else: k = c
        if len(out) < 2 or out[-1] != k or out[-2] != k: out.append(k)
    return "".join(out)

def hashed_rows(form):
    """Rows of prefixes, suffixes and shape within the hashed part of the table."""
    s = normal(form)
    rows, base = [], 0
    for kind in (0, 1):
        for n, buckets in enumerate(AFFIX_BUCKETS, 1):
            if n <= len(s):
                part = s[:n] if kind == 0 else s[-n:]
                rows.append(base + fnv(part.encode(), 1 + kind * 8 + n) % buckets)
            base += buckets
    rows.append(base + fnv(shape(form).encode(), 32) % SHAPE_BUCKETS)
    return rows
