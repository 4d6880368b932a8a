"""The door the server knocks at: `granian --interface wsgi newsroom.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
desk = get_wsgi_application()

from django.conf import settings  # noqa: E402  (Django must have been set up)

from newsroom.foundations.http import load_shedding  # noqa: E402
from newsroom.foundations.pagecache.wsgi import PageCache  # noqa: E402
from newsroom.foundations.readers import ReadersHandler  # noqa: E402

readers = ReadersHandler()
searches = ReadersHandler(
    "newsroom.foundations.http.compression.CompressText"
)  # the cache packs what it keeps
application = PageCache(
    load_shedding.for_readers(readers),
    load_shedding.for_desk(desk),
    room=settings.PAGE_CACHE_BYTES,
    wanted=load_shedding.for_wanted(readers),
    searches=load_shedding.for_searches(searches),
    reports=settings.DATA_DIR / "pagecache",
)
