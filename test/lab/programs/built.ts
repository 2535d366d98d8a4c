import { dirname, join } from 'node:path'

const dist = join(dirname(dirname(dirname(import.meta.dirname))), 'dist')

/** The lab's programs as they were built before the tests: from their sources they would start ten times as slowly. */
export const builtPrograms = join(dist, 'src', 'lab', 'programs')

/** The lab's service. */
export const builtService = join(dist, 'src', 'lab', 'service.js')

/** The lab's service with nothing but Directors in it. */
export const directorService = join(dist, 'test', 'director-service.js')

/** What lives in the network namespaces of a lab. */
export const builtResident = join(dist, 'src', 'lab', 'network', 'resident.js')
