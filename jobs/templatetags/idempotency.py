"""``{% idempotency_key %}``: the hidden field of a form whose POST creates something."""

from django import template
from django.utils.html import format_html

from jobs import idempotency

register = template.Library()


@register.simple_tag(takes_context=True)
def idempotency_key(context):
    """A fresh key; the one that was sent, when the form comes back with errors."""
    request = context.get("request")
    key = (request and idempotency.key_of(request)) or idempotency.new_key()
    return format_html('<input type="hidden" name="{}" value="{}">', idempotency.FIELD, key)
