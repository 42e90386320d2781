from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Static files under hashed names, compressed; imports between ES modules are renamed too."""

    support_js_module_import_aggregation = True
