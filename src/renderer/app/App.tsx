import { FirstRun } from '../features/firstRun/FirstRun.tsx'
import { useFirstRun } from '../features/firstRun/firstRunState.ts'
import { JoinLibrary } from '../features/remotes/JoinLibrary.tsx'
import { useLibrary } from '../queries/library.ts'
import { TooltipProvider } from '../ui/Tooltip.tsx'
import { EngineFailed } from './EngineFailed.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { Frame } from './Frame.tsx'
import { LibraryMissing } from './LibraryMissing.tsx'
import { Starting } from './Starting.tsx'
import { Toasts } from './Toasts.tsx'
import { useCommandKeys } from './useCommandKeys.ts'

/** The window: what there is to show depends on whether the engine has a library. */
export function App() {
  useCommandKeys()
  return (
    <ErrorBoundary>
      <TooltipProvider>
        <Screen />
        <JoinLibrary onBegin={() => useFirstRun.setState({ choosing: true })} />
        <Toasts />
      </TooltipProvider>
    </ErrorBoundary>
  )
}

function Screen() {
  const engine = useLibrary((library) => library.engine)
  const known = useLibrary((library) => library.info !== null)
  const choosing = useFirstRun((firstRun) => firstRun.choosing)
  // While a first library is tried, the question stays, so that its answer can stand beside it when it fails.
  if (choosing && engine.state !== 'ready') return <FirstRun />
  switch (engine.state) {
    case 'no-library':
      return <FirstRun />
    case 'failed':
      return <EngineFailed message={engine.message} path={engine.path} />
    case 'missing':
      return <LibraryMissing path={engine.path} name={engine.name} />
    case 'ready':
      return <Frame />
    case 'restarting':
      return known ? <Frame /> : <Starting />
    case 'starting':
      return <Starting />
  }
}
