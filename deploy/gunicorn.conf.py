# The site on gunicorn instead of `manage.py serve`, for those who know it better. From the checkout:
#
#     .venv/bin/pip install gunicorn
#     .venv/bin/gunicorn -c deploy/gunicorn.conf.py newsroom.wsgi
#
# It is slower, and behind nginx only: it has no bound on slow clients of its own.
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

from newsroom.foundations.http import load_shedding
from newsroom.serving import processors

bind = "127.0.0.1:8000"
workers = processors.count()
worker_class = "gthread"
threads = load_shedding.THREADS + 8  # all who work or wait, and some to answer from the page cache

# Each worker loads the site itself, so that a reload (SIGHUP) loads what has changed.
preload_app = False

backlog = 2048
keepalive = 75  # seconds: longer than the proxy keeps an idle connection, so that it closes first
graceful_timeout = 10
timeout = 60
limit_request_line = 8190
limit_request_field_size = 16380
worker_tmp_dir = "/dev/shm"  # noqa: S108  (heartbeats: a slow disk must not look like a dead worker)
