"""What `manage.py check` says about this newsroom's own settings."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def data_folder_is_ours(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A database or key inside a folder that is served would be a download."""
    if Path(settings.DATA_DIR).is_relative_to(settings.BASE_DIR / "static"):
        return [
            Error("DATA_DIR must not lie inside static/: everything there is public.", id="newsroom.E001")
        ]
    return []
