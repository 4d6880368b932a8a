"""A made language that is used as people use theirs: a few words all the time, most words hardly ever."""

from itertools import accumulate, chain, islice, product
from random import Random

SYLLABLES = "ka lo me ti sa ve don pel ri tor mi ces ba lun der fo sti gar hem nu".split()
KNOWN = 20_000  # words; the short ones are the common ones


def falling(count: int, softness: float) -> list[float]:
    """Cumulative weights by which the first of `count` things is taken most often, and the last hardly ever."""
    return list(accumulate(1 / (rank + softness) for rank in range(1, count + 1)))


def vocabulary(chance: Random) -> list[str]:
    """All words, the commonest first."""
    lengths = [list(product(SYLLABLES, repeat=length)) for length in (2, 3, 4)]
    for spelled in lengths:
        chance.shuffle(spelled)
    return list(islice(dict.fromkeys("".join(spelled) for spelled in chain(*lengths)), KNOWN))


WORDS = vocabulary(Random("vocabulary"))
SHARES = falling(KNOWN, 2.7)  # Zipf's law, as Mandelbrot mended it

COMMON = WORDS[39]  # stands in two stories of three
PHRASE = f"{WORDS[49]} {WORDS[54]}"  # two common words; side by side in one story of two hundred
RARE = "quillomeria"  # stands in a dozen stories and nowhere else


class Writer:
    """Somebody who writes this language."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance

    def words(self, least: int, most: int | None = None) -> str:
        count = self.chance.randint(least, most or least)
        return " ".join(self.chance.choices(WORDS, cum_weights=SHARES, k=count))

    def title(self, least: int, most: int | None = None) -> str:
        return self.words(least, most).capitalize()

    def sentence(self, least: int, most: int | None = None) -> str:
        return f"{self.title(least, most)}."

    def paragraph(self, sentences: int) -> str:
        return " ".join(self.sentence(8, 24) for _ in range(sentences))

    def name(self) -> str:
        return self.words(2).title()
