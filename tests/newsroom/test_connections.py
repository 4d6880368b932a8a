"""A page gives back what it has borrowed."""

import pytest
from django.db import connection

from tests import kept


@pytest.mark.postgres_only
@pytest.mark.django_db(transaction=True)
def test_a_page_gives_its_connection_back():
    answered = kept.Site(room=0).get("/")

    assert answered.status == 200
    assert connection.connection is None
