import { Copy, FolderOpen, MoreHorizontal } from 'lucide-react'
import type { GenerationRequest } from '../../../shared/domain/generationRequest.ts'
import { copyPrompt, openRequestFolder, showOutputs } from '../../actions/requests.ts'
import { useLibrary } from '../../queries/library.ts'
import { dateText, momentText } from '../../strings/quantities.ts'
import { requests as strings } from '../../strings/requests.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { OutputStrip } from './OutputStrip.tsx'
import { Prompt } from './Prompt.tsx'
import { ReferenceStrip } from './ReferenceStrip.tsx'
import styles from './RequestCard.module.css'
import { Runs } from './Runs.tsx'
import { requestMenu } from './requestMenu.tsx'
import { settingsLine } from './settingsText.ts'

const TONES = { pending: 'neutral', running: 'accent', completed: 'good', failed: 'bad', cancelled: 'neutral' } as const

/** One request with everything that belongs to it. */
export function RequestCard({
  request,
  marked,
}: {
  readonly request: GenerationRequest
  /** True for the one that the screen was opened for. */
  readonly marked: boolean
}) {
  const settings = settingsLine(request.input_metadata)
  const percent = Math.round(request.progress * 100)
  return (
    <li className={styles.card} data-request={request.id} data-marked={marked || undefined} tabIndex={-1}>
      <div className={styles.head}>
        <Badge tone={TONES[request.status]}>{strings.status[request.status]}</Badge>
        <CollectionName request={request} />
        <time className={styles.when} dateTime={request.created_at} title={dateText(request.created_at)}>
          {momentText(request.created_at)}
        </time>
        <div className={styles.space} />
        <IconButton label={strings.copyPrompt} size="s" onClick={() => void copyPrompt(request.user_prompt)}>
          <Copy />
        </IconButton>
        <IconButton label={strings.openFolder} size="s" onClick={() => void openRequestFolder(request.id)}>
          <FolderOpen />
        </IconButton>
        <Menu entries={requestMenu(request)} align="end">
          <IconButton label={strings.menu} size="s" tooltip={false}>
            <MoreHorizontal />
          </IconButton>
        </Menu>
      </div>
      <Prompt text={request.user_prompt} />
      {settings === '' ? null : (
        <p className={styles.settings} title={settings}>
          {settings}
        </p>
      )}
      {request.error === null ? null : <p className={styles.error}>{request.error}</p>}
      {request.status === 'running' ? <Progress value={request.progress} label={strings.progress(percent)} /> : null}
      <div className={styles.parts}>
        <div className={styles.part}>
          <h3 className={styles.heading}>
            {request.references.length === 0 ? strings.referencesOf : strings.references(request.references.length)}
          </h3>
          <ReferenceStrip request={request} />
        </div>
        <div className={styles.part}>
          <div className={styles.headingRow}>
            <h3 className={styles.heading}>{strings.outputs(request.output_count)}</h3>
            {request.output_count === 0 ? null : (
              <Button size="s" variant="quiet" onClick={() => showOutputs(request.id)}>
                {strings.showOutputs}
              </Button>
            )}
          </div>
          <OutputStrip request={request} />
        </div>
      </div>
      <Runs request={request} />
    </li>
  )
}

function CollectionName({ request }: { readonly request: GenerationRequest }) {
  const name = useLibrary(({ collections }) => collections.find(({ id }) => id === request.collection_id)?.name)
  return name === undefined ? null : (
    <span className={styles.collection} title={name}>
      {name}
    </span>
  )
}
