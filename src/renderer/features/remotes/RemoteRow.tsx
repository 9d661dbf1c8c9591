import { Cloud, Ellipsis, FolderSync, Lock } from 'lucide-react'
import { useState } from 'react'
import type { Remote, RemoteTest } from '../../../shared/domain/remote.ts'
import type { WorkspaceRemoteState } from '../../../shared/domain/workspaceRemote.ts'
import { reportError } from '../../actions/mutate.ts'
import { messageOf, request } from '../../api/client.ts'
import { adopting } from '../../strings/adopting.ts'
import { encryption } from '../../strings/encryption.ts'
import { remotePolicy } from '../../strings/remotePolicy.ts'
import { remotes as strings } from '../../strings/remotes.ts'
import { workspaceRemote as workspaceStrings } from '../../strings/workspaceRemote.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Item } from '../../ui/ItemList.tsx'
import { Menu } from '../../ui/Menu.tsx'
import type { MenuEntry } from '../../ui/menuEntry.ts'
import { abilitiesSentence } from './abilitiesSentence.ts'
import { policySentence } from './policySentence.ts'
import { problemText } from './problemText.ts'
import styles from './RemoteList.module.css'
import { remoteAddress } from './remoteAddress.ts'
import { WorkspaceBadge, WorkspaceDetails } from './WorkspaceRemote.tsx'

type Tested =
  | { readonly kind: 'testing' }
  | { readonly kind: 'answer'; readonly test: RemoteTest }
  | { readonly kind: 'error'; readonly message: string }

/** One remote: its name, its address, whether its keys are here, and how the last test went. */
export function RemoteRow({
  remote,
  workspace,
  onKeys,
  onUnlock,
  onPassphrase,
  onRecovery,
  onAdopt,
  onRules,
  onRemove,
}: {
  readonly remote: Remote
  /** How the Workspace stands with it; null for a remote of another role. */
  readonly workspace: WorkspaceRemoteState | null
  readonly onKeys: () => void
  readonly onUnlock: () => void
  readonly onPassphrase: () => void
  readonly onRecovery: () => void
  readonly onAdopt: () => void
  readonly onRules: () => void
  readonly onRemove: () => void
}) {
  const [tested, setTested] = useState<Tested | null>(null)
  const keysMissing = remote.location.kind === 's3' && !remote.has_credentials

  const isEncrypted = remote.location.encryption !== undefined
  const rules = policySentence(remote.policy)
  const abilities = tested?.kind === 'answer' && tested.test.ok ? tested.test.abilities : remote.abilities

  const test = async () => {
    setTested({ kind: 'testing' })
    try {
      setTested({ kind: 'answer', test: await request('remotes.probe', { id: remote.id }) })
    } catch (thrown) {
      setTested({ kind: 'error', message: messageOf(thrown) })
    }
  }

  const role = strings.roleBadges[remote.role]
  const entries: readonly MenuEntry[] = [
    ...(workspace === null
      ? []
      : [
          {
            kind: 'action',
            label: workspaceStrings.lookNow,
            onSelect: () => void request('sync.now').catch(reportError),
          } as const,
        ]),
    ...(remote.role === 'library' && !isEncrypted
      ? [{ kind: 'action', label: adopting.menu, disabled: keysMissing, onSelect: onAdopt } as const]
      : []),
    { kind: 'action', label: strings.test, disabled: tested?.kind === 'testing', onSelect: () => void test() },
    ...(remote.location.kind === 's3' ? [{ kind: 'action', label: strings.enterKeys, onSelect: onKeys } as const] : []),
    ...(remote.location.encryption === undefined
      ? []
      : ([
          { kind: 'action', label: encryption.menu, disabled: !remote.has_key, onSelect: onRecovery },
          {
            kind: 'action',
            label: remote.location.encryption.kind === 'passphrase' ? encryption.changeMenu : encryption.setMenu,
            disabled: !remote.has_key || keysMissing,
            onSelect: onPassphrase,
          },
        ] as const)),
    { kind: 'action', label: remotePolicy.menu, onSelect: onRules },
    { kind: 'separator' },
    { kind: 'action', label: strings.remove, danger: true, onSelect: onRemove },
  ]

  return (
    <Item
      icon={remote.location.kind === 's3' ? Cloud : FolderSync}
      actions={
        <>
          {keysMissing ? (
            <Button size="s" onClick={onKeys}>
              {strings.enterKeys}
            </Button>
          ) : null}
          {remote.has_key ? null : (
            <Button size="s" onClick={onUnlock}>
              {encryption.unlock}
            </Button>
          )}
          <Menu align="end" entries={entries}>
            <IconButton label={strings.menu(remote.name)} size="s" tooltip={false}>
              <Ellipsis />
            </IconButton>
          </Menu>
        </>
      }
    >
      <p className={styles.name}>
        <span className={styles.nameText}>{remote.name}</span>
        {role === null ? null : <Badge>{role}</Badge>}
        {keysMissing ? <Badge tone="warn">{strings.noCredentials}</Badge> : null}
        {workspace === null ? null : <WorkspaceBadge state={workspace.state} />}
        {isEncrypted ? <EncryptionBadge hasKey={remote.has_key} /> : null}
        <TestBadge tested={tested} />
      </p>
      <p className={styles.address}>{remoteAddress(remote.location, remote.owner)}</p>
      {rules === null ? null : <p className={styles.note}>{rules}</p>}
      {abilities === null || remote.location.kind === 'folder' ? null : (
        <p className={styles.note}>{abilitiesSentence(abilities)}</p>
      )}
      {workspace === null ? null : <WorkspaceDetails remote={workspace} />}
      <TestProblemText tested={tested} />
    </Item>
  )
}

function EncryptionBadge({ hasKey }: { readonly hasKey: boolean }) {
  return (
    <Badge tone={hasKey ? 'neutral' : 'warn'}>
      <Lock className={styles.lock} aria-hidden="true" />
      {hasKey ? encryption.badge : encryption.lockedBadge}
    </Badge>
  )
}

function TestBadge({ tested }: { readonly tested: Tested | null }) {
  if (tested === null || tested.kind === 'error') return null
  if (tested.kind === 'testing') return <Badge>{strings.testing}</Badge>
  return tested.test.ok ? <Badge tone="good">{strings.worksIn(tested.test.latencyMs)}</Badge> : null
}

function TestProblemText({ tested }: { readonly tested: Tested | null }) {
  if (tested === null || tested.kind === 'testing') return null
  return (
    <p className={styles.error} role="alert">
      {tested.kind === 'error' ? tested.message : tested.test.ok ? null : problemText(tested.test)}
    </p>
  )
}
