"""The addresses of the Guide, below ``/guia/``."""

from django.urls import path

from programs.views import guide, guide_editing, guide_lists

COMPONENT = "guia/<yyyy:year>/componentes/<slug:component>/"
SECTION = "guia/<yyyy:year>/secciones/<slug:numeral>/"
PRACTICE = "guia/<yyyy:year>/practicas/<str:practice>/"
CRITERION = "guia/<yyyy:year>/rubrica/<slug:criterion>/"

urlpatterns = [
    path("guia/", guide.GuideList.as_view(), name="guides"),
    path("guia/nueva/", guide_editing.BeginGuide.as_view(), name="guide_begin"),
    path("guia/<yyyy:year>/", guide.GuidePage.as_view(), name="guide"),
    path("guia/<yyyy:year>/titulo/", guide_editing.Entitle.as_view(), name="guide_title"),
    path("guia/<yyyy:year>/cambios/", guide_editing.GuideChanges.as_view(), name="guide_changes"),
    path("guia/<yyyy:year>/publicar/", guide_editing.PublishGuide.as_view(), name="guide_publish"),
    path("guia/<yyyy:year>/nueva-seccion/", guide_editing.Section.as_view(), name="guide_section_add"),
    path(SECTION, guide_editing.Section.as_view(), name="guide_section"),
    path(f"{SECTION}quitar/", guide_editing.RemoveSection.as_view(), name="guide_section_remove"),
    path(
        "guia/<yyyy:year>/nuevo-componente/",
        guide_editing.WriteComponent.as_view(),
        name="guide_component_add",
    ),
    path(COMPONENT, guide.Describe.as_view(), name="guide_component"),
    path(f"{COMPONENT}redaccion/", guide_editing.WriteComponent.as_view(), name="guide_component_write"),
    path(f"{COMPONENT}quitar/", guide_editing.RemoveComponent.as_view(), name="guide_component_remove"),
    path("guia/<yyyy:year>/revisiones/", guide.Checks.as_view(), name="guide_checks"),
    path("guia/<yyyy:year>/revisiones/<slug:check>/", guide.SetCheck.as_view(), name="guide_check"),
    path("guia/<yyyy:year>/practicas/", guide_lists.Practices.as_view(), name="guide_practices"),
    path("guia/<yyyy:year>/nueva-practica/", guide_lists.WritePractice.as_view(), name="guide_practice_add"),
    path(PRACTICE, guide_lists.WritePractice.as_view(), name="guide_practice"),
    path(f"{PRACTICE}quitar/", guide_lists.RemovePractice.as_view(), name="guide_practice_remove"),
    path("guia/<yyyy:year>/rubrica/", guide_lists.RubricPage.as_view(), name="guide_rubric"),
    path(
        "guia/<yyyy:year>/rubrica-oficial/", guide_lists.ConfirmRubric.as_view(), name="guide_rubric_confirm"
    ),
    path(
        "guia/<yyyy:year>/nuevo-criterio/", guide_lists.WriteCriterion.as_view(), name="guide_criterion_add"
    ),
    path(CRITERION, guide_lists.WriteCriterion.as_view(), name="guide_criterion"),
    path(f"{CRITERION}quitar/", guide_lists.RemoveCriterion.as_view(), name="guide_criterion_remove"),
]
