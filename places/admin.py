from django.contrib import admin

from assetmap.inventory.admin import AssetAdmin

from .models import Place

admin.site.register(Place, AssetAdmin)
