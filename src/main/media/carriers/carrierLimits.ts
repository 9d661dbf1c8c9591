/**
 * What one file may cost to be searched for texts. Declared lengths are the file's own claims, so that each loop and
 * each allocation of the readers is bounded by one of these.
 */
export const carrierLimits = {
  /**
   * Bytes of one text or block, after decompression. The largest real workflows (embedded pictures) have some 10 MB.
   */
  itemBytes: 32 * 1024 ** 2,
  /**
   * Bytes of all texts and blocks of a file together; with their decoded forms they must fit into a worker's memory.
   */
  fileBytes: 64 * 1024 ** 2,
  /** Bytes decompressed in vain, for texts that turn out too large; about half a second of work. */
  wastedBytes: 128 * 1024 ** 2,
  /** Texts of one file. */
  texts: 2_000,
  /** XMP packets of one file; each is parsed. */
  xmpPackets: 64,
  /** Dropped texts that are listed. */
  dropped: 100,
  /** Chunks, boxes, segments or elements that are walked: a PNG of 4 GB in the 8 KB chunks that libpng writes. */
  steps: 500_000,
  /** Boxes or elements inside of each other. */
  depth: 16,
} as const
