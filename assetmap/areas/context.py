from django.conf import settings


def site(request):
    """What every page's frame needs beside the user and the area."""
    return {"demo": settings.DEMO, "languages": settings.LANGUAGES}
