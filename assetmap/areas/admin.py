from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.utils.translation import gettext_lazy as _

from .models import Address, Area, Membership, User

admin.site.site_header = admin.site.site_title = "assetmap"
# Sign-in to the admin goes through the same limits on guessing as everywhere else.
admin.site.login = secure_admin_login(admin.site.login)


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 1
    autocomplete_fields = ["user", "area"]


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    list_display = ["email", "name", "is_staff"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    inlines = [MembershipInline]
    fieldsets = [
        (None, {"fields": ["email", "name", "password"]}),
        (_("Permissions"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})
    ]


@admin.register(Area)
class AreaAdmin(admin.ModelAdmin):
    list_display = ["name", "municipality", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [MembershipInline]


@admin.register(Address)
class AddressAdmin(admin.ModelAdmin):
    list_display = ["text", "area"]
    list_filter = ["area"]
    search_fields = ["folded"]
