import { PATHS } from '../paths.ts'
import { PageLink } from '../shared/link.tsx'
import { Logo } from './logo.tsx'

/** The product's name, leading home. */
export function Mark() {
  return (
    <PageLink to={PATHS.overview} underline="never" c="inherit" aria-label="Replyline">
      <Logo visibleFrom="xs" />
    </PageLink>
  )
}
