"""Settings, safe for production by default. What differs between newsrooms comes from the environment,
read through newsroom/environment.py and nowhere else; docs/operators/settings.md lists every name."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from newsroom import environment

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(environment.text("DATA_DIR") or BASE_DIR / "var").resolve()

# Where we are

DEBUG = environment.flag("DEBUG")
SITE_ADDRESS = environment.site_address("http://127.0.0.1:8000")
SITE_HOST = urlsplit(SITE_ADDRESS).hostname or ""
HTTPS = SITE_ADDRESS.startswith("https://")
LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
ALLOWED_HOSTS = sorted({SITE_HOST, *environment.words("ALLOWED_HOSTS"), *(LOOPBACK if not HTTPS else ())})
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]
PROXIES = environment.number("PROXIES", 0)  # how many of our own proxies stand between a reader and us
SITE_ID = 1

LANGUAGE_CODE = environment.text("LANGUAGE_CODE", "en")
TIME_ZONE = environment.time_zone("UTC")
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False

# Where things are kept

DATABASES = {"default": environment.database(DATA_DIR / "newsroom.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
EMBEDDED = DATABASES["default"]["ENGINE"].endswith("sqlite3")
SECRET_KEY = environment.secret_key(DATA_DIR, embedded=EMBEDDED)
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS")

REDIS_URL = environment.text("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_TIMEOUT": 0.5, "SOCKET_CONNECT_TIMEOUT": 0.5},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# Caches between readers and us that can be told what to forget: nginx://, varnish://, fastly://, cloudflare://
CACHES_IN_FRONT = environment.caches_in_front()
KEPT_IN_FRONT_SECONDS = environment.number("KEPT_IN_FRONT_SECONDS", 86_400)
FASTLY_TOKEN = environment.text("FASTLY_TOKEN")
CLOUDFLARE_TOKEN = environment.text("CLOUDFLARE_TOKEN")

TASKS_BACKEND = environment.tasks_backend()
TASKS = {
    "default": {"BACKEND": TASKS_BACKEND, "QUEUES": []}
}  # a queue is a line before one receiver: any name will do
OUTBOX_IN_SITE = environment.flag("OUTBOX_IN_SITE", True)

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "originals": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "originals", "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o644

# What we are made of

INSTALLED_APPS = [
    "newsroom",
    "newsroom.foundations",
    "articles",
    "comments",
    "newsroom.transfer",
    "newsroom.operations",
    "newsroom.serving",
    "newsroom.demo",
    "newsroom.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "taggit",
    "django_tasks",
]
if (engine := TASKS_BACKEND.partition(".")[0]) not in INSTALLED_APPS:
    INSTALLED_APPS.append(engine)  # where another engine keeps its tables and commands
AUTH_USER_MODEL = "newsroom.User"
MASTHEAD_MODEL = "newsroom.Masthead"
TAGGIT_CASE_INSENSITIVE = True

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.foundations.http.middleware.CompressText",
    "csp.middleware.CSPMiddleware",
    "newsroom.foundations.http.middleware.refuse_unreadable",
    "newsroom.foundations.pagecache.describe_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "articles.redirects.lead_on",
    "newsroom.once_more.OnceMore",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {  # readers' pages: all of templates/ that is not the desk's
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "OPTIONS": {
            "environment": "newsroom.jinja.environment",
            "context_processors": ["newsroom.fragments.site"],
        },
    },
    {  # the desk, and what comes with Django
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

# Safety

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],  # for scripts, styles, pictures, fonts, connections and frames alike
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_HSTS_SECONDS = environment.number("HSTS_SECONDS", 31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-desk" if HTTPS else "desk"
CSRF_COOKIE_NAME = "__Host-desk-csrf" if HTTPS else "desk-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "newsroom.logged_out.csrf_failure"
SESSION_COOKIE_AGE = 60 * 60 * 12
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # a 200,000-character story in four-byte letters, with room
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_HANDLER = "newsroom.login.LoginAttempts"
AXES_FAILURE_LIMIT = 8  # at one account from one IP address
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # whoever is told to wait is not counted meanwhile
AXES_CLIENT_IP_CALLABLE = "newsroom.login.ip_address"
AXES_USERNAME_CALLABLE = "newsroom.login.account_name"
AXES_LOCKOUT_CALLABLE = "newsroom.login.too_many_attempts"
AXES_DISABLE_ACCESS_LOG = True  # who logged in, and when, stands with the account
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# House rules an operator may tune

PAGE_CACHE_BYTES = environment.number("PAGE_CACHE_MEGABYTES", 12) * 1024 * 1024  # in each worker process

PICTURE_MAX_BYTES = environment.number("PICTURE_MAX_MEGABYTES", 25) * 1024 * 1024
COMMENT_ADDRESS_DAYS = environment.number("COMMENT_ADDRESS_DAYS", 30)  # then the keyed hash is forgotten
COMMENTS_PER_ADDRESS_PER_HOUR = environment.number("COMMENTS_PER_ADDRESS_PER_HOUR", 20)

# Mail and logs

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if environment.text("EMAIL_HOST")
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = environment.text("EMAIL_HOST")
EMAIL_PORT = environment.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", True)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text("EMAIL_FROM", f"newsroom@{SITE_HOST}")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "{asctime}{levelname}{name}{message}",
            "style": "{",
        },
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json" if environment.flag("LOG_JSON") else "plain",
        }
    },
    "root": {"handlers": ["stderr"], "level": environment.text("LOG_LEVEL", "WARNING").upper()},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.request": {"level": "ERROR"},  # a reader's 404 is no event for the operator
    },
}
