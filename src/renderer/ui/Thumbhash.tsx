import { useEffect, useRef } from 'react'
import { thumbHashToRGBA } from 'thumbhash'
import { classNames } from './classNames.ts'
import styles from './Thumbhash.module.css'

/**
 * The blur that stands for a picture until its thumbnail is there. A canvas, because the content security policy
 * allows no `data:` pictures. `hash` is Base64; a damaged one draws nothing.
 */
export function Thumbhash({ hash, className }: { readonly hash: string; readonly className?: string | undefined }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (canvas.current) draw(canvas.current, hash)
  }, [hash])
  return <canvas ref={canvas} className={classNames(styles.thumbhash, className)} width={32} height={32} />
}

function draw(canvas: HTMLCanvasElement, hash: string): void {
  const bytes = bytesOf(hash)
  if (bytes === null) return
  const { w, h, rgba } = thumbHashToRGBA(bytes)
  if (!(w >= 1 && h >= 1)) return
  canvas.width = w
  canvas.height = h
  canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(rgba), w, h), 0, 0)
}

function bytesOf(base64: string): Uint8Array | null {
  let text: string
  try {
    text = atob(base64)
  } catch {
    // Not Base64: the row was damaged, and a picture without its blur is still a picture.
    return null
  }
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
  return bytes.length < 5 ? null : bytes
}
