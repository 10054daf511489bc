#!/usr/bin/env python3
"""Odd inputs through `rapporteur extract`, each made here: what comes out against what should. usage: tests/odd.py PROGRAM

case(name, file name, bytes, documents, told): documents: a list of what each must have ("text": how it is, with blanks run together; "text~": a list of what
stands in it; "text!": what does not; "text=": the number of words); told: a word that must stand in what is said on stderr, "" for nothing said.
"""
import gzip, io, json, os, random, re, subprocess, sys, tarfile, tempfile, zipfile

PROGRAM = sys.argv[1]
passed = failed = 0
random.seed(5)
SAID = """The ferry with the delegation reached the northern harbour shortly before noon.
Officials would not say whether the two ministers had shaken hands.
A spokesman for the harbour master said traffic had been stopped for an hour.
The prime minister told parliament that no ultimatum had been received.
Troops left the bridge after the talks had begun.
Protesters gathered in front of the embassy and sang.
The foreign ministry summoned the ambassador for the second time this week.
Fuel convoys were allowed through the pass, the army said.
Two drivers were wounded when a mine exploded near the checkpoint.
The envoy thanked the king for his patience.""".split("\n")


def case(name, file, data, documents, told=None):
    global passed, failed
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, file)
        open(path, "wb").write(data.encode() if isinstance(data, str) else data)
        ran = subprocess.run([PROGRAM, "extract", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    faults = []
    try:
        got = [json.loads(line) for line in ran.stdout.decode("utf-8").split("\n") if line]
    except ValueError as e:
        got, faults = [], ["not UTF-8 JSON: %s" % e]
    got = [d for d in got if d.get("type") == "document"]
    if ran.returncode < 0: faults.append("died of signal %d" % -ran.returncode)
    if len(got) != len(documents): faults.append("%d documents instead of %d" % (len(got), len(documents)))
    for n, (d, wanted) in enumerate(zip(got, documents)):
        text = " ".join((d.get("text") or "").split())
        for key, value in wanted.items():
            if key == "text": ok = text == value
            elif key == "text~": ok = all(" ".join(v.split()) in text for v in value)
            elif key == "text!": ok = not any(v in text for v in value)
            elif key == "text=": ok = len(text.split()) == value
            else: ok = d.get(key) == value
            if not ok: faults.append("%d: %s is %r instead of %r" % (n + 1, key.rstrip("~!="), text[:300] if key.startswith("text") else d.get(key), value))
    said = ran.stderr.decode("utf-8", "replace")
    if told and not re.search(told, said): faults.append("%r was not told, but %r" % (told, said[-200:]))
    if told == "" and said.strip(): faults.append("told: %r" % said[-200:])
    if faults: failed += 1; print("%s: %s" % (name, "; ".join(faults)))
    else: passed += 1


def paragraphs(n): return [" ".join(random.sample(SAID, 1 + i % 3)) for i in range(n)]


NAVIGATION = "<nav><ul>%s</ul></nav>" % "".join("<li><a href='/%s'>%s</a></li>" % (w, w) for w in "World Politics Business Sport Culture Weather Opinion Travel".split())
RELATED = "<aside class='related'><h3>Related stories</h3><ul>%s</ul></aside>" % "".join("<li><a href='/r%d'>%s</a></li>" % (i, s) for i, s in enumerate("Rain in the hills|Ferry to sail again|Museum finds a ship|Bread dearer|Cup won by the sea|A bridge too old".split("|")))
FOOT = "<footer><p>© 2019 The Harbor Echo. All rights reserved.</p><ul><li><a href='/a'>About us</a></li></ul></footer>"


def page(head, core): return "<!DOCTYPE html><html lang=en><head><meta charset=utf-8>%s</head><body>%s%s%s%s</body></html>" % (head, NAVIGATION, core, RELATED, FOOT)


# ---- live blogs ----

live_head = "<title>Border talks: live updates | The Harbor Echo</title>"
entries = [("%02d:%02d" % (18 - i // 2, i * 17 % 60), ["Delegation arrives", "No handshake seen", "Convoys move", "Ambassador summoned"][i % 4], paragraphs(1 + i % 2)) for i in range(14)]
wanted = [p for e in entries for p in e[2]]
updates = {"@context": "https://schema.org", "@type": "LiveBlogPosting", "headline": "Border talks: live updates", "datePublished": "2019-03-04T08:00:00+01:00",
           "liveBlogUpdate": [{"@type": "BlogPosting", "headline": h, "datePublished": "2019-03-04T%s:00+01:00" % t, "articleBody": " ".join(p)} for t, h, p in entries]}
stated = live_head + "<script type='application/ld+json'>%s</script>" % json.dumps(updates)
blog = {"title": "Border talks: live updates", "text~": wanted, "text!": ["All rights reserved", "Related stories", "16:51", "15:08"]}
case("live blog, stated and shown", "a.html", page(stated, "<h1>Border talks: live updates</h1><div class='lb'>" + "".join("<div class='lb-e'><time datetime='2019-03-04T%s:00+01:00'>%s</time><h3>%s</h3>%s</div>"
     % (t, t, h, "".join("<p>%s</p>" % x for x in p)) for t, h, p in entries) + "</div>"), [dict(blog, published="2019-03-04T08:00:00+01:00")], "")
case("live blog, shown only", "a.html", page(live_head, "<h1>Border talks: live updates</h1><p class='intro'>%s</p><div class='live-blog-list'>" % SAID[0] + "".join(
     "<article class='live-entry'><header><time>%s</time></header><h2>%s</h2>%s</article>" % (t, h, "".join("<p>%s</p>" % x for x in p)) for t, h, p in entries) + "</div>"), [blog], "")
case("live blog, a list with clocks", "a.html", page(live_head, "<main><h1>Border talks: live updates</h1><ul class='timeline'>" + "".join(
     "<li><span class='time'>%s</span> <div class='text'>%s</div></li>" % (t, p[0]) for t, h, p in entries) + "</ul></main>"), [dict(blog, **{"text~": [e[2][0] for e in entries]})], "")
case("live blog, stated only", "a.html", page(stated, "<h1>Border talks: live updates</h1><div id=root>Loading…</div>"), [blog], "")
case("no live blog: readers' comments", "a.html", page("<title>Envoy leaves</title>", "<main><h1>Envoy leaves for border talks</h1>%s</main><div id='comments'>%s</div>" % (
     "".join("<p>%s</p>" % s for s in (SAID[0] + " " + SAID[1], SAID[2] + " " + SAID[3], SAID[4] + " " + SAID[5])), "".join("<div class='reply'><time>10:0%d</time><p>I have seen it all before, number %d, and it will end badly.</p></div>" % (i, i) for i in range(8)))),
     [{"text~": SAID[:6], "text!": ["I have seen it all before"]}], "")

# ---- articles in scripts ----

head = "<title>Envoy leaves for border talks | The Harbor Echo</title><meta property='og:title' content='Envoy leaves for border talks'>"
told = paragraphs(9)
more = [{"id": i, "headline": s, "url": "/x", "body": " ".join(SAID)} for i, s in enumerate(SAID[:5])]
story = {"title": "Envoy leaves for border talks", "text": " ".join(told), "published": "2019-03-04T09:15:00Z"}
rich = {"props": {"pageProps": {"menu": [{"title": "World", "url": "/w"}], "article": {"headline": "Envoy leaves for border talks", "firstPublishedAt": "2019-03-04T09:15:00Z", "content": [
    {"type": "paragraph", "content": [{"type": "text", "text": p[:20]}, {"type": "link", "content": [{"type": "text", "text": p[20:30]}]}, {"type": "text", "text": p[30:]}]} for p in told]}, "related": more}}}
rendered = {"props": {"post": {"title": {"rendered": "Envoy leaves for border talks"}, "date": "2019-03-04T09:15:00Z", "content": {"rendered": "".join("<p>%s</p>\n" % p for p in told)}}, "latest": more}}
elements = {"content": {"headlines": {"basic": "Envoy leaves for border talks"}, "display_date": "2019-03-04T09:15:00Z", "related_content": more,
                        "content_elements": [{"type": "text", "content": p} for p in told] + [{"type": "image", "caption": "The envoy on the stairs of the palace.", "url": "x"}]}}
blocks = {"data": {"content": {"model": {"blocks": [{"type": "headline", "model": {"text": "Envoy leaves for border talks"}}] + [
    {"type": "text", "model": {"blocks": [{"type": "paragraph", "model": {"text": p, "blocks": [{"type": "fragment", "model": {"text": p}}]}}]}} for p in told]}}}}
case("Next.js, rich text", "a.html", page(head, "<div id=__next></div><script id='__NEXT_DATA__' type='application/json'>%s</script>" % json.dumps(rich)), [story], "")
case("Next.js, rendered HTML", "a.html", page(head, "<div id=__next></div><script id='__NEXT_DATA__' type='application/json'>%s</script>" % json.dumps(rendered)), [story], "")
case("state assigned", "a.html", page(head, "<div id=root></div><script>window.F=window.F||{};var a='';window.__PRELOADED_STATE__ = %s;window.x=1;</script>" % json.dumps(elements)), [story], "")
case("state parsed from a string", "a.html", page(head, "<div id=root></div><script>window.__INITIAL_STATE__ = JSON.parse(%s);</script>" % json.dumps(json.dumps(rich))), [story], "")
case("state parsed, single quotes", "a.html", page(head, "<div id=root></div><script>window.__INITIAL_STATE__ = JSON.parse('%s');</script>" % json.dumps(rich).replace("\\", "\\\\").replace("'", "\\'").replace("e", "\\x65", 40)), [story], "")
case("state in a string, blocks", "a.html", page(head, "<div id=root></div><script>window.__INITIAL_DATA__=%s;</script>" % json.dumps(json.dumps(blocks))), [dict(story, published=None)], "")
case("JSON-LD with HTML in it", "a.html", page(head + "<script type='application/ld+json'>%s</script>" % json.dumps({"@type": "NewsArticle", "headline": "Envoy leaves for border talks", "datePublished":
     "2019-03-04T09:15:00Z", "articleBody": "".join("<p>%s It said &quot;no&quot;.</p>" % p for p in told)}), "<div id=root></div>"), [dict(story, text=" ".join(p + ' It said "no".' for p in told))], "")
case("another article's data", "a.html", page("<title>Harbour opens</title>", "<main><h1>Harbour opens after storm</h1><p>%s</p></main><script type='application/json'>%s</script>" % (SAID[0], json.dumps(rich))),
     [{"text!": told[1:3]}], "")
case("data nested without end", "a.html", page(head, "<p>%s</p><script type='application/json'>%s</script>" % (SAID[0], '{"body":' * 3000 + '"x"' + "}" * 3000)), [{"text~": SAID[:1]}])
case("data cut off", "a.html", page(head, "<p>%s</p><script>window.x = %s" % (SAID[0], json.dumps(rich)[:900])), [{"text~": SAID[:1]}])

# ---- charsets ----

prose = "<p>%s</p><p>%s</p><p>%s</p>" % ("The envoy’s visit to the café “Élan” lasted an hour, and nobody paid.", SAID[0], SAID[3])
cafe = ["The envoy’s visit to the café “Élan” lasted an hour"]
whole = "<html><head>%s<title>Envoy leaves for talks</title></head><body><h1>Envoy leaves for talks</h1>" + prose + "</body></html>"
case("called latin-1, is windows-1252", "a.html", (whole % "<meta charset=iso-8859-1>").encode("cp1252"), [{"text~": cafe}])
case("called latin-1, is UTF-8", "a.html", (whole % "<meta http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>").encode(), [{"text~": cafe}])
case("called UTF-8, is windows-1252", "a.html", (whole % "<meta charset=utf-8>").encode("cp1252"), [{"text~": cafe}])
case("a charset that is none", "a.html", (whole % "<meta charset='utf8mb4'>").encode(), [{"text~": cafe}])
case("charset with quotes astray", "a.html", (whole % "<meta content=\"text/html; charset='windows-1252'\" http-equiv=content-type>").encode("cp1252"), [{"text~": cafe}])
case("called unicode, is UTF-16", "a.html", b"\xff\xfe" + (whole % "<meta charset=unicode>").encode("utf-16-le"), [{"text~": cafe}])
case("UTF-16 without a mark", "a.txt", "The envoy left the capital. Nobody saw him go, and nobody asked why.\n".encode("utf-16-le"), [{"text": "The envoy left the capital. Nobody saw him go, and nobody asked why."}])
case("NUL bytes between", "a.txt", b"The envoy left\0 the capital.\n\n" + SAID[0].encode() * 8 + b"\0\0\n", [{"text~": ["the capital."]}])

# ---- WARC ----


def warc(records, end="\r\n", version="WARC/1.0"):
    out = b""
    for kind, url, payload in records:
        head = end.join([version, "WARC-Type: " + kind, "WARC-Target-URI: " + url, "Content-Length: %d" % len(payload)]) + end + end
        out += head.encode() + payload + (end + end).encode()
    return out


answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
one = (whole % "<meta charset=utf-8>").encode()
case("WARC with bare line feeds", "a.warc", warc([("response", "http://h.example/1", answer + one), ("response", "http://h.example/2", answer + one)], "\n"), [{"url": "http://h.example/1", "text~": cafe}, {"url": "http://h.example/2"}])
case("HTTP head with bare line feeds", "a.warc", warc([("response", "http://h.example/1", answer.replace(b"\r", b"") + one)]), [{"text~": cafe}], "")
case("WARC 0.18", "a.warc", warc([("response", "http://h.example/1", answer + one)], version="WARC/0.18"), [{"text~": cafe}], "")
case("address in angle brackets", "a.warc", warc([("response", "<http://h.example/1>", answer + one)]), [{"url": "http://h.example/1"}], "")
case("HTTP/2 without a reason", "a.warc", warc([("response", "http://h.example/1", b"HTTP/2 200\r\ncontent-type: text/html; charset=UTF-8\r\n\r\n" + one)]), [{"text~": cafe}], "")
case("WARC packed as one gzip", "a.warc.gz", gzip.compress(warc([("response", "http://h.example/%d" % i, answer + one) for i in range(3)])), [{}, {}, {}], "")
case("blank lines between records", "a.warc", warc([("response", "http://h.example/1", answer + one)]) + b"\r\n\r\n\r\n" + warc([("response", "http://h.example/2", answer + one)]), [{}, {}], "")
case("XHTML", "a.warc", warc([("response", "http://h.example/1", b"HTTP/1.1 200 OK\r\nContent-Type: application/xhtml+xml\r\n\r\n<?xml version='1.0' encoding='UTF-8'?>" + one)]), [{"text~": cafe}], "")

# ---- feeds ----

case("feed with HTML in CDATA", "a.xml", "<?xml version='1.0'?><rss version='2.0'><channel><title>Harbor Times</title><item><title><![CDATA[Ministers &amp; envoys meet]]></title><link>http://h.example/a</link>"
     "<pubDate>Mon, 4 Mar 2019 09:15:00 GMT</pubDate><description><![CDATA[<p>%s</p><p>%s</p><img src='x'><script>var a = 1;</script>]]></description></item></channel></rss>" % (SAID[0], SAID[1]),
     [{"title": "Ministers & envoys meet", "text": SAID[0] + " " + SAID[1], "published": "2019-03-04T09:15:00Z"}], "")
case("feed with HTML written as entities", "a.xml", "<rss version='2.0'><channel><title>Harbor Times</title><item><title>Envoys meet</title><description>&lt;p&gt;%s&lt;/p&gt;&lt;p&gt;He said &amp;quot;no&amp;quot;.&lt;/p&gt;</description></item></channel></rss>" % SAID[0],
     [{"text": SAID[0] + ' He said "no".'}], "")
case("feed behind blank lines and a mark", "a.xml", b"\xef\xbb\xbf\n\n <?xml version='1.0' encoding='utf-8'?>\n<rss><channel><item><title>Envoys meet</title><description>They met.</description></item></channel></rss>", [{"text": "They met."}])
case("feed with HTML entities that XML does not know", "a.xml", "<rss><channel><item><title>Caf&eacute; closed</title><description>It was&nbsp;closed &mdash; for good.</description></item></channel></rss>", [{"title": "Café closed"}])
case("feed, a lone ampersand", "a.xml", "<rss><channel><item><title>Bread & water</title><description>They met.</description></item><item><title>Two</title><description>They met again.</description></item></channel></rss>", [{"title": "Bread & water"}, {"title": "Two"}])
case("RSS 1.0", "a.rdf", "<?xml version='1.0'?><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel rdf:about='x'><title>Harbor</title></channel>"
     "<item rdf:about='http://h.example/1'><title>Envoys meet</title><link>http://h.example/1</link><dc:date>2019-03-04T09:15:00+01:00</dc:date><description>They met.</description></item></rdf:RDF>",
     [{"title": "Envoys meet", "published": "2019-03-04T09:15:00+01:00", "url": "http://h.example/1"}], "")
case("Atom with XHTML content", "a.xml", "<feed xmlns='http://www.w3.org/2005/Atom'><title>Harbor</title><entry><title type='html'>Envoys &amp;amp; ministers</title><link href='http://h.example/1'/><published>2019-03-04T09:15:00Z</published>"
     "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>They met.</p><p>They <b>left</b>.</p></div></content></entry></feed>", [{"title": "Envoys & ministers", "text": "They met. They left."}], "")

# ---- JSON Lines, CSV ----

case("JSON Lines with a mark, CR LF and blank lines", "a.jsonl", "\ufeff{\"text\":\"One.\",\"title\":\"A\"}\r\n\r\n{\"text\":\"Two.\",\"title\":\"B\"}\r\n", [{"text": "One."}, {"text": "Two."}], "")
case("JSON Lines with other names", "a.jsonl", json.dumps({"headline": "Envoy leaves", "body": "He left.", "source": "Harbor Times", "pub_date": "2019-03-04", "link": "http://h.example/1"}), [{"title": "Envoy leaves", "text": "He left.", "outlet": "Harbor Times", "published": "2019-03-04", "url": "http://h.example/1"}], "")
case("JSON with halves of pairs and controls", "a.jsonl", '{"text":"Left \\ud83d half.\\u0000 And \\u001b[31mred\\u001b[0m."}\n{"text":"Two."}', [{}, {"text": "Two."}])
case("one JSON object with a list of articles", "a.json", json.dumps({"status": "ok", "articles": [{"title": "A", "content": "One."}, {"title": "B", "content": "Two."}]}), [{"title": "A", "text": "One."}, {"title": "B", "text": "Two."}])
case("CSV with quotes of all kinds", "a.csv", 'id,title,date,text\r\n1,"A ""quoted"" title",2019-03-04,"Lines\r\nin, a cell."\r\n2,An inch is 1" long,2019-03-05,Text.\r\n3,"","2019-03-06","Only text."\r\n',
     [{"title": 'A "quoted" title', "text": "Lines in, a cell."}, {"title": 'An inch is 1" long', "text": "Text."}, {"text": "Only text."}])
case("CSV with semicolons, sep line and mark", "a.csv", "\ufeffsep=;\r\nTitel;Datum;Text\r\nGesandter reist ab;04.03.2019;Er ist abgereist.\r\n", [{"title": "Gesandter reist ab", "published": "2019-03-04", "text": "Er ist abgereist."}])
case("CSV with pipes", "a.csv", "title|published|body\nA|2019-03-04|One.\nB|2019-03-05|Two.\n", [{"title": "A"}, {"title": "B", "text": "Two."}])
case("TSV with backslashes", "a.tsv", "title\ttext\nA\tOne\\tand \\n two.\n", [{"title": "A"}])
case("CSV by a Mac", "a.csv", "title,text\rA,One.\rB,Two.\r", [{"title": "A"}, {"title": "B"}])

# ---- archives ----


def tar(members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as t:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
    return out.getvalue()


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in members: z.writestr(name, data)
    return out.getvalue()


case("tar in gzip in ZIP", "a.zip", zipped([("x/y.tar.gz", gzip.compress(tar([("1.txt", b"One left.\n"), ("d/2.html", one)])))]), [{"text": "One left."}, {"text~": cafe}], "")
case("ZIP with empty members and folders", "a.zip", zipped([("d/", b""), ("d/0.txt", b""), ("d/1.txt", b"One left.\n"), ("d/.DS_Store", b"\0\1")]), [{"text": "One left."}], "empty")
case("ZIP in ZIP in ZIP", "a.zip", zipped([("b.zip", zipped([("c.zip", zipped([("1.txt", b"One left.\n")]))]))]), [{"text": "One left."}], "")
case("gzip behind gzip", "a.txt.gz", gzip.compress(b"One left.\n") + gzip.compress(b"Two left.\n"), [{"text": "One left. Two left."}], "")
case("gzip named .txt", "a.txt", gzip.compress(b"One left.\n"), [{"text": "One left."}], "")
case("an empty file", "a.txt", b"", [], "empty")
case("blanks only", "a.txt", b" \n\t\r\n", [], ".")
case("a picture", "a.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, [], ".")
case("ZIP with a picture and a text", "a.zip", zipped([("p.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8), ("1.txt", b"One left.\n")]), [{"text": "One left."}], "p.jpg")

# ---- a page saved as a single file ----

saved = "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://h.example/2019/03/04/envoy\r\nSubject: Envoy leaves\r\nDate: Tue, 5 May 2020 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----Part--x9\"\r\n\r\n\r\n"
parts = "------Part--x9\r\nContent-Type: %s\r\nContent-ID: <f@mhtml.blink>\r\nContent-Transfer-Encoding: %s\r\nContent-Location: http://h.example/2019/03/04/envoy\r\n\r\n%s\r\n------Part--x9\r\nContent-Type: text/css\r\n\r\np { color: red }\r\n------Part--x9--\r\n"
import quopri, base64
case("MHTML", "a.mhtml", saved + parts % ("text/html", "quoted-printable", quopri.encodestring(one).decode().replace("\n", "\r\n")), [{"url": "http://h.example/2019/03/04/envoy", "title": "Envoy leaves for talks", "text~": cafe, "published": "2019-03-04"}], "")
case("MHTML in base64, windows-1252", "a.mht", saved.replace("\r\n", "\n") + (parts % ('text/html; charset="windows-1252"', "base64", base64.encodebytes((whole % "").encode("cp1252")).decode())).replace("\r\n", "\n"), [{"text~": cafe}], "")
case("MHTML without a page", "a.mht", saved + parts % ("image/png", "base64", "iVBOR"), [], "without a part in HTML")
case("text by a Mac", "a.txt", "Title: Envoy leaves\rOutlet: Harbor\r\r%s\r\r%s\r" % (SAID[0], SAID[1]), [{"title": "Envoy leaves", "text": SAID[0] + " " + SAID[1]}], "")

# ---- exports of news data bases ----

said = " ".join(SAID[:4]), " ".join(SAID[4:7]), " ".join(SAID[7:])
leaves = {"title": "Envoy leaves capital", "outlet": "The Harbor Times", "published": "2018-03-04", "byline": ["Ana Ruiz"], "text": " ".join(said)}
nexis = "Envoy leaves capital\nThe Harbor Times\nMarch 4, 2018 Sunday\n\nCopyright 2018 Harbor Times Company All Rights Reserved\n\nSection: FOREIGN; Pg. 4\nLength: 120 words\nByline: Ana Ruiz\nDateline: PORT CITY\nHighlight: A short visit ends.\n\n%s\n\n%s\n\n%s\n\n%s"
case("Nexis Uni", "a.txt", ("\ufeff" + (nexis % ("Body", *said) + "\n\nLoad-Date: March 5, 2018\n\n\nEnd of Document\n\n") * 2).replace("\n", "\r\n"), [leaves, leaves])
case("Nexis Uni, no word for the body", "a.txt", nexis % ("", *said) + "\n\nLoad-Date: March 5, 2018\n\nEnd of Document\n", [leaves])
case("Nexis Uni, indexed", "a.txt", nexis % ("Body", *said) + "\n\nGraphic\n\nThe envoy on the stairs.\n\nClassification\n\nLanguage: ENGLISH\n\nPublication-Type: Newspaper\n\nSubject: FOREIGN RELATIONS (90%)\n\nLoad-Date: March 5, 2018\n\nEnd of Document\n", [leaves])
case("LexisNexis", "a.txt", "                               1 of 2 DOCUMENTS\n\n                             The Harbor Times\n\n                             March 4, 2018 Sunday\n\nEnvoy leaves capital\n\nBYLINE: Ana Ruiz\n\nSECTION: FOREIGN; Pg. 4\n\nLENGTH: 120 words\n\nDATELINE: PORT CITY\n\nBODY:\n\n\n  "
     + "\n\n  ".join(p.replace(" the ", "\nthe ") for p in said) + "\n\nLOAD-DATE: March 5, 2018\n\nLANGUAGE: ENGLISH\n\n                  Copyright 2018 Harbor Times Company\n                         All Rights Reserved\n", [leaves])
case("Factiva", "a.txt", "Foreign Desk\nEnvoy leaves capital\n\nBy Ana Ruiz\n120 words\n4 March 2018\n10:30\nThe Harbor Times\nHARB\nEnglish\n(c) 2018 Harbor Times Company\n\n%s\n\n%s\n\n%s\n\nHarbor Times Company\n\nDocument HARB000020180304ee3400abc\n" % said, [dict(leaves, text=None) if 0 else {"title": "Envoy leaves capital", "outlet": "The Harbor Times", "byline": ["Ana Ruiz"], "text~": said}])
case("Factiva with codes", "a.txt", "SE   Foreign Desk\nHD   Envoy leaves capital\n\nBY   By Ana Ruiz\nWC   120 words\nPD   4 March 2018\nET   10:30\nSN   The Harbor Times\nSC   HARB\nLA   English\nCY   (c) 2018 Harbor Times Company\n\nLP   \n%s\n\nTD   \n%s\n\n%s\n\nCO   harb : Harbor Times\nNS   gdip : Diplomacy\nRE   kor : Korea\nPUB  Harbor Times Company\nAN   Document HARB000020180304ee3400abc\n" % said,
     [{"title": "Envoy leaves capital", "outlet": "The Harbor Times", "byline": ["Ana Ruiz"], "text": " ".join(said)}])
case("ProQuest", "a.txt", ("____________________________________________________________\n\nDocument 1 of 1\n\nEnvoy leaves capital\n\nAuthor: Ruiz, Ana\n\nPublication info: The Harbor Times ; Port City [Port City]. 04 Mar 2018: A.4.\n\nAbstract: A short visit ends.\n\nLinks: http://h.example/x\n\nFull text: %s\n\n%s\n\n%s\n\n"
     "Title: Envoy leaves capital\n\nPublication title: The Harbor Times\n\nFirst page: A.4\n\nPublication date: Mar 4, 2018\n\nProQuest document ID: 200\n\nLast updated: 2018-03-05\n\n____________________________________________________________\n") % said, [{"title": "Envoy leaves capital", "outlet": "The Harbor Times", "published": "2018-03-04", "text": " ".join(said)}])

# ---- dates in languages, names of fields ----

for language, line, day in (("French", "Publié le 4 mars 2019 à 09h15", "2019-03-04"), ("German", "Veröffentlicht am 4. März 2019, 09:15 Uhr", "2019-03-04"), ("Spanish", "Publicado el 4 de marzo de 2019 a las 09:15", "2019-03-04"),
                            ("Russian", "Опубликовано 4 марта 2019, 09:15", "2019-03-04"), ("Japanese", "公開日:2019年3月4日 9時15分", "2019-03-04"), ("Korean", "입력 2019년 3월 4일 오전 9시 15분", "2019-03-04"),
                            ("Portuguese", "Publicado em 4 de março de 2019, 09h15", "2019-03-04"), ("Turkish", "Yayınlanma: 4 Mart 2019 09:15", "2019-03-04"), ("Arabic", "نشر في 4 مارس 2019", "2019-03-04"),
                            ("Italian", "Pubblicato il 4 marzo 2019 alle 09:15", "2019-03-04"), ("Chinese", "发布时间:2019年3月4日09:15", "2019-03-04"), ("Polish", "Opublikowano 4 marca 2019, 09:15", "2019-03-04")):
    file = "<html><head><meta charset=utf-8><title>Envoy leaves for talks</title></head><body><h1>Envoy leaves for talks</h1><div class=date>%s</div>%s</body></html>" % (line, prose)
    with_day = {"text~": cafe}
    case("date in " + language, "a.html", file, [with_day])
    ran = subprocess.run([PROGRAM, "extract", "-"], input=file.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    got = json.loads(ran.stdout or b"{}").get("published") or ""
    if got.startswith(day): passed += 1
    else: failed += 1; print("date in %s: %r instead of %s" % (language, got, day))

print("%d passed, %d failed" % (passed, failed))
sys.exit(failed > 0)
