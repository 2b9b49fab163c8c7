"""What changed of a published call, in the words that its page, its PDF and its management show."""

from django.utils.translation import gettext as _

from accounts import dates as spoken
from calls import schedule
from calls.states import CallState
from programs.models import Publication


def of(call):
    """All of it, as plain values."""
    return {
        "ended": ended_in_words(call),
        "amendments": amendments_of(call),
        "extensions": extensions_of(call),
    }


def amendments_of(call):
    """The amendments to the Rules that reached a call while it was open, the first one first."""
    if call.amended_by_id is None:
        return []
    reached = Publication.objects.filter(
        edition=call.publication.edition_id,
        amendment__reaches_calls=True,
        published_at__gte=call.published_at,
        number__lte=Publication.objects.filter(pk=call.amended_by_id).values("number"),
    )
    found = reached.select_related("amendment").defer("snapshot").order_by("number")
    return [_amendment(call, publication) for publication in found]


def _amendment(call, publication):
    return {
        "number": publication.number,
        "on": publication.gazette_date,
        "reason": publication.amendment.reaching_reason,
        "url": f"{call.edition.get_absolute_url()}?version={publication.number}",
    }


def extensions_of(call):
    """Each extension of the reception: the former close, the new one, why, and what allowed it."""
    return [
        {
            "former": schedule.last_minute(row.former_closes_at),
            "until": schedule.last_minute(row.closes_at),
            "reason": row.reason,
            "authority": " · ".join(filter(None, [row.authority, row.reference])),
            "at": row.at,
        }
        for row in call.extensions.all()
    ]


def former_closes(call):
    """The minutes at which the reception used to close, each in a sentence."""
    return [
        _("It used to close on %(former)s.")
        % {"former": spoken.moment_in_words(schedule.last_minute(row.former_closes_at))}
        for row in call.extensions.all()
    ]


def ended_in_words(call):
    """Since when and why a call was cancelled or is void; empty while it is neither."""
    if not call.is_ended:
        return ""
    said = {
        "day": spoken.day_in_words(schedule.local_day(call.ended_at, call.zone)),
        "reason": call.ended_reason,
        "basis": call.ended_basis,
    }
    if call.state == CallState.CANCELLED:
        return _("The call was cancelled on %(day)s. Reason: %(reason)s Legal basis: %(basis)s.") % said
    return _("The call was declared void on %(day)s. Reason: %(reason)s Legal basis: %(basis)s.") % said


def kept_in_words():
    """What becomes of the applications of a call that does not go on."""
    return _("Your application is kept as it was and can be read; nothing else is asked of you.")
