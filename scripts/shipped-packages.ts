/**
 * Packages that stay outside of the bundles and are shipped beside them, because they load native binaries or WebAssembly
 * files from their own folder, or because a file of theirs is read as it is (typefaces).
 */
export const SHIPPED_PACKAGES: readonly string[] = [
  'better-sqlite3',
  'sharp',
  '@imagemagick/magick-wasm',
  '@hyzyla/pdfium',
  '@fontsource-variable/inter',
  '@fontsource-variable/jetbrains-mono',
]
