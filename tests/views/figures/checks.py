"""What must hold of any figure, measured on its marks: size of type, room, contrast, mark of its claim."""

from functools import cache

from PIL import ImageFont

from srm_data.files.paths import FONTS
from srm_data.views.figures.marks import Box, Lines
from srm_data.views.palette import contrast

POINTS = 0.6  # a slide pixel in points: 1600 are 13 1/3 inch wide
LEAST, LEAST_FOOT = 14, 10  # points
TEXT_CONTRAST = 4.5


@cache
def font(bold):
    """The typeface as FreeType reads it, not as the kit measures it."""
    file = FONTS / f"AtkinsonHyperlegibleNext-{'Bold' if bold else 'Regular'}.ttf"
    return ImageFont.truetype(file, 1000, layout_engine=ImageFont.Layout.BASIC)


@cache
def ink(text, bold):
    """How far the letters of a line reach to the right, up and down, in sizes; at least as far as "lp" do."""
    _, top, right, bottom = font(bold).getbbox(text, anchor="ls")
    _, least, _, most = font(bold).getbbox("lp", anchor="ls")
    return right / 1000, -min(top, least) / 1000, max(bottom, most) / 1000


def extent(text):
    """Left, upper, right and lower side of a text, in slide pixels."""
    wide, up, down = (text.size * part for part in ink(text.text, text.bold))
    if text.turned:
        return text.x - up, text.y - wide, text.x + down, text.y
    left = text.x - wide * {"left": 0, "center": 0.5, "right": 1}[text.align]
    return left, text.y - up, left + wide, text.y + down


def cells_of(picture):
    """The cells of a figure, filled in or not."""
    return [mark for mark in picture.marks if isinstance(mark, Box) and mark.corner]


def collisions(picture):
    """Every text that is cut, off the slide, over the side of its cell, or upon something else."""
    texts = [(text.text, extent(text)) for text in picture.texts() if text.text.strip()]
    cells = [(box.x, box.y, box.x + box.width, box.y + box.height) for box in cells_of(picture)]
    for text, (x0, y0, x1, y1) in texts:
        if x0 < 0 or x1 > picture.width or y0 < 0 or y1 > picture.height:
            yield "off the slide", text
        if text.endswith("…"):
            yield "cut", text
        middle = (x0 + x1) / 2, (y0 + y1) / 2
        for left, top, right, bottom in cells:
            if y0 > bottom + 1 or y1 < top - 1:
                continue
            inside = left <= middle[0] <= right and top <= middle[1] <= bottom
            if inside and (x0 < left or x1 > right or y0 < top - 1 or y1 > bottom + 1):
                yield "leaves its cell", text
            if not inside and x0 < right - 1 and x1 > left + 1 and y0 < bottom - 1 and y1 > top + 1:
                yield "runs into a cell", text
    yield from _overlaps(texts)


def _overlaps(texts):
    """Every two texts whose letters meet."""
    texts = sorted(texts, key=lambda placed: placed[1][1])
    for i, (one, a) in enumerate(texts):
        for other, b in texts[i + 1 :]:
            # Extents hold the leading too: letters meet only where boxes do by more than that.
            if b[1] >= a[3] - 3:
                break
            if a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] - 3:
                yield "overlap", one, other


def boxes_off_the_slide(picture):
    """Every cell that is not whole on the slide, or has no width or height."""
    for box in cells_of(picture):
        inside = box.x >= 0 and box.x + box.width <= picture.width
        if not (inside and box.y >= 0 and box.y + box.height <= picture.height):
            yield "cell off the slide", round(box.x), round(box.y)
        if box.width < 8 or box.height < 8:
            yield "cell too small", round(box.width), round(box.height)


def too_small(picture):
    """Every text under 14 points that is not in a source line, and under 10 there."""
    foot = " ".join(picture.foot)
    for text in picture.texts():
        least = LEAST_FOOT if text.text in foot and text.size < LEAST / POINTS else LEAST
        if text.text.strip() and text.size * POINTS < least - 1e-6:
            yield "small", text.text, round(text.size * POINTS, 1)


def too_faint(picture):
    """Every text that has too little contrast with what it stands on."""
    filled = [mark for mark in picture.marks if isinstance(mark, Box) and mark.fill != "none"]
    for text in picture.texts():
        x0, y0, x1, y1 = extent(text)
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        under = [b for b in filled if b.x <= x <= b.x + b.width and b.y <= y <= b.y + b.height]
        ground = under[-1].fill if under else picture.ground
        if contrast(text.colour, ground) < TEXT_CONTRAST:
            yield "faint", text.text, text.colour, ground


def claims(picture):
    """The marks that show the claim of the title."""
    return [mark for mark in picture.marks if isinstance(mark, Box | Lines) and mark.claim]


def faults(picture):
    """All that is wrong with a figure, but for its claim."""
    for check in (collisions, boxes_off_the_slide, too_small, too_faint):
        yield from check(picture)
