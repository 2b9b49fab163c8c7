"""What subscribers read of a call: subject, text and where to read on, in the language that is active."""

from django.conf import settings
from django.utils.translation import gettext as _

from accounts import dates as spoken
from calls import changes, presenting, schedule
from calls.models import News

SUBJECTS = {
    News.Kind.PUBLISHED: lambda: _("New call: %(call)s"),
    News.Kind.EXTENDED: lambda: _("Reception extended: %(call)s"),
    News.Kind.REACHED: lambda: _("The Rules were amended: %(call)s"),
    News.Kind.LAST_WEEK: lambda: _("Last days to apply: %(call)s"),
    News.Kind.RESULTS: lambda: _("Results published: %(call)s"),
    News.Kind.CANCELLED: lambda: _("Call cancelled: %(call)s"),
    News.Kind.VOID: lambda: _("Call declared void: %(call)s"),
}


def subject(news):
    """What happened to which call; fiction says so first."""
    mark = _("[demonstration] ") if news.call.is_demo else ""
    return mark + SUBJECTS[news.kind]() % {"call": news.call.title}


def body(news):
    """What happened, in two or three sentences."""
    text = BODIES[news.kind](news, {"call": news.call.title, "agency": news.call.agency.acronym})
    if not news.call.is_demo:
        return text
    fiction = _("This call is fictional: it belongs to the demonstration of the portal.")
    return f"{text}\n\n{fiction}"


def link(news):
    """The page of the call, or that of its results."""
    results = presenting.results_url(news.call) if news.kind == News.Kind.RESULTS else ""
    return settings.SITE_URL + (results or news.call.get_absolute_url())


def _closes(call):
    return spoken.moment_in_words(schedule.last_minute(call.closes_at))


def _because(reason):
    return " ".join([_("The reason:"), reason])


def _published(news, named):
    named |= {"opens": spoken.moment_in_words(news.call.opens_at), "closes": _closes(news.call)}
    said = _("“%(call)s”, of %(agency)s, receives applications from %(opens)s to %(closes)s.") % named
    return f"{said}\n\n{news.call.summary}"


def _extended(news, named):
    extension = news.call.extensions.get(number=news.number)
    named |= {
        "former": spoken.moment_in_words(schedule.last_minute(extension.former_closes_at)),
        "until": spoken.moment_in_words(schedule.last_minute(extension.closes_at)),
    }
    said = _("“%(call)s” receives applications until %(until)s; it used to close on %(former)s.") % named
    return f"{said} {_because(extension.reason)}"


def _reached(news, named):
    publication = news.call.edition.publications.select_related("amendment").get(number=news.number)
    named |= {"number": news.number, "until": _closes(news.call)}
    said = _("Amendment %(number)s to the Rules of Operation reaches “%(call)s”.") % named
    until = _("It receives applications until %(until)s.") % named
    return f"{said} {until} {_because(publication.amendment.reaching_reason)}"


def _last_week(news, named):
    named |= {"closes": _closes(news.call)}
    return (
        _(
            "“%(call)s”, of %(agency)s, closes on %(closes)s. "
            "All of that minute is accepted, and nothing after it."
        )
        % named
    )


def _results(news, named):
    return _("%(agency)s published the results of “%(call)s”.") % named


def _ended(news, named):
    return f"«{news.call.title}». {changes.ended_in_words(news.call)}"


BODIES = {
    News.Kind.PUBLISHED: _published,
    News.Kind.EXTENDED: _extended,
    News.Kind.REACHED: _reached,
    News.Kind.LAST_WEEK: _last_week,
    News.Kind.RESULTS: _results,
    News.Kind.CANCELLED: _ended,
    News.Kind.VOID: _ended,
}
