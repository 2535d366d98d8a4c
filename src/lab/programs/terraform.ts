import { runAsProcess } from './common/program.ts'

await runAsProcess('terraform', process, async () => (await import('./terraform/main.ts')).terraform)
