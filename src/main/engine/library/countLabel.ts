/** “1 asset”, “12 assets”. */
export function countAssets(count: number): string {
  return count === 1 ? '1 asset' : `${count.toLocaleString('en')} assets`
}
