"""Tag the PDF of a figure, so that a screen reader speaks it and another program can read its table."""

from __future__ import annotations

import io


def tag_pdf(content: bytes, *, title: str, alt: str, lang: str, table: str) -> bytes:
    """The same page as one tagged figure: alternative text, language, title, and its table attached as CSV.

    matplotlib writes PDF without tags. The whole page becomes one ``Figure`` of the structure tree
    (PDF 32000-1, 14.8), since its single words mean little in reading order; `table` goes with it
    as ``table.csv``, named as the data behind the figure (PDF 2.0 associated file).
    """
    # Here, not above: only a PDF needs it, and it takes a while to import.
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import (
        ArrayObject,
        BooleanObject,
        ContentStream,
        DictionaryObject,
        NameObject,
        NumberObject,
        StreamObject,
        TextStringObject,
    )

    def dictionary(**entries: object) -> DictionaryObject:
        return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    page, root = writer.pages[0], writer.root_object
    drawn = page.get_contents()
    assert isinstance(drawn, ContentStream)
    marked = StreamObject()
    marked.set_data(b"/Figure <</MCID 0>> BDC\n" + drawn.get_data() + b"\nEMC")
    page[NameObject("/Contents")] = writer._add_object(marked.flate_encode())
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
