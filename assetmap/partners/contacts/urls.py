from django.urls import path

from . import reply, views

urlpatterns = [
    path("contacts/", views.BoardView.as_view(), name="contacts"),
    path("contacts/new/<uuid:uid>/", views.NewContactView.as_view(), name="contact-new"),
    path("contacts/reply/<str:token>/", reply.ReplyView.as_view(), name="contact-reply"),
    path("contacts/<uuid:uid>/", views.ContactView.as_view(), name="contact"),
    path("contacts/<uuid:uid>/step/", views.StepView.as_view(), name="contact-step"),
]
