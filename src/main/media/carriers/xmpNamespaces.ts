/**
 * Namespaces of XMP by the prefix that everyone writes for them, for packets that use one without declaring it.
 * Source: ISO 16684-1, section 8; Exif 2.32 metadata for XMP; IPTC Photo Metadata Standard.
 */
export const xmpNamespaces: ReadonlyMap<string, string> = new Map([
  ['rdf', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'],
  ['xml', 'http://www.w3.org/XML/1998/namespace'],
  ['x', 'adobe:ns:meta/'],
  ['dc', 'http://purl.org/dc/elements/1.1/'],
  ['xmp', 'http://ns.adobe.com/xap/1.0/'],
  ['xmpMM', 'http://ns.adobe.com/xap/1.0/mm/'],
  ['xmpRights', 'http://ns.adobe.com/xap/1.0/rights/'],
  ['xmpNote', 'http://ns.adobe.com/xmp/note/'],
  ['stEvt', 'http://ns.adobe.com/xap/1.0/sType/ResourceEvent#'],
  ['exif', 'http://ns.adobe.com/exif/1.0/'],
  ['exifEX', 'http://cipa.jp/exif/1.0/'],
  ['tiff', 'http://ns.adobe.com/tiff/1.0/'],
  ['aux', 'http://ns.adobe.com/exif/1.0/aux/'],
  ['photoshop', 'http://ns.adobe.com/photoshop/1.0/'],
  ['lr', 'http://ns.adobe.com/lightroom/1.0/'],
  ['Iptc4xmpCore', 'http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/'],
  ['Iptc4xmpExt', 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/'],
])
