import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { AssetActivity } from '../../../shared/contract/requests/requestMap.ts'
import { history as strings } from '../../strings/history.ts'
import { countText, dateText, momentText } from '../../strings/quantities.ts'
import { Tooltip } from '../../ui/Tooltip.tsx'
import styles from './HistorySection.module.css'

/** Changes of one entry that are told before somebody asks for the rest. */
const SHOWN = 4

/** One thing that happened: what, when, on which device if not on this one, and what it changed. */
export function HistoryEntry({ entry, onUndo }: { readonly entry: AssetActivity; readonly onUndo: () => void }) {
  const [all, setAll] = useState(false)
  const told = entry.changes.filter(({ text }) => text !== entry.label)
  const shown = all ? told : told.slice(0, SHOWN)
  return (
    <li className={styles.entry} data-undone={entry.undone || undefined}>
      <div className={styles.text}>
        <span className={styles.label}>{entry.label}</span>
        <span className={styles.when}>{whenAndWhere(entry)}</span>
        {shown.length === 0 ? null : (
          <ul className={styles.changes} aria-label={strings.changes}>
            {shown.map((change, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of an entry never move
              <Change key={at} {...change} />
            ))}
          </ul>
        )}
        {told.length > shown.length ? (
          <button type="button" className={styles.more} onClick={() => setAll(true)}>
            {strings.moreChanges(told.length - shown.length)}
          </button>
        ) : null}
      </div>
      {entry.undone ? null : <UndoButton entry={entry} onUndo={onUndo} />}
    </li>
  )
}

function whenAndWhere({ label, at, undone, count, device }: AssetActivity) {
  // Most labels say it themselves.
  const ofMany = count > 1 && !label.includes(countText(count))
  const where = device.is_this ? null : strings.device(device.name ?? strings.otherDevice)
  return (
    <>
      {undone ? `${strings.undone} · ` : ''}
      <time dateTime={at} title={dateText(at)}>
        {momentText(at)}
      </time>
      {where === null ? '' : ` · ${where}`}
      {ofMany ? ` · ${strings.ofMany(count)}` : ''}
    </>
  )
}

/** Stays in the tab order when it can't be used, so that everybody can read why. */
function UndoButton({ entry, onUndo }: { readonly entry: AssetActivity; readonly onUndo: () => void }) {
  const reason = entry.why_not_undone
  const label = reason === null ? strings.undo(entry.label) : strings.cannot(entry.label, reason)
  return (
    <Tooltip label={label}>
      <button
        type="button"
        className={styles.undo}
        aria-label={label}
        aria-disabled={reason !== null}
        onClick={() => reason === null && onUndo()}
      >
        <Undo2 />
      </button>
    </Tooltip>
  )
}

/** A line, and where a text was changed both texts whole. */
function Change({ text, before, after }: AssetActivity['changes'][number]) {
  const [open, setOpen] = useState(false)
  const whole = before !== null || after !== null
  return (
    <li>
      {whole ? (
        <button
          type="button"
          className={styles.change}
          aria-expanded={open}
          title={open ? strings.lessWhole : strings.whole}
          onClick={() => setOpen(!open)}
        >
          {text}
        </button>
      ) : (
        text
      )}
      {open ? (
        <dl className={styles.whole}>
          <dt>{strings.before}</dt>
          <dd>{before ?? strings.none}</dd>
          <dt>{strings.after}</dt>
          <dd>{after ?? strings.none}</dd>
        </dl>
      ) : null}
    </li>
  )
}
