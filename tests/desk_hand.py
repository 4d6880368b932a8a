"""An editor's hand in a process of its own: does one verb for each line it reads, and says what is true since.

Run in the environment of the newsroom it works for: `python -m tests.desk_hand`.
"""

import json
import os
import sys
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.models import Article, Contributor, Section  # noqa: E402
from comments.models import Comment, Thread  # noqa: E402

BODY = "Delegations met for the third time this month."


class Hand:
    """Works on one story, three sections down, and on those that come and go beside it."""

    def __init__(self):
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        world = Section.objects.create(name="World", slug="world")
        self.homes = [
            Section.objects.create(parent=world, name=n, slug=n.lower()) for n in ("Americas", "Europe")
        ]
        self.section = Section.objects.create(parent=self.homes[0], name="Mexico", slug="mexico")
        sport = Section.objects.create(name="Sport", slug="sport")
        self.ana, marc = (Contributor.objects.create(name=name) for name in ("Ana", "Marc"))
        past = timezone.now() - timedelta(hours=1)
        self.article = self.written(self.section, self.ana, "Trade", "Version 0000")
        self.article.publish(by=None, expected=1, at=past)
        other = self.written(sport, marc, "Football", "Cup final")
        other.publish(by=None, expected=1, at=past)
        self.bystanders = [
            other.get_absolute_url(),
            "/sport/",
            "/sport/feed/",
            "/topics/football/",
            "/by/marc/",
        ]
        self.truth = {"version": "Version 0000", "voice": "", "fresh": "", "gone": "", "withdrawn": ""}

    def written(self, section, who, tag, headline):
        return Article.start(
            by=None, section=section, headline=headline, body=BODY, bylines=[(who, "by")], tags=[tag]
        )

    def correct(self, number):
        self.truth["version"] = f"Version {number:04d}"
        revision = self.article.revise(by=None, headline=self.truth["version"])
        self.article.publish(by=None, expected=revision)

    def approve(self, number):
        words = f"Voice {number:04d}"
        comment = Thread.for_article(self.article).restore(
            text=f"{words} has something to say.", name="Reader", state="pending"
        )
        Comment.objects.get(pk=comment.pk).approve(by=None)
        self.truth["voice"] = words

    def publish(self, number):
        self.truth["fresh"] = f"Fresh {number:04d}"
        self.latest = self.written(self.section, self.ana, "Trade", self.truth["fresh"])
        self.latest.publish(by=None, expected=1)

    def withdraw(self, number):
        self.truth |= {"gone": self.truth["fresh"], "fresh": "", "withdrawn": self.latest.get_absolute_url()}
        self.latest.withdraw(by=None, expected=1, reason="Forged.")

    def move(self, number):
        self.section = Section.objects.get(pk=self.section.pk)
        self.section.parent = next(home for home in self.homes if home.pk != self.section.parent_id)
        self.section.save()
        self.article = Article.objects.get(pk=self.article.pk)

    def said(self):
        address = self.article.get_absolute_url()
        return json.dumps({**self.truth, "story": address, "section": self.section.get_absolute_url()})


def main():
    hand = Hand()
    print(json.dumps(hand.bystanders), flush=True)
    print(hand.said(), flush=True)
    for number, verb in enumerate(map(str.strip, sys.stdin), 1):
        getattr(hand, verb)(number)
        print(hand.said(), flush=True)


if __name__ == "__main__":
    main()
