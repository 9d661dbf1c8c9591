import { open } from 'node:fs/promises'

/** A kind of picture, and the endings that names of such files have; the first one stands for all. */
interface PictureKind {
  readonly mimeType: string
  readonly extensions: readonly [string, ...string[]]
}

const kinds = {
  tga: { mimeType: 'image/x-tga', extensions: ['tga', 'vda', 'icb', 'vst', 'targa'] },
  pcx: { mimeType: 'image/vnd.zbrush.pcx', extensions: ['pcx', 'pcc'] },
  dds: { mimeType: 'image/vnd-ms.dds', extensions: ['dds'] },
  exr: { mimeType: 'image/x-exr', extensions: ['exr'] },
  radiance: { mimeType: 'image/vnd.radiance', extensions: ['hdr', 'rgbe', 'pic'] },
  qoi: { mimeType: 'image/qoi', extensions: ['qoi'] },
  netpbm: { mimeType: 'image/x-portable-anymap', extensions: ['pnm', 'ppm', 'pgm', 'pbm', 'pam'] },
  floatmap: { mimeType: 'image/x-portable-floatmap', extensions: ['pfm'] },
} as const satisfies Readonly<Record<string, PictureKind>>

/** Raw formats that are TIFF inside, of which only the name tells which. A file that is no raw picture is read as TIFF. */
const RAW_BY_NAME: Readonly<Record<string, string>> = {
  '3fr': 'image/x-hasselblad-3fr',
  arw: 'image/x-sony-arw',
  dcr: 'image/x-kodak-dcr',
  dng: 'image/x-adobe-dng',
  erf: 'image/x-epson-erf',
  iiq: 'image/x-phaseone-iiq',
  kdc: 'image/x-kodak-kdc',
  mef: 'image/x-mamiya-mef',
  mos: 'image/x-leaf-mos',
  nef: 'image/x-nikon-nef',
  nrw: 'image/x-nikon-nrw',
  pef: 'image/x-pentax-pef',
  sr2: 'image/x-sony-sr2',
  srf: 'image/x-sony-srf',
  srw: 'image/x-samsung-srw',
}
const TIFF_FAMILY: ReadonlySet<string> = new Set(['image/tiff', 'image/x-sony-arw', 'image/x-nikon-nef'])
const TGA_FOOTER = 'TRUEVISION-XFILE.\0'

/**
 * Recognises pictures that have no signature, a weak one, or share theirs with others; null for all the rest.
 * @param signature the MIME type that the signature stands for, if there is one
 * @param path where the end of the file can be read
 */
export async function identifyPicture(
  signature: string | null,
  head: Buffer,
  size: number,
  path: string,
  named: string,
): Promise<{ readonly mimeType: string; readonly extension: string } | null> {
  if (signature !== null && TIFF_FAMILY.has(signature)) return rawKind(signature, head, named)
  if (signature !== null) return null
  const kind = bySignature(head, named) ?? ((await isTga(head, size, path, named)) ? kinds.tga : null)
  if (kind === null) return null
  const extensions: readonly string[] = kind.extensions
  return { mimeType: kind.mimeType, extension: extensions.includes(named) ? named : kind.extensions[0] }
}

/**
 * True if what starts like an icon or a cursor is one: a plain TGA starts with the same four bytes as a cursor.
 * Source: Microsoft's ICONDIR and ICONDIRENTRY.
 */
export function isIcon(head: Buffer, size: number): boolean {
  const count = head.length < 22 ? 0 : head.readUInt16LE(4)
  const [length, start] = count === 0 ? [0, 0] : [head.readUInt32LE(14), head.readUInt32LE(18)]
  return length > 0 && start >= 6 + count * 16 && start < size
}

function rawKind(signature: string, head: Buffer, named: string) {
  const mimeType = Object.hasOwn(RAW_BY_NAME, named) ? RAW_BY_NAME[named] : undefined
  if (mimeType !== undefined) return { mimeType, extension: named }
  // A tag that printers' programs write, too, counts as the mark of a Sony.
  const isForeign = signature === 'image/x-sony-arw' && !head.includes('SONY')
  return isForeign ? { mimeType: 'image/tiff', extension: named === 'tiff' ? named : 'tif' } : null
}

function bySignature(head: Buffer, named: string): PictureKind | null {
  const start = head.toString('latin1', 0, 16)
  if (start.startsWith('DDS ') && head.length >= 128 && head.readUInt32LE(4) === 124) return kinds.dds
  if (start.startsWith('v/1\x01')) return kinds.exr
  if (/^#\?(RADIANCE|RGBE)\n/.test(start)) return kinds.radiance
  if (start.startsWith('qoif') && head.length >= 14) return kinds.qoi
  if (isPcx(head)) return kinds.pcx
  return netpbmKind(head, named)
}

/** Source: Netpbm's pnm(5) and pam(5). The formats whose pixels are digits look like any text but for their name. */
function netpbmKind(head: Buffer, named: string): PictureKind | null {
  const start = head.toString('latin1', 0, 1024)
  if (/^P[Ff]\s+\d{1,9}\s+\d{1,9}\s+-?\d/.test(start)) return kinds.floatmap
  if (/^P7\n(?:#[^\n]*\n)*(?:WIDTH|HEIGHT|DEPTH|MAXVAL|TUPLTYPE)\b/.test(start)) return kinds.netpbm
  if (!/^P[1-6](?:\s|#[^\n]*\n)+\d{1,9}\s/.test(start)) return null
  const isText = /^P[1-3]/.test(start)
  return !isText || kinds.netpbm.extensions.some((extension) => extension === named) ? kinds.netpbm : null
}

/** Source: ZSoft PCX file format technical reference manual; every field has few possible values. */
function isPcx(head: Buffer): boolean {
  if (head.length < 128 || head[0] !== 10 || ![0, 2, 3, 4, 5].includes(head[1] ?? 1) || (head[2] ?? 2) > 1) return false
  const [bits, planes] = [head[3] ?? 0, head[65] ?? 0]
  if (![1, 2, 4, 8].includes(bits) || planes < 1 || planes > 4 || head[64] !== 0) return false
  const width = head.readUInt16LE(8) - head.readUInt16LE(4) + 1
  const height = head.readUInt16LE(10) - head.readUInt16LE(6) + 1
  return width > 0 && height > 0 && head.readUInt16LE(66) >= Math.ceil((width * bits) / 8)
}

/**
 * TGA has no signature at its start. What its header says must make sense, and then there must be the name, or enough bytes
 * for the pixels and the footer of version 2 at the end. Source: Truevision TGA file format specification 2.0.
 */
async function isTga(head: Buffer, size: number, path: string, named: string): Promise<boolean> {
  if (head.length < 18) return false
  const [idLength, mapType, type] = [head[0] ?? 0, head[1] ?? 0, head[2] ?? 0]
  const [mapLength, mapDepth] = [head.readUInt16LE(5), head[7] ?? 0]
  const [width, height] = [head.readUInt16LE(12), head.readUInt16LE(14)]
  const [depth, descriptor] = [head[16] ?? 0, head[17] ?? 0]
  if (width === 0 || height === 0 || mapType > 1 || (descriptor & 0xc0) !== 0 || (descriptor & 15) > 8) return false
  const isMapped = type === 1 || type === 9
  const depths = isMapped ? [8, 16] : type === 3 || type === 11 ? [8, 16] : [15, 16, 24, 32]
  if (![1, 2, 3, 9, 10, 11].includes(type) || !depths.includes(depth)) return false
  if (isMapped && (mapType !== 1 || mapLength === 0 || ![15, 16, 24, 32].includes(mapDepth))) return false
  // A file with the name that ends too early is a damaged one.
  if ((kinds.tga.extensions as readonly string[]).includes(named)) return true
  const pixelBytes = Math.ceil(depth / 8)
  // A packet of run-length coding stands for at most 128 pixels.
  const least = type >= 9 ? Math.ceil((width * height) / 128) * (1 + pixelBytes) : width * height * pixelBytes
  const mapBytes = mapType === 1 ? mapLength * Math.ceil(mapDepth / 8) : 0
  return 18 + idLength + mapBytes + least <= size && (await hasTgaFooter(path, size))
}

async function hasTgaFooter(path: string, size: number): Promise<boolean> {
  const length = TGA_FOOTER.length
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, Math.max(0, size - length))
    return bytesRead === length && buffer.toString('latin1') === TGA_FOOTER
  } finally {
    await file.close()
  }
}
