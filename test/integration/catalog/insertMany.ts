import { openDatabase } from '../../../src/main/engine/catalog/database.ts'

/** Puts many library assets into a catalogue's tables, before anybody has read from it. */
export function insertMany(file: string, count: number): void {
  const db = openDatabase(file)
  const insert = db.prepare(
    `INSERT INTO assets(id, owner_id, space, status, asset_type, file_name, extension, mime_type, file_size_bytes, sha256,
      storage_path, aspect, created_at, updated_at, imported_at)
     VALUES (:id, 'o', 'library', 'available', 'image', :name, 'png', 'image/png', :size, :sha256, :path, :aspect, 1, 1, :at)`,
  )
  db.transaction(() => {
    for (let number = 0; number < count; number++) {
      const mixed = (number * 7919) % count
      insert.run({
        id: `many-${number}`,
        name: `${String(mixed).padStart(6, '0')}.png`,
        size: mixed % 977,
        sha256: String(number).padStart(64, '0'),
        path: `originals/many/${number}.png`,
        aspect: 0.5 + (number % 4) / 2,
        at: 1_000_000 + number,
      })
    }
  })()
  db.close()
}
