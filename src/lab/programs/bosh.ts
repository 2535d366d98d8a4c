import { runAsProcess } from './common/program.ts'

await runAsProcess('bosh', process, async () => (await import('./bosh/main.ts')).bosh)
