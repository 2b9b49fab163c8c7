"""``/administracion/``: catalogues and people, for administrators. No power over anything with states."""

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.rules import is_administrator


class Administration(AdminSite):
    """Opened by a current administrator marked as staff, who signs in through the portal's own page."""

    site_header = site_title = "Armoniza"
    index_title = _("Administration")
    enable_nav_sidebar = False

    def has_permission(self, request):
        return request.user.is_active and request.user.is_staff and is_administrator(request.user)

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def login(self, request, extra_context=None):
        if request.user.is_authenticated:
            raise PermissionDenied(_("Only administrators of the portal open these pages."))
        return redirect_to_login(request.get_full_path())


class Catalogue:
    """Rows that administrators may edit here: they have no states and decide nothing by themselves."""

    def has_module_permission(self, request):
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request, obj=None):
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request, obj=None):
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request, obj=None):
        return self.admin_site.has_permission(request)

    def has_delete_permission(self, request, obj=None):
        return False


class ReadOnly(Catalogue):
    """Rows that are only looked at: what happens to them is an act of the portal."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False
