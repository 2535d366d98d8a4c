import { dirname } from 'node:path'
import { platformServices } from './platform/services.ts'
import { runService } from './service-process.ts'

// The programs of the lab's network lie beside this file.
runService(process, platformServices({ folder: dirname(process.argv[1] ?? ''), nodeArgs: process.execArgv }))
