import { Skeleton, Stack } from '@mantine/core'

/** The shape of what is on its way. */
export function Loading({ rows = 4 }: { readonly rows?: number }) {
  const keys = Array.from({ length: rows }, (_, index) => index)
  return (
    <Stack gap="xs" role="status" aria-label="Loading">
      {keys.map((key) => (
        <Skeleton key={key} h={44} radius="md" />
      ))}
    </Stack>
  )
}
