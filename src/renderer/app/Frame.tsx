import { ActivityBar } from '../features/activity/ActivityBar.tsx'
import { CollectionPicker } from '../features/collectionPicker/CollectionPicker.tsx'
import { Compare } from '../features/compare/Compare.tsx'
import { ConflictsDialog } from '../features/conflicts/ConflictsDialog.tsx'
import { DuplicatesScreen } from '../features/duplicates/DuplicatesScreen.tsx'
import { EmptyView } from '../features/emptyStates/EmptyView.tsx'
import { ExportFiles } from '../features/files/ExportFiles.tsx'
import { OpenWith } from '../features/files/OpenWith.tsx'
import { RenameAssets } from '../features/files/RenameAssets.tsx'
import { FilterBar } from '../features/filters/FilterBar.tsx'
import { FilterButton } from '../features/filters/FilterButton.tsx'
import { Grid } from '../features/grid/Grid.tsx'
import { DropOverlay } from '../features/imports/DropOverlay.tsx'
import { FetchAddresses } from '../features/imports/FetchAddresses.tsx'
import { Inspector } from '../features/inspector/Inspector.tsx'
import { CheckLibrary } from '../features/integrity/CheckLibrary.tsx'
import { CleanUp } from '../features/lifecycle/CleanUp.tsx'
import { RemoveForGood } from '../features/lifecycle/RemoveForGood.tsx'
import { OrganiseDialogs } from '../features/organise/OrganiseDialogs.tsx'
import { CommandPalette } from '../features/palette/CommandPalette.tsx'
import { RemotesDialog } from '../features/remotes/RemotesDialog.tsx'
import { ReferenceMedia } from '../features/requests/ReferenceMedia.tsx'
import { RequestDialog } from '../features/requests/RequestDialog.tsx'
import { RequestPicker } from '../features/requests/RequestPicker.tsx'
import { RequestsScreen } from '../features/requests/RequestsScreen.tsx'
import { SearchField } from '../features/search/SearchField.tsx'
import { SmartCollectionDialog } from '../features/search/SmartCollectionDialog.tsx'
import { SettingsDialog } from '../features/settings/SettingsDialog.tsx'
import { ShortcutsDialog } from '../features/shortcuts/ShortcutsDialog.tsx'
import { Sidebar } from '../features/sidebar/Sidebar.tsx'
import { StorageScreen } from '../features/storage/StorageScreen.tsx'
import { TopBar } from '../features/topbar/TopBar.tsx'
import { Viewer } from '../features/viewer/Viewer.tsx'
import { ViewHeader } from '../features/viewHeader/ViewHeader.tsx'
import { usePlaceName } from '../queries/place.ts'
import { useVector } from '../queries/vector.ts'
import { useBrowse } from '../state/browse.ts'
import { usePanels } from '../state/panels.ts'
import { Banners } from './Banners.tsx'
import styles from './Frame.module.css'

/** The window with a library: sidebar, grid, inspector and foot, and what opens over them. */
export function Frame() {
  const sidebar = usePanels((panels) => panels.sidebar)
  const inspector = usePanels((panels) => panels.inspector)
  return (
    <div className={styles.frame} data-sidebar={sidebar || undefined} data-inspector={inspector || undefined}>
      {sidebar ? (
        <div className={styles.side}>
          <Sidebar />
        </div>
      ) : null}
      <div className={styles.top}>
        <TopBar>
          <SearchField />
          <FilterButton />
        </TopBar>
      </div>
      <main className={styles.main}>
        <Banners />
        <Content />
        <DropOverlay />
      </main>
      {inspector ? (
        <div className={styles.inspector}>
          <Inspector />
        </div>
      ) : null}
      <div className={styles.foot}>
        <ActivityBar />
      </div>
      <Viewer />
      <Compare />
      <CollectionPicker />
      <OrganiseDialogs />
      <SmartCollectionDialog />
      <RequestDialog />
      <RequestPicker />
      <ReferenceMedia />
      <RemotesDialog />
      <ConflictsDialog />
      <SettingsDialog />
      <CommandPalette />
      <ShortcutsDialog />
      <CheckLibrary />
      <CleanUp />
      <RemoveForGood />
      <ExportFiles />
      <RenameAssets />
      <OpenWith />
      <FetchAddresses />
    </div>
  )
}

function Content() {
  const screen = useBrowse((browse) => browse.screen)
  switch (screen) {
    case 'duplicates':
      return <DuplicatesScreen />
    case 'requests':
      return <RequestsScreen />
    case 'storage':
      return <StorageScreen />
    case 'assets':
      return (
        <>
          <FilterBar />
          <ViewHeader />
          <Assets />
        </>
      )
  }
}

function Assets() {
  const place = usePlaceName()
  const empty = useVector((vector) => vector.total === 0)
  const answered = useVector((vector) => vector.key !== null || vector.error !== null)
  if (!answered) return null
  if (!empty) return <Grid place={place} />
  return (
    <div className={styles.empty}>
      <EmptyView />
    </div>
  )
}
