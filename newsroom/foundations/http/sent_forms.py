"""A form that somebody sent and that was not taken: what was typed into it, carried as it was, to be sent again. Nothing
is ever sent by itself: a page shows the words, and a person presses the button."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core import signing
from django.core.exceptions import FieldDoesNotExist
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_FIELDS = 1_900  # Django reads 2,000, and a token comes along
MOST_SEALED = settings.DATA_UPLOAD_MAX_MEMORY_SIZE * 3 // 4  # it travels inside another form
TOKEN = "csrfmiddlewaretoken"  # noqa: S105  (a name)
TICKED = "_selected_action"
SALT = "newsroom.sent_forms"
MACHINERY = ("initial-", "_")  # how names begin that a form keeps for itself
COUNTERS = ("-TOTAL_FORMS", "-INITIAL_FORMS", "-MIN_NUM_FORMS", "-MAX_NUM_FORMS")
ACTS = {
    "add": gettext_lazy("make a new one"),
    "change": gettext_lazy("save the changes"),
    "changelist": gettext_lazy("what was chosen in the list"),
    "delete": gettext_lazy("delete it"),
}


@dataclass(frozen=True)
class Shown:
    """One text of a form, under the name an editor knows."""

    label: str
    value: str

    @property
    def is_long(self) -> bool:
        return len(self.value) > 80 or "\n" in self.value


@dataclass(frozen=True)
class SentForm:
    """Where a form was sent, and its fields. `refusal` says why they are not carried; files never are."""

    path: str
    fields: tuple[tuple[str, str], ...] = ()
    had_files: bool = False
    refusal: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """The form this request brings."""
        path, names = request.get_full_path(), request.POST.keys()
        had_files = bool(request.FILES)
        if any("password" in name for name in names):
            return cls(path, refusal=_("It holds a password, and passwords are never kept: type it again."))
        if len(names) > MOST_FIELDS:
            return cls(path, refusal=_too_much())
        pairs = ((name, value) for name, values in request.POST.lists() for value in values)
        sent = cls(path, tuple((name, value) for name, value in pairs if name != TOKEN), had_files)
        if len(sent.fields) > MOST_FIELDS or len(sent.sealed) > MOST_SEALED:
            return cls(path, refusal=_too_much())
        return sent

    @property
    def sealed(self) -> str:
        """All of it in one signed field of another form."""
        return signing.dumps([self.path, self.fields, self.had_files, self.refusal], salt=SALT, compress=True)

    @classmethod
    def unsealed(cls, text: str) -> Self | None:
        """What was sealed; None for anything this site did not seal."""
        try:
            path, fields, had_files, refusal = signing.loads(text, salt=SALT)
        except signing.BadSignature:
            return None
        return cls(path, tuple((name, value) for name, value in fields), had_files, refusal)

    @property
    def act(self) -> str:
        """Where it was sent, in words: “Articles: save the changes”."""
        model, act, verb = self._meant
        things = str(model._meta.verbose_name_plural).capitalize() if model else _("The desk")
        words = ACTS.get(act) or (verb or act or _("a form")).replace("_", " ")
        return f"{things}: {words}"

    @property
    def ticked(self) -> int:
        """How many rows of a list it is about."""
        return sum(name == TICKED for name, _value in self.fields)

    def texts(self) -> list[Shown]:
        """What a person wrote or chose in words; no numbers, marks or machinery."""
        return list(self._texts())

    def _texts(self) -> Iterator[Shown]:
        model = self._meant[0]
        for name, value in self.fields:
            machinery = name.startswith(MACHINERY) or name.endswith(COUNTERS)
            if value.strip() and value != "on" and not value.isdecimal() and not machinery:
                yield Shown(_label(model, name), value)

    @property
    def _meant(self) -> tuple[Any, str, str]:
        """The model and the act its URL names, and the verb in the URL if there is one."""
        try:
            match = resolve(urlsplit(self.path).path)
            app, name, act = (match.url_name or "").split("_", 2)
            return apps.get_model(app, name), act, str(match.kwargs.get("verb", ""))
        except (Resolver404, LookupError, ValueError):
            return None, "", ""


def asked_by_script(request: HttpRequest) -> bool:
    """Does a script read the answer, and no person?"""
    accepted = request.headers.get("Accept", "")
    return (
        request.headers.get("Sec-Fetch-Dest") == "empty"
        or request.headers.get("X-Requested-With") == "XMLHttpRequest"
        or request.content_type == "application/json"
        or ("application/json" in accepted and "text/html" not in accepted)
    )


def _label(model: Any, name: str) -> str:
    try:
        return str(model._meta.get_field(name).verbose_name).capitalize()
    except (AttributeError, FieldDoesNotExist):
        return name.replace("_", " ").replace("-", " ").capitalize()


def _too_much() -> str:
    return _("It is too long to be kept here. Go back: your browser still has what you wrote.")
