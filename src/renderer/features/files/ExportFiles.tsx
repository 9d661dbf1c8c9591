import { useState } from 'react'
import type { FileExport } from '../../../shared/domain/fileExport.ts'
import { exportFiles } from '../../actions/files.ts'
import { useFileWork } from '../../state/fileWork.ts'
import { closeDialog, usePanels } from '../../state/panels.ts'
import { type ExportPreset, files } from '../../strings/files.ts'
import { ui } from '../../strings/ui.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import styles from './files.module.css'
import { PatternField, patternProblem } from './PatternField.tsx'
import { RenderFields } from './RenderFields.tsx'

const presets = (Object.keys(files.presets) as ExportPreset[]).map((value) => ({ value, label: files.presets[value] }))

/** Files on their way out of the library: what to make of them, and afterwards what could not be made. */
export function ExportFiles() {
  const open = usePanels((panels) => panels.dialog === 'export-files')
  const failures = useFileWork((work) => work.failures)
  if (open) return <Choices />
  return failures === null ? null : <Failures failed={failures.failed} failures={failures.failures} />
}

function Choices() {
  const { rowIds, preset, settings: all } = useFileWork()
  const settings = all[preset]
  const [understood, setUnderstood] = useState(true)
  const change = (next: FileExport | null) => {
    setUnderstood(next !== null)
    if (next !== null) useFileWork.setState({ settings: { ...all, [preset]: next } })
  }
  const ready = understood && patternProblem(settings.names) === null
  const start = async () => {
    if (ready && (await exportFiles(rowIds, settings))) closeDialog()
  }
  return (
    <Dialog
      open
      onClose={closeDialog}
      title={files.exportTitle(rowIds.length)}
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
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          void start()
        }}
      >
        <div>
          <Segmented
            label={files.presetLabel}
            value={preset}
            segments={presets}
            onChange={(next) => {
              setUnderstood(true)
              useFileWork.setState({ preset: next })
            }}
          />
          <p className={styles.hint}>{files.presetHints[preset]}</p>
        </div>
        {preset === 'own' && settings.format !== 'original' ? (
          <RenderFields settings={settings} onChange={change} />
        ) : null}
        <PatternField value={settings.names} onChange={(names) => change({ ...settings, names })} />
        <button type="submit" hidden />
      </form>
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
