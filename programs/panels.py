"""What this app puts on the board: how far the editions adopted the good practices."""

from collections import Counter

from django.db.models import Count, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs import dashboards
from programs.figures import Figure, percent
from programs.models import Assessment, ChecklistEdition, GuideEdition, Practice, Verdict


@dashboards.panel(
    title=gettext_lazy("Good practices"),
    template_name="programs/_panel_harmonization.html",
    order=10,
    is_publicity=True,
)
def harmonization(scope, viewer):
    """Practices adopted by the editions chosen, by program and by practice, and what planning still owes."""
    editions = list(scope)
    practices = list(Practice.objects.filter(is_core=True, checklist__in=newest_checklist(editions)))
    adopted = Assessment.objects.visible_to(viewer).filter(
        edition__in=scope, practice__code__in=[one.code for one in practices], verdict=Verdict.ADOPTED
    )
    pairs = list(adopted.values_list("edition_id", "practice__code"))
    return {
        "figures": [_adopted(len(pairs), editions, practices), _unanswered(scope, viewer)],
        "programs": _by_program(editions, Counter(edition for edition, _practice in pairs)),
        "gaps": _gaps(practices, Counter(practice for _edition, practice in pairs), len(editions)),
        "editions": len(editions),
        "practices": len(practices),
    }


def newest_checklist(editions):
    """The checklist of the newest Guide that the editions stand on; of several, codes are matched."""
    guides = GuideEdition.objects.filter(pk__in={edition.guide_id for edition in editions})
    newest = Coalesce(Subquery(guides.order_by("-year").values("year")[:1]), Value(9999))
    return ChecklistEdition.objects.of_guide(newest).values("pk")


def _adopted(count, editions, practices):
    cells = len(editions) * len(practices)
    years = sorted({edition.fiscal_year for edition in editions})
    address = f"{reverse('programs:matrix')}?ejercicio={years[-1]}" if years else reverse("programs:matrix")
    return Figure(
        name="practices_adopted",
        value=_("%(adopted)d of %(cells)d") % {"adopted": count, "cells": cells},
        number=count,
        of=cells,
        sentence=_("practices adopted by the editions chosen (%(percent)s)")
        % {"percent": percent(count, cells)},
        formula=_(
            "Verdicts “adopted” of the public editions chosen, divided by %(editions)d editions × "
            "%(practices)d practices. Every practice weighs the same; no data counts as not adopted."
        )
        % {"editions": len(editions), "practices": len(practices)},
        url=address,
    )


def _unanswered(scope, viewer):
    """What agencies declared and planning has not answered, and what it contested."""
    declared = Assessment.objects.visible_to(viewer).filter(edition__in=scope)
    counts = declared.aggregate(
        pending=Count("pk", filter=Q(review=Assessment.Review.PENDING)),
        contested=Count("pk", filter=Q(review=Assessment.Review.CONTESTED)),
    )
    return Figure(
        name="assessments_pending",
        value=str(counts["pending"]),
        number=counts["pending"],
        sentence=_("declarations of the agencies that planning has not answered yet"),
        formula=_("Assessments of the editions chosen whose review is still pending."),
        note=_("%(count)d contested") % {"count": counts["contested"]} if counts["contested"] else "",
        url=f"{reverse('api:assessments-list')}?review=pending",
    )


def _by_program(editions, adopted):
    return [
        {
            "label": f"{edition.program.agency} {edition.fiscal_year}",
            "value": adopted[edition.pk],
            "tone": "done",
        }
        for edition in sorted(editions, key=lambda one: -adopted[one.pk])
    ]


def _gaps(practices, adopted, editions):
    """The practices that fewest editions adopted: where harmonization gains most."""
    rows = [(practice, adopted[practice.code], editions - adopted[practice.code]) for practice in practices]
    return [row for row in sorted(rows, key=lambda row: row[1]) if row[2]][:5]
