"""How the parts of our addresses are spelled."""

from django.urls.converters import StringConverter

LONGEST = 520  # Section.path's 400 with a day and a slug; nothing longer is worth taking apart


class SlugConverter(StringConverter):
    """A slug in any script: letters, digits, hyphens, underscores."""

    regex = r"[-\w]+"


class SectionPathConverter(StringConverter):
    """A section's place in the tree: slugs with slashes between."""

    regex = rf"(?![-\w/]{{{LONGEST}}})[-\w]+(?:/[-\w]+)*"


class YearConverter(StringConverter):
    regex = r"[0-9]{4}"


class TwoDigitConverter(StringConverter):
    regex = r"[0-9]{2}"
