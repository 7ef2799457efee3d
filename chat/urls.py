"""The addresses of the chat's pages."""

from django.urls import path

from chat.views.deleted import deleted
from chat.views.directory import directory
from chat.views.home import home
from chat.views.members import members
from chat.views.people import people
from chat.views.reports import my_reports, reports
from chat.views.room import room
from chat.views.sanctions import sanctions
from chat.views.search import search

urlpatterns = [
    path("", home, name="home"),
    path("people/", people, name="people"),
    path("reports/", my_reports, name="my_reports"),
    path("rooms/", directory, name="directory"),
    path("rooms/<str:slug>/", room, name="room"),
    path("rooms/<str:slug>/members/", members, name="members"),
    path("rooms/<str:slug>/reports/", reports, name="reports"),
    path("rooms/<str:slug>/sanctions/", sanctions, name="sanctions"),
    path("search/", search, name="search"),
    path("rooms/<str:slug>/<int:seq>/", room, name="message"),
    path("rooms/<str:slug>/<int:seq>/deleted/", deleted, name="deleted"),
]
