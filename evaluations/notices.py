"""What the evaluation tells people. Texts say nothing that its reader may not know."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Membership, Role, User
from accounts.notices import notify, notify_all
from documents import pesos
from evaluations.models import Outcome


def coordinators(call):
    """The operators of the agency and the committee's secretary: who sees that every file has evaluators."""
    held = Membership.objects.current()
    agency = call.publication.edition.program.agency.body_id
    people = held.filter(body=agency, role=Role.OPERATOR) | held.filter(
        body__committee__call=call, role=Role.SECRETARY
    )
    return list(User.objects.filter(pk__in=people.values("user")).order_by("pk"))


def representatives_of(organizations):
    """The legal representatives of each organization, by its body: one query for all of them."""
    bodies = [organization.body_id for organization in organizations]
    held = Membership.objects.current().filter(body__in=bodies, role=Role.REPRESENTATIVE)
    found = {}
    for membership in held.select_related("user").order_by("user"):
        found.setdefault(membership.body_id, []).append(membership.user)
    return found


def appointed(user, call, at):
    notify(
        user,
        kind="committee.appoint",
        subject=lambda: _("You take part in the evaluation of %(call)s") % {"call": call.folio},
        body=lambda: _(
            "Before reading any file, declare your conflicts of interest with the organizations "
            "that applied, or that you have none. You can do it from the close of reception."
        ),
        link=f"/evaluacion/convocatoria/{call.folio}/declaracion/",
        at=at,
    )


def assigned(user, call, count, at):
    notify(
        user,
        kind="assignment.create",
        subject=lambda: (
            ngettext("%(count)d file to score", "%(count)d files to score", count) % {"count": count}
        ),
        body=lambda: (
            _("They are in your queue, each under an alias of your own. Call %(call)s.")
            % {"call": call.folio}
        ),
        link="/evaluacion/",
        at=at,
    )


def drawn(user, call, count, at):
    """Whoever asked for the draw learns that it is done."""
    notify(
        user,
        kind="call.distribute",
        subject=lambda: _("The evaluators of %(call)s were drawn") % {"call": call.folio},
        body=lambda: (
            ngettext(
                "%(count)d file was given out. Its evaluator was told.",
                "%(count)d files were given out. Their evaluators were told.",
                count,
            )
            % {"count": count}
        ),
        link=f"/evaluacion/convocatoria/{call.folio}/",
        at=at,
    )


def not_drawn(user, call, why):
    """Whoever asked for the draw learns why it was not done, and that nothing of it was revealed."""
    notify(
        user,
        kind="call.not_distributed",
        subject=lambda: _("The evaluators of %(call)s could not be drawn") % {"call": call.folio},
        body=lambda: (
            _("%(why)s Nothing was given out nor revealed: the draw stays committed and can be tried again.")
            % {"why": why}
        ),
        link=f"/evaluacion/convocatoria/{call.folio}/",
    )


def evaluator_missing(call, at):
    notify_all(
        coordinators(call),
        kind="conflict.recuse",
        subject=lambda: _("A person was recused from a file of %(call)s") % {"call": call.folio},
        body=lambda: _("See in the coordination page whether a file lacks evaluators."),
        link=f"/evaluacion/convocatoria/{call.folio}/",
        at=at,
    )


def reopened(review, reason, at):
    notify(
        review.assignment.evaluator,
        kind="review.reopen",
        subject=lambda: _("Your review %(alias)s was reopened") % {"alias": review.assignment.alias},
        body=lambda: _("Reason given by the chair of the committee: %(reason)s") % {"reason": reason},
        link=review.assignment.get_absolute_url(),
        at=at,
    )


def convened(users, session, at):
    from accounts.dates import moment_in_words  # noqa: PLC0415 -- leaf

    notify_all(
        users,
        kind="session.convene",
        subject=lambda: _("Session %(folio)s of the committee") % {"folio": session.folio},
        body=lambda: (
            _("%(when)s. Place: %(place)s.")
            % {"when": moment_in_words(session.scheduled_for), "place": session.place}
        ),
        link=session.get_absolute_url(),
        at=at,
    )


def result_subject(ruling):
    return _("Result of your application %(folio)s") % {"folio": ruling.application.folio}


def result_body(ruling):
    """What an organization is told when results are released; the head reads it before."""
    said = {
        Outcome.AWARD: _("Your project “%(title)s” was awarded %(amount)s."),
        Outcome.RESERVE: _("Your project “%(title)s” is number %(order)s on the reserve list."),
        Outcome.NOT_AWARDED: _("Your project “%(title)s” was not awarded."),
    }[Outcome(ruling.outcome)]
    told = said % {
        "title": ruling.application.project_title,
        "amount": pesos.figures(ruling.amount) if ruling.amount is not None else "",
        "order": ruling.reserve_order or "",
    }
    return "\n\n".join(
        [
            told,
            _("Total: %(total)s of 100. Place %(rank)s.") % {"total": ruling.total, "rank": ruling.rank},
            _("Reasons: %(reasons)s") % {"reasons": ruling.reasons},
            _("The scores by criterion, the letter with the ruling and the remedies are in the portal."),
        ]
    )


def result_released(ruling, at):
    application = ruling.application
    organization = application.organization
    notify_all(
        representatives_of([organization]).get(organization.body_id, []),
        kind="ruling.release",
        subject=lambda: result_subject(ruling),
        body=lambda: result_body(ruling),
        link=application.get_absolute_url(),
        at=at,
    )


def sample_chosen(calibration, at):
    """To the whole pool: there is a sample to score, whether it comes before the real files or not."""
    call, committee = calibration.call, getattr(calibration.call, "committee", None)
    notify_all(
        [held.user for held in committee.evaluators(at=at)] if committee else [],
        kind="calibration.choose",
        subject=lambda: _("A sample file to score in %(call)s") % {"call": call.folio},
        body=lambda: (
            _("Score it and hand it in before you open your first file. It counts for no application.")
            if calibration.is_required
            else _("Score it to see where you stand beside the others. It counts for no application.")
        ),
        link=f"/evaluacion/convocatoria/{call.folio}/muestra/",
        at=at,
    )


def third_called(application, call, at):
    """To who coordinates, but for those barred from the file: neither its folio nor a score is in it."""
    barred = set(application.barred.values_list("user", flat=True))
    notify_all(
        [person for person in coordinators(call) if person.pk not in barred],
        kind="divergence.call",
        subject=lambda: _("A third evaluator is to be called in %(call)s") % {"call": call.folio},
        body=lambda: _(
            "The reviews of a file differ by more than the threshold. See in the list whom to give it to."
        ),
        link=f"/evaluacion/convocatoria/{call.folio}/divergencias/",
        at=at,
    )
