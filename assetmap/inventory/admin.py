from django.contrib import admin

from .models import Export, Gift, GiftGroup, Link, Offering


class OfferingInline(admin.TabularInline):
    model = Offering
    extra = 0
    fields = ["gift", "text", "mode", "note"]


class AssetAdmin(admin.ModelAdmin):
    """What the admin of every layer shares."""

    list_display = ["name", "area", "status", "visibility", "updated_at"]
    list_filter = ["area", "status", "visibility"]
    list_select_related = ["area"]
    search_fields = ["search_text"]
    ordering = ["name_order"]
    show_full_result_count = False
    autocomplete_fields = ["owner"]
    inlines = [OfferingInline]

    def has_add_permission(self, request):
        return False  # the site's own pages check for duplicates and set the area

    def save_model(self, request, obj, form, change):
        obj.version += 1  # so that an edit begun before this one is refused as stale
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        form.instance.save(update_fields=["search_text"])


@admin.register(Gift)
class GiftAdmin(admin.ModelAdmin):
    list_display = ["code", "__str__", "group", "sensitive"]
    list_filter = ["group"]
    search_fields = ["code", "names"]


@admin.register(GiftGroup)
class GiftGroupAdmin(admin.ModelAdmin):
    list_display = ["code", "__str__", "kind"]


@admin.register(Link)
class LinkAdmin(admin.ModelAdmin):
    list_display = ["source", "kind", "target", "visibility"]
    list_filter = ["kind"]
    list_select_related = ["source", "target"]
    raw_id_fields = ["source", "target"]
    search_fields = ["source__search_text", "target__search_text"]


@admin.register(Export)
class ExportAdmin(admin.ModelAdmin):
    """The log of what was taken out, to be read and not to be changed."""

    list_display = ["created_at", "area", "user", "form", "count", "reason"]
    list_filter = ["area"]
    list_select_related = ["area", "user"]
    fields = ["created_at", "area", "user", "form", "count", "reason"]
    readonly_fields = fields

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
