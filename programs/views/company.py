"""What keeps the text company at the right: practices, examples, comments, history. One at a time is read."""

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from programs import harmony, highlight, passages, practice_checks, references, rules
from programs.actions.comments import people_for
from programs.draftforms import AnswerForm, CommentForm, TaskForm
from programs.models import Assessment, Comment, Publication, PublishedText

PRACTICES, EXAMPLES, COMMENTS, HISTORY = "practicas", "ejemplos", "comentarios", "historial"


def company(view, text):
    """The tabs, and what the chosen one shows."""
    asked = view.request.GET.get("ver", "")
    panel = asked if asked in PANELS else getattr(view, "panel", PRACTICES)
    labels = {
        PRACTICES: _("Practices"),
        EXAMPLES: _("Examples"),
        COMMENTS: _("Comments"),
        HISTORY: _("History"),
    }
    shown = PANELS[panel](view, text)
    counts = {COMMENTS: (len(shown["open"]) if panel == COMMENTS else _waiting(text)) or ""}
    tabs = [
        {
            "url": f"?ver={name}#company",
            "label": label,
            "current": name == panel,
            "count": counts.get(name, ""),
        }
        for name, label in labels.items()
    ]
    return {"panel": panel, "tabs": tabs, **shown}


def _waiting(text):
    return Comment.objects.filter(text=text).threads().open().count()


def _practices(view, text):
    """The practices that live in this component, with what the edition declares of each."""
    verdict = Assessment.objects.filter(edition=view.edition, practice=OuterRef("pk")).values("verdict")[:1]
    answered = harmony.practices_for(view.edition.guide.year)
    every = answered.annotate(declared=Subquery(verdict)).order_by("code")
    here = [practice for practice in every if text.component.slug in practice.components]
    seen = practice_checks.run(view.contents)
    return {
        "practices": [
            {
                "practice": one,
                "assessment": Assessment(verdict=one.declared) if one.declared else None,
                "seen": seen.get(one.code),
            }
            for one in here
        ]
    }


def _examples(view, text):
    """What the published Rules of other programs say in this component, newest first."""
    written = PublishedText.objects.filter(
        component__slug=text.component.slug, publication__in=Publication.objects.in_force()
    ).exclude(text="")
    others = written.exclude(publication__edition__program=view.edition.program)
    newest = others.order_by("-publication__edition__fiscal_year", "pk").defer("publication__snapshot")
    return {"examples": newest.select_related("publication__edition__program__agency")[:8]}


def _comments(view, text):
    """The threads on this component: open ones first, each with the state of its passage."""
    every = list(Comment.objects.filter(text=text).for_listing().order_by("at", "pk"))
    answers = {}
    for one in every:
        answers.setdefault(one.parent_id, []).append(one)
    plain = highlight.plain(text.text)
    said = [_thread(view, one, plain, answers.get(one.pk, [])) for one in answers.get(None, [])]
    may_comment = rules.is_not_published_yet(view.request.user, view.edition)
    people = list(people_for(view.edition)) if may_comment else []
    for each in said:
        each["task_form"] = TaskForm(people=people, thread=each["thread"], auto_id=f"id_{each['id']}_%s")
    return {
        "open": [each for each in said if not each["thread"].is_resolved],
        "resolved": [each for each in said if each["thread"].is_resolved],
        "may_comment": may_comment,
        "comment_form": getattr(view, "comment_form", None) or CommentForm(auto_id="id_comment_%s"),
    }


def _thread(view, thread, plain, replies):
    may_act = rules.edits_rules(view.request.user, view.edition)
    place = passages.locate(plain, passages.Anchor(thread.quote, thread.prefix, thread.suffix))
    return {
        "id": thread.public_id,
        "thread": thread,
        "quote": references.in_plain(thread.quote, view.contents),
        "place": place.state if thread.quote else "",
        "now": references.in_plain(place.now, view.contents),
        "replies": replies,
        "may_resolve": may_act or view.request.user.pk in (thread.author_id, thread.owner_id),
        "answer_form": AnswerForm(auto_id=f"id_{thread.public_id}_%s"),
    }


def _history(view, text):
    return {"versions": text.versions.landmarks().newest_first()[:10]}


PANELS = {PRACTICES: _practices, EXAMPLES: _examples, COMMENTS: _comments, HISTORY: _history}
