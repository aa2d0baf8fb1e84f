import { Alert, Button, Group, List, Progress, Stack, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { actionSentenceOf } from '../api/problem.ts'
import { runWords, TITLES } from './run-words.ts'
import type { Run, Running } from './use-run.ts'

/** How far many are, with a way to stop; at the end what came of it. */
export function RunPanel({ running }: { readonly running: Running }) {
  const { run, stop, goOn, close } = running
  const box = useFocusOnce(run !== null)
  if (run === null) return null
  const { state, error, progress, many } = run
  const isUnderWay = state === 'running' || state === 'stopping'
  return (
    <Alert
      ref={box}
      tabIndex={-1}
      role="region"
      variant="light"
      color={state === 'failed' ? 'red' : 'fjord'}
      title={TITLES[many.deed]}
      aria-label={TITLES[many.deed]}
    >
      <Stack gap="xs">
        {isUnderWay && <Bar run={run} />}
        <Text size="sm" role="status">
          {runWords(run)}
        </Text>
        <Left left={progress.left} />
        {state === 'failed' && (
          <Text size="sm" role="alert" fw={600}>
            {actionSentenceOf(error)}
          </Text>
        )}
        <Group gap="xs">
          {isUnderWay && (
            <Button size="xs" variant="default" disabled={state === 'stopping'} onClick={stop}>
              Stop
            </Button>
          )}
          {(state === 'stopped' || state === 'failed') && (
            <Button size="xs" onClick={goOn}>
              Go on
            </Button>
          )}
          {!isUnderWay && (
            <Button size="xs" variant="default" onClick={close}>
              Close
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  )
}

function Bar({ run: { many, progress } }: { readonly run: Run }) {
  const value = many.total === null ? 100 : (progress.looked / many.total) * 100
  return <Progress value={value} animated size="sm" aria-label="How far it is" />
}

type LeftProps = { readonly left: Run['progress']['left'] }

/** What was left as it was, each sentence once. */
function Left({ left }: LeftProps) {
  if (left.length === 0) return null
  return (
    <List size="sm" spacing={2} aria-label="Left as they were">
      {left.map(({ says, count }) => (
        <List.Item key={says}>
          {count}: {says}
        </List.Item>
      ))}
    </List>
  )
}

/** Who started it is led to it, by keyboard and screen reader alike. */
function useFocusOnce(isThere: boolean) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isThere) box.current?.focus()
  }, [isThere])
  return box
}
