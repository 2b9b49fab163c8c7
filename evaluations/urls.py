from django.urls import path

from evaluations.urls_marks import of_marks
from evaluations.urls_pairs import of_pairs
from evaluations.urls_ruling import of_ruling
from evaluations.urls_voice import of_voice
from evaluations.views import committee, coordination, results, scoring, session_files, sessions

app_name = "evaluations"

OF_CALL = "evaluacion/convocatoria/<str:folio>/"
urlpatterns = [
    *of_voice(OF_CALL),
    *of_pairs(OF_CALL),
    *of_marks(OF_CALL),
    *of_ruling(OF_CALL),
    path("convocatorias/<str:folio>/comite/", committee.CommitteePage.as_view(), name="committee"),
    path(OF_CALL, coordination.Coordination.as_view(), name="coordination"),
    path(f"{OF_CALL}comite/", coordination.Appoint.as_view(), name="appoint"),
    path(f"{OF_CALL}comite/<slug:seat>/", coordination.Replace.as_view(), name="replace"),
    path(f"{OF_CALL}evaluadoras/", coordination.AddEvaluator.as_view(), name="add_evaluator"),
    path(
        f"{OF_CALL}evaluadoras/<slug:person>/",
        coordination.RemoveEvaluator.as_view(),
        name="remove_evaluator",
    ),
    path(f"{OF_CALL}reparto/manual/", coordination.Assign.as_view(), name="assign"),
    path(f"{OF_CALL}prelacion/", coordination.Ranking.as_view(), name="ranking"),
    path(f"{OF_CALL}evaluaciones/", coordination.Reviews.as_view(), name="reviews"),
    path(f"{OF_CALL}evaluaciones/<str:alias>/", coordination.Reopen.as_view(), name="reopen"),
    path("evaluacion/", scoring.Board.as_view(), name="board"),
    path("evaluacion/<str:alias>/", scoring.Scoring.as_view(), name="scoring"),
    path("evaluacion/<str:alias>/guardar/", scoring.Autosave.as_view(), name="autosave"),
    path("evaluacion/<str:alias>/entregar/", scoring.HandIn.as_view(), name="hand_in"),
    path("evaluacion/<str:alias>/excusa/", scoring.Recuse.as_view(), name="recuse"),
    path(
        "evaluacion/<str:alias>/documentos/<slug:key>/",
        scoring.BlindDocument.as_view(),
        name="blind_document",
    ),
    path("sesiones/", sessions.Sessions.as_view(), name="sessions"),
    path("sesiones/convocar/<str:folio>/", sessions.Convene.as_view(), name="convene"),
    path("sesiones/<str:folio>/", sessions.SessionPage.as_view(), name="session"),
    path("sesiones/<str:folio>/abrir/", sessions.OpenSession.as_view(), name="open_session"),
    path("sesiones/<str:folio>/votar/", sessions.VoteAll.as_view(), name="vote_all"),
    path("sesiones/<str:folio>/proponer/", sessions.ProposeAll.as_view(), name="propose_all"),
    path("sesiones/<str:folio>/emitir/", sessions.IssueAll.as_view(), name="issue_all"),
    path("sesiones/<str:folio>/cerrar/", sessions.CloseSession.as_view(), name="close_session"),
    path("sesiones/<str:folio>/<int:position>/", session_files.FilePage.as_view(), name="session_file"),
    path("sesiones/<str:folio>/<int:position>/voto/", session_files.CastVote.as_view(), name="cast_vote"),
    path("sesiones/<str:folio>/<int:position>/dictamen/", session_files.Rule.as_view(), name="rule"),
    path("resultados/", results.Results.as_view(), name="results"),
    path("resultados/<str:folio>/", results.CallResults.as_view(), name="call_results"),
    path("resultados/<str:folio>/cartas/", results.LettersAgain.as_view(), name="letters_again"),
]
