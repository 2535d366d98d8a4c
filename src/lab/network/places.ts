import { join, sep } from 'node:path'
import type { ResidentProgram } from './residents.ts'
import type { Sources } from './silk-k8s-job.ts'

/** Where the lab's service runs from: its sources, or what was built of them. */
export interface ServicePlace {
  /** The folder of the file that is the service. */
  readonly folder: string
  /** Arguments that node was started with. */
  readonly nodeArgs: readonly string[]
  /** Folder with the real silk-cni and host-local. @default the stand-in's */
  readonly silkCni?: string | undefined
}

/** The programs and files that the lab's network is made with. */
export interface NetworkPlaces {
  readonly resident: ResidentProgram
  readonly sources: Sources
}

/** All of them lie in one checkout. */
export function placesOf({ folder, nodeArgs, silkCni }: ServicePlace): NetworkPlaces {
  const isBuilt = folder.endsWith(join(sep, 'dist', 'src', 'lab'))
  const root = join(folder, ...(isBuilt ? ['..', '..', '..'] : ['..', '..']))
  return {
    resident: { file: join(folder, 'network', isBuilt ? 'resident.js' : 'resident.ts'), nodeArgs },
    sources: {
      job: join(root, 'release', 'jobs', 'silk-k8s', 'templates'),
      silkCni: silkCni ?? join(root, 'src', 'lab', 'network', 'silk-cni')
    }
  }
}
