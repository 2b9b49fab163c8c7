"""A polite limit on what anybody may ask: so many times a minute from one address."""

import time

from django.core.cache import cache

PER_MINUTE = 30


def allows(request, what, *, most=PER_MINUTE):
    """Count this request; False once ``most`` were made this minute from the same address."""
    key = f"limit:{what}:{request.META.get('REMOTE_ADDR', '')}:{int(time.time()) // 60}"
    cache.add(key, 0, timeout=120)
    try:
        return cache.incr(key) <= most
    except ValueError:  # it fell out of the cache between the two
        return True
