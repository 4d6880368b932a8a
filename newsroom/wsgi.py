"""The door the server knocks at: `granian --interface wsgi newsroom.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
desk = get_wsgi_application()

from django.conf import settings  # noqa: E402  (Django must have been set up)

from newsroom.foundations import overload  # noqa: E402
from newsroom.foundations.pagecache.outermost import PageCache  # noqa: E402
from newsroom.foundations.readers import ReadersHandler  # noqa: E402

readers = ReadersHandler()
searches = ReadersHandler("newsroom.foundations.compression.CompressText")  # the cache packs what it keeps
application = PageCache(
    overload.for_readers(readers),
    overload.for_desk(desk),
    room=settings.PAGE_CACHE_BYTES,
    wanted=overload.for_wanted(readers),
    searches=overload.for_searches(searches),
    reports=settings.DATA_DIR / "pagecache",
)
