"""What every page of an application needs: the application if it may be seen, and its form."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from calls import completeness
from calls.contents import Contents
from calls.models import Application
from calls.states import ApplicationState


class ReadsApplication:
    """A page about one application. Invisible is 404; visible but not allowed is 403 with the reason."""

    permission = ""

    def dispatch(self, request, *args, **kwargs):
        if self.permission and not request.user.has_perm(self.permission, self.application):
            raise PermissionDenied(self.refusal())
        return self.turned_away() or super().dispatch(request, *args, **kwargs)

    def turned_away(self):
        """Where whoever may open the page goes when there is nothing to do on it now."""

    def refusal(self):
        return _("Only the people of the organization can do this.")

    @cached_property
    def application(self):
        """With all that its pages say, to be read; what acts on it reads what it needs under its lock."""
        asked = self.request.user, self.kwargs["public_id"]
        if self.request.method in ("GET", "HEAD"):
            return visible_application(*asked)
        return self.written_application(*asked) or visible_application(*asked, to_act=True)

    def written_application(self, user, public_id):
        """The application of somebody who writes it, found and allowed in one question; or nothing."""

    @cached_property
    def contents(self):
        return Contents(self.application)

    def get_context_data(self, **kwargs):
        return super().get_context_data(application=self.application, call=self.application.call, **kwargs)


class WritesApplication(ReadsApplication):
    """A page on which who acts for the applicant writes."""

    def written_application(self, user, public_id):
        return Application.objects.written_by(user).for_writing().filter(public_id=public_id).first()


def visible_application(user, public_id, *, to_act=False):
    """An application that the person may see, with what its pages say of it or what an act asks first."""
    visible = Application.objects.visible_to(user)
    return get_object_or_404(visible.for_acts() if to_act else visible.for_pages(), public_id=public_id)


def requirement_of(contents, key):
    """The requirement with that key, among those that concern the application."""
    found = next((r for r in contents.requirements if r.key == key), None)
    if found is None:
        raise Http404
    return found


class Step:
    """One subject of the form: its name, its page, how far it is."""

    def __init__(self, code, label, url, state, count=0):
        self.code, self.label, self.url, self.state, self.count = code, label, url, state, count

    @property
    def word(self):
        return {
            "complete": _("Complete"),
            "in_progress": _("In progress"),
            "not_started": _("Not started"),
        }[self.state]

    @property
    def hint(self):
        return ""


def steps(contents):
    """The subjects of the form in order, each with its state."""
    application = contents.application
    named = [
        (completeness.ELIGIBILITY, _("Conditions to apply"), "application_eligibility", ()),
        (completeness.PROJECT, _("Data of the project"), "application_project", ()),
        *(
            (completeness.questions_section(s.number), s.title, "application_questions", (s.number,))
            for s in contents.sections
        ),
        (completeness.DOCUMENTS, _("Documents"), "application_documents", ()),
        (completeness.BUDGET, _("Budget"), "application_budget", ()),
    ]
    shown = [step for step in named if has_something(contents, step[0])]
    missing = completeness.missing(contents)
    return [
        Step(
            code,
            label,
            reverse(f"calls:{name}", args=[application.public_id, *rest]),
            _state(contents, code, [m for m in missing if m.section == code]),
        )
        for code, label, name, rest in shown
    ]


def has_something(contents, code):
    """Whether the Rules ask for anything under this subject."""
    asked = {
        completeness.ELIGIBILITY: lambda: contents.eligibility_rules,
        completeness.DOCUMENTS: lambda: contents.requirements,
        completeness.BUDGET: lambda: contents.budget_rules,
    }
    return code not in asked or bool(asked[code]())


def _state(contents, code, missing):
    if not missing:
        return "complete"
    return "in_progress" if _is_begun(contents, code) else "not_started"


def _is_begun(contents, code):
    match code:
        case completeness.ELIGIBILITY:
            return any(rule.given for rule in contents.eligibility_rules)
        case completeness.PROJECT:
            application = contents.application
            return bool(
                application.project_title or application.requested_amount or application.municipality_id
            )
        case completeness.DOCUMENTS:
            return any(requirement.given for requirement in contents.requirements)
        case completeness.BUDGET:
            return bool(contents.lines)
    section = next(s for s in contents.sections if completeness.questions_section(s.number) == code)
    return any(question.given and question.given.text for question in section.questions)


def next_after(contents, code):
    """The page after this one: the next subject, or the review."""
    codes = [
        completeness.ELIGIBILITY,
        completeness.PROJECT,
        *(completeness.questions_section(s.number) for s in contents.sections),
        completeness.DOCUMENTS,
        completeness.BUDGET,
    ]
    later = (code for code in codes[codes.index(code) + 1 :] if has_something(contents, code))
    return page_of(contents.application, next(later, "review"))


def page_of(application, code):
    if code.startswith("questions-"):
        return reverse(
            "calls:application_questions", args=[application.public_id, int(code.removeprefix("questions-"))]
        )
    return reverse(f"calls:application_{code}", args=[application.public_id])


def is_draft(application):
    return application.state == ApplicationState.DRAFT
