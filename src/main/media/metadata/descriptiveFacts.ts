import { type Json, type JsonObject, plainText, plainTexts, withoutEmpty } from './boundedJson.ts'
import { type ExifDirectory, fieldNumber } from './exifDirectories.ts'
import { fieldText, windowsText } from './exifFacts.ts'
import type { IptcName } from './iptcFacts.ts'
import type { MetadataSources } from './sources.ts'
import { type XmpFacts, xmpNumber, xmpText } from './xmpFacts.ts'

const DESCRIPTION = 0x10e
const SOFTWARE = 0x131
const ARTIST = 0x13b
const RATING = 0x4746
const COPYRIGHT = 0x8298
const XP_TITLE = 0x9c9b
const XP_COMMENT = 0x9c9c
const XP_AUTHOR = 0x9c9d
const XP_KEYWORDS = 0x9c9e
const XP_SUBJECT = 0x9c9f

/**
 * What people (and the programs they use) say about the picture. Of several sources for one fact the first that says
 * something: the sidecar, as that is where editors write that leave originals alone; EXIF; then XMP and IPTC, the newer of
 * the two first; then Windows' own fields.
 * Source: Metadata Working Group, Guidelines for handling image metadata 2.0, chapter 5.
 */
export function descriptiveFacts(sources: MetadataSources): JsonObject {
  const { exif, xmp, sidecar } = sources
  // Some cameras put texts of the main directory into the other; what stands in its place goes before.
  const main: ExifDirectory = new Map([...exif.exif, ...exif.main])
  const first = (fact: Fact) => firstText(sources, fact)
  return withoutEmpty({
    title: first({ xmp: ['dc:title'], iptc: 'title', windows: windowsText(main.get(XP_TITLE)) }),
    headline: first({ xmp: ['photoshop:Headline'], iptc: 'headline' }),
    description: first({
      xmp: ['dc:description'],
      exif: notDefault(fieldText(main.get(DESCRIPTION))),
      iptc: 'description',
      windows: windowsText(main.get(XP_SUBJECT)) ?? windowsText(main.get(XP_COMMENT)),
    }),
    keywords: firstList(sources, 'dc:subject', 'keywords', null, windowsText(main.get(XP_KEYWORDS))),
    creator: firstList(sources, 'dc:creator', 'creator', fieldText(main.get(ARTIST)), windowsText(main.get(XP_AUTHOR))),
    copyright: first({ xmp: ['dc:rights'], exif: fieldText(main.get(COPYRIGHT), true), iptc: 'copyright' }),
    usage_terms: first({ xmp: ['xmpRights:UsageTerms'] }),
    credit: first({ xmp: ['photoshop:Credit'], iptc: 'credit' }),
    source: first({ xmp: ['photoshop:Source'], iptc: 'source' }),
    instructions: first({ xmp: ['photoshop:Instructions'], iptc: 'instructions' }),
    rating: rating(xmpNumber(sidecar, 'xmp:Rating') ?? xmpNumber(xmp, 'xmp:Rating') ?? fieldNumber(main.get(RATING))),
    label: first({ xmp: ['xmp:Label'] }),
    location: withoutEmpty({
      sublocation: first({ xmp: ['Iptc4xmpCore:Location', 'Iptc4xmpExt:Sublocation'], iptc: 'sublocation' }),
      city: first({ xmp: ['photoshop:City', 'Iptc4xmpExt:City'], iptc: 'city' }),
      region: first({ xmp: ['photoshop:State', 'Iptc4xmpExt:ProvinceState'], iptc: 'region' }),
      country: first({ xmp: ['photoshop:Country', 'Iptc4xmpExt:CountryName'], iptc: 'country' }),
      country_code: first({ xmp: ['Iptc4xmpCore:CountryCode', 'Iptc4xmpExt:CountryCode'], iptc: 'country_code' }),
    }),
    software: text(fieldText(main.get(SOFTWARE))),
    creator_tool: first({ xmp: ['xmp:CreatorTool'] }),
    digital_source_type: first({ xmp: ['Iptc4xmpExt:DigitalSourceType'] })
      ?.split('/')
      .at(-1),
  })
}

interface Fact {
  readonly xmp: readonly string[]
  readonly exif?: string | null
  readonly iptc?: IptcName
  readonly windows?: string | null
}

function firstText({ sidecar, xmp, iptc, iptcIsNewer }: MetadataSources, fact: Fact): string | null {
  const fromXmp = text(xmpText(xmp, ...fact.xmp))
  const fromIptc = text(fact.iptc === undefined ? null : iptc.get(fact.iptc)?.[0])
  const embedded = iptcIsNewer ? (whole(fromIptc, fromXmp) ?? fromXmp) : (fromXmp ?? fromIptc)
  return text(xmpText(sidecar, ...fact.xmp)) ?? text(fact.exif) ?? embedded ?? text(fact.windows)
}

/** IPTC cuts texts at a limit; if XMP goes on where IPTC ends, XMP has all of it. */
function whole(fromIptc: string | null, fromXmp: string | null): string | null {
  return fromIptc !== null && fromXmp?.startsWith(fromIptc) === true ? fromXmp : fromIptc
}

function firstList(
  { sidecar, xmp, iptc, iptcIsNewer }: MetadataSources,
  key: string,
  name: IptcName,
  exif: string | null,
  windows: string | null,
): Json {
  const fromXmp = list(xmp, key)
  const fromIptc = plainTexts(iptc.get(name) ?? [])
  const embedded = iptcIsNewer ? [fromIptc, fromXmp] : [fromXmp, fromIptc]
  // EXIF and Windows have one text, in which semicolons part several.
  const found = [list(sidecar, key), split(exif), ...embedded, split(windows)]
  return found.find((texts) => texts.length > 0) ?? []
}

function list(facts: XmpFacts, key: string): string[] {
  return plainTexts(facts.get(key) ?? [])
}

function split(joined: string | null): string[] {
  return plainTexts(text(joined)?.split(';') ?? [])
}

/** Image generators keep workflows and settings in these fields; they are read elsewhere, and describe nothing. */
function text(found: string | null | undefined): string | null {
  const plain = plainText(found)
  return plain === null || /^(?:(?:workflow|prompt)\s*:\s*)?[{[]/i.test(plain) ? null : plain
}

/** What cameras write as description when nobody wrote one. */
function notDefault(description: string | null): string | null {
  const isDefault =
    /^(?:(?:olympus|minolta|konica|samsung|sanyo|kodak|jvc|polaroid)\s*(?:digital\s*camera|dsc)?|exif_jpeg_picture|sony dsc|digital camera|default|untitled|untitled-\d+|<.{0,20}>|dcim\\.*|[a-z]:\\.*|cof|vsco|mde|sdr|hdr|\w{3,4};?_?\w{0,8}_vivid|_+)$/is
  return description === null || isDefault.test(description) ? null : description
}

/** 1 to 5 stars, or -1 for rejected; 0 is no rating. Some programs write fractions. */
function rating(value: number | null): number | null {
  if (value === null || !Number.isFinite(value) || value < -1 || value > 5) return null
  const stars = Math.round(value)
  return stars === 0 ? null : stars
}
