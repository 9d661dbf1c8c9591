import type { AssetType } from '../../../../shared/domain/asset.ts'

/**
 * Extensions that are as good as the first one for content of one kind. A name that has one of them keeps it; any other
 * extension is replaced by the first.
 */
const FAMILIES: readonly (readonly string[])[] = [
  ['jpg', 'jpeg', 'jpe', 'jfif', 'mpo'],
  ['png', 'apng'],
  ['apng', 'png'],
  // RAW formats, scans and microscope pictures that are TIFF inside.
  [
    'tif',
    'tiff',
    'btf',
    'tf8',
    'pef',
    'srw',
    '3fr',
    'fff',
    'iiq',
    'mef',
    'mos',
    'erf',
    'kdc',
    'dcr',
    'nrw',
    'srf',
    'sr2',
  ],
  ['heic', 'heif', 'hif', 'heics'],
  ['avif', 'avifs'],
  ['jp2', 'jpx', 'jpf', 'j2k', 'jpm'],
  ['j2c', 'j2k', 'jpc'],
  ['psd', 'psb'],
  ['mp4', 'm4v', 'mov', '3gp', '3g2', 'f4v', 'insv', 'lrv'],
  ['m4v', 'mp4', 'mov'],
  ['mov', 'qt', 'mp4', 'm4v'],
  ['3gp', '3g2', 'mp4', 'mov'],
  ['m4a', 'm4b', 'm4r', 'mp4', 'm4v', 'mov', 'alac'],
  ['mkv', 'webm', 'mka', 'mk3d'],
  ['mka', 'mkv', 'webm', 'weba'],
  ['webm', 'weba'],
  ['mts', 'm2ts', 'm2t', 'ts', 'tsv'],
  ['mpg', 'mpeg', 'm2v', 'vob', 'mpe', 'm1v'],
  ['asf', 'wmv', 'wma'],
  ['aif', 'aiff', 'aifc'],
  ['ogg', 'oga', 'ogv', 'opus', 'spx', 'ogx'],
  ['oga', 'ogg'],
  ['opus', 'ogg'],
  ['mid', 'midi', 'kar'],
  ['wav', 'wave', 'bwf'],
  ['ttf', 'otf'],
  ['pdf', 'ai'],
  ['ps', 'ai', 'eps', 'epsf'],
  ['eps', 'epsf', 'epsi', 'ai'],
  ['gz', 'svgz', 'tgz', 'emz', 'blend'],
  ['zst', 'blend'],
  ['rar', 'cbr'],
  ['7z', 'cb7'],
  ['pages', 'key', 'numbers'],
  [
    'zip',
    'cbz',
    'kra',
    'krz',
    'ora',
    'sketch',
    'procreate',
    'clip',
    'afdesign',
    'usdz',
    'fig',
    'xd',
    'idml',
    'jar',
    'vrm',
    '3mf',
    'pxd',
    'cdr',
    'fcstd',
    'docx',
    'xlsx',
    'pptx',
    'key',
    'pages',
    'numbers',
    'aseprite',
    'spine',
    'lottie',
    'apk',
  ],
  ['xml', 'xmp', 'kml', 'gpx', 'rss', 'plist', 'xhtml', 'dae', 'x3d', 'opml'],
  ['glb', 'vrm'],
  ['cfb', 'doc', 'xls', 'ppt', 'msi', 'max', 'msg', 'vsd'],
]
const familyOf = new Map(FAMILIES.map((family) => [family[0] ?? '', new Set(family)]))

/**
 * The extension an original gets: the name's own if it fits the content, else the content's.
 * @param named lower-case, '' if the name has none
 */
export function fittingExtension(content: string, named: string): string {
  return familyOf.get(content)?.has(named) ? named : content
}

/** What the name says about content that has no signature of its own. */
const BY_NAME: Readonly<Record<string, string>> = {
  ai: 'application/illustrator',
  blend: 'application/x-blender',
  clip: 'application/x-clip-studio',
  afphoto: 'application/x-affinity-photo',
  afdesign: 'application/x-affinity-designer',
  kra: 'application/x-krita',
  ora: 'image/openraster',
  sketch: 'application/x-sketch',
  procreate: 'application/x-procreate',
  cbz: 'application/vnd.comicbook+zip',
  usdz: 'model/vnd.usdz+zip',
  '3mf': 'model/3mf',
  stl: 'model/stl',
  ply: 'model/x-ply',
  krz: 'application/x-krita',
  fig: 'application/x-figma',
  xd: 'application/x-adobe-xd',
  idml: 'application/vnd.adobe.indesign-idml-package',
  pxd: 'application/x-pixelmator',
  cdr: 'application/x-coreldraw',
  fcstd: 'application/x-freecad',
  afpub: 'application/x-affinity-publisher',
  af: 'application/x-affinity',
  pages: 'application/vnd.apple.pages',
  numbers: 'application/vnd.apple.numbers',
  key: 'application/vnd.apple.keynote',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  safetensors: 'application/x-safetensors',
}
/** Types that are only a container: the name may say what it contains. */
const CONTAINERS: ReadonlySet<string> = new Set(['application/zip', 'application/octet-stream', 'application/pdf'])
/** Blender packs its files whole. */
const COMPRESSED: ReadonlySet<string> = new Set(['application/gzip', 'application/zstd'])
const APPLE_NAMES: ReadonlySet<string> = new Set(['key', 'numbers'])

/** The MIME type, refined by the name where the content is only a container or says nothing. */
export function refineByName(mimeType: string, named: string): string {
  if (mimeType === 'application/pdf' && named !== 'ai') return mimeType
  if (named === 'blend' && COMPRESSED.has(mimeType)) return 'application/x-blender'
  // Apple's three office programs write the same parts.
  if (mimeType === 'application/vnd.apple.pages' && APPLE_NAMES.has(named)) return BY_NAME[named] ?? mimeType
  return CONTAINERS.has(mimeType) ? (BY_NAME[named] ?? mimeType) : mimeType
}

const TYPE_OF_MIME: Readonly<Record<string, AssetType>> = {
  'application/illustrator': 'image',
  'application/postscript': 'image',
  'application/x-krita': 'image',
  'application/x-procreate': 'image',
  'application/x-clip-studio': 'image',
  'application/x-affinity-photo': 'image',
  'application/x-affinity-designer': 'image',
  'application/x-sketch': 'image',
  'application/x-affinity': 'image',
  'application/x-affinity-publisher': 'document',
  'application/x-pixelmator': 'image',
  'application/x-figma': 'image',
  'application/x-adobe-xd': 'image',
  'application/x-coreldraw': 'image',
  'application/x-freecad': 'model',
  'application/vnd.adobe.indesign-idml-package': 'document',
  'application/yaml': 'document',
  'application/toml': 'document',
  'application/jsonl': 'document',
  'application/x-subrip': 'document',
  'application/vnd.comicbook+zip': 'document',
  'application/pdf': 'document',
  'application/rtf': 'document',
  'application/xml': 'document',
  'application/json': 'document',
  'application/epub+zip': 'document',
  'application/x-mobipocket-ebook': 'document',
  'application/x-indesign': 'document',
  'application/x-cfb': 'document',
  'application/x-blender': 'model',
  'application/x-ft-fbx': 'model',
  'application/x-ft-draco': 'model',
  'application/vnd.sketchup.skp': 'model',
  'application/vnd.ms-fontobject': 'font',
  'application/mxf': 'video',
  'application/vnd.ms-asf': 'video',
  'application/vnd.rn-realmedia': 'video',
  'application/ogg': 'audio',
}

/** Which of the kinds that people look for a MIME type belongs to. */
export function assetTypeOf(mimeType: string): AssetType {
  const known = TYPE_OF_MIME[mimeType]
  if (known !== undefined) return known
  if (/^application\/vnd\.(openxmlformats-officedocument|oasis\.opendocument|ms-|apple\.|visio)/.test(mimeType)) {
    return mimeType === 'application/vnd.ms-cab-compressed' || mimeType === 'application/vnd.ms-htmlhelp'
      ? 'other'
      : 'document'
  }
  switch (mimeType.split('/')[0]) {
    case 'image':
      return 'image'
    case 'video':
      return 'video'
    case 'audio':
      return 'audio'
    case 'font':
      return 'font'
    case 'model':
      return 'model'
    case 'text':
      return 'document'
    default:
      return 'other'
  }
}
