"""The demo: five communities, sixteen invented people, twenty threads. Words in TOML, built by the real actions."""
