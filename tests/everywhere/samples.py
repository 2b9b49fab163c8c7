"""A believable value for each part of each address, taken from the demo world."""

from datetime import timedelta

from django.core import signing
from django.utils import timezone

from accounts import checkpoints, sequencing, teams
from accounts.models import Letter, Notice, Role
from calls.actions import subscriptions
from calls.models import Application, Call, Evidence, Interest, Organization, PublicQuestion, Subscription
from calls.states import SubscriptionState
from documents.models import Rendering
from evaluations.models import (
    Assignment,
    ControlReport,
    Divergence,
    FeedbackRequest,
    RemedyRequest,
    Session,
)
from jobs.models import Job
from programs.actions import comments
from programs.models import (
    ApplicationQuestion,
    Assessment,
    BlackoutPeriod,
    Comment,
    Edition,
    GuideEdition,
    Requirement,
)
from programs.states import BlackoutState, EditionState, GuideState
from tests.everywhere.roles import person_of
from tests.factories.subscriptions import InterestFactory
from tests.factories.words import WordImportFactory

EMPTY_PLAN = {
    "is_own": False, "units": [], "tables": [], "notes": [], "sections": [], "skipped": 0,
}  # fmt: skip
# Addresses whose folio is that of the call that is open today, not of the past one
OF_THE_OPEN_CALL = {"calls:application_start", "calls:ask", "calls:eligibility", "calls:extend"}
# Addresses of an application that the agency entered for an organization
OF_THE_HELPED = {"calls:assisted_end", "calls:assisted_paper", "calls:assisted_sign"}
# Addresses of an application that was sent; the others of the applicant are about a draft
OF_THE_SENT = {
    "calls:application_proof",
    "calls:application_receipt",
    "calls:application_file",
    "calls:application_zip",
    "calls:application_renounce",
}
# Addresses that are about the Guide that planning is writing; the others of the Guide about a published one
OF_THE_DRAFT_GUIDE = {
    f"programs:guide_{name}"
    for name in (
        "changes", "component_add", "component_remove", "component_write", "criterion", "criterion_add",
        "criterion_remove", "practice", "practice_add", "practice_remove", "publish", "section",
        "section_add", "section_remove", "title",
    )
}  # fmt: skip
# Addresses about Rules that were rated
OF_THE_RATED = {
    "programs:draft_rating",
    "programs:rating_hand_in",
    "programs:rate_section",
    "programs:rating_reply",
}
OF_A_SESSION = {
    f"evaluations:{name}"
    for name in (
        "admit", "cast_vote", "close_session", "issue_all", "open_session", "propose_all", "rule", "session",
        "session_file", "vote_all",
    )
}  # fmt: skip


class Samples:
    """Gives the keyword arguments with which an address of the demo world can be asked.

    Nothing is named by its year: the past call is the one with results, and its program is the one whose
    Rules are in force and whose next edition is being drafted.
    """

    def __init__(self):
        self.past = Call.objects.with_program().get(released_at__isnull=False)
        self.open = Call.objects.open(at=timezone.now()).get()
        self.program = self.past.edition.program
        self.in_force = Edition.objects.published().filter(program=self.program).latest("fiscal_year")
        self.drafted = Edition.objects.get(program=self.program, state=EditionState.DRAFT)
        self.mine = Organization.objects.get(body__memberships__user=person_of("drafter"))
        self.draft = Application.objects.get(organization=self.mine, call=self.open)
        self.sent = Application.objects.get(organization=self.mine, call=self.past)
        self.helped = Application.objects.get(call=self.past, assistance__isnull=False)
        self.invitation = teams.invite(
            self.mine.body, "una.persona@demo.example", Role.DRAFTER, by=person_of("representative")
        )
        self.comment = self._said()
        self.letter = Letter.objects.create(to="x@demo.example", subject="Prueba", text="Prueba")
        self.asked = self._asked()
        self.day = self._signed_day()
        self.word_import = WordImportFactory(
            edition=self.drafted, requested_by=person_of("editor"), plan=EMPTY_PLAN
        )

    def _said(self):
        """A comment on the draft of next year; the same one when it was made before."""
        text = self.drafted.texts.get(component__slug="beneficiaries")
        said = Comment.objects.filter(text=text).first()
        return said or comments.comment(text, body="¿Y las nuevas?", by=person_of("legal"))

    def _asked(self):
        """What somebody asked to be told of and has not confirmed; the same when it was made before."""
        pending = Interest.objects.filter(subscription__state=SubscriptionState.PENDING).first()
        return pending or InterestFactory(
            pending=True, requested_at=timezone.now(), subscription__requested_at=timezone.now()
        )

    def of(self, name, parts):
        return {part: str(self._value(name, part)) for part in parts}

    def _value(self, name, part):
        special = getattr(self, f"_{part}", None)
        if special is None:
            raise LookupError(f"no sample for “{part}” of {name}: add one to tests/everywhere/samples.py")
        return special(name)

    def _signed_day(self):
        """A day that is over, on which the log of acts was signed: the day before, if there was none."""
        sequencing.run()
        newest, yesterday = checkpoints.latest(), timezone.now() - timedelta(days=1)
        if len(checkpoints.days()) == 1:
            checkpoints.keep(checkpoints.sign(newest.size, newest.root, yesterday))
        return checkpoints.days()[0]

    def _day(self, name):
        return self.day

    def _folio(self, name):
        if name == "api:results-detail":
            return self.sent.folio
        if name in OF_A_SESSION:
            return Session.objects.get(committee__call=self.past).folio
        return (self.open if name in OF_THE_OPEN_CALL else self.past).folio

    def _public_id(self, name):
        if name.startswith("jobs:"):
            return (
                Job.objects.filter(requested_by=person_of("representative")).order_by("pk").first().public_id
            )
        if name.startswith("programs:blackout"):
            return self._blackout(name).public_id
        if name == "programs:word_import":
            return self.word_import.public_id
        if name.startswith("accounts:"):
            return self._account_thing(name)
        if name.startswith("evaluations:"):
            return self._after_the_ruling(name)
        return self._of_calls(name)

    def _after_the_ruling(self, name):
        if name in ("evaluations:feedback", "evaluations:feedback_autosave"):
            return FeedbackRequest.objects.get(application=self.sent).public_id
        if name in ("evaluations:remedy", "evaluations:remedy_attachment"):
            return RemedyRequest.objects.get(application=self.sent).public_id
        if name in ("evaluations:report", "evaluations:report_attachment"):
            return ControlReport.objects.get().public_id
        return self.sent.public_id

    def _of_calls(self, name):
        if name in ("calls:question", "calls:desk_question"):
            return PublicQuestion.objects.of_call(self.past).answered().first().public_id
        if name in ("calls:evidence_file", "calls:withdraw_evidence"):
            return Evidence.objects.of_call(self.past).standing().get(document__isnull=False).public_id
        if name.startswith(("calls:organization", "calls:vault")):
            return self.mine.public_id
        if name in OF_THE_HELPED:
            return self.helped.public_id
        if name.startswith("calls:desk") or name in OF_THE_SENT:
            return self.sent.public_id
        return self.draft.public_id

    def _blackout(self, name):
        """One that waits to be confirmed where it is about that; otherwise the one that was."""
        if name in ("programs:blackout_change", "programs:blackout_confirm"):
            return BlackoutPeriod.objects.filter(state=BlackoutState.NOTED).latest("pk")
        return BlackoutPeriod.objects.exclude(state=BlackoutState.NOTED).get()

    def _body(self, name):
        return self.mine.body.public_id

    def _membership(self, name):
        return self.mine.body.memberships.get(user=person_of("drafter")).public_id

    def _invitation(self, name):
        return self.invitation.public_id

    def _document(self, name):
        """A document of the first application of the past call: what its reading rights are about."""
        if name == "calls:assisted_paper":
            return self.helped.assistance.authorization.public_id
        if name == "calls:vault_file":
            return self.mine.vault.get(kind=self._kind(name), replaced_at=None).document.public_id
        return self.sent.supplied.order_by("pk").first().document.public_id

    def _kind(self, name):
        return "articles"

    def _number(self, name):
        return 1

    def _uidb36(self, name):
        return "1"

    def _signed(self, name):
        return signing.dumps(self.asked.public_id, salt=subscriptions.SALT)

    def _token(self, name):
        if name in ("calls:subscription", "calls:unsubscribe"):
            return Subscription.objects.active().order_by("pk").first().token
        return self.invitation.token if name == "accounts:invitation" else "no-such-token"

    def _account_thing(self, name):
        if "letter" in name:
            return self.letter.public_id
        if "notice" in name:
            return Notice.objects.filter(to=person_of("representative")).first().public_id
        return self.mine.body.public_id

    def _code(self, name):
        if name.startswith("documents:"):
            return Rendering.objects.filter(kind="booklet").order_by("pk").first().code
        if name in OF_THE_RATED:
            return self.past.edition.code
        if name in (
            "calls:open",
            "api:editions-detail",
            "programs:answer_assessment",
            "programs:clause_adopt",
        ):
            return self.in_force.code
        if name in (
            "api:programs-detail",
            "programs:program",
            "programs:rated_years",
            "programs:rated_years_csv",
        ):
            return self.program.code
        if name in ("api:practices-detail", "programs:practice"):
            return "GP-02"
        return self.drafted.code

    def _comment(self, name):
        return self.comment.public_id

    def _alias(self, name):
        held = Assignment.objects.filter(evaluator=person_of("evaluator"), application__call=self.past)
        return held.order_by("pk").first().alias

    def _application(self, name):
        """A file in divergence."""
        return Divergence.objects.of_call(self.past).select_related("application")[0].application.folio

    def _program(self, name):
        return self.program.code

    def _year(self, name):
        if name in OF_THE_DRAFT_GUIDE:
            return GuideEdition.objects.get(state=GuideState.DRAFT).year
        if name.startswith("programs:guide"):
            return self.past.edition.guide.year
        return self.past.edition.fiscal_year

    def _acronym(self, name):
        return self.program.agency.acronym

    def _practice(self, name):
        """One that planning has not answered yet, where it is about its answer."""
        if name != "programs:answer_assessment":
            return "GP-02"
        declared = self.in_force.assessments.filter(review=Assessment.Review.PENDING)
        return declared.order_by("practice__code").values_list("practice__code", flat=True)[0]

    def _numeral(self, name):
        return "I"

    def _criterion(self, name):
        return "population"

    def _check(self, name):
        return "budget-key"

    def _annex(self, name):
        return "formato-de-proyecto"

    def _source(self, name):
        return self.in_force.code

    def _clause(self, name):
        return "process"

    def _component(self, name):
        return "process"

    def _model(self, name):
        return "milestone" if name == "programs:row_term" else "requirement"

    def _milestone(self, name):
        return "ruling"

    def _person(self, name):
        return person_of("evaluator").public_id

    def _seat(self, name):
        return "vocal-ciudadana"

    def _position(self, name):
        return 1

    def _key(self, name):
        if name in ("evaluations:file_remedy", "evaluations:file_report"):
            return "denuncia" if name == "evaluations:file_report" else "aclaracion"
        if name == "calls:answer_pieces":
            asked = ApplicationQuestion.objects.of_publication(self.open.publication_id)
            return asked.get(kind=ApplicationQuestion.Kind.FILE).key
        if name.endswith("_pieces"):
            asked = Requirement.objects.of_publication(self.open.publication_id)
            return asked.filter(stage=Requirement.Stage.APPLICATION).order_by("position").first().key
        return "cronograma" if "document" in name or name.startswith("programs:") else "problema"
