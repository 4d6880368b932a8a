"""Old addresses stay alive: remember where something used to be. Django's redirects app serves the answers;
an article's own changes of slug are in FormerSlug, which survives moves of its section as well."""

from urllib.parse import unquote

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.db import transaction
from django.utils.encoding import escape_uri_path, iri_to_uri

from newsroom.foundations import pagecache

LONGEST = 200  # what django.contrib.redirects can hold


def remember(old: str, new: str) -> bool:
    """From now on `old` leads to `new` (both paths; `new` empty means gone, 410). False if it cannot be kept.

    Chains are flattened: what led to `old` now leads to `new`. A loop is not written: an address that is in use
    again stops being a former one.
    """
    old, new = as_requested(old), as_requested(new)
    if max(len(old), len(new)) > LONGEST or not old.startswith("/") or old == "/":
        return False
    with transaction.atomic():
        redirects = Redirect.objects.filter(site_id=settings.SITE_ID)
        redirects.filter(old_path=new).delete()
        if old == new:
            return False
        chained = redirects.filter(new_path=old)
        look_again(old, new, *chained.values_list("old_path", flat=True))
        chained.update(new_path=new)
        Redirect.objects.update_or_create(site_id=settings.SITE_ID, old_path=old, defaults={"new_path": new})
    return True


def look_again(*addresses: str) -> None:
    """Have forgotten what was answered at these former addresses, which lead elsewhere now."""
    pagecache.purge(*(pagecache.address(unquote(address)) for address in addresses))


def as_requested(path: str) -> str:
    """The path as Django's redirects app will see it: percent-encoded, query kept."""
    address, question, query = path.partition("?")
    return iri_to_uri(escape_uri_path(unquote(address)) + question + query)


def destination(old: str) -> str | None:
    """Where this former address leads now: a path, "" for what is gone, None if it was never remembered."""
    remembered = Redirect.objects.filter(site_id=settings.SITE_ID, old_path=as_requested(old))
    return remembered.values_list("new_path", flat=True).first()
