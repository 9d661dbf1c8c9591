/**
 * Packages that stay outside of the bundles and are shipped beside them, because they load native binaries or WebAssembly
 * files from their own folder.
 */
export const SHIPPED_PACKAGES: readonly string[] = [
  'better-sqlite3',
  'sharp',
  '@imagemagick/magick-wasm',
  '@hyzyla/pdfium',
]
