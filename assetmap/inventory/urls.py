from django.urls import path

from . import freshness_views, moderation_views, views

app_name = "inventory"
urlpatterns = [
    path("add/", views.AddView.as_view(), name="add"),
    path("similar/", views.SimilarView.as_view(), name="similar"),
    path("archive/", views.ArchiveListView.as_view(), name="archive"),
    path("queue/", moderation_views.QueueView.as_view(), name="queue"),
    path("queue/records/", moderation_views.RecordView.as_view(), name="queue-records"),
    path("queue/words/", moderation_views.WordsView.as_view(), name="queue-words"),
    path("queue/gifts/", moderation_views.GiftsView.as_view(), name="queue-gifts"),
    path("still/<str:token>/", freshness_views.StillView.as_view(), name="still"),
    path("photos/<uuid:uid>/<str:size>/", views.PhotoView.as_view(), name="photo"),
    path("links/add/", views.LinkCreateView.as_view(), name="link-add"),
    path("links/ends/", views.LinkEndsView.as_view(), name="link-ends"),
    path("links/<uuid:uid>/edit/", views.LinkUpdateView.as_view(), name="link-edit"),
    path("links/<uuid:uid>/delete/", views.LinkDeleteView.as_view(), name="link-delete"),
]
