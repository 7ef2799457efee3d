"""The filter by which templates show times of day in 12 or 24 hours."""

from django import template

from accounts.time_notation import in_notation

register = template.Library()
register.filter("in_notation", in_notation)
