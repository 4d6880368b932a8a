"""Every URL of the site; the sections' own come last, for they match nearly anything."""

from django.contrib import admin
from django.urls import include, path, re_path

from articles.views import pictures
from newsroom import robots
from newsroom.operations import health

urlpatterns = [
    path("admin/", admin.site.urls),
    path("comments/", include("comments.urls")),
    re_path(
        r"^media/(?P<name>pictures/[-_A-Za-z0-9]{1,40}/[0-9]{1,5}\.(?:webp|jpeg))$",
        pictures.rendition,
        name="rendition",
    ),
    path("health/", health.health, name="health"),
    path("favicon.ico", robots.favicon, name="favicon"),
    path("robots.txt", robots.robots, name="robots"),
    path("", include("articles.urls")),
]

handler400 = "newsroom.error_pages.bad_request"
handler500 = "newsroom.error_pages.server_error"
