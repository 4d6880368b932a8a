"""How the parts of our addresses are spelled."""

from django.urls.converters import StringConverter

LONGEST_PATH = 400  # as Section.path; nothing longer is worth taking apart


class SlugConverter(StringConverter):
    """A slug in any script: letters, digits, hyphens, underscores."""

    regex = r"[-\w]+"


class SectionPathConverter(StringConverter):
    """A section's place in the tree: slugs with slashes between."""

    regex = r"[-\w]+(?:/[-\w]+)*"

    def to_python(self, value: str) -> str:
        if len(value) > LONGEST_PATH:
            raise ValueError
        return value


class YearConverter(StringConverter):
    regex = r"[0-9]{4}"


class TwoDigitConverter(StringConverter):
    regex = r"[0-9]{2}"
