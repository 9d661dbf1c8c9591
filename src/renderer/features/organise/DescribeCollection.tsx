import { useState } from 'react'
import { collectionNameSchema } from '../../../shared/domain/collection.ts'
import type { CollectionId } from '../../../shared/domain/ids.ts'
import { editCollection, renameCollection } from '../../actions/collections.ts'
import { useLibrary } from '../../queries/library.ts'
import { closeOrganise } from '../../state/organise.ts'
import { organise } from '../../strings/organise.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { QuestionDialog } from '../../ui/QuestionDialog.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './OrganiseForm.module.css'

/** The name of a collection and what it is for. */
export function DescribeCollection({ id }: { readonly id: CollectionId }) {
  const collection = useLibrary(({ collections, archived }) =>
    [...collections, ...archived].find((one) => one.id === id),
  )
  const [name, setName] = useState(collection?.name ?? '')
  const [description, setDescription] = useState(collection?.description ?? '')
  if (collection === undefined) return null
  const parsed = collectionNameSchema.safeParse(name)

  const save = async () => {
    if (!parsed.success) return
    if (parsed.data !== collection.name && !(await renameCollection(id, parsed.data))) return
    const text = description.trim() === '' ? null : description
    if (text !== collection.description && !(await editCollection(id, { description: text }))) return
    closeOrganise()
  }
  return (
    <QuestionDialog
      title={organise.describeTitle}
      onCancel={closeOrganise}
      answers={
        <Button variant="primary" disabled={!parsed.success} onClick={() => void save()}>
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
            <TextField
              {...control}
              value={name}
              maxLength={255}
              disabled={collection.is_permanent}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label={organise.description} hint={organise.descriptionHint}>
          {(control) => (
            <textarea
              {...control}
              className={styles.text}
              value={description}
              rows={6}
              maxLength={100_000}
              onChange={(event) => setDescription(event.target.value)}
            />
          )}
        </Field>
      </form>
    </QuestionDialog>
  )
}
