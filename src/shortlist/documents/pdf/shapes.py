"""Words without ink of their own whose letters are drawn as shapes: a name in a colour gradient.

Programs that fill letters with a shading draw their outlines, and put transparent text on them so
that it can be selected. The two lie exactly on one another, which no trick has a use for.
"""

from collections.abc import Sequence

import numpy as np
import pypdfium2.raw as raw
from numpy.typing import NDArray

LIKENESS = 0.5  # least correlation of what is drawn with the letters of a word
FILL = 0  # text render mode


def recolour(handles: Sequence[object], shade: int) -> None:
    """Have text objects be drawn in a shade of grey, 0 to 255."""
    for handle in handles:
        raw.FPDFTextObj_SetTextRenderMode(handle, FILL)
        raw.FPDFPageObj_SetFillColor(handle, shade, shade, shade, 255)


def are_letters(ground: NDArray[np.uint8], letters: NDArray[np.uint8]) -> bool:
    """Return whether what is drawn on the ground of a word has the form of its letters.

    Args:
        ground: the part of the page where the word stands, drawn without its text.
        letters: the same part of a picture of nothing but letters.
    """
    if not ground.size:
        return False
    drawn = np.abs(ground.astype(np.float64) - np.median(ground))
    if not drawn.std() or not letters.std():
        return False
    return bool(np.corrcoef(drawn.ravel(), letters.ravel())[0, 1] >= LIKENESS)
