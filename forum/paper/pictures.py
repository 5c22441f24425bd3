"""Pictures for a sheet: bytes as text, since what goes to the press is text."""

import base64


def picture_svg(jpeg: bytes, *, width: int, height: int) -> str:
    """A drawing that is this JPEG and nothing else; `width` and `height` say its shape."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><image width="{width}" '
        f'height="{height}" href="data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"/></svg>'
    )
