import { Badge, Box, VisuallyHidden } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { overviewQuery } from '../api/queries.ts'

/** Says, while both platforms are emulated, that nobody gets a text. */
export function SandboxBadge() {
  const overview = useQuery(overviewQuery)
  if (overview.data?.isSandbox !== true) return null
  return (
    <Badge color="grape" variant="light" tt="none" fw={600} radius="sm" miw="fit-content">
      Sandbox
      <Box component="span" visibleFrom="md" aria-hidden="true">
        : nothing here sends real texts
      </Box>
      <VisuallyHidden>: nothing here sends real texts</VisuallyHidden>
    </Badge>
  )
}
