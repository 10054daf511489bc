#!/usr/bin/env bash
# The page that started it all: a web page saved as text, of November 2017, from which analysts read that a leader had not received an envoy.
# It is not ours to ship. Where it lies beside the project (or at $RAPPORTEUR_ARTICLE) it is coded and checked; elsewhere only the samples' own
# dispatch of the same construction is.
set -u
cd "$(dirname "$0")/.." || exit 1
exec python3 - "${BUILD:-build}/rapporteur" "${RAPPORTEUR_ARTICLE:-../shared/articles/song-tao-2017-11-22.txt}" <<'PY'
import json, os, subprocess, sys

program, article = sys.argv[1:]
passed = failed = 0


def check(ok, what):
    global passed, failed
    if ok: passed += 1
    else: failed += 1; print("not so:", what)


def code(path, command="code"):
    out = subprocess.run([program, command, path], stdout=subprocess.PIPE).stdout.decode()
    return [json.loads(l) for l in out.splitlines()]


def about(a, *words): return a is not None and all(any(w in (a.get(k) or "") for k in ("name", "text")) for w in words)


def between(s, a, b):
    return (about(s["source"], a) and about(s["target"], b)) or (about(s["source"], b) and about(s["target"], a))


def voices(s): return [(v["speaker"] or {}).get("name") or (v["speaker"] or {}).get("text") or "" for v in s["attribution"]]


text = "/dev/stdin"
own = {"id": "own", "outlet": "test.example", "published": "2012-12-02T09:00:00+09:00", "title": "Leader appears to have refused to meet Mongolian envoy",
       "text": "Bat Erdene, a special envoy of Mongolia, appears not to have met with North Korean leader Kim Jong-un during his visit to Pyongyang. "
               "Neither the Rodong Sinmun nor the People's Daily mentioned a meeting with Kim. A Mongolian spokesman declined to comment."}
run = subprocess.run([program, "code", "-"], input=(json.dumps(own) + "\n").encode(), stdout=subprocess.PIPE).stdout.decode()
S = [json.loads(l) for l in run.splitlines() if '"type":"statement"' in l]
check(any(s["event"] == "CONSULT" and s["factuality"] in ("PR-", "PS-") and between(s, "Erdene", "Kim Jong-un") for s in S), "own: a hedged non-meeting")
check(not any(s["event"] == "CONSULT" and s["factuality"].endswith("+") and between(s, "Erdene", "Kim Jong-un") for s in S), "own: no meeting")
check(sum(s["attribution"] != [] and s["attribution"][-1]["stance"] == "omits" and s["event"] == "CONSULT" for s in S) == 2, "own: two papers omit")
check(any(v["stance"] == "declines" for s in S for v in s["attribution"]), "own: one declines")

if os.path.exists(article):
    S = [s for s in code(article) if s["type"] == "statement"]
    song = [s for s in S if s["event"] == "CONSULT" and between(s, "Song", "Kim Jong-un")]
    check(any(s["factuality"] in ("PR-", "PS-") and not s["attribution"] for s in song), "Song Tao and Kim Jong-un: CONSULT PR- or PS-")
    check(not any(s["factuality"].endswith("+") for s in song), "no CONSULT of the two that is positive")
    check(any(s["block"] == "title" and s["event"] == "REJECT" and s["factuality"] in ("PR+", "PS+") for s in S), "the refusal of the title is hedged")
    for paper in ("Rodong Sinmun", "People's Daily"):
        check(any(s["event"] == "CONSULT" and s["factuality"] == "Uu" and s["attribution"] and s["attribution"][-1]["stance"] == "omits" and voices(s)[-1] == paper for s in S), f"{paper} omits a meeting")
    check(any(s["attribution"] and s["attribution"][-1]["stance"] == "declines" and "Lu Kang" in voices(s)[-1] for s in S), "Lu Kang declines to comment")
    check(any(s["event"] is None and s["mode"] == "appear" and about(s["source"], "Kim Jong-un") and (s["place"] or {}).get("name") == "Tokchon" for s in S), "Kim Jong-un appears at a plant in Tokchon")
    check(any(s["event"] == "CONSULT" and s["factuality"] == "CT+" and between(s, "Liu Yunshan", "Kim Jong-il") and (s["time"]["value"] or "").startswith("2007") and s["background"] for s in S), "Liu Yunshan met Kim Jong-il in 2007")
    check(any(s["event"] == "CONSULT" and s["factuality"] == "CT+" and between(s, "Li Jianguo", "Kim Jong-un") and (s["time"]["value"] or "").startswith("2012") and s["background"] for s in S), "Li Jianguo met Kim Jong-un in 2012")
    A = code(article, "annotate")[0]
    speakers = [(q["speaker"] or {}).get("name") or (q["speaker"] or {}).get("text") or "" for q in A["quotations"]]
    for who in ("Kim Heung-gyu", "Zhao Tong", "Yang Gab-yong"): check(any(who in s for s in speakers), f"{who} is quoted")
    check(any("expert" in s for s in speakers), "the unnamed expert is quoted")
    body = [q for q in A["quotations"] if q["source"] and "Ajou University" in q["source"]["text"] and q["source"]["text"].rstrip().endswith("Kim")]
    check(body and all((q["speaker"] or {}).get("name") == "Kim Heung-gyu" for q in body), "Ajou University's Kim is Kim Heung-gyu")
    check(A["sentences"][-1]["text"].find("Most viewed") < 0 and not any("questions or comments" in s["text"] for s in A["sentences"]), "no boilerplate")
    D = json.loads(subprocess.run([program, "extract", article], stdout=subprocess.PIPE).stdout)
    check(D.get("title", "").startswith("Kim Jong-un appears") and D.get("subtitle", "").startswith("Analysts say"), "title and subtitle")
    check(D.get("published") == "2017-11-22T16:03:00+09:00" and D.get("modified") == "2019-10-19T20:29:00+09:00", "both times with their zone")
    check(len(D.get("captions") or []) == 1 and len(D.get("byline") or []) == 2, "one caption, two names in the byline")
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
PY
