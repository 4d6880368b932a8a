"""The word by which a row is found in URLs."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from newsroom.foundations.text import is_slug, shown


def check_slug(words: str) -> None:
    if not is_slug(words):
        raise ValidationError(
            _("A slug holds letters of any script, digits, hyphens and underscores, without spaces.")
        )


class TypedSlug(forms.SlugField):
    """A slug as somebody types it: its accents may come apart from their letters, or a sign nobody sees along."""

    default_validators = [check_slug]

    def __init__(self, *, allow_unicode: bool = True, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.allow_unicode = allow_unicode  # read by the script that proposes a slug

    def to_python(self, value: Any) -> str:
        return shown(super().to_python(value) or "")


class SlugField(models.SlugField):
    """Django's takes combining marks for no part of a word, and so refuses हिन्दी."""

    default_validators = [check_slug]

    def __init__(self, *args: Any, allow_unicode: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # without the word by which Django chooses validators of its own
        self.allow_unicode = allow_unicode

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": TypedSlug, **kwargs})
