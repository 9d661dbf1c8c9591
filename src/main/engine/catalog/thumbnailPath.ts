/** Path of a thumbnail relative to the library root, with forward slashes. `size` is the side of its square, pixels. */
export function thumbnailPath(sha256: string, size: number): string {
  return `cache/thumbs/${sha256.slice(0, 2)}/${sha256}-${size}.webp`
}
