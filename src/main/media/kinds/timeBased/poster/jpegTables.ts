/**
 * Frames of Motion JPEG may leave out the Huffman tables, because they are always the same: those of ITU-T T.81, Annex K.3.
 * Each is a class and number, how many codes there are of each length from 1 to 16 bits, and their values.
 */
const TABLES = [
  '00' + '00010501010101010100000000000000' + '000102030405060708090a0b',
  '10' +
    '0002010303020403050504040000017d' +
    '01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435' +
    '363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798' +
    '999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4' +
    'f5f6f7f8f9fa',
  '01' + '00030101010101010101010000000000' + '000102030405060708090a0b',
  '11' +
    '00020102040403040705040400010277' +
    '0001020311040521310612415107617113223281081442' +
    '91a1b1c109233352f0156272d10a162434e125f11718191a262728292a35363738393a434445464748494a535455565758595a63' +
    '6465666768696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2' +
    'c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa',
]

const START_OF_SCAN = 0xda
const HUFFMAN_TABLE = 0xc4

/**
 * The frame with Huffman tables, which are put before its pixels if it has none; null if it is no JPEG picture. A frame
 * that some cameras wrap into a few bytes of their own begins at its start-of-image marker.
 */
export function wholeJpeg(frame: Uint8Array): Buffer | null {
  const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.length)
  const start = bytes.subarray(0, 1024).indexOf(Buffer.from([0xff, 0xd8, 0xff]))
  if (start < 0) return null
  const image = bytes.subarray(start)
  const scan = startOfScan(image)
  if (scan === null) return null
  return scan.hasTables ? image : Buffer.concat([image.subarray(0, scan.at), huffmanSegment(), image.subarray(scan.at)])
}

function startOfScan(image: Buffer): { readonly at: number; readonly hasTables: boolean } | null {
  let hasTables = false
  let at = 2
  for (let count = 0; count < 1000 && at + 4 <= image.length; count++) {
    if (image[at] !== 0xff) return null
    const marker = image[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1 // a fill byte
      continue
    }
    if (marker === START_OF_SCAN) return { at, hasTables }
    hasTables ||= marker === HUFFMAN_TABLE
    at += 2 + image.readUInt16BE(at + 2)
  }
  return null
}

function huffmanSegment(): Buffer {
  const tables = Buffer.from(TABLES.join(''), 'hex')
  const head = Buffer.from([0xff, HUFFMAN_TABLE, 0, 0])
  head.writeUInt16BE(tables.length + 2, 2)
  return Buffer.concat([head, tables])
}
