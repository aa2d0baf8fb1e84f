import { Button, Group, Loader, Stack, Text } from '@mantine/core'
import { LoadProblem } from '../shared/load-problem.tsx'
import { Loading } from '../shared/loading.tsx'
import { Page } from '../shared/page.tsx'
import { Time } from '../shared/time.tsx'
import { type Examination, examine, useExamination } from './examination.ts'
import { GroupCard } from './group-card.tsx'
import { groupFindings, summaryOf } from './group-findings.ts'

/** Whether everything is in order, and with each problem its remedy and what works without it. */
export function DoctorPage() {
  const examination = useExamination()
  const { state, findings, error } = examination
  const isRunning = state === 'running'
  const groups = groupFindings(findings, { isComplete: !isRunning })
  return (
    <Page
      title="Doctor"
      intro="Looks at this installation and at both platforms. It changes nothing there, and sends nothing to anybody."
      actions={
        <Button onClick={() => void examine()} disabled={isRunning}>
          Check again
        </Button>
      }
    >
      {state !== 'failed' && <Standing examination={examination} />}
      {state === 'failed' && <LoadProblem error={error} retry={() => void examine()} />}
      {isRunning && groups.length === 0 && <Loading rows={3} />}
      <Stack gap="md" aria-busy={isRunning}>
        {groups.map((group) => (
          <GroupCard key={group.key} group={group} isComplete={!isRunning} />
        ))}
      </Stack>
    </Page>
  )
}

/** How far it is, or how it ended. */
function Standing({ examination }: { readonly examination: Examination }) {
  const { state, findings, lookingAt, endedAt } = examination
  return (
    <Group gap="sm" role="status" wrap="nowrap" mih={24}>
      {state === 'running' && (
        <>
          <Loader size="xs" aria-hidden="true" />
          <Text size="sm">{lookingWords(lookingAt)}</Text>
        </>
      )}
      {state === 'done' && (
        <Text size="sm">
          <Text span inherit fw={600}>
            {summaryOf(findings)}
          </Text>{' '}
          {endedAt !== null && (
            <Text span inherit c="dimmed">
              Last checked <Time at={endedAt} as="ago" />.
            </Text>
          )}
        </Text>
      )}
    </Group>
  )
}

/** What has been looked at for the longest is what one waits for. */
function lookingWords([first, ...others]: Examination['lookingAt']): string {
  if (first === undefined) return 'Looking …'
  const rest = others.length === 0 ? '' : `, and at ${others.length} more`
  return `Looking at ${first.at} (${first.about})${rest} …`
}
