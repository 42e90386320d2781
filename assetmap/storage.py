from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Static files under hashed names, compressed; imports between ES modules are renamed too."""

    support_js_module_import_aggregation = True

    def create_compressor(self, **kwargs):
        """Source maps are megabytes, and read only by who looks for a fault in others' code."""
        left_out = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]
        return super().create_compressor(**kwargs | {"extensions": left_out})
