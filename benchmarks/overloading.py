"""What overload needs: `python -m benchmarks.overloading NUMBER`, in the newsroom's environment, prints as JSON the
addresses of so many drafts' Publish buttons, an editor's cookie and token, and a pattern of pages nobody has read."""

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.models import Article, Section  # noqa: E402
from articles.models.order import Cursor  # noqa: E402
from benchmarks.urls import BUSY, login  # noqa: E402

TOKEN = "a" * 32


def main() -> None:
    section = Section.objects.get(path=BUSY)
    drafts = [
        Article.start(
            by=None, headline=f"Draft {number}", body="Words.", standfirst="Words.", section=section
        )
        for number in range(int(sys.argv[1]))
    ]
    articles = [reverse("admin:articles_article_move", args=[draft.pk, "publish"]) for draft in drafts]
    place = str(Cursor(timezone.now() - timedelta(days=200), 1)).rpartition("-")[0]
    cookie = f"{login()}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
    unread = f"{section.get_absolute_url()}?before={place}-%x"
    kept = Article.objects.published().newest_first().last().get_absolute_url()
    print(json.dumps({"kept": kept, "stories": articles, "cookie": cookie, "token": TOKEN, "unread": unread}))


if __name__ == "__main__":
    main()
