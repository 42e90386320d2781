"""The page to read about the API, and to try it on."""

from django.views.generic import TemplateView

from .application import api


class DocsView(TemplateView):
    """The operations as a table; where scripts run, Swagger UI in its place."""

    template_name = "exchange/api/docs.html"

    def get_context_data(self, **kwargs):
        document = api.get_openapi_schema()
        return super().get_context_data(operations=operations(document), **kwargs)


def operations(document):
    """Return the operations of an OpenAPI document in words, as dicts."""
    return [
        {
            "method": method.upper(),
            "path": path,
            "summary": operation["summary"],
            "description": operation.get("description", ""),
            "parameters": [p["name"] for p in operation["parameters"] if p["in"] == "query"],
            "needs_token": {} not in operation["security"],
        }
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
