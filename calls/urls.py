"""Addresses of calls; those of organizations, applications and the desk are in ``urls_applications``."""

from django.urls import path, register_converter

from calls import urls_applications
from calls.views import (
    calendar,
    changes,
    cockpit,
    dissemination,
    eligibility,
    forecast,
    public,
    question_desk,
    questions,
    subscriptions,
)


class CallFolio:
    """``CONV-SISEMH-2026-01``"""

    regex = r"CONV-[^/]+"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(CallFolio, "call")

app_name = "calls"
urlpatterns = [
    path("convocatorias/", public.CallList.as_view(), name="calls"),
    path("convocatorias/calendario.ics", calendar.all_calls, name="calendar"),
    path("convocatorias/fechas/", public.PromiseList.as_view(), name="promises"),
    path("convocatorias/proximas/", forecast.to_come, name="forecast"),
    path("convocatorias/suscripcion/", subscriptions.Subscribe.as_view(), name="subscribe"),
    path("convocatorias/suscripcion/revise-su-correo/", subscriptions.sent, name="subscribe_sent"),
    path(
        "convocatorias/suscripcion/confirmar/<str:signed>/",
        subscriptions.Confirm.as_view(),
        name="subscription_confirm",
    ),
    path(
        "convocatorias/suscripcion/<str:token>/",
        subscriptions.ChangeSubscription.as_view(),
        name="subscription",
    ),
    path(
        "convocatorias/suscripcion/<str:token>/baja/", subscriptions.Unsubscribe.as_view(), name="unsubscribe"
    ),
    path("convocatorias/abrir/<str:code>/", cockpit.OpenCall.as_view(), name="open"),
    path("convocatorias/<call:folio>/", public.CallPage.as_view(), name="call"),
    path("convocatorias/<call:folio>/calendario.ics", calendar.one_call, name="call_calendar"),
    path(
        "convocatorias/<call:folio>/elegibilidad/", eligibility.EligibilityCheck.as_view(), name="eligibility"
    ),
    path("convocatorias/<call:folio>/preguntas/", questions.QuestionList.as_view(), name="questions"),
    path("convocatorias/<call:folio>/preguntas/nueva/", questions.Ask.as_view(), name="ask"),
    path(
        "convocatorias/<call:folio>/preguntas/<str:public_id>/",
        questions.QuestionPage.as_view(),
        name="question",
    ),
    path(
        "convocatorias/<call:folio>/gestion/preguntas/",
        question_desk.DeskQuestions.as_view(),
        name="desk_questions",
    ),
    path(
        "convocatorias/<call:folio>/gestion/preguntas/<str:public_id>/",
        question_desk.AnswerQuestion.as_view(),
        name="desk_question",
    ),
    path("convocatorias/<call:folio>/difusion/", dissemination.Dissemination.as_view(), name="dissemination"),
    path(
        "convocatorias/<call:folio>/difusion/<str:public_id>/archivo/",
        dissemination.evidence_file,
        name="evidence_file",
    ),
    path(
        "convocatorias/<call:folio>/gestion/difusion/",
        dissemination.DeskDissemination.as_view(),
        name="desk_dissemination",
    ),
    path(
        "convocatorias/<call:folio>/gestion/difusion/nueva/",
        dissemination.RecordEvidence.as_view(),
        name="record_evidence",
    ),
    path(
        "convocatorias/<call:folio>/gestion/difusion/<str:public_id>/retirar/",
        dissemination.WithdrawEvidence.as_view(),
        name="withdraw_evidence",
    ),
    path("convocatorias/<call:folio>/gestion/", cockpit.Cockpit.as_view(), name="cockpit"),
    path("convocatorias/<call:folio>/gestion/publicar/", cockpit.PublishCall.as_view(), name="publish"),
    path("convocatorias/<call:folio>/gestion/cerrar/", cockpit.SealCall.as_view(), name="seal"),
    path("convocatorias/<call:folio>/gestion/cancelar/", changes.CancelCall.as_view(), name="cancel"),
    path("convocatorias/<call:folio>/gestion/desierta/", changes.VoidCall.as_view(), name="void"),
    path("convocatorias/<call:folio>/gestion/prorroga/", changes.ExtendCall.as_view(), name="extend"),
    path(
        "convocatorias/<call:folio>/gestion/fechas/<slug:milestone>/",
        cockpit.PromisePage.as_view(),
        name="promise",
    ),
    *urls_applications.urlpatterns,
]
