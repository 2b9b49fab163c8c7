"""Pages that say the same to every visitor: what is not signed in has no right, no draft and no notice."""

from functools import wraps


def same_for_visitors(view):
    """Mark the page of a view as the same for everybody who is not signed in: it may be kept a while."""

    @wraps(view)
    def marked(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.is_same_for_visitors = True
        return response

    return marked
