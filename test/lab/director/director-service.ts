import { runService } from '../../../src/lab/service-process.ts'

// The lab's service with nothing but Directors in it.
runService(process, [])
