import { useState } from 'react'
import type { FileExport } from '../../../shared/domain/fileExport.ts'
import { exportFiles } from '../../actions/files.ts'
import { setPreferences } from '../../actions/settings.ts'
import { changeExport, chosenExport, useFileWork } from '../../state/fileWork.ts'
import { closeDialog, usePanels } from '../../state/panels.ts'
import { usePreferences } from '../../state/preferences.ts'
import { withExport } from '../../state/savedExports.ts'
import { files } from '../../strings/files.ts'
import { ui } from '../../strings/ui.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ExportPresets, forgetDraft } from './ExportPresets.tsx'
import styles from './files.module.css'
import { PatternField, patternProblem } from './PatternField.tsx'
import { RenderFields } from './RenderFields.tsx'

/** Files on their way out of the library: what to make of them, and afterwards what could not be made. */
export function ExportFiles() {
  const open = usePanels((panels) => panels.dialog === 'export-files')
  const failures = useFileWork((work) => work.failures)
  if (open) return <Choices />
  return failures === null ? null : <Failures failed={failures.failed} failures={failures.failures} />
}

function Choices() {
  const work = useFileWork()
  const all = usePreferences((preferences) => preferences.exports)
  const chosen = chosenExport(work, all)
  const { settings } = chosen
  const [understood, setUnderstood] = useState(true)
  const [reverts, setReverts] = useState(0)
  const change = (next: FileExport | null) => {
    setUnderstood(next !== null)
    if (next !== null) changeExport(chosen, next)
  }
  const choose = (preset: string) => {
    setUnderstood(true)
    useFileWork.setState({ preset })
  }
  const ready = understood && patternProblem(settings.names) === null
  const start = async () => {
    if (ready && (await exportFiles(work.rowIds, settings))) closeDialog()
  }
  const isOpen = chosen.kind === 'saved' || chosen.preset === 'own'
  return (
    <Dialog
      open
      size="l"
      onClose={closeDialog}
      title={files.exportTitle(work.rowIds.length)}
      description={files.exportText}
      footer={
        <>
          <Button onClick={closeDialog}>{ui.cancel}</Button>
          <Button variant="primary" disabled={!ready} onClick={() => void start()}>
            {files.export}
          </Button>
        </>
      }
    >
      <div className={styles.export}>
        <ExportPresets chosen={chosen} onChoose={choose} />
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault()
            void start()
          }}
        >
          {chosen.kind === 'shipped' ? (
            <p className={styles.about}>{files.presetHints[chosen.preset]}</p>
          ) : (
            <div className={styles.about} data-saved>
              <strong className={styles.chosen}>{chosen.saved.name}</strong>
              {chosen.changed && ready ? (
                <>
                  <Button
                    size="s"
                    variant="quiet"
                    onClick={() => {
                      forgetDraft(chosen.saved.id)
                      // Fields that hold a text of their own begin anew.
                      setReverts(reverts + 1)
                    }}
                  >
                    {files.revertPreset}
                  </Button>
                  <Button
                    size="s"
                    onClick={() => {
                      forgetDraft(chosen.saved.id)
                      void setPreferences({ exports: withExport(all, { ...chosen.saved, export: settings }) })
                    }}
                  >
                    {files.updatePreset}
                  </Button>
                </>
              ) : null}
            </div>
          )}
          {isOpen && settings.format !== 'original' ? (
            <RenderFields key={`${work.preset} ${reverts}`} settings={settings} onChange={change} />
          ) : null}
          <PatternField value={settings.names} onChange={(names) => change({ ...settings, names })} />
          <button type="submit" hidden />
        </form>
      </div>
    </Dialog>
  )
}

function Failures({
  failed,
  failures,
}: {
  readonly failed: number
  readonly failures: readonly { readonly fileName: string; readonly message: string }[]
}) {
  const close = () => useFileWork.setState({ failures: null })
  return (
    <Dialog
      open
      onClose={close}
      title={files.failedTitle(failed)}
      footer={
        <Button variant="primary" onClick={close}>
          {files.close}
        </Button>
      }
    >
      <ul className={styles.failures}>
        {failures.map(({ fileName, message }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two assets may have one name
          <li key={index}>
            <strong>{fileName}</strong>
            <span>{message}</span>
          </li>
        ))}
      </ul>
      {failed > failures.length ? <p className={styles.hint}>{files.failedMore(failed - failures.length)}</p> : null}
    </Dialog>
  )
}
