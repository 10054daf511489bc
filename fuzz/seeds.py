#!/usr/bin/env python3
"""Seeds for the fuzz targets, one of each kind of input, in our own words. usage: fuzz/seeds.py FOLDER"""
import gzip, io, os, sys, tarfile, zipfile

page = (b"<html lang=en><head><title>Envoy leaves | Harbor</title><meta property='article:published_time' content='2018-03-04T09:15:00+09:00'>"
        b"<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"author\":{\"name\":\"A\"}}</script></head><body><nav><a href=/>Home</a></nav>"
        b"<article><h1>Envoy leaves</h1><figure><figcaption>The envoy boards</figcaption></figure><p>The envoy left on Sunday, officials said, and he would not say why.</p>"
        b"<table><tr><td>1<td>2</table></article><div id=comments><p>Well.</p></div></body></html>")


def record(kind, body):
    return b"WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: http://h.example/\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (kind, len(body), body)


def archive():
    z, t = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(z, "w", zipfile.ZIP_DEFLATED) as f:
        f.writestr("a.txt", "The envoy left.")
    with tarfile.open(fileobj=t, mode="w") as f:
        info = tarfile.TarInfo("b.html")
        info.size = len(page)
        f.addfile(info, io.BytesIO(page))
    return z.getvalue(), t.getvalue()


answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n%s\r\n%s"
warc = record(b"warcinfo", b"x: y\r\n") + record(b"response", answer % (b"", page)) + record(b"response", answer % (b"Content-Encoding: gzip\r\n", gzip.compress(page))) \
    + record(b"response", answer % (b"Transfer-Encoding: chunked\r\n", b"5\r\n<html\r\n1\r\n>\r\n0\r\n\r\n"))
zipped, tarred = archive()
seeds = {
    "text": b"The envoy left.", "head": b"Title: T\nPublished: 4 March 2018\n\nThe envoy left.", "html": page, "warc": warc, "warcgz": gzip.compress(warc), "zip": zipped, "tar": tarred,
    "saved": "Home\nEnvoy said to have left early\nPosted on : 2018-03-04 09:15 KST\nA picture of it\nA picture of it\n\nThe envoy left the capital on Sunday after three days of talks that went nowhere.\n"
             "By Ana Ruiz, Lima correspondent and Bo Li\nRelated stories\n".encode(),
    "json": b'{"text":"One.","byline":["A","B"],"published":"2018-03-04"}\n{"html":"<p>Two.</p>"}\n', "array": b'[{"text":"One."},{"text":"Two."}]',
    "csv": b'title,text,date\n"A","B ""c""\nd",4/3/2018\n', "tsv": b"title\ttext\nA\tB\n",
    "rss": b"<rss><channel><title>H</title><item><title>E</title><pubDate>Sun, 04 Mar 2018 09:15:00 +0900</pubDate><description>&lt;p&gt;Left.</description></item></channel></rss>",
    "atom": b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>E</title><link href="http://h.example"/><summary>Left.</summary></entry></feed>',
    "nexis": b"Envoy Leaves\nHarbor Times\nMarch 4, 2018\nBody\nThe envoy left the capital.\nLoad-Date: x\nEnd of Document\n",
    "factiva": b"Envoy leaves\nBy A B\n20 words\n2 January 2019\nHarbor\nThe envoy left the capital.\nDocument HARB000020190102ef1200001\n",
    "utf16": "The envoy left.".encode("utf-16"), "latin": "Le caf\xe9 \xe9tait ferm\xe9.".encode("latin-1"), "cut": "caf\xe9".encode()[:-1],
}
os.makedirs(sys.argv[1], exist_ok=True)
for name, data in seeds.items():
    for mark in (b"-", b"c"):
        open(os.path.join(sys.argv[1], name + mark.decode()), "wb").write(mark + data)
