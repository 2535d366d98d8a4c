import { dirname } from 'node:path'
import { platformServices } from './platform/services.ts'
import { runService } from './service-process.ts'

// The programs of the lab's network lie beside this file.
const services = platformServices({
  folder: dirname(process.argv[1] ?? ''),
  nodeArgs: process.execArgv,
  silkCni: process.env['CAUSEWAY_SILK_BIN']
})
runService(process, services)
