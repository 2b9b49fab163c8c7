"""Form fields in the markup of GOV.UK: label, hint, error and control tied together for every reader."""

from django import forms
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, escape
from django.utils.safestring import mark_safe

from rop_portal.components.library import register, rendered, values_of

MANY = ("radios", "checkboxes")  # several controls under one question
CONTROL_CLASSES = {"textarea": "govuk-textarea", "select": "govuk-select", "file": "govuk-file-upload"}


def kind_of(widget):
    """Which markup a widget takes."""
    if getattr(widget, "is_group", False):
        return "group"
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.FileInput):
        return "file"
    if isinstance(widget, forms.Select):
        return "select"
    return "textarea" if isinstance(widget, forms.Textarea) else "input"


@register.simple_tag
def options(choices, chosen=""):
    """The choices of a select, hundreds of programs perhaps: no template is rendered for each."""
    marked = (
        {"value": value, "attrs": {"selected": True} if value == chosen else {}, "label": words}
        for value, words in choices
    )
    return mark_safe("".join(map(_option, marked)))


@register.simple_tag
def select_options(groups):
    """What a widget of Django offers, in the same words and far sooner: every filter has every place."""
    return mark_safe("".join(_group(name, choices) for name, choices, _place in groups))


def _group(name, choices):
    inside = "".join(map(_option, choices))
    return f'<optgroup label="{conditional_escape(name)}">{inside}</optgroup>' if name else inside


def _option(choice):
    attributes = flatatt(choice["attrs"]) if choice["attrs"] else ""
    label = conditional_escape(choice["label"])
    return f'<option value="{escape(str(choice["value"]))}"{attributes}>{label}</option>'


@register.inclusion_tag("components/field.html")
def field(
    bound, *, hint="", label="", lang="", autocomplete="", width="", prefix="", legend_size="", max_words=0,
    part=False,
):  # fmt: skip
    """A field of a form with its label, hint and errors.

    ``width``: w-2, w-4, w-10, w-20. ``prefix``: a unit before the box, as $. ``max_words`` shows a counter.
    ``part``: it belongs to a row that may be left empty, so that it is not called optional by itself.
    ``lang``: the language of label and hint, where it is not that of the page.
    """
    widget = bound.field.widget
    kind = kind_of(widget)
    return {
        "bound": bound, "kind": kind, "prefix": prefix, "legend_size": legend_size, "max_words": max_words,
        "lang": lang,
        "label": label or bound.label, "hint": hint or bound.help_text, "hidden": bound.is_hidden,
        "optional": not bound.field.required and kind != "checkbox" and not part,
        "control": "" if kind in MANY else _control(bound, kind, hint, autocomplete, width),
        "choices": list(bound.subwidgets) if kind in ("radios", "checkboxes") else [],
        "first_id": bound.id_for_label or f"{bound.auto_id}_0",
    }  # fmt: skip


def _control(bound, kind, hint, autocomplete, width):
    widget = bound.field.widget
    base = "govuk-checkboxes__input" if kind == "checkbox" else CONTROL_CLASSES.get(kind, "govuk-input")
    classes = [widget.attrs.get("class", ""), base, width, f"{base}--error" if bound.errors else ""]
    attrs = {"class": " ".join(filter(None, classes))}
    if autocomplete:
        attrs["autocomplete"] = autocomplete
    if hint and not bound.field.help_text:
        attrs["aria-describedby"] = " ".join(
            [f"{bound.auto_id}_helptext"] + ([f"{bound.auto_id}_error"] if bound.errors else [])
        )
    return bound.as_widget(attrs=attrs)


@register.inclusion_tag("components/error_summary.html")
def error_summary(*given):
    """Everything that is wrong in the forms given, at the top, each leading to its field."""
    return {"errors": [error for form in given if form is not None for error in _errors(form)]}


def _errors(form):
    if hasattr(form, "forms"):
        yield from ({"text": text, "target": "", "label": ""} for text in form.non_form_errors())
        for each in form.forms:
            yield from _errors(each)
        return
    if not form.is_bound:
        return
    yield from ({"text": text, "target": "", "label": ""} for text in form.non_field_errors())
    for bound in form:
        target = bound.id_for_label or f"{bound.auto_id}_0"
        yield from ({"text": text, "target": target, "label": bound.label} for text in bound.errors)


@register.simple_block_tag
def fieldset(content, *, legend, hint="", size="", anchor=""):
    """Fields that belong together, under one question."""
    return rendered("fieldset", content=content, legend=legend, hint=hint, size=size, anchor=anchor)


@register.inclusion_tag("components/score_input.html")
def score_input(*, name, legend, levels, value="", hint="", error="", maximum=None):
    """A criterion to score: its levels as choices, each with points and descriptor.

    Each level has ``value`` (what is sent), ``points``, ``label`` and ``descriptor``.
    """
    levels = [values_of(level, "value", "points", "label", "descriptor") for level in levels]
    return {
        "name": name, "legend": legend, "levels": levels, "value": str(value),
        "hint": hint, "error": error, "maximum": maximum,
    }  # fmt: skip
