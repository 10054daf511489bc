#!/usr/bin/env python3
"""Seeds for a fuzz target, in our own words. usage: fuzz/seeds.py TARGET FOLDER"""
import base64, glob, gzip, io, json, os, struct, sys, tarfile, zipfile, zlib

HERE = os.path.dirname(os.path.abspath(__file__)) + "/.."
PAGE = (b"<html lang=en><head><meta charset=utf-8><title>Envoy leaves | Harbor</title><meta property='article:published_time' content='2018-03-04T09:15:00+09:00'>"
        b"<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"NewsArticle\",\"datePublished\":\"2018-03-04\",\"author\":{\"name\":\"A\"}}]}</script></head><body><nav><a href=/>Home</a></nav>"
        b"<article><h1>Envoy leaves</h1><time datetime=2018-03-04>4 March</time><figure><figcaption>The envoy boards</figcaption></figure><p>The envoy left on Sunday, officials said, and he would not say why.</p>"
        b"<ul><li>One</ul><table><tr><td>1<td>2</table></article><div id=comments><p>Well.</p></div></body></html>")
SENTENCE = "The French foreign minister did not meet the North Korean envoy in Lima on Sunday, officials said."
# The page <html><p>The envoy left.</p> as Brotli and as Zstandard store it.
ZSTD = bytes.fromhex("28b52ffd201ce10000") + b"<html><p>The envoy left.</p>"
BROTLI = bytes.fromhex("8f0d80") + b"<html><p>The envoy left.</p>" + b"\x03"


def record(kind, body):
    return b"WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: http://h.example/2018/03/04/a\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (kind, len(body), body)


def warc():
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n%s\r\n%s"
    deflated = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw = deflated.compress(PAGE) + deflated.flush()
    records = [record(b"warcinfo", b"x: y\r\n"), record(b"response", answer % (b"", PAGE)), record(b"response", answer % (b"Content-Encoding: gzip\r\n", gzip.compress(PAGE))),
               record(b"response", answer % (b"Content-Encoding: deflate\r\n", raw)), record(b"response", answer % (b"Content-Encoding: br\r\n", BROTLI)),
               record(b"response", answer % (b"Content-Encoding: zstd\r\n", ZSTD)), record(b"response", answer % (b"Transfer-Encoding: chunked\r\n", b"5\r\n<html\r\n1\r\n>\r\n0\r\n\r\n"))]
    yield from records
    yield b"".join(records)
    yield b"".join(gzip.compress(r) for r in records)


def archives():
    z, t = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(z, "w", zipfile.ZIP_DEFLATED) as f:
        f.writestr("a.txt", "The envoy left.")
        f.writestr("b/c.html", PAGE)
    with tarfile.open(fileobj=t, mode="w") as f:
        info = tarfile.TarInfo("b.html")
        info.size = len(PAGE)
        f.addfile(info, io.BytesIO(PAGE))
    import bz2, lzma
    return [z.getvalue(), t.getvalue(), gzip.compress(t.getvalue()), bz2.compress(t.getvalue()), lzma.compress(t.getvalue()), gzip.compress(b"The envoy left.")]


def texts():
    yield b"The envoy left on Sunday."
    yield b"Title: T\nPublished: 4 March 2018\n\nThe envoy left."
    yield ("Home\nEnvoy said to have left early\nPosted on : 2018-03-04 09:15 KST\nA picture of it\nA picture of it\n\nThe envoy left the capital on Sunday after three days of talks that went nowhere.\n"
           "By Ana Ruiz, Lima correspondent and Bo Li\nRelated stories\n").encode()
    yield "The envoy left.".encode("utf-16")
    yield "Le caf\xe9 \xe9tait ferm\xe9.".encode("latin-1")
    yield "caf\xe9".encode()[:-1]
    for date in ("2017-11-22 16:03 KST", "20171122", "2017년 11월 22일 오후 4:03", "November 22, 2017 4:03 p.m. EST", "22 de noviembre de 2017", "11/22/2017", "/2019/nov/18/", "1511334180", "Wed, 22 Nov 2017 16:03:00 +0900"):
        yield date.encode()
    yield "특사가 일요일에 수도를 떠났다.".encode("cp949")
    yield "Посол уехал в воскресенье.".encode("koi8-r")


def coded():
    actor = {"start": 0, "end": 3, "text": "The", "name": "France", "country": "FRA", "sector": ["GOV"], "code": "FRAGOV", "role": "", "id": "FRA", "corefers": None, "confidence": 0.9}
    head = {"type": "document", "id": "d", "outlet": "h.example", "published": "2018-03-04", "language": "en", "blocks": {"title": "T", "body": SENTENCE},
            "sentence_spans": [[1, 0, len(SENTENCE)]], "sentences": 1, "statements": 1, "skipped": 0, "version": "0"}
    statement = {"type": "statement", "doc": "d", "id": "s", "block": "body", "sentence": {"start": 0, "end": len(SENTENCE), "text": SENTENCE}, "trigger": {"start": 35, "end": 39, "text": "meet", "lemma": "meet"},
                 "event": "CONSULT", "mode": "meet", "context": ["diplomatic"], "source": actor, "target": actor, "others": [actor], "factuality": "CT-", "cues": [{"kind": "negation", "start": 4, "end": 7, "text": "x"}],
                 "attribution": [{"speaker": actor, "cue": {"start": 0, "end": 1, "text": "x"}, "stance": "asserts", "quote": "indirect", "factuality": "CT-"}],
                 "time": {"value": "2018-03-04", "timex": "DATE", "basis": "text"}, "background": False, "place": {"name": "Lima", "country": "PER", "lat": -12.0, "lon": -77.0, "geonames": 1},
                 "links": [{"rel": "implies", "to": "t"}], "rule": "frame", "confidence": 0.9, "version": "0"}
    skipped = {"type": "skipped", "doc": "d", "block": "body", "start": 0, "end": 3, "reason": "x"}
    yield "\n".join(json.dumps(o) for o in (head, statement, skipped)).encode() + b"\n"
    second = dict(head, id="e", outlet="k.example"), dict(statement, id="t", doc="e", factuality="CT+")
    yield "\n".join(json.dumps(o) for o in (head, statement) + second).encode() + b"\n"
    columns = ["Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID",
               "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude", "Longitude"]
    row = ["1", "2018-03-04", "Ana Ruiz", "Government", "France", "Consult", "036", "4", "Bo Li", "Government", "China", "5", "1", "h", "Lima", "", "", "Peru", "-12", "-77"]
    yield ("\t".join(columns) + "\n" + "\t".join(row) + "\n").encode()
    yield ("Event ID\tEvent Date\tEvent Type\tEvent Mode\tPrimary Actor Sector\tActor Name\tActor Country\tRecipient Name\tRecipient Country\tPrimary Recipient Sector\n1\t2018-03-04\tCONSULT\tmeet\tGOV\tAna\tFRA\tBo\tCHN\tGOV\n").encode()
    gdelt = [""] * 58
    gdelt[0], gdelt[1], gdelt[6], gdelt[7], gdelt[16], gdelt[17], gdelt[26] = "1", "20180304", "FRANCE", "FRA", "CHINA", "CHN", "036"
    yield ("\t".join(gdelt) + "\n").encode()
    yield b"item,kind,stratum,of,outlet,sentence,right,missed,judge,note\r\ns,statement,CONSULT,3,h,\"A, \"\"b\"\"\",y,0,Anna,\r\nt,none,none,4,h,B,,1,Anna,\r\n"


def conllu():
    rows = ["1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_", "1\tdo\tdo\tAUX\t_\t_\t3\taux\t_\t_", "2\tn't\tnot\tPART\t_\t_\t3\tadvmod\t_\t_", "3\tgo\tgo\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No",
            "3.1\tx\t_\t_\t_\t_\t_\t_\t_\t_", "4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_"]
    yield ("# newdoc\n# sent_id = 1\n# text = don't go.\n" + "\n".join(rows) + "\n\n").encode()
    yield ("\n".join(rows[1:4]) + "\n\n" + "\n".join(rows[:1]) + "\n").encode()


def rows():
    yield json.dumps({"id": 1, "text": SENTENCE, "source": [[0, 27]], "target": [[41, 63]], "event": "CONSULT"}).encode()
    yield json.dumps({"id": "2", "text": "Song Tao", "context": "Song Tao arrived in Pyongyang.", "published": "2018-04-13"}).encode()
    yield json.dumps({"title": "Envoy \"may\" go", "published": "2018-03-04T09:15:00+09:00", "text": SENTENCE + "\n\nLIMA (Harbor) \u2014 \u201cNo,\u201d said Ms. Ruiz, who denied on Nov. 3 that 20 troops had been killed.\n- item; another: 5%"}).encode()


def lexicon():
    names = sorted(glob.glob(HERE + "/lexicon/*.tsv") + glob.glob(HERE + "/lexicon/*.txt"), key=os.path.basename)
    for i, name in enumerate(names):
        lines = [l for l in open(name, "rb") if not l.startswith(b"#")]
        yield bytes([i]) + b"".join(lines[:12])
        yield bytes([i + (1 if b"frames" in name.encode() else 2) * len(names)]) + b"".join(lines[:4])
        yield bytes([i]) + b"".join(lines[len(lines) // 2:][:25])


def models():
    for i in range(9):
        for fixed in (0, 1):
            yield bytes([i, fixed]) + b"".join(struct.pack("<IH", at, 1 << 14) for at in (64, 81, 1001, 70000))


def feeds():
    yield b"<rss><channel><title>H</title><item><title>E</title><pubDate>Sun, 04 Mar 2018 09:15:00 +0900</pubDate><description>&lt;p&gt;Left.</description></item></channel></rss>"
    yield b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><title>E</title><link href="http://h.example"/><summary>Left.</summary></entry></feed>'
    yield b"<rss><channel><item><title>Caf&eacute; & <![CDATA[a &amp; b]]></title><description>It&nbsp;was</description></item></channel></rss>"
    yield b"<feed><entry><title type='html'>A &amp;amp; b</title><content type='xhtml'><div><p>They left.</p><p>He <b>too</b>.</p></div></content></entry></feed>"


def tables():
    for mark in (b"-", b"c"):
        yield mark + b'title,text,date\n"A","B ""c""\nd",4/3/2018\n'
        yield mark + b"title\ttext\nA\tB\n"
        yield mark + b"sep=;\rTitel;Text\rA;B\r"
        yield mark + b"id;headline;date;body\r\n1;x;05/11/2017;T.\r\n"


def exports():
    yield b"Envoy Leaves\nHarbor Times\nMarch 4, 2018\nBody\nThe envoy left the capital.\nLoad-Date: x\nEnd of Document\n"
    yield b"Envoy leaves\nBy A B\n20 words\n2 January 2019\nHarbor\nThe envoy left the capital.\nDocument HARB000020190102ef1200001\n"
    yield b"SE   F\nHD   Envoy leaves\nBY   By A B\nWC   20 words\nPD   4 March 2018\nSN   Harbor\nLP   \nThe envoy left the capital.\nTD   \nHe did.\nCO   x\nAN   Document HARB000020190102ef1200001\n"
    yield b"Document 1 of 2\n\nEnvoy leaves\n\nAuthor: Ruiz, Ana\nPublication title: Harbor\nPublication date: Mar 4, 2018\n\nFull text: The envoy left.\n\nProQuest document ID: 123456789\n____________________________________________________________\n"


def pages():
    yield PAGE
    yield b"<p>The envoy left on 4 March 2018.</p>"
    body = [{"type": "paragraph", "content": [{"type": "text", "text": SENTENCE}, {"type": "link", "content": [{"text": " He left."}]}]} for _ in range(5)]
    data = json.dumps({"props": {"article": {"headline": "Envoy leaves the port", "publishedAt": "2018-03-04T09:15:00Z", "content": body}}})
    shell = "<html><head><title>Envoy leaves the port</title></head><body><p>Wait.</p>%s</body></html>"
    yield (shell % ("<script id=__NEXT_DATA__ type='application/json'>%s</script>" % data)).encode()
    yield (shell % ("<script>var a=1;window.__X__ = JSON.parse(%s);</script>" % json.dumps(data))).encode()
    yield (shell % ("<script>window.__Y__='%s'</script>" % data.replace("'", "\\'").replace("e", "\\x65", 3))).encode()
    entry = "<div class=entry><time datetime=2018-03-04T10:0%d:00Z>10:0%d</time><h3>News</h3><p>" + SENTENCE + "</p></div>"
    yield (shell % ("<main><h1>Envoy leaves the port</h1>%s</main>" % "".join(entry % (i, i) for i in range(8)))).encode()
    live = {"@type": "LiveBlogPosting", "headline": "Envoy leaves the port", "liveBlogUpdate": [{"headline": "A", "articleBody": "<p>%s</p>" % SENTENCE}] * 5}
    yield (shell % ("<script type='application/ld+json'>%s</script>" % json.dumps(live))).encode()


def single_files():
    head = b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://h.example/a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"x9\"\r\n\r\n"
    part = b"--x9\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: %s\r\n\r\n%s\r\n--x9--\r\n"
    yield head + part % (b"quoted-printable", b"<p>The envoy=\r\n left caf=C3=A9.</p>")
    yield head + part % (b"base64", base64.b64encode(PAGE))
    yield head.replace(b'"', b"") + part % (b"8bit", PAGE)


SEEDS = {"fuzz_html": pages, "fuzz_mhtml": single_files, "fuzz_warc": warc, "fuzz_archive": archives, "fuzz_text": texts, "fuzz_feed": feeds, "fuzz_table": tables, "fuzz_export": exports,
         "fuzz_json": lambda: [b'{"text":"One.","byline":["A","B"],"published":"2018-03-04"}\n{"html":"<p>Two.</p>"}\n', b'[{"text":"One."},{"text":"Two."}]', b'{\n"text":"a",\n"x":{"y":[1,2]}\n}',
                              b'{"status":"ok","response":{"results":[{"text":"One."},{"text":"Two.","score":NaN}]}}', b'{"text":"half \\ud83d, \\u0000 and \x01 \\\' it"}\n'],
         "fuzz_ledger": coded, "fuzz_conllu": conllu, "fuzz_rows": rows, "fuzz_lexicon": lexicon, "fuzz_model": models}
os.makedirs(sys.argv[2], exist_ok=True)
for number, data in enumerate(SEEDS[sys.argv[1]]()):
    with open(os.path.join(sys.argv[2], "seed-%d" % number), "wb") as f:
        f.write(data)
