"""How the parts of our URLs are spelled."""

from django.urls.converters import StringConverter

from newsroom.foundations.text import is_slug

LONGEST_PATH = 400  # as Section.path; nothing longer is worth taking apart


class SlugConverter(StringConverter):
    """A slug in any script: letters with their marks, digits, hyphens, underscores."""

    regex = r"[^/]+"

    def to_python(self, value: str) -> str:
        if len(value) > LONGEST_PATH or not is_slug(value):
            raise ValueError
        return value


class SectionPathConverter(SlugConverter):
    """A section's place in the tree: slugs with slashes between."""

    regex = r"[^/]+(?:/[^/]+)*"

    def to_python(self, value: str) -> str:
        if len(value) > LONGEST_PATH or not all(map(is_slug, value.split("/"))):
            raise ValueError
        return value


class YearConverter(StringConverter):
    regex = r"[0-9]{4}"


class TwoDigitConverter(StringConverter):
    regex = r"[0-9]{2}"
