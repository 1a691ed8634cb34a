"""Tag the PDF of a figure, so that a screen reader speaks it and another program can read its table."""

from __future__ import annotations

import io
import re

#: In what a page draws: a text, which stays; a colour; that colours are red, green and blue; a long number.
_DRAWN = re.compile(
    rb"(?P<text>\((?:\\.|[^\\()])*\))"
    rb"|(?P<colour>(?<![\d.])(?:(?:[\d.]++\s++){3}(?=rg\b|RG\b)|[\d.]++\s++(?=[gG]\b)))(?P<operator>\w+)"
    rb"|(?P<space>/DeviceRGB (?:CS|cs))"
    rb"|(?P<number>(?<![\d.])-?[1-9]\d*+\.\d{3,})",
    re.S,
)


def with_palette(drawn: bytes) -> tuple[bytes, bytes]:
    """What a page draws, with each colour by its number, and the colours as red, green and blue.

    So a changed colour changes three bytes of the file and nothing else: git keeps little of it.
    Numbers are given in order of appearance, after black, with which a page begins.
    """
    colours = {bytes(3): 0}

    def short(found: re.Match[bytes]) -> bytes:
        if found["number"]:
            return f"{float(found['number']):.2f}".rstrip("0").rstrip(".").encode()
        if found["space"]:
            return b""
        if not found["colour"]:
            return found[0]
        parts = [round(255 * float(part)) for part in found["colour"].split()]
        number = colours.setdefault(bytes(parts * (3 // len(parts))), len(colours))
        return b"%d %s" % (number, b"sc" if found["operator"].islower() else b"SC")

    short_drawn = _DRAWN.sub(short, drawn)
    return b"/Colours cs /Colours CS\n" + short_drawn, b"".join(colours)


def tag_pdf(page_pdf: bytes, *, title: str, alt: str, lang: str, table: str) -> bytes:
    """The same page as one tagged figure: alternative text, language, title, and its table attached as CSV.

    matplotlib writes PDF without tags. The whole page becomes one ``Figure`` of the structure tree
    (PDF 32000-1, 14.8), since its single words mean little in reading order; `table` goes with it
    as ``table.csv``, named as the data behind the figure (PDF 2.0 associated file).

    Args:
        page_pdf: a PDF of one page from matplotlib.
        title: of the document.
        alt: alternative text of the figure.
        lang: of title and alternative text, "en" or "nl".
        table: what the figure shows, as CSV.
    """
    # Here, not above: only a PDF needs it, and it takes a while to import.
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import (
        ArrayObject,
        BooleanObject,
        ByteStringObject,
        ContentStream,
        DictionaryObject,
        NameObject,
        NumberObject,
        StreamObject,
        TextStringObject,
    )

    def dictionary(**entries: object) -> DictionaryObject:
        return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(page_pdf)))
    page, root = writer.pages[0], writer.root_object
    drawn = page.get_contents()
    assert isinstance(drawn, ContentStream)
    content, colours = with_palette(drawn.get_data())
    marked = StreamObject()
    marked.set_data(b"/Figure <</MCID 0>> BDC\n" + content + b"\nEMC")
    writer._replace_object(page.raw_get("/Contents"), marked.flate_encode(9))
    space = (NameObject("/Indexed"), NameObject("/DeviceRGB"), NumberObject(len(colours) // 3 - 1))
    resources = page["/Resources"].get_object()
    assert isinstance(resources, DictionaryObject)
    resources[NameObject("/ColorSpace")] = dictionary(
        Colours=ArrayObject([*space, ByteStringObject(colours)])
    )
    page[NameObject("/StructParents")] = NumberObject(0)
    page[NameObject("/Tabs")] = NameObject("/S")

    attached = writer.add_attachment("table.csv", table.encode())
    file = attached.pdf_object.indirect_reference
    attached.pdf_object[NameObject("/AFRelationship")] = NameObject("/Data")

    tree_object = dictionary(Type=NameObject("/StructTreeRoot"))
    tree = writer._add_object(tree_object)
    whole_object = dictionary(Type=NameObject("/StructElem"), S=NameObject("/Document"), P=tree)
    whole = writer._add_object(whole_object)
    figure = writer._add_object(
        dictionary(
            Type=NameObject("/StructElem"),
            S=NameObject("/Figure"),
            P=whole,
            Pg=page.indirect_reference,
            K=NumberObject(0),
            T=TextStringObject(title),
            Alt=TextStringObject(alt),
            AF=ArrayObject([file]),
        )
    )
    whole_object.update(dictionary(K=ArrayObject([figure])))
    tree_object.update(
        dictionary(
            K=ArrayObject([whole]),
            ParentTree=dictionary(Nums=ArrayObject([NumberObject(0), ArrayObject([figure])])),
            ParentTreeNextKey=NumberObject(1),
        )
    )
    root.update(
        dictionary(
            StructTreeRoot=tree,
            MarkInfo=dictionary(Marked=BooleanObject(True)),
            Lang=TextStringObject(lang),
            ViewerPreferences=dictionary(DisplayDocTitle=BooleanObject(True)),
        )
    )
    writer.pdf_header = "%PDF-1.7"
    raw = io.BytesIO()
    writer.write(raw)
    return raw.getvalue()
