from datetime import date

from django.urls import path, register_converter

from accounts.views import log, mailbox, mine, notices, teams
from accounts.views.language import choose_language


class Day:
    """``2026-11-28``"""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value):
        return date.fromisoformat(value)

    def to_url(self, value):
        return str(value)


register_converter(Day, "day")

app_name = "accounts"
urlpatterns = [
    path("registro/", log.Log.as_view(), name="log"),
    path("registro/<day:day>.json", log.day, name="log_day"),
    path("idioma/", choose_language, name="language"),
    path("mi/perfil/", mine.Profile.as_view(), name="profile"),
    path("mi/actos/", mine.MyActs.as_view(), name="my_acts"),
    path("cuenta/", mine.Account.as_view(), name="account"),
    path("avisos/", notices.Notices.as_view(), name="notices"),
    path("avisos/leidos/", notices.mark_all_read, name="notices_read"),
    path("avisos/<slug:public_id>/", notices.NoticePage.as_view(), name="notice"),
    path("avisos/<slug:public_id>/leido/", notices.mark_read, name="notice_read"),
    path("correo/", mailbox.Mailbox.as_view(), name="mailbox"),
    path("correo/<slug:public_id>/", mailbox.LetterPage.as_view(), name="letter"),
    path("equipo/", teams.Teams.as_view(), name="teams"),
    path("equipo/<slug:body>/", teams.Team.as_view(), name="team"),
    path("equipo/<slug:body>/roles/<slug:membership>/terminar/", teams.end_membership, name="end_membership"),
    path(
        "equipo/<slug:body>/invitaciones/<slug:invitation>/retirar/",
        teams.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("invitacion/<str:token>/", teams.AcceptInvitation.as_view(), name="invitation"),
]
