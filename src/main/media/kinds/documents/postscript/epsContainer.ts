/** A part of a file, bytes. */
export interface Part {
  readonly offset: number
  readonly length: number
}

/** Where the parts of an EPS file with a binary header are. */
export interface EpsParts {
  readonly postScript: Part
  readonly tiff: Part | null
  readonly metafile: Part | null
}

/**
 * Reads the 30-byte header that MS-DOS EPS files begin with; a file without it is PostScript from end to end.
 * Source: Adobe Technical Note 5002, "Encapsulated PostScript File Format Specification 3.0", section 5.2.
 * @param head the file's first bytes
 * @param size of the file; parts are cut where it ends
 */
export function epsParts(head: Buffer, size: number): EpsParts {
  if (head.length < 30 || head.readUInt32BE(0) !== 0xc5d0d3c6) {
    return { postScript: { offset: 0, length: size }, tiff: null, metafile: null }
  }
  return {
    postScript: partAt(head, 4, size) ?? { offset: 30, length: Math.max(0, size - 30) },
    metafile: partAt(head, 12, size),
    tiff: partAt(head, 20, size),
  }
}

function partAt(head: Buffer, position: number, size: number): Part | null {
  const offset = head.readUInt32LE(position)
  const length = Math.min(head.readUInt32LE(position + 4), size - offset)
  return offset >= 30 && length > 0 ? { offset, length } : null
}
