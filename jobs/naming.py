"""What a thing may be called where no person may be named: in the trail, in what a check prints."""


def public_name(thing):
    """The folio, code or public id of a thing; empty where it has none."""
    for attribute in ("folio", "code", "public_id"):
        if value := getattr(thing, attribute, ""):
            return str(value)
    return ""
