"""A date and a time of day as the desk means them: in the site's zone, where some hours are skipped or come twice."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

FARTHEST = timedelta(days=5 * 366)


def desk_time(day: date, clock: time) -> datetime:
    """The moment this is in the site's zone. Raises ValidationError for a time that never comes, or comes twice."""
    zone = timezone.get_default_timezone()
    first, second = (datetime.combine(day, clock, zone).replace(fold=fold) for fold in (0, 1))
    shift = (first.utcoffset() or timedelta()) - (second.utcoffset() or timedelta())
    if shift:
        raise ValidationError(_skipped(first) if shift < timedelta() else _twice(first))
    return first


def still_to_come(moment: datetime) -> datetime:
    """The moment itself. Raises ValidationError for one that has gone by, or that only a slip of the pen can mean."""
    now = timezone.localtime(timezone=timezone.get_default_timezone())
    if moment <= now:
        raise ValidationError(
            _(
                "That time has already gone by: by the clocks of %(zone)s it is %(now)s. Choose a later one, or “Now”."
            )
            % {"zone": timezone.get_default_timezone_name(), "now": date_format(now, "j F Y, H:i")}
        )
    if moment > now + FARTHEST:
        raise ValidationError(_("That is years away. Is the year right?"))
    return moment


def _skipped(moment: datetime) -> str:
    return _(
        "On %(day)s the clocks go forward: %(time)s does not exist. Choose a time before or an hour later."
    ) % _named(moment)


def _twice(moment: datetime) -> str:
    return _(
        "On %(day)s the clocks go back: %(time)s comes twice. Choose a time an hour earlier or an hour later."
    ) % _named(moment)


def _named(moment: datetime) -> dict[str, str]:
    return {"day": date_format(moment, "j F Y"), "time": f"{moment:%H:%M}"}
