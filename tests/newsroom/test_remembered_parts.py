"""What pages are made of is remembered until it changes, and never longer."""

from functools import partial

import pytest

from newsroom.foundations import pagecache
from newsroom.foundations.pagecache import remembered_parts, sync

pytestmark = pytest.mark.django_db


class Shelf:
    """Things by name, each with the topics it says; counts what it is asked for."""

    def __init__(self, most=10, seldom=False, **things):
        self.things, self.asked = things, []
        self.find = remembered_parts(lambda _name, topics: topics.split(), most, seldom=seldom)(self.look)
        self.meanwhile = lambda: None

    def look(self, names):
        self.asked.append("".join(names))
        found = {name: self.things[name] for name in names if name in self.things}
        self.meanwhile()
        return found


def test_only_what_is_not_remembered_is_asked_for():
    shelf = Shelf(a="card:1", b="card:2", c="card:3")
    shelf.find("ab")

    assert shelf.find("bca") == shelf.things
    assert shelf.asked == ["ab", "c"]


def test_a_purge_takes_what_says_its_topic_and_nothing_else():
    shelf = Shelf(a="card:1 by:7", b="card:2 by:7", c="card:3")
    shelf.find("abc")

    pagecache.purge("by:7", "by:8")
    shelf.things["a"] = "card:1"
    assert shelf.find("abc")["a"] == "card:1"
    pagecache.purge("by:7")
    shelf.find("abc")
    pagecache.purge(pagecache.ALL)
    shelf.find("abc")

    assert shelf.asked == ["abc", "ab", "b", "abc"]


def test_a_thing_that_says_a_topic_twice_is_forgotten_once():
    shelf = Shelf(a="by:7 by:7")
    shelf.find("a")

    pagecache.purge("by:7")
    pagecache.purge("by:7")

    assert shelf.find("a") == {"a": "by:7 by:7"}
    assert shelf.asked == ["a", "a"]


def test_what_is_not_there_is_looked_for_again():
    shelf = Shelf()
    assert shelf.find("a") == {}

    shelf.things["a"] = "card:1"

    assert shelf.find("a") == {"a": "card:1"}


def test_a_purge_while_something_is_looked_for_wins():
    shelf = Shelf(a="card:1")
    shelf.meanwhile = partial(pagecache.purge, "card:1")
    shelf.find("a")

    shelf.meanwhile = lambda: None
    shelf.things["a"] = "card:1 by:7"

    assert shelf.find("a") == {"a": "card:1 by:7"}


def test_no_more_is_remembered_than_there_is_room_for():
    shelf = Shelf(most=2, a="card:1", b="card:2", c="card:3")

    for names in ("ab", "c", "bc", "a"):
        shelf.find(names)

    assert shelf.asked == ["ab", "c", "a"]


def test_what_was_used_since_stays_when_room_is_made():
    shelf = Shelf(most=2, a="card:1", b="card:2", c="card:3")

    for names in ("ab", "a", "c", "ac", "b"):
        shelf.find(names)

    assert shelf.asked == ["ab", "c", "b"]


def test_what_is_seldom_asked_for_twice_is_remembered_when_it_was():
    shelf = Shelf(seldom=True, a="card:1", b="card:2")

    for names in ("a", "ab", "ab", "ab"):
        shelf.find(names)
    pagecache.purge("card:1")
    for names in ("ab", "ab"):
        shelf.find(names)

    assert shelf.asked == ["a", "ab", "b", "a"]


def test_what_was_asked_for_once_is_soon_forgotten_to_have_been():
    names = "abcdefghijkl"
    shelf = Shelf(most=1, seldom=True, **dict.fromkeys(names, "card:1"))

    for name in names + "a":
        shelf.find(name)
    shelf.find("l")
    shelf.find("l")

    assert shelf.asked == [*names, "a", "l"]


def test_who_hears_no_news_remembers_nothing():
    shelf = Shelf(a="card:1")
    sync.use(sync.NoNews())

    assert [shelf.find("a"), shelf.find("a")] == [{"a": "card:1"}] * 2
    assert shelf.asked == ["a", "a"]
