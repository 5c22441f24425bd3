"""A handful of pictures, drawn for this house on a 24 × 24 grid: strokes in the colour of the words beside them."""

from django.utils.html import format_html

_PATHS = {
    "arch": "M4 21V12a8 8 0 0 1 16 0v9M9 21v-8a3 3 0 0 1 6 0v8M2 21h20",
    "bell": "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5a2.2 2.2 0 0 0 4 0M12 5V3",
    "camera": "M3.5 8h4l2-3h5l2 3h4v11h-17zM12 10a3.3 3.3 0 1 0 0 6.6 3.3 3.3 0 0 0 0-6.6",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7.5V12l3 2",
    "eye": "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12M12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5",
    "globe": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3.5 12h17M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18",
    "home": "M4 11l8-7 8 7M6 9.5V20h12V9.5M10 20v-5h4v5",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "next": "M9.5 6l6 6-6 6",
    "pencil": "M4 20l1-4L15.5 5.5l3 3L8 19zM13.5 7.5l3 3",
    "people": "M9 5a3.3 3.3 0 1 0 0 6.6A3.3 3.3 0 0 0 9 5M2.5 20c0-4 2.7-6 6.5-6s6.5 2 6.5 6M16 5.5a3 3 0 0 1 0 5.8M18 14.5c2.3.8 3.5 2.8 3.5 5.5",
    "person": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4.5 20.5c.4-4.2 3-6 7.5-6s7.1 1.8 7.5 6",
    "pin": "M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v6",
    "plus": "M12 5v14M5 12h14",
    "previous": "M14.5 6l-6 6 6 6",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.5 15.5L20 20",
    "steps": "M9.5 6H20M9.5 12H20M9.5 18H20M4 5.5L5.5 5v4M4 11.5h2l-2 3h2M4 17h2v3H4",
}

ICONS = {
    name: format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', path)
    for name, path in _PATHS.items()
}
