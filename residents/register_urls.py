from django.urls import path

from . import approvals, group, register

app_name = "register"
urlpatterns = [
    path("", register.StartView.as_view(), name="start"),
    path("young/", register.YoungView.as_view(), name="young"),
    path("group/", group.GroupView.as_view(), name="group"),
    path("approve/", approvals.ApproveView.as_view(), name="approve"),
    path("poster/", register.PosterView.as_view(), name="poster"),
    path(
        "<slug:step>/",
        register.RegisterView.as_view(url_name="register:step", done_step_name="done"),
        name="step",
    ),
]
