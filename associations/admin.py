from django.contrib import admin

from assetmap.inventory.admin import AssetAdmin

from .models import Association

admin.site.register(Association, AssetAdmin)
