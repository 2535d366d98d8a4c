import { runResident } from './resident-process.ts'

runResident(process)
