import { useEffect } from 'react'
import { broughtFiles } from '../../actions/broughtFiles.ts'
import { currentImportTarget, importBrought } from '../../actions/imports.ts'
import { currentMode } from '../../commands/mode.ts'

/** Takes files and pictures that are pasted into what the window shows, unless somebody types. */
export function usePaste(): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      if (event.defaultPrevented || event.clipboardData === null || currentMode() !== 'browse') return
      if (event.target instanceof Element && event.target.closest('input, textarea, [contenteditable="true"]')) return
      const brought = broughtFiles(event.clipboardData)
      if (brought.paths.length + brought.inMemory.length === 0) return
      event.preventDefault()
      void importBrought(brought, currentImportTarget())
    }
    window.addEventListener('paste', paste)
    return () => window.removeEventListener('paste', paste)
  }, [])
}
