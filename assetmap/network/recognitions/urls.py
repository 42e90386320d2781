from django.urls import path

from . import matching, own, recognise

urlpatterns = [
    path("recognise/", recognise.RecogniseView.as_view(), name="recognise"),
    path("recognise/thanks/", recognise.ThanksView.as_view(), name="recognised"),
    path("recognitions/", matching.WaitingView.as_view(), name="recognitions"),
    path("recognitions/poster/", matching.PosterView.as_view(), name="recognition-poster"),
    path("recognitions/mine/", own.OwnRecognitionsView.as_view(), name="my-recognitions"),
    path("recognitions/<int:pk>/", matching.MatchView.as_view(), name="recognition"),
    path("recognitions/<int:pk>/erase/", matching.EraseView.as_view(), name="recognition-erase"),
    path("recognitions/<int:pk>/answer/", own.AnswerView.as_view(), name="recognition-answer"),
]
