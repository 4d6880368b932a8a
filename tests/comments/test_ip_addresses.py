"""Network addresses: kept as a keyed hash, and not for long."""

import pytest
import time_machine
from django.utils import timezone

from comments import ip_addresses
from comments.models import Comment, Thread
from tests import make


def test_an_address_is_kept_as_a_hash_that_needs_our_key(settings):
    kept = ip_addresses.hashed("203.0.113.7")
    settings.SECRET_KEY = "another"

    assert "203" not in kept and len(kept) == 64
    assert ip_addresses.hashed("203.0.113.7") != kept


def test_a_household_of_ipv6_is_one_address():
    assert ip_addresses.hashed("2001:db8:1:2::5") == ip_addresses.hashed("2001:db8:1:2:ffff::9")
    assert ip_addresses.hashed("2001:db8:1:2::5") != ip_addresses.hashed("2001:db8:1:3::5")


@pytest.mark.parametrize(
    ("one", "neighbour", "stranger"),
    [
        ("203.0.113.7", "203.0.113.200", "203.0.114.7"),
        ("2001:db8:1:2::5", "2001:db8:1:ffff::5", "2001:db8:2:2::5"),
    ],
)
def test_neighbours_share_a_network(one, neighbour, stranger):
    assert ip_addresses.network_hashed(one) == ip_addresses.network_hashed(neighbour)
    assert ip_addresses.network_hashed(one) != ip_addresses.network_hashed(stranger)
    assert ip_addresses.network_hashed(one) != ip_addresses.hashed(one)


def test_no_address_has_no_hash():
    assert ip_addresses.hashed("") == ip_addresses.network_hashed("") == ""


@pytest.mark.django_db
def test_hashes_are_forgotten_after_the_days_the_operator_set(settings):
    settings.COMMENT_ADDRESS_DAYS = 30
    thread = Thread.for_article(make.article())
    facts = {"name": "R", "email": "r@mail.example", "ip_hash": "a" * 64, "network_hash": "b" * 64}
    old = thread.receive(text="Long ago.", **facts)
    with time_machine.travel(timezone.now() + make.hours(24 * 29)):
        newer = thread.receive(text="Lately.", **facts)

    with time_machine.travel(timezone.now() + make.hours(24 * 31)):
        forgotten = Comment.objects.forget_ip_addresses()
        again = Comment.objects.forget_ip_addresses()

    assert (forgotten, again) == (1, 0)
    old.refresh_from_db()
    assert (old.ip_hash, old.network_hash) == ("", "")
    assert Comment.objects.get(pk=newer.pk).ip_hash != ""
