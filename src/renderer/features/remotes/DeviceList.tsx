import { Ellipsis, MonitorSmartphone } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { RequestOutput } from '../../../shared/contract/requests.ts'
import { reportFailedRead } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { useLibrary } from '../../queries/library.ts'
import { devices as strings } from '../../strings/devices.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Item, ItemList } from '../../ui/ItemList.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { ConfirmRemovals } from './ConfirmRemovals.tsx'
import styles from './RemoteList.module.css'
import { RetireDevice } from './RetireDevice.tsx'

type Device = RequestOutput<'sync.devices'>[number]

const LOOK_MS = 5000
/** So long a device may be silent before a person is to notice that something waits for it, ms. */
const SILENT_MS = 7 * 24 * 3_600_000

/** The other devices of the library: when each was last heard of, and what keeps one from going on here. */
export function DeviceList() {
  const hasRemote = useLibrary(({ sync }) => sync !== null && sync.state !== 'no-remote')
  const { list, look } = useDevices(hasRemote)
  const [asked, setAsked] = useState<Device | null>(null)
  const [leaving, setLeaving] = useState<Device | null>(null)
  if (!hasRemote || list === null) return null
  return (
    <section className={styles.section}>
      <header className={styles.header}>
        <h3 className={styles.title}>{strings.title}</h3>
      </header>
      {list.length === 0 ? <p className={styles.note}>{strings.none}</p> : null}
      {list.length === 0 ? null : (
        <ItemList>
          {list.map((device) => (
            <DeviceRow
              key={device.id}
              device={device}
              onDecide={() => setAsked(device)}
              onRetire={() => setLeaving(device)}
            />
          ))}
        </ItemList>
      )}
      {asked?.question ? (
        <ConfirmRemovals
          device={asked}
          question={asked.question}
          onCancel={() => setAsked(null)}
          onConfirmed={() => {
            setAsked(null)
            look()
          }}
        />
      ) : null}
      {leaving ? (
        <RetireDevice
          device={leaving}
          onCancel={() => setLeaving(null)}
          onRetired={() => {
            setLeaving(null)
            look()
          }}
        />
      ) : null}
    </section>
  )
}

function DeviceRow({
  device,
  onDecide,
  onRetire,
}: {
  readonly device: Device
  readonly onDecide: () => void
  readonly onRetire: () => void
}) {
  const { heard_at, applied, problem, question, retired, holds_up_removals: isAwaited } = device
  const name = device.name ?? strings.unnamed
  return (
    <Item
      icon={MonitorSmartphone}
      actions={
        <>
          {question === null ? null : (
            <Button size="s" onClick={onDecide}>
              {strings.decide}
            </Button>
          )}
          {retired ? null : (
            <Menu align="end" entries={[{ kind: 'action', label: strings.retire, onSelect: onRetire }]}>
              <IconButton label={strings.menu(name)} size="s" tooltip={false}>
                <Ellipsis />
              </IconButton>
            </Menu>
          )}
        </>
      }
    >
      <p className={styles.name}>
        <span className={styles.nameText}>{name}</span>
        <DeviceBadge device={device} />
      </p>
      {question === null ? null : (
        <p className={styles.address}>{strings.removals(question.removals, question.assets)}</p>
      )}
      {problem === null ? null : <p className={styles.error}>{problem}</p>}
      <p className={styles.address}>{heard_at === null ? strings.notHeard : strings.heard(heard_at)}</p>
      {retired ? <p className={styles.address}>{strings.retiredText}</p> : null}
      {isAwaited ? <p className={styles.address}>{strings.awaitedText}</p> : null}
      {applied === 0 ? <p className={styles.address}>{strings.nothingApplied}</p> : null}
    </Item>
  )
}

function DeviceBadge({
  device: { retired, question, problem, heard_at, holds_up_removals },
}: {
  readonly device: Device
}) {
  if (retired) return <Badge>{strings.retired}</Badge>
  if (question !== null) return <Badge tone="warn">{strings.asks}</Badge>
  if (problem !== null) return <Badge tone="bad">{strings.stopped}</Badge>
  const isSilent = heard_at !== null && Date.now() - Date.parse(heard_at) > SILENT_MS
  return holds_up_removals && isSilent ? <Badge tone="warn">{strings.awaited}</Badge> : null
}

/** Null until the first answer. Looked at again every few seconds while it is shown. */
function useDevices(wanted: boolean): { readonly list: readonly Device[] | null; look(): void } {
  const [list, setList] = useState<readonly Device[] | null>(null)
  const [looks, setLooks] = useState(0)
  // What sync says of itself changes with what it has heard of others.
  const sync = useLibrary((library) => library.sync)
  // biome-ignore lint/correctness/useExhaustiveDependencies: they say when to look, not at what.
  useEffect(() => {
    if (!wanted) return
    let current = true
    const look = () =>
      request('sync.devices').then(
        (found) => current && setList(found),
        (thrown: unknown) => current && reportFailedRead(thrown),
      )
    void look()
    const timer = setInterval(() => void look(), LOOK_MS)
    return () => {
      current = false
      clearInterval(timer)
    }
  }, [wanted, sync, looks])
  return { list, look: () => setLooks((before) => before + 1) }
}
