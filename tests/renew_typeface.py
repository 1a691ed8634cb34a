"""Make the fonts of figures: `python -m tests.renew_typeface`, after `pip install brotli`.

They stand in git, so that a figure has the same bytes on every machine, whatever is installed there. Both
kinds lack the tables that move letters together: figures are measured by the widths of single letters, and
matplotlib paints them like that. Each PDF would otherwise have to cut these tables down, which takes longer
than to draw it.
"""

from fontTools import subset

from srm_data.files.paths import FIGURE_FONTS, FONTS
from srm_data.views.figures.typeface import SIGNS


def renew() -> None:
    """For each of the kit's own fonts one of all its signs, for PNG and PDF, and a small one, for SVG."""
    for font in sorted(FONTS.glob("*.ttf")):
        signs = "".join(map(chr, subset.load_font(str(font), subset.Options()).getBestCmap()))
        _cut(font, signs, ".ttf", glyph_names=True, name_IDs=[0, 1, 2, 3, 4, 6], notdef_outline=True)
        _cut(font, SIGNS, ".woff2", flavor="woff2", name_IDs=[0])  # whose it is


def _cut(font, signs, ending, **kept) -> None:
    unused = ["GDEF", "GPOS", "GSUB", "STAT", "gasp"]
    options = subset.Options(hinting=False, layout_features=[], drop_tables=unused, **kept)
    opened = subset.load_font(str(font), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text=signs)
    cutter.subset(opened)
    subset.save_font(opened, str((FIGURE_FONTS / font.name).with_suffix(ending)), options)


if __name__ == "__main__":
    renew()
