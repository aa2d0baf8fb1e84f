import { PATHS } from '../paths.ts'
import { Empty } from '../shared/empty.tsx'
import { PageLink } from '../shared/link.tsx'

export function NoSuchPage() {
  return (
    <Empty title="There is no such page">
      The address may be mistyped. Go to the <PageLink to={PATHS.overview}>overview</PageLink>.
    </Empty>
  )
}
