from django.urls import path

from jobs import views

app_name = "jobs"
urlpatterns = [
    path("trabajos/", views.JobList.as_view(), name="jobs"),
    path("trabajos/<slug:public_id>/", views.JobPage.as_view(), name="job"),
    path("trabajos/<slug:public_id>/estado.json", views.progress, name="progress"),
    path("trabajos/<slug:public_id>/reintentar/", views.try_again, name="try_again"),
]
