"""Addresses of organizations, applications and the desk."""

from django.urls import path

from calls.views import (
    applicant,
    assisting,
    desk,
    documents,
    filling,
    organizations,
    pieces,
    prevention,
    vault,
    withdrawing,
)

urlpatterns = [
    path("organizaciones/", organizations.mine, name="my_organization"),
    path("organizaciones/nueva/", organizations.New.as_view(), name="organization_new"),
    path("organizaciones/<slug:public_id>/", organizations.Profile.as_view(), name="organization"),
    path("organizaciones/<slug:public_id>/editar/", organizations.Edit.as_view(), name="organization_edit"),
    path("organizaciones/<slug:public_id>/cuenta/", organizations.account, name="organization_account"),
    path("organizaciones/<slug:public_id>/documentos/", vault.Vault.as_view(), name="vault"),
    path(
        "organizaciones/<slug:public_id>/documentos/<slug:kind>/",
        vault.VaultKind.as_view(),
        name="vault_kind",
    ),
    path(
        "organizaciones/<slug:public_id>/documentos/<slug:kind>/partes/",
        vault.Pieces.as_view(),
        name="vault_pieces",
    ),
    path(
        "organizaciones/<slug:public_id>/documentos/<slug:kind>/<slug:document>/",
        vault.download,
        name="vault_file",
    ),
    path("convocatorias/<slug:folio>/solicitar/", applicant.Start.as_view(), name="application_start"),
    path("solicitudes/", applicant.MyApplications.as_view(), name="my_applications"),
    path("solicitudes/mesa/", desk.Calls.as_view(), name="desk"),
    path("solicitudes/mesa/<slug:folio>/", desk.Desk.as_view(), name="desk_call"),
    path("solicitudes/mesa/<slug:folio>/lista.csv", desk.export, name="desk_export"),
    path("solicitudes/mesa/<slug:folio>/admitir/", desk.AdmitMany.as_view(), name="desk_admit"),
    path("solicitudes/mesa/<slug:folio>/asistidas/", assisting.Assisted.as_view(), name="assisted"),
    path("solicitudes/mesa/<slug:folio>/asistidas/nueva/", assisting.Begin.as_view(), name="assisted_begin"),
    path("solicitudes/<slug:public_id>/", applicant.ApplicationPage.as_view(), name="application"),
    path(
        "solicitudes/<slug:public_id>/elegibilidad/",
        filling.Eligibility.as_view(),
        name="application_eligibility",
    ),
    path("solicitudes/<slug:public_id>/proyecto/", filling.Project.as_view(), name="application_project"),
    path(
        "solicitudes/<slug:public_id>/preguntas/<int:number>/",
        filling.Questions.as_view(),
        name="application_questions",
    ),
    path(
        "solicitudes/<slug:public_id>/documentos/",
        documents.Documents.as_view(),
        name="application_documents",
    ),
    path(
        "solicitudes/<slug:public_id>/documentos/<slug:key>/",
        documents.Documents.as_view(),
        name="application_upload",
    ),
    path(
        "solicitudes/<slug:public_id>/documentos/<slug:key>/partes/",
        pieces.OfRequirement.as_view(),
        name="application_pieces",
    ),
    path(
        "solicitudes/<slug:public_id>/preguntas/<slug:key>/partes/",
        pieces.OfAnswer.as_view(),
        name="answer_pieces",
    ),
    path(
        "solicitudes/<slug:public_id>/archivos/<slug:document>/",
        documents.download,
        name="application_file",
    ),
    path("solicitudes/<slug:public_id>/presupuesto/", filling.Budget.as_view(), name="application_budget"),
    path("solicitudes/<slug:public_id>/revision/", applicant.Review.as_view(), name="application_review"),
    path("solicitudes/<slug:public_id>/acuse/", applicant.Receipt.as_view(), name="application_receipt"),
    path("solicitudes/<slug:public_id>/acuse/prueba.json", applicant.proof, name="application_proof"),
    path(
        "solicitudes/<slug:public_id>/retirar/", withdrawing.Withdraw.as_view(), name="application_withdraw"
    ),
    path(
        "solicitudes/<slug:public_id>/renunciar/", withdrawing.Renounce.as_view(), name="application_renounce"
    ),
    path("solicitudes/<slug:public_id>/asistencia/firma/", assisting.Sign.as_view(), name="assisted_sign"),
    path("solicitudes/<slug:public_id>/asistencia/terminar/", assisting.End.as_view(), name="assisted_end"),
    path("solicitudes/<slug:public_id>/asistencia/<slug:document>/", assisting.paper, name="assisted_paper"),
    path("solicitudes/<slug:public_id>/versiones/", filling.settle, name="application_settle"),
    path(
        "solicitudes/<slug:public_id>/correccion/",
        prevention.Correction.as_view(),
        name="application_correction",
    ),
    path(
        "solicitudes/<slug:public_id>/correccion/<slug:key>/",
        prevention.Correction.as_view(),
        name="application_correct_document",
    ),
    path("solicitudes/<slug:public_id>/expediente/", desk.File.as_view(), name="desk_application"),
    path("solicitudes/<slug:public_id>/expediente.zip", documents.whole_file, name="application_zip"),
    path("solicitudes/<slug:public_id>/expediente/otras/", desk.OtherGrants.as_view(), name="desk_others"),
    path("solicitudes/<slug:public_id>/expediente/requisitos/", desk.check, name="desk_check"),
    path(
        "solicitudes/<slug:public_id>/expediente/prevencion/",
        prevention.Issue.as_view(),
        name="desk_prevention",
    ),
    path("solicitudes/<slug:public_id>/expediente/admitir/", desk.Admit.as_view(), name="desk_admit_one"),
    path("solicitudes/<slug:public_id>/expediente/desechar/", desk.Discard.as_view(), name="desk_discard"),
]
