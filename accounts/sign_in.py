"""The addresses of signing in that this portal uses, of the many that the library offers."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

urlpatterns = [
    path("entrar/", account.login, name="account_login"),
    path("salir/", account.logout, name="account_logout"),
    path("registro/", account.signup, name="account_signup"),
    path("inactiva/", account.account_inactive, name="account_inactive"),
    path("confirmar/", account.reauthenticate, name="account_reauthenticate"),
    path("correos/", account.email, name="account_email"),
    path("correo-enviado/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^correo/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"),
    path("contrasena/", account.password_change, name="account_change_password"),
    path("contrasena/nueva/", account.password_set, name="account_set_password"),
    path("contrasena/olvidada/", account.password_reset, name="account_reset_password"),
    path("contrasena/olvidada/enviada/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^contrasena/cambiar/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "contrasena/cambiada/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("segundo-factor/", mfa.index, name="mfa_index"),
    path("segundo-factor/codigo/", mfa.authenticate, name="mfa_authenticate"),
    path("segundo-factor/confirmar/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("segundo-factor/activar/", totp.activate_totp, name="mfa_activate_totp"),
    path("segundo-factor/desactivar/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("segundo-factor/respaldo/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "segundo-factor/respaldo/nuevos/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "segundo-factor/respaldo/archivo/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
