import { AFRelationship, PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import type { Instant } from '../../kernel/time.js';
import { instantToDate } from '../../kernel/time.js';

/** The name that readers of Factur-X look for. */
export const FACTUR_X_FILE = 'factur-x.xml';

/**
 * A PDF that carries the same invoice as data. Relationship "Alternative": both say the same. The metadata name the
 * profile. Whether the whole is PDF/A-3 has not been validated by anybody.
 */
export async function facturX(
  pdf: Uint8Array,
  xml: string,
  of: { title: string; madeAt: Instant },
): Promise<Buffer> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  await document.attach(new TextEncoder().encode(xml), FACTUR_X_FILE, {
    mimeType: 'text/xml',
    description: of.title,
    creationDate: instantToDate(of.madeAt),
    modificationDate: instantToDate(of.madeAt),
    afRelationship: AFRelationship.Alternative,
  });
  const metadata = document.context.stream(new TextEncoder().encode(metadataOf(of.title, of.madeAt)), {
    Type: 'Metadata',
    Subtype: 'XML',
  });
  document.catalog.set(PDFName.of('Metadata'), document.context.register(metadata));
  document.catalog.set(PDFName.of('Lang'), document.catalog.get(PDFName.of('Lang')) ?? PDFString.of('en'));
  return Buffer.from(await document.save({ useObjectStreams: false }));
}

function metadataOf(title: string, madeAt: Instant): string {
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
  <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
    <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escaped(title)}</rdf:li></rdf:Alt></dc:title>
    </rdf:Description>
    <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
      <xmp:CreatorTool>Escale</xmp:CreatorTool>
      <xmp:CreateDate>${madeAt.toString({ smallestUnit: 'second' })}</xmp:CreateDate>
    </rdf:Description>
    <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
      xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
      <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
        <pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
        <pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI>
        <pdfaSchema:prefix>fx</pdfaSchema:prefix>
        <pdfaSchema:property><rdf:Seq>${['DocumentFileName', 'DocumentType', 'Version', 'ConformanceLevel'].map(property).join('')}</rdf:Seq></pdfaSchema:property>
      </rdf:li></rdf:Bag></pdfaExtension:schemas>
    </rdf:Description>
    <rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#">
      <fx:DocumentType>INVOICE</fx:DocumentType>
      <fx:DocumentFileName>${FACTUR_X_FILE}</fx:DocumentFileName>
      <fx:Version>1.0</fx:Version>
      <fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>
    </rdf:Description>
  </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>`;
}

function property(name: string): string {
  return `<rdf:li rdf:parseType="Resource"><pdfaProperty:name>${name}</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category><pdfaProperty:description>${name} of the invoice data</pdfaProperty:description></rdf:li>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
