from django.contrib import admin

from assetmap.inventory.admin import AssetAdmin

from .models import Resident

admin.site.register(Resident, AssetAdmin)
