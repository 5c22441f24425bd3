"""Views: load through the viewer, validate, call one action, answer."""
