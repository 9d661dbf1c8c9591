import type { BegunUpload, ConfirmedPart, UploadNotes } from '../../../../src/main/engine/ports.ts'

/** What the catalogue writes down of an upload in parts, kept in memory. */
export function memoryNotes(
  before: BegunUpload | null = null,
  onPart: (part: ConfirmedPart) => void = () => undefined,
): UploadNotes & { readonly present: BegunUpload | null } {
  let present = before
  return {
    get present() {
      return present
    },
    read: () => present,
    begin(upload) {
      present = { ...upload, parts: new Map() }
    },
    part(part) {
      if (present) present = { ...present, parts: new Map([...present.parts, [part.number, part]]) }
      onPart(part)
    },
    end() {
      present = null
    },
  }
}
