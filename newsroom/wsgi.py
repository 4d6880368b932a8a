"""What the server calls: `granian --interface wsgi newsroom.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django = get_wsgi_application()

from newsroom.foundations.pagecache.wsgi import around  # noqa: E402  (Django must have been set up)

application = around(django)
