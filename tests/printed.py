"""PDF files made by hand: pages of text in a standard font, with what may hide words beside it."""

from collections.abc import Sequence

PICTURE = b"q 400 0 0 400 50 100 cm /Im Do Q"
SEAL = b"q 80 0 0 80 50 100 cm /Im Do Q"
STRIPS = b" ".join(b"q 400 0 0 20 50 %d cm /Im Do Q" % (100 + 20 * n) for n in range(20))
DRAWING = b"q 595 0 0 842 0 0 cm /Fm Do Q"
NOTE = b"/Annots [<< /Type /Annot /Subtype /Text /Rect [0 0 20 20] /Contents (note) >>]"
LINK = (
    b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 20 20] /A"
    b" << /S /URI /URI (http://a.test/) >> >>]"
)


def pdf(*pages: Sequence[str], drawn: bytes = b"", more: bytes = b"") -> bytes:
    """A file of these pages, each its lines. `drawn`: on every page; `more`: in every page's entries."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    objects.append(
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
        b" /BitsPerComponent 8 /Length 1 >>\nstream\n\x00\nendstream"
    )
    objects.append(
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /Im 4 0 R >> >>"
        b" /Length 6 >>\nstream\n/Im Do\nendstream"
    )
    kids: list[int] = []
    for lines in pages:
        said = b" ".join(b"(%s) Tj T*" % line.encode("ascii") for line in lines)
        shown = b"BT /F 12 Tf 14 TL 72 720 Td %s ET %s" % (said, drawn)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources"
            b" << /Font << /F 3 0 R >> /XObject << /Im 4 0 R /Fm 5 0 R >> >> %s >>"
            % (len(objects), more)
        )
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (listed, len(kids))
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    made = bytearray(b"%PDF-1.4\n")
    places: list[int] = []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        start,
    )
    return bytes(made)
