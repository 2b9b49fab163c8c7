from calls import urls_applications

app_name = "calls"
urlpatterns = [*urls_applications.urlpatterns]
