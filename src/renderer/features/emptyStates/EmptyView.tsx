import {
  CircleCheck,
  Clock,
  FolderOpen,
  Heart,
  Images,
  SearchX,
  Sparkle,
  Tag,
  Trash2,
  TriangleAlert,
} from 'lucide-react'
import { shortcutText } from '../../actions/shortcutText.ts'
import { messageOf } from '../../api/client.ts'
import { useLibrary } from '../../queries/library.ts'
import { usePlaceName } from '../../queries/place.ts'
import { refreshVector, useVector } from '../../queries/vector.ts'
import { MISSING, openView, setSearchText, useBrowse } from '../../state/browse.ts'
import { empty } from '../../strings/empty.ts'
import { smart } from '../../strings/smart.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { WorkspaceEmpty } from './WorkspaceEmpty.tsx'

/** What a view shows that has nothing in it: what belongs here, and what to do next. */
export function EmptyView() {
  const { view, text } = useBrowse()
  const error = useVector((vector) => vector.error)
  if (error !== null) return <Failed error={error} />
  if (text.trim() === MISSING)
    return <Plain art={<CircleCheck />} title={empty.missingTitle} text={empty.missingText} />
  if (text.trim() !== '') return <NothingFound text={text.trim()} />
  switch (view.kind) {
    case 'workspace':
      if (view.jobId !== undefined) return <PartEmpty title={empty.jobTitle} />
      return view.session === undefined ? <WorkspaceEmpty /> : <PartEmpty title={empty.sessionTitle} />
    case 'library':
    case 'everything':
      return (
        <EmptyState
          art={<Images />}
          title={empty.libraryTitle}
          actions={<Button onClick={() => openView({ kind: 'workspace' })}>{empty.goToWorkspace}</Button>}
        >
          {empty.libraryText(shortcutText('keep'))}
        </EmptyState>
      )
    case 'favorites':
      return <Plain art={<Heart />} title={empty.favoritesTitle} text={empty.favoritesText(shortcutText('favorite'))} />
    case 'recent':
      return <Plain art={<Clock />} title={empty.recentTitle} text={empty.recentText} />
    case 'untagged':
      return <Plain art={<Tag />} title={empty.untaggedTitle} text={empty.untaggedText} />
    case 'trash':
      return <Plain art={<Trash2 />} title={empty.trashTitle} text={empty.trashText} />
    case 'collection':
      return <CollectionEmpty />
  }
}

function Plain({ art, title, text }: { readonly art: React.ReactNode; readonly title: string; readonly text: string }) {
  return (
    <EmptyState art={art} title={title}>
      {text}
    </EmptyState>
  )
}

function CollectionEmpty() {
  const name = usePlaceName()
  const permanent = useLibrary(({ collections }) => {
    const { view } = useBrowse.getState()
    return (
      view.kind === 'collection' && collections.some(({ id, is_permanent }) => id === view.collectionId && is_permanent)
    )
  })
  const filled = useLibrary(({ collections }) => {
    const { view } = useBrowse.getState()
    return (
      view.kind === 'collection' && collections.some(({ id, kind }) => id === view.collectionId && kind === 'smart')
    )
  })
  if (filled) return <Plain art={<Sparkle />} title={smart.emptyTitle(name)} text={smart.emptyText} />
  return permanent ? (
    <Plain art={<FolderOpen />} title={empty.unsortedTitle} text={empty.unsortedText} />
  ) : (
    <Plain
      art={<FolderOpen />}
      title={empty.collectionTitle(name)}
      text={empty.collectionText(shortcutText('collect'))}
    />
  )
}

/** A job or a session that has been gone through. */
function PartEmpty({ title }: { readonly title: string }) {
  return (
    <EmptyState
      art={<FolderOpen />}
      title={title}
      actions={<Button onClick={() => openView({ kind: 'workspace' })}>{empty.showAll}</Button>}
    >
      {empty.jobText}
    </EmptyState>
  )
}

function NothingFound({ text }: { readonly text: string }) {
  const place = usePlaceName()
  const inLibrary = useBrowse((browse) => browse.view.kind === 'library')
  return (
    <EmptyState
      art={<SearchX />}
      title={empty.searchTitle(text)}
      actions={
        <>
          <Button onClick={() => setSearchText('')}>{empty.clearSearch}</Button>
          {inLibrary ? null : (
            <Button variant="quiet" onClick={() => useBrowse.setState({ view: { kind: 'library' } })}>
              {empty.searchEverywhere}
            </Button>
          )}
        </>
      }
    >
      {empty.searchText(place)}
    </EmptyState>
  )
}

function Failed({ error }: { readonly error: unknown }) {
  const searching = useBrowse((browse) => browse.text !== '')
  return (
    <EmptyState
      art={<TriangleAlert />}
      title={empty.failedTitle}
      actions={
        <>
          <Button onClick={() => refreshVector(true)}>{empty.retry}</Button>
          {searching ? (
            <Button variant="quiet" onClick={() => setSearchText('')}>
              {empty.clearSearch}
            </Button>
          ) : null}
        </>
      }
    >
      {messageOf(error)}
    </EmptyState>
  )
}
