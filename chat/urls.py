"""The addresses of the chat's pages."""

from django.urls import path

from chat.views.asking import ask
from chat.views.blocked import blocked
from chat.views.deleted import deleted
from chat.views.directory import directory
from chat.views.home import home
from chat.views.invited import invited
from chat.views.members import members
from chat.views.mentions import mentions
from chat.views.people import people
from chat.views.preview import preview
from chat.views.purge_count import purge_count
from chat.views.reports import my_reports, reports
from chat.views.room import room
from chat.views.room_doors import invitations, my_requests, requests
from chat.views.sanctions import sanctions
from chat.views.search import search
from chat.views.words import words

urlpatterns = [
    path("", home, name="home"),
    path("invited/<str:token>/", invited, name="invited"),
    path("blocked/", blocked, name="blocked"),
    path("mentions/", mentions, name="mentions"),
    path("people/", people, name="people"),
    path("reports/", my_reports, name="my_reports"),
    path("requests/", my_requests, name="my_requests"),
    path("rooms/", directory, name="directory"),
    path("rooms/<str:slug>/", room, name="room"),
    path("rooms/<str:slug>/ask/", ask, name="ask"),
    path("rooms/<str:slug>/invitations/", invitations, name="invitations"),
    path("rooms/<str:slug>/members/", members, name="members"),
    path("rooms/<str:slug>/preview/", preview, name="preview"),
    path("rooms/<str:slug>/purge/<int:user_id>/", purge_count, name="purge_count"),
    path("rooms/<str:slug>/reports/", reports, name="reports"),
    path("rooms/<str:slug>/requests/", requests, name="requests"),
    path("rooms/<str:slug>/sanctions/", sanctions, name="sanctions"),
    path("rooms/<str:slug>/words/", words, name="words"),
    path("search/", search, name="search"),
    path("rooms/<str:slug>/<int:seq>/", room, name="message"),
    path("rooms/<str:slug>/<int:seq>/deleted/", deleted, name="deleted"),
]
