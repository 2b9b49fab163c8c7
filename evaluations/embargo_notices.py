"""What the head of the agency is told when results could not be released at their minute."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.dates import moment_in_words
from accounts.models import Role
from accounts.notices import notify_all
from calls.people import staff_of


def failed(embargo, *, at):
    call = embargo.call
    notify_all(
        staff_of(call, Role.HEAD),
        kind="embargo.fail",
        subject=lambda: _("The results of %(call)s were not released") % {"call": call.folio},
        body=lambda: (
            _(
                "They were to be released on %(when)s and could not be: %(refusal)s Nothing was made public "
                "and nobody was told. Release them by hand, or set another minute."
            )
            % {"when": moment_in_words(embargo.release_at), "refusal": embargo.refusal}
        ),
        link=reverse("evaluations:release", args=[call.folio]),
        at=at,
    )
