/** Whether a file is a program that makes a pipeline, rather than the YAML of one. */
export function isProgram(file: string): boolean {
  return /\.[cm]?[jt]s$/.test(file)
}
