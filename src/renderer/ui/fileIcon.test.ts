import { Archive, Box, File, FileText, Layers } from 'lucide-react'
import { describe, expect, it } from 'vitest'
import { fileIcon } from './fileIcon.ts'

describe('the icon of a file', () => {
  it('is that of its type', () => {
    expect(fileIcon('model', 'glb')).toBe(Box)
    expect(fileIcon('document', 'pdf')).toBe(FileText)
    expect(fileIcon('other', '')).toBe(File)
  })

  it('is that of its extension where it says more', () => {
    expect(fileIcon('image', 'kra')).toBe(Layers)
    expect(fileIcon('other', 'zip')).toBe(Archive)
  })
})
