"""Template components, loaded as builtins: a Python signature and an HTML file of the same name."""

from django import template

register = template.Library()
