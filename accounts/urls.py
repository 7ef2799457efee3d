"""The addresses of the door: allauth's names and paths, and only the pages that have our look."""

from allauth.account import views as allauth
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from accounts.auth import views
from accounts.your_account.data import data, download
from accounts.your_account.deletion import delete_account, keep_account
from accounts.your_account.email import ChangeEmailView
from accounts.your_account.home import home
from accounts.your_account.sessions import sessions

urlpatterns = [
    path("", home, name="account"),
    path("email/", ChangeEmailView.as_view(), name="account_email"),
    path("data/", data, name="account_data"),
    path("data/download/", download, name="account_download"),
    path("delete/", delete_account, name="account_delete"),
    path("keep/", keep_account, name="account_keep"),
    path("second-factor/", include("accounts.second_factor.urls")),
    path("sessions/", sessions, name="account_sessions"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("login/", views.LogInView.as_view(), name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("signup/", views.SignUpView.as_view(), name="account_signup"),
    # Where links to sign up led before there was one kind of invitation.
    path("invited/<str:token>/", RedirectView.as_view(url="/invited/%(token)s/", permanent=True)),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("confirm-email/", allauth.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", allauth.confirm_email, name="account_confirm_email"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("password/set/", allauth.password_set, name="account_set_password"),
    path("password/reset/", views.AskResetView.as_view(), name="account_reset_password"),
    path("password/reset/done/", views.ResetAskedView.as_view(), name="account_reset_password_done"),
    path("password/reset/key/done/", allauth.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
