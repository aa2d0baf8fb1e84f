import { Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { sessionQuery } from '../api/session.ts'
import { SignOutButton } from '../sign-in/sign-out-button.tsx'

/** Who is signed in, and the way out. What they saw is forgotten when they leave. */
export function WhoIsIn() {
  const session = useQuery(sessionQuery)
  const queries = useQueryClient()
  if (session.data?.kind !== 'in') return null
  const { name, csrfToken } = session.data
  const leave = () => {
    queries.clear()
    window.location.reload()
  }
  return (
    <Stack gap={8}>
      <Text size="sm" truncate title={name}>
        {name}
      </Text>
      <SignOutButton csrfToken={csrfToken} onSessionChange={leave} />
    </Stack>
  )
}
