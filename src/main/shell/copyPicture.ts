import { readFile } from 'node:fs/promises'
import * as electron from 'electron'
import { drawingRequests } from '../../shared/contract/requests/drawingRequests.ts'
import { drawnSides } from '../../shared/domain/drawing.ts'
import type { AssetId } from '../../shared/domain/ids.ts'

interface Engine {
  request(name: 'assets.draw', input: unknown): Promise<unknown>
}

/** Absolute path in the answer of the engine to `assets.draw`. */
export function pathOfDrawing(answer: unknown): string {
  return drawingRequests['assets.draw'].output.parse(answer).path
}

/**
 * Puts a picture on the clipboard as pixels, which every other program can paste. The decoders draw it as a PNG first, so
 * that the shell never decodes what came from anywhere.
 *
 * @throws {VitrineError} why there is no picture.
 */
export async function copyPicture(engine: Engine, id: AssetId, page: number): Promise<void> {
  const side = Math.max(...drawnSides)
  const path = pathOfDrawing(await engine.request('assets.draw', { id, page, side, format: 'png' }))
  const picture = await readFile(path)
  // Under one name each in the oldest and the newest Electron that this runs on; a named import of what is missing would
  // keep the whole program from loading.
  const { clipboard, ClipboardItem, nativeImage } = electron as typeof electron & OlderElectron
  if (ClipboardItem === undefined) clipboard.writeImage(nativeImage.createFromBuffer(picture))
  else await clipboard.write([new ClipboardItem({ 'image/png': new Blob([picture], { type: 'image/png' }) })])
}

interface OlderElectron {
  readonly clipboard: { writeImage(image: electron.NativeImage): void }
}
