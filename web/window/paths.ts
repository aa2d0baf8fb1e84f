/** Every page of the window. `$id` stands for the id of what the page shows. */
export const PATHS = {
  overview: '/',
  conversations: '/conversations',
  conversation: '/conversations/$id',
  problems: '/problems',
  lookUp: '/events',
  event: '/events/$id',
  connections: '/connections',
  newBridge: '/connections/new-bridge',
  bridge: '/connections/bridges/$name',
  doctor: '/doctor',
} as const
