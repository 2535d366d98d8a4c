import { openSupervisor } from '../../../src/lab/supervisor.ts'
import { service } from '../director/running-lab.ts'

// Opens a lab, says so, and holds it open until it is ended from outside.
const supervisor = await openSupervisor(process.argv[2] ?? '', service)
await supervisor.powerOn()
process.stdout.write('open\n')
setInterval(() => undefined, 1 << 30)
