#!/usr/bin/env bash
# A made WARC (bench/warc): every response record accounted for by `code` and `add`, in the summary by its reason; memory flat; truncated and corrupted copies lose
# only the damaged records.      PAGES=N: another number than 300; QUICK=1: 120, and fewer damages. 20,000 pages: bench/crawl.
set -u
cd "$(dirname "$0")/.." || exit 1
export RAPPORTEUR_MODELS=${RAPPORTEUR_MODELS:-$PWD/models} BUILD=${BUILD:-build}
exec python3 - "${PAGES:-300}" "${SANITIZE:-}" "${QUICK:-}" <<'PY'
import collections, json, os, random, re, resource, shutil, subprocess, sys, tempfile

pages, sanitized, quick = int(sys.argv[1]), bool(sys.argv[2]), bool(sys.argv[3])
pages = min(pages, 60 if sanitized else 120 if quick else pages)
program = os.path.abspath(os.environ["BUILD"] + "/rapporteur")
folder = tempfile.mkdtemp()
passed = failed = 0


def check(ok, what):
    global passed, failed
    if ok: passed += 1
    else:
        failed += 1
        print(what)


def run(*arguments):
    """Output lines, standard error, status, most memory in MB."""
    with open(folder + "/out", "wb") as out, open(folder + "/err", "wb") as err:
        child = subprocess.Popen([program, *arguments], stdout=out, stderr=err)
        _, status, used = os.wait4(child.pid, 0)
    return open(folder + "/out", encoding="utf-8").read().split("\n"), open(folder + "/err", encoding="utf-8", errors="replace").read(), os.waitstatus_to_exitcode(status), used.ru_maxrss / 1024


def records(lines):
    """Everything written of each document, under its address."""
    out, url = {}, None
    for line in lines:
        if not line: continue
        if line.startswith('{"type":"document"'): url = json.loads(line)["url"]
        out[url] = out.get(url, "") + line
    return out


def summary(err):
    return sum(int(n) for part in re.findall(r"^  not read: (.*)$", err, re.M) for n in re.findall(r" (\d+)(?:;|$)", part))


def account(truth, err, got, what):
    named = {url for url in re.findall(r"record \d+: (https?://\S+?): ", err)}
    expected = {t["url"] for t in truth if t["kind"] in ("page", "foreign")}
    check(set(got) == expected, "%s: %d pages read of %d, %d that were none" % (what, len(set(got) & expected), len(expected), len(set(got) - expected)))
    others = {t["url"] for t in truth} - expected
    check(named == others, "%s: %d records named as skipped, of %d that are no page" % (what, len(named & others), len(others)))
    check(summary(err) == len(others), "%s: the summary counts %d of %d" % (what, summary(err), len(others)))


for form in ("packed", "plain"):
    crawl = "%s/%s.warc%s" % (folder, form, ".gz" if form == "packed" else "")
    subprocess.run(["bench/warc", str(pages), crawl, "--short"] + (["--plain"] if form == "plain" else []), check=True)
    truth = [json.loads(line) for line in open(crawl + ".truth")]
    lines, err, status, memory = run("code", crawl)
    whole = records(lines)
    check(status == 1, "%s: status %d" % (form, status))
    account(truth, err, whole, form)
    check(sanitized or memory < 200, "%s: %.0f MB" % (form, memory))
    foreign = collections.Counter(t["language"] for t in truth if t["kind"] == "foreign")
    told = dict(re.findall(r"(\w\w) (\d+)", "".join(re.findall(r"passed on without statements: (.*)", err))))
    check({k: int(v) for k, v in told.items()} == dict(foreign), "%s: languages %s, made %s" % (form, told, dict(foreign)))
    if form == "packed":
        ledger = folder + "/ledger"
        lines, err, status, memory = run("add", "-d", ledger, crawl)
        held, _, _, _ = run("ask", "-d", ledger, "documents", "--json", "--limit", "-1")
        account(truth, err, {json.loads(line)["url"]: 1 for line in held if line}, "add")
        check(sanitized or memory < 300, "add: %.0f MB" % memory)

    # Cut off at any byte: what ends before the cut is read as before, and the record that is cut is named.
    data = open(crawl, "rb").read()
    random.seed(7)
    for cut in [truth[len(truth) // 2]["end"], truth[len(truth) // 3]["start"] + 40] + [random.randrange(len(data)) for _ in range(1 if quick else 4)]:
        open(folder + "/cut.warc", "wb").write(data[:cut])
        lines, err, status, _ = run("code", folder + "/cut.warc")
        got = records(lines)
        before = {t["url"] for t in truth if t["end"] <= cut and t["url"] in whole}
        check(got == {url: whole[url] for url in before}, "%s cut at %d: %d of %d records" % (form, cut, len(got), len(before)))
        check(status == (1 if summary(err) else 0), "%s cut at %d: status %d" % (form, cut, status))

    # Bytes overwritten, within a record, over the border of two, in the head: the others come out as before.
    for trial in range(2 if quick else 8):
        bad = bytearray(data)
        damage = []
        for _ in range(4):
            one = random.choice(truth)
            at = random.choice((one["start"] + random.randrange(20, 200), one["end"] - random.randrange(1, 60), random.randrange(one["start"], one["end"])))
            size = random.choice((1, 16, 300))
            bad[at:at + size] = bytes(random.choice(b"0123456789abc \n\0\xff") for _ in range(size))
            damage.append((at, at + size))
        bad = bad[:len(data)]
        open(folder + "/bad.warc", "wb").write(bad)
        lines, err, status, _ = run("code", folder + "/bad.warc")
        got = records(lines)
        # A blank line that is damaged behind a record belongs to it; a record between two responses (a request, say) to neither.
        touched = {t["url"] for t in truth if any(a < t["end"] and b > t["start"] for a, b in damage)}
        lost = [url for url in whole if url not in touched and got.get(url) != whole[url]]
        check(not lost, "%s damaged at %s: %d records that were not touched are lost or changed, as %s" % (form, damage, len(lost), lost[:2]))
        if form == "packed": check(all(got.get(url, whole[url]) == whole[url] for url in touched if url in whole), "%s damaged at %s: a damaged record came out as if it were whole" % (form, damage))

shutil.rmtree(folder)
print("%d passed, %d failed" % (passed, failed))
sys.exit(failed > 0)
PY
