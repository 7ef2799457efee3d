"""The addresses of the chat's pages."""

from django.urls import path

from chat.web.api.blocked import blocked
from chat.web.api.deleted import deleted
from chat.web.api.entry_requests import invitations, my_requests, requests
from chat.web.api.handles import handle, invited_handle
from chat.web.api.members import members
from chat.web.api.mentions import mentions
from chat.web.api.people import people
from chat.web.api.preview import preview
from chat.web.api.purges import purge_count, purges
from chat.web.api.reports import my_reports, reports
from chat.web.api.rooms import joinable_rooms
from chat.web.api.sanctions import sanctions
from chat.web.api.search import search
from chat.web.api.word_rules import words
from chat.web.pages.ask import ask
from chat.web.pages.directory import directory
from chat.web.pages.home import home
from chat.web.pages.invitation_code import invitation_code
from chat.web.pages.invited import invited
from chat.web.pages.room import room
from chat.web.pages.server_settings import mail_check, server_settings

urlpatterns = [
    path("", home, name="home"),
    path("accounts/handle/", handle, name="account_check_handle"),
    path("invitations/<int:invitation_id>/code.svg", invitation_code, name="invitation_code"),
    path("invited/<str:token>/", invited, name="invited"),
    path("invited/<str:token>/handle/", invited_handle, name="invited_handle"),
    path("blocked/", blocked, name="blocked"),
    path("mentions/", mentions, name="mentions"),
    path("people/", people, name="people"),
    path("search/rooms/", joinable_rooms, name="joinable_rooms"),
    path("reports/", my_reports, name="my_reports"),
    path("requests/", my_requests, name="my_requests"),
    path("rooms/", directory, name="directory"),
    path("rooms/<str:slug>/", room, name="room"),
    path("rooms/<str:slug>/ask/", ask, name="ask"),
    path("rooms/<str:slug>/invitations/", invitations, name="invitations"),
    path("rooms/<str:slug>/members/", members, name="members"),
    path("rooms/<str:slug>/preview/", preview, name="preview"),
    path("rooms/<str:slug>/purge/<int:user_id>/", purge_count, name="purge_count"),
    path("rooms/<str:slug>/purges/<int:user_id>/", purges, name="purges"),
    path("rooms/<str:slug>/reports/", reports, name="reports"),
    path("rooms/<str:slug>/requests/", requests, name="requests"),
    path("rooms/<str:slug>/sanctions/", sanctions, name="sanctions"),
    path("rooms/<str:slug>/words/", words, name="words"),
    path("server/settings/", server_settings, name="server_settings"),
    path("server/settings/mail/", mail_check, name="mail_check"),
    path("search/", search, name="search"),
    path("rooms/<str:slug>/<int:seq>/", room, name="message"),
    path("rooms/<str:slug>/<int:seq>/deleted/", deleted, name="deleted"),
]
