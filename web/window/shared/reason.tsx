import { Code, Text } from '@mantine/core'

type Props = {
  /** The code from the closed list of reasons. */
  readonly code: string
  /** What it means. */
  readonly says: string | null
  /** What would change it; null where nothing needs to change. */
  readonly remedy: string | null
}

/** Why something was decided: in words, with what would change it, and the code to search for. */
export function Reason({ code, says, remedy }: Props) {
  return (
    <div>
      <Text size="sm">
        {says ?? 'No sentence is known for this reason.'}{' '}
        <Code fz="xs" c="dimmed">
          {code}
        </Code>
      </Text>
      {remedy !== null && (
        <Text size="sm" mt={2}>
          <Text span inherit fw={600}>
            To change it:
          </Text>{' '}
          {remedy}
        </Text>
      )}
    </div>
  )
}
