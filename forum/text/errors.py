"""A text that cannot be taken, with words for the person who wrote it."""


class TextRefused(ValueError):
    """`message` says why and what to do, in the reader's language; `field` is the form's field it stands on.

    The shape of `forum.web.errors.Refusal`, which stands in a room beside this one and is not imported.
    """

    field = "body"
    status = 200
    retry_after = None

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
