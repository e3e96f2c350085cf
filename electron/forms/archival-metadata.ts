/** What a PDF says of itself. */
export interface PdfFacts {
  readonly title: string
  /** Who gives it out. */
  readonly creator: string
  readonly caseNumber: string
  /** The number under which it stands in the register of outputs. */
  readonly jobNumber: string
  readonly createdAt: Date
  /** Program and version. */
  readonly producer: string
}

/** What XML 1.0 can hold, escaped. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** Seconds, in universal time. */
export function xmpDate(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`
}

/**
 * The document's XMP packet (ISO 16684-1): PDF/A-2u by ISO 19005-2 §6.6.4, and properties of the predefined schemas
 * alone, so that no extension needs to be described.
 */
export function xmpPacket(facts: PdfFacts): string {
  const at = xmpDate(facts.createdAt)
  const title = escaped(facts.title)
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>U</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${title}</rdf:li><rdf:li xml:lang="zh-CN">${title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>${escaped(facts.creator)}</rdf:li></rdf:Seq></dc:creator>
<dc:identifier>${escaped(facts.caseNumber)}</dc:identifier>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>${at}</xmp:CreateDate>
<xmp:ModifyDate>${at}</xmp:ModifyDate>
<xmp:MetadataDate>${at}</xmp:MetadataDate>
<xmp:CreatorTool>${escaped(facts.producer)}</xmp:CreatorTool>
<xmp:Identifier><rdf:Bag><rdf:li>${escaped(facts.jobNumber)}</rdf:li></rdf:Bag></xmp:Identifier>
<pdf:Producer>${escaped(facts.producer)}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
${`${' '.repeat(99)}\n`.repeat(20)}<?xpacket end="w"?>`
}
