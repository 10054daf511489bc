#!/usr/bin/env bash
# The manual is a test: every command in README.md and docs/ is run, and what it prints is compared.
#
# A block ```console holds lines "$ COMMAND", each followed by what it prints; "…" at the end of an expected line stands for the rest of
# it, a line that is only "…" for any number of lines. `rapporteur` is the program just built; blocks of one file share a scratch folder
# in which samples/ is at hand. Also: every command has a page, and every option of a page's OPTIONS is taken by the command.
set -u
cd "$(dirname "$0")/.." || exit 1
exec python3 - "${BUILD:-build}" <<'PY'
import glob, os, re, subprocess, sys, tempfile

build = os.path.abspath(sys.argv[1])
top = os.getcwd()
passed = failed = 0


def check(ok, what):
    global passed, failed
    if ok: passed += 1
    else:
        failed += 1
        print(what)


def fits(expected, got):
    """Do the printed lines fit the expected ones, with their ellipses?"""
    if not expected: return not got
    if expected[0] == "…": return any(fits(expected[1:], got[k:]) for k in range(len(got) + 1))
    if not got: return False
    want = expected[0].rstrip()
    same = got[0].startswith(want[:-1]) if want.endswith("…") else got[0].rstrip() == want
    return same and fits(expected[1:], got[1:])


def runs(text):
    for body in re.findall(r"```console\n(.*?)```", text, re.S):
        command, expected = None, []
        for line in body.split("\n"):
            if line.startswith("$ "):
                if command: yield command, expected
                command, expected = line[2:], []
            elif command and line.endswith("\\") is False: expected.append(line)
        if command:
            while expected and not expected[-1]: expected.pop()
            yield command, expected


env = dict(os.environ, PATH=build + ":" + os.environ["PATH"], LC_ALL="C.UTF-8")
for page in ["README.md", *sorted(glob.glob("docs/*.md")), *sorted(glob.glob("docs/man/*.md"))]:
    with tempfile.TemporaryDirectory() as scratch:
        os.symlink(os.path.join(top, "samples"), os.path.join(scratch, "samples"))
        for command, expected in runs(open(page, encoding="utf-8").read()):
            if command.startswith(("./bootstrap", "git ", "sudo ")): continue
            run = subprocess.run(["bash", "-c", command], cwd=scratch, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
            got = run.stdout.decode("utf-8", "replace").rstrip("\n").split("\n") if run.stdout.strip() else []
            while expected and not expected[-1].strip(): expected.pop()
            check(fits(expected, got), f"{page}: $ {command}\n  expected:\n    " + "\n    ".join(expected) + "\n  printed:\n    " + "\n    ".join(got[:60]))

# Examples of the man pages: those that want no file but the samples run as they stand, one after another.
others = re.compile(r"crawl|year|page\.html$|table\.csv|gold|dispatch\.txt|\| less")
for page in sorted(glob.glob("docs/man/*.md")):
    examples = re.search(r"# EXAMPLES\n(.*?)(?:\n# |\Z)", open(page, encoding="utf-8").read(), re.S)
    with tempfile.TemporaryDirectory() as scratch:
        os.symlink(os.path.join(top, "samples"), os.path.join(scratch, "samples"))
        for command in re.findall(r"^    (.*\brapporteur .*)$", examples.group(1) if examples else "", re.M):
            if others.search(command) and "report" not in command: continue
            run = subprocess.run(["bash", "-c", command], cwd=scratch, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
            check(run.returncode == 0, f"{page}: {command}\n  status {run.returncode}: " + run.stdout.decode("utf-8", "replace")[-300:])

program = os.path.join(build, "rapporteur")
overview = subprocess.run([program, "--help"], stdout=subprocess.PIPE).stdout.decode()
for name in re.findall(r"^  (\w+) ", overview, re.M):
    page = f"docs/man/rapporteur-{name}.1.md"
    if not os.environ.get("QUICK"): check(os.path.exists(page), f"{name} has no page {page}")
    if not os.path.exists(page): continue
    text = open(page, encoding="utf-8").read()
    check(all(f"# {section}" in text for section in ("NAME", "SYNOPSIS", "DESCRIPTION", "EXIT STATUS")), f"{page} lacks a section")
    source = "".join(open(f, encoding="utf-8").read() for f in glob.glob("src/cli/*.[ch]"))
    for option in sorted(set(re.findall(r"^\*\*(--[a-z-]+)", text, re.M))):
        check(f'"{option[2:]}"' in source, f"{page} tells of {option}, which no command takes")
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
PY
