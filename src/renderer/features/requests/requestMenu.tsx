import { Ban, Copy, FolderOpen, Images, Link, Pencil, RotateCcw, Trash2 } from 'lucide-react'
import type { GenerationRequest } from '../../../shared/domain/generationRequest.ts'
import { cancelRequest, copyPrompt, deleteRequest, openRequestFolder, showOutputs } from '../../actions/requests.ts'
import { editRequest, showReferenceMedia } from '../../state/requests.ts'
import { requests as strings } from '../../strings/requests.ts'
import type { MenuEntry } from '../../ui/menuEntry.ts'

/** What can be done with a request. */
export function requestMenu(request: GenerationRequest): readonly MenuEntry[] {
  const { id, status, user_prompt: prompt, output_count: outputs } = request
  const cancelled = status === 'cancelled'
  return [
    { kind: 'action', label: strings.edit, icon: <Pencil />, onSelect: () => editRequest(request) },
    { kind: 'action', label: strings.copyPrompt, icon: <Copy />, onSelect: () => void copyPrompt(prompt) },
    { kind: 'action', label: strings.openFolder, icon: <FolderOpen />, onSelect: () => void openRequestFolder(id) },
    {
      kind: 'action',
      label: strings.media,
      icon: <Link />,
      disabled: cancelled || request.references.length === 0,
      onSelect: () => showReferenceMedia(id),
    },
    {
      kind: 'action',
      label: strings.showOutputs,
      icon: <Images />,
      disabled: outputs === 0,
      onSelect: () => showOutputs(id),
    },
    { kind: 'separator' },
    {
      kind: 'action',
      label: cancelled ? strings.reopen : strings.cancel,
      icon: cancelled ? <RotateCcw /> : <Ban />,
      onSelect: () => void cancelRequest(id, !cancelled),
    },
    { kind: 'action', label: strings.delete, icon: <Trash2 />, danger: true, onSelect: () => void deleteRequest(id) },
  ]
}
