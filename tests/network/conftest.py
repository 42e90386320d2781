import pytest


@pytest.fixture(autouse=True)
def own_cache(settings, tmp_path):
    """What is worked out is kept for one test alone, so that queries can be counted."""
    network = {**settings.CACHES["network"], "LOCATION": tmp_path / "network"}
    settings.CACHES = {**settings.CACHES, "network": network}
    return tmp_path / "network"
