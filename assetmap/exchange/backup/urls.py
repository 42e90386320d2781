from django.urls import path

from .views import BackupView

app_name = "backup"
urlpatterns = [path("", BackupView.as_view(), name="backup")]
