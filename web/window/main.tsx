import '@mantine/core/styles.css'
import { AppShell, Button, MantineProvider, Modal, Table } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'

const router = createRouter({
  routeTree: createRootRoute({
    component: () => (
      <AppShell>
        <Button>hi</Button>
        <Table />
        <Modal opened onClose={() => {}} />
      </AppShell>
    ),
  }),
})
createRoot(document.getElementById('root') as HTMLElement).render(
  <MantineProvider>
    <QueryClientProvider client={new QueryClient()}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </MantineProvider>,
)
