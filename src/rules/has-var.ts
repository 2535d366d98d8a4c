/** Whether fly may still put something into a text, so that what it will say is not known here. */
export function hasVar(text: string): boolean {
  return text.includes('((')
}
