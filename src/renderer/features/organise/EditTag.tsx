import { Check } from 'lucide-react'
import { useState } from 'react'
import type { TagId } from '../../../shared/domain/ids.ts'
import { tagNameSchema } from '../../../shared/domain/tag.ts'
import { colorTag, renameTag, setAliases } from '../../actions/tags.ts'
import { useLibrary } from '../../queries/library.ts'
import { closeOrganise, useOrganise } from '../../state/organise.ts'
import { organise } from '../../strings/organise.ts'
import { Field } from '../../ui/Field.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { tagPalette } from '../../ui/tagPalette.ts'
import { EditDialog } from './EditDialog.tsx'
import styles from './OrganiseForm.module.css'

/** The name of a tag, its colour, and the other names by which it is found. */
export function EditTag({ id }: { readonly id: TagId }) {
  const tag = useLibrary((library) => library.tags.find((one) => one.id === id))
  const [name, setName] = useState(tag?.name ?? '')
  const [color, setColor] = useState(tag?.color ?? null)
  const [aliases, setText] = useState(tag?.aliases.join(', ') ?? '')
  if (tag === undefined) return null
  const names = [...new Set(aliases.split(',').map((one) => one.trim()))].filter((one) => one !== '')
  const problem = names.flatMap((one) => tagNameSchema.safeParse(one).error?.issues[0]?.message ?? [])[0] ?? null

  const save = async (newName: string) => {
    if (color !== tag.color && !(await colorTag(id, color))) return
    if (names.join('\n') !== tag.aliases.join('\n') && !(await setAliases(id, names))) return
    // Last: a name that is taken leads to a question in place of this dialog.
    if (newName !== tag.name && !(await renameTag(id, newName))) return
    if (useOrganise.getState().dialog?.kind === 'edit-tag') closeOrganise()
  }
  return (
    <EditDialog
      title={organise.editTitle}
      {...(tag.path === tag.name ? {} : { description: tag.path.split('/').join(' / ') })}
      name={{ value: name, schema: tagNameSchema, maxLength: 100, onChange: setName }}
      valid={problem === null}
      onSave={save}
    >
      <fieldset className={styles.colors}>
        <legend className={styles.legend}>{organise.color}</legend>
        <Swatch label={organise.noColor} color={null} chosen={color === null} onChoose={() => setColor(null)} />
        {tagPalette.map((one) => (
          <Swatch
            key={one.color}
            label={organise.colors[one.name]}
            color={one.color}
            chosen={color === one.color}
            onChoose={() => setColor(one.color)}
          />
        ))}
        <input
          type="color"
          className={styles.own}
          aria-label={organise.ownColor}
          title={organise.ownColor}
          value={color ?? '#808080'}
          onChange={(event) => setColor(event.target.value)}
        />
      </fieldset>
      <Field label={organise.aliases} hint={organise.aliasesHint} error={problem}>
        {(control) => (
          <TextField {...control} value={aliases} maxLength={5000} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
    </EditDialog>
  )
}

function Swatch({
  label,
  color,
  chosen,
  onChoose,
}: {
  readonly label: string
  readonly color: string | null
  readonly chosen: boolean
  readonly onChoose: () => void
}) {
  return (
    <button
      type="button"
      className={styles.swatch}
      aria-label={label}
      title={label}
      aria-pressed={chosen}
      style={color === null ? {} : { background: color }}
      onClick={onChoose}
    >
      {chosen ? <Check aria-hidden="true" /> : null}
    </button>
  )
}
