// Renders resources/icon.svg to resources/icon.png, which the packages and the window take: node scripts/run.mjs scripts/icon.ts
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'

/** Pixels; what electron-builder asks for. */
const SIZE = 512

const resources = new URL('../resources/', import.meta.url)
await sharp(fileURLToPath(new URL('icon.svg', resources)), { density: 144 })
  .resize(SIZE, SIZE)
  .png({ compressionLevel: 9 })
  .toFile(fileURLToPath(new URL('icon.png', resources)))
console.log(`Wrote resources/icon.png, ${SIZE} × ${SIZE}.`)
