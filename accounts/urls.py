from django.urls import path

from accounts.views import mailbox, mine, notices, teams
from accounts.views.language import choose_language

app_name = "accounts"
urlpatterns = [
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
