from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

# There are no passwords, so allauth's page that asks for one leads to the page that mails a code.
to_sign_in = RedirectView.as_view(pattern_name="account_request_login_code", query_string=True)
# The short address on posters.
to_register = RedirectView.as_view(pattern_name="register:start")

urlpatterns = [
    path("", include("assetmap.areas.urls")),
    path("account/login/", to_sign_in),
    path("account/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/", include("assetmap.exchange.open_urls")),
    path("demo/", include("assetmap.demo.urls")),
    path("r/<slug:area>/", to_register, name="register-short"),
    path("<slug:area>/register/", include("residents.register_urls")),
    path("<slug:area>/me/", include("residents.me_urls")),
    path("<slug:area>/introductions/", include("residents.introduction_urls")),
    path("<slug:area>/privacy/", include("residents.privacy_urls")),
    path("<slug:area>/residents/", include("residents.urls")),
    path("<slug:area>/associations/", include("associations.urls")),
    path("<slug:area>/institutions/", include("institutions.urls")),
    path("<slug:area>/places/", include("places.urls")),
    path("<slug:area>/", include("assetmap.inventory.urls")),
    path("<slug:area>/", include("assetmap.exchange.urls")),
    path("<slug:area>/network/", include("assetmap.network.urls")),
    path("<slug:area>/activities/", include("assetmap.activities.urls")),
    path("<slug:area>/partners/", include("assetmap.partners.urls")),
    path("", include("assetmap.explore.urls")),
]
