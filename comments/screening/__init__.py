"""What the site notices about a comment before anybody reads it.

Every screen is asked, before the conversation is locked; all findings are kept as evidence, and the first decisive one
holds the comment or takes it for spam. Only `pace.require` and `repeats.require_new` say no to the writer, when nothing
would be lost: by raising CommentRefused. The form's own evidence (honeypot, age) comes from comments/forms.py.
"""

from typing import TYPE_CHECKING

from comments.screening import links, names, pace, repeats, words

if TYPE_CHECKING:
    from comments.models import Comment, Finding, HouseRules

SCREENS = {
    "words": words.look,
    "links": links.look,
    "repeats": repeats.look,
    "names": names.look,
    "pace": pace.look,  # last: what a flood brings is spam first, and only then held
}


def screen(comment: "Comment", rules: "HouseRules") -> "list[Finding]":
    """What every screen found about this comment, which is not saved yet; the findings are not either."""
    findings = []
    for name, look in SCREENS.items():
        if finding := look(comment, rules):
            finding.screen = name
            findings.append(finding)
    return findings
