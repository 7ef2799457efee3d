"""Every page's address."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.decorators.gzip import gzip_page
from django.views.generic import RedirectView
from django.views.i18n import set_language

from chat.admin.pulse.page import pulse
from chat.web.pages.setup import setup
from project.assets.js_catalog import Catalog
from project.assets.pwa import manifest, service_worker, shell

handler500 = "chat.web.unavailable.server_error"
urlpatterns = [
    # The admin's pages name no icon, and browsers ask for this one.
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}favicon.svg")),
    path("admin/pulse/", admin.site.admin_view(pulse), name="pulse"),
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    path("language/", set_language, name="set_language"),
    path("language/<str:language>/<str:version>.js", gzip_page(Catalog.as_view()), name="catalog"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("offline/", shell, name="shell"),
    path("service_worker.js", service_worker, name="service_worker"),
    path("setup/<str:token>/", setup, name="setup"),
    path("", include("chat.urls")),
]
