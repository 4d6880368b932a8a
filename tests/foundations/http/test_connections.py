"""A page gives back what it has borrowed."""

import pytest
from django.db import connection
from django.test import RequestFactory

from newsroom import wsgi
from newsroom.foundations.pagecache.wsgi import around
from tests.client import Here


@pytest.mark.postgres_only
@pytest.mark.django_db(transaction=True)
def test_a_page_gives_its_connection_back():
    said = []

    b"".join(
        around(wsgi.django, workers=Here)(
            RequestFactory().get("/").environ, lambda *words: said.append(words)
        )
    )

    assert said[0][0] == "200 OK"
    assert connection.connection is None
