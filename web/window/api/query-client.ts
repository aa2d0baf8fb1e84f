import { QueryCache, QueryClient } from '@tanstack/react-query'
import { hasStatus, RequestProblem } from './problem.ts'
import { SESSION_KEY } from './session.ts'

const MOST_TRIES = 2

/** All that the pages know of the server. A 401 anywhere asks for the session again, and so leads to sign-in. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (hasStatus(error, 401)) void queryClient.invalidateQueries({ queryKey: SESSION_KEY })
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 1_000,
      retry: (count, error) =>
        count < MOST_TRIES && !(error instanceof RequestProblem && error.status < 500),
    },
  },
})
