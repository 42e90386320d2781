from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "assetmap.partners"
