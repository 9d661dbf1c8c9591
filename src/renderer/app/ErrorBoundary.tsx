import { TriangleAlert } from 'lucide-react'
import { Component, type ReactNode } from 'react'
import { frame } from '../strings/frame.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import styles from './Screens.module.css'

/** A defect in the window shows a way on instead of an empty window. React writes the error to the console. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    if (!this.state.failed) return this.props.children
    return (
      <main className={styles.screen}>
        <EmptyState
          art={<TriangleAlert className={styles.warning} />}
          title={frame.windowFailedTitle}
          actions={
            <Button variant="primary" onClick={() => window.location.reload()}>
              {frame.reload}
            </Button>
          }
        >
          {frame.windowFailedText}
        </EmptyState>
      </main>
    )
  }
}
