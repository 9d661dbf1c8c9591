import { useState } from 'react'
import { collectionNameSchema } from '../../../shared/domain/collection.ts'
import type { CollectionId } from '../../../shared/domain/ids.ts'
import { editCollection, renameCollection } from '../../actions/collections.ts'
import { useLibrary } from '../../queries/library.ts'
import { closeOrganise } from '../../state/organise.ts'
import { organise } from '../../strings/organise.ts'
import { Field } from '../../ui/Field.tsx'
import { EditDialog } from './EditDialog.tsx'
import styles from './OrganiseForm.module.css'

/** The name of a collection and what it is for. */
export function DescribeCollection({ id }: { readonly id: CollectionId }) {
  const collection = useLibrary(({ collections, archived }) =>
    [...collections, ...archived].find((one) => one.id === id),
  )
  const [name, setName] = useState(collection?.name ?? '')
  const [description, setDescription] = useState(collection?.description ?? '')
  if (collection === undefined) return null

  const save = async (newName: string) => {
    if (newName !== collection.name && !(await renameCollection(id, newName))) return
    const text = description.trim() === '' ? null : description
    if (text !== collection.description && !(await editCollection(id, { description: text }))) return
    closeOrganise()
  }
  const disabled = collection.is_permanent
  return (
    <EditDialog
      title={organise.describeTitle}
      name={{ value: name, schema: collectionNameSchema, maxLength: 255, disabled, onChange: setName }}
      onSave={save}
    >
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
    </EditDialog>
  )
}
