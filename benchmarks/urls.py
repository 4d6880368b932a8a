"""What to ask a filled newsroom for: `python -m benchmarks.urls readers|desk|mixed`, in its environment, prints it
as JSON: the addresses by their names, each with how many questions it asks the database and the status it answers."""

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.http import urlencode  # noqa: E402

from articles.models import Article, Contributor, Section, Tag  # noqa: E402
from articles.models.order import Cursor  # noqa: E402
from benchmarks.articles import YEARS  # noqa: E402
from benchmarks.conversation import DISCUSSED  # noqa: E402
from benchmarks.history import VERSIONS, much_revised  # noqa: E402
from benchmarks.material import QUIET, to_search  # noqa: E402
from comments.models import Thread  # noqa: E402
from newsroom.foundations.pagecache.sync import start  # noqa: E402
from newsroom.models import User  # noqa: E402

NOWHERE = "no such page"
BUSY = "world"  # the section with most below it


ANOTHER = "article, each time another"
OTHERS = 3000  # more than a process remembers having asked for


def readers() -> dict[str, str]:
    """Every kind of public page by its address."""
    half_way = f"?before={Cursor(timezone.now() - YEARS / 2, 1)}"
    busy, quiet = (Section.objects.get(path=path).get_absolute_url() for path in (BUSY, QUIET))
    person, tag = Contributor.objects.order_by("pk").first(), Tag.objects.order_by("pk").first()
    person, tag = person.get_absolute_url(), tag.get_absolute_url()
    month = timezone.localdate() - timedelta(days=400)
    discussed = Thread.objects.filter(last_number=DISCUSSED).values("article")
    newest = Article.objects.published().filter(pk__in=discussed).newest_first().first()
    loudest = Thread.objects.order_by("-last_number").first().article
    return {
        "front": reverse("front"),
        "section": busy,
        "section, half way down": busy + half_way,
        "small section under a big one": quiet,
        "article, 20 comments": newest.get_absolute_url(),
        ANOTHER: "",
        "article, 2,000 comments": loudest.get_absolute_url(),
        "contributor": person,
        "contributor, half way down": person + half_way,
        "tag": tag,
        "tag, half way down": tag + half_way,
        "feed, RSS": reverse("front_feed"),
        "feed, Atom": reverse("front_feed_atom"),
        "section's feed": reverse("section_feed", args=[BUSY]),
        "sitemap index": reverse("sitemap"),
        "sitemap of a month": reverse("sitemap_month", args=[f"{month:%Y}", f"{month:%m}"]),
        "sitemap, standing pages": reverse("sitemap_standing"),
        "sitemap of the news": reverse("sitemap_news"),
        **{
            f"search, {kind}": f"{reverse('search')}?{urlencode({'q': asked})}"
            for kind, asked in to_search().items()
        },
        NOWHERE: "/no/such/page/",
    }


def desk() -> dict[str, str]:
    """The pages of the desk that grow with the archive."""
    articles = reverse("admin:articles_article_changelist")
    newest = Article.objects.published().newest_first().first()
    long = much_revised()
    return {
        "desk: stories": articles,
        **{
            f"desk: stories, {kind}": f"{articles}?{urlencode({'q': asked})}"
            for kind, asked in to_search().items()
        },
        "desk: a story's form": reverse("admin:articles_article_change", args=[newest.pk]),
        "desk: a form with 500 versions": reverse("admin:articles_article_change", args=[long.pk]),
        "desk: a history of 500 versions": reverse("admin:articles_article_history", args=[long.pk]),
        "desk: comparing 10,000 words": reverse("admin:articles_article_version", args=[long.pk, VERSIONS]),
        "desk: comments waiting": reverse("admin:comments_comment_changelist"),
        "desk: start": reverse("admin:index"),
    }


def mixed() -> dict[str, str]:
    """Many pages, the likelier the sooner: the front, sections, the newest stories, and some of the archive."""
    newest = list(Article.objects.published().newest_first().select_related("section")[:200])
    last = Article.objects.order_by("-pk").values_list("pk", flat=True)[0]
    some = Article.objects.filter(pk__in=Random("readers").sample(range(1, last), 400)).select_related(
        "section"
    )
    archive = [article for article in some if article.is_live]
    sections = [section.get_absolute_url() for section in Section.objects.order_by("pk")]
    pages = ["/", *(article.get_absolute_url() for article in newest), *sections]
    return {path: path for path in [*pages, *(article.get_absolute_url() for article in archive)]}


def login() -> str:
    """The cookie of somebody at the desk."""
    user = User.objects.get(username="desk")
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def described(name: str, path: str, cookie: str) -> dict[str, Any]:
    client = Client(SERVER_NAME="127.0.0.1", headers={"cookie": cookie} if cookie else None)
    paths = others() if name == ANOTHER else []
    if paths:
        path = paths[0]
    else:
        for _time in range(2):  # what is remembered then is not counted
            client.get(path)
    with CaptureQueriesContext(connection) as captured:
        status = client.get(path).status_code
    assert status == (404 if name == NOWHERE else 200), f"{name}, {path}, answers {status}"
    return {"path": path, "paths": paths, "queries": len(captured), "status": status, "cookie": cookie}


def others() -> list[str]:
    """Stories in no order: what is read of an archive."""
    articles = Article.objects.published().select_related("section").order_by("-pk")[: OTHERS * 10]
    return [
        article.get_absolute_url()
        for article in Random("archive").sample(list(articles), min(OTHERS, len(articles)))
    ]


def main() -> None:
    start.begin_alone()  # so that what a process remembers is remembered here as well
    asked: dict[str, Callable[[], dict[str, str]]] = {"readers": readers, "desk": desk, "mixed": mixed}
    pages = asked[sys.argv[1]]()
    if sys.argv[1] == "mixed":
        print(json.dumps(list(pages)))
        return
    cookie = login() if sys.argv[1] == "desk" else ""
    print(json.dumps({name: described(name, path, cookie) for name, path in pages.items()}))


if __name__ == "__main__":
    main()
