"""What administrators see of people: names and languages to correct, everything else to look at."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group

from accounts.administration import Catalogue, ReadOnly
from accounts.models import Body, Invitation, Membership, TrailEntry, User

for hidden in (
    Group,
    EmailAddress,
    Authenticator,
):  # they hold secrets, or powers that this portal does not use
    if admin.site.is_registered(hidden):
        admin.site.unregister(hidden)


@admin.register(User)
class UserAdmin(Catalogue, admin.ModelAdmin):
    """People come by invitation or by signing up, never from here; an account can be closed."""

    list_display = ["email", "name", "is_active", "is_staff", "joined_at"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "language", "is_active", "is_staff", "last_login", "joined_at"]
    readonly_fields = ["email", "last_login", "joined_at"]

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(Body)
class BodyAdmin(Catalogue, admin.ModelAdmin):
    list_display = ["name_es", "kind", "short_name", "is_demo"]
    list_filter = ["kind", "is_demo"]
    search_fields = ["name_es", "short_name"]
    readonly_fields = ["is_demo"]


@admin.register(Membership)
class MembershipAdmin(ReadOnly, admin.ModelAdmin):
    """Roles are given and ended in ``/equipo/``, where the trail keeps them."""

    list_display = ["user", "role", "body", "since", "until"]
    list_filter = ["role"]
    search_fields = ["user__email", "user__name", "body__name_es"]
    list_select_related = ["user", "body"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["email", "role", "body", "sent_at", "accepted_at", "withdrawn_at"]
    search_fields = ["email", "body__name_es"]
    list_select_related = ["body"]
    exclude = ["token"]


@admin.register(TrailEntry)
class TrailEntryAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["act", "subject_name", "from_state", "to_state", "by", "at"]
    list_filter = ["act"]
    search_fields = ["subject_name", "act"]
    list_select_related = ["by"]
    ordering = ["-pk"]
