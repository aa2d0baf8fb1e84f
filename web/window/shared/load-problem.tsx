import { Alert, Button, Stack, Text } from '@mantine/core'
import { sentenceOf } from '../api/problem.ts'

type Props = { readonly error: unknown; readonly retry: () => void }

/** What is shown where a request failed, with a way to ask again. */
export function LoadProblem({ error, retry }: Props) {
  return (
    <Alert color="red" title="This could not be loaded" role="alert">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{sentenceOf(error)}</Text>
        <Button size="xs" variant="default" onClick={retry}>
          Ask again
        </Button>
      </Stack>
    </Alert>
  )
}
