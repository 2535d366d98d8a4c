import { runAsProcess } from './common/program.ts'

await runAsProcess('cf', process, async () => (await import('./cf/main.ts')).cf)
