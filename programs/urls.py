from django.urls import include, path, register_converter

from programs.views import (
    annexes,
    assessment,
    board,
    dashboards,
    harmonization,
    histories,
    public,
    ratings,
    trends,
    word,
)


class YearConverter:
    """A fiscal year: four digits."""

    regex = "[0-9]{4}"
    to_python = staticmethod(int)
    to_url = staticmethod(str)


register_converter(YearConverter, "yyyy")
app_name = "programs"

urlpatterns = [
    path("programas/", public.ProgramList.as_view(), name="programs"),
    path("programas/<str:code>/", public.ProgramPage.as_view(), name="program"),
    path("reglas/<str:program>/<yyyy:year>/", public.EditionPage.as_view(), name="edition"),
    path("reglas/<str:program>/<yyyy:year>.json", public.EditionJson.as_view(), name="edition_json"),
    path("reglas/<str:program>/<yyyy:year>.pdf", public.EditionPdf.as_view(), name="edition_pdf"),
    path("reglas/<str:program>/<yyyy:year>/anexos/<slug:annex>/", annexes.AnnexFile.as_view(), name="annex"),
    path("reglas/<str:program>/<yyyy:year>.docx", word.EditionFile.as_view(), name="edition_word"),
    path("reglas/<str:program>/<yyyy:year>.html", word.EditionFile.as_view(kind="html"), name="edition_html"),
    path(
        "reglas/<str:program>/<yyyy:year>/informe-de-practicas/",
        assessment.ChecklistReport.as_view(),
        name="checklist_report",
    ),
    path(
        "reglas/<str:program>/<yyyy:year>/practicas/<str:practice>/",
        histories.AssessmentPage.as_view(),
        name="assessment",
    ),
    path(
        "reglas/<str:program>/<yyyy:year>/modificaciones/<int:number>/",
        public.AmendmentPage.as_view(),
        name="amendment",
    ),
    path("reglas/<str:program>/<yyyy:year>/valoracion/", ratings.RatingPage.as_view(), name="rating"),
    path("programas/<str:code>/valoraciones/", ratings.RatedYears.as_view(), name="rated_years"),
    path("programas/<str:code>/valoraciones.csv", ratings.RatedYearsCsv.as_view(), name="rated_years_csv"),
    path("redaccion/<str:code>/valoracion/", ratings.DraftRating.as_view(), name="draft_rating"),
    path(
        "redaccion/<str:code>/valoracion/seccion/<slug:numeral>/",
        ratings.RateSection.as_view(),
        name="rate_section",
    ),
    path("redaccion/<str:code>/valoracion/entregar/", ratings.HandInRating.as_view(), name="rating_hand_in"),
    path(
        "redaccion/<str:code>/valoracion/respuesta/<slug:criterion>/",
        ratings.ReplyToRating.as_view(),
        name="rating_reply",
    ),
    path("armonizacion/", harmonization.MatrixPage.as_view(), name="matrix"),
    path("armonizacion/como-se-mide/", harmonization.HowMeasured.as_view(), name="matrix_formula"),
    path("armonizacion/matriz.csv", harmonization.MatrixCsv.as_view(), name="matrix_csv"),
    path("armonizacion/matriz.json", harmonization.MatrixJson.as_view(), name="matrix_json"),
    path("armonizacion/practicas/<str:code>/", harmonization.PracticePage.as_view(), name="practice"),
    path("armonizacion/tendencias/", trends.TrendsPage.as_view(), name="trends"),
    path("armonizacion/tendencias.csv", trends.TrendsCsv.as_view(), name="trends_csv"),
    path("armonizacion/tendencias.json", trends.TrendsJson.as_view(), name="trends_json"),
    path("armonizacion/mapa.csv", trends.HeatCsv.as_view(), name="heat_csv"),
    path("armonizacion/informe/", harmonization.MatrixReport.as_view(), name="matrix_report"),
    path("redaccion/<str:code>/practicas/", assessment.Checklist.as_view(), name="checklist"),
    path(
        "redaccion/<str:code>/practicas/informe/",
        assessment.DraftChecklistReport.as_view(),
        name="draft_checklist_report",
    ),
    path(
        "redaccion/<str:code>/practicas/<str:practice>/", assessment.AssessPractice.as_view(), name="assess"
    ),
    path(
        "redaccion/<str:code>/practicas/<str:practice>/respuesta/",
        assessment.AnswerAssessment.as_view(),
        name="answer_assessment",
    ),
    path("seguimiento/", dashboards.Board.as_view(), name="follow_up"),
    path("mi/", board.MyBoard.as_view(), name="board"),
    path("", include("programs.urls_comparison")),
    path("", include("programs.urls_guide")),
    path("redaccion/", include("programs.urls_drafting")),
    path("periodo-electoral/", include("programs.urls_blackouts")),
]
