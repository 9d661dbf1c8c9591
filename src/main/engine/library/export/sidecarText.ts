import type { Asset } from '../../../../shared/domain/asset.ts'

/** Names that other programs show for the colours; lower case in the catalogue. */
const LABELS: Readonly<Record<string, string>> = {
  red: 'Red',
  orange: 'Orange',
  yellow: 'Yellow',
  green: 'Green',
  blue: 'Blue',
  purple: 'Purple',
  grey: 'Grey',
}

/**
 * An XMP sidecar with what people gave an asset and how it was made, in the properties that other programs read: title,
 * description, keywords, rating, label, dates, place. Source: XMP specification part 1 (2012) sections 6 and 7, part 2
 * sections 1 and 2 (dc, xmp, exif, photoshop namespaces).
 */
export function sidecarText(asset: Asset): string {
  const properties = [
    ...languageAlternative('dc:title', asset.custom_title),
    ...languageAlternative('dc:description', asset.description ?? asset.original_prompt),
    ...bag('dc:subject', asset.tags),
    ...simple('xmp:Rating', asset.rating > 0 ? String(asset.rating) : null),
    ...simple('xmp:Label', asset.color_label === null ? null : (LABELS[asset.color_label] ?? null)),
    ...simple('xmp:CreateDate', asset.captured_at),
    ...simple('xmp:CreatorTool', asset.generator),
    ...simple('exif:GPSLatitude', asset.gps === null ? null : degrees(asset.gps.latitude, 'N', 'S')),
    ...simple('exif:GPSLongitude', asset.gps === null ? null : degrees(asset.gps.longitude, 'E', 'W')),
    ...simple('vitrine:prompt', asset.original_prompt),
    ...simple('vitrine:negativePrompt', asset.negative_prompt),
    ...simple('vitrine:model', asset.model_used),
    ...simple('vitrine:seed', asset.generation_seed),
    ...simple('vitrine:favorite', asset.is_favorite ? 'True' : null),
    ...bag(
      'vitrine:collections',
      asset.collections.map(({ name }) => name),
    ),
    ...simple('vitrine:sha256', asset.sha256),
  ]
  return [
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
    ' <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '  <rdf:Description rdf:about=""',
    '    xmlns:dc="http://purl.org/dc/elements/1.1/"',
    '    xmlns:xmp="http://ns.adobe.com/xap/1.0/"',
    '    xmlns:exif="http://ns.adobe.com/exif/1.0/"',
    '    xmlns:vitrine="https://vitrine.app/ns/1.0/">',
    ...properties.map((line) => `   ${line}`),
    '  </rdf:Description>',
    ' </rdf:RDF>',
    '</x:xmpmeta>',
    '<?xpacket end="w"?>',
    '',
  ].join('\n')
}

function simple(name: string, value: string | null): string[] {
  return value === null || value === '' ? [] : [`<${name}>${escaped(value)}</${name}>`]
}

function bag(name: string, values: readonly string[]): string[] {
  if (values.length === 0) return []
  return [
    `<${name}>`,
    ' <rdf:Bag>',
    ...values.map((value) => `  <rdf:li>${escaped(value)}</rdf:li>`),
    ' </rdf:Bag>',
    `</${name}>`,
  ]
}

function languageAlternative(name: string, value: string | null): string[] {
  if (value === null || value === '') return []
  return [
    `<${name}>`,
    ' <rdf:Alt>',
    `  <rdf:li xml:lang="x-default">${escaped(value)}</rdf:li>`,
    ' </rdf:Alt>',
    `</${name}>`,
  ]
}

/** Degrees and decimal minutes with the hemisphere, as XMP has them. */
function degrees(value: number, positive: string, negative: string): string {
  const size = Math.abs(value)
  const whole = Math.floor(size)
  return `${whole},${((size - whole) * 60).toFixed(6)}${value < 0 ? negative : positive}`
}

/** For element content. Characters that XML has no way to write are left out. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
