"""What the rooms above may hear of, and no more. The forum connects them in `forum/apps.py`."""

from django.dispatch import Signal

#: After a member's display name changed. `member`, `was`: the name until now.
renamed = Signal()
#: Before an account is closed, in the same transaction. `member`.
closing = Signal()
#: While a member's data are gathered. `member`; receivers return {file name: content}.
exporting = Signal()
