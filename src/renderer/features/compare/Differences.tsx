import { Fragment, useEffect, useState } from 'react'
import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import { reportFailedRead } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { compare as strings } from '../../strings/compare.ts'
import styles from './Differences.module.css'
import { type SettingRow, settingRows } from './settingRows.ts'
import { anyDiffers, type Piece, wordDifference } from './wordDifference.ts'

/** How the assets were made, side by side: prompts by words, settings by values. */
export function Differences({ rowIds }: { readonly rowIds: readonly number[] }) {
  const details = useDetails(rowIds)
  if (details === null) return <div className={styles.panel} aria-hidden="true" />
  const rows = settingRows(details)
  const prompts = details.map(({ original_prompt }) => original_prompt ?? '')
  const negatives = details.map(({ negative_prompt }) => negative_prompt ?? '')
  const alike = [prompts, negatives].every((texts) => texts.every((text) => text === texts[0]))
  return (
    // Scrolls, so the keyboard has to get to it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the only way to scroll without a mouse
    <section className={styles.panel} aria-label={strings.differences} tabIndex={0}>
      {alike && rows.every(({ differs }) => !differs) ? <p className={styles.none}>{strings.nothingDiffers}</p> : null}
      <table className={styles.table}>
        <thead>
          <tr>
            <td />
            {details.map(({ row_id, custom_title, file_name }, place) => (
              <th key={row_id} scope="col">
                <b>{strings.letters[place]}</b> {custom_title ?? file_name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Texts name={strings.prompt} texts={prompts} />
          <Texts name={strings.negative} texts={negatives} />
          {rows.map((row) => (
            <Setting key={nameOf(row)} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Texts({ name, texts }: { readonly name: string; readonly texts: readonly string[] }) {
  const [first = '', ...others] = texts
  if (texts.every((text) => text.trim() === '')) return null
  if (others.every((text) => text === first)) return <Same name={name} value={first} count={texts.length} />
  const pairs = others.map((other) => wordDifference(first, other))
  const shown = [anyDiffers(pairs.map((pair) => pair.first)), ...pairs.map((pair) => pair.second)]
  return (
    <tr data-differs>
      <th scope="row">{name}</th>
      {shown.map((pieces, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
        <td key={place} className={styles.text}>
          <Marked pieces={pieces} />
        </td>
      ))}
    </tr>
  )
}

function Marked({ pieces }: { readonly pieces: readonly Piece[] }) {
  if (pieces.length === 0) return <span className={styles.silent}>{strings.nothing}</span>
  return pieces.map(({ text, differs }, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name than their place
    differs ? <mark key={index}>{text}</mark> : <Fragment key={index}>{text}</Fragment>,
  )
}

function Setting({ row }: { readonly row: SettingRow }) {
  const name = nameOf(row)
  if (!row.differs) return <Same name={name} value={row.values[0] ?? ''} count={row.values.length} />
  return (
    <tr data-differs>
      <th scope="row">{name}</th>
      {row.values.map((value, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
        <td key={place}>
          {value === null ? (
            <span className={styles.silent}>{strings.nothing}</span>
          ) : (
            <span data-odd={row.odd[place] || undefined}>{value}</span>
          )}
        </td>
      ))}
    </tr>
  )
}

function Same({ name, value, count }: { readonly name: string; readonly value: string; readonly count: number }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td colSpan={count} className={styles.text}>
        {value}
      </td>
    </tr>
  )
}

function nameOf({ name }: SettingRow): string {
  return 'known' in name ? strings.settings[name.known] : name.own
}

/** The full records in order; those of before stay until the next have come. Null at first. */
function useDetails(rowIds: readonly number[]): readonly AssetDetail[] | null {
  const [details, setDetails] = useState<readonly AssetDetail[] | null>(null)
  const key = rowIds.join(' ')
  useEffect(() => {
    let current = true
    Promise.all(key.split(' ').map((rowId) => request('assets.get', { rowId: Number(rowId) }))).then(
      (answers) => current && setDetails(answers),
      (thrown: unknown) => current && reportFailedRead(thrown),
    )
    return () => {
      current = false
    }
  }, [key])
  return details
}
