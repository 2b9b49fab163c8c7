"""PDFs of the evaluation: letters with the rulings, scorecards, minutes of the sessions, lists of results."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls.models import Call
from documents import renderings
from evaluations import register, reserve, standing
from evaluations.models import Promotion, Ruling, Session
from evaluations.scorecards import margins, points_by_criterion, scorecard
from programs.models import Contact, FeedbackWindow, Remedy

RELEASED = ("released", "finished")


class OfRuling(renderings.Kind):
    """A document about the ruling of one application, for its organization and for who may read the file."""

    @cached_property
    def ruling(self):
        return Ruling.objects.select_related(
            "application__organization__body",
            "application__call__publication__edition__program__agency__body",
            "decided_by",
            "session",
        ).get(application__folio=self.subject_id)

    @property
    def application(self):
        return self.ruling.application

    @property
    def call(self):
        return self.application.call

    @property
    def folio(self):
        return self.application.folio

    @property
    def is_demo(self):
        return self.call.is_demo

    def visible_to(self, user):
        from calls.models import Application  # noqa: PLC0415 -- leaf

        released = Ruling.objects.released().filter(pk=self.ruling.pk).exists()
        return released and Application.objects.visible_to(user).filter(pk=self.application.pk).exists()

    def facts(self):
        ruling, application = self.ruling, self.application
        program = self.call.publication.edition.program
        return {
            "folio": application.folio,
            "organization": str(application.organization),
            "project": application.project_title,
            "agency": program.agency.name,
            "program": str(program),
            "year": str(self.call.publication.edition.fiscal_year),
            "call": self.call.folio,
            "outcome": ruling.outcome,
            "outcome_words": ruling.get_outcome_display(),
            "requested": application.requested_amount,
            "amount": ruling.amount,
            "amount_reason": ruling.amount_reason,
            "reserve_order": ruling.reserve_order,
            "total": ruling.total,
            "rank": ruling.rank,
            "spread": ruling.spread,
            "tie_note": ruling.tie_note,
            "reasons": ruling.reasons,
            "legal_basis": ruling.legal_basis,
            "departure_reason": ruling.departure_reason if ruling.departs else "",
            "decided_at": ruling.decided_at,
            "decided_by": str(ruling.decided_by),
            "session": ruling.session.folio,
            **_plain_margins(margins(ruling)),
        }

    def criteria(self):
        return [_plain_row(row) for row in scorecard(self.application)]


def _plain_margins(found):
    return {
        "pass_mark": found.pass_mark,
        "to_pass": found.to_pass,
        "cut_off": found.cut_off,
        "to_cut_off": found.to_cut_off,
        "ranked": found.ranked,
    }


@renderings.kind("ruling_letter", template="pdf/ruling_letter.html", version=2)
class RulingLetter(OfRuling):
    name = gettext_lazy("Letter with the ruling")

    @property
    def title(self):
        return _("Ruling on the application %(folio)s") % {"folio": self.folio}

    @property
    def filename(self):
        return f"dictamen-{self.folio}.pdf"

    def context(self):
        publication = self.call.publication
        window = FeedbackWindow.objects.of_publication(publication).first()
        return {
            "ruling": self.facts(),
            "rows": self.criteria(),
            "remedies": [
                {
                    "name": remedy.name,
                    "term": f"{remedy.days} {remedy.get_unit_display()}" if remedy.days else "",
                    "authority": remedy.authority,
                    "legal_basis": remedy.legal_basis,
                }
                for remedy in Remedy.objects.of_publication(publication)
            ],
            "feedback": f"{window.days} {window.get_unit_display()}" if window else "",
            "contacts": [
                {"name": contact.name, "value": contact.value, "hours": contact.hours}
                for contact in Contact.objects.of_publication(publication)
            ],
        }


@renderings.kind("promotion_letter", template="pdf/promotion_letter.html", version=1)
class PromotionLetter(OfRuling):
    """To the organization called from the reserve list: how much, since when and on what grounds."""

    name = gettext_lazy("Letter with the award from the reserve list")

    @property
    def title(self):
        return _("Award from the reserve list of the application %(folio)s") % {"folio": self.folio}

    @property
    def filename(self):
        return f"apoyo-de-reserva-{self.folio}.pdf"

    def context(self):
        promotion = Promotion.objects.select_related("decided_by").get(ruling=self.ruling)
        texts = ("amount", "amount_reason", "skip_reason", "reasons", "legal_basis", "decided_at")
        given = {name: getattr(promotion, name) for name in texts}
        return {
            "ruling": self.facts(),
            "promotion": given | {"decided_by": str(promotion.decided_by)},
        }


@renderings.kind("scorecard", template="pdf/scorecard.html", version=2)
class Scorecard(OfRuling):
    name = gettext_lazy("Scorecard")

    @property
    def title(self):
        return _("Scorecard of the application %(folio)s") % {"folio": self.folio}

    @property
    def filename(self):
        return f"ficha-{self.folio}.pdf"

    def context(self):
        return {"ruling": self.facts(), "rows": self.criteria()}


def _plain_row(row):
    return {
        "name": row.name,
        "weight": row.weight,
        "points": row.points,
        "reached": row.reached.label if row.reached else "",
        "descriptor": row.reached.descriptor if row.reached else "",
        "next": {
            "label": row.following.label,
            "points": row.following.points,
            "gain": row.gain,
            "needs": row.following.descriptor,
        }
        if row.following
        else None,
        "opinions": [
            {
                "number": o.number,
                "label": o.label,
                "points": o.points,
                "descriptor": o.descriptor,
                "justification": o.justification,
            }
            for o in row.opinions
        ],
    }


@renderings.kind("session_minutes", template="pdf/session_minutes.html", version=2)
class SessionMinutes(renderings.Kind):
    """Who was there, how each file was decided and why. Public once the results of the call are."""

    name = gettext_lazy("Minutes of the session")

    @cached_property
    def session(self):
        return Session.objects.select_related("committee__call", "committee__body").get(folio=self.subject_id)

    @property
    def call(self):
        return self.session.committee.call

    @property
    def is_public(self):
        return self.call.state in RELEASED

    @property
    def is_demo(self):
        return self.call.is_demo

    @property
    def folio(self):
        return self.session.folio

    @property
    def title(self):
        return _("Minutes of the session %(folio)s") % {"folio": self.folio}

    def visible_to(self, user):
        """Who sees the session; while its rulings are pending, only who may read every one of them."""
        if not user.has_perm("evaluations.view_session", self.session):
            return False
        return self.is_public or (
            user.has_perm("evaluations.see_pending", self.call)
            and not self.session.agenda.filter(application__barred__user=user).exists()
        )

    def context(self):
        session = self.session
        return {
            "committee": session.committee.body.name_es,
            "call": self.call.folio,
            "call_title": self.call.title,
            "scheduled_for": session.scheduled_for,
            "opened_at": session.opened_at,
            "closed_at": session.closed_at,
            "place": session.place,
            "quorum": session.quorum,
            "is_released": self.is_public,
            "minutes": session.minutes,
            "attendance": [
                {
                    "seat": a.member.seat.name,
                    "kind": a.member.seat.get_kind_display(),
                    "name": str(a.member.user),
                    "substitute": a.member.is_substitute,
                    "vote": a.member.seat.has_vote,
                    "present": a.present,
                }
                for a in session.attendance.select_related("member__seat", "member__user").order_by(
                    "member__seat__position", "member__is_substitute"
                )
            ],
            "recusals": register.recusals(self.call),
            "files": register.decided_in(session),
        }


@renderings.kind("results_list", template="pdf/results_list.html", version=5)
class ResultsList(renderings.Kind):
    """The ranking of a call with outcomes, amounts and reasons as released, and what changed since."""

    name = gettext_lazy("List of results")
    is_public = True

    @cached_property
    def call(self):
        return Call.objects.with_program().get(folio=self.subject_id)

    @property
    def folio(self):
        return self.call.folio

    @property
    def is_demo(self):
        return self.call.is_demo

    @property
    def title(self):
        return _("Results of the call %(folio)s") % {"folio": self.folio}

    @property
    def filename(self):
        return f"resultados-{self.folio}.pdf"

    def context(self):
        call = self.call
        points = points_by_criterion(call)
        released = register.released_rulings(call)
        return {
            "call": call.folio,
            "call_title": call.title,
            "program": str(call.publication.edition.program),
            "agency": call.publication.edition.program.agency.name,
            "released_at": call.released_at,
            "budget": standing.budget_of(call),
            "awarded": sum(r.amount or 0 for r in released),
            "pass_mark": standing.scoring_rule(call).pass_mark,
            "criteria": [{"name": c.name, "weight": c.weight} for c in standing.criteria_of(call)],
            "recusals": register.recusals(call),
            "changes": [_plain_change(change) for change in reserve.changes_of(call)],
            "resolutions": [_plain_resolution(request) for request in register.resolutions_of(call)],
            "rulings": [
                {
                    "rank": r.rank,
                    "folio": r.application.folio,
                    "organization": str(r.application.organization),
                    "project": r.application.project_title,
                    "total": r.total,
                    "points": points.get(r.application_id, []),
                    "outcome": r.outcome,
                    "outcome_words": r.get_outcome_display(),
                    "amount": r.amount,
                    "amount_reason": r.amount_reason,
                    "reserve_order": r.reserve_order,
                    "reasons": r.reasons,
                    "departure_reason": r.departure_reason if r.departs else "",
                    "tie_note": r.tie_note,
                }
                for r in released
            ],
        }


def _plain_resolution(request):
    """What a resolution changed of one result, with its reasons; the ruling stays as it was signed."""
    return {
        "at": request.settled_at,
        "folio": request.application.folio,
        "organization": str(request.application.organization),
        "remedy": request.remedy.name,
        "outcome_words": request.get_outcome_display(),
        "new_outcome_words": request.get_new_outcome_display() if request.new_outcome else "",
        "effect": request.effect,
    }


def _plain_change(change):
    """A renunciation, or an award from the reserve list with its money and its reasons."""
    said = {
        "at": change.at,
        "folio": change.application.folio,
        "organization": str(change.application.organization),
        "amount": None,
    }
    if change.promotion is None:
        return said
    texts = ("amount", "amount_reason", "skip_reason", "reasons")
    return said | {name: getattr(change.promotion, name) for name in texts}
