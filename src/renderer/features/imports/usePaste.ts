import { useEffect } from 'react'
import { broughtFiles, pastedAddresses } from '../../actions/broughtFiles.ts'
import { currentImportTarget, importAddresses, importBrought } from '../../actions/imports.ts'
import { currentMode } from '../../commands/mode.ts'
import { openDialog } from '../../state/panels.ts'
import { useWebFetch } from './webFetch.ts'

/** Takes files, pictures and addresses that are pasted into what the window shows, unless somebody types. */
export function usePaste(): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const { clipboardData } = event
      if (event.defaultPrevented || clipboardData === null || currentMode() !== 'browse') return
      if (event.target instanceof Element && event.target.closest('input, textarea, [contenteditable="true"]')) return
      const target = currentImportTarget()
      const brought = broughtFiles(clipboardData)
      if (brought.paths.length + brought.inMemory.length > 0) {
        event.preventDefault()
        void importBrought(brought, target)
        return
      }
      const { addresses, sure } = pastedAddresses(clipboardData)
      if (addresses.length === 0) return
      event.preventDefault()
      if (sure) {
        void importAddresses(addresses, target)
        return
      }
      useWebFetch.setState({ addresses, target })
      openDialog('fetch-addresses')
    }
    window.addEventListener('paste', paste)
    return () => window.removeEventListener('paste', paste)
  }, [])
}
