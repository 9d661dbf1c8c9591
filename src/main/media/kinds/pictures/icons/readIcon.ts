import type { ByteSource } from '../../../carriers/byteSource.ts'
import type { MediaLimits } from '../../../limits.ts'
import { type KindReader, noFacts, type Picture } from '../../kindReader.ts'
import { decodeWithMagick } from '../magick/decodeWithMagick.ts'
import { withSource } from '../openSource.ts'
import { requireDrawableSize, undrawable, unreadable } from '../pictureFacts.ts'
import { type IconPicture, readIcnsPictures, readIconPictures } from './iconPictures.ts'

const OLD_ICON = 'This icon only has pictures of a kind that Vitrine can’t draw.'
/** One picture of an icon, whole in memory. */
const MAX_PICTURE_BYTES = 64 * 1024 ** 2

/** Reads icons and cursors of Windows and macOS: the largest picture in them. */
export const readIcon: KindReader = ({ path, mimeType, side, limits }) =>
  withSource(path, async (source) => {
    const isApple = mimeType === 'image/icns'
    const pictures = isApple ? readIcnsPictures(source) : readIconPictures(source)
    const isCursor = source.read(2, 1)?.[0] === 2
    const format = isApple ? 'icns' : isCursor ? 'cur' : 'ico'
    const largest = [...pictures].sort((a, b) => b.width * b.height - a.width * a.height || b.bits - a.bits)[0]
    const empty = { ...noFacts, metadata: { format } }
    if (largest === undefined) return isApple ? undrawable(empty, OLD_ICON) : unreadable(empty)
    const { width, height } = largest
    requireDrawableSize(width, height, limits)
    const image = { space: 'srgb', channels: 4, depth: 'uchar', hasAlpha: true }
    const facts = { ...noFacts, width, height, metadata: { format, image, pages: pictures.length } }
    if (side === 0) return facts
    const picture = await draw(source, largest, side, limits)
    return picture === null ? unreadable(facts) : { ...facts, picture }
  })

async function draw(source: ByteSource, icon: IconPicture, side: number, limits: MediaLimits): Promise<Picture | null> {
  const bytes = icon.length > MAX_PICTURE_BYTES ? null : source.read(icon.start, icon.length)
  if (bytes === null) return null
  if (icon.encoding === 'png') return { kind: 'encoded', input: Buffer.from(bytes), vector: false }
  return decodeWithMagick(
    aloneInIcon(bytes, icon),
    { format: 'ICO', width: icon.width, height: icon.height },
    side,
    limits,
  )
}

/** An icon file with one picture. A cursor's is the same but for the hot spot. */
function aloneInIcon(bytes: Buffer, { width, height, bits }: IconPicture): Buffer {
  const directory = Buffer.from([
    0,
    0,
    1,
    0,
    1,
    0,
    width & 255,
    height & 255,
    0,
    0,
    1,
    0,
    bits,
    0,
    0,
    0,
    0,
    0,
    22,
    0,
    0,
    0,
  ])
  directory.writeUInt32LE(bytes.length, 14)
  return Buffer.concat([directory, bytes])
}
