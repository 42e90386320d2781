from django.urls import path

from .views import ReadingsView

urlpatterns = [path("readings/", ReadingsView.as_view(), name="readings")]
