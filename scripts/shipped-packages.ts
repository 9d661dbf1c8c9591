/**
 * Packages that stay outside of the bundles and are shipped beside them, because they load native binaries or WebAssembly
 * files from their own folder, because a file of theirs is read as it is (typefaces), or because they hold libraries
 * under the LGPL, which anybody may replace.
 */
export const SHIPPED_PACKAGES: readonly string[] = [
  'better-sqlite3',
  'sharp',
  '@imagemagick/magick-wasm',
  '@hyzyla/pdfium',
  'mpg123-decoder',
  '@wasm-audio-decoders/flac',
  '@wasm-audio-decoders/ogg-vorbis',
  'ogg-opus-decoder',
  '@fontsource-variable/inter',
  '@fontsource-variable/jetbrains-mono',
]
