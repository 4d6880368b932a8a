"""nginx://host:port — nginx with deploy/nginx/editions.conf. It knows no keys: every purge begins a new edition."""

from collections.abc import Sequence

from newsroom.foundations.pagecache.cdn.asking import ask
from newsroom.foundations.pagecache.cdn.caches import Cache


class Nginx(Cache):
    at_once = 1_000_000  # they are not sent

    def label(self, keys: Sequence[str], seconds: int) -> dict[str, str]:
        return {"X-Accel-Expires": str(seconds)}

    def forget(self, keys: Sequence[str]) -> None:
        ask("GET", f"http://{self.place}/")
