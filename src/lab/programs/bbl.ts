import { runAsProcess } from './common/program.ts'

await runAsProcess('bbl', process, async () => (await import('./bbl/main.ts')).bbl)
