import { type Resource, selfLink, toApiTime } from '../api/json-api.ts'
import type { Metric } from '../entities.ts'
import type { Switches } from '../switches/switches.ts'
import { nameOfMetric } from './metrics.ts'

const INTEGRATIONS = {
  api: { id: '0eMvjm', key: 'api', name: 'API', category: 'API' },
  klaviyo: { id: '0rG4eQ', key: 'klaviyo', name: 'Klaviyo', category: 'Internal' },
  zendesk: { id: '0zDesk', key: 'zendesk', name: 'Zendesk', category: 'Customer Service' },
} as const

/**
 * A metric as the API shows it, under its present name. Of an integration the names and keys are
 * known; its id and category are placeholders [?].
 */
export function toMetricResource(metric: Metric, switches: Switches, origin: string): Resource {
  return {
    type: 'metric',
    id: metric.id,
    attributes: {
      name: nameOfMetric(metric, switches),
      created: toApiTime(metric.createdAt),
      updated: toApiTime(metric.createdAt),
      integration: {
        object: 'integration',
        ...INTEGRATIONS[metric.integration],
      },
    },
    links: selfLink(origin, 'metrics', metric.id),
  }
}
