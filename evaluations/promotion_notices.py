"""What the organization called from the reserve list is told."""

from django.utils.translation import gettext as _

from accounts.notices import notify_all
from documents import pesos
from evaluations.notices import representatives_of


def subject(folio):
    return _("Your application %(folio)s was awarded from the reserve list") % {"folio": folio}


def body(*, title, amount, reasons):
    """The words of the notice; whoever promotes reads them before."""
    awarded = _("Your project “%(title)s” was awarded %(amount)s, which another organization renounced.") % {
        "title": title,
        "amount": pesos.figures(amount),
    }
    return "\n\n".join(
        [awarded, _("Reasons: %(reasons)s") % {"reasons": reasons}, _("The letter is in the portal.")]
    )


def promoted(promotion, *, at):
    application = promotion.ruling.application
    people = representatives_of([application.organization])
    notify_all(
        people.get(application.organization.body_id, []),
        kind="ruling.promote",
        subject=lambda: subject(application.folio),
        body=lambda: body(
            title=application.project_title, amount=promotion.amount, reasons=promotion.reasons
        ),
        link=application.get_absolute_url(),
        at=at,
    )
