"""The newsroom's own settings, with a throw-away data folder and cheap passwords.

TEST_DATABASE=postgresql runs the suite on a real PostgreSQL server started for it from the embedded package.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="newsroom-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
for name in (
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "SITE_ADDRESS",
    "TIME_ZONE",
    "PROXIES",
    "ALLOWED_HOSTS",
    "DEBUG",
):
    os.environ.pop(name, None)
os.environ |= {
    "DATA_DIR": str(FOLDER),
    "SECRET_KEY": "only-for-tests",
    "SITE_ADDRESS": "https://news.example",
}

from newsroom.settings import *  # noqa: E402, F403
from newsroom.settings import ALLOWED_HOSTS, DATABASES, STORAGES  # noqa: E402

if os.environ.get("TEST_DATABASE") == "postgresql":
    from tests.postgres import embedded

    DATABASES["default"] = embedded()

ALLOWED_HOSTS += ["testserver", "localhost", "127.0.0.1"]
SECURE_SSL_REDIRECT = False  # the browser's journeys and the test client speak plain HTTP
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "desk", "desk-csrf"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
