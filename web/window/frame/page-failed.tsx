import { Button } from '@mantine/core'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { Empty } from '../shared/empty.tsx'

/** Stands in for a page that broke; the rest of the window goes on. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  return (
    <Empty title="This page met an error of its own">
      {error instanceof Error ? error.message : 'What it was is not known.'}
      <br />
      <Button size="xs" variant="default" mt="sm" onClick={reset}>
        Show it again
      </Button>
    </Empty>
  )
}
