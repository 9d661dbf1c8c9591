import { Search } from 'lucide-react'
import type { FieldName } from '../../../shared/domain/search/searchFields.ts'
import type { SearchOperator } from '../../../shared/domain/search/searchNode.ts'
import { findEverywhere } from '../../state/browse.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import styles from './FindButton.module.css'

/** Finds all assets that share a value of this one. */
export function FindButton({
  field,
  value,
  operator = ':',
  label,
}: {
  readonly field: FieldName
  readonly value: string
  readonly operator?: SearchOperator
  readonly label: string
}) {
  return (
    <IconButton className={styles.find} label={label} size="s" onClick={() => findEverywhere(field, value, operator)}>
      <Search />
    </IconButton>
  )
}
