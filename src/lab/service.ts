import { platformServices } from './platform/services.ts'
import { runService } from './service-process.ts'

runService(process, platformServices)
