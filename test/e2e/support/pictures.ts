import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'

/** Writes `count` small, different, real pictures into a folder; returns their paths in order. */
export async function writePictures(folder: string, count: number, seed = 1): Promise<string[]> {
  mkdirSync(folder, { recursive: true })
  const paths: string[] = []
  for (let index = 0; index < count; index++) {
    const hue = (index * 47 + seed * 31) % 360
    const [width, height] = index % 3 === 0 ? [480, 320] : index % 3 === 1 ? [320, 480] : [400, 400]
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
      <rect width="100%" height="100%" fill="hsl(${hue} 60% 40%)"/>
      <circle cx="${(index * 61) % width}" cy="${(index * 37) % height}" r="90" fill="hsl(${(hue + 120) % 360} 70% 60%)"/>
      <text x="20" y="60" font-size="40" fill="white">${seed}-${index}</text></svg>`
    const path = join(folder, `picture-${seed}-${String(index).padStart(3, '0')}.${index % 2 === 0 ? 'png' : 'jpg'}`)
    const image = sharp(Buffer.from(svg))
    writeFileSync(path, await (index % 2 === 0 ? image.png() : image.jpeg({ quality: 90 })).toBuffer())
    paths.push(path)
  }
  return paths
}

/** SHA-256 of a file, hexadecimal. */
export function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

/** Every regular file below a folder, hidden ones left out. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.split(/[/\\]/).some((part) => part.startsWith('.')))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}
