from django.urls import path

from . import views

urlpatterns = [
    path("recipes/", views.RecipesView.as_view(), name="recipes"),
    path("recipes/add/", views.AddView.as_view(), name="recipe-add"),
    path("recipes/<uuid:uid>/", views.RecipeView.as_view(), name="recipe"),
    path("recipes/<uuid:uid>/edit/", views.EditView.as_view(), name="recipe-edit"),
    path("recipes/<uuid:uid>/erase/", views.EraseView.as_view(), name="recipe-erase"),
]
