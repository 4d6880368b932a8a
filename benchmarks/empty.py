"""A Django project with one view that says nothing, behind the same server with the same settings: what every page
costs before it has begun. `python -m benchmarks.empty PORT`."""

import signal
import sys
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("", nothing)]


def main() -> None:
    settings.configure(
        ROOT_URLCONF=__name__,
        ALLOWED_HOSTS=["127.0.0.1"],
        SECRET_KEY="says nothing",
        STATIC_URL="/static/",
        MEDIA_URL="/media/",
        USE_TZ=True,
        EMBEDDED=True,
    )
    from django.core.wsgi import get_wsgi_application

    from newsroom.serving.generation import Server, let_go_of_databases, let_workers_hear
    from newsroom.serving.listening import open_listener
    from newsroom.serving.processors import count

    application = get_wsgi_application()

    def begin_work(*_asked: object) -> Callable[..., object]:
        """In a worker, which hears again."""
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        return application

    let_go_of_databases()
    let_workers_hear()
    server = Server(open_listener("127.0.0.1", int(sys.argv[1])), count())
    server.serve(target_loader=begin_work, wrap_loader=False)


if __name__ == "__main__":
    sys.modules["benchmarks.empty"] = sys.modules["__main__"]
    main()
