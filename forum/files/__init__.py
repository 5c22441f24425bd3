"""Pictures. Features say here who may see them."""

from forum.files.rules import register_holder, register_rule

__all__ = ["register_holder", "register_rule"]
