"""The form_token in a comment form: signed, so that a form is ours; dated, so that machines betray themselves; and
numbered, so that one form brings one comment however often it is sent."""

import secrets
import time
from dataclasses import asdict, dataclass

from django.core import signing

HASTY = 3  # seconds: nobody reads a form, writes and sends it sooner
STALE = 24 * 60 * 60  # seconds
SALT = "comments.form_tokens"


@dataclass(frozen=True)
class FormToken:
    """A form as it left us: under which article, in reply to which comment (0: none), when (Unix time)."""

    article: int
    parent: int
    key: str
    issued: float

    @classmethod
    def issue(cls, article: int, parent: int = 0) -> "FormToken":
        return cls(article, parent, secrets.token_urlsafe(16), time.time())

    @classmethod
    def read(cls, sealed: str, article: int, parent: int = 0) -> "FormToken | None":
        """The form_token as it was issued for this very form; None if it was not. Whether it still holds: is_stale."""
        try:
            form_token = cls(**signing.loads(sealed, salt=SALT))
        except (signing.BadSignature, TypeError, ValueError):
            return None
        return form_token if (form_token.article, form_token.parent) == (article, parent) else None

    def sealed(self) -> str:
        """As it travels in the form."""
        return signing.dumps(asdict(self), salt=SALT)

    @property
    def is_hasty(self) -> bool:
        return time.time() - self.issued < HASTY

    @property
    def is_stale(self) -> bool:
        return time.time() - self.issued > STALE
