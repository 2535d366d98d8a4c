import type { Command } from '../session.ts'

/** `kubectl cluster-info` */
export const clusterInfo: Command = async session => {
  await (await session.api()).text('GET', '/healthz')
  session.say(`Kubernetes master is running at ${(await session.connection()).server}`)
}
