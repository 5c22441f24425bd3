"""Which deeds of moderators leave a line in the thread: the last of them, with its reason."""

#: Those that end with themselves. What goes on (a lock, a pin, slow mode) stands there as long as it lasts.
LASTING = ("thread.retitled", "thread.sectioned", "thread.moved", "thread.split", "thread.merged")
