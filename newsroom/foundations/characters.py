"""Which characters a text of ours may hold."""

import re

# Controls, halves of surrogate pairs, and two that Unicode says are no characters: no XML document may hold them,
# however they are written, and PostgreSQL refuses the first of them.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without characters that no feed could carry. Nobody typed them, and nobody will miss them."""
    return UNPRINTABLE.sub("", text)
