"""Django's widgets of many choices, the same HTML written at once: it renders a template or three for each choice, and
the form of a method has two hundred."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def _options(context: dict[str, Any]) -> list[dict[str, Any]]:
    return [option for _name, options, _index in context["widget"]["optgroups"] for option in options]


class Select(forms.Select):
    """Of choices without groups."""

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        rows = ((each["value"], flatatt(each["attrs"]), each["label"]) for each in _options(context))
        options = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        widget = context["widget"]
        return format_html('<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), options)


class Checkboxes(forms.CheckboxSelectMultiple):
    """Of choices without groups."""

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        boxes = format_html_join(
            "",
            '<div><label{}><input type="checkbox" name="{}" value="{}"{}> {}</label></div>',
            (
                (
                    flatatt({"for": each["attrs"].get("id")}),
                    each["name"],
                    each["value"],
                    flatatt(each["attrs"]),
                    each["label"],
                )
                for each in _options(context)
            ),
        )
        attributes = {name: context["widget"]["attrs"].get(name) for name in ("id", "class")}
        return format_html("<div{}>{}</div>", flatatt(attributes), boxes)
