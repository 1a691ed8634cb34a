"""Make the small fonts that a figure carries: `python -m tests.renew_typeface`, after `pip install brotli`.

They stand in git, so that a figure has the same bytes on every machine, whatever is installed there.
"""

from fontTools import subset

from srm_data.files.paths import FONTS
from srm_data.views.figures.typeface import SIGNS


def renew() -> None:
    """Write a font of `SIGNS` beside each of the kit's own, without what moves letters together.

    Figures are measured by the widths of single letters, and matplotlib paints them like that.
    """
    for whole in sorted(FONTS.glob("*.ttf")):
        options = subset.Options(
            flavor="woff2",
            hinting=False,
            layout_features=[],
            name_IDs=[0],  # whose it is
            drop_tables=["GDEF", "GPOS", "GSUB", "STAT", "gasp"],
        )
        font = subset.load_font(str(whole), options)
        cutter = subset.Subsetter(options)
        cutter.populate(text=SIGNS)
        cutter.subset(font)
        subset.save_font(font, str(whole.with_suffix(".woff2")), options)


if __name__ == "__main__":
    renew()
