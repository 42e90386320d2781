"""The layers that the API knows, each with the form by which it is written: all but residents."""

from functools import cache
from importlib import import_module

from ..leaving import layers_without_residents


@cache
def open_layers():
    """Return {layer: form class} of the layers that are in the API, in the layers' order."""
    return {str(layer): _form_of(model) for layer, model in layers_without_residents().items()}


def _form_of(model):
    """The form of the layer's page for adding, as its urls.py names it."""
    pages = import_module(f"{model._meta.app_config.name}.urls").urlpatterns
    add = next(page for page in pages if page.name == "add")
    return add.callback.view_initkwargs["form_class"]
