"""What the site itself says on readers' pages."""

from functools import cache

from django.conf import settings
from django.utils.translation import gettext, override


@cache
def said(sentence: str) -> str:
    """The sentence in the paper's language, which is one for the whole process: so it is looked up once.

    Imported as `_` where makemessages shall find the sentences.
    """
    with override(settings.LANGUAGE_CODE):
        return gettext(sentence)
