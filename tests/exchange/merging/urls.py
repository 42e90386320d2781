"""The addresses of merging."""

from django.urls import reverse


def choose_url(asset, query=""):
    return reverse("merge:choose", args=[asset.area.slug, asset.uid]) + query


def pair_url(kept, gone):
    return reverse("merge:merge", args=[kept.area.slug, kept.uid, gone.uid])


def undo_url(done):
    return reverse("merge:undo", args=[done.area.slug, done.pk])


def list_url(area):
    return reverse("merge:list", args=[area.slug])
