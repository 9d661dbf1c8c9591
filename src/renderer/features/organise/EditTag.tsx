import { Check } from 'lucide-react'
import { useState } from 'react'
import type { TagId } from '../../../shared/domain/ids.ts'
import { tagNameSchema } from '../../../shared/domain/tag.ts'
import { colorTag, renameTag, setAliases } from '../../actions/tags.ts'
import { useLibrary } from '../../queries/library.ts'
import { closeOrganise, useOrganise } from '../../state/organise.ts'
import { organise } from '../../strings/organise.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { QuestionDialog } from '../../ui/QuestionDialog.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { tagPalette } from '../../ui/tagPalette.ts'
import styles from './OrganiseForm.module.css'

/** The name of a tag, its colour, and the other names by which it is found. */
export function EditTag({ id }: { readonly id: TagId }) {
  const tag = useLibrary((library) => library.tags.find((one) => one.id === id))
  const [name, setName] = useState(tag?.name ?? '')
  const [color, setColor] = useState(tag?.color ?? null)
  const [aliases, setText] = useState(tag?.aliases.join(', ') ?? '')
  if (tag === undefined) return null
  const parsed = tagNameSchema.safeParse(name)
  const names = [...new Set(aliases.split(',').map((one) => one.trim()))].filter((one) => one !== '')
  const problem = names.flatMap((one) => tagNameSchema.safeParse(one).error?.issues[0]?.message ?? [])[0] ?? null

  const save = async () => {
    if (!parsed.success || problem !== null) return
    if (color !== tag.color && !(await colorTag(id, color))) return
    if (names.join('\n') !== tag.aliases.join('\n') && !(await setAliases(id, names))) return
    // Last: a name that is taken leads to a question in place of this dialog.
    if (parsed.data !== tag.name && !(await renameTag(id, parsed.data))) return
    if (useOrganise.getState().dialog?.kind === 'edit-tag') closeOrganise()
  }
  return (
    <QuestionDialog
      title={organise.editTitle}
      {...(tag.path === tag.name ? {} : { description: tag.path.split('/').join(' / ') })}
      onCancel={closeOrganise}
      answers={
        <Button variant="primary" disabled={!parsed.success || problem !== null} onClick={() => void save()}>
          {organise.save}
        </Button>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Field label={organise.name} error={parsed.success ? null : (parsed.error.issues[0]?.message ?? null)}>
          {(control) => (
            <TextField {...control} value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
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
            <TextField
              {...control}
              value={aliases}
              maxLength={5000}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <button type="submit" hidden />
      </form>
    </QuestionDialog>
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
