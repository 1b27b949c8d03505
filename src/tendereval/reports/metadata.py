"""What a file says of itself, as viewers and validators read it.

Source: ISO 14289-1 (PDF/UA-1), clause 5; XMP, ISO 16684-1.
"""

from datetime import datetime
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

_PACKET: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part>{created}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
_CREATED: Final = "\n<xmp:CreateDate>{at}</xmp:CreateDate>"


class About(NamedTuple):
    """Title and language without invisible characters; the time only where it is given."""

    title: str
    language: str
    created: datetime | None

    def packet(self) -> bytes:
        """Write the metadata."""
        at = self.created.isoformat(timespec="seconds") if self.created else ""
        return _PACKET.format(
            title=escape(self.title),
            language=escape(self.language),
            created=_CREATED.format(at=at) if at else "",
        ).encode("utf-8")
