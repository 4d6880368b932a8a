"""What `manage.py check` says about this newsroom's own settings."""

import zoneinfo
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def time_zone_is_known(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Addresses hold the site's day, so a mistyped zone must stop us before anything is published."""
    try:
        zoneinfo.ZoneInfo(settings.TIME_ZONE)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return [
            Error(
                f"TIME_ZONE “{settings.TIME_ZONE}” is not a time zone, such as Europe/Madrid.",
                id="newsroom.E001",
            )
        ]
    return []


@register()
def data_folder_is_ours(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A database or key inside a folder that is served would be a download."""
    if Path(settings.DATA_DIR).is_relative_to(settings.BASE_DIR / "static"):
        return [
            Error("DATA_DIR must not lie inside static/: everything there is public.", id="newsroom.E002")
        ]
    return []
