"""What GP-05, GP-06 and GP-07 share: every document of a stage says all that nobody should have to ask."""

from django.utils.translation import gettext as _

from programs.models import Requirement
from programs.practice_checks.base import labels, met, not_met

SAID = ("delivery", "form", "signature", "deadline")


def described(contents, stage, *, needed):
    """Met when the stage has requirements and each says what is ``needed``; tells the digital share."""
    rows = [row for row in contents.rows(Requirement) if row.stage == stage]
    stage_name = Requirement.Stage(stage).label
    if not rows:
        return not_met(_("There are no requirements of the stage “%(stage)s”.") % {"stage": stage_name})
    silent = [(row.name, missing) for row in rows if (missing := missing_in(row, needed))]
    said = {"count": len(rows), "stage": stage_name, "digital": digital_share(rows)}
    if silent:
        name, missing = silent[0]
        said |= {"silent": len(silent), "name": name, "missing": labels(Requirement, missing)}
        return not_met(
            _(
                "Of %(count)d requirements of the stage “%(stage)s”, %(silent)d do not say everything; "
                "for example “%(name)s” lacks: %(missing)s."
            )
            % said
        )
    said["needed"] = labels(Requirement, needed)
    return met(
        _(
            "All %(count)d requirements of the stage “%(stage)s” say: %(needed)s. "
            "%(digital)s can be delivered electronically."
        )
        % said
    )


def missing_in(row, needed):
    """What a requirement leaves unsaid; a file that travels electronically also says its format."""
    names = [*needed, "file_format"] if is_digital(row) else needed
    return [name for name in names if not getattr(row, name)]


def is_digital(row):
    return row.delivery in (Requirement.Delivery.ELECTRONIC, Requirement.Delivery.BOTH)


def digital_share(rows):
    return _("%(digital)d of %(count)d") % {"digital": sum(map(is_digital, rows)), "count": len(rows)}
