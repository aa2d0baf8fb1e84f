import { Center, Loader, Stack } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { SESSION_KEY, sessionQuery } from '../api/session.ts'
import { router } from '../router.tsx'
import { LoadProblem } from '../shared/load-problem.tsx'
import { FirstOwnerPage } from '../sign-in/first-owner-page.tsx'
import { SignInPage } from '../sign-in/sign-in-page.tsx'

/** The pages for who is signed in; for everybody else the way in, at whatever address. */
export function Entrance() {
  const session = useQuery(sessionQuery)
  const queries = useQueryClient()
  const again = () => void queries.resetQueries({ queryKey: SESSION_KEY })
  if (session.data?.kind === 'in') return <RouterProvider router={router} />
  if (session.data?.kind === 'out')
    return session.data.needsOwner ? (
      <FirstOwnerPage onSessionChange={again} />
    ) : (
      <SignInPage onSessionChange={again} />
    )
  return (
    <Center mih="100dvh" p="md">
      <Stack maw={440}>
        {session.isError ? (
          <LoadProblem error={session.error} retry={again} />
        ) : (
          <Loader aria-label="Loading" />
        )}
      </Stack>
    </Center>
  )
}
