"""Addresses of the electoral blackouts."""

from django.urls import path

from programs.views import blackouts

urlpatterns = [
    path("", blackouts.BlackoutList.as_view(), name="blackouts"),
    path("nuevo/", blackouts.NotePeriod.as_view(), name="blackout_note"),
    path("<str:public_id>/", blackouts.BlackoutPage.as_view(), name="blackout"),
    path("<str:public_id>/corregir/", blackouts.ChangePeriod.as_view(), name="blackout_change"),
    path("<str:public_id>/confirmar/", blackouts.ConfirmPeriod.as_view(), name="blackout_confirm"),
    path("<str:public_id>/mover/", blackouts.MoveEnd.as_view(), name="blackout_move"),
    path("<str:public_id>/terminar/", blackouts.EndPeriod.as_view(), name="blackout_end"),
    path("<str:public_id>/excepcion/", blackouts.LetThrough.as_view(), name="blackout_exception"),
]
