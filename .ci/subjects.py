"""Check the subjects of a branch's own commits: `area: Sentence in the imperative`, at most 72 characters.

`python3 .ci/subjects.py [REVISION RANGE]`; by default the commits since this rule began. Exits 1 and names each commit
that breaks it. Merges are not ours to word.
"""

import re
import subprocess
import sys

SINCE = "500fade7e90e925349bc036a204cc8800ba643a6"
LONGEST = 72
SHAPE = re.compile(r"[a-z][\w .,/+-]*: (?P<verb>[A-Z][a-z]+)\b")
# English has no ending for the imperative; these are the words that show something else was written.
NO_IMPERATIVE = re.compile(
    r"(A|An|The|This|That|These|What|Who|How|When|Where|However|While|No|Nothing|One|Words|Figures|\w+ing|\w+ed)$"
)
IMPERATIVES = {"Bring", "Embed", "Feed", "Need", "Proceed", "Ring", "Seed", "Shed", "Speed", "String"}


def faults(subject: str) -> list[str]:
    found = [f"{len(subject)} characters, not {LONGEST} at most"] if len(subject) > LONGEST else []
    shape = SHAPE.match(subject)
    if not shape:
        return [*found, "not of the form `area: Sentence`"]
    verb = shape["verb"]
    if verb not in IMPERATIVES and NO_IMPERATIVE.match(verb):
        found.append(f"“{verb}” is not an imperative")
    return found


def main(revisions: str) -> int:
    log = subprocess.run(
        ["git", "log", "--no-merges", "--format=%h %s", revisions], capture_output=True, text=True, check=True
    )
    broken = 0
    for line in log.stdout.splitlines():
        commit, _blank, subject = line.partition(" ")
        for fault in faults(subject):
            print(f"{commit} {subject}: {fault}")
            broken += 1
    return min(broken, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else f"{SINCE}..HEAD"))
