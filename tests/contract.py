#!/usr/bin/env python3
"""The contract's checker: is every record of a command what include/rapporteur.h and the manual promise?

usage: contract.py KIND [--input DOCUMENTS.jsonl] [RECORDS]      RECORDS: a file, or standard input
KIND: code (made with --text, so that offsets can be held against the blocks), annotate (--input: the same documents by
`extract`), extract, relate and who (--input: the questions), parse, csv, or ask:QUESTION.

Written apart from the program, from the contract alone: types, enumerations, spans that are the block's bytes, ids that are
unique, links that lead somewhere, indices in range. Prints one line a finding (at most twenty of a kind) and "N records, M findings".
"""
import collections, csv, io, json, re, sys

EVENTS = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
FACTS = "CT+ PR+ PS+ CT- PR- PS- Uu".split()
STANCES = "asserts denies doubts asks expects wishes concedes cites omits declines".split()
ENTITIES = "person organization outlet party group place country city region facility people product event other".split()
UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
VERDICTS = ["happened", "did not happen", "disputed", "planned", "unclear"]
MOMENT = re.compile(r"\d{4}-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?)?$|\d{4}$")
# TIMEX3: a calendar date or week or season or time of day, a duration, a reference
TIMEX = re.compile(r"(PRESENT_REF|PAST_REF|FUTURE_REF|FY\d{4}"
                   r"|-?[\dX]{2,4}(-(?:[\dX]{2}(-[\dX]{2})?|W[\dX]{2}(-(?:[\dX]|WE))?|Q[1-4X]|H[12X]|SP|SU|FA|WI))?(T(?:[\dX]{2}(:?[\dX]{2}(:?[\dX]{2})?)?|MO|MI|AF|EV|NI|DT))?(Z|[+-]\d\d:?\d\d)?"
                   r"|T(?:[\dX]{2}(:[\dX]{2})?|MO|MI|AF|EV|NI|DT)"
                   r"|PT?(?:[\dX.]+(?:Y|M|W|D|H|S|DE|CE|WE|Q|C)T?)+|PT?X[A-Z]+)$")

found, shown = 0, collections.Counter()


def fault(where, what, value=""):
    global found
    found += 1
    shown[what] += 1
    if shown[what] <= 20: print(f"{where}: {what} {value!r}"[:300])


def text(o, where, name, empty=True):
    v = o.get(name)
    if not isinstance(v, str): fault(where, f"{name} is no string", v)
    elif not empty and not v: fault(where, f"{name} is empty")


def listed(o, where, name, values, absent=False):
    v = o.get(name)
    if v is None and absent and name in o: return
    if v not in values: fault(where, f"{name} is none of its values", v)


def fraction(o, where, name):
    v = o.get(name)
    if isinstance(v, bool) or not isinstance(v, (int, float)) or not 0 <= v <= 1: fault(where, f"{name} is not within 0 to 1", v)


def texts(o, where, name, values=None):
    v = o.get(name)
    if not isinstance(v, list) or not all(isinstance(s, str) for s in v): fault(where, f"{name} is no list of strings", v)
    elif values and not set(v) <= set(values): fault(where, f"{name} holds what it may not", v)


def span(o, where, name, blocks, block):
    """o is {"start", "end", "text"} and its text the block's bytes there, on the borders of characters."""
    if not isinstance(o, dict): return fault(where, f"{name} is no span", o)
    start, end, words = o.get("start"), o.get("end"), o.get("text")
    if type(start) is not int or type(end) is not int or not isinstance(words, str): return fault(where, f"{name} lacks start, end or text", o)
    if blocks is None: return
    data = blocks.get(o.get("block", block))
    if data is None: return fault(where, f"{name} is in a block that is not there", o.get("block", block))
    if not 0 <= start < end <= len(data): return fault(where, f"{name} lies outside its block", (start, end, len(data)))
    if data[start:end] != words.encode(): fault(where, f"{name} is not its bytes", (words, data[start:end].decode("utf-8", "replace")))


def actor(o, where, name, blocks, block, may_be_null=True):
    if o is None and may_be_null: return
    span(o, where, name, blocks, block)
    if not isinstance(o, dict): return
    at = f"{where} {name}"
    for key in ("name", "country", "code", "role", "id"): text(o, at, key)
    texts(o, at, "sector")
    if not re.match(r"([A-Z]{3})?$", o.get("country") or ""): fault(at, "country is no code of three letters", o.get("country"))
    if any(not re.match(r"[A-Z]{3}$", s) for s in o.get("sector") or []): fault(at, "sector is no code", o.get("sector"))
    # an international organization's code has its own third part: IGOUNO
    if o.get("code") != (o.get("country") or "") + "".join(o.get("sector") or []) and o.get("country") not in ("IGO", "NGO"): fault(at, "code is not country and sectors", (o.get("code"), o.get("country"), o.get("sector")))
    if "corefers" not in o: fault(at, "corefers is missing")
    elif o["corefers"] is not None: span(o["corefers"], at, "corefers", blocks, block)
    fraction(o, at, "confidence")


def statement(o, blocks, statements):
    where = o.get("id", "?")
    for key in ("doc", "id", "block", "rule", "version"): text(o, where, key, empty=False)
    block = o.get("block")
    if blocks is not None and block not in blocks: fault(where, "block is not among the document's", block)
    if not re.match(r"(body|title|subtitle|caption/\d+)$", block or ""): fault(where, "block has no such name", block)
    span(o.get("sentence"), where, "sentence", blocks, block)
    span(o.get("trigger"), where, "trigger", blocks, block)
    text(o.get("trigger") or {}, where, "lemma", empty=False)
    inside = o.get("sentence") or {}
    if isinstance(o.get("trigger"), dict) and not inside.get("start", 0) <= o["trigger"].get("start", -1) < inside.get("end", 0): fault(where, "trigger is not in its sentence")
    listed(o, where, "event", EVENTS, absent=True)
    text(o, where, "mode")
    stances = [link.get("stance") for link in o.get("attribution") or []]
    if o.get("event") is None and o.get("mode") not in ("appear", "travel") and not {"omits", "declines"} & set(stances): fault(where, "no event, and a mode that needs one", o.get("mode"))
    texts(o, where, "context")
    for key in ("source", "target"):
        if key not in o: fault(where, f"{key} is missing")
        else: actor(o[key], where, key, blocks, block)
    if not isinstance(o.get("others"), list): fault(where, "others is no list")
    for other in o.get("others") or []: actor(other, where, "others", blocks, block, False)
    listed(o, where, "factuality", FACTS)
    for cue in o.get("cues") or []:
        span(cue, where, "cue of factuality", blocks, block)
        text(cue, where, "kind", empty=False)
    for link in o.get("attribution") or []:
        actor(link.get("speaker"), where, "speaker", blocks, block)
        if link.get("cue") is not None: span(link["cue"], where, "cue of a voice", blocks, block)
        else: fault(where, "a voice without a cue", link.get("quote"))
        listed(link, where, "stance", STANCES)
        listed(link, where, "quote", ["direct", "indirect", "mixed"])
        listed(link, where, "factuality", FACTS)
    if stances and stances[-1] in ("omits", "declines") and o.get("factuality") != "Uu": fault(where, "told to be omitted, yet committed to", o.get("factuality"))
    if stances and o["attribution"][-1].get("factuality") != o.get("factuality"): fault(where, "factuality is not its innermost voice's", (o["attribution"][-1].get("factuality"), o.get("factuality")))
    time = o.get("time")
    if not isinstance(time, dict): fault(where, "time is no object", time)
    else:
        listed(time, where, "basis", ["text", "context", "none"])
        if (time.get("value") is None) != (time.get("basis") == "none"): fault(where, "time has a basis without a value, or the reverse", time)
        if time.get("value") is not None and not TIMEX.match(time["value"]): fault(where, "time.value is no TIMEX3", time["value"])
        listed(time, where, "timex", ["DATE", "TIME", "DURATION", "SET"])
        if time.get("basis") == "text" or "start" in time: span(time, where, "time", blocks, block)
    if not isinstance(o.get("background"), bool): fault(where, "background is no flag", o.get("background"))
    place = o.get("place")
    if place is not None:
        span(place, where, "place", blocks, block)
        text(place, where, "name", empty=False)
        if not re.match(r"([A-Z]{3})?$", place.get("country") or ""): fault(where, "place.country is no code", place.get("country"))
        for key, most in (("lat", 90), ("lon", 180)):
            if place.get(key) is not None and not -most <= place[key] <= most: fault(where, f"{key} out of range", place[key])
        if type(place.get("geonames")) is not int: fault(where, "geonames is no number", place.get("geonames"))
    for link in o.get("links") or []:
        listed(link, where, "rel", ["implies", "answers", "because"])
        if statements is not None and link.get("to") not in statements: fault(where, "a link leads nowhere", link.get("to"))
        if link.get("to") == o.get("id"): fault(where, "a link leads to itself")
    fraction(o, where, "confidence")


def records(stream):
    for number, line in enumerate(stream, 1):
        try: o = json.loads(line)
        except ValueError as e: fault(number, "no JSON", str(e)); continue
        if not isinstance(o, dict): fault(number, "no object"); continue
        yield o


def code(rows, given):
    rows = list(rows)
    heads, count, skips, ids = {}, collections.Counter(), collections.Counter(), collections.defaultdict(set)
    last = None
    for o in rows:
        if o.get("type") == "statement":
            if o.get("id") in ids[o.get("doc")]: fault(o.get("id"), "an id twice in one document", o.get("doc"))
            ids[o.get("doc")].add(o.get("id"))
    for o in rows:
        kind = o.get("type")
        if kind == "document":
            text(o, "document", "id", empty=False)
            if o["id"] in heads: fault(o["id"], "a document's id twice")
            last = o["id"]
            heads[last] = o
            for key in ("sentences", "statements", "skipped"):
                if type(o.get(key)) is not int: fault(last, f"{key} is no number", o.get(key))
            if o.get("published") is not None and not MOMENT.match(o["published"]): fault(last, "published is no timestamp", o["published"])
            text(o, last, "version", empty=False)
        elif kind == "skipped":
            text(o, "skipped", "reason", empty=False)
            skips[o.get("doc")] += 1
        elif kind == "statement":
            if o.get("doc") != last: fault(o.get("id"), "stands under another document", o.get("doc"))
            count[o.get("doc")] += 1
            blocks = heads.get(o.get("doc"), {}).get("blocks")
            statement(o, {n: t.encode() for n, t in blocks.items()} if blocks is not None else None, ids[o.get("doc")])
        else: fault(kind, "no such type of record")
    for doc, head in heads.items():
        if count[doc] != head.get("statements"): fault(doc, "statements are not as many as told", (count[doc], head.get("statements")))
        if skips[doc] != head.get("skipped"): fault(doc, "skipped are not as many as told", (skips[doc], head.get("skipped")))
    for document in given or []:
        head = heads.get(document.get("id"))
        if head is None: fault(document.get("id"), "went in and did not come out"); continue
        for name, key in (("body", "text"), ("title", "title"), ("subtitle", "subtitle")):
            if isinstance(document.get(key), str) and document[key].strip() and (head.get("blocks") or {}).get(name) != document[key]: fault(document["id"], f"block {name} is not the {key} that went in", (document[key][:60], (head.get("blocks") or {}).get(name, "")[:60]))
    return len(rows)


def annotate(rows, given):
    documents = {d["id"]: d for d in given or []}
    n = 0
    for o in rows:
        n += 1
        doc = o.get("id")
        if o.get("type") != "annotation": fault(doc, "type is not annotation", o.get("type"))
        blocks = None
        if doc in documents:
            d = documents[doc]
            blocks = None if "html" in d else {k: d[f].encode() for k, f in (("body", "text"), ("title", "title"), ("subtitle", "subtitle")) if isinstance(d.get(f), str)}
            if blocks is not None: blocks.update({f"caption/{i}": c.encode() for i, c in enumerate(d.get("captions") or [])})
        for s in o.get("sentences") or []: span(s, doc, "sentence", blocks, "body")
        tokens = o.get("tokens") or []
        for i, t in enumerate(tokens):
            if blocks is not None and not 0 <= t.get("start", -1) < t.get("end", -1) <= len(blocks.get(t.get("block", "body"), b"")): fault(doc, "token lies outside its block", t)
            for key in ("form", "lemma", "deprel"): text(t, doc, key, empty=False)
            listed(t, doc, "upos", UPOS)
            text(t, doc, "feats")
            fraction(t, doc, "confidence")
            if type(t.get("head")) is not int or not -1 <= t["head"] < len(tokens) or t["head"] == i: fault(doc, "head is no other token", t.get("head"))
            if (t.get("head") == -1) != (t.get("deprel") == "root"): fault(doc, "root and head -1 do not go together", (t.get("head"), t.get("deprel")))
        for e in o.get("entities") or []:
            span(e, doc, "entity", blocks, "body")
            listed(e, doc, "type", ENTITIES)
            listed(e, doc, "mention", ["name", "nominal", "pronoun"])
            if type(e.get("chain")) is not int: fault(doc, "chain is no number", e.get("chain"))
        for t in o.get("times") or []:
            span(t, doc, "time", blocks, "body")
            listed(t, doc, "timex", ["DATE", "TIME", "DURATION", "SET"])
            # a day that nothing resolves ("Thursday" in a document without a date) has no value
            if t.get("value") != "" and not TIMEX.match(t.get("value") or ""): fault(doc, "a time's value is no TIMEX3", t.get("value"))
        for q in o.get("quotations") or []:
            block = q.get("block", "body")
            for key in ("source", "cue"):
                if q.get(key) is not None: span(q[key], doc, "quotation's " + key, blocks, block)
            for c in q.get("content") or []: span(c, doc, "content", blocks, block)
            if not q.get("content"): fault(doc, "a quotation without content")
            actor(q.get("speaker"), doc, "speaker of a quotation", blocks, block)
            text(q, doc, "voice")
        cues = o.get("cues") or []
        for c in cues:
            span(c, doc, "cue", blocks, "body")
            for s in c.get("scope") or []: span(s, doc, "scope", blocks, c.get("block", "body"))
            text(c, doc, "kind", empty=False)
        for p in o.get("predicates") or []:
            span(p, doc, "predicate", blocks, "body")
            listed(p, doc, "factuality", FACTS)
            if any(type(i) is not int or not 0 <= i < len(cues) for i in p.get("cues") or []): fault(doc, "a predicate's cue is out of range", p.get("cues"))
        ids = {s.get("id") for s in o.get("statements") or []}
        for s in o.get("statements") or []: statement(s, blocks, ids)
    return n


def extract(rows, given):
    n = 0
    for o in rows:
        n += 1
        if o.get("type") != "document": fault(n, "type is not document", o.get("type"))
        for key in ("text", "id"): text(o, n, key)
        for key in ("url", "outlet", "title", "subtitle", "section", "language"):
            if key in o: text(o, n, key)
        for key in ("captions", "byline"):
            if key in o: texts(o, n, key)
        for key in ("published", "modified"):
            if o.get(key) is not None and not MOMENT.match(o[key]): fault(n, f"{key} is no timestamp", o[key])
    return n


def relate(rows, given):
    rows = list(rows)
    if given and [r.get("id") for r in rows] != [g.get("id") for g in given]: fault("relate", "not one answer a line, in order", (len(rows), len(given)))
    for o in rows:
        listed(o, o.get("id"), "event", EVENTS, absent=True)
        text(o, o.get("id"), "mode")
        listed(o, o.get("id"), "factuality", FACTS)
        fraction(o, o.get("id"), "confidence")
    return len(rows)


def who(rows, given):
    rows = list(rows)
    if given and [r.get("id") for r in rows] != [g.get("id") for g in given]: fault("who", "not one answer a line, in order", (len(rows), len(given)))
    for o in rows:
        for key in ("name", "country", "code", "role"): text(o, o.get("id"), key)
        texts(o, o.get("id"), "sector")
        fraction(o, o.get("id"), "confidence")
    return len(rows)


def parse(lines):
    n, head = 0, {}
    def close():
        roots = [i for i, h in head.items() if h == 0]
        if head and len(roots) != 1: fault(f"sentence {n}", "not one root", roots)
        for i, h in head.items():
            if h and h not in head: fault(f"sentence {n}", "a head that is no word", h)
        for i in head: # no cycle
            at, steps = i, 0
            while at and steps <= len(head): at, steps = head.get(at, 0), steps + 1
            if steps > len(head): fault(f"sentence {n}", "a cycle", i); break
    for line in lines:
        line = line.rstrip("\n")
        if not line:
            close(); head = {}
            continue
        if line.startswith("#"): continue
        columns = line.split("\t")
        if len(columns) != 10: fault(n, "not ten columns", line); continue
        if "-" in columns[0] or "." in columns[0]: continue
        if not head: n += 1
        if columns[3] not in UPOS: fault(n, "no UPOS", columns[3])
        if not columns[1] or not columns[2]: fault(n, "no form or lemma", line)
        head[int(columns[0])] = int(columns[6])
    if head: fault(n, "the last sentence is not closed by an empty line")
    close()
    return n


CSV_COLUMNS = "statement_id doc_id outlet published event_date date_basis event mode quad context factuality source source_country source_sector target target_country target_sector speakers stances place place_country lat lon confidence background sentence url version".split()


def table(stream):
    rows = list(csv.reader(stream, strict=True))
    if not rows or rows[0] != CSV_COLUMNS: fault("csv", "not the columns of the layout", rows[:1])
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(CSV_COLUMNS): fault(number, "not as many fields as columns", len(row)); continue
        o = dict(zip(CSV_COLUMNS, row))
        if o["event"] not in EVENTS and o["mode"] not in ("appear", "travel") and not re.search("omits|declines", o["stances"]): fault(number, "event is none", o["event"])
        if o["factuality"] not in FACTS: fault(number, "factuality is none", o["factuality"])
        if o["event_date"] and not re.match(r"\d{4}(-\d\d(-\d\d)?)?$", o["event_date"]): fault(number, "event_date is no date", o["event_date"])
        if o["quad"] not in ("", "1", "2", "3", "4", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict"): fault(number, "quad is none", o["quad"])
    return len(rows) - 1


def ask(rows, question):
    n, ids = 0, set()
    for o in rows:
        n += 1
        if question == "statements": statement(o, None, None)
        if question == "appearances":
            for key in ("person", "date", "reported", "place", "category"):
                if key not in o: fault(n, f"{key} is missing")
            texts(o, n, "documents")
            for key in ("date", "reported"):
                if o.get(key) and not re.match(r"\d{4}(-\d\d(-\d\d)?)?$", o[key]): fault(n, f"{key} is no date", o[key])
        if question == "stories":
            text(o, n, "id", empty=False)
            texts(o, n, "documents")
        if question in ("happenings", "meetings"): listed(o, n, "verdict", VERDICTS)
        if question in ("happenings", "meetings", "stories", "documents", "statements") and o.get("id") is not None:
            if (o.get("doc"), o["id"]) in ids: fault(n, "an id twice", o["id"])
            ids.add((o.get("doc"), o["id"]))
    return n


def main():
    arguments = sys.argv[1:]
    given = None
    if "--input" in arguments:
        at = arguments.index("--input")
        given = [json.loads(line) for line in open(arguments[at + 1], encoding="utf-8") if line.strip()]
        del arguments[at:at + 2]
    if not arguments: sys.exit(__doc__)
    kind = arguments[0]
    raw = open(arguments[1], "rb").read() if len(arguments) > 1 else sys.stdin.buffer.read()
    try: data = raw.decode()
    except UnicodeDecodeError as e:
        fault(kind, "the output is no UTF-8", str(e))
        data = raw.decode("utf-8", "replace")
    lines = [line for line in data.split("\n") if line] if kind != "parse" else data.split("\n")[:-1]
    if kind in ("code", "annotate", "extract", "relate", "who"): n = globals()[kind](records(lines), given)
    elif kind == "parse": n = parse(lines)
    elif kind == "csv": n = table(io.StringIO(data, newline=""))
    elif kind.startswith("ask:"): n = ask(records(lines), kind[4:])
    else: sys.exit(f"no such kind: {kind}")
    print(f"{n} records, {found} findings")
    sys.exit(found > 0)


main()
