"""How the desk says no. Each message is for the editor who asked, and says what to do."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from newsroom.foundations.workflow import IllegalMove, NotAllowed, VerbRefused

if TYPE_CHECKING:
    from articles.models.revisions import Revision


__all__ = [
    "Conflict",
    "IllegalMove",
    "NotAllowed",
    "NotReady",
    "NothingNew",
    "UnderEmbargo",
    "Unread",
    "UrlTaken",
    "VerbRefused",
    "WorkingCopyError",
]


class NotReady(VerbRefused):
    """The article lacks something readers need, or its text breaks a limit."""


class UnderEmbargo(VerbRefused):
    """Readers would see it before the time that was agreed."""


class NothingNew(IllegalMove):
    """Readers see these words already; an update that changes nothing would only be a wrong “updated”."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing new to publish: readers see these words already."))


class UrlTaken(VerbRefused):
    """Another article of the same day already has this URL."""


class Conflict(VerbRefused):
    """Somebody else saved a revision since this one was opened; `revision` is theirs."""

    def __init__(self, revision: "Revision") -> None:
        self.revision = revision
        super().__init__(
            _("%(who)s saved version %(number)d while you were writing.")
            % {"who": revision.by or _("The import"), "number": revision.number}
        )


class Unread(Conflict):
    """A verb met another revision than the person was looking at; `revision` is the latest, to be compared first."""

    def __init__(self, revision: "Revision") -> None:
        self.revision = revision
        VerbRefused.__init__(
            self,
            _("Nothing was done: %(who)s saved version %(number)d after the one you were looking at.")
            % {"who": revision.by or _("The import"), "number": revision.number},
        )


class WorkingCopyError(TypeError):
    """Somebody tried to store a working copy. Readers would see words that no verb has put before them."""

    def __init__(self) -> None:
        super().__init__("A working copy is for looking at. Call the verb on the stored article.")
