import { runAsProcess } from './common/program.ts'

await runAsProcess('kubectl', process, async () => (await import('./kubectl/main.ts')).kubectl)
