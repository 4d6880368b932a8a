"""What every page for readers may say about the paper itself."""

from typing import Any

from django.http import HttpRequest

from newsroom.foundations.paper import masthead


def site(request: HttpRequest) -> dict[str, Any]:
    """`site`: the masthead."""
    return {"site": masthead(request)}
