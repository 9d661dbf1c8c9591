import type { RawPixels } from './rawPixels.ts'

const SHORT = 3
const LONG = 4
const UNDEFINED = 7
const PHOTOMETRIC_RGB = 2
const PHOTOMETRIC_SEPARATED = 5
const UNASSOCIATED_ALPHA = 2

/**
 * An uncompressed TIFF of one strip around pixels and their ICC profile, the plainest form in which libvips takes both.
 * Source: TIFF 6.0; ICC.1:2022 annex B.4 (tag 34675).
 */
export function wrapInTiff({ data, width, height, layout, profile }: RawPixels): Buffer {
  const channels = layout === 'RGB' ? 3 : 4
  const fields: [tag: number, type: number, values: readonly number[] | Uint8Array][] = [
    [256, LONG, [width]],
    [257, LONG, [height]],
    [258, SHORT, Array<number>(channels).fill(8)],
    [259, SHORT, [1]],
    [262, SHORT, [layout === 'CMYK' ? PHOTOMETRIC_SEPARATED : PHOTOMETRIC_RGB]],
    [273, LONG, [0]],
    [277, SHORT, [channels]],
    [278, LONG, [height]],
    [279, LONG, [data.length]],
    ...(layout === 'RGBA' ? [[338, SHORT, [UNASSOCIATED_ALPHA]] satisfies (typeof fields)[number]] : []),
    ...(profile === null ? [] : [[34675, UNDEFINED, profile] satisfies (typeof fields)[number]]),
  ]
  const tableStart = 8
  const valuesStart = tableStart + 2 + fields.length * 12 + 4
  const values: Buffer[] = []
  let valuesLength = 0
  const table = Buffer.alloc(valuesStart)
  table.write('II*\0', 'latin1')
  table.writeUInt32LE(tableStart, 4)
  table.writeUInt16LE(fields.length, tableStart)
  let stripEntry = 0
  for (const [index, [tag, type, value]] of fields.entries()) {
    const at = tableStart + 2 + index * 12
    const bytes = type === UNDEFINED ? Buffer.from(value) : numbers(type, value)
    table.writeUInt16LE(tag, at)
    table.writeUInt16LE(type, at + 2)
    table.writeUInt32LE(value.length, at + 4)
    if (tag === 273) stripEntry = at + 8
    if (bytes.length <= 4) {
      bytes.copy(table, at + 8)
      continue
    }
    table.writeUInt32LE(valuesStart + valuesLength, at + 8)
    const padded = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(1)])
    values.push(padded)
    valuesLength += padded.length
  }
  table.writeUInt32LE(valuesStart + valuesLength, stripEntry)
  return Buffer.concat([table, ...values, data])
}

function numbers(type: number, values: readonly number[] | Uint8Array): Buffer {
  const width = type === SHORT ? 2 : 4
  const bytes = Buffer.alloc(values.length * width)
  for (const [index, value] of values.entries()) bytes.writeUIntLE(value, index * width, width)
  return bytes
}
