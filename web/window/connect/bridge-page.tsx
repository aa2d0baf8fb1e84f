import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { PATHS } from '../paths.ts'
import { Empty } from '../shared/empty.tsx'
import { PageLink } from '../shared/link.tsx'
import { LoadProblem } from '../shared/load-problem.tsx'
import { Loading } from '../shared/loading.tsx'
import { Page } from '../shared/page.tsx'
import { draftOf } from './bridge-draft.ts'
import { BridgeForm } from './bridge-form.tsx'
import { bridgesQuery, connectionsQuery } from './connect-queries.ts'
import { RemoveBridge } from './remove-bridge.tsx'

/** What was chosen for a bridge, to be changed. */
export function BridgePage() {
  const { name = '' }: { readonly name?: string } = useParams({ strict: false })
  const setUp = useQuery(connectionsQuery)
  const bridges = useQuery(bridgesQuery)
  const failed = [setUp, bridges].find(({ isError, data }) => isError && data === undefined)
  const bridge = bridges.data?.bridges.find((one) => one.name === name)
  return (
    <Page title={name} intro={bridge?.connections.map(({ account }) => account).join(' and ')}>
      {failed !== undefined && (
        <LoadProblem error={failed.error} retry={() => void failed.refetch()} />
      )}
      {failed === undefined && (setUp.isPending || bridges.isPending) && <Loading rows={6} />}
      {bridges.data !== undefined && bridge === undefined && (
        <Empty title="There is no bridge of this name">
          <PageLink to={PATHS.connections}>All connections</PageLink>
        </Empty>
      )}
      {setUp.data !== undefined && bridge !== undefined && (
        <BridgeForm
          key={bridge.id}
          connections={setUp.data.connections}
          draft={draftOf(bridge)}
          isComplete={bridge.isActive}
          isNew={false}
        />
      )}
      {bridge !== undefined && <RemoveBridge name={bridge.name} />}
    </Page>
  )
}
