import { MonitorSmartphone } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { RequestOutput } from '../../../shared/contract/requests.ts'
import { reportFailedRead } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { useLibrary } from '../../queries/library.ts'
import { devices as strings } from '../../strings/devices.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Item, ItemList } from '../../ui/ItemList.tsx'
import { ConfirmRemovals } from './ConfirmRemovals.tsx'
import styles from './RemoteList.module.css'

type Device = RequestOutput<'sync.devices'>[number]

const LOOK_MS = 5000

/** The other devices of the library: when each was last heard of, and what keeps one from going on here. */
export function DeviceList() {
  const hasRemote = useLibrary(({ sync }) => sync !== null && sync.state !== 'no-remote')
  const { list, look } = useDevices(hasRemote)
  const [asked, setAsked] = useState<Device | null>(null)
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
            <DeviceRow key={device.id} device={device} onDecide={() => setAsked(device)} />
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
    </section>
  )
}

function DeviceRow({ device, onDecide }: { readonly device: Device; readonly onDecide: () => void }) {
  const { name, heard_at, applied, problem, question } = device
  const heard = heard_at === null ? strings.notHeard : strings.heard(heard_at)
  return (
    <Item
      icon={MonitorSmartphone}
      actions={
        question === null ? null : (
          <Button size="s" onClick={onDecide}>
            {strings.decide}
          </Button>
        )
      }
    >
      <p className={styles.name}>
        <span className={styles.nameText}>{name ?? strings.unnamed}</span>
        {question !== null ? (
          <Badge tone="warn">{strings.asks}</Badge>
        ) : problem !== null ? (
          <Badge tone="bad">{strings.stopped}</Badge>
        ) : null}
      </p>
      {question === null ? null : (
        <p className={styles.address}>{strings.removals(question.removals, question.assets)}</p>
      )}
      {problem === null ? null : <p className={styles.error}>{problem}</p>}
      <p className={styles.address}>{heard}</p>
      {applied === 0 ? <p className={styles.address}>{strings.nothingApplied}</p> : null}
    </Item>
  )
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
