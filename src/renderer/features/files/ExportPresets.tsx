import { Pencil, Plus, Trash2 } from 'lucide-react'
import { RadioGroup } from 'radix-ui'
import { useState } from 'react'
import { MOST_SAVED_EXPORTS, type SavedExport } from '../../../shared/domain/fileExport.ts'
import { setPreferences } from '../../actions/settings.ts'
import { type ChosenExport, exportPresets, useFileWork } from '../../state/fileWork.ts'
import { usePreferences } from '../../state/preferences.ts'
import { cleanName, isNameTaken, withExport, withoutExport } from '../../state/savedExports.ts'
import { files } from '../../strings/files.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import styles from './ExportPresets.module.css'
import { PresetNameField } from './PresetNameField.tsx'

type Doing = { readonly is: 'nothing' | 'naming' } | { readonly is: 'renaming'; readonly id: string }

/** What can be made of assets: the presets that are there from the start, and those that a person has saved. */
export function ExportPresets({
  chosen,
  onChoose,
}: {
  readonly chosen: ChosenExport
  readonly onChoose: (preset: string) => void
}) {
  const saved = usePreferences((preferences) => preferences.exports)
  const [doing, setDoing] = useState<Doing>({ is: 'nothing' })
  const [deleted, setDeleted] = useState<SavedExport | null>(null)
  const rest = () => setDoing({ is: 'nothing' })
  const store = (one: SavedExport) => {
    rest()
    setDeleted(null)
    void setPreferences({ exports: withExport(saved, one) })
  }
  const save = (name: string) => {
    const one = { id: crypto.randomUUID(), name: cleanName(name), export: chosen.settings }
    store(one)
    // What was tried in the one that it began as is saved now, under its own name.
    if (chosen.kind === 'saved') forgetDraft(chosen.saved.id)
    onChoose(one.id)
  }
  const remove = (one: SavedExport) => {
    setDeleted(one)
    if (chosen.kind === 'saved' && chosen.saved.id === one.id) onChoose('own')
    void setPreferences({ exports: withoutExport(saved, one.id) })
  }
  return (
    <div className={styles.presets}>
      <RadioGroup.Root
        className={styles.list}
        aria-label={files.presetLabel}
        value={chosen.kind === 'saved' ? chosen.saved.id : chosen.preset}
        onValueChange={onChoose}
      >
        {exportPresets.map((preset) => (
          <RadioGroup.Item key={preset} value={preset} className={styles.preset}>
            {files.presets[preset]}
          </RadioGroup.Item>
        ))}
        {saved.length === 0 ? null : <h3 className={styles.heading}>{files.savedPresets}</h3>}
        {saved.map((one) =>
          doing.is === 'renaming' && doing.id === one.id ? (
            <PresetNameField
              key={one.id}
              initial={one.name}
              isTaken={(name) => isNameTaken(saved, name, one.id)}
              onName={(name) => store({ ...one, name: cleanName(name) })}
              onLeave={rest}
            />
          ) : (
            <div key={one.id} className={styles.saved}>
              <RadioGroup.Item
                value={one.id}
                className={styles.preset}
                title={one.name}
                onKeyDown={({ key }) => {
                  if (key === 'F2') setDoing({ is: 'renaming', id: one.id })
                  else if (key === 'Delete') remove(one)
                }}
              >
                {one.name}
              </RadioGroup.Item>
              <span className={styles.actions}>
                <IconButton
                  size="s"
                  label={files.renamePreset(one.name)}
                  onClick={() => setDoing({ is: 'renaming', id: one.id })}
                >
                  <Pencil />
                </IconButton>
                <IconButton size="s" label={files.deletePreset(one.name)} onClick={() => remove(one)}>
                  <Trash2 />
                </IconButton>
              </span>
            </div>
          ),
        )}
      </RadioGroup.Root>
      {doing.is === 'naming' ? (
        <PresetNameField
          initial={chosen.kind === 'saved' ? files.copyOf(chosen.saved.name) : ''}
          isTaken={(name) => isNameTaken(saved, name, null)}
          onName={save}
          onLeave={rest}
        />
      ) : (
        <Button
          variant="quiet"
          size="s"
          className={styles.add}
          icon={<Plus aria-hidden="true" />}
          disabled={saved.length >= MOST_SAVED_EXPORTS}
          onClick={() => setDoing({ is: 'naming' })}
        >
          {files.savePreset}
        </Button>
      )}
      {deleted === null ? null : (
        <p className={styles.deleted} role="status">
          {files.presetDeleted(deleted.name)}{' '}
          <button
            type="button"
            className={styles.undo}
            onClick={() => {
              store(deleted)
              onChoose(deleted.id)
            }}
          >
            {files.undoDelete}
          </button>
        </p>
      )}
    </div>
  )
}

/** Leaves a saved preset as it was saved. */
export function forgetDraft(id: string): void {
  useFileWork.setState(({ drafts: { [id]: _, ...drafts } }) => ({ drafts }))
}
