import { useEffect, useId, useState } from 'react'
import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import { LONGEST_SHARE_SECONDS, type Share, type ShareCheck, type ShareKind } from '../../../shared/domain/share.ts'
import { messageOf, request } from '../../api/client.ts'
import { shares as strings } from '../../strings/shares.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { Switch } from '../../ui/Switch.tsx'
import styles from './ShareSection.module.css'

const spans = { hour: 3600, day: 86_400, week: LONGEST_SHARE_SECONDS } as const
type Span = keyof typeof spans

/** Makes a link, after saying what the file gives away beside its picture. */
export function ShareDialog({
  asset,
  onClose,
  onShared,
}: {
  readonly asset: AssetDetail
  readonly onClose: () => void
  readonly onShared: (share: Share) => void
}) {
  const [check, setCheck] = useState<ShareCheck | null>(null)
  const [kind, setKind] = useState<ShareKind>('presigned')
  const [span, setSpan] = useState<Span>('week')
  const [stripped, setStripped] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  useEffect(() => {
    let current = true
    request('shares.check', { id: asset.id }).then(
      (found) => {
        if (!current) return
        setCheck(found)
        setStripped(found.canStrip && tellsAnything(found))
        if (found.presigned !== null && found.public === null) setKind('public')
      },
      (thrown: unknown) => current && setProblem(messageOf(thrown)),
    )
    return () => {
      current = false
    }
  }, [asset.id])

  const refusal = check?.[kind] ?? null
  const create = async () => {
    setBusy(true)
    setProblem(null)
    try {
      onShared(await request('shares.create', { id: asset.id, kind, expiresSeconds: spans[span], stripped }))
    } catch (thrown) {
      setProblem(messageOf(thrown))
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onClose={onClose}
      size="s"
      title={strings.title(asset.custom_title ?? asset.file_name)}
      description={strings.text}
      footer={
        <>
          <Button onClick={onClose}>{strings.cancel}</Button>
          <Button variant="primary" disabled={busy || check === null || refusal !== null} onClick={() => void create()}>
            {busy ? strings.creating : strings.create}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {check === null ? problem === null ? <p>{strings.looking}</p> : null : <Tells check={check} />}
        {check === null ? null : <Strip check={check} stripped={stripped} onChange={setStripped} />}
        <div className={styles.choice}>
          <Segmented label={strings.kind} value={kind} onChange={setKind} segments={kindSegments} />
        </div>
        {kind === 'presigned' ? (
          <div className={styles.choice}>
            <Segmented label={strings.expires} value={span} onChange={setSpan} segments={spanSegments} />
          </div>
        ) : null}
        {(refusal ?? problem) === null ? null : (
          <p className={styles.problem} role="alert">
            {refusal ?? problem}
          </p>
        )}
      </div>
    </Dialog>
  )
}

const kindSegments = (['presigned', 'public'] as const).map((value) => ({ value, label: strings.kinds[value] }))
const spanSegments = (['hour', 'day', 'week'] as const).map((value) => ({ value, label: strings.spans[value] }))

function tellsAnything(check: ShareCheck): boolean {
  return check.gps || check.prompts || check.names.length > 0 || check.serials.length > 0
}

function Tells({ check }: { readonly check: ShareCheck }) {
  if (!tellsAnything(check)) return <p className={styles.tells}>{strings.tellsNothing}</p>
  return (
    <div className={styles.tells}>
      <p>{strings.tells}</p>
      <ul>
        {check.gps ? <li>{strings.gps}</li> : null}
        {check.names.length > 0 ? <li>{strings.names(check.names.join(', '))}</li> : null}
        {check.prompts ? <li>{strings.prompts}</li> : null}
        {check.serials.length > 0 ? <li>{strings.serials(check.serials.join(', '))}</li> : null}
      </ul>
    </div>
  )
}

function Strip({
  check,
  stripped,
  onChange,
}: {
  readonly check: ShareCheck
  readonly stripped: boolean
  readonly onChange: (stripped: boolean) => void
}) {
  const id = useId()
  if (!check.canStrip) return tellsAnything(check) ? <p className={styles.hint}>{strings.cannotStrip}</p> : null
  return (
    <div className={styles.strip}>
      <label htmlFor={id}>{strings.strip}</label>
      <Switch id={id} checked={stripped} onChange={onChange} />
      <p className={styles.hint}>{strings.stripHint}</p>
    </div>
  )
}
