"""Addresses of what an organization can do after the ruling."""

from django.urls import path

from evaluations.views import feedback, remedies, reports, voice_public, what_now

OF_RESULT = "mi-resultado/<slug:public_id>/"


def of_voice(of_call):
    """The addresses, under the result of an application or the evaluation of a call."""
    return [
        path("resultados/retroalimentacion/", voice_public.Voice.as_view(), name="voice"),
        path("resultados/retroalimentacion.csv", voice_public.voice_csv, name="voice_csv"),
        path(OF_RESULT, what_now.WhatNow.as_view(), name="what_now"),
        path(f"{OF_RESULT}retroalimentacion/", feedback.AskFeedback.as_view(), name="ask_feedback"),
        path("retroalimentacion/<slug:public_id>/", feedback.Feedback.as_view(), name="feedback"),
        path(
            "retroalimentacion/<slug:public_id>/guardar/",
            feedback.FeedbackAutosave.as_view(),
            name="feedback_autosave",
        ),
        path(f"{of_call}retroalimentacion/", feedback.FeedbackDesk.as_view(), name="feedback_desk"),
        path(f"{OF_RESULT}medios/<slug:key>/", remedies.FileRemedy.as_view(), name="file_remedy"),
        path(f"{OF_RESULT}denuncia/<slug:key>/", reports.FileReport.as_view(), name="file_report"),
        path("medios/<slug:public_id>/", remedies.RemedyPage.as_view(), name="remedy"),
        path(
            "medios/<slug:public_id>/archivos/<int:number>/",
            remedies.RemedyAttachment.as_view(),
            name="remedy_attachment",
        ),
        path(f"{of_call}medios/", remedies.RemedyDesk.as_view(), name="remedy_desk"),
        path("contraloria/denuncias/", reports.Reports.as_view(), name="reports"),
        path("contraloria/denuncias/<slug:public_id>/", reports.ReportPage.as_view(), name="report"),
        path(
            "contraloria/denuncias/<slug:public_id>/archivos/<int:number>/",
            reports.ReportAttachment.as_view(),
            name="report_attachment",
        ),
    ]
