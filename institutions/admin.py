from django.contrib import admin

from assetmap.inventory.admin import AssetAdmin

from .models import Institution

admin.site.register(Institution, AssetAdmin)
