"""Comments on a draft: on a component or on a passage of it, answered in a thread, resolved, made a task."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id
from programs.models.editions import ComponentText, drafts_visible_to


class CommentQuerySet(models.QuerySet):
    """Comments read as a sentence: ``Comment.objects.threads().open()``."""

    def visible_to(self, user):
        """Whoever may read the draft reads what is said of it; nobody else ever does."""
        return self.filter(text__edition__in=drafts_visible_to(user))

    def threads(self):
        return self.filter(parent=None)

    def open(self):
        return self.filter(resolved_at=None)

    def for_listing(self):
        return self.select_related("author", "resolved_by", "owner")


class Comment(models.Model):
    """What somebody says of a component, or answers to what was said.

    The first of a thread may name a passage by its words (``quote``) and by those around it, in the manner
    of a text quote selector; it may be made a task, with whom it waits for and until when.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    text = models.ForeignKey(ComponentText, on_delete=models.CASCADE, related_name="comments")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies"
    )
    body = models.TextField(_("comment"))
    quote = models.TextField(_("passage"), blank=True)
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("who has to do it"),
    )  # fmt: skip
    due_on = models.DateField(_("until when"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(body=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="comment_resolved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | Q(quote="", owner=None, resolved_at=None),
                name="comment_answer_is_only_words",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(owner__isnull=False), name="comment_due_is_somebodys"
            ),
        ]

    def __str__(self):
        return f"{self.author}: {self.body[:60]}"

    def get_absolute_url(self):
        page = reverse("programs:draft_component", args=[self.text.edition.code, self.text.component.slug])
        return f"{page}?ver=comentarios#comentario-{self.thread.public_id}"

    @property
    def thread(self):
        return self.parent or self

    @property
    def is_resolved(self):
        return self.resolved_at is not None
